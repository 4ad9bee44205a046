"""``python -m tests.benchmarks.edits.third``: the third corpus through our engine, and its peers, as a table."""

from __future__ import annotations

import argparse
import difflib
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from grok_ls import Applied, apply_answer
from tests.benchmarks.edits.releases import Revision, revisions
from tests.benchmarks.edits.third import blocks, dialects, documents, more, refusals, rewrites  # noqa: F401
from tests.benchmarks.edits.third.case import DAMAGES, Case, made_case
from tests.benchmarks.edits.third.tasks import PAIRS, Dice, Unfit, draw, fit_for_corpus

_TRIES = 400
_DIFF = re.compile(r"^[ >]*(?:@@|--- \S|\*\*\* )", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=30, help="cases of each kind of damage")
    parser.add_argument(
        "--seed", type=int, default=2, help="even: development; odd: held out, of which only totals are shown"
    )
    parser.add_argument("--cache", type=Path, help="keep what was downloaded here")
    parser.add_argument("--kind", action="append", default=[], help="only these kinds of damage")
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each kind (even seeds)")
    parser.add_argument("--peers", type=Path, help="compare with git, patch and the packages in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() if options.cache is None else nullcontext(options.cache) as folder:
        known = [each for each in revisions(Path(folder), PAIRS) if fit_for_corpus(each)]
    made = list(cases(known, options.kind or list(DAMAGES), options.each, options.seed))
    outcomes = {case: _outcome(case) for case in made}
    if options.seed % 2 == 0:
        _show([case for case in made if outcomes[case][0] != "right"], outcomes, options.show)
        _table(made, {case: verdict for case, (verdict, _, _) in outcomes.items()})
    _totals(made, outcomes)
    if options.peers:
        _compare(made, outcomes, options.peers)
    return 0


def cases(known: Sequence[Revision], kinds: Sequence[str], each: int, seed: int) -> Iterator[Case]:
    """``each`` cases of every kind; files are dealt to even and odd seeds, languages take turns."""
    by_language: defaultdict[str, list[Revision]] = defaultdict(list)
    for revision in known:
        if sum(revision.path.encode()) % 2 == seed % 2:
            by_language[revision.language].append(revision)
    languages = sorted(by_language)
    for kind in kinds:
        dice = Dice(seed, kind)
        found = 0
        for _ in range(_TRIES):
            if found == each:
                break
            try:
                case = made_case(kind, draw(dice.choice(by_language[dice.choice(languages)]), dice), dice)
            except Unfit:
                continue
            if case.want != case.text:
                found += 1
                yield case


def _outcome(case: Case) -> tuple[str, float, str]:
    """The verdict on what our engine does, its seconds, and what it says."""
    began = time.process_time()
    done = apply_answer(case.text, case.answer, path=case.path, complete=case.complete)
    spent = time.process_time() - began
    result = done.text if isinstance(done, Applied) else None
    said = "applied" if isinstance(done, Applied) else f"{done.code}: {done.message}"
    return verdict_on(case, result), spent, said


def verdict_on(case: Case, result: str | None) -> str:
    if result == case.text:
        result = None
    if result == case.want:
        return "right"
    return "refused" if result is None else "wrong"


def _table(made: Sequence[Case], verdicts: dict[Case, str]) -> None:
    sys.stdout.write(f"{'kind':<38}{'cases':>6}{'right':>8}{'refused':>8}{'wrong':>7}\n")
    for kind in dict.fromkeys(case.kind for case in made):
        counts = Counter(verdicts[case] for case in made if case.kind == kind)
        sys.stdout.write(
            f"{kind:<38}{counts.total():>6}{counts['right']:>8}{counts['refused']:>8}{counts['wrong']:>7}\n"
        )


def _totals(made: Sequence[Case], outcomes: dict[Case, tuple[str, float, str]]) -> None:
    counts = Counter(verdict for verdict, _, _ in outcomes.values())
    times = sorted(spent * 1_000 for _, spent, _ in outcomes.values())
    languages = Counter(case.language for case in made)
    sys.stdout.write(f"{_shares(counts)}; {len({case.kind for case in made})} kinds\n")
    sys.stdout.write(
        f"median {statistics.median(times):.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms, most {times[-1]:.1f} ms\n"
    )
    sys.stdout.write(", ".join(f"{name} {count}" for name, count in languages.most_common()) + "\n")


def _shares(counts: Counter[str]) -> str:
    total = counts.total()
    parts = (f"{name} {counts[name]} ({counts[name] / total:.2%})" for name in ("right", "refused", "wrong"))
    return f"{total} cases: " + ", ".join(parts)


def _show(failed: Sequence[Case], outcomes: dict[Case, tuple[str, float, str]], most: int) -> None:
    shown: Counter[str] = Counter()
    for case in failed:
        shown[case.kind] += 1
        if shown[case.kind] > most:
            continue
        verdict, _, said = outcomes[case]
        sys.stdout.write(f"\n=== {case.kind} {case.path}: {verdict} ({said})\n{case.answer[:4_000]}\n")
        if case.want is not None:
            sys.stdout.write("--- wanted\n" + _difference(case.text, case.want))
        done = apply_answer(case.text, case.answer, path=case.path, complete=case.complete)
        if isinstance(done, Applied):
            sys.stdout.write("--- wanted to given\n" + _difference(case.want or case.text, done.text))


def _difference(one: str, other: str) -> str:
    changed = difflib.unified_diff(
        [repr(line)[1:-1] for line in one.split("\n")],
        [repr(line)[1:-1] for line in other.split("\n")],
        lineterm="",
        n=2,
    )
    return "\n".join(list(changed)[2:60]) + "\n"


def _compare(made: Sequence[Case], outcomes: dict[Case, tuple[str, float, str]], folder: Path) -> None:
    from tests.benchmarks.edits.peers import peers

    diffs = [case for case in made if _DIFF.search(case.answer) and case.complete]
    sys.stdout.write(
        f"on the {len(diffs)} diffs:\n  grok-ls: {_shares(Counter(outcomes[case][0] for case in diffs))}\n"
    )
    for name, run in peers(folder).items():
        counts = Counter(verdict_on(case, run(case)) for case in diffs)
        sys.stdout.write(f"  {name}: {_shares(counts)}\n")


if __name__ == "__main__":
    sys.exit(main())
