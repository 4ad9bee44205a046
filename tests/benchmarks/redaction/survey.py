"""Survivors of a seeded corpus, kind by kind: what the seventh corpus and the later ones have in common.

A piece survives when half of it (at least five characters) is still to be read. Only the detectors that are always on. With
``--peers N`` the first N texts of each kind go through the scanners that are installed, too (``attack.compare`` says which). A value
that one of them reports is taken out everywhere in the text.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.benchmarks.redaction.attack.peers import PEERS
from tests.benchmarks.redaction.sixth.measure import cleaned, left

Sample = tuple[str, str, str, tuple[str, ...]]
"""Group, kind, text, and what may not be left of it."""


def report(about: str | None, samples: Callable[[int], Iterable[Sample]]) -> None:
    """The command line of a corpus: ``--seed N [--totals] [--show GROUP|KIND|all] [--peers N]``."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--totals", action="store_true", help="no figures of single kinds, for held-out seeds")
    parser.add_argument("--show", default="", help="print what survives of a kind, a group, or all")
    parser.add_argument("--peers", type=int, default=0, metavar="N", help="other scanners on N texts of each kind")
    options = parser.parse_args()
    if options.peers:
        _beside(list(_first(samples(options.seed), options.peers)))
        return
    asked, kept = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for group, kind, text, pieces in samples(options.seed):
        clean, _ = cleaned(text)
        lost = [piece for piece in pieces if left(piece, clean, text)]
        asked[group, kind] += len(pieces)
        kept[group, kind] += len(lost)
        if options.show in (group, kind, "all"):
            for piece in lost:
                line = next(line for line in text.splitlines() if piece in line)
                at = line.index(piece)
                print(f"{kind}: {piece[:60]}  in  {line[max(0, at - 140) : at + len(piece) + 60].strip()}")
    _print({key: kept[key] / asked[key] for key in asked}, asked, kept, options.totals)


def _first(samples: Iterable[Sample], count: int) -> Iterator[Sample]:
    seen = Counter[tuple[str, str]]()
    for sample in samples:
        seen[sample[:2]] += 1
        if seen[sample[:2]] <= count:
            yield sample


def _beside(samples: Sequence[Sample]) -> None:
    for name, make in PEERS:
        try:
            find = make()
        except ImportError as error:
            print(f"| {name} | not installed: {error} |", flush=True)
            continue
        asked, kept = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for group, kind, text, pieces in samples:
            clean = text
            for value in sorted(filter(None, find(text)), key=len, reverse=True):
                clean = clean.replace(value, "\0")
            asked[group, kind] += len(pieces)
            kept[group, kind] += sum(left(piece, clean, text) for piece in pieces)
        shares = [kept[key] / asked[key] for key in asked if key[0] != "personal"]
        print(f"| {name} | {100 * sum(shares) / len(shares):.1f} |", flush=True)


def _print(
    share: dict[tuple[str, str], float],
    asked: Counter[tuple[str, str]],
    kept: Counter[tuple[str, str]],
    totals: bool,
) -> None:
    if not totals:
        for (group, kind), value in sorted(share.items(), key=lambda item: -item[1]):
            if value:
                print(f"{group:10} {kind:22} {value:7.1%}  ({kept[group, kind]} of {asked[group, kind]})")
    groups = defaultdict(list)
    for (group, _), value in share.items():
        groups[group].append(value)
    for group, values in groups.items():
        print(f"{group:10} {len(values):3} kinds: survivors {sum(values) / len(values):.2%}")
    print(f"all {len(share)} kinds, {sum(asked.values())} secrets: survivors {sum(share.values()) / len(share):.2%}")
