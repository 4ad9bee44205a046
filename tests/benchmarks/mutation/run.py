"""Mutation score of the packages where a wrong line costs most: a random sample of cosmic-ray's mutants, each against the package's own tests.

    python tests/benchmarks/mutation/run.py [--sample 40] [--seed 1] [edits] [redaction] [budget]

Works on a copy of the tree, so the tree is never mutated. Needs ``pip install cosmic-ray``. Left out: ``|`` between the
types of annotations, which are never evaluated here (``from __future__ import annotations``), and removed
decorators (``@dataclass``, ``@property``: dead on import, they would only flatter the score).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
# What is mutated, and the tests that are asked first and last.
PACKAGES = {
    "edits": ("grok_ls/edits", "tests/edits"),
    "redaction": ("grok_ls/redaction", "tests/redaction"),
    "budget": ("grok_ls/budget.py", "tests/test_budget.py tests/test_budget_property.py"),
}
LEFT_OUT = ("core/ReplaceBinaryOperator_BitOr_%", "core/RemoveDecorator")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("packages", nargs="*", default=list(PACKAGES))
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", ".*cache", "dist"))
        print("| package | mutants | sample | killed | score |\n| --- | --- | --- | --- | --- |", flush=True)
        for package in arguments.packages:
            score(package, tree, arguments.sample, arguments.seed)


def score(package: str, tree: Path, sample: int, seed: int) -> None:
    module, tests = PACKAGES[package]
    config, session = tree / f"{package}.toml", tree / f"{package}.sqlite"
    config.write_text(
        f'[cosmic-ray]\nmodule-path = ["{module}"]\ntimeout = 120.0\nexcluded-modules = []\n'
        f'test-command = "{sys.executable} -m pytest -q -n0 -x -p no:cacheprovider {tests}"\n'
        '[cosmic-ray.distributor]\nname = "local"\n'
    )
    unmutated = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-x", "-p", "no:cacheprovider", *tests.split()],
        cwd=tree,
        stdout=2,
    )
    if unmutated.returncode:
        raise SystemExit(f"{tests} fails without a mutation, so a score would mean nothing.")
    cosmic = [sys.executable, "-m", "cosmic_ray.cli"]
    subprocess.run([*cosmic, "init", config.name, session.name], cwd=tree, check=True)
    possible = _keep(session, sample, seed)
    subprocess.run([*cosmic, "exec", config.name, session.name], cwd=tree, check=True)
    with sqlite3.connect(session) as rows:
        results = rows.execute(
            "SELECT test_outcome, module_path, start_pos_row, operator_name, diff FROM work_results NATURAL JOIN mutation_specs"
        ).fetchall()
    killed = [row for row in results if "KILLED" in str(row[0]).upper()]
    print(f"| {package} | {possible} | {len(results)} | {len(killed)} | {len(killed) / len(results):.0%} |", flush=True)
    for outcome, path, line, operator, diff in results:
        if "SURVIVED" in str(outcome).upper():
            print(f"survived: {path}:{line} {operator}\n{diff}", file=sys.stderr)


def _keep(session: Path, sample: int, seed: int) -> int:
    """Reduce the session to a random sample; gives how many mutants there were."""
    with sqlite3.connect(session) as rows:
        condition = " AND ".join("operator_name NOT LIKE ?" for _ in LEFT_OUT)
        jobs = [job for (job,) in rows.execute(f"SELECT job_id FROM mutation_specs WHERE {condition}", LEFT_OUT)]
        kept = set(random.Random(seed).sample(sorted(jobs), min(sample, len(jobs))))
        everything = [job for (job,) in rows.execute("SELECT job_id FROM work_items")]
        for table in ("mutation_specs", "work_items"):
            rows.executemany(f"DELETE FROM {table} WHERE job_id = ?", [(job,) for job in everything if job not in kept])
    return len(jobs)


if __name__ == "__main__":
    main()
