"""The tables of the index: definitions by the hash of the text they are in, and which file has which text.

Keyed by content, so that a branch that is checked out again costs nothing. Everything here blocks: it is called in the
index's own process or in a thread.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grok_ls.context.across import Tag

# A new number for every change of the tables or of what a tag is: an index of another number is thrown away.
VERSION = 3
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, hash BLOB NOT NULL, mtime_ns INTEGER NOT NULL, size INTEGER
NOT NULL) WITHOUT ROWID; CREATE INDEX IF NOT EXISTS files_by_hash ON files (hash); CREATE TABLE IF NOT EXISTS tags
(hash BLOB NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, first INTEGER NOT NULL, head INTEGER NOT NULL, last
INTEGER NOT NULL, owner TEXT NOT NULL); CREATE INDEX IF NOT EXISTS tags_by_name ON tags (name); CREATE INDEX IF NOT
EXISTS tags_by_hash ON tags (hash); CREATE TABLE IF NOT EXISTS texts (hash BLOB PRIMARY KEY, words BLOB NOT NULL);
"""
# A name with more definitions than this says nothing unless it is imported, and then these are enough to find it among.
_PER_NAME = 200


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known to be unchanged without reading it."""

    mtime_ns: int
    size: int


def digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


class Tables:
    """One connection. Not for two threads at a time."""

    def __init__(self, database: Path) -> None:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            self._open(database)
        except sqlite3.DatabaseError:  # Cut or foreign: everything in it can be made again.
            for suffix in ("", "-wal", "-shm"):
                Path(f"{database}{suffix}").unlink(missing_ok=True)
            self._open(database)

    def _open(self, database: Path) -> None:
        self._db = sqlite3.connect(database, timeout=5, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA cache_size = -16000")
        if self._db.execute("PRAGMA user_version").fetchone()[0] not in (0, VERSION):
            for table in ("files", "tags", "texts"):
                self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {VERSION}")
        self._db.commit()

    def stamps(self) -> dict[str, Stamp]:
        return {
            path: Stamp(mtime, size) for path, mtime, size in self._db.execute("SELECT path, mtime_ns, size FROM files")
        }

    def knows(self, text: bytes) -> bool:
        """True if the definitions of the text with this digest are there."""
        return self._db.execute("SELECT 1 FROM texts WHERE hash = ?", (text,)).fetchone() is not None

    def put(self, path: str, text: bytes, stamp: Stamp, tags: Sequence[Tag] | None, words: bytes = b"") -> None:
        """``path`` has the text with this digest; ``tags`` are its definitions, ``None`` if they are known, ``words`` its
        words (``words_filter``).
        """
        if tags is not None:
            self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (text, words))
            self._db.executemany(
                "INSERT INTO tags VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(text, t.name, t.kind, t.first_line, t.head_line, t.last_line, t.owner) for t in tags],
            )
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (path, text, stamp.mtime_ns, stamp.size))

    def remove(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def sweep(self) -> None:
        """Forget the definitions of texts that no file has any more."""
        self._db.execute("DELETE FROM tags WHERE hash NOT IN (SELECT hash FROM files)")
        self._db.execute("DELETE FROM texts WHERE hash NOT IN (SELECT hash FROM files)")

    def named(self, names: Iterable[str]) -> list[Tag]:
        """The definitions with one of these names."""
        found: list[Tag] = []
        for name in names:
            found += self._tags("tags.name = ?", (name,))
        return found

    def members(self, path: str) -> list[Tag]:
        """The definitions of a file that are in a class."""
        return self._tags("files.path = ? AND tags.owner != ''", (path,), limit=5000)

    def words(self) -> Iterator[tuple[str, bytes]]:
        """Every file with its words."""
        yield from self._db.execute("SELECT path, words FROM files JOIN texts USING (hash)")

    def stamp(self, path: str) -> Stamp | None:
        row = self._db.execute("SELECT mtime_ns, size FROM files WHERE path = ?", (path,)).fetchone()
        return Stamp(*row) if row else None

    def count(self) -> tuple[int, int]:
        """Files and definitions."""
        files = self._db.execute("SELECT count(*) FROM files").fetchone()[0]
        return files, self._db.execute("SELECT count(*) FROM tags").fetchone()[0]

    def commit(self) -> None:
        self._db.commit()

    def close(self) -> None:
        self._db.close()

    def _tags(self, where: str, values: tuple[str, ...], limit: int = _PER_NAME) -> list[Tag]:
        rows = self._db.execute(
            "SELECT files.path, tags.name, kind, first, head, last, owner FROM tags JOIN files USING (hash)"
            f" WHERE {where} LIMIT {limit}",
            values,
        )
        return [Tag(*row) for row in rows]
