"""The index of one workspace folder, for the engine: built in a child process, asked in threads."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from grok_ls.context.across import Quotes, Wanted, pieces_for, rank
from grok_ls.context.callers import Candidate, Thing, likely_users
from grok_ls.index.build import Progress, indexable, refresh
from grok_ls.index.once import users_in
from grok_ls.index.tables import Stamp, Tables
from grok_ls.index.words import has_word
from grok_ls.text import Source

T = TypeVar("T")
# Of so many files the definitions are shown at most: a place that uses more is not helped by reading all of them.
MAX_SHOWN_FILES = 24


class IndexFailed(Exception):
    """The child could not build the index. Context then comes from the document alone."""


class WorkspaceIndex:
    """``files`` gives the paths (relative to ``root``) that may be read and sent, asked anew for every build;
    ``allowed`` says it of one path. Nothing else is ever read.
    """

    def __init__(
        self,
        root: Path,
        data_dir: Path,
        *,
        files: Callable[[], Iterable[str]],
        allowed: Callable[[str], bool],
    ) -> None:
        name = blake2b(os.fsencode(root.resolve()), digest_size=12).hexdigest()
        self._root = root
        self._database = data_dir / "index" / f"{name}.sqlite3"
        self._files = files
        self._allowed = allowed
        self._tables: Tables | None = None
        self._lock = threading.Lock()
        self._child: asyncio.subprocess.Process | None = None

    async def build(self, report: Callable[[Progress], None] = lambda _: None) -> None:
        """Bring the whole index up to date. Raises ``IndexFailed``; cancelling ends the child, what it did stays."""
        names = await asyncio.to_thread(lambda: b"\0".join(os.fsencode(path) for path in self._files()))
        self._child = child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # or else -m would import from the folder that the editor was started in
            "-m",
            "grok_ls.index",
            str(self._database),
            str(self._root),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(names)
            child.stdin.write_eof()
            async for line in child.stdout:
                done, total = line.split()
                report(Progress(int(done), int(total)))
            if await child.wait():
                raise IndexFailed("The index of the workspace could not be built; only the document itself is used.")
        except (BrokenPipeError, ConnectionResetError) as error:
            raise IndexFailed("The index of the workspace ended early; only the document itself is used.") from error
        finally:
            self._child = None
            if child.returncode is None:
                with suppress(ProcessLookupError):
                    child.kill()
                await child.wait()

    async def update(self, path: str) -> None:
        """One file was saved, made or deleted."""
        if indexable(path) and self._allowed(path):
            await asyncio.to_thread(self._locked, lambda tables: self._refresh(tables, path))

    async def others(self, wants: Wanted) -> Quotes:
        """What a place uses of other files, best first."""
        return await asyncio.to_thread(self._locked, lambda tables: self._others(tables, wants))

    async def users(self, thing: Thing) -> Quotes:
        """The lines of other files that use ``thing``, callers before tests."""
        paths = await asyncio.to_thread(self._locked, lambda tables: self._users(tables, thing))
        return await asyncio.to_thread(users_in, self._root, thing, [path for path in paths if self._allowed(path)])

    async def count(self) -> tuple[int, int]:
        """Files and definitions in the index."""
        return await asyncio.to_thread(self._locked, lambda tables: tables.count())

    async def aclose(self) -> None:
        if self._child is not None and self._child.returncode is None:
            with suppress(ProcessLookupError):
                self._child.kill()
        await asyncio.to_thread(self._close)

    def _locked(self, work: Callable[[Tables], T]) -> T:
        with self._lock:
            if self._tables is None:
                self._tables = Tables(self._database)
            return work(self._tables)

    def _close(self) -> None:
        with self._lock:
            if self._tables is not None:
                self._tables.close()
                self._tables = None

    def _refresh(self, tables: Tables, path: str) -> None:
        refresh(tables, self._root, path, tables.stamp(path))
        tables.commit()

    def _others(self, tables: Tables, wants: Wanted) -> Quotes:
        ranked = rank(wants, tables.named(wants.names))
        paths = list(dict.fromkeys(tag.path for tag in ranked))[:MAX_SHOWN_FILES]
        if self._caught_up(tables, paths):
            ranked = rank(wants, tables.named(wants.names))
            paths = list(dict.fromkeys(tag.path for tag in ranked))[:MAX_SHOWN_FILES]
        sources = {path: source for path in paths if (source := self._read(path)) is not None}
        members = {path: tables.members(path) for path in sources}
        return Quotes(tuple(pieces_for(wants, ranked, members, sources)), sources)

    def _users(self, tables: Tables, thing: Thing) -> list[str]:
        return likely_users(thing, (Candidate(path, partial(has_word, words)) for path, words in tables.words()))

    def _caught_up(self, tables: Tables, paths: Sequence[str]) -> bool:
        """Look whether files changed behind the index's back, and bring those up to date. True if any did."""
        changed = [path for path in paths if self._stamp(path) != tables.stamp(path)]
        for path in changed:
            refresh(tables, self._root, path, None)
        tables.commit()
        return bool(changed)

    def _stamp(self, path: str) -> Stamp | None:
        try:
            status = os.stat(self._root / path)
        except OSError:
            return None
        return Stamp(status.st_mtime_ns, status.st_size)

    def _read(self, path: str) -> Source | None:
        if not self._allowed(path):
            return None
        try:
            return Source((self._root / path).read_text("utf-8"), path)
        except (OSError, UnicodeDecodeError):
            return None
