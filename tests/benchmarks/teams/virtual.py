"""An event loop whose clock jumps: an hour of waiting costs no time, while a real server is asked with real connections.

Time goes on only when nothing else can happen: every callback has run, no socket has news, and nobody waits for a server outside of
this process. So what a server does takes no time here, and what was asked for 8 s takes exactly 8.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeVar

from redis.asyncio import Redis

from grok_ls.storage.redis import RedisStore

T = TypeVar("T")
# The morning of a working day, so that no day ends in between.
MORNING = time.mktime((2026, 11, 23, 9, 0, 0, 0, 0, -1))
_REAL_WAIT_S = 0.05
_STUCK_S = 60.0


class VirtualLoop(asyncio.SelectorEventLoop):
    """``asked``: questions to servers that are not answered yet; their owners count them up and down. ``questions``: how many there were
    in each simulated minute.
    """

    def __init__(self) -> None:
        self._virtual_s = 0.0
        self.asked = 0
        self.questions: Counter[int] = Counter()
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self._virtual_s

    def jump(self, seconds: float) -> None:
        self._virtual_s += seconds

    def wall(self) -> float:
        """Unix seconds of the simulated day."""
        return MORNING + self._virtual_s


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop
        self._idle_since: float | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if found or timeout == 0:
            self._idle_since = None
            return found
        if timeout is not None and not self._loop.asked:
            self._loop.jump(max(0.0, timeout))
            return []
        self._idle_since = self._idle_since or time.monotonic()
        if time.monotonic() - self._idle_since > _STUCK_S:
            raise AssertionError(f"nothing happened for {_STUCK_S:g} s, with {self._loop.asked} questions open")
        return super().select(_REAL_WAIT_S)


class CountedRedis(RedisStore):
    """The product's store, except that the loop knows how many answers are still to come."""

    def __init__(self, url: str, loop: VirtualLoop) -> None:
        super().__init__(url, now=loop.wall)
        self._loop = loop

    async def _ask(self, question: Callable[[Redis], Awaitable[Any]]) -> Any:
        self._loop.asked += 1
        self._loop.questions[int(self._loop.time() // 60)] += 1
        try:
            return await super()._ask(question)
        finally:
            self._loop.asked -= 1


def run(main: Callable[[VirtualLoop], Coroutine[Any, Any, T]]) -> T:
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(main(loop))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def info(text: Mapping[str, Any]) -> tuple[float, float]:
    """(bytes in use, seconds of processor time) of what Redis says about itself."""
    return float(text["used_memory"]), float(text["used_cpu_user"]) + float(text["used_cpu_sys"])
