"""The seventh corpus, first run and later: ``python -m tests.benchmarks.redaction.seventh.measure --seed 1 [--totals] [--show KIND]``.

Written after the rules, from documents rather than from idioms; how people choose passwords is drawn anew, too.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.benchmarks.redaction.seventh.documents import REPORTS, SESSIONS
from tests.benchmarks.redaction.seventh.settings import DUMPS, SETTINGS
from tests.benchmarks.redaction.sixth.drawing import ALNUM, HEX, Dice, filled
from tests.benchmarks.redaction.survey import Sample, report

NAMES = "Bruno Carla Dennis Elise Fabian Greta Heiko Irina Jorge Katja Luisa Marek Nadia Oskar Petra Rocco".split()
THINGS = "kaffee kuchen traktor biscuit gravel puddle thimble bramble cobbler mitten parsnip sparrow tugboat wombat yodel plateau vinyl cactus saffron pretzel gazebo hammock lobster turnip cymbal".split()


def chosen(dice: Dice) -> str:
    """As a person or a tool makes one up."""
    one, two, three = dice.sample(THINGS, 3)
    return dice.choice(
        [
            lambda: f"{dice.choice(NAMES)}{dice.randint(1960, 2026)}{dice.choice(['', '!', '#'])}",
            lambda: f"{one.capitalize()}{two.capitalize()}{dice.randint(1, 99)}",
            lambda: f"{one}.{two}.{dice.randint(10, 99)}",
            lambda: f"{one.capitalize()}{dice.choice('!%+')}{two}{dice.randint(1, 9)}",
            lambda: f"{one}-{two}-{three}",
            lambda: f"{one}{two}{three}",
            lambda: f"{one.capitalize()}{two.capitalize()}{three.capitalize()}",
            lambda: dice.mixed(ALNUM, dice.randint(6, 9)),
            lambda: dice.mixed(ALNUM, dice.randint(12, 24)),
            lambda: dice.mixed(ALNUM + "!%+=_-", dice.randint(10, 20)),
            lambda: one.translate(str.maketrans("aeiost", "@31057")).replace("@", "4") + str(dice.randint(10, 999)),
        ]
    )()


def samples(seed: int, each: int = 20) -> Iterator[Sample]:
    for group, table in (("report", REPORTS), ("session", SESSIONS), ("settings", SETTINGS), ("dump", DUMPS)):
        for kind, templates in table.items():
            dice = Dice(f"{seed} {kind}")
            for number in range(each):
                template = templates[number % len(templates)]
                drawn = {f"P{n}": chosen(dice) for n in ("", 2, 3, 4)}
                drawn |= {
                    "K": dice.mixed(ALNUM, 32),
                    "X": dice.mixed(HEX, 32),
                    "B": base64.b64encode(dice.randbytes(32)).decode(),
                }
                text = filled(template, dice, lambda name: drawn.get(name, ""))
                yield group, kind, text, tuple(value for name, value in drawn.items() if f"@{name}@" in template)


if __name__ == "__main__":
    report(__doc__, samples)
