"""A store in this process: for tests, for ``grok.storage: memory``, and to go on with when another store fails."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import inf

from grok_ls.storage.age import COUNTERS_S, believed
from grok_ls.storage.base import Charge, Denied, Hold, Level, Row, Settled

# A hold whose clock is a day ahead of ours was made before the clock was set back; waiting for it could take years.
CLOCK_SLACK_S = 86_400.0
# A server may run for months.
MAX_ROWS = 10_000


class MemoryStore:
    """``now`` gives unix seconds. No method awaits anything, so every one is atomic on its event loop."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._texts: dict[str, tuple[str, float]] = {}
        self._spent: dict[str, int] = {}
        self._touched: dict[str, float] = {}
        self._holds: dict[str, Hold] = {}
        self._held: defaultdict[str, int] = defaultdict(int)
        self._rows: dict[str, Row] = {}
        self._lost: set[str] = set()
        # Of the rows: a counter that is spent on while the clock is behind it is no older for that.
        self._newest = 0.0

    async def get(self, key: str) -> str | None:
        value, expires_at = self._texts.get(key, (None, inf))
        return value if expires_at > self._now() else None

    async def put(self, key: str, value: str, ttl_s: float | None = None) -> None:
        self._texts.pop(key, None)
        self._texts[key] = (value, inf if ttl_s is None else self._now() + ttl_s)

    async def trim(self, prefix: str, max_bytes: int) -> int:
        now = self._now()
        for key in [key for key, (_, expires_at) in self._texts.items() if expires_at <= now]:
            del self._texts[key]
        sizes = {key: len(value.encode()) for key, (value, _) in self._texts.items() if key.startswith(prefix)}
        excess, dropped = sum(sizes.values()) - max_bytes, 0
        for key, size in sizes.items():
            if excess <= 0:
                break
            del self._texts[key]
            excess, dropped = excess - size, dropped + 1
        return dropped

    async def reserve(self, hold: Hold, *also: Hold) -> tuple[Level, ...] | Denied:
        self._expire()
        claims = [claim for one in (hold, *also) for claim in one.claims]
        for claim in claims:
            level = self._level(claim.counter)
            if (
                claim.ceiling is not None
                and claim.amount > 0
                and level.spent + level.held + claim.amount > claim.ceiling
            ):
                return Denied(claim, level)
        self._holds.update({one.id: one for one in (hold, *also)})
        for claim in claims:
            self._held[claim.counter] += claim.amount
        return tuple(self._level(claim.counter) for claim in claims)

    async def settle(self, hold: Hold, charges: Sequence[Charge] = (), row: Row | None = None) -> Settled:
        booked = hold.id not in self._rows or hold.id in self._lost
        if booked:
            self._end(hold)
            for charge in charges:
                self._spend(charge.counter, charge.amount)
            if row is not None:
                self._keep(row)
        counters = dict.fromkeys([claim.counter for claim in hold.claims] + [charge.counter for charge in charges])
        return Settled(booked, tuple(self._level(counter) for counter in counters))

    async def levels(self, counters: Sequence[str]) -> tuple[Level, ...]:
        self._expire()
        return tuple(self._level(counter) for counter in counters)

    async def reset(self, counter: str) -> None:
        self._spent.pop(counter, None)

    async def append(self, row: Row) -> None:
        if row.id not in self._rows:
            self._keep(row)

    async def rows(self, since: float, until: float = inf) -> tuple[Row, ...]:
        self._expire()
        return tuple(sorted((row for row in self._rows.values() if since <= row.at < until), key=_age))

    async def prune(self, keep_s: float) -> int:
        now = believed(self._now(), lambda at: max((r.at for r in self._rows.values() if r.at < at), default=None))
        old = [row.id for row in self._rows.values() if row.at < now - keep_s]
        for id_ in old:
            self._forget(id_)
        held = {claim.counter for hold in self._holds.values() for claim in hold.claims}
        idle = now - max(keep_s, COUNTERS_S)
        for counter in [counter for counter, touched in self._touched.items() if touched < idle]:
            if counter not in held:
                self._spent.pop(counter, None)
                del self._touched[counter]
        return len(old)

    async def purge(self) -> bool:
        for kept in (self._texts, self._spent, self._touched, self._holds, self._held, self._rows, self._lost):
            kept.clear()
        self._newest = 0.0
        return True

    async def aclose(self) -> None:
        """Nothing to close; the contents stay readable."""

    def adopt(self, levels: Sequence[Level]) -> None:
        """Go on counting from what another store said was spent."""
        for level in levels:
            self._spent[level.counter] = level.spent
            self._touched[level.counter] = self._now()

    def forget_rows(self) -> None:
        """Another store has them now."""
        self._rows.clear()
        self._lost.clear()
        self._newest = 0.0

    def _level(self, counter: str) -> Level:
        return Level(counter, self._spent.get(counter, 0), self._held.get(counter, 0))

    def _spend(self, counter: str, amount: int) -> None:
        self._spent[counter] = max(0, self._spent.get(counter, 0) + amount)
        self._touched[counter] = max(self._now(), self._newest)

    def _keep(self, row: Row) -> None:
        self._rows[row.id] = row
        self._newest = max(self._newest, row.at)
        if len(self._rows) > MAX_ROWS:
            self._forget(next(iter(self._rows)))

    def _forget(self, id_: str) -> None:
        row = self._rows.pop(id_)
        self._lost.discard(id_)
        if row.at >= self._newest:
            self._newest = max((row.at for row in self._rows.values()), default=0.0)

    def _end(self, hold: Hold) -> None:
        """Take back what was held for it, or what was booked for it when it was lost."""
        if self._holds.pop(hold.id, None) is not None:
            for claim in hold.claims:
                self._held[claim.counter] -= claim.amount
        elif hold.id in self._lost:
            self._forget(hold.id)
            for claim in hold.claims:
                self._spend(claim.counter, -claim.amount)

    def _expire(self) -> None:
        now = self._now()
        for hold in [h for h in self._holds.values() if h.expires_at <= now or h.made_at > now + CLOCK_SLACK_S]:
            del self._holds[hold.id]
            for claim in hold.claims:
                self._held[claim.counter] -= claim.amount
                if hold.lost is not None:
                    self._spend(claim.counter, claim.amount)
            if hold.lost is not None:
                self._keep(hold.lost)
                self._lost.add(hold.id)


def _age(row: Row) -> tuple[float, str]:
    return row.at, row.id
