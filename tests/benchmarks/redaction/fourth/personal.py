"""Personal data as it stands in programs, fixtures, dumps, logs and documents."""

from __future__ import annotations

from collections.abc import Callable

from .drawing import DIGIT, UPPER, Rng, luhn, some
from .structured import Made

_FIRST = "anna bertram carla dmitri elena faisal greta hiroshi ingrid jorge katarina liam marta nadia oskar priya quentin rosa stefan tomas ursula viktor wanda xenia yusuf zoe".split()
_LAST = "bergmann castillo dvorak eriksen ferrari gonzalez hoffmann ivanova jansen kowalski lefevre moreau nakamura oliveira petrov quispe rossi schneider tanaka ueda vasquez weber yilmaz zhang".split()
_MAIL_HOSTS = "gmail.com outlook.com web.de gmx.net yahoo.co.jp proton.me icloud.com acme-logistics.com t-online.de orange.fr hotmail.it kpn.nl uni-heidelberg.de nordwind.io mail.ru".split()


def _mail(rng: Rng) -> str:
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    local = rng.choice(
        [
            f"{first}.{last}",
            f"{first[0]}{last}",
            f"{first}{rng.randint(1, 99)}",
            f"{last}",
            f"{first}_{last}",
            f"{first}+news",
            f"{first}-{last}",
            f"{first[0]}.{last}",
        ]
    )
    return f"{local}@{rng.choice(_MAIL_HOSTS)}"


def _name(rng: Rng) -> str:
    return f"{rng.choice(_FIRST).capitalize()} {rng.choice(_LAST).capitalize()}"


def email(rng: Rng) -> Made:
    mail, name = _mail(rng), _name(rng)
    language, text = rng.choice(
        [
            ("python", f'user = User(name="{name}", email="{mail}")'),
            ("python", f'__author__ = "{name} <{mail}>"'),
            ("python", f"# reported by {mail}"),
            ("python", f'send_mail("{mail}", subject="Order")'),
            ("java", f" * @author {name} <{mail}>"),
            ("javascript", f"const users = [{{ id: 1, email: '{mail}' }}];"),
            ("json", f'  "author": "{name} <{mail}>",'),
            ("json", f'{{"id": 4, "mail": "{mail}", "active": true}}'),
            ("ini", f"[user]\n\tname = {name}\n\temail = {mail}"),
            ("log", f"2026-03-02 INFO signed in as {mail} from web"),
            ("log", f"commit 3f2c\nAuthor: {name} <{mail}>\nDate:   Mon Mar 2 11:42:09 2026"),
            ("sql", f"INSERT INTO customers (name, email) VALUES ('{name}', '{mail}');"),
            ("document", f"{name};{mail};active"),
            ("document", f"Contact [{name}](mailto:{mail}) for access."),
            ("xml", f"<developer><name>{name}</name><email>{mail}</email></developer>"),
            ("xml", f'<a href="mailto:{mail}">{mail}</a>'),
            ("yaml", f"maintainers:\n  - email: {mail}"),
            ("yaml", f"  to: [{mail}, ops]"),
            ("go", f'got := normalize("{mail}")'),
            ("shell", f'git config user.email "{mail}"'),
            ("shell", f"certbot certonly -m {mail} -d acme.io"),
            ("dockerfile", f'LABEL maintainer="{mail}"'),
            ("toml", f'authors = ["{name} <{mail}>"]'),
            ("http", f"GET /users?email={mail.replace('@', '%40')} HTTP/1.1"),
        ]
    )
    return language, text, (mail.replace("@", "%40") if language == "http" else mail,)


