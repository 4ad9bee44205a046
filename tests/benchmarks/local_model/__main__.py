"""``python -m tests.benchmarks.local_model``: how often a real, small model fixes seeded bugs, by format, context and wording.

    python -m tests.benchmarks.local_model --out FOLDER --model 1.5b --parts formats,contexts --minutes 40
    python -m tests.benchmarks.local_model --out FOLDER --report

Answers and results are kept in ``FOLDER``, one JSON object a line; a run goes on where the one before it stopped. Bugs come in
turn, each in every variant, so that all variants have seen the same ones whenever it ends.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from itertools import product
from pathlib import Path

from grok_ls.local.serve import local_server
from tests.benchmarks.local_model.measure import measured, messages_of, prepare, request_of
from tests.benchmarks.local_model.model import Answers
from tests.benchmarks.local_model.report import report
from tests.benchmarks.local_model.runners import missing
from tests.benchmarks.local_model.suite import SEED, Bug, kept_suite
from tests.benchmarks.local_model.variants import ALONE, CONTEXTS, FORMAT_WORDINGS, FORMATS, WORDINGS, Variant

PARTS = {
    "formats": FORMATS,
    "contexts": CONTEXTS,
    "wordings": WORDINGS,
    "alone": ALONE,
    "format-wordings": FORMAT_WORDINGS,
}


async def run(options: argparse.Namespace, bugs: list[Bug], parts: list[list[Variant]]) -> None:
    answers, results = Answers(options.out / "answers.jsonl"), options.out / "results.jsonl"
    async with local_server(options.model, context_tokens=8192, threads=options.threads) as server:
        for part in parts:
            ends = time.monotonic() + 60 * options.minutes
            for number, (bug, variant) in enumerate(product(bugs, part)):
                if time.monotonic() > ends:
                    sys.stderr.write(f"{options.minutes:g} minutes are over\n")
                    break
                row = await measured(server, answers, bug, variant, unchanged_too=options.unchanged_too)
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row.as_json()) + "\n")
                said = " ".join(f"{mode} {outcome}" for mode, outcome in row.outcomes.items())
                sys.stderr.write(f"{number} {bug.name} [{variant.name}] {said}; {row.seconds} s\n")


async def show(bugs: list[Bug], variants: list[Variant]) -> None:
    """The prompts alone."""
    for bug in bugs:
        for variant in variants:
            with variant.applied():
                asked = await prepare(request_of(bug, variant, "qwen2.5-coder-1.5b"))
            sys.stdout.write(f"######## {bug.name} [{variant.name}]\n")
            for role, text in messages_of(asked):
                sys.stdout.write(f"==== {role}\n{text}\n")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True, help="folder of answers and results")
    parser.add_argument("--model", default="1.5b")
    parser.add_argument(
        "--parts", default="formats", help=f"of {', '.join(PARTS)}: one after the other, or a+b together"
    )
    parser.add_argument("--variants", help="names of variants of the parts, separated by semicolons")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--bugs", type=int, help="no more than this")
    parser.add_argument("--projects", help="of these alone, separated by commas")
    parser.add_argument("--shard", default="0/1", help="K/N: every Nth bug from the Kth on, for N runs at once")
    parser.add_argument("--minutes", type=float, default=40, help="of each part")
    parser.add_argument("--threads", type=int, help="default: the idle cores")
    parser.add_argument("--unchanged-too", action="store_true", help="ask again for edits that change nothing, too")
    parser.add_argument("--show", action="store_true", help="print the prompts and ask nothing")
    parser.add_argument("--report", action="store_true", help="print the tables of what was measured")
    options = parser.parse_args()
    if options.report:
        sys.stdout.write(report(options.out / "results.jsonl"))
        return 0
    if gone := missing():
        sys.stderr.write(f"not installed: {', '.join(gone)}\n")
        return 1
    names = options.variants.split(";") if options.variants else None
    parts = [
        [each for name in part.split("+") for each in PARTS[name] if names is None or each.name in names]
        for part in options.parts.split(",")
    ]
    options.out.mkdir(parents=True, exist_ok=True)
    shard, shards = map(int, options.shard.split("/"))
    bugs = kept_suite(options.out / f"bugs-{options.seed}.json", options.seed)
    if options.projects:
        bugs = [bug for bug in bugs if bug.project.name in options.projects.split(",")]
    bugs = bugs[: options.bugs][shard::shards]
    asyncio.run(show(bugs, [each for part in parts for each in part]) if options.show else run(options, bugs, parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
