"""Survivors of the sixth corpus, and false alarms on its look-alikes (those on clean packages: ``fourth.clean``).

    python -m tests.benchmarks.redaction.sixth.measure [--seed N] [--totals] [--show KIND]

A piece survives when half of it (at least five characters) is still to be read. Only the detectors that are always on.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict

from grok_ls.redaction.redact import redact
from grok_ls.redaction.vocabulary import Vocabulary
from tests.benchmarks.redaction.sixth import generate, negatives


def cleaned(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Of a session that has seen nothing else."""
    result = redact(text, Vocabulary(b"0123456789abcdef"))
    return result.text, [(found.start, found.end, str(found.kind)) for found in result.findings]


def left(piece: str, text: str, original: str) -> bool:
    """Whether half of ``piece`` is still to be read in ``text``, and stood nowhere else in ``original``."""
    size = max(min(5, len(piece)), math.ceil(len(piece) / 2))
    around = original.replace(piece, "\0")
    return any((part := piece[at : at + size]) in text and part not in around for at in range(len(piece) - size + 1))


def survivors(seed: int, shown: str, totals: bool) -> None:
    asked, kept = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    extra = Counter[str]()
    for sample in generate.samples(seed):
        text, found = cleaned(sample.text)
        key = (sample.group, sample.kind)
        lost = [piece for piece in sample.pieces if left(piece, text, sample.text)]
        asked[key] += len(sample.pieces)
        kept[key] += len(lost)
        for start, end, kind in found:
            if not any(sample.text[start:end] in piece or piece in sample.text[start:end] for piece in sample.pieces):
                extra[kind] += 1
                if shown == "extra":
                    print(kind, repr(sample.text[max(0, start - 40) : end + 10]))
        if lost and shown in (sample.kind, sample.group, "all"):
            at = min(sample.text.find(piece) for piece in lost)
            print(f"--- {sample.kind} [{sample.language}] {lost[0][:60]!r}\n{sample.text[max(0, at - 160) : at + 80]}")
    share = {key: kept[key] / asked[key] for key in asked}
    groups = defaultdict(list)
    for (group, _), value in share.items():
        groups[group].append(value)
    if not totals:
        for (group, kind), value in sorted(share.items(), key=lambda item: -item[1]):
            if value:
                print(f"{group:10} {kind:26} {value:7.1%}  ({kept[group, kind]} of {asked[group, kind]})")
    for group, values in groups.items():
        print(f"{group:10} {len(values):3} kinds, survivors {sum(values) / len(values):6.2%}, worst {max(values):.0%}")
    secret = [value for (group, _), value in share.items() if group != "personal"]
    print(
        f"all secrets {len(secret)} kinds: survivors {sum(secret) / len(secret):.2%}; under 95 % recall: {sum(v > 0.05 for v in secret)} kinds"
    )
    print(
        f"all {len(share)} kinds: survivors {sum(share.values()) / len(share):.2%}; other findings in the files: {dict(extra)}"
    )


def alarms(seed: int) -> None:
    rows = list(negatives.lines(seed))
    wrong = [(row, cleaned(row)[0]) for row in rows]
    wrong = [(row, text) for row, text in wrong if row != text]
    print(f"look-alikes: {len(wrong)} of {len(rows)} lines changed")
    for row, text in sorted({text.split("GROKLS")[0][:60]: (row, text) for row, text in wrong}.values())[:60]:
        print("   ", row[:150], " => ", text[:150])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--totals", action="store_true")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    survivors(options.seed, options.show, options.totals)
    if not options.totals:
        alarms(options.seed)


if __name__ == "__main__":
    main()