def phone(rng: Rng) -> Made:
    def d(count: int) -> str:
        return some(rng, DIGIT, count)

    def area() -> str:
        return f"{rng.randint(2, 9)}{rng.randint(0, 8)}{rng.randint(1, 9)}"

    number = rng.choice(
        [
            f"+1 ({area()}) {rng.randint(2, 9)}{d(2)}-{d(4)}",
            f"+1-{area()}-{rng.randint(2, 9)}{d(2)}-{d(4)}",
            f"({area()}) {rng.randint(2, 9)}{d(2)}-{d(4)}",
            f"{area()}-{rng.randint(2, 9)}{d(2)}-{d(4)}",
            f"+49 151 {rng.randint(1, 9)}{d(7)}",
            f"+49 (0)30 {rng.randint(1, 9)}{d(3)} {d(4)}",
            f"+4917{rng.randint(0, 9)}{d(8)}",
            f"0171 {rng.randint(1, 9)}{d(6)}",
            f"0049 30 {rng.randint(1, 9)}{d(6)}",
            f"+44 20 7{d(3)} {d(4)}",
            f"+44 7{d(3)} {d(6)}",
            f"07{d(3)} {d(6)}",
            f"+33 6 {d(2)} {d(2)} {d(2)} {d(2)}",
            f"06 {d(2)} {d(2)} {d(2)} {d(2)}",
            f"01.{d(2)}.{d(2)}.{d(2)}.{d(2)}",
            f"+34 6{d(2)} {d(3)} {d(3)}",
            f"+39 3{d(2)} {d(3)} {d(4)}",
            f"+31 6 {d(8)}",
            f"+41 79 {d(3)} {d(2)} {d(2)}",
            f"+43 664 {d(7)}",
            f"+48 {rng.randint(5, 7)}{d(2)} {d(3)} {d(3)}",
            f"+7 (9{d(2)}) {d(3)}-{d(2)}-{d(2)}",
            f"+91 9{d(4)} {d(5)}",
            f"+86 13{d(1)} {d(4)} {d(4)}",
            f"+81-90-{d(4)}-{d(4)}",
            f"+55 11 9{d(4)}-{d(4)}",
            f"(11) 9{d(4)}-{d(4)}",
            f"+61 4{d(2)} {d(3)} {d(3)}",
            f"+46 70 {d(3)} {d(2)} {d(2)}",
            f"+90 532 {d(3)} {d(2)} {d(2)}",
            f"+380 67 {d(3)} {d(4)}",
            f"+27 82 {d(3)} {d(4)}",
            f"+82 10-{d(4)}-{d(4)}",
            f"tel:+1{area()}{rng.randint(2, 9)}{d(6)}",
        ]
    )
    name = _name(rng)
    piece = number.removeprefix("tel:")
    language, text = rng.choice(
        [
            ("python", f'contact = Contact(name="{name}", phone="{number}")'),
            ("python", f'"phone_number": "{number}",'),
            ("javascript", f"{{ name: '{name}', mobile: '{number}' }},"),
            ("json", f'"telephone": "{number}",'),
            ("yaml", f'  phone: "{number}"'),
            ("sql", f"INSERT INTO people (name, phone) VALUES ('{name}', '{number}');"),
            ("document", f"Call {name}: {number}"),
            ("document", f"Tel. {number}"),
            ("document", f"{name};{number};Berlin"),
            ("xml", f"<phone>{number}</phone>"),
            ("xml", f'<a href="{number}">call</a>' if number.startswith("tel:") else f'<contact phone="{number}"/>'),
            ("java", f'customer.setPhone("{number}");'),
            ("log", f"2026-03-02 INFO sms sent to {number}"),
            ("go", f'sms.Send("{number}", "hello")'),
            ("python", f"# on call: {name} {number}"),
        ]
    )
    return language, text, (piece,)


