"""A store in one SQLite file that several processes share. ``sqlite3`` is imported and the file opened at the first
use, in its thread.

One thread owns the connection and works off a queue: an awaiting caller that is cancelled leaves its work in the queue,
so nothing is lost and no lock is held by somebody who is gone. The thread is a daemon: a disk that hangs cannot keep
the server from exiting.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from grok_ls.storage import sqlite_sql as sql
from grok_ls.storage.base import Charge, Denied, Hold, Level, Row, Settled, StoreFailed

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

BUSY_S = 3.0
ANSWER_S = 8.0
# In a folder of its own, whose mode is ours to set.
FILE_NAME = "ledger/usage.sqlite3"


class SqliteStore:
    """``now`` gives unix seconds. ``busy_s``: how long to wait for other processes; ``answer_s``: for the disk,
    whatever happens.
    """

    def __init__(
        self, path: Path, *, now: Callable[[], float] = time.time, busy_s: float = BUSY_S, answer_s: float = ANSWER_S
    ) -> None:
        self._path = path
        self._now = now
        self._busy_s = busy_s
        self._answer_s = answer_s
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] | None = None
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    async def get(self, key: str) -> str | None:
        return await self._submit(lambda: sql.get(self._connect(), key, self._now()))

    async def put(self, key: str, value: str, ttl_s: float | None = None) -> None:
        await self._do(lambda db: sql.put(db, key, value, self._now(), ttl_s))

    async def trim(self, prefix: str, max_bytes: int) -> int:
        return await self._do(lambda db: sql.trim(db, prefix, max_bytes, self._now()))

    async def reserve(self, hold: Hold, *also: Hold) -> tuple[Level, ...] | Denied:
        return await self._do(lambda db: sql.reserve(db, (hold, *also), self._now()))

    async def settle(self, hold: Hold, charges: Sequence[Charge] = (), row: Row | None = None) -> Settled:
        return await self._do(lambda db: sql.settle(db, hold, charges, row, self._now()))

    async def levels(self, counters: Sequence[str]) -> tuple[Level, ...]:
        return await self._do(lambda db: sql.levels(db, counters, self._now()))

    async def reset(self, counter: str) -> None:
        await self._do(lambda db: sql.reset(db, counter))

    async def append(self, row: Row) -> None:
        await self._do(lambda db: sql.append(db, row))

    async def rows(self, since: float, until: float = inf) -> tuple[Row, ...]:
        return await self._do(lambda db: sql.rows(db, since, until, self._now()))

    async def prune(self, keep_s: float) -> int:
        return await self._do(lambda db: sql.prune(db, keep_s, self._now()))

    async def purge(self) -> bool:
        await self._submit(self._purge)
        return True

    async def aclose(self) -> None:
        """Close the file and end the thread; the next call would open both again."""
        jobs = self._jobs
        if jobs is None:
            return
        try:
            await self._submit(self._disconnect)
        finally:
            jobs.put(None)
            self._jobs = None

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """``work`` in one write transaction of its own."""

        def transaction() -> T:
            db = self._connect()
            db.execute("BEGIN IMMEDIATE")
            try:
                result = work(db)
                db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(Exception):
                    db.execute("ROLLBACK")
                raise
            return result

        return await self._submit(transaction)

    async def _submit(self, work: Callable[[], T]) -> T:
        """The result of ``work`` on the thread. ``StoreFailed`` for every failure, and when there is none in
        ``answer_s``.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            try:
                result = work()
            except Exception as error:
                failure = self._failure(error)
                if failure.kind != "locked":
                    # What is wrong with the file may be over at the next attempt, but not for this connection.
                    self._disconnect()
                _reply(loop, answer, answer.set_exception, failure)
            else:
                _reply(loop, answer, answer.set_result, result)

        if self._jobs is None:
            self._jobs = queue.SimpleQueue()
            threading.Thread(target=_work_off, args=(self._jobs,), name="grok-ls-sqlite", daemon=True).start()
        self._jobs.put(job)
        try:
            async with asyncio.timeout(self._answer_s):
                return await answer
        except TimeoutError as error:
            message = f"The disk with {self._path} did not answer in {self._answer_s:g} s"
            raise StoreFailed(message, kind="timeout") from error

    def _connect(self) -> sqlite3.Connection:
        """The open file; a new one if somebody deleted or replaced it, because nobody else would see what we write into
        the old.
        """
        if self._connection is not None and self._file != _identity(self._path):
            self._disconnect()
        if self._connection is None:
            self._connection = _open(self._path, self._busy_s)
            self._file = _identity(self._path)
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()

    def _purge(self) -> None:
        """Empty the tables and overwrite what they held; a file that is no readable database is deleted instead."""
        import sqlite3

        try:
            sql.purge(self._connect())
        except (sqlite3.Error, sql.NewerFile) as error:
            if _kind(error) not in ("corrupt", "newer", "broken"):
                raise
            self._disconnect()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)

    def _failure(self, error: Exception) -> StoreFailed:
        kind = _kind(error)
        return StoreFailed(
            _SENTENCES[kind].format(path=self._path), kind=kind, detail=f"{type(error).__name__}: {error}"
        )


