"""The project's own checker around an edit: what is new is said, what hangs or fails is said too, and nothing runs on."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.workspace import checks
from grok_ls.workspace.checks import ProjectChecks, findings, new_findings, origins

RUFF = [
    sys.executable,
    "-m",
    "ruff",
    "check",
    "--isolated",
    "--output-format",
    "concise",
    "--stdin-filename",
    "{path}",
    "-",
]
MYPY = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", os.devnull, "{file}"]
BEFORE = "import os\n\n\ndef area(width: int, height: int) -> int:\n    return width + height\n"


def project(folder: Path, *command: str) -> ProjectChecks:
    return ProjectChecks(command, folder, os.environ)


def running(folder: Path) -> list[str]:
    """The processes that left a file with their number and are still there."""
    return [path.stem for path in folder.glob("*.pid") if Path("/proc", path.stem).exists()]


async def test_a_real_linter_tells_what_an_edit_brought_and_not_what_was_there(tmp_path: Path) -> None:
    after = BEFORE.replace("width + height", "width * heigth")
    (said,) = await project(tmp_path, *RUFF).compare("src/main.py", BEFORE, after)
    assert "line 5" in said
    assert "heigth" in said
    assert "F401" not in said
    assert await project(tmp_path, *RUFF).compare("src/main.py", BEFORE, "# moved\n" + BEFORE) == ()


async def test_a_real_type_checker_gets_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TIMEOUT_S", 60.0)
    after = BEFORE.replace("width + height", "str(width)")
    (said,) = await project(tmp_path, *MYPY).compare("main.py", BEFORE, after)
    assert "line 5" in said
    assert "return-value" in said
    assert os.listdir(tmp_path) == []


async def test_a_checker_that_hangs_is_stopped_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TIMEOUT_S", 0.5)
    code = "import os, time; open(f'{os.getpid()}.pid', 'w').close(); time.sleep(600)"
    began = time.monotonic()
    (said,) = await project(tmp_path, sys.executable, "-c", code).compare("main.py", BEFORE, BEFORE)
    assert "took longer" in said
    assert time.monotonic() - began < 60
    assert running(tmp_path) == []


@pytest.mark.parametrize("program", ["no-such-program-anywhere", "\0"])
async def test_a_checker_that_cannot_run_is_named(tmp_path: Path, program: str) -> None:
    (said,) = await project(tmp_path, program).compare("main.py", BEFORE, BEFORE)
    assert "could not be run" in said
    assert "grok.checks" in said


async def test_a_checker_that_floods_or_ignores_its_input_is_no_failure(tmp_path: Path) -> None:
    flood = "import sys\nwhile True: sys.stdout.write('chatter ' * 10000)"
    assert await project(tmp_path, sys.executable, "-c", flood).compare("main.py", BEFORE * 5000, BEFORE) == ()


async def test_many_new_findings_are_counted(tmp_path: Path) -> None:
    after = BEFORE + "".join(f"print(unknown{n})\n" for n in range(9))
    said = await project(tmp_path, *RUFF).compare("main.py", BEFORE, after)
    assert len(said) == 4
    assert said[-1].endswith("finds 6 more.")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("src/main.py:3:5: F821 Undefined name `x`", [(3, "F821 Undefined name `x`")]),
        ("main.py:3: error: Incompatible types  [assignment]", [(3, "error: Incompatible types  [assignment]")]),
        ("C:\\work\\main.py:3:5: F821 Undefined", [(3, "F821 Undefined")]),
        ("src/a.ts(3,5): error TS2322: no", [(3, "error TS2322: no")]),
        ("  3:5  error  'x' is not defined  no-undef", [(3, "error  'x' is not defined  no-undef")]),
        ("./main.go:7:2: undefined: x", [(7, "undefined: x")]),
        ("Found 3 errors.", []),
        ("✖ 2 problems (2 errors, 0 warnings)", []),
        ("All checks passed!", []),
    ],
)
def test_what_linters_print_is_read(line: str, found: list[tuple[int, str]]) -> None:
    assert findings(line) == found


def test_of_equal_findings_the_one_in_the_edit_is_the_new_one() -> None:
    before, after = "a\nx\nb\n", "x\na\nx\nb\nx\n"
    found = new_findings(
        "f:2:1: undefined", "f:1:1: undefined\nf:3:1: undefined\nf:5:1: undefined", origins(before, after)
    )
    assert found == [(1, "undefined"), (5, "undefined")]


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_a_line_that_has_an_origin_is_the_same_line(old: list[str], new: list[str]) -> None:
    origin = origins("".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new))
    places = [(n, origin(n)) for n in range(1, len(new) + 1)]
    assert all(new[n - 1] == old[was - 1] for n, was in places if was is not None)
    kept = [was for _, was in places if was is not None]
    assert kept == sorted(set(kept))


def test_a_finding_that_only_moved_is_not_new() -> None:
    before = "a.py:3:1: F811 Redefinition of unused `f` from line 1"
    assert new_findings(before, "a.py:9:1: F811 Redefinition of unused `f` from line 7") == []
    assert new_findings(before, f"{before}\n{before}") == [(3, "F811 Redefinition of unused `f` from line 1")]
