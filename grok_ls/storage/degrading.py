"""A store that does not fail: while its backend does not work, it counts in this process, and says so; once, until it
is back.

What the backend reported is mirrored in memory, so local counting goes on from the last known truth. What was booked
meanwhile is owed to the backend and paid when it is back; settling is idempotent, so a call whose answer got lost may
be paid again. Nobody ever waits for a probe: those run in the background, at most one every ``probe_s``.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from math import inf
from typing import Any, TypeVar

from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, Settled, Store, StoreFailed
from grok_ls.storage.memory import MemoryStore

T = TypeVar("T")
Debt = Callable[[Store], Awaitable[object]]

PROBE_S = 30.0
CLOSE_S = 2.0
MAX_OWED = 20_000
# A backend that comes and goes is told about no more often.
QUIET_S = 600.0


class DegradingStore:
    """``on_problem`` gets one sentence a kind of trouble, ``on_return`` ``again`` when it is over, both on the event loop and in
    ``QUIET_S`` at most once for each kind. ``clock`` is monotonic seconds, ``now`` unix seconds.

    ``meanwhile`` ends the sentence of trouble: what is done now, and what the user can do.
    """

    def __init__(
        self,
        backend: Store,
        on_problem: Callable[[str], None],
        *,
        meanwhile: str,
        again: str = "",
        on_return: Callable[[str], None] = lambda _: None,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        probe_s: float = PROBE_S,
        close_s: float = CLOSE_S,
    ) -> None:
        self._backend = backend
        self._local = MemoryStore(now)
        self._on_problem = on_problem
        self._meanwhile = meanwhile
        self._clock = clock
        self._probe_s = probe_s
        self._close_s = close_s
        self._again = again
        self._on_return = on_return
        # The kind of trouble that the user knows of, ``None`` while all is well to their knowledge; and when each was told.
        self._known: str | None = None
        self._told_at: dict[str, float] = {}
        self._owed: deque[Debt] = deque(maxlen=MAX_OWED)
        self._down_until: float | None = None
        self._probe: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def degraded(self) -> bool:
        return self._down_until is not None

    async def get(self, key: str) -> str | None:
        return await self._run(lambda: self._try(lambda: self._backend.get(key), lambda: self._local.get(key)))

    async def put(self, key: str, value: str, ttl_s: float | None = None) -> None:
        # A text that is lost costs a request at most, so it is not owed.
        await self._run(
            lambda: self._try(lambda: self._backend.put(key, value, ttl_s), lambda: self._local.put(key, value, ttl_s))
        )

    async def trim(self, prefix: str, max_bytes: int) -> int:
        return await self._run(
            lambda: self._try(
                lambda: self._backend.trim(prefix, max_bytes), lambda: self._local.trim(prefix, max_bytes)
            )
        )

    async def reserve(self, hold: Hold, *also: Hold) -> tuple[Level, ...] | Denied:
        return await self._run(lambda: self._reserve((hold, *also)))

    async def settle(self, hold: Hold, charges: Sequence[Charge] = (), row: Row | None = None) -> Settled:
        return await self._run(lambda: self._settle(hold, tuple(charges), row))

    async def levels(self, counters: Sequence[str]) -> tuple[Level, ...]:
        return await self._run(lambda: self._levels(tuple(counters)))

    async def reset(self, counter: str) -> None:
        await self._local.reset(counter)
        await self._run(lambda: self._write(lambda store: store.reset(counter)))

    async def append(self, row: Row) -> None:
        await self._run(lambda: self._write(lambda store: store.append(row)))

    async def rows(self, since: float, until: float = inf) -> tuple[Row, ...]:
        return await self._run(
            lambda: self._try(lambda: self._backend.rows(since, until), lambda: self._local.rows(since, until))
        )

    async def prune(self, keep_s: float) -> int:
        await self._local.prune(keep_s)
        return await self._run(
            lambda: self._try(lambda: self._backend.prune(keep_s), lambda: self._local.prune(keep_s))
        )

    async def purge(self) -> bool:
        """Asks the backend even while it counts as down: purging is how a damaged file is replaced."""
        self._owed.clear()
        await self._local.purge()
        return await self._run(lambda: self._purge_backend())

    async def aclose(self) -> None:
        """Waits a moment for what was asked for, pays what is owed if the backend is back, then closes it."""
        if self._probe is not None:
            self._probe.cancel()
            await asyncio.gather(self._probe, return_exceptions=True)
        if self._running:
            await asyncio.wait(self._running, timeout=self._close_s)
        for last in (self._pay, self._backend.aclose):
            with contextlib.suppress(StoreFailed, TimeoutError):
                async with asyncio.timeout(self._close_s):
                    await last()

    async def _reserve(self, holds: tuple[Hold, ...]) -> tuple[Level, ...] | Denied:
        if not self._is_down():
            try:
                outcome = await self._backend.reserve(*holds)
            except StoreFailed as failure:
                self._go_down(failure)
            else:
                if isinstance(outcome, Denied):
                    self._local.adopt([outcome.level])
                else:
                    self._local.adopt(outcome)
                    await self._local.reserve(*map(_without_ceilings, holds))
                return outcome
        outcome = await self._local.reserve(*holds)
        if isinstance(outcome, Denied):
            # The backend may have held it before its answer got lost, and nobody will settle it.
            self._owed.extend(partial(_end, hold) for hold in holds)
        return outcome

    async def _settle(self, hold: Hold, charges: tuple[Charge, ...], row: Row | None) -> Settled:
        if not self._is_down():
            try:
                there = await self._backend.settle(hold, charges, row)
            except StoreFailed as failure:
                self._go_down(failure)
            else:
                await self._local.settle(hold)
                self._local.adopt(there.levels)
                return there
        self._owed.append(lambda store: store.settle(hold, charges, row))
        return await self._local.settle(hold, charges, row)

    async def _levels(self, counters: tuple[str, ...]) -> tuple[Level, ...]:
        if not self._is_down():
            try:
                found = await self._backend.levels(counters)
            except StoreFailed as failure:
                self._go_down(failure)
            else:
                # What others spent counts here too, should the backend fail next.
                self._local.adopt(found)
                return found
        return await self._local.levels(counters)

    async def _write(self, write: Debt) -> None:
        if not self._is_down():
            try:
                await write(self._backend)
                return
            except StoreFailed as failure:
                self._go_down(failure)
        self._owed.append(write)
        await write(self._local)

    async def _purge_backend(self) -> bool:
        try:
            await self._backend.purge()
        except StoreFailed as failure:
            self._go_down(failure)
            self._owed.append(lambda store: store.purge())
            return False
        self._down_until = self._known = None
        return True

    async def _try(self, there: Callable[[], Awaitable[T]], here: Callable[[], Awaitable[T]]) -> T:
        if not self._is_down():
            try:
                return await there()
            except StoreFailed as failure:
                self._go_down(failure)
        return await here()

    def _is_down(self) -> bool:
        """Starts a probe in the background when it is time for one."""
        if self._down_until is None:
            return False
        if self._clock() >= self._down_until and (self._probe is None or self._probe.done()):
            self._probe = asyncio.create_task(self._come_back(), name="grok-ls storage probe")
        return True

    def _go_down(self, failure: StoreFailed) -> None:
        now = self._clock()
        self._down_until = now + self._probe_s
        if failure.kind != self._known and now - self._told_at.get(failure.kind, -inf) >= QUIET_S:
            self._known, self._told_at[failure.kind] = failure.kind, now
            self._on_problem(f"{failure.message}: {self._meanwhile}")

    async def _come_back(self) -> None:
        try:
            await self._pay()
        except StoreFailed as failure:
            self._go_down(failure)
        else:
            self._down_until = None
            if self._known is not None:
                self._known = None
                self._on_return(self._again)

    async def _pay(self) -> None:
        if self.degraded or self._owed:
            await self._backend.levels(())
        while self._owed:
            debt = self._owed[0]
            await debt(self._backend)
            # Only now: what failed stays owed. A purge meanwhile has emptied the list.
            if self._owed and self._owed[0] is debt:
                self._owed.popleft()
        self._local.forget_rows()

    async def _run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """``work`` as a task of its own that outlives a cancelled caller."""
        task = asyncio.create_task(work())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)


def _end(hold: Hold, store: Store) -> Awaitable[object]:
    return store.settle(hold)


def _without_ceilings(hold: Hold) -> Hold:
    claims = tuple(Claim(claim.counter, claim.amount) for claim in hold.claims)
    return Hold(hold.id, claims, hold.made_at, hold.expires_at, hold.lost)
