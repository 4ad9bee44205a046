"""The eighth corpus, written after the rules had been mended on the seventh: ``python -m tests.benchmarks.redaction.eighth.measure --seed 1``."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.benchmarks.redaction.eighth.files import CODE, TOOLS
from tests.benchmarks.redaction.seventh.measure import chosen
from tests.benchmarks.redaction.sixth.drawing import ALNUM, HEX, Dice, filled
from tests.benchmarks.redaction.survey import Sample, report


def samples(seed: int, each: int = 20) -> Iterator[Sample]:
    for group, table in (("code", CODE), ("tools", TOOLS)):
        for kind, templates in table.items():
            dice = Dice(f"{seed} {kind}")
            for number in range(each):
                template = templates[number % len(templates)]
                drawn = {f"P{n}": chosen(dice) for n in ("", 2, 3)}
                drawn |= {
                    "K": dice.mixed(ALNUM, 32),
                    "X": dice.mixed(HEX, 32),
                    "Z": dice.mixed(HEX, 64),
                    "B": base64.b64encode(dice.randbytes(32)).decode(),
                }
                text = filled(template, dice, lambda name: drawn.get(name, ""))
                yield group, kind, text, tuple(value for name, value in drawn.items() if f"@{name}@" in template)


if __name__ == "__main__":
    report(__doc__, samples)
