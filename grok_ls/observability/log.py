"""The log file: one JSON object a line, with the job it belongs to, redacted before it is written.

A thread of its own redacts and writes, so neither a slow disk nor a long message stops the event loop. Each process has
its own file, which rotates; the files of dead processes are removed when there are too many. What cannot be redacted is
not written.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from io import TextIOWrapper
from logging.handlers import QueueHandler, RotatingFileHandler
from pathlib import Path

from grok_ls.errors import GrokError

MAX_BYTES = 1_000_000
BACKUPS = 2
MAX_FILES = 20
MAX_MESSAGE = 8000
_WAITING = 10_000
_CLOSE_S = 2.0
# Ours, and what others say of our messages and tasks.
_LOGGERS = tuple(logging.getLogger(name) for name in ("grok_ls", "pygls", "asyncio"))

_job: ContextVar[str] = ContextVar("grok_ls_job", default="")


@contextmanager
def job(job_id: str) -> Iterator[None]:
    """Everything that is logged in here, and in tasks that are started in here, carries the job's id."""
    token = _job.set(job_id)
    try:
        yield
    finally:
        _job.reset(token)


class LogFile:
    """The log of ``grok_ls``, and of the protocol and the event loop below it, from ``level`` on, in ``folder``. ``clean`` takes
    secrets and personal data out of a text.

    ``path`` is ``None`` if the folder cannot be written: then there is no log file, and ``problem`` says so.
    """

    def __init__(self, folder: Path, clean: Callable[[str], str], *, level: str = "warning") -> None:
        self.path: Path | None = None
        self.problem = ""
        self._running: tuple[QueueHandler, _Scribe] | None = None
        try:
            writer = _writer(folder, clean)
        except OSError as error:
            self.problem = f"No log is kept, because {folder} cannot be written ({error.strerror})."
            return
        self.path = Path(writer.baseFilename)
        scribe = _Scribe(writer)
        handler = _Handler(scribe.lines)
        handler.setLevel(level.upper())
        scribe.start()
        for logger in _LOGGERS:
            logger.addHandler(handler)
        self._running = handler, scribe

    def set_level(self, level: str) -> None:
        if self._running is not None:
            self._running[0].setLevel(level.upper())

    def close(self) -> None:
        """Everything logged so far is in the file afterwards, unless the disk hangs."""
        if self._running is None:
            return
        handler, scribe = self._running
        self._running = None
        for logger in _LOGGERS:
            logger.removeHandler(handler)
        scribe.finish()
        handler.close()


class _Scribe(threading.Thread):
    """Writes what is in ``lines``. A daemon, and never waited for long: a disk that hangs cannot keep the server from
    exiting (``QueueListener`` would).
    """

    def __init__(self, writer: RotatingFileHandler) -> None:
        super().__init__(name="grok-ls-log", daemon=True)
        self.lines: queue.Queue[logging.LogRecord | None] = queue.Queue(_WAITING)
        self._writer = writer

    def run(self) -> None:
        while (record := self.lines.get()) is not None:
            self._writer.handle(record)
        self._writer.close()

    def finish(self) -> None:
        with suppress(queue.Full):
            self.lines.put(None, timeout=_CLOSE_S)
        self.join(timeout=_CLOSE_S)


class _Handler(QueueHandler):
    """Notes the job while its context is there; drops lines when the disk is too slow, rather than wait for it."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        record.grok_ls_job = _job.get()
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        with suppress(queue.Full):
            self.queue.put_nowait(record)


class _Line(logging.Formatter):
    def __init__(self, clean: Callable[[str], str]) -> None:
        super().__init__()
        self._clean = clean

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "job": getattr(record, "grok_ls_job", "") or None,
            "message": self._redacted(record.getMessage),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = type(error).__name__
            line["trace"] = self._redacted(lambda: traced(error))
        return json.dumps(line, ensure_ascii=True)

    def _redacted(self, text: Callable[[], str]) -> str:
        return redacted(text, self._clean)


class Redacting(logging.Formatter):
    """For stderr, which editors keep in files of their own: any formatter's line, redacted."""

    def __init__(self, clean: Callable[[str], str], format: str) -> None:
        super().__init__(format)
        self._clean = clean

    def format(self, record: logging.LogRecord) -> str:
        job_id = _job.get()
        prefix = f"{job_id}: " if job_id else ""
        error = record.exc_info[1] if record.exc_info else None
        # A record carries its error as text from one handler to the next: not what another one made of it.
        own = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": traced(error) if error else None})
        # The job's name stays out: one in forty random ones reads like a secret.
        return prefix + redacted(lambda: super(Redacting, self).format(own), self._clean)


_CAUSES = 5


def traced(error: BaseException) -> str:
    """Types and places of an error and its causes. Of messages only those that quote nothing of what was worked on: a password
    in there need not look like one.
    """
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < _CAUSES:
        parts.append(f"{type(seen).__name__}{_said(seen)}\n{''.join(traceback.format_tb(seen.__traceback__))}")
        seen = seen.__cause__ or seen.__context__
    return "because of ".join(parts).rstrip()


def _said(error: BaseException) -> str:
    """A sentence of ours, or the system's own words for a number: what else a library puts into its errors nobody knows."""
    if isinstance(error, GrokError):
        return f": {error}"
    return f": {os.strerror(error.errno)}" if isinstance(error, OSError) and error.errno is not None else ""


def redacted(text: Callable[[], str], clean: Callable[[str], str]) -> str:
    """What ``text`` gives, fit to be written."""
    try:
        # Cut twice: what is cut before it is redacted may end in half a secret, which nobody recognises.
        return clean(text()[: 10 * MAX_MESSAGE])[:MAX_MESSAGE]
    except Exception as error:
        # A log must not stop the program, and must not write what it could not check.
        return f"(not written: {type(error).__name__} while redacting)"


def _writer(folder: Path, clean: Callable[[str], str]) -> RotatingFileHandler:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        os.chmod(folder, 0o700)
    _tidy(folder)
    path = folder / f"server-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.jsonl"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    handler = _PrivateRotating(path, maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="ascii", delay=True)
    handler.setFormatter(_Line(clean))
    return handler


class _PrivateRotating(RotatingFileHandler):
    """Its files are the user's alone, the one after a rotation too. A full disk loses lines, not the program."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nothing: stderr belongs to the editor."""


def _tidy(folder: Path) -> None:
    """Remove the oldest files beyond ``MAX_FILES``."""
    found = []
    for path in folder.glob("server-*.jsonl*"):
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    for _, path in sorted(found)[: max(0, len(found) - MAX_FILES + 1)]:
        with suppress(OSError):
            path.unlink()
