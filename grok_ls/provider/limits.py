"""How many requests run at once, and how many begin in a minute: ceilings of the user, adapted below them on 429."""

from __future__ import annotations

import asyncio
import time
from asyncio import FIRST_COMPLETED
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import replace
from typing import Protocol

from grok_ls.budget import Reservation
from grok_ls.errors import ProviderTimeout, RateLimited
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, Event, Finished, Provider, Waiting
from grok_ls.provider.failures import Silent

WINDOW_S = 60.0
START = 5.0
# A pause that an endpoint asks for is kept by all requests; a longer one is its retry policy's matter.
LONGEST_PAUSE_S = 120.0


class Places(Protocol):
    """Who hands out places: ``LocalPlaces``, a gate that several processes and machines share, or both (``SharedPlaces``).

    ``at_once`` is asked whenever a place may be given, because a 429 counts for those too who wait already.
    """

    def place(
        self, *, at_once: Callable[[], int], per_minute: int, on_wait: Callable[[str], None] = ...
    ) -> AbstractAsyncContextManager[None]: ...


class LocalPlaces:
    """Places of this process, first come first served. 0 = no such limit. ``now`` gives seconds that only go
    forward."""

    def __init__(
        self,
        name: str,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._name = name
        self._now = now
        self._sleep = sleep
        self._running = 0
        self._queue: deque[object] = deque()
        self._begun: deque[float] = deque()
        self._sleeping: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def place(
        self, *, at_once: Callable[[], int], per_minute: int, on_wait: Callable[[str], None] = lambda _: None
    ) -> AsyncGenerator[None, None]:
        await self._enter(at_once, per_minute, on_wait)
        try:
            yield
        finally:
            self._running -= 1
            self._wake()

    async def _enter(self, at_once: Callable[[], int], per_minute: int, on_wait: Callable[[str], None]) -> None:
        ticket = object()
        self._queue.append(ticket)
        told = False
        try:
            while True:
                ceiling = at_once()
                if self._queue[0] is ticket and (not ceiling or self._running < ceiling):
                    pause_s = self._pause_s(per_minute)
                    if pause_s <= 0:
                        self._running += 1
                        self._begun.append(self._now())
                        return
                    on_wait(f"{per_minute} requests to {self._name} began within a minute (grok.requestsPerMinute).")
                    await self._sleep(pause_s)
                else:
                    if not told:
                        on_wait(
                            f"Other requests to {self._name} are running (grok.concurrency, at most {ceiling} now)."
                        )
                        told = True
                    await self._changed()
        finally:
            self._queue.remove(ticket)
            self._wake()

    def _pause_s(self, per_minute: int) -> float:
        while self._begun and self._begun[0] <= self._now() - WINDOW_S:
            self._begun.popleft()
        if not per_minute or len(self._begun) < per_minute:
            return 0.0
        return self._begun[0] + WINDOW_S - self._now()

    async def _changed(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleeping.append(future)
        await future

    def _wake(self) -> None:
        sleeping, self._sleeping = self._sleeping, []
        for future in sleeping:
            if not future.done():
                future.set_result(None)


class SharedPlaces:
    """Places that several processes hand out together, at most ``at_once`` to all of them.

    What this process has learnt about the endpoint bounds its own requests alone: as a ceiling on everybody's it would lock out whoever
    has just started or was turned down, for as long as the others keep the endpoint busy (tests/benchmarks/teams).
    """

    def __init__(self, shared: Places, own: Places, *, at_once: int) -> None:
        self._shared = shared
        self._own = own
        self._at_once = at_once

    @asynccontextmanager
    async def place(
        self, *, at_once: Callable[[], int], per_minute: int, on_wait: Callable[[str], None] = lambda _: None
    ) -> AsyncGenerator[None, None]:
        async with (
            self._own.place(at_once=at_once, per_minute=0, on_wait=on_wait),
            self._shared.place(at_once=lambda: self._at_once, per_minute=per_minute, on_wait=on_wait),
        ):
            yield


class Pace:
    """The adapted ceiling of one endpoint: halved by a 429, raised by about one with each round of successes."""

    def __init__(self, ceiling: int, *, now: Callable[[], float] = time.monotonic) -> None:
        self._ceiling = ceiling
        self._now = now
        self._limit = min(START, float(ceiling))
        self._halved_at = float("-inf")
        self._until = float("-inf")

    @property
    def at_once(self) -> int:
        return int(self._limit)

    @property
    def pause_s(self) -> float:
        """Seconds that the endpoint asked everyone to wait, as far as they are still to come."""
        return max(0.0, self._until - self._now())

    def limited(self, began_at: float, asked_s: float | None) -> None:
        """A 429. Requests that were under way when the limit was halved say nothing new."""
        if asked_s is not None:
            self._until = max(self._until, self._now() + min(asked_s, LONGEST_PAUSE_S))
        if began_at >= self._halved_at:
            self._limit = max(1.0, self._limit / 2)
            self._halved_at = self._now()

    def answered(self) -> None:
        self._limit = min(float(self._ceiling), self._limit + 1.0 / self._limit)

    def began(self) -> float:
        return self._now()


class Limited:
    """Wraps a provider: each request waits for its place, and tells the user if it has to."""

    def __init__(
        self,
        inner: Provider,
        places: Places,
        pace: Pace,
        *,
        per_minute: int,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._inner = inner
        self._places = places
        self._pace = pace
        self._per_minute = per_minute
        self._sleep = sleep

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _pause(self) -> AsyncGenerator[Waiting, None]:
        while (pause_s := self._pace.pause_s) > 0:
            yield Waiting(f"The endpoint asked for a pause of {max(1, round(pause_s))} s.")
            await self._sleep(pause_s)

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        now = asyncio.get_running_loop().time
        deadline = now() + call.timeouts.total_s
        async for waiting in self._pause():
            yield waiting
        told: asyncio.Queue[str] = asyncio.Queue()
        place = self._places.place(
            at_once=lambda: self._pace.at_once, per_minute=self._per_minute, on_wait=told.put_nowait
        )
        entering = asyncio.ensure_future(place.__aenter__())
        try:
            while not entering.done():
                telling = asyncio.ensure_future(told.get())
                try:
                    await asyncio.wait({entering, telling}, timeout=deadline - now(), return_when=FIRST_COMPLETED)
                finally:
                    telling.cancel()
                if telling.done() and not telling.cancelled():
                    yield Waiting(telling.result())
                elif not entering.done() and now() >= deadline:
                    raise _no_place()
            await entering
            # Asked for while this request waited for its place.
            async for waiting in self._pause():
                yield waiting
            left = replace(call, timeouts=replace(call.timeouts, total_s=deadline - now()))
            async with (
                aclosing(self._inner.stream(prompt, reservation, left)) as events,
                aclosing(self._watched(events)) as watched,
            ):
                async for event in watched:
                    yield event
        finally:
            await _leave(place, entering)

    async def _watched(self, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
        began_at = self._pace.began()
        try:
            async for event in events:
                if isinstance(event, Finished):
                    self._pace.answered()
                yield event
        except RateLimited as error:
            self._pace.limited(began_at, error.retry_after_s)
            raise


def _no_place() -> ProviderTimeout:
    return Silent(
        "No place for the request came free within grok.timeout.total: try again, or raise grok.concurrency or"
        " grok.requestsPerMinute."
    )


async def _leave(place: AbstractAsyncContextManager[None], entering: asyncio.Future[None]) -> None:
    """Give the place back, or the wish for one."""
    entering.cancel()
    await asyncio.wait({entering})
    if not entering.cancelled() and entering.exception() is None:
        await place.__aexit__(None, None, None)
