"""The recipes of docs/hooks.md, run as written in a real repository."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import APP, FIX, FIXED, git
from tests.fake_xai import FakeXaiThread, answer

PAGE = Path(__file__).parents[2] / "docs" / "hooks.md"
HOOK, CI = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
FLAWED, REPAIRED = f"import os\n\n{APP}", f"import os\n\n{FIXED}"


@pytest.fixture
def run(environment: Callable[[], dict[str, str]], repository: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def script(text: str, **more: str) -> subprocess.CompletedProcess[str]:
        assert repository == Path.cwd()
        return subprocess.run(
            ["sh", "-c", text], env={**environment(), **more}, capture_output=True, text=True, check=False
        )

    return script


def test_the_hook_fixes_what_is_staged_and_stops_the_commit(
    repository: Path,
    run: Callable[..., subprocess.CompletedProcess[str]],
    fake_xai_thread: FakeXaiThread,
) -> None:
    odd = repository / "an odd name.py"
    odd.write_text(FLAWED)
    (repository / "untouched.py").write_text(FLAWED)
    outside = repository.parent / "outside.py"
    outside.write_text(FLAWED)
    (repository / "link.py").symlink_to(outside)
    git("add", odd.name, "link.py")
    fake_xai_thread.script(answer(FIX.replace("app.py", odd.name)))
    done = run(HOOK)
    assert done.returncode == 123, done.stderr
    assert odd.read_text() == REPAIRED, done.stderr
    assert outside.read_text() == (repository / "untouched.py").read_text() == FLAWED
    assert git("show", f":{odd.name}") == FLAWED, "the fix is not staged"
    assert len(fake_xai_thread.requests) == 1
    assert "F401" in fake_xai_thread.requests[0].prompt, "the linter's words are part of the request"


def test_the_hook_leaves_a_file_with_unstaged_work_alone(
    repository: Path, run: Callable[..., subprocess.CompletedProcess[str]], fake_xai_thread: FakeXaiThread
) -> None:
    (repository / "app.py").write_text(FLAWED)
    git("add", "app.py")
    (repository / "app.py").write_text(f"{FLAWED}\n# not finished")
    assert run(HOOK).returncode == 0
    assert not fake_xai_thread.requests


def test_the_hook_lets_a_clean_commit_pass(run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    assert run(HOOK).returncode == 0


def test_ci_collects_a_patch_of_the_changed_files_that_applies(
    repository: Path, run: Callable[..., subprocess.CompletedProcess[str]], fake_xai_thread: FakeXaiThread
) -> None:
    git("checkout", "-qb", "topic")
    (repository / "package").mkdir()
    (repository / "package" / "new.py").write_text(FLAWED)
    git("add", "package")
    git("commit", "-qm", "Add")
    fake_xai_thread.script(answer(FIX.replace("app.py", "package/new.py")))
    done = run(CI, BASE="main")
    assert done.returncode == 0, done.stderr
    assert (repository / "package" / "new.py").read_text() == FLAWED, "nothing is written"
    git("apply", "grok.patch")
    assert (repository / "package" / "new.py").read_text() == REPAIRED
