"""Folders that killed processes leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grok_ls.workspace.temporary import private_folder, sweep


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def left(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    (folder / name / "job-1.md").write_text("words")
    (folder / name / "job-1.md").chmod(0o400)
    return folder / name


def test_what_a_killed_process_left_behind_goes(elsewhere: Path, gone: int) -> None:
    old = [left(elsewhere, f"grok-ls-{kind}-{gone}-abc_123") for kind in ("check", "explain")]
    with private_folder("explain") as folder:
        assert not [path for path in old if path.exists()]
        assert Path(folder).exists()
        assert Path(folder).stat().st_mode & 0o077 == 0
    assert list(elsewhere.iterdir()) == []


def test_what_belongs_to_others_stays(elsewhere: Path, gone: int) -> None:
    keep = [
        left(elsewhere, f"grok-ls-explain-{os.getpid()}-mine"),
        left(elsewhere, f"grok-ls-explain-{os.getppid()}-runs"),
        left(elsewhere, f"grok-ls-demo-{gone}-x"),
        left(elsewhere, f"grok-ls-explain-{gone}-x.old"),
        left(elsewhere, f"other-{gone}-x"),
    ]
    (elsewhere / f"grok-ls-explain-{gone}-link").symlink_to(keep[-1])
    sweep()
    assert all(path.exists() for path in keep)
    assert (keep[-1] / "job-1.md").exists()


def test_what_is_older_than_a_day_goes_whoever_has_its_number_now(elsewhere: Path) -> None:
    old = left(elsewhere, f"grok-ls-check-{os.getppid()}-x")
    os.utime(old, (1_000_000, 1_000_000))
    sweep()
    assert not old.exists()
