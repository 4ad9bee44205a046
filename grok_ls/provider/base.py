"""The port: one method, a stream of events. Knows no SDK, no endpoint, no settings.

``stream`` takes a ``Prompt`` (nothing unredacted gets out) and a ``Reservation`` (nothing unreserved gets spent); the
output limit that is sent is the reservation's, so a request cannot cost more than was reserved for it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from grok_ls.budget import Reservation
from grok_ls.prompts.prompt import Prompt
from grok_ls.usage import Usage


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, of silence before the first event, of silence between events, and of the whole request."""

    connect_s: float = 10.0
    first_token_s: float = 120.0
    idle_s: float = 60.0
    total_s: float = 600.0


@dataclass(frozen=True, slots=True)
class Call:
    """How to ask: the model's slug as the user wrote it, its effort and tier (``None`` = send none), how long to wait.

    ``more`` gives leave to spend as much again, after an attempt that was or may be billed: one reservation pays one of them.
    It raises ``BudgetExceeded``; without it such an attempt is not repeated.
    """

    model: str
    reasoning_effort: str | None = None
    timeouts: Timeouts = Timeouts()
    service_tier: str | None = None
    more: Callable[[], Awaitable[Reservation]] | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The endpoint accepted the request. ``served_model`` is what really runs, if it said so; ``keeps_nothing``: whether it says that it
    keeps neither request nor answer (xAI's header ``x-zero-data-retention``), ``None`` if it does not say. ``request_id`` is its own name
    of the request. ``endpoint`` names who answers where that is not the one that was asked first, ``because`` why.
    """

    served_model: str | None = None
    keeps_nothing: bool | None = None
    request_id: str | None = None
    endpoint: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A status for the user while nothing comes: one sentence. ``retry``: it announces the request's n-th
    repetition. ``rate_limited``: because the endpoint turned a request down as too many (429). ``lost``: what the attempt
    before cost, to be booked besides what the next one says."""

    message: str
    retry: int = 0
    rate_limited: bool = False
    lost: Usage | None = None


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """Shown as status; never part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The terminal event: without it there is no answer. ``usage`` is ``None`` if the endpoint reported none."""

    usage: Usage | None
    served_model: str | None


Event = Started | Waiting | ReasoningDelta | TextDelta | Finished


class Provider(Protocol):
    """Raises the ``ProviderError`` tree and nothing else. Closing the generator (``contextlib.aclosing``) closes the
    connection.

    A stream that ends without ``Finished`` raises; an answer cut at the output limit raises ``Truncated``. When usage
    was reported although the request failed, it is in ``error.usage``.
    """

    def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]: ...

    async def aclose(self) -> None: ...
