"""Personal data with its check digits."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.redaction.fifth.drawing import Draw

FIRST = "kim lee anna jonas maria pedro yuki omar elena hans sofia luca ivan chloe noah emma".split()
LAST = "keller dubois rossi garcia nowak jansen silva tanaka haddad novak berg lind moreau costa weber fischer".split()


def _person(d: Draw) -> tuple[str, str]:
    return d.choice(FIRST), d.choice(LAST)


def email(d: Draw) -> str:
    first, last = _person(d)
    local = d.one(f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}{d.digits(2)}", f"{first}+news", f"{last}")
    return f"{local}@{d.one('gmail.com', 'outlook.com', 'web.de', d.domain(), 'uni-' + d.word() + '.edu', 'mail.' + d.domain())}"


def phone(d: Draw) -> str:
    return d.choice(
        (
            f"+49 {d.one('151', '160', '171')} {d.digits(8)}",
            f"+1 ({d.int(201, 989)}) {d.int(220, 989)}-{d.digits(4)}",
            f"+1-{d.int(201, 989)}-{d.int(220, 989)}-{d.digits(4)}",
            f"+44 7{d.digits(3)} {d.digits(6)}",
            f"+33 6 {d.int(10, 99)} {d.int(10, 99)} {d.int(10, 99)} {d.int(10, 99)}",
            f"+39{d.one('320', '347')}{d.digits(7)}",
            f"({d.int(201, 989)}) {d.int(220, 989)}-{d.digits(4)}",
            f"{d.int(212, 989)}-{d.int(220, 989)}-{d.digits(4)}",
            f"+41 79 {d.digits(3)} {d.int(10, 99)} {d.int(10, 99)}",
            f"+91 9{d.digits(4)} {d.digits(5)}",
            f"+55 11 9{d.digits(4)}-{d.digits(4)}",
            f"+81-90-{d.digits(4)}-{d.digits(4)}",
        )
    )


def _luhn(body: str) -> str:
    total = sum(sum(divmod(int(c) * (2 if i % 2 == 0 else 1), 10)) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def card(d: Draw) -> str:
    prefix, size = d.choice((("4", 16), ("51", 16), ("55", 16), ("34", 15), ("37", 15), ("6011", 16), ("2221", 16)))
    number = _luhn(prefix + "".join(str(d.int(0, 9)) for _ in range(size - len(prefix) - 1)))
    form = d.int(0, 2)
    if form == 0 or size == 15:
        return number if form < 2 else f"{number[:4]} {number[4:10]} {number[10:]}"
    return (" " if form == 1 else "-").join(number[i : i + 4] for i in range(0, 16, 4))


def iban(d: Draw) -> str:
    country, body = d.choice(
        (
            ("DE", d.digits(18)),
            ("GB", d.of("BCDFGHKLMN", 4) + d.digits(14)),
            ("FR", d.digits(23)),
            ("NL", d.of("ABGINR", 4) + d.digits(10)),
            ("ES", d.digits(20)),
            ("AT", d.digits(16)),
            ("CH", d.digits(17)),
            ("PL", d.digits(24)),
            ("IT", "X" + d.digits(22)),
            ("BE", d.digits(12)),
        )
    )
    number = "".join(str(int(c, 36)) for c in body + country + "00")
    whole = f"{country}{98 - int(number) % 97:02d}{body}"
    return whole if d.int(0, 1) else " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def ssn(d: Draw) -> str:
    return f"{d.choice((123, 234, 345, 456, 517, 601, 702)) + d.int(0, 40)}-{d.int(10, 99)}-{d.int(1000, 9999)}"


def nino(d: Draw) -> str:
    return (
        f"{d.choice('ABCEHJKLMPRSTWXYZ')}{d.choice('ABCEHJKLMPRSTWXYZ')}{d.digits(6)}{d.choice('ABCD')}".replace(
            "BG", "AB"
        )
        .replace("ZZ", "AB")
        .replace("TN", "AB")
    )


def cpf(d: Draw) -> str:
    digits = [d.int(0, 9) for _ in range(9)]
    for size in (10, 11):
        rest = sum(n * (size - i) for i, n in enumerate(digits)) * 10 % 11
        digits.append(rest % 10)
    s = "".join(map(str, digits))
    return f"{s[:3]}.{s[3:6]}.{s[6:9]}-{s[9:]}"


def dni(d: Draw) -> str:
    number = int(d.digits(8))
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def nir(d: Draw) -> str:
    body = f"{d.one('1', '2')}{d.int(40, 99)}{d.int(1, 12):02d}{d.int(10, 95)}{d.int(100, 900)}{d.int(100, 999)}"
    key = f"{97 - int(body) % 97:02d}"
    return (
        f"{body}{key}"
        if d.int(0, 1)
        else f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:13]} {key}"
    )


_D = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
_P = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]


def aadhaar(d: Draw) -> str:
    body = str(d.int(2, 9)) + d.digits(10)
    for last in "0123456789":
        check = 0
        for i, c in enumerate(reversed(body + last)):
            check = _D[check][_P[i % 8][int(c)]]
        if check == 0:
            s = body + last
            return f"{s[:4]} {s[4:8]} {s[8:]}"
    raise AssertionError("one digit of ten always fits")


def ipv4(d: Draw) -> str:
    return f"{d.choice([31, 46, 62, 77, 84, 93, 151, 178, 185, 212])}.{d.int(1, 254)}.{d.int(1, 254)}.{d.int(2, 254)}"


def ipv6(d: Draw) -> str:
    return f"2a0{d.int(1, 9)}:{d.hex(3)}:{d.hex(4)}:{d.hex(2)}::{d.hex(4)}"


def home(d: Draw) -> str:
    return d.choice(FIRST) + d.choice(LAST)


PLACES: tuple[tuple[str, str, str], ...] = (
    ("py", "py", 'contact = "«v»"\n'),
    ("json", "none", '{"id": 4, "«n»": "«v»", "active": true}\n'),
    ("csv", "none", "id,«n»,country\n4,«v»,DE\n"),
    ("sql", "sql", "INSERT INTO customers (id, «n») VALUES (4, '«v»');\n"),
    ("log", "none", "2026-01-05 10:00:00 INFO customer «v» created order 17\n"),
    ("yaml", "yaml", "customer:\n  «n»: «v»\n"),
    ("md", "none", "Reach the customer at «v».\n"),
    ("js", "js", "const user = { «n»: '«v»' };\n"),
    ("py", "py", "# asked by «v»\n"),
    ("xml", "none", "<«n»>«v»</«n»>\n"),
    ("txt", "none", "From: «v»\nSubject: hi\n"),
    ("go", "go", 'Send(ctx, "«v»")\n'),
    ("java", "java", 'user.set("«v»");\n'),
    ("html", "none", "<td>«v»</td>\n"),
)

HOMES = (
    "/home/«»/src/app.py",
    "/Users/«»/Library/x.log",
    "C:\\Users\\«»\\AppData\\x",
    "C:\\\\Users\\\\«»\\\\x",
    "file:///c%3A/Users/«»/x.py",
    "file:///home/«»/a.js",
    "/mnt/c/Users/«»/a",
    "/home/«»",
)

PERSONAL: dict[str, tuple[str, Callable[[Draw], str]]] = {
    "e-mail": ("email", email),
    "phone": ("phone", phone),
    "card": ("card_number", card),
    "iban": ("iban", iban),
    "ssn": ("ssn", ssn),
    "nino": ("nino", nino),
    "cpf": ("cpf", cpf),
    "dni": ("dni", dni),
    "nir": ("nir", nir),
    "aadhaar": ("aadhaar", aadhaar),
    "public IPv4": ("ip", ipv4),
    "public IPv6": ("ip", ipv6),
    "user in a home path": ("path", home),
}
