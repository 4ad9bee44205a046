"""``python -m tests.benchmarks.edits``: the corpus through our engine and its peers, as a table."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from grok_ls.edits import Resolved, resolve
from tests.benchmarks.edits.corpus import Case, cases
from tests.benchmarks.edits.damage import damages_of
from tests.benchmarks.edits.releases import revisions


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="keep what was downloaded here")
    parser.add_argument("--kind", action="append", default=[])
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known = list(revisions(options.cache or Path(folder)))
    made = list(cases(known, damages_of(options.kind), options.cases, options.seed))
    outcomes: dict[str, Counter[str]] = {}
    times = []
    shown: Counter[str] = Counter()
    for case in made:
        began = time.perf_counter()
        result = resolve(case.text, case.answer, complete=case.complete, path=case.path)
        times.append((time.perf_counter() - began) * 1000)
        got = result.text if isinstance(result, Resolved) else None
        outcome = "right" if got == case.expected else "refused" if got is None else "wrong"
        outcomes.setdefault(case.kind, Counter())[outcome] += 1
        if outcome != "right" and shown[case.kind] < options.show:
            shown[case.kind] += 1
            show(case, outcome, got, result)
    report(outcomes, times)
    return 0


def show(case: Case, outcome: str, got: str | None, result: object) -> None:
    import difflib

    sys.stdout.write(f"\n===== {case.kind} {outcome} {case.language} {case.path}\n{case.answer}\n-----\n")
    if not isinstance(result, Resolved):
        sys.stdout.write(f"{result}\n")
    want = case.expected if case.expected is not None else case.text
    sys.stdout.writelines(
        line + "\n"
        for line in difflib.unified_diff(
            (got or case.text).split("\n"), want.split("\n"), "got", "want", lineterm="", n=2
        )
    )


def report(outcomes: dict[str, Counter[str]], times: list[float]) -> None:
    total: Counter[str] = Counter()
    for kind, counts in sorted(outcomes.items()):
        total += counts
        if counts["right"] != counts.total():
            sys.stdout.write(f"{kind:32} {dict(counts)}\n")
    count = total.total()
    sys.stdout.write(
        f"{count} cases: right {100 * total['right'] / count:.2f} %, wrong {100 * total['wrong'] / count:.2f} % "
        f"({total['wrong']}), refused {100 * total['refused'] / count:.2f} %\n"
        f"median {statistics.median(times):.2f} ms, p95 {statistics.quantiles(times, n=20)[18]:.2f} ms, max {max(times):.1f} ms\n"
    )


if __name__ == "__main__":
    sys.exit(main())
