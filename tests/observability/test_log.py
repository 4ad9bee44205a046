from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grok_ls.errors import ConfigError
from grok_ls.observability import log as observed
from grok_ls.observability.log import LogFile, Redacting, job, traced

logger = logging.getLogger("grok_ls.some.part")


def clean(text: str) -> str:
    return text.replace("hunter2", "[SECRET]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def written(folder: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    logging.getLogger("grok_ls").setLevel(logging.INFO)
    file = LogFile(folder, clean, level="info")

    def lines() -> list[dict[str, Any]]:
        file.close()
        assert file.path is not None
        return [json.loads(line) for line in file.path.read_text().splitlines()]

    yield lines
    file.close()
    logging.getLogger("grok_ls").setLevel(logging.NOTSET)


def test_line_says_when_who_and_what(written) -> None:
    logger.warning("%s happened to %d", "it", 2)
    (line,) = written()
    assert line.pop("time").endswith("Z")
    assert line == {"level": "warning", "logger": "grok_ls.some.part", "job": None, "message": "it happened to 2"}


def test_secret_in_message_argument_or_traceback_is_not_written(written, folder: Path) -> None:
    logger.warning("the key hunter2")
    logger.warning("the key %s", "hunter2")
    message = "hunter2 is wrong"
    try:
        raise ValueError(message)
    except ValueError:
        logger.exception("failed")
    lines = written()
    assert [line["message"] for line in lines] == ["the key [SECRET]", "the key [SECRET]", "failed"]
    assert lines[2]["error"] == "ValueError"
    assert lines[2]["trace"].startswith("ValueError\n")
    assert "is wrong" not in lines[2]["trace"]
    assert all(b"hunter2" not in path.read_bytes() for path in folder.iterdir())


def test_secret_at_the_cut_is_not_written_in_half(written) -> None:
    logger.warning("%s", "x" * (observed.MAX_MESSAGE - 3) + "hunter2")
    (line,) = written()
    assert "hun" not in line["message"]
    assert len(line["message"]) <= observed.MAX_MESSAGE


def test_what_cannot_be_redacted_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("grok_ls"), "propagate", False)

    def broken(text: str) -> str:
        raise RuntimeError(text)

    file = LogFile(folder, broken)
    logger.warning("hunter2")
    logger.warning("%d", "no number")
    file.close()
    assert file.path is not None
    lines = [json.loads(line) for line in file.path.read_text().splitlines()]
    assert [line["message"] for line in lines] == [
        "(not written: RuntimeError while redacting)",
        "(not written: TypeError while redacting)",
    ]


async def test_lines_carry_the_job_they_belong_to(written) -> None:
    async def work(name: str) -> None:
        with job(name):
            await asyncio.sleep(0)
            logger.warning("from %s", name)
            await asyncio.create_task(_deeper(name))

    async def _deeper(name: str) -> None:
        logger.warning("deeper in %s", name)

    await asyncio.gather(work("j1"), work("j2"))
    logger.warning("outside")
    assert {(line["job"], line["message"]) for line in written()} == {
        ("j1", "from j1"),
        ("j2", "from j2"),
        ("j1", "deeper in j1"),
        ("j2", "deeper in j2"),
        (None, "outside"),
    }


def test_level_can_be_changed(folder: Path) -> None:
    file = LogFile(folder, clean)
    logger.info("one")
    logging.getLogger("grok_ls").setLevel(logging.INFO)
    logger.info("two")
    file.set_level("info")
    logger.info("three")
    file.close()
    logging.getLogger("grok_ls").setLevel(logging.NOTSET)
    assert file.path is not None
    assert [json.loads(line)["message"] for line in file.path.read_text().splitlines()] == ["three"]


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_file_rotates_and_stays_the_users_alone(written, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(400):
        logger.warning("%d %s", number, "x" * 7000)
    last = written()[-1]["message"]
    assert last.startswith("399 ")
    files = sorted(folder.iterdir())
    assert len(files) == 1 + observed.BACKUPS
    assert max(path.stat().st_size for path in files) <= observed.MAX_BYTES
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_files_of_dead_processes_are_removed_when_too_many(folder: Path) -> None:
    folder.mkdir()
    for number in range(30):
        old = folder / f"server-20200101-{number:06}-1.jsonl"
        old.touch()
        os.utime(old, (number, number))
    (folder / "something else.txt").touch()
    LogFile(folder, clean).close()
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == observed.MAX_FILES + 1
    assert "something else.txt" in names
    assert "server-20200101-000029-1.jsonl" in names
    assert "server-20200101-000000-1.jsonl" not in names


def test_folder_that_cannot_be_written_is_named_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    file = LogFile(tmp_path / "file" / "log", clean)
    logger.error("still fine")
    assert file.path is None
    assert "No log is kept" in file.problem
    file.set_level("info")
    file.close()


def test_slow_disk_stops_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("grok_ls"), "propagate", False)
    go, started = threading.Event(), threading.Event()

    def slow(text: str) -> str:
        started.set()
        go.wait()
        return text

    file = LogFile(folder, slow)
    for number in range(observed._WAITING + 100):
        logger.warning("%d", number)
    started.wait()
    go.set()
    file.close()
    assert file.path is not None
    assert len(file.path.read_text().splitlines()) <= observed._WAITING + 1


def test_disk_that_hangs_does_not_keep_the_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "_CLOSE_S", 0.01)
    go, ended = threading.Event(), threading.Event()

    def hanging(text: str) -> str:
        go.wait()
        ended.set()
        return text

    file = LogFile(folder, hanging)
    assert file._running is not None
    scribe = file._running[1]
    logger.warning("one")
    file.close()
    assert not ended.is_set()
    go.set()
    scribe.join()


def test_types_and_places_without_words() -> None:
    theirs = "zanzibar"

    def cause() -> None:
        raise KeyError(theirs)

    try:
        try:
            cause()
        except KeyError as error:
            raise ValueError(theirs) from error
    except ValueError as error:
        told = traced(error)
    assert told.startswith("ValueError\n")
    assert "because of KeyError\n" in told
    assert "in cause" in told
    assert theirs not in told


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConfigError("Set it."), "ConfigError: Set it."),
        (FileNotFoundError(2, "zanzibar", "zanzibar.py"), "FileNotFoundError: No such file or directory"),
        (OSError("cannot read zanzibar"), "OSError"),
        (ImportError("zanzibar"), "ImportError"),
    ],
)
def test_of_messages_a_sentence_of_ours_is_kept_and_the_systems_words_for_a_number(error: Exception, said: str) -> None:
    assert traced(error) == said


def test_what_another_handler_made_of_an_error_is_not_written() -> None:
    theirs = "zanzibar"
    try:
        raise ValueError(theirs)
    except ValueError as error:
        record = logging.LogRecord("x", 40, "f", 1, "failed", None, (ValueError, error, error.__traceback__))
    logging.Formatter().format(record)
    assert "ValueError: zanzibar" in (record.exc_text or "")
    said = Redacting(lambda text: text, "%(message)s").format(record)
    assert said.startswith("failed\nValueError\n")
    assert theirs not in said


def test_the_name_of_a_job_is_never_taken_for_a_secret() -> None:
    record = logging.makeLogRecord({"msg": "it ended", "levelno": logging.INFO})
    with job("job-92a41e9281e4"):
        said = Redacting(lambda text: re.sub("[0-9a-f]{12}", "GROKLS_SECRET_1_eh", text), "%(message)s").format(record)
    assert said == "job-92a41e9281e4: it ended"
