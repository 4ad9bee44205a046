"""The tables of the SQLite store and what is done to them, each inside a transaction of its caller (but ``purge``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING

from grok_ls.storage.age import COUNTERS_S, believed
from grok_ls.storage.base import Charge, Denied, Hold, Level, Row, Settled
from grok_ls.storage.memory import CLOCK_SLACK_S

if TYPE_CHECKING:
    import sqlite3

# One entry a version; ``PRAGMA user_version`` counts how many have run. Only ever append.
MIGRATIONS = (
    """
    CREATE TABLE texts (
        key TEXT PRIMARY KEY, value TEXT NOT NULL, bytes INTEGER NOT NULL, written_at REAL NOT NULL, expires_at REAL
    );
    CREATE TABLE counters (key TEXT PRIMARY KEY, spent INTEGER NOT NULL, touched_at REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE holds (id TEXT PRIMARY KEY, made_at REAL NOT NULL, expires_at REAL NOT NULL, lost_at REAL, lost TEXT);
    CREATE TABLE claims (
        counter TEXT NOT NULL, hold TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (counter, hold)
    ) WITHOUT ROWID;
    CREATE INDEX claims_by_hold ON claims (hold);
    CREATE TABLE usage (id TEXT PRIMARY KEY, at REAL NOT NULL, body TEXT NOT NULL, lost INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX usage_by_time ON usage (at);
    """,
)


class NewerFile(Exception):
    """The file has a version that this program does not know."""


def prepare(db: sqlite3.Connection) -> None:
    """Settings of a new connection, and the tables if they are not there."""
    db.execute("PRAGMA journal_mode = WAL")
    # In WAL this loses nothing when a process dies, and the last transactions at most when the machine does.
    db.execute("PRAGMA synchronous = NORMAL")
    if _version(db) == len(MIGRATIONS):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        version = _version(db)
        if version > len(MIGRATIONS):
            raise NewerFile(f"version {version}, known are {len(MIGRATIONS)}")
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in filter(str.strip, script.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number:d}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def get(db: sqlite3.Connection, key: str, now: float) -> str | None:
    found = db.execute(
        "SELECT value FROM texts WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)", (key, now)
    ).fetchone()
    return None if found is None else str(found[0])


def put(db: sqlite3.Connection, key: str, value: str, now: float, ttl_s: float | None) -> None:
    expires_at = None if ttl_s is None else now + ttl_s
    db.execute("REPLACE INTO texts VALUES (?, ?, ?, ?, ?)", (key, value, len(value.encode()), now, expires_at))


def trim(db: sqlite3.Connection, prefix: str, max_bytes: int, now: float) -> int:
    db.execute("DELETE FROM texts WHERE expires_at <= ?", (now,))
    kept = db.execute(
        "SELECT key, bytes FROM texts WHERE substr(key, 1, ?) = ? ORDER BY written_at, rowid", (len(prefix), prefix)
    ).fetchall()
    excess, dropped = sum(size for _, size in kept) - max_bytes, 0
    for key, size in kept:
        if excess <= 0:
            break
        db.execute("DELETE FROM texts WHERE key = ?", (key,))
        excess, dropped = excess - size, dropped + 1
    return dropped


def reserve(db: sqlite3.Connection, holds: Sequence[Hold], now: float) -> tuple[Level, ...] | Denied:
    expire(db, now)
    for claim in (claims := [claim for hold in holds for claim in hold.claims]):
        level = _level(db, claim.counter)
        if claim.ceiling is not None and claim.amount > 0 and level.spent + level.held + claim.amount > claim.ceiling:
            return Denied(claim, level)
    for hold in holds:
        lost = (None, None) if hold.lost is None else (hold.lost.at, hold.lost.body)
        db.execute("INSERT INTO holds VALUES (?, ?, ?, ?, ?)", (hold.id, hold.made_at, hold.expires_at, *lost))
        db.executemany(
            "INSERT INTO claims VALUES (?, ?, ?)", [(claim.counter, hold.id, claim.amount) for claim in hold.claims]
        )
    return tuple(_level(db, claim.counter) for claim in claims)


def settle(db: sqlite3.Connection, hold: Hold, charges: Sequence[Charge], row: Row | None, now: float) -> Settled:
    found = db.execute("SELECT lost FROM usage WHERE id = ?", (hold.id,)).fetchone()
    booked = found is None or bool(found[0])
    if booked:
        if found is not None:
            db.execute("DELETE FROM usage WHERE id = ?", (hold.id,))
            for claim in hold.claims:
                _spend(db, claim.counter, -claim.amount, now)
        _drop_hold(db, hold.id)
        for charge in charges:
            _spend(db, charge.counter, charge.amount, now)
        if row is not None:
            db.execute("INSERT INTO usage VALUES (?, ?, ?, 0)", (row.id, row.at, row.body))
    counters = dict.fromkeys([claim.counter for claim in hold.claims] + [charge.counter for charge in charges])
    return Settled(booked, _levels(db, counters))


def levels(db: sqlite3.Connection, counters: Sequence[str], now: float) -> tuple[Level, ...]:
    expire(db, now)
    return _levels(db, counters)


def reset(db: sqlite3.Connection, counter: str) -> None:
    db.execute("UPDATE counters SET spent = 0 WHERE key = ?", (counter,))


def append(db: sqlite3.Connection, row: Row) -> None:
    db.execute("INSERT OR IGNORE INTO usage VALUES (?, ?, ?, 0)", (row.id, row.at, row.body))


def rows(db: sqlite3.Connection, since: float, until: float, now: float) -> tuple[Row, ...]:
    expire(db, now)
    found = db.execute(
        "SELECT id, at, body FROM usage WHERE at >= ? AND at < ? ORDER BY at, id",
        (since, 1e300 if until == inf else until),
    )
    return tuple(Row(*fields) for fields in found)


def prune(db: sqlite3.Connection, keep_s: float, now: float) -> int:
    now = believed(now, lambda at: _newest(db, at))
    idle = now - max(keep_s, COUNTERS_S)
    db.execute("DELETE FROM counters WHERE touched_at < ? AND key NOT IN (SELECT counter FROM claims)", (idle,))
    return db.execute("DELETE FROM usage WHERE at < ?", (now - keep_s,)).rowcount


def _newest(db: sqlite3.Connection, before: float) -> float | None:
    found: float | None = db.execute("SELECT max(at) FROM usage WHERE at < ?", (before,)).fetchone()[0]
    return found


def purge(db: sqlite3.Connection) -> None:
    """VACUUM rewrites the file, and the truncated log keeps no old page either. The caller has begun no transaction."""
    db.execute("BEGIN IMMEDIATE")
    for table in ("texts", "counters", "holds", "claims", "usage"):
        db.execute(f"DELETE FROM {table}")
    db.execute("COMMIT")
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def expire(db: sqlite3.Connection, now: float) -> None:
    """Book the holds whose time is over (see ``base``)."""
    gone = db.execute(
        "SELECT id, lost_at, lost FROM holds WHERE expires_at <= ? OR made_at > ?", (now, now + CLOCK_SLACK_S)
    ).fetchall()
    for hold, lost_at, lost in gone:
        if lost is not None:
            for counter, amount in db.execute("SELECT counter, amount FROM claims WHERE hold = ?", (hold,)).fetchall():
                _spend(db, counter, amount, now)
            db.execute("INSERT OR IGNORE INTO usage VALUES (?, ?, ?, 1)", (hold, lost_at, lost))
        _drop_hold(db, hold)


def _drop_hold(db: sqlite3.Connection, hold: str) -> None:
    db.execute("DELETE FROM claims WHERE hold = ?", (hold,))
    db.execute("DELETE FROM holds WHERE id = ?", (hold,))


def _spend(db: sqlite3.Connection, counter: str, amount: int, now: float) -> None:
    # A counter that is spent on while the clock is behind the rows is no older for that.
    db.execute(
        "INSERT INTO counters VALUES (:counter, max(0, :amount), max(:now, (SELECT ifnull(max(at), 0) FROM usage))) "
        "ON CONFLICT (key) DO UPDATE SET spent = max(0, spent + :amount), touched_at = excluded.touched_at",
        {"counter": counter, "amount": amount, "now": now},
    )


def _levels(db: sqlite3.Connection, counters: Iterable[str]) -> tuple[Level, ...]:
    return tuple(_level(db, counter) for counter in counters)


def _level(db: sqlite3.Connection, counter: str) -> Level:
    spent, held = db.execute(
        "SELECT (SELECT spent FROM counters WHERE key = ?), (SELECT sum(amount) FROM claims WHERE counter = ?)",
        (counter, counter),
    ).fetchone()
    return Level(counter, spent or 0, held or 0)
