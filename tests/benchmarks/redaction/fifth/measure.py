"""What survives ``redact``, by kind: ``python -m tests.benchmarks.redaction.fifth.measure --seed 3 [--each 20] [--show KIND]``."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

from grok_ls.api import redact
from tests.benchmarks.redaction.fifth.drawing import Case
from tests.benchmarks.redaction.fifth.generate import cases


def survivors(case: Case) -> list[str]:
    """The secrets of which more than half is left: a run of it that the file without its secrets has not."""
    clean = redact(case.text, path=case.path).text
    rest = case.text
    for secret in sorted(case.secrets, key=len, reverse=True):
        rest = rest.replace(secret, "\0")
    return [secret for secret in case.secrets if _left(secret, clean, rest)]


def _left(secret: str, clean: str, rest: str) -> bool:
    size = max(4, (len(secret) + 1) // 2)
    runs = {secret[at : at + size] for at in range(max(1, len(secret) - size + 1))}
    return any(run in clean and clean.count(run) > rest.count(run) for run in runs)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--show", default="", help="print the lines of what survives in kinds that contain this")
    parser.add_argument("--worst", type=int, default=40)
    options = parser.parse_args()
    tried: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    for case in cases(options.seed, options.each):
        at = (case.group, case.kind)
        found = survivors(case)
        tried[at] += 1
        left[at] += bool(found)
        if found and options.show and options.show in f"{case.group}/{case.kind}":
            lines = [
                line
                for line in case.text.splitlines()
                if any(s in line or (line.strip() and line.strip() in s) for s in found)
            ]
            print(f"{case.group}/{case.kind} {case.path}: " + " ⏎ ".join(lines)[:300])
    groups: dict[str, list[float]] = defaultdict(list)
    for group, kind in tried:
        groups[group].append(100 * left[group, kind] / tried[group, kind])
    for at, count in left.most_common(options.worst):
        if count:
            print(f"{100 * count / tried[at]:6.1f} %  {at[0]}/{at[1]}")
    for group, shares in groups.items():
        print(f"{group:12} {len(shares):4} kinds {sum(shares) / len(shares):6.2f} %")
    every = [share for shares in groups.values() for share in shares]
    print(f"all          {len(every):4} kinds {sum(every) / len(every):6.2f} % of {sum(tried.values())} files")


if __name__ == "__main__":
    main()
