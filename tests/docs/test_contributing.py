"""The worked examples: their patches fit the tree, and what they add works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, page

PAGE = page(ROOT / "docs" / "contributing.md")
PATCHES = re.findall(r"```diff\n(.*?)```", PAGE.text, re.DOTALL)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the examples touch, with all of them applied."""
    copy = tmp_path_factory.mktemp("tree")
    for name in ("grok_ls", "tests/actions", "tests/provider", "tests/context", "tests/fake_xai"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "tests/conftest.py"):
        shutil.copy(ROOT / name, copy / name)
    for patch in PATCHES:
        # Their line numbers are a hint: other rows come and go.
        command = ["git", "apply", "--unidiff-zero", "-"]
        done = subprocess.run(
            command, cwd=copy, input=located(patch, copy), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    test = re.findall(r"`(tests/actions/\w+\.py)`:\n\n```python\n(.*?)```", PAGE.text, re.DOTALL)[0]
    (copy / test[0]).write_text(test[1])
    return copy


def located(patch: str, tree: Path) -> str:
    """The patch with the line numbers that its first line has now."""
    name, lines = "", patch.splitlines()
    for number, line in enumerate(lines):
        name = line[6:] if line.startswith("+++ b/") else name
        if line.startswith("@@ -") and (tree / name).exists():
            text = (tree / name).read_text("utf-8").splitlines()
            assert lines[number + 1][1:] in text, f"{name} has no line {lines[number + 1][1:]!r} any more"
            at = text.index(lines[number + 1][1:]) + 1
            lines[number] = re.sub(r"@@ -\d+,(\d+) \+\d+,", rf"@@ -{at},\1 +{at},", line)
    return "\n".join(lines) + "\n"


@pytest.mark.xdist_group("contributing")
def test_the_examples_fit_the_tree_and_their_tests_pass(tree: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(tree), "CI": ""}
    named = ["tests/actions/test_document.py", "tests/provider/test_dialects.py"]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n0",
        "-p",
        "no:cacheprovider",
        "-k",
        "document or capped",
        *named,
    ]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "llm.example.org" in (tree / "tests" / "provider" / "test_dialects.py").read_text()


@pytest.mark.xdist_group("contributing")
def test_what_the_examples_add_is_style_and_types(tree: Path) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [*ruff, *command, "grok_ls", "tests/actions"], cwd=tree, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_every_example_is_under_thirty_lines() -> None:
    for example in re.findall(r"```(?:diff|python|sh)\n(.*?)```", PAGE.text, re.DOTALL):
        assert example.count("\n") < 30


def test_every_task_that_is_named_exists() -> None:
    tasks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
    assert set(re.findall(r"`poe ([\w-]+)`", PAGE.text)) == set(tasks)
