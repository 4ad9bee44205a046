"""Retries with time and chance in the test's hand: what is tried again, when, how often, and what it costs."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenacity import AsyncRetrying, RetryCallState

from grok_ls.errors import (
    AuthFailed,
    BadRequest,
    CreditsExhausted,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    Refused,
    Truncated,
)
from grok_ls.provider.base import Call, ReasoningDelta, TextDelta, Timeouts, Waiting
from grok_ls.provider.failures import Blocked, Silent
from grok_ls.provider.retry import Retrying, added, wait_s
from grok_ls.provider.scripted import ScriptedProvider
from grok_ls.usage import Usage


class Slept:
    """A sleep that returns at once and remembers."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture(autouse=True)
def _no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tenacity draws from this; every pause is the longest that it may be."""
    monkeypatch.setattr("random.uniform", lambda low, high: high)


def retrying(inner: ScriptedProvider, slept: Slept, retries: int = 3) -> Retrying:
    return Retrying(inner, retries, sleep=slept)


async def test_pauses_double_and_each_is_told(ask) -> None:
    slept = Slept()
    busy = [RateLimited("xAI limits the rate of requests for m: try again in a minute.") for _ in range(3)]
    asked = await ask(retrying(ScriptedProvider(*busy, "done"), slept))
    assert asked.text == "done"
    assert slept.pauses == [2, 4, 8]
    assert asked.waits[0] == "xAI limits the rate of requests for m; trying again in 2 s (1 of 3)."
    assert [event.retry for event in asked.events if isinstance(event, Waiting)] == [1, 2, 3]


async def test_used_up_retries_give_the_last_error(ask) -> None:
    slept = Slept()
    inner = ScriptedProvider(*(ProviderUnavailable(f"down {n}") for n in range(9)))
    asked = await ask(retrying(inner, slept, retries=2))
    assert str(asked.error) == "down 2"
    assert len(inner.calls) == 3


@pytest.mark.parametrize("refusal", [AuthFailed, BadRequest, CreditsExhausted, Refused, Truncated, Blocked, Silent])
async def test_what_was_refused_is_not_asked_again(ask, refusal: type[ProviderError]) -> None:
    inner = ScriptedProvider(refusal("no"), "never")
    asked = await ask(retrying(inner, Slept()))
    assert type(asked.error) is refusal
    assert len(inner.calls) == 1


@pytest.mark.parametrize("shown", ["some text", ReasoningDelta("hmm")])
async def test_nothing_is_repeated_once_something_came(ask, shown) -> None:
    inner = ScriptedProvider((shown, ProviderUnavailable("broke off")), "never")
    asked = await ask(retrying(inner, Slept()))
    assert str(asked.error) == "broke off"
    assert len(inner.calls) == 1


async def test_the_time_that_the_endpoint_asks_for_is_kept(ask) -> None:
    slept = Slept()
    inner = ScriptedProvider(RateLimited("wait", retry_after_s=30), "done")
    assert (await ask(retrying(inner, slept))).text == "done"
    assert slept.pauses[0] >= 30


async def test_a_pause_beyond_reason_or_the_total_time_ends_it_at_once(ask) -> None:
    for error, total_s in (
        (RateLimited("wait", retry_after_s=3600), 600.0),
        (RateLimited("wait", retry_after_s=30), 20.0),
    ):
        slept = Slept()
        asked = await ask(
            retrying(ScriptedProvider(error, "never"), slept), Call("m", timeouts=Timeouts(total_s=total_s))
        )
        assert asked.error is error
        assert not slept.pauses


async def test_attempts_share_one_total_time(ask) -> None:
    inner = ScriptedProvider(ProviderUnavailable("down"), "done")
    await ask(retrying(inner, Slept()), Call("m", timeouts=Timeouts(total_s=50)))
    first, second = (call.timeouts.total_s for call in inner.calls)
    assert second < first <= 50


async def test_a_cancelled_pause_asks_no_more(prompt, reserve) -> None:
    inner = ScriptedProvider(ProviderUnavailable("down: x."), "never")
    sleeping = asyncio.Event()

    async def forever(seconds: float) -> None:
        sleeping.set()
        await asyncio.Event().wait()

    async def job() -> None:
        async for _ in Retrying(inner, sleep=forever).stream(prompt, await reserve(), Call("m")):
            pass

    task = asyncio.create_task(job())
    await sleeping.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(inner.calls) == 1


class Endless(ScriptedProvider):
    """Says one word and goes on forever."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.closed = asyncio.Event(), asyncio.Event()

    async def stream(self, prompt, reservation, call):
        self.calls.append(call)
        try:
            yield TextDelta("a")
            self.begun.set()
            await asyncio.Event().wait()
        finally:
            self.closed.set()


async def test_a_cancelled_attempt_is_closed_and_not_repeated(prompt, reserve) -> None:
    inner = Endless()

    async def job() -> None:
        async for _ in Retrying(inner).stream(prompt, await reserve(), Call("m")):
            pass

    task = asyncio.create_task(job())
    await inner.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert inner.closed.is_set()
    assert len(inner.calls) == 1


async def test_an_attempt_that_is_left_is_closed_and_not_repeated(prompt, reserve) -> None:
    inner = Endless()
    async with aclosing(Retrying(inner).stream(prompt, await reserve(), Call("m"))) as events:
        async for _ in events:
            break
    assert inner.closed.is_set()
    assert len(inner.calls) == 1


async def test_what_failed_attempts_cost_is_added_up(ask) -> None:
    billed = ProviderUnavailable("failed", usage=Usage(input_tokens=100, output_tokens=7, cost_usd=0.5))
    asked = await ask(retrying(ScriptedProvider(billed, "done"), Slept()), Call("grok-4.3"))
    alone = await ask(ScriptedProvider("done"), Call("grok-4.3"))
    assert asked.finished.usage.input_tokens == alone.finished.usage.input_tokens + 100
    assert asked.finished.usage.cost_usd == pytest.approx(alone.finished.usage.cost_usd + 0.5)


async def test_an_attempt_that_reached_the_model_costs_its_prompt(ask) -> None:
    reached, refused = ProviderUnavailable("broke off", billed=True), ProviderUnavailable("not there")
    asked = await ask(retrying(ScriptedProvider(reached, refused, reached, "done"), Slept()))
    alone = await ask(ScriptedProvider("done"))
    assert asked.finished.usage.input_tokens == alone.finished.usage.input_tokens + 2 * 800
    assert asked.finished.usage.estimated


@given(st.integers(1, 40), st.none() | st.floats(0, 120), st.floats(0, 1))
def test_every_pause_is_within_bounds(attempt: int, asked_s: float | None, share: float) -> None:
    state = RetryCallState(AsyncRetrying(), None, (), {})
    state.attempt_number = attempt
    error = RateLimited("wait", retry_after_s=asked_s)
    state.set_exception((RateLimited, error, None))
    with mock.patch("random.uniform", lambda low, high: low + share * (high - low)):
        assert (asked_s or 0) <= wait_s(state) <= max(120.0, 2 * (asked_s or 0))


counts = st.none() | st.integers(0, 10**6)
usages = st.none() | st.builds(Usage, counts, counts, counts, counts, st.none() | st.floats(0, 9), st.booleans())


@given(usages, usages)
def test_adding_never_loses_tokens(one: Usage | None, other: Usage | None) -> None:
    total = added(one, other)
    assert (total.billed_tokens if total else 0) == sum(usage.billed_tokens for usage in (one, other) if usage)