def card(rng: Rng) -> Made:
    prefix, length = rng.choice(
        [
            ("4", 16),
            ("51", 16),
            ("55", 16),
            ("2221", 16),
            ("34", 15),
            ("37", 15),
            ("6011", 16),
            ("3530", 16),
            ("36", 14),
            ("62", 16),
        ]
    )
    body = prefix + some(rng, DIGIT, length - 1 - len(prefix))
    digits = body + luhn(body)
    groups = (
        [digits[:4], digits[4:10], digits[10:]] if length in (14, 15) else [digits[i : i + 4] for i in range(0, 16, 4)]
    )
    number = rng.choice([digits, " ".join(groups), "-".join(groups)])
    language, text = rng.choice(
        [
            ("python", f'charge(card_number="{number}", cvc="123")'),
            ("javascript", f"await page.fill('#card', '{number}');"),
            ("json", f'"pan": "{number}"'),
            ("sql", f"INSERT INTO payments VALUES (4, '{number}', 1299);"),
            ("log", f"2026-03-02 WARN declined card {number}"),
            ("document", f"Card: {number}, exp 04/29"),
            ("java", f'payment.setCardNumber("{number}");'),
            ("yaml", f'card: "{number}"'),
            ("document", f"4;{number};04/29"),
            ("ruby", f"let(:number) {{ '{number}' }}"),
            ("python", f'assert mask("{number}").endswith("x")'),
        ]
    )
    return language, text, (number,)


_IBANS = {
    "DE": 18,
    "FR": None,
    "GB": None,
    "ES": 20,
    "IT": None,
    "NL": None,
    "AT": 16,
    "CH": 17,
    "BE": 12,
    "PL": 24,
    "SE": 20,
    "PT": 21,
    "DK": 14,
    "FI": 14,
    "NO": 11,
    "IE": None,
}


def iban(rng: Rng) -> Made:
    country = rng.choice(list(_IBANS))
    count = _IBANS[country]
    letters = "".join(rng.choice(UPPER) for _ in range(4))
    bban = {
        "FR": some(rng, DIGIT, 23),
        "GB": letters + some(rng, DIGIT, 14),
        "NL": letters + some(rng, DIGIT, 10),
        "IE": letters + some(rng, DIGIT, 14),
        "IT": rng.choice(UPPER) + some(rng, DIGIT, 22),
    }.get(country) or some(rng, DIGIT, count or 18)
    number = int("".join(str(int(c, 36)) for c in bban + country + "00"))
    raw = f"{country}{98 - number % 97:02d}{bban}"
    value = rng.choice([raw, " ".join(raw[i : i + 4] for i in range(0, len(raw), 4))])
    language, text = rng.choice(
        [
            ("python", f'transfer(iban="{value}", amount=10)'),
            ("json", f'"iban": "{value}"'),
            ("document", f"IBAN: {value}"),
            ("xml", f"<IBAN>{value}</IBAN>"),
            ("sql", f"UPDATE accounts SET iban = '{value}' WHERE id = 3;"),
            ("java", f'account.setIban("{value}");'),
            ("document", f"Schneider;{value};12,50"),
            ("log", f"payout to {value} failed"),
            ("yaml", f"account: {value}"),
            ("javascript", f"isValid('{value}')"),
        ]
    )
    return language, text, (value,)


def _weighted(digits: str, weights: list[int]) -> int:
    return sum(int(a) * b for a, b in zip(digits, weights, strict=False))


def _cpf(rng: Rng) -> str:
    base = some(rng, DIGIT, 9)
    for start in (10, 11):
        rest = _weighted(base, list(range(start, 1, -1))) * 10 % 11 % 10
        base += str(rest)
    return rng.choice([base, f"{base[:3]}.{base[3:6]}.{base[6:9]}-{base[9:]}"])


def _dni(rng: Rng) -> str:
    table = "TRWAGMYFPDXBNJZSQVHLCKE"
    number = rng.randint(10_000_000, 99_999_999)
    if rng.random() < 0.4:
        head = rng.choice("XYZ")
        tail = some(rng, DIGIT, 7)
        return head + tail + table[int(str("XYZ".index(head)) + tail) % 23]
    return f"{number}{table[number % 23]}"


