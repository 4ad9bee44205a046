"""The fourth corpus: whole files with one secret each, written before the rules were read. Same seed, same files.

Even seeds are for development; of odd seeds nobody looks at more than totals by kind.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .code_templates import CODE
from .config_templates import CONFIG, NAMELESS
from .drawing import HEX, WORD, Rng, b64_text, password, some, url_password, uuid
from .named import NAMED
from .odd_templates import ODD
from .personal import BEYOND, PERSONAL
from .structured import MAKERS
from .surroundings import path_of, surrounded
from .tokens import SHAPED, Kind

TEMPLATES = {**CODE, **CONFIG}
_COMMON = ("python", "javascript", "java", "go", "yaml", "json", "shell", "dotenv")


@dataclass(frozen=True, slots=True)
class Case:
    """One file: what it hides (`pieces`, at `spans` of `text`), how it was written (`context`), what kind it is."""

    kind: str
    family: str
    context: str
    path: str
    text: str
    pieces: tuple[str, ...]
    snippet: str


def _names(label: str, rng: Rng) -> dict[str, str]:
    words = label.split()
    if rng.random() < 0.35:
        words = [rng.choice(["prod", "main", "legacy", "my", "internal", "backup", "acme", "stage"]), *words]
    pascal = "".join(word.capitalize() for word in words)
    return {
        "UP": "_".join(words).upper(),
        "snake": "_".join(words),
        "camel": words[0] + pascal[len(words[0]) :],
        "Pascal": pascal,
        "kebab": "-".join(words),
        "flat": "".join(words),
        "dotted": ".".join(["app", *words]),
        "title": " ".join(words).capitalize(),
        "title-kebab": "-".join(word.capitalize() for word in words),
        "UP-kebab": "-".join(words).upper(),
        "host": rng.choice(["api.acme.internal", "orders.acme.dev", "localhost", "db1"]),
        "user": rng.choice(["deploy", "svc_orders", "admin", "reporting"]),
    }


def _bare(value: str, language: str) -> str:
    """The value without quotes where its format can hold it so, else in single quotes."""
    safe = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.+/=:@%,-]*", value) and ": " not in value
    if language in ("dotenv", "dockerfile"):
        safe = not re.search(r"[\s#$&]", value)
    if language == "yaml" and re.fullmatch(r"[0-9.e]+", value):
        safe = None
    return value if safe else f"'{value}'"


def fill(template: str, names: dict[str, str], value: str, language: str) -> tuple[str, tuple[str, ...]]:
    half = len(value) // 2
    pieces = (value[:half], value[half:]) if "«V1»" in template else (value,)
    values = {"V": value, "V1": value[:half], "V2": value[half:], "B": _bare(value, language), **names}
    return re.sub(r"«([A-Za-z0-9-]+)»", lambda found: values[found[1]], template), pieces


def _assigned(kind: Kind, rng: Rng) -> tuple[str, str, str, tuple[str, ...]]:
    """(language, context, snippet, pieces) of a token or a password in one of the templates."""
    nameless = kind.shaped and rng.random() < 0.3
    table = NAMELESS if nameless else TEMPLATES
    language = rng.choice(_COMMON) if not nameless and rng.random() < 0.4 else rng.choice(list(table))
    templates = table[language]
    at = rng.randrange(len(templates))
    value = kind.draw(rng)
    snippet, pieces = fill(templates[at], _names(rng.choice(kind.names), rng), value, language)
    return language, f"{'nameless ' if nameless else ''}{language} {at}", snippet, pieces


_ODD_VALUES = {
    "P": password,
    "W": url_password,
    "T": lambda rng: some(rng, WORD, rng.choice([24, 32, 40, 43])),
    "T24": lambda rng: some(rng, WORD, 24),
    "H": lambda rng: some(rng, HEX, 32),
    "U": uuid,
    "B64": lambda rng: b64_text("kim:" + password(rng)),
}


def _odd(template: str, rng: Rng) -> tuple[str, tuple[str, ...]]:
    pieces: list[str] = []

    def drawn(found: re.Match[str]) -> str:
        pieces.append(_ODD_VALUES[found[1]](rng))
        return pieces[-1]

    return re.sub(r"«(\w+)»", drawn, template), tuple(pieces)


def cases(seed: int, per_kind: int) -> Iterator[Case]:
    """`per_kind` files of every kind; lazily, in a fixed order."""
    for kind in (*SHAPED, *NAMED):
        rng = random.Random(f"{seed} {kind.name}")
        for _ in range(per_kind):
            language, context, snippet, pieces = _assigned(kind, rng)
            family = "token" if kind.shaped else "named"
            yield Case(
                kind.name, family, context, path_of(language), surrounded(rng, language, snippet), pieces, snippet
            )
    for family, makers in (("structure", MAKERS), ("personal", PERSONAL), ("beyond", BEYOND)):
        for name, maker in makers.items():
            rng = random.Random(f"{seed} {name}")
            for _ in range(per_kind):
                language, snippet, pieces = maker(rng)
                yield Case(
                    name, family, language, path_of(language), surrounded(rng, language, snippet), pieces, snippet
                )
    rng = random.Random(f"{seed} odd")
    for at, (language, template) in enumerate(ODD):
        for _ in range(max(1, per_kind // 8)):
            snippet, pieces = _odd(template, rng)
            yield Case(
                f"odd {language}",
                "odd",
                f"odd {at}",
                path_of(language),
                surrounded(rng, language, snippet),
                pieces,
                snippet,
            )
