"""The tenth corpus, for what the mending on the ninth is worth: ``python -m tests.benchmarks.redaction.tenth.measure --seed 1``.

Other words, other ways to make up a password, other names and places than the ninth has; tokens and personal data as they come.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from tests.benchmarks.redaction.fifth.drawing import styles
from tests.benchmarks.redaction.fourth import drawing
from tests.benchmarks.redaction.ninth.structures import STRUCTURES
from tests.benchmarks.redaction.ninth.values import NAMED, TOKENS, drawn
from tests.benchmarks.redaction.sixth import personal
from tests.benchmarks.redaction.sixth.drawing import Dice, filled
from tests.benchmarks.redaction.survey import Sample, report
from tests.benchmarks.redaction.tenth import places

_EACH: Final = 24
_PASSWORDS: Final = "password passwort contrasena senha mot_de_passe kennwort user_pass app_password pg_password login_pw admin_pass master_password db_pwd mail_password wifi_psk secret_phrase clave".split()  # fmt: skip
_KEYS: Final = "jwt_secret session_secret api_token stripe_secret_key hmac_secret consumer_secret app_key_secret service_token cloud_api_key bearer_token cookie_secret deploy_token".split()  # fmt: skip
_PEOPLE: Final = "julia marco svenja pierre ivana dmitri fatima hugo noemi stefan bella rocky lucky bruno".split()
_TOWNS: Final = "Hamburg Lyon Sevilla Porto Krakow Zagreb Tampere Bergen Leiden Parma Graz Basel".split()
_THINGS: Final = "grumpy otter salt window paper rabbit clever noodle carpet ladder mustard blanket teapot sailor comet kitchen onion whistle badger velcro".split()  # fmt: skip
_SYLLABLES: Final = "ohf ahp cyo jid tev uqu rie bax zod mey phu kal wix gor".split()
_EMBEDDED: Final = ("@N@ = '@S@'", "curl https://@H@/v1 -H 'X: @S@'", "// @S@", "key=@S@", "    @S@", '"a","@S@","b"', "send(@D@, \"@S@\")", "<a>@S@</a>", "| @S@ |", "my @W@: @S@.")  # fmt: skip
_PERSONAL: Final[dict[str, tuple[Callable[[Dice], str], tuple[str, ...]]]] = {
    "email": (personal.email, ("From: X <@S@>", "assignee: @S@", "notify('@S@')", "git config user.email @S@", "CC=@S@;", "mailto:@S@")),
    "phone": (personal.phone_international, ("Tel.: @S@", "sms.send(\"@S@\", body)", "phone: '@S@'", "# ring @S@", "{\"to\": \"@S@\"}")),
    "card": (personal.card, ("card = \"@S@\"", "pay(@D@, '@S@')", "number: @S@", "// test with @S@", "<pan>@S@</pan>")),
    "iban": (personal.iban, ("iban: @S@", "transfer(to=\"@S@\")", "Bitte an @S@", "<IBAN>@S@</IBAN>", "x,@S@,y")),
    "ssn": (personal.ssn, ("ssn: \"@S@\"", "employee(ssn='@S@')", "SSN @S@", "<ssn>@S@</ssn>")), "nino": (personal.nino, ("nino = '@S@'", "NI number: @S@", "{\"nino\": \"@S@\"}")),
    "cpf": (personal.cpf, ("cpf: '@S@'", "CPF @S@", "cliente(\"@S@\")")), "dni": (personal.dni, ("dni = \"@S@\"", "DNI: @S@", "{\"dni\":\"@S@\"}")), "nir": (personal.nir, ("nir: @S@", "numero_secu = '@S@'")), "aadhaar": (personal.aadhaar, ("aadhaar: \"@S@\"", "Aadhaar No. @S@")),
    "ipv4": (personal.ipv4, ("ssh root@@S@", "server @S@:443;", "allow @S@;", "HOST=@S@", "connect(\"@S@\", 22)", "client @S@ - - [x]")), "ipv6": (personal.ipv6, ("addr = \"@S@\"", "listen [@S@]:80;", "ping6 @S@")),
    "home": (personal.handle, ("File \"/home/@S@/app/x.py\", line 3", "C:\\Users\\@S@\\AppData\\x", "/Users/@S@/.zshrc", "\"cwd\": \"C:\\\\Users\\\\@S@\\\\w\"", "file:///Users/@S@/x", "~ => /home/@S@")),
}  # fmt: skip


def _password(dice: Dice) -> str:
    person, town, (a, b, c) = dice.choice(_PEOPLE), dice.choice(_TOWNS), dice.sample(_THINGS, 3)
    one, two, three = dice.sample(_SYLLABLES, 3)
    year, number = dice.randint(1962, 2026), dice.randint(10, 999)
    shapes = [
        f"{person}{year}", f"{person.capitalize()}_{year}", f"{town}{dice.randint(10000, 99999)}", f"{town}!{number}", f"{town}{year}", dice.choice(["qwertz", "asdfgh", "1qaz2wsx", "zaq12wsx", "poiuyt"]) + f"#{number}",
        "".join(dice.choices("ABCDEFGHIJKLMNOPRSTW", k=2)) + dice.text("abcdefghilmnoprst", 4) + f"{year}!", f"Pa$$w0rd{number}", f"Adm1n!{year}", town.replace("a", "@").replace("o", "0") + f".{number}", dice.mixed(drawing.WORD + "!$%&*?-_", dice.randint(10, 16)),
        one + two + three + str(dice.randint(1, 9)), one.capitalize() + two + str(number) + three.capitalize(), f"{a}-{b}-{c}-{dice.randint(10, 99)}", f"{a.capitalize()}!{b.capitalize()}{dice.randint(1, 99)}{c.capitalize()}", f"{a}{b.capitalize()}{c.capitalize()}{number}", f"{a}+{b}={number}",
        base64.b64encode(dice.randbytes(12)).decode(), dice.mixed(drawing.HEX, 20), dice.mixed(drawing.BASE58, 22), dice.mixed(drawing.B32, 16), drawing.uuid(dice), dice.mixed(drawing.WORD, 7), f"{number}{a}{number}", f"{a.upper()}-{number}-{b.upper()}",
    ]  # fmt: skip
    return dice.choice(shapes)


def _key(dice: Dice) -> str:
    return dice.choice([dice.mixed(drawing.WORD, 40), dice.mixed(drawing.HEX, dice.choice([32, 64])), dice.blob(32), dice.mixed(drawing.URL, 43), drawing.uuid(dice), "tok_" + dice.mixed(drawing.WORD, 24), dice.mixed(drawing.LOWER_NUM, 30), f"{dice.choice(_THINGS)}-{dice.mixed(drawing.HEX, 12)}"])  # fmt: skip


def _put(place: str, dice: Dice) -> tuple[str, tuple[str, ...]]:
    key, word = _key(dice), _password(dice)
    way = dice.choice("UsckP") if "\n" not in place else "s"
    names = [styles(tuple(dice.choice(table).split("_"))) for table in (_PASSWORDS, _KEYS)]
    if any(sign in place for sign in ("const @Q@", "=@S@ #", "@Q@=", "ENV", "EOF")):
        way = "U"
    elif place.lstrip()[:1] in "-{\"<'" or "--" in place:
        way = dice.choice("sck")
    else:
        way = way if way != "k" or ": " in place else "c"
    marks = {"S": word, "K": key, "P": names[0][way], "Q": names[1][way]}
    return filled(place, dice, lambda mark: marks.get(mark, "")), tuple(marks[m] for m in "SK" if f"@{m}@" in place)


def _placed(value: str, mark: str) -> str:
    return value if mark == "S" else ""


def samples(seed: int) -> Iterator[Sample]:
    dice = Dice(f"tenth {seed}")
    for group, tables in (("code", places.CODE), ("config", places.CONFIG), ("talk", places.TALK)):
        for kind, table in tables.items():
            for number in range(2 * _EACH):
                yield group, kind, *_put(table[number % len(table)] + "\n", dice)
    for kind, pattern in TOKENS.items():
        for _ in range(_EACH // 3):
            value = drawn(pattern, dice)
            yield (
                "token",
                kind,
                filled(dice.choice(_EMBEDDED), dice, partial(_placed, value)),
                (value,),
            )
    for kind, (name, pattern) in NAMED.items():
        for _ in range(_EACH // 3):
            value = drawn(pattern, dice)
            place = dice.choice(
                ["{} = '{}'", '"{}": "{}"', "{}: {}", "export {}={}", "--{} {}", "set('{}', '{}')", "<{0}>{1}</{0}>"]
            )
            yield "key", kind, place.format(name if dice.random() < 0.5 else name.upper(), value), (value,)
    for kind, make in STRUCTURES.items():
        for _ in range(_EACH // 3):
            yield "structure", kind, *make(dice)
    for kind, (draw, table) in _PERSONAL.items():
        for _ in range(_EACH):
            value = draw(dice)
            yield (
                "personal",
                kind,
                filled(dice.choice(table), dice, partial(_placed, value)) + "\n",
                (value,),
            )


if __name__ == "__main__":
    report(__doc__, samples)
