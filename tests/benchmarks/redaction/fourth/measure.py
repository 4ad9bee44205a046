"""Measure the redactor on the fourth corpus: `python -m tests.benchmarks.redaction.fourth.measure --seed 2 --per-kind 40`.

A case survives when a piece of its secret is in the redacted text, or more than half of its characters are.
`--show N` prints missed snippets by context; refused for odd seeds, which are held out.
"""

from __future__ import annotations

import argparse
import collections
import sys
import time

from grok_ls import redact

from .generate import Case, cases


def survivors(case: Case) -> float:
    """The share of the secret's characters that is still readable in the redacted text."""
    result = redact(case.text, path=case.path)
    at = case.text.replace("\r\n", "\n").find(case.snippet)
    covered = bytearray(len(case.text))
    for start, end, _ in result.findings:
        covered[start:end] = b"\x01" * (end - start)
    left = total = 0
    for piece in case.pieces:
        start = case.text.find(piece, max(at, 0)) if at >= 0 else case.text.find(piece)
        if start < 0:
            start = case.text.find(piece)
        total += len(piece)
        left += len(piece) - sum(covered[start : start + len(piece)])
    if len(case.pieces) == 1 and len(case.pieces[0]) >= 8 and case.pieces[0] in result.text:
        return 1.0
    return left / total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--per-kind", type=int, default=40)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--kind", default="")
    options = parser.parse_args()
    if options.show and options.seed % 2:
        parser.error("odd seeds are held out: totals by kind only")
    count: collections.Counter[str] = collections.Counter()
    missed: dict[str, list[Case]] = collections.defaultdict(list)
    contexts: collections.Counter[str] = collections.Counter()
    context_missed: collections.Counter[str] = collections.Counter()
    families: dict[str, str] = {}
    begun = time.process_time()
    for case in cases(options.seed, options.per_kind):
        if options.kind and case.kind != options.kind:
            continue
        families[case.kind] = case.family
        count[case.kind] += 1
        contexts[case.context] += 1
        if survivors(case) > 0.5:
            missed[case.kind].append(case)
            context_missed[case.context] += 1
    share = {kind: 100 * len(missed[kind]) / count[kind] for kind in count}
    for kind in sorted(share, key=lambda k: -share[k]):
        if share[kind]:
            print(f"{families[kind]:10} {kind:24} {share[kind]:5.1f} % of {count[kind]}")
    if not options.seed % 2:
        print("contexts:", ", ".join(f"{c} {n}/{contexts[c]}" for c, n in context_missed.most_common(60)))
    for family in dict.fromkeys(families.values()):
        values = [share[kind] for kind in share if families[kind] == family]
        print(f"{family:10} {len(values):3} kinds, {sum(values) / len(values):5.2f} % survive")
    values = [share[kind] for kind in share if families[kind] not in ("beyond", "odd")]
    bad = sum(value > 5 for value in values)
    print(
        f"all {len(values)} kinds: {sum(values) / max(1, len(values)):.2f} % survive (average of kinds), {bad} kinds over 5 %; {time.process_time() - begun:.0f} s"
    )
    for kind, missing in missed.items():
        for case in missing[: options.show]:
            print(f"--- {kind} [{case.context}]\n{case.snippet}")
    sys.exit(0)


if __name__ == "__main__":
    main()