def _nir(rng: Rng) -> str:
    base = f"{rng.choice('12')}{rng.randint(40, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 95):02d}{rng.randint(1, 899):03d}{rng.randint(1, 899):03d}"
    key = 97 - int(base) % 97
    return rng.choice(
        [f"{base}{key:02d}", f"{base[0]} {base[1:3]} {base[3:5]} {base[5:7]} {base[7:10]} {base[10:]} {key:02d}"]
    )


def _nino(rng: Rng) -> str:
    first = rng.choice("ABCEGHJKLMNPRSTWXYZ")
    second = rng.choice("ABCEGHJKLMPRSTWXYZ")
    while first + second in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"):
        second = rng.choice("ABCEGHJKLMPRSTWXYZ")
    digits = some(rng, DIGIT, 6)
    end = rng.choice("ABCD")
    return rng.choice(
        [f"{first}{second}{digits}{end}", f"{first}{second} {digits[:2]} {digits[2:4]} {digits[4:]} {end}"]
    )


def _ssn(rng: Rng) -> str:
    area = rng.choice([n for n in range(1, 900) if n != 666])
    return f"{area:03d}-{rng.randint(1, 99):02d}-{rng.randint(1, 9999):04d}"


def _aadhaar(rng: Rng) -> str:
    d = [[(i + j) % 5 if i < 5 and j < 5 else 0 for j in range(10)] for i in range(10)]
    for i in range(10):
        for j in range(10):
            if i < 5 and j < 5:
                d[i][j] = (i + j) % 5
            elif i < 5:
                d[i][j] = 5 + (i + j - 5) % 5
            elif j < 5:
                d[i][j] = 5 + (i - 5 - j) % 5
            else:
                d[i][j] = (i - j) % 5
    p = [list(range(10)), [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
    for i in range(2, 8):
        p.append([p[i - 1][p[1][j]] for j in range(10)])
    base = str(rng.randint(2, 9)) + some(rng, DIGIT, 10)
    for last in DIGIT:
        check = 0
        for i, ch in enumerate(reversed(base + last)):
            check = d[check][p[i % 8][int(ch)]]
        if check == 0:
            full = base + last
            return rng.choice([full, f"{full[:4]} {full[4:8]} {full[8:]}"])
    return ""


def _pesel(rng: Rng) -> str:
    base = f"{rng.randint(40, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{some(rng, DIGIT, 4)}"
    return base + str(-_weighted(base, [1, 3, 7, 9] * 3) % 10)


def _codice(rng: Rng) -> str:
    odd = dict(
        zip(
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            [
                1,
                0,
                5,
                7,
                9,
                13,
                15,
                17,
                19,
                21,
                1,
                0,
                5,
                7,
                9,
                13,
                15,
                17,
                19,
                21,
                2,
                4,
                18,
                20,
                11,
                3,
                6,
                8,
                12,
                14,
                16,
                10,
                22,
                25,
                24,
                23,
            ],
            strict=True,
        )
    )
    base = (
        "".join(rng.choice("BCDFGLMNPRSTVZ") for _ in range(6))
        + f"{rng.randint(40, 99)}{rng.choice('ABCDEHLMPRST')}{rng.randint(1, 28):02d}{rng.choice('ABCDEFGHIL')}{rng.randint(100, 999)}"
    )
    total = sum(odd[c] if i % 2 == 0 else (int(c) if c.isdigit() else ord(c) - 65) for i, c in enumerate(base))
    return base + chr(65 + total % 26)


_IDS: dict[str, tuple[Callable[[Rng], str], tuple[str, ...]]] = {
    "ssn": (_ssn, ("ssn", "social security number", "SSN")),
    "cpf": (_cpf, ("cpf", "CPF")),
    "dni": (_dni, ("dni", "nif", "DNI")),
    "nir": (_nir, ("nir", "numero_secu", "NIR")),
    "nino": (_nino, ("nino", "national insurance number", "NI number")),
    "aadhaar": (_aadhaar, ("aadhaar", "aadhaar_number", "Aadhaar")),
    "pesel": (_pesel, ("pesel", "PESEL")),
    "codice_fiscale": (_codice, ("codice_fiscale", "Codice fiscale")),
}


def national_id(rng: Rng) -> Made:
    draw, names = _IDS[rng.choice(list(_IDS))]
    value, label = draw(rng), rng.choice(names)
    key = label.replace(" ", "_").lower()
    language, text = rng.choice(
        [
            ("python", f'person = Person(name="{_name(rng)}", {key}="{value}")'),
            ("json", f'"{key}": "{value}"'),
            ("document", f"{label}: {value}"),
            ("sql", f"INSERT INTO people (name, {key}) VALUES ('{_name(rng)}', '{value}');"),
            ("xml", f"<{key}>{value}</{key}>"),
            ("java", f'assertTrue(isValid{key.title().replace("_", "")}("{value}"));'),
            ("log", f"2026-03-02 WARN {label} {value} rejected"),
            ("yaml", f'  {key}: "{value}"'),
            ("javascript", f"const {key} = '{value}';"),
        ]
    )
    return language, text, (value,)


def public_ipv4(rng: Rng) -> Made:
    value = f"{rng.choice([5, 23, 31, 46, 51, 62, 78, 81, 85, 91, 95, 109, 138, 144, 159, 176, 185, 188, 193, 212, 217])}.{rng.randint(1, 254)}.{rng.randint(1, 254)}.{rng.randint(1, 254)}"
    language, text = rng.choice(
        [
            ("python", f'ALLOWED_HOSTS = ["{value}", "localhost"]'),
            ("yaml", f"  host: {value}"),
            ("log", f'{value} - - [02/Mar/2026:11:42:09 +0000] "GET / HTTP/1.1" 200 12'),
            ("shell", f"ssh deploy@{value}"),
            ("shell", f"curl http://{value}:8080/health"),
            ("json", f'"client_ip": "{value}"'),
            ("ini", f"[web]\n{value} ansible_user=deploy"),
            ("nginx", f"allow {value};"),
            ("terraform", f'cidr_blocks = ["{value}/32"]'),
            ("java", f'new InetSocketAddress("{value}", 9042)'),
            ("go", f'addr := "{value}:443"'),
            ("sql", f"INSERT INTO logins VALUES (4, '{value}');"),
            ("document", f"The box is {value}, port 22."),
            ("xml", f"<host>{value}</host>"),
            ("dotenv", f"DB_HOST={value}"),
        ]
    )
    return language, text, (value,)


def public_ipv6(rng: Rng) -> Made:
    def h(count: int = 4) -> str:
        return some(rng, "123456789abcdef", count)

    value = rng.choice(
        [
            f"2a0{rng.randint(1, 9)}:{h()}:{h()}:{h()}:{h()}:{h()}:{h()}:{h()}",
            f"2a02:{h()}:{h()}::{h(1)}",
            f"2003:{h(2)}:{h()}:{h()}:{h()}:{h()}:{h()}:{h()}",
            f"2600:{h()}:{h()}:{h()}::{h(2)}",
            f"2401:{h()}:{h()}::{h()}",
        ]
    )
    language, text = rng.choice(
        [
            ("log", f'{value} - - [02/Mar/2026:11:42:09 +0000] "GET / HTTP/1.1" 200 12'),
            ("python", f'server.bind(("{value}", 443))'),
            ("yaml", f'  host: "{value}"'),
            ("shell", f"ping6 {value}"),
            ("json", f'"remote_addr": "{value}"'),
            ("shell", f"curl http://[{value}]:8080/"),
            ("document", f"AAAA {value}"),
            ("nginx", f"listen [{value}]:80;"),
        ]
    )
    return language, text, (value,)


def _login(rng: Rng) -> str:
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    return rng.choice(
        [f"{first[0]}{last}", f"{first}.{last}", f"{first}{rng.randint(1, 99)}x", f"{last}{first[0]}", f"{last}"]
    )


def home_path(rng: Rng) -> Made:
    login = _login(rng)
    tail = rng.choice(
        [
            "src/app/main.py",
            "Projects/orders",
            ".config/tool/cfg.toml",
            "Downloads/data.csv",
            "code/api/node_modules/x/index.js",
        ]
    )
    back = tail.replace("/", "\\")
    path = rng.choice(["linux", "mac", "windows", "escaped", "uri", "wsl", "encoded"])
    value = {
        "linux": f"/home/{login}/{tail}",
        "mac": f"/Users/{login}/{tail}",
        "windows": f"C:\\Users\\{login}\\{back}",
        "escaped": f"C:\\\\Users\\\\{login}\\\\" + tail.replace("/", "\\\\"),
        "uri": f"file:///c%3A/Users/{login}/{tail}",
        "wsl": f"/mnt/c/Users/{login}/{tail}",
        "encoded": f"file:///home/{login}/{tail}",
    }[path]
    language, text = rng.choice(
        [
            ("python", f'DATA = r"{value}"'),
            ("log", f'  File "{value}", line 42, in main'),
            ("log", f"    at load ({value}:10:5)"),
            ("yaml", f"path: {value}"),
            ("json", f'"cwd": "{value}"'),
            ("shell", f"cd '{value}'"),
            ("document", f"I have it in `{value}`."),
            ("ini", f"root = {value}"),
            ("c", f'#include "{value}"'),
            ("dotenv", f"DATA_DIR={value}"),
            ("javascript", f"require('{value}')"),
            ("log", f"error: cannot open {value}: denied"),
            ("xml", f"<sourceRoot>{value}</sourceRoot>"),
        ]
    )
    return language, text, (login,)


def shell_user(rng: Rng) -> Made:
    """A person's login outside a path: prompts, listings, ssh targets of named people."""
    login = f"{rng.choice(_FIRST)[0]}{rng.choice(_LAST)}"
    language, text = rng.choice(
        [
            ("log", f"-rw-r--r-- 1 {login} staff 2312 /home/{login}/notes.txt"),
            ("log", f"{login}@build-7:/home/{login}/app$ make"),
            ("shell", f"scp out.tgz {login}@build-7:/home/{login}/"),
            ("document", f"/home/{login}/.ssh/config belongs to {login}"),
            ("yaml", f"user: {login}\nhome: /home/{login}"),
        ]
    )
    return language, text, (login,)


def mac_or_imei(rng: Rng) -> Made:
    """A device's IMEI (Luhn) by name."""
    body = "35" + some(rng, DIGIT, 12)
    value = body + luhn(body)
    language, text = rng.choice(
        [
            ("json", f'"imei": "{value}"'),
            ("sql", f"UPDATE devices SET imei = '{value}' WHERE id = 4;"),
            ("document", f"IMEI: {value}"),
        ]
    )
    return language, text, (value,)


def passport(rng: Rng) -> Made:
    value = rng.choice(
        [
            f"C{some(rng, '0123456789CFGHJKLMNPRTVWXYZ', 8)}",
            some(rng, DIGIT, 9),
            f"{rng.choice(UPPER)}{some(rng, DIGIT, 8)}",
        ]
    )
    language, text = rng.choice(
        [
            ("json", f'"passport_number": "{value}"'),
            ("python", f'traveller = Traveller(passport_no="{value}")'),
            ("document", f"Passport no.: {value}"),
            ("xml", f"<passportNumber>{value}</passportNumber>"),
        ]
    )
    return language, text, (value,)


PERSONAL: dict[str, Callable[[Rng], Made]] = {
    "email": email,
    "phone": phone,
    "card": card,
    "iban": iban,
    "national_id": national_id,
    "ipv4": public_ipv4,
    "ipv6": public_ipv6,
    "home_path": home_path,
    "shell_user": shell_user,
}

BEYOND: dict[str, Callable[[Rng], Made]] = {"imei": mac_or_imei, "passport": passport}
"""Asked for by nobody; shown apart, outside the average."""
