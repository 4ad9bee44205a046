"""The bundled project: a copy of it with a key planted, and its tests run for real.

The key is made up for each copy, so that no scanner of this repository ever sees one and none can be a live one. The
files are kept as text, so that they are nobody's code until they are copied.
"""

from __future__ import annotations

import re
import secrets
import shutil
import string
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).with_name("sample")
MODULE = "reviews.py"
_KEY_PLACE = "PASTE-A-KEY-HERE"
_TEST_TIMEOUT_S = 60.0
_FRAME = re.compile(r'  File "(?P<file>[^"\n]+)", line (?P<line>\d+), in (?P<function>\S+)')


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failing test says of the module: its line (from 0), the traceback's last line, and the test's name."""

    line: int
    message: str
    test: str


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """``failure`` is ``None`` if all tests passed, or if what failed does not name a line of the module."""

    passed: bool
    output: str
    failure: Failure | None

    @property
    def verdict(self) -> str:
        """The runner's own last words: ``OK``, ``FAILED (errors=1)``."""
        return next((line for line in reversed(self.output.splitlines()) if line.strip()), "no output")


def copy_project(to: Path) -> str:
    """Copies the project into the existing folder ``to``; gives the key that was planted in it."""
    alphabet = string.ascii_letters + string.digits
    key = "xai-" + "".join(secrets.choice(alphabet) for _ in range(80))
    for source in sorted(SAMPLE.glob("*.py.txt")):
        shutil.copyfile(source, to / source.stem)
    module = to / MODULE
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace(_KEY_PLACE, key), encoding="utf-8", newline="\n")
    return key


def run_tests(folder: Path) -> SuiteRun:
    """The project's tests in a process of their own, with the standard library's runner. A hang is a failure."""
    # Without -P the module beside the tests is found; -B leaves no byte code that could hide a change.
    command = [sys.executable, "-B", "-m", "unittest", "-v"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=_TEST_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return SuiteRun(False, f"the tests did not end within {_TEST_TIMEOUT_S:.0f} s", None)
    return SuiteRun(done.returncode == 0, done.stderr, _failure(done.stderr, folder))


def _failure(output: str, folder: Path) -> Failure | None:
    """The first traceback: its innermost line in the module, and what was raised there."""
    report = re.search(r"^(?:ERROR|FAIL): (?P<test>\w+).*\n-{20,}\n(?P<trace>(?:.+\n)+)", output, re.MULTILINE)
    if report is None:
        return None
    frames = [frame for frame in _FRAME.finditer(report["trace"]) if _is_module(Path(frame["file"]), folder)]
    if not frames:
        return None
    return Failure(int(frames[-1]["line"]) - 1, report["trace"].rstrip().splitlines()[-1], report["test"])


def _is_module(path: Path, folder: Path) -> bool:
    return path.name == MODULE and path.resolve().parent == folder.resolve()
