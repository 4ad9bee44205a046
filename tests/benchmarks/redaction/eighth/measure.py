"""The eighth corpus, written after the rules had been mended on the seventh: ``python -m tests.benchmarks.redaction.eighth.measure --seed 1``."""

from __future__ import annotations

import argparse
import base64
from collections import Counter
from collections.abc import Iterator

from tests.benchmarks.redaction.eighth.files import CODE, TOOLS
from tests.benchmarks.redaction.seventh.measure import chosen
from tests.benchmarks.redaction.sixth.drawing import ALNUM, HEX, Dice, filled
from tests.benchmarks.redaction.sixth.measure import cleaned, left


def samples(seed: int, each: int = 20) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Group, kind, text, and what may not be left of it."""
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--totals", action="store_true")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    asked, kept = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for group, kind, text, pieces in samples(options.seed):
        clean, _ = cleaned(text)
        lost = [piece for piece in pieces if left(piece, clean, text)]
        asked[group, kind] += len(pieces)
        kept[group, kind] += len(lost)
        if options.show in (group, kind, "all"):
            for piece in lost:
                line = next(line for line in text.splitlines() if piece in line)
                print(f"{kind}: {piece}  in  {line.strip()[:200]}")
    share = {key: kept[key] / asked[key] for key in asked}
    if not options.totals:
        for (group, kind), value in sorted(share.items(), key=lambda item: -item[1]):
            print(f"{group:6} {kind:22} {value:7.1%}  ({kept[group, kind]} of {asked[group, kind]})")
    for wanted in ("code", "tools"):
        values = [value for (group, _), value in share.items() if group == wanted]
        print(f"{wanted:6} {len(values):2} kinds: survivors {sum(values) / len(values):.2%}")
    print(f"all {len(share)} kinds, {sum(asked.values())} secrets: survivors {sum(share.values()) / len(share):.2%}")


if __name__ == "__main__":
    main()
