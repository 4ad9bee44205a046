"""``python -m tests.benchmarks.edits.fourth``: the fourth corpus through our engine, as a table."""

from __future__ import annotations

import argparse
import difflib
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from grok_ls import Applied, apply_answer
from tests.benchmarks.edits.fourth import blocks, contexts, dialects, layouts, refused, wholes  # noqa: F401
from tests.benchmarks.edits.fourth.case import DAMAGES, Case
from tests.benchmarks.edits.fourth.sources import Unfit, draw, revisions
from tests.benchmarks.edits.releases import Revision

_TRIES = 600
_LONG = 3_000


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: str
    spent_s: float
    said: str


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=24, help="cases of each kind of damage")
    parser.add_argument(
        "--seed", type=int, default=2, help="even: development; odd: held out, of which only totals are shown"
    )
    parser.add_argument("--cache", type=Path, help="keep what was downloaded here")
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name holds this")
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each kind (even seeds)")
    parser.add_argument("--all-kinds", action="store_true", help="the table by kind of odd seeds too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() if options.cache is None else nullcontext(options.cache) as folder:
        known = list(revisions(Path(folder)))
    kinds = [name for name in DAMAGES if not options.kind or any(each in name for each in options.kind)]
    done = [(case, outcome(case)) for case in cases(known, kinds, options.each, options.seed)]
    if options.seed % 2 == 0:
        _show([(case, result) for case, result in done if result.verdict != "right"], options.show)
    if options.seed % 2 == 0 or options.all_kinds:
        _table(done)
    _totals(done)
    return 0


def cases(known: Sequence[Revision], kinds: Sequence[str], each: int, seed: int) -> Iterator[Case]:
    """``each`` cases of every kind; files are dealt to even and odd seeds, languages and long files take turns."""
    by_language: defaultdict[str, list[Revision]] = defaultdict(list)
    for revision in known:
        if sum(revision.path.encode()) % 2 == seed % 2:
            by_language[revision.language].append(revision)
            if revision.old.count("\n") > _LONG:
                by_language["(long)"].append(revision)
    languages = sorted(by_language)
    for kind in kinds:
        dice = random.Random(f"{seed} {kind}")
        found = 0
        for _ in range(_TRIES):
            made = _made(kind, dice.choice(by_language[dice.choice(languages)]), dice)
            if made is not None:
                found += 1
                yield made
            if found == each:
                break


def _made(kind: str, revision: Revision, dice: random.Random) -> Case | None:
    entry = DAMAGES[kind]
    try:
        made = replace(entry.make(draw(revision, dice, entry.most, entry.least), dice), kind=kind)
    except Unfit:
        return None
    return None if made.want == made.text else made


def outcome(case: Case) -> Outcome:
    began = time.process_time()
    done = apply_answer(case.text, case.answer, path=case.path, complete=case.complete)
    spent = time.process_time() - began
    if isinstance(done, Applied):
        return Outcome(verdict_on(case, done.text), spent, "applied")
    return Outcome(verdict_on(case, None), spent, f"{done.code}: {done.message}")


def verdict_on(case: Case, result: str | None) -> str:
    if result == case.text:
        result = None
    if result == case.want:
        return "right"
    return "refused" if result is None else "wrong"


Done = Sequence[tuple[Case, Outcome]]


def _table(done: Done) -> None:
    sys.stdout.write(f"{'kind':<70}{'cases':>6}{'right':>7}{'refused':>8}{'wrong':>6}\n")
    for kind in dict.fromkeys(case.kind for case, _ in done):
        counts = Counter(result.verdict for case, result in done if case.kind == kind)
        sys.stdout.write(
            f"{kind:<70}{counts.total():>6}{counts['right']:>7}{counts['refused']:>8}{counts['wrong']:>6}\n"
        )


def _totals(done: Done) -> None:
    counts = Counter(result.verdict for _, result in done)
    total = counts.total()
    shares = ", ".join(f"{name} {counts[name]} ({counts[name] / total:.2%})" for name in ("right", "refused", "wrong"))
    must = [result for case, result in done if case.want is None]
    sys.stdout.write(f"{total} cases of {len({case.kind for case, _ in done})} kinds: {shares}\n")
    sys.stdout.write(f"must refuse: {sum(result.verdict == 'right' for result in must)} of {len(must)} refused\n")
    long = [pair for pair in done if pair[0].text.count("\n") > _LONG]
    for name, some in (("all", done), (f"over {_LONG} lines", long)):
        times = sorted(result.spent_s * 1_000 for _, result in some) or [0.0]
        sys.stdout.write(
            f"{name}: {len(some)} cases, median {statistics.median(times):.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms, most {times[-1]:.1f} ms\n"
        )
    sys.stdout.write(
        ", ".join(f"{name} {n}" for name, n in Counter(case.language for case, _ in done).most_common()) + "\n"
    )


def _show(failed: Done, most: int) -> None:
    shown: Counter[str] = Counter()
    for case, result in failed:
        shown[case.kind] += 1
        if shown[case.kind] > most:
            continue
        sys.stdout.write(f"\n=== {case.kind} {case.path}: {result.verdict} ({result.said})\n{case.answer[:4_000]}\n")
        if case.want is not None:
            sys.stdout.write("--- wanted\n" + _difference(case.text, case.want))
        done = apply_answer(case.text, case.answer, path=case.path, complete=case.complete)
        if isinstance(done, Applied):
            sys.stdout.write("--- wanted to given\n" + _difference(case.want or case.text, done.text))


def _difference(one: str, other: str) -> str:
    lines = ([repr(line)[1:-1] for line in text.split("\n")] for text in (one, other))
    return "\n".join(list(difflib.unified_diff(*lines, lineterm="", n=2))[2:60]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
