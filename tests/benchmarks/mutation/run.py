"""Mutation score of the packages where a wrong line costs most: a random sample of cosmic-ray's mutants, each against the package's golden
files and then its tests.

    python -m tests.benchmarks.mutation.run [--sample 150] [--seed 1] [--show] [edits] [redaction] [budget]

Works on a copy of the tree, so the tree is never mutated. Needs ``pip install cosmic-ray``; its mutants and its mutations are used, its test
runner is not: a process that has loaded everything but the package is forked for each mutant, which costs a tenth of a new one.

Left out, because they change nothing that runs: annotations (never evaluated here: ``from __future__ import annotations``), and removed
decorators (``@dataclass``, ``@property``: dead on import, they would only flatter the score).
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Package:
    """What is mutated, and what each mutant must get past. ``golden``: modules with ``FILES``; ``left_out``: of the tests, those that
    start processes or measure times.
    """

    source: str
    tests: Sequence[str]
    golden: str = ""
    left_out: Sequence[str] = ()


PACKAGES = {
    "edits": Package("grok_ls/edits", ["tests/edits"], "tests.edits.golden.__main__"),
    "redaction": Package(
        "grok_ls/redaction",
        ["tests/redaction"],
        "tests.redaction.golden.__main__",
        ["tests/redaction/test_attack.py", "tests/redaction/test_hostile.py", "tests/redaction/test_golden.py"],
    ),
    "budget": Package(
        "grok_ls/budget.py",
        ["tests/test_budget_boundaries.py", "tests/test_budget.py", "tests/test_budget_property.py"],
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("packages", nargs="*", default=list(PACKAGES))
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print each mutant that survives")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        left = shutil.ignore_patterns(".git", ".venv", "node_modules", ".*cache", "__pycache__", "dist")
        shutil.copytree(ROOT, tree, ignore=left)
        for name in arguments.packages:
            command = [sys.executable, "-m", "tests.benchmarks.mutation.forked", name]
            command += [str(arguments.sample), str(arguments.seed), *(["show"] if arguments.show else [])]
            if subprocess.run(command, cwd=tree, check=False).returncode:
                return 1
    return 0


def sampled(count: int, sample: int, seed: int) -> list[int]:
    """In a random order, so that a run that is stopped has a sample all the same."""
    return random.Random(seed).sample(range(count), min(sample, count))


if __name__ == "__main__":
    sys.exit(main())
