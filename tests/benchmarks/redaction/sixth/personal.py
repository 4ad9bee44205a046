"""Personal data with the check digits of its issuer, in contexts of many languages."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.redaction.sixth.drawing import Dice

FIRST = "Anna Jonas Maria Piotr Lucia Ahmed Sofie Liam Chiara Mateo Ingrid Yusuf Claire Tomasz Priya Kenji".split()
LAST = "Lindqvist Berger Kowalski Okafor Rossi Fontaine Devries Nakamura Haddad Psing Almeida Novak Schuster".split()
DOMAINS = "gmail.com outlook.com gmx.de nordwind-logistik.de kestrel-group.com ferrovia.it proton.me yahoo.fr".split()


def _luhn(body: str) -> str:
    total = sum(sum(divmod(int(digit) * (2 if at % 2 == 0 else 1), 10)) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def email(dice: Dice) -> str:
    first, last = dice.choice(FIRST).lower(), dice.choice(LAST).lower()
    return (
        dice.choice([f"{first}.{last}", f"{first}{dice.randint(1, 99)}", f"{first[0]}{last}", f"{first}+news"])
        + "@"
        + dice.choice(DOMAINS)
    )


def phone_international(dice: Dice) -> str:

    def n(size: int) -> str:
        return dice.text("23456789", size)

    return dice.choice(
        [
            f"+49 {dice.choice(['151', '171', '30'])} {n(8)}",
            f"+1-{n(3)}-{n(3)}-{n(4)}",
            f"+44 20 {n(4)} {n(4)}",
            f"+33 6 {n(2)} {n(2)} {n(2)} {n(2)}",
            f"+4917{n(9)}",
            f"+34{'6'}{n(8)}",
            f"+1 ({n(3)}) {n(3)}-{n(4)}",
            f"+81-90-{n(4)}-{n(4)}",
        ]
    )


def phone_national(dice: Dice) -> str:

    def n(size: int) -> str:
        return dice.text("23456789", size)

    return dice.choice(
        [
            f"({n(3)}) {n(3)}-{n(4)}",
            f"{n(3)}-{n(3)}-{n(4)}",
            f"030 / {n(7)}",
            f"06 {n(2)} {n(2)} {n(2)} {n(2)}",
            f"020 {n(4)} {n(4)}",
        ]
    )


def card(dice: Dice) -> str:
    body = dice.choice(
        [
            lambda: "4" + dice.text("0123456789", 14),
            lambda: "5" + dice.choice("12345") + dice.text("0123456789", 13),
            lambda: "37" + dice.text("0123456789", 12),
        ]
    )()
    number = _luhn(body)
    cut = (
        [number[:4], number[4:10], number[10:]]
        if len(number) == 15
        else [number[at : at + 4] for at in range(0, 16, 4)]
    )
    return dice.choice(["", " ", "-"]).join(cut)


def iban(dice: Dice) -> str:
    country, bban = dice.choice(
        [
            ("DE", dice.text("0123456789", 18)),
            ("FR", dice.text("0123456789", 23)),
            ("GB", "NWBK" + dice.text("0123456789", 14)),
            ("ES", dice.text("0123456789", 20)),
            ("NL", "ABNA" + dice.text("0123456789", 10)),
            ("IT", "X" + dice.text("0123456789", 22)),
        ]
    )
    number = int("".join(str(int(c, 36)) for c in bban + country + "00"))
    whole = f"{country}{98 - number % 97:02}{bban}"
    return dice.choice([whole, " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))])


def ssn(dice: Dice) -> str:
    return f"{dice.choice([*range(100, 660), *range(700, 899)])}-{dice.randint(11, 99)}-{dice.randint(1000, 9999)}"


def nino(dice: Dice) -> str:
    return f"{dice.choice(['AB', 'JK', 'PW', 'SX', 'CE'])}{dice.text('123456789', 6)}{dice.choice('ABCD')}"


def cpf(dice: Dice) -> str:
    body = dice.text("0123456789", 9)
    for _ in range(2):
        total = sum(int(d) * w for d, w in zip(body, range(len(body) + 1, 1, -1), strict=True))
        body += str(total * 10 % 11 % 10)
    return f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}"


def dni(dice: Dice) -> str:
    letter, number = dice.choice(["", "X", "Y"]), dice.randint(1_000_000, 9_999_999)
    whole = {"": 10_000_000 + number, "X": number, "Y": 10_000_000 + number}[letter]
    return f"{letter}{number if letter else whole}{'TRWAGMYFPDXBNJZSQVHLCKE'[whole % 23]}"


def nir(dice: Dice) -> str:
    body = f"{dice.choice('12')}{dice.randint(50, 99)}{dice.randint(1, 12):02}{dice.randint(1, 95):02}{dice.randint(1, 990):03}{dice.randint(1, 999):03}"
    key = f"{97 - int(body) % 97:02}"
    return dice.choice([body + key, f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {key}"])


def aadhaar(dice: Dice) -> str:
    times = [
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
    moved = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
    for _ in range(6):
        moved.append([moved[-1][moved[1][at]] for at in range(10)])
    body, check = dice.choice("23456789") + dice.text("0123456789", 10), 0
    for at, digit in enumerate(reversed(body)):
        check = times[check][moved[(at + 1) % 8][int(digit)]]
    whole = body + str([0, 4, 3, 2, 1, 5, 6, 7, 8, 9][check])
    return f"{whole[:4]} {whole[4:8]} {whole[8:]}"


def ipv4(dice: Dice) -> str:
    return f"{dice.choice([5, 31, 46, 62, 77, 84, 91, 93, 109, 138, 145, 151, 178, 188, 194, 212])}.{dice.randint(1, 254)}.{dice.randint(1, 254)}.{dice.randint(2, 253)}"


def ipv6(dice: Dice) -> str:
    parts = [dice.text("0123456789abcdef", 4) for _ in range(7)]
    return dice.choice(["2a02:", "2003:", "2a01:"]) + dice.choice(
        [":".join(parts), f"{parts[0]}:{parts[1]}::{parts[2]}"]
    )


def handle(dice: Dice) -> str:
    return dice.choice(
        [
            dice.choice(FIRST).lower() + dice.choice(LAST).lower()[:3],
            dice.choice(FIRST)[0].lower() + dice.choice(LAST).lower(),
            f"{dice.choice(FIRST)}.{dice.choice(LAST)}".lower(),
        ]
    )


Draw = Callable[[Dice], str]
Templates = list[tuple[str, str]]

_VALUES: Templates = [
    ("python", '@N@ = "@S@"'), ("javascript", "const @L@ = '@S@';"), ("typescript", "it('works', () => expect(@L@('@S@')).toBe(true));"), ("java", 'assertTrue(@L@("@S@"));'),
    ("kotlin", 'val @L@ = "@S@"'), ("go", '@L@("@S@")'), ("rust", 'let @N@ = "@S@";'), ("csharp", 'var @L@ = "@S@";'), ("ruby", "@N@ '@S@'"), ("php", "$@N@ = '@S@';"), ("swift", 'let @L@ = "@S@"'),
    ("sql", "INSERT INTO customers (id, info) VALUES (@D@, '@S@');"), ("shell", "@N@ '@S@'"), ("dart", "final @L@ = '@S@';"), ("scala", 'val @L@ = "@S@"'), ("xml", '    <add key="@C@" value="@S@" />'),
    ("python", "# reported by @S@"), ("log", "@T@ 10:22:31 INFO  @W@ handled for @S@ in 12 ms"), ("json", '    "@W@": "@S@",'), ("yaml", "  @W@: '@S@'"), ("c", '/* see @S@ */'), ("markdown", "Ask @S@ for access."),
]  # fmt: skip


def _telling(*names: str) -> Templates:
    made: Templates = []
    for name in names:
        title = name.replace("_", " ").title().replace(" ", "")
        made += [
            ("python", f'{name} = "@S@"'),
            ("json", f'    "{name}": "@S@",'),
            ("java", f'customer.set{title}("@S@");'),
            ("yaml", f"  {name}: '@S@'"),
            ("csharp", f'var c = new Customer {{ {title} = "@S@" }};'),
            ("ruby", f"create(:customer, {name}: '@S@')"),
            ("go", f'c.{title} = "@S@"'),
            ("php", f"'{name}' => '@S@',"),
            ("log", f"@T@ 10:22:31 INFO  {name}=@S@"),
            ("markdown", f"His {name.replace('_', ' ')} is @S@."),
            ("javascript", f"const customer = {{ {name}: '@S@' }};"),
            ("sql", f"UPDATE customers SET {name} = '@S@' WHERE id = @D@;"),
            ("xml", f"    <{name}>@S@</{name}>"),
            ("text", f"id,{name}\n@D@,@S@"),
        ]
    return made


def _paths(*forms: str) -> Templates:
    made: Templates = []
    for form in forms:
        made += [
            ("python", f'@N@ = r"{form}/reports/@W@.csv"'),
            ("log", f"  File {form}/src/@W@/main.py, line @D@"),
            ("shell", f"cd {form}/git/@W@"),
            ("json", f'    "path": "{form}/@W@",'),
            ("yaml", f"  - {form}/data:/data"),
            ("javascript", f"// built in {form}/dev/@W@"),
            ("c", f'#include "{form}/include/@W@.h"'),
            ("xml", f'    <add key="Folder" value="{form}/@W@" />'),
            ("makefile", f"DATA := {form}/data"),
            ("java", f'new File("{form}/@W@.txt");'),
            ("markdown", f"Copy it to `{form}/bin`."),
            ("ini", f"folder = {form}/.cache"),
        ]
    return made


PERSONAL: dict[str, tuple[Templates, Draw]] = {
    "email": (_VALUES + _telling("email", "contact"), email),
    "phone_international": (_VALUES + _telling("phone", "mobile"), phone_international),
    "phone_national": (_telling("phone", "phone_number", "telefon"), phone_national),
    "card": (_VALUES + _telling("card_number"), card),
    "iban": (_VALUES + _telling("iban", "account"), iban),
    "ssn": (_VALUES + _telling("ssn"), ssn),
    "nino": (_VALUES + _telling("nino"), nino),
    "cpf": (_VALUES + _telling("cpf"), cpf),
    "dni": (_VALUES + _telling("dni"), dni),
    "nir": (_telling("nir", "numero_secu", "social_security_number"), nir),
    "aadhaar": (_telling("aadhaar", "aadhaar_number"), aadhaar),
    "ipv4": (_VALUES + _telling("client_ip", "host"), ipv4),
    "ipv6": (_VALUES + _telling("client_ip"), ipv6),
    "home_unix": (_paths("/home/@S@", "/Users/@S@"), handle),
    "home_windows": (_paths("C:\\\\Users\\\\@S@", "C:/Users/@S@", "/mnt/c/Users/@S@"), handle),
    "home_uri": (_paths("file:///home/@S@", "file:///c%3A/Users/@S@", "vscode-remote://wsl%2Bubuntu/home/@S@"), handle),
}  # fmt: skip
