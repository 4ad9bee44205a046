"""Places for requests that all processes and machines of one store share: so many at once, and so many begun in any
minute.

A place is a hold without a loss: whoever dies with one gives it back when it expires. With ``memory`` the gate is that
of this process.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from grok_ls.storage.base import Claim, Denied, Hold, Store

T = TypeVar("T")

PLACE_TTL_S = 900.0
WINDOW_S = 60.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 1.0


class Gate:
    """``name`` is what the places are for, such as a host; ``now`` gives unix seconds."""

    def __init__(
        self,
        store: Store,
        name: str,
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._name = name
        self._now = now
        self._sleep = sleep
        self._running: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def place(
        self, *, at_once: Callable[[], int], per_minute: int, on_wait: Callable[[str], None] = lambda _: None
    ) -> AsyncGenerator[None, None]:
        """Wait for a place and keep it for the body. 0 = no such limit. ``on_wait`` gets one sentence if there is none
        yet.
        """
        pause_s, told = _FIRST_PAUSE_S, ""
        while isinstance(taken := await self._taken(at_once(), per_minute), str):
            if taken != told:
                told = taken
                on_wait(taken)
            await self._sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        try:
            yield
        finally:
            # A cancelled body still gives its place back.
            await asyncio.shield(self._spawn(self._give_back(taken)))

    async def _taken(self, at_once: int, per_minute: int) -> Hold | str:
        """``_take``, except that a caller who is cancelled meanwhile leaves no place behind."""
        task = self._spawn(self._take(at_once, per_minute))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._spawn(self._give_back(task))
            raise

    async def _give_back(self, taken: Hold | asyncio.Task[Hold | str]) -> None:
        place = taken if isinstance(taken, Hold) else await taken
        if isinstance(place, Hold):
            await self._store.settle(place)

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _take(self, at_once: int, per_minute: int) -> Hold | str:
        """The place, or why there is none."""
        place, begun = self._hold("at once", at_once, PLACE_TTL_S), self._hold("in a minute", per_minute, WINDOW_S)
        outcome = await self._store.reserve(place, begun)
        if not isinstance(outcome, Denied):
            return place
        if outcome.claim in place.claims:
            return f"Waiting: {at_once} requests to {self._name} are running (grok.concurrency)."
        return f"Waiting: {per_minute} requests to {self._name} began within a minute (grok.requestsPerMinute)."

    def _hold(self, what: str, ceiling: int, ttl_s: float) -> Hold:
        now = self._now()
        return Hold(uuid.uuid4().hex, (Claim(f"gate:{what}:{self._name}", 1, ceiling or None),), now, now + ttl_s)
