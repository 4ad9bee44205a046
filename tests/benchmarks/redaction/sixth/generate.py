"""The sixth corpus: whole files of a kind, and what must not be left of each.

Written from the issue's and the reference's words before reading the detectors or the earlier corpora.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks.redaction.sixth.configs import CONFIGS
from tests.benchmarks.redaction.sixth.contexts import ANYWHERE
from tests.benchmarks.redaction.sixth.contexts import NAMED as NAMED_CONTEXTS
from tests.benchmarks.redaction.sixth.drawing import (
    ALNUM,
    Dice,
    digits,
    filled,
    letters,
    password,
    short,
    spaced,
    strong,
    word,
    worded,
)
from tests.benchmarks.redaction.sixth.free import FREE
from tests.benchmarks.redaction.sixth.hosts import hosted
from tests.benchmarks.redaction.sixth.idioms import IDIOMS, Templates
from tests.benchmarks.redaction.sixth.personal import PERSONAL
from tests.benchmarks.redaction.sixth.structures import STRUCTURES
from tests.benchmarks.redaction.sixth.tokens import NAMED, SHAPED

PLAIN = ALNUM + "-_"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file; ``pieces`` are what may not be left in it."""

    group: str
    kind: str
    language: str
    text: str
    pieces: tuple[str, ...]


def _plain(dice: Dice) -> str:
    """A password that needs no quoting anywhere."""
    return dice.choice(
        [
            lambda: dice.mixed(PLAIN, dice.randint(9, 16)),
            lambda: dice.mixed(ALNUM, 8),
            lambda: worded(dice).rstrip("!$?").replace("#", "-"),
            lambda: letters(dice),
            lambda: dice.mixed(ALNUM, 6),
        ]
    )()


def _written(
    each: int,
    group: str,
    kind: str,
    templates: Templates,
    dice: Dice,
    quoted: Callable[[Dice], str],
    plain: Callable[[Dice], str],
) -> Iterator[Sample]:
    for _ in range(each):
        language, template = dice.choice(templates)
        drawn = {
            "S": quoted(dice),
            "Q": plain(dice),
            "A": dice.mixed(ALNUM, 36),
            "B": base64.b64encode(strong(dice).encode()).decode(),
        }
        pieces = tuple(value for name, value in drawn.items() if f"@{name}@" in template)
        body = filled(template, dice, lambda name: drawn.get(name, ""))
        yield Sample(group, kind, language, hosted(language, body, dice), pieces)


def _valued(
    each: int,
    group: str,
    kind: str,
    templates: Templates,
    dice: Dice,
    draw: Callable[[Dice], str],
    names: tuple[str, ...] = (),
) -> Iterator[Sample]:
    for _ in range(each):
        language, template = dice.choice(templates)
        value = draw(dice)
        name = dice.choice(names) if names else ""
        body = filled(template, dice, lambda mark: {"S": value, "K": name}.get(mark, ""))
        yield Sample(group, kind, language, hosted(language, body, dice), (value,))


def _structured(each: int, kind: str, dice: Dice) -> Iterator[Sample]:
    for _ in range(each):
        language, body, pieces = STRUCTURES[kind](dice)
        yield Sample("structure", kind, language, hosted(language, filled(body, dice, lambda _: ""), dice), pieces)


def _unquoted(templates: Templates) -> Templates:
    return [(language, text.replace("@S@", "@Q@")) for language, text in templates]


def samples(seed: int, each: int = 20) -> Iterator[Sample]:
    """Every kind, each from its own dice: adding one changes no other."""
    for kind, draw in SHAPED.items():
        yield from _valued(each, "token", kind, ANYWHERE, Dice(f"{seed} {kind}"), draw)
    for kind, (names, draw) in NAMED.items():
        yield from _valued(each, "named", kind, NAMED_CONTEXTS, Dice(f"{seed} {kind}"), draw, names)
    for kind in STRUCTURES:
        yield from _structured(each, kind, Dice(f"{seed} {kind}"))
    for group, table in (("idiom", IDIOMS), ("config", CONFIGS), ("free", FREE)):
        for kind, templates in table.items():
            yield from _written(each, group, kind, templates, Dice(f"{seed} {kind}"), password, _plain)
    assigned = [entry for table in (IDIOMS, CONFIGS) for entries in table.values() for entry in entries]
    running = [entry for entries in FREE.values() for entry in entries]
    quoted = [entry for entry in assigned if "@S@" in entry[1] and "@Q@" not in entry[1]]
    for style, draw in (("letters", letters), ("six_characters", short), ("one_word", word), ("digits", digits)):
        yield from _written(
            each, "style", f"{style}_assigned", _unquoted(assigned), Dice(f"{seed} {style}"), draw, draw
        )
        yield from _written(
            each, "style", f"{style}_free", _unquoted(running), Dice(f"{seed} {style} free"), draw, draw
        )
    yield from _written(each, "style", "spaced_assigned", quoted, Dice(f"{seed} spaced"), spaced, spaced)
    for kind, (templates, draw) in PERSONAL.items():
        yield from _valued(each, "personal", kind, templates, Dice(f"{seed} {kind}"), draw)
