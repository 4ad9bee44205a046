"""The circuit breaker: an endpoint that fails too often is left alone for a while, then asked by one request alone."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Literal

from grok_ls.budget import Reservation
from grok_ls.errors import ProviderTimeout, ProviderUnavailable
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, Event, Finished, Provider
from grok_ls.provider.failures import Blocked

State = Literal["closed", "open", "half-open"]

WINDOW_S = 300.0
THRESHOLD = 0.2
# Below so many requests in the window a share says nothing: one job with all its retries is four.
AT_LEAST = 20
FIRST_PAUSE_S = 15.0
LONGEST_PAUSE_S = 240.0


class BreakerOpen(Blocked):
    """Nothing was sent. Trying again at once does not help; another endpoint may."""


class Admission:
    """That a request may go out. One for each: only the outcome of the probe ends an opening."""

    __slots__ = ()


class Breaker:
    """The count of one endpoint. ``now`` gives seconds that only go forward."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._outcomes: deque[tuple[float, bool]] = deque()
        self._opened_at: float | None = None
        self._pause_s = FIRST_PAUSE_S
        self._probe: Admission | None = None

    @property
    def state(self) -> State:
        if self._opened_at is None:
            return "closed"
        return "half-open" if self.wait_s <= 0 else "open"

    @property
    def wait_s(self) -> float:
        """Seconds until it is half open; 0 where it is not open."""
        return 0.0 if self._opened_at is None else max(0.0, self._opened_at + self._pause_s - self._now())

    def admit(self) -> Admission | None:
        """``None``: no request may go out now. While half open, one may, until its outcome is known."""
        if self.state == "closed":
            return Admission()
        if self.state == "open" or self._probe is not None:
            return None
        self._probe = Admission()
        return self._probe

    def book(self, admission: Admission, ok: bool | None) -> None:
        """The outcome of a request; ``None``: it says nothing (cancelled, refused for its content).

        Nor does one that was admitted before an opening and ends within it.
        """
        now = self._now()
        if admission is self._probe:
            self._probe = None
            if ok is not None:
                self._probed(ok, now)
            return
        if ok is None or self._opened_at is not None:
            return
        self._outcomes.append((now, ok))
        while self._outcomes[0][0] < now - WINDOW_S:
            self._outcomes.popleft()
        failed = sum(not fine for _, fine in self._outcomes)
        if not ok and len(self._outcomes) >= AT_LEAST and failed > THRESHOLD * len(self._outcomes):
            self._opened_at = now
            self._outcomes.clear()

    def _probed(self, ok: bool, now: float) -> None:
        if ok:
            self._opened_at, self._pause_s = None, FIRST_PAUSE_S
        else:
            self._opened_at, self._pause_s = now, min(2 * self._pause_s, LONGEST_PAUSE_S)


class Breaking:
    """Wraps a provider; refuses while its breaker is open."""

    def __init__(self, inner: Provider, breaker: Breaker, name: str) -> None:
        self._inner = inner
        self._breaker = breaker
        self._name = name

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        admission = self._breaker.admit()
        if admission is None:
            raise BreakerOpen(
                f"{self._name} failed too often in the last minutes and is left alone for now: try again in"
                f" {max(1, round(self._breaker.wait_s))} s."
            )
        ok: bool | None = None
        try:
            async with aclosing(self._inner.stream(prompt, reservation, call)) as events:
                async for event in events:
                    if isinstance(event, Finished):
                        ok = True
                    yield event
        except (ProviderUnavailable, ProviderTimeout) as error:
            ok = None if isinstance(error, Blocked) else False
            raise
        finally:
            self._breaker.book(admission, ok)