def _reply(
    loop: asyncio.AbstractEventLoop, answer: asyncio.Future[T], setter: Callable[[Any], None], value: object
) -> None:
    """Hand the outcome to the loop; nobody waits any more if the caller was cancelled or the loop has closed."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(lambda: None if answer.done() else setter(value))


def _work_off(jobs: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    while (job := jobs.get()) is not None:
        job()


def _open(path: Path, busy_s: float) -> sqlite3.Connection:
    """The database, made if need be: file 0600 in a folder 0700, WAL so that readers and the one writer do not wait for
    each other.
    """
    import sqlite3

    _make_private(path)
    db = sqlite3.connect(path, timeout=busy_s, isolation_level=None, check_same_thread=False)
    try:
        # The switch to WAL does not wait for a lock by itself when several processes open a new file at once.
        patience = time.monotonic() + busy_s
        while True:
            try:
                sql.prepare(db)
                return db
            except sqlite3.OperationalError as error:
                if _kind(error) != "locked" or time.monotonic() >= patience:
                    raise
                time.sleep(0.02)
    except BaseException:
        db.close()
        raise


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    """SQLite gives its log files the mode of the database, so that one has to be right before it opens it."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        os.chmod(path.parent, 0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.name == "posix":
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


_SENTENCES = {
    "locked": "Another program holds the lock of {path}",
    "full": "The disk with {path} is full",
    "read-only": "{path} cannot be written",
    "corrupt": "{path} is damaged (`grok-ls usage --purge` starts a new one)",
    "newer": "{path} was written by a newer grok-ls (update this one)",
    "missing": "This Python has no SQLite for {path}",
    "broken": "{path} cannot be used",
}
_KINDS = {
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_PROTOCOL": "locked",
    "SQLITE_FULL": "full",
    "SQLITE_READONLY": "read-only",
    "SQLITE_CANTOPEN": "read-only",
    "SQLITE_PERM": "read-only",
    "SQLITE_CORRUPT": "corrupt",
    "SQLITE_NOTADB": "corrupt",
    "SQLITE_SCHEMA": "corrupt",
}


def _kind(error: Exception) -> str:
    if isinstance(error, sql.NewerFile):
        return "newer"
    if isinstance(error, ImportError):
        return "missing"
    if isinstance(error, OSError):
        return "full" if error.errno in (28, 122) else "read-only"
    name: str = getattr(error, "sqlite_errorname", "")
    # Extended names carry a suffix: SQLITE_READONLY_DIRECTORY, SQLITE_BUSY_SNAPSHOT.
    return next((kind for prefix, kind in _KINDS.items() if name.startswith(prefix)), "broken")
