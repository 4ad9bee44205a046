"""Prompts, reservations and one way to ask, for all tests of providers."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest

from grok_ls.budget import Ledger, Limits, Reservation
from grok_ls.errors import BudgetExceeded, ProviderError
from grok_ls.prompts.prompt import Message, Prompt
from grok_ls.provider.base import Call, Event, Finished, Provider, ReasoningDelta, Started, TextDelta, Waiting
from grok_ls.redaction.redact import Redacted, Vocabulary, redact
from grok_ls.storage.memory import MemoryStore
from tests.fake_xai.fixtures import fake_xai, fake_xai_thread

__all__ = ["fake_xai", "fake_xai_thread"]


@dataclass(slots=True)
class Asked:
    """All events of one request, and how it ended."""

    events: list[Event] = field(default_factory=list)
    error: ProviderError | None = None
    # Beside the first one.
    reservations: int = 0

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, TextDelta))

    @property
    def reasoning(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, ReasoningDelta))

    @property
    def waits(self) -> list[str]:
        return [event.message for event in self.events if isinstance(event, Waiting)]

    @property
    def started(self) -> Started:
        return next(event for event in self.events if isinstance(event, Started))

    @property
    def finished(self) -> Finished:
        assert self.error is None, self.error.detail or self.error.message
        last = self.events[-1]
        assert isinstance(last, Finished)
        return last


def _redacted(text: str) -> Redacted:
    return redact(text, Vocabulary(b"tests"))


@pytest.fixture
def redacted() -> Callable[[str], Redacted]:
    return _redacted


@pytest.fixture
def prompt() -> Prompt:
    messages = (Message("system", _redacted("You repair code.")), Message("user", _redacted("Fix: print(1")))
    return Prompt("fix/1", messages, cache_key="5f2b")


@pytest.fixture
def reserve() -> Callable[[int], Awaitable[Reservation]]:
    """A real reservation with this output limit."""
    ledger = Ledger(MemoryStore())

    async def make(cap: int = 512) -> Reservation:
        return await ledger.reserve(
            "s", Limits(session_tokens=0), input_tokens=800, max_output_tokens=cap, worst_usd=None
        )

    return make


Ask = Callable[..., Awaitable[Asked]]


@pytest.fixture
def ask(prompt: Prompt, reserve: Callable[[int], Awaitable[Reservation]]) -> Ask:
    """``await ask(provider, call, cap=512)``: the whole stream, with a budget for any number of attempts (``poor``: for one)."""

    async def run(provider: Provider, call: Call | None = None, *, cap: int = 512, poor: bool = False) -> Asked:
        asked = Asked()
        reservation = await reserve(cap)

        async def more() -> Reservation:
            if poor:
                raise BudgetExceeded("the session's budget is used up")
            asked.reservations += 1
            return await reserve(cap)

        call = replace(call or Call("grok-4.3"), more=more)
        try:
            async with contextlib.aclosing(provider.stream(prompt, reservation, call)) as events:
                async for event in events:
                    asked.events.append(event)
        except ProviderError as error:
            asked.error = error
        return asked

    return run
