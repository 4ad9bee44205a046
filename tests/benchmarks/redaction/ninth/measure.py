"""The ninth corpus: ``python -m tests.benchmarks.redaction.ninth.measure --seed 1 [--totals] [--show KIND]``.

Written from the requirements before its author had read the rules. Values, names and places are crossed at random: that no corpus
before did to this degree, and a stranger's corpus would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tests.benchmarks.redaction.fifth.drawing import styles
from tests.benchmarks.redaction.ninth import places
from tests.benchmarks.redaction.ninth.structures import STRUCTURES
from tests.benchmarks.redaction.ninth.values import NAMED, NAMES, TOKENS, drawn, password
from tests.benchmarks.redaction.sixth import personal
from tests.benchmarks.redaction.sixth.drawing import Dice, filled
from tests.benchmarks.redaction.survey import Sample, report

_EACH: Final = 30
_QUOTED: Final = frozenset("python javascript typescript go java kotlin swift csharp ruby docs chat".split())
"""Places whose values may hold blanks, as far as they are quoted."""
_PATHS: Final = ("/home/@S@/src/@W@", "C:\\Users\\@S@\\Desktop", "/Users/@S@/dev/x.py:12", "file:///home/@S@/a", "cd /home/@S@", "root = 'C:/Users/@S@/x'")  # fmt: skip
_BY_NAME: Final = (
    "@I@: @S@",
    '@I@ = "@S@"',
    '{"@I@": "@S@"}',
    "<@I@>@S@</@I@>",
    "set@IP@('@S@')",
    "@IU@=@S@",
    "my @IW@ is @S@",
)
_PERSONAL: Final[dict[str, tuple[tuple[str, ...], Callable[[Dice], str], tuple[str, ...]]]] = {
    "email": (places.PERSONAL, personal.email, ()),
    "phone": (places.PERSONAL, personal.phone_international, ()),
    "phone_named": (_BY_NAME, personal.phone_national, ("phone", "mobile", "tel", "phone_number")),
    "card": (places.PERSONAL, personal.card, ()),
    "iban": (places.PERSONAL, personal.iban, ()),
    "ssn": (places.PERSONAL + _BY_NAME, personal.ssn, ("ssn", "social_security_number")),
    "nino": (places.PERSONAL, personal.nino, ()),
    "cpf": (places.PERSONAL, personal.cpf, ()),
    "dni": (places.PERSONAL, personal.dni, ()),
    "nir": (_BY_NAME, personal.nir, ("nir", "insee", "numero_securite_sociale")),
    "aadhaar": (_BY_NAME, personal.aadhaar, ("aadhaar", "aadhaar_no")),
    "ipv4": (places.PERSONAL, personal.ipv4, ()),
    "ipv6": (places.PERSONAL, personal.ipv6, ()),
    "home": (_PATHS, personal.handle, ()),
}


def _put(place: str, value: str, name: str, dice: Dice) -> str:
    way = styles(tuple(name.split("_")))
    marks = {"S": value, "I": way["s"], "IU": way["U"], "IC": way["c"], "IP": way["P"], "IK": way["k"], "IW": way["w"]}
    return filled(place, dice, lambda mark: marks.get(mark, ""))


def _among(text: str, dice: Dice) -> str:
    """Between a few lines that mean nothing."""
    lines = [
        "",
        "x = load_order(3)",
        "return result;",
        "// see the manual",
        "  total: 12",
        "# next",
        "}",
        "import json",
    ]
    return "\n".join([*dice.sample(lines, dice.randint(0, 3)), text, *dice.sample(lines, dice.randint(0, 3)), ""])


def _crossed(dice: Dice) -> Iterator[Sample]:
    everywhere = [place for table in places.NAMED.values() for place in table]
    for kind, pattern in TOKENS.items():
        for _ in range(_EACH):
            value = drawn(pattern, dice)
            yield "token", kind, _put(dice.choice(places.LOOSE), value, "", dice), (value,)
    for kind, (name, pattern) in NAMED.items():
        for _ in range(_EACH):
            value = drawn(pattern, dice)
            yield "key", kind, _put(dice.choice(everywhere), value, name, dice), (value,)
    for group, tables in (("named", places.NAMED), ("free", places.FREE)):
        for kind, table in tables.items():
            for number in range(2 * _EACH):
                place = table[number % len(table)]
                value = password(dice, spaced=kind in _QUOTED and any(q + "@S@" + q in place for q in "\"'`"))
                name = dice.choice(NAMES if group == "named" else ["password", "passwd", "passphrase", "secret", "api_key", "token", "login_password", "admin_password"])  # fmt: skip
                yield group, kind, _put(place, value, name, dice), (value,)


def samples(seed: int) -> Iterator[Sample]:
    dice = Dice(f"ninth {seed}")
    for group, kind, text, pieces in _crossed(dice):
        yield group, kind, _among(text, dice), pieces
    for kind, make in STRUCTURES.items():
        for _ in range(_EACH):
            text, pieces = make(dice)
            yield "structure", kind, _among(text, dice), pieces
    for kind, (table, draw, names) in _PERSONAL.items():
        for _ in range(_EACH):
            value = draw(dice)
            yield (
                "personal",
                kind,
                _among(_put(dice.choice(table), value, dice.choice(names or ("x",)), dice), dice),
                (value,),
            )


if __name__ == "__main__":
    report(__doc__, samples)
