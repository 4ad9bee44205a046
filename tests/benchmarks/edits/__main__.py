"""``python -m tests.benchmarks.edits``: the corpus through our engine and its peers, as a table."""

from __future__ import annotations

import argparse
import difflib
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from grok_ls.edits import Resolved, resolve
from tests.benchmarks.edits.corpus import Case, cases
from tests.benchmarks.edits.damage import damages_of
from tests.benchmarks.edits.peers import Peer, is_for_diffs, peers
from tests.benchmarks.edits.releases import revisions


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=7_200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="keep what was downloaded here")
    parser.add_argument("--kind", action="append", default=[], help="only these kinds of damage")
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each kind")
    parser.add_argument("--peers", type=Path, help="compare with git, patch and the packages in this folder")
    parser.add_argument("--peer-cases", type=int, default=1_800)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() if options.cache is None else nullcontext(options.cache) as folder:
        known = list(revisions(Path(folder)))
    made = list(cases(known, damages_of(options.kind), options.cases, options.seed))
    times: list[float] = []
    shown: Counter[str] = Counter()
    outcomes: dict[str, Counter[str]] = {}
    for case in made:
        began = time.process_time()
        result = resolve(case.text, case.answer, complete=case.complete, path=case.path)
        times.append((time.process_time() - began) * 1000)
        got = result.text if isinstance(result, Resolved) else None
        outcome = judged(case, got)
        outcomes.setdefault(case.kind, Counter())[outcome] += 1
        if outcome != "right" and shown[case.kind] < options.show:
            shown[case.kind] += 1
            show(case, outcome, got, result)
    report(made, outcomes, times)
    if options.peers:
        compare(made[: options.peer_cases], peers(options.peers))
    return 0


def judged(case: Case, got: str | None) -> str:
    return "right" if got == case.expected else "refused" if got is None else "wrong"


def show(case: Case, outcome: str, got: str | None, result: object) -> None:
    sys.stdout.write(f"\n===== {case.kind} {outcome} {case.language} {case.path}\n{case.answer}\n-----\n")
    if not isinstance(result, Resolved):
        sys.stdout.write(f"{result}\n")
    want = case.expected if case.expected is not None else case.text
    lines = difflib.unified_diff((got or case.text).split("\n"), want.split("\n"), "got", "want", lineterm="", n=2)
    sys.stdout.writelines(line + "\n" for line in lines)


def report(made: Sequence[Case], outcomes: dict[str, Counter[str]], times: Sequence[float]) -> None:
    total: Counter[str] = Counter()
    for kind, counts in sorted(outcomes.items()):
        total += counts
        if counts["right"] != counts.total():
            sys.stdout.write(f"{kind:32} {dict(counts)}\n")
    missed = sum(case.expected is None for case in made)
    sys.stdout.write(
        f"{len(made)} cases of {len(outcomes)} kinds in {len({case.language for case in made})} languages, {missed} to be refused\n"
        f"right {_percent(total, 'right')}, wrong {_percent(total, 'wrong')} ({total['wrong']}), refused {_percent(total, 'refused')}\n"
        f"processor time: median {statistics.median(times):.2f} ms, p95 {statistics.quantiles(times, n=20)[18]:.2f} ms, max {max(times):.1f} ms\n"
    )


def compare(made: Sequence[Case], others: dict[str, Peer]) -> None:
    """A row for each peer; answers in a format that it does not know count for none of the diff tools."""

    def ours(case: Case) -> str | None:
        result = resolve(case.text, case.answer, complete=case.complete, path=case.path)
        return result.text if isinstance(result, Resolved) else None

    sys.stdout.write("\n| tool | cases | right | wrong | refused |\n| --- | --- | --- | --- | --- |\n")
    for name, peer in {"grok-ls": ours, **others}.items():
        fit = [
            case
            for case in made
            if is_for_diffs(case) or (("aider" in name or name == "grok-ls") and "<<<<<<<" in case.answer)
        ]
        counts = Counter(judged(case, peer(case) if case.complete or name == "grok-ls" else None) for case in fit)
        row = " | ".join(_percent(counts, outcome) for outcome in ("right", "wrong", "refused"))
        sys.stdout.write(f"| {name} | {len(fit)} | {row} |\n")
        sys.stdout.flush()


def _percent(counts: Counter[str], outcome: str) -> str:
    return f"{100 * counts[outcome] / counts.total():.2f} %"


if __name__ == "__main__":
    sys.exit(main())
