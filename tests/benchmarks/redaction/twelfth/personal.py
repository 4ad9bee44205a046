"""Personal data: valid by their own check digits, in code, data, logs and text."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.benchmarks.redaction.twelfth.drawing import FIRST, HEX, LAST, domain, pick

Draw = Callable[[random.Random], str]


def email(rng: random.Random) -> str:
    first, last = rng.choice(FIRST).lower(), rng.choice(LAST).lower()
    local = rng.choice(
        (
            f"{first}.{last}",
            f"{first[0]}{last}",
            f"{first}_{last}{rng.randint(1, 99)}",
            f"{first}+{rng.choice(('ops', 'test'))}",
        )
    )
    return f"{local}@{domain(rng)}"


def phone_world(rng: random.Random) -> str:
    make = (
        lambda: f"+49 {rng.choice(('30', '89', '171', '160'))} {rng.randint(1000000, 9999999)}",
        lambda: f"+1 {rng.choice((212, 415, 312, 617))} {rng.randint(200, 554)} {rng.randint(1000, 9999)}",
        lambda: f"+44 7{rng.randint(400, 999)} {rng.randint(100000, 999999)}",
        lambda: f"+33 6 {' '.join(f'{rng.randint(0, 99):02}' for _ in range(4))}",
        lambda: f"+34{rng.randint(600000000, 699999999)}",
        lambda: f"+55 11 9{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
        lambda: f"+81-90-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
    )
    return rng.choice(make)()


def phone_national(rng: random.Random) -> str:
    make = (
        lambda: f"({rng.choice((212, 415, 312, 617))}) {rng.randint(200, 554)}-{rng.randint(1000, 9999)}",
        lambda: f"{rng.choice((212, 415, 312))}-{rng.randint(200, 554)}-{rng.randint(1000, 9999)}",
        lambda: f"0{rng.choice(('30', '89', '171'))}/{rng.randint(1000000, 9999999)}",
        lambda: f"06 {' '.join(f'{rng.randint(0, 99):02}' for _ in range(4))}",
        lambda: f"020 7{rng.randint(100, 999)} {rng.randint(1000, 9999)}",
    )
    return rng.choice(make)()


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (2 if place % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return digits + str(-total % 10)


def card(rng: random.Random) -> str:
    head, size = rng.choice((("4", 16), ("52", 16), ("37", 15), ("6011", 16), ("2221", 16)))
    number = _luhn(head + pick(rng, "0123456789", size - len(head) - 1))
    groups = (
        (number[:4], number[4:10], number[10:]) if size == 15 else tuple(number[at : at + 4] for at in range(0, 16, 4))
    )
    return rng.choice(("", " ", "-")).join(groups)


def iban(rng: random.Random) -> str:
    country, size = rng.choice((("DE", 18), ("ES", 20), ("FR", 23), ("NL", 0), ("GB", 0), ("IT", 0), ("PL", 24)))

    def digits(count: int) -> str:
        return pick(rng, "0123456789", count)

    special = {"NL": "INGB" + digits(10), "GB": "BARC" + digits(14), "IT": "X" + digits(22)}
    body = special.get(country) or digits(size)
    number = "".join(str(int(char, 36)) for char in body + country + "00")
    whole = f"{country}{98 - int(number) % 97:02}{body}"
    return whole if rng.random() < 0.5 else " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def ssn(rng: random.Random) -> str:
    area = rng.choice([n for n in range(1, 900) if n != 666])
    return f"{area:03}-{rng.randint(1, 99):02}-{rng.randint(1, 9999):04}"


def ipv4(rng: random.Random) -> str:
    return f"{rng.choice((18, 34, 52, 81, 93, 146, 151, 178, 185, 212))}.{rng.randint(20, 250)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"


def ipv6(rng: random.Random) -> str:
    head = rng.choice(("2a01:4f8", "2600:1f18", "2a02:8108", "2607:f8b0"))
    return (
        head + ":" + ":".join(pick(rng, HEX[1:], rng.randint(2, 4)) for _ in range(6))
        if rng.random() < 0.6
        else f"{head}:{pick(rng, HEX[1:], 4)}:{pick(rng, HEX[1:], 4)}::{pick(rng, HEX[1:], 2)}"
    )


def user(rng: random.Random) -> str:
    return rng.choice(FIRST).lower() + rng.choice(("", rng.choice(LAST).lower(), "." + rng.choice(LAST).lower()))


def cpf(rng: random.Random) -> str:
    digits = [rng.randint(0, 9) for _ in range(9)]
    for size in (10, 11):
        rest = sum(digit * weight for digit, weight in zip(digits, range(size, 1, -1), strict=False)) * 10 % 11
        digits.append(rest % 10)
    text = "".join(map(str, digits))
    return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"


def dni(rng: random.Random) -> str:
    number = rng.randint(10_000_000, 79_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def nino(rng: random.Random) -> str:
    digits = " ".join(f"{rng.randint(0, 99):02}" for _ in range(3))
    text = f"{rng.choice(('AB', 'CE', 'JG', 'PX', 'SR'))} {digits} {rng.choice('ABCD')}"
    return text if rng.random() < 0.5 else text.replace(" ", "")


def nir(rng: random.Random) -> str:
    body = f"{rng.choice('12')}{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(10, 95)}{rng.randint(1, 400):03}{rng.randint(1, 400):03}"
    return f"{body}{97 - int(body) % 97:02}"


PLACES = (
    'customer = {{"id": {n}, "{field}": "{value}", "active": True}}\n',
    "INSERT INTO customers (id, {field}) VALUES ({n}, '{value}');\n",
    '{{"id": {n}, "{field}": "{value}"}}\n',
    "- id: {n}\n  {field}: {value}\n",
    "2026-02-11 08:30:12 INFO order {n} {field}={value} accepted\n",
    "id,{field},active\n{n},{value},true\n",
    "// {field} {value} reported this, see ticket {n}\n",
    '<row id="{n}"><{field}>{value}</{field}></row>\n',
    'assert parse("{value}").{field} is not None\n',
)
FIELDS: dict[str, tuple[Draw, str]] = {
    "email": (email, "email"),
    "phone-world": (phone_world, "phone"),
    "phone-national": (phone_national, "phone"),
    "card": (card, "card_number"),
    "iban": (iban, "iban"),
    "ssn": (ssn, "ssn"),
    "ipv4": (ipv4, "client_ip"),
    "ipv6": (ipv6, "remote_addr"),
    "cpf": (cpf, "cpf"),
    "dni": (dni, "dni"),
    "nino": (nino, "nino"),
    "nir": (nir, "nir"),
}
HOMES = (
    "PATH=/home/{value}/.local/bin:$PATH\n",
    'File "/home/{value}/src/web/app.py", line 17, in main\n',
    'open("/Users/{value}/Documents/report.csv")\n',
    'string dir = @"C:\\Users\\{value}\\AppData\\Local";\n',
    '{{"uri": "file:///c%3A/Users/{value}/src/a.ts"}}\n',
    '{{"cwd": "C:\\\\Users\\\\{value}\\\\src"}}\n',
    "at run (file:///Users/{value}/web/index.js:10:5)\n",
)


def made(kind: str, rng: random.Random) -> tuple[str, str]:
    """A text, and the value in it."""
    if kind == "home-path":
        value = user(rng)
        return rng.choice(HOMES).format(value=value), value
    draw, field = FIELDS[kind]
    value = draw(rng)
    return rng.choice(PLACES).format(n=rng.randint(100, 9999), field=field, value=value), value
