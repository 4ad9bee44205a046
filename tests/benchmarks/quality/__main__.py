"""How large files and functions are, who imports whom, and what the tests of each core package execute.

    python -m tests.benchmarks.quality [--coverage [PACKAGE ...]]

Reads the source; with ``--coverage`` it runs the tests of each core package alone, under coverage, one process each: some minutes.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import test_layering as layers

ROOT = Path(__file__).parents[3]
# Guidance of docs/architecture.md: nine files in ten below, nine functions in ten below.
FILE_LINES, FUNCTION_LINES = 450, 30
TESTS = {
    "text": ["tests/text"],
    "context": ["tests/context"],
    "redaction": ["tests/redaction"],
    "prompts": ["tests/prompts"],
    "edits": ["tests/edits"],
    "actions": ["tests/actions"],
    "budget": ["tests/test_budget.py", "tests/test_budget_boundaries.py", "tests/test_budget_property.py"],
    "engine": ["tests/engine"],
    "workspace": ["tests/workspace"],
}


@dataclass(frozen=True, slots=True)
class Function:
    where: str
    lines: int


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}"
            yield Function(name, (node.end_lineno or node.lineno) - node.lineno + 1)


def table(head: Sequence[str], rows: Sequence[Sequence[object]], rule: str = "---:") -> str:
    lines = [head, ["---", *[rule] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def sizes() -> str:
    packages: dict[str, list[Path]] = defaultdict(list)
    for package, path in layers.modules():
        packages[package if path.parent != layers.PACKAGE else "(modules)"].append(path)
    rows = []
    for package, paths in [*sorted(packages.items()), ("all", [path for _, path in layers.modules()])]:
        lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in paths)
        found = sorted((one for path in paths for one in functions(path)), key=lambda one: one.lines)
        short = sum(one.lines < FUNCTION_LINES for one in found) / max(1, len(found))
        below = sum(length < FILE_LINES for length in lengths) / len(lengths)
        rows.append([package, len(paths), sum(lengths), lengths[-1], f"{below:.0%}", len(found), f"{short:.0%}"])
    head = ["package", "files", "lines", "longest", f"under {FILE_LINES}", "functions", f"under {FUNCTION_LINES}"]
    return table(head, rows)


def longest(count: int = 8) -> str:
    found = sorted((one for _, path in layers.modules() for one in functions(path)), key=lambda one: -one.lines)
    return table(["longest functions", "lines"], [[f"`{one.where}`", one.lines] for one in found[:count]])


def layering() -> str:
    """What each package imports of ours, as it is; ``tests/test_layering.py`` says what it may."""
    uses: dict[str, set[str]] = defaultdict(set)
    for package, path in layers.modules():
        for name in layers.imports(path):
            match = re.match(r"grok_ls\.(\w+)", name)
            if match and match[1] != package and not match[1].startswith("_"):
                uses[package].add(match[1])
    rows = []
    for package in sorted(uses):
        wrong = uses[package] - layers.OWN[package] if package in layers.OWN else set()
        rows.append([package, ", ".join(sorted(uses[package])), ", ".join(sorted(wrong)) or "–"])
    return table(["package", "imports", "and may not"], rows, "---")


def coverage(packages: Sequence[str]) -> str:
    rows = []
    for package in packages:
        with tempfile.TemporaryDirectory() as folder:
            data = f"--data-file={folder}/data"
            source = f"grok_ls/{package}/*" if (ROOT / "grok_ls" / package).is_dir() else f"grok_ls/{package}.py"
            run = ["coverage", "run", "--branch", data, f"--include={source}", "-m", "pytest", "-n0", "-q"]
            done = subprocess.run(
                [sys.executable, "-m", *run, *TESTS[package]], cwd=ROOT, capture_output=True, text=True, check=False
            )
            out = f"{folder}/report.json"
            report = [sys.executable, "-m", "coverage", "json", data, "-o", out]
            subprocess.run(report, cwd=ROOT, capture_output=True, check=True)
            covered = json.loads(Path(out).read_text())["totals"]["percent_covered"]
        rows.append([package, f"{covered:.1f}%", done.stdout.strip().splitlines()[-1].strip("= ")])
        print(f"{package}: {covered:.1f}%", file=sys.stderr, flush=True)
    return table(["package", "lines and branches", "tests"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coverage", nargs="*", metavar="PACKAGE", choices=[*TESTS, []], default=None)
    arguments = parser.parse_args()
    parts = [sizes(), longest(), layering()]
    if arguments.coverage is not None:
        parts.append(coverage(arguments.coverage or list(TESTS)))
    print("\n\n".join(parts))


if __name__ == "__main__":
    main()
