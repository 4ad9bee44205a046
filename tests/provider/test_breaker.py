"""The breaker, with its clock in the test's hand."""

from __future__ import annotations

import pytest

from grok_ls.errors import BadRequest, ProviderUnavailable
from grok_ls.provider.breaker import AT_LEAST, FIRST_PAUSE_S, WINDOW_S, Breaker, BreakerOpen, Breaking
from grok_ls.provider.failures import Blocked
from grok_ls.provider.scripted import ScriptedProvider


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def one(breaker: Breaker, ok: bool | None) -> None:
    """A request with its outcome."""
    admission = breaker.admit()
    assert admission is not None
    breaker.book(admission, ok)


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(now=clock)
    for _ in range(AT_LEAST):
        one(breaker, False)
    return breaker


def test_a_few_failures_open_nothing(clock: Clock) -> None:
    breaker = Breaker(now=clock)
    for _ in range(AT_LEAST - 1):
        one(breaker, False)
    assert breaker.state == "closed"


def test_a_fifth_of_failures_is_borne_and_more_opens(clock: Clock) -> None:
    breaker = Breaker(now=clock)
    for n in range(100):
        one(breaker, n % 5 != 4)
    assert breaker.state == "closed"
    one(breaker, False)
    assert breaker.state == "open"
    assert breaker.admit() is None


def test_old_failures_are_forgotten(clock: Clock) -> None:
    breaker = Breaker(now=clock)
    for _ in range(AT_LEAST - 1):
        one(breaker, False)
    clock.now += WINDOW_S + 1
    one(breaker, False)
    assert breaker.state == "closed"


def test_half_open_lets_one_through_and_its_success_closes(clock: Clock) -> None:
    breaker = opened(clock)
    clock.now += FIRST_PAUSE_S
    assert breaker.state == "half-open"
    probe = breaker.admit()
    assert probe is not None
    assert breaker.admit() is None
    breaker.book(probe, True)
    assert breaker.state == "closed"
    assert breaker.admit() is not None


def test_a_failed_probe_opens_for_longer_and_a_cancelled_one_frees_its_place(clock: Clock) -> None:
    breaker = opened(clock)
    clock.now += FIRST_PAUSE_S
    one(breaker, None)
    one(breaker, False)
    assert breaker.state == "open"
    clock.now += FIRST_PAUSE_S
    assert breaker.state == "open"
    clock.now += FIRST_PAUSE_S
    assert breaker.state == "half-open"


@pytest.mark.parametrize("ok", [True, False, None])
def test_only_the_probe_speaks_for_the_probe(clock: Clock, ok: bool | None) -> None:
    breaker = Breaker(now=clock)
    slow = breaker.admit()
    assert slow is not None
    for _ in range(AT_LEAST):
        one(breaker, False)
    clock.now += FIRST_PAUSE_S
    probe = breaker.admit()
    assert probe is not None
    breaker.book(slow, ok)  # asked before the opening, and late
    assert breaker.state == "half-open"
    assert breaker.admit() is None
    breaker.book(probe, False)
    assert breaker.state == "open"


async def test_an_open_breaker_sends_nothing_and_says_when(clock: Clock, ask) -> None:
    inner = ScriptedProvider("never")
    asked = await ask(Breaking(inner, opened(clock), "xAI"))
    assert isinstance(asked.error, BreakerOpen)
    assert str(asked.error) == (
        "xAI failed too often in the last minutes and is left alone for now: try again in 15 s."
    )
    assert not inner.calls


async def test_only_outages_count(clock: Clock, ask) -> None:
    for error, state in ((ProviderUnavailable("x"), "open"), (BadRequest("x"), "closed"), (Blocked("x"), "closed")):
        breaker = Breaker(now=clock)
        provider = Breaking(ScriptedProvider(*[error] * AT_LEAST), breaker, "xAI")
        for _ in range(AT_LEAST):
            await ask(provider)
        assert breaker.state == state
