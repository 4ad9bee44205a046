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
from grok_ls.provider.retry import Retrying, wait_s
from grok_ls.provider.scripted import ScriptedProvider
from grok_ls.usage import Usage
from tests.provider.conftest import Asked


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


def costs(asked: Asked) -> list[Usage | None]:
    """What the attempts cost that were repeated."""
    return [event.lost for event in asked.events if isinstance(event, Waiting)]


async def test_what_a_failed_attempt_cost_is_told_with_the_pause(ask) -> None:
    billed = ProviderUnavailable("failed", usage=Usage(input_tokens=100, output_tokens=7, cost_usd=0.5))
    asked = await ask(retrying(ScriptedProvider(billed, ProviderUnavailable("not there"), "done"), Slept()))
    assert costs(asked) == [Usage(input_tokens=100, output_tokens=7, cost_usd=0.5), None]
    assert asked.finished.usage == (await ask(ScriptedProvider("done"))).finished.usage
    # The one that was billed used its reservation; the one that was refused did not.
    assert asked.reservations == 1


async def test_an_attempt_that_reached_the_model_costs_its_prompt_at_the_models_price(ask) -> None:
    reached = ProviderUnavailable("broke off", billed=True)
    asked = await ask(retrying(ScriptedProvider(reached, "done"), Slept()), Call("grok-4.3"))
    assert costs(asked) == [Usage(input_tokens=800, output_tokens=0, cost_usd=800 * 1.25e-6, estimated=True)]
    asked = await ask(retrying(ScriptedProvider(reached, "done"), Slept()), Call("grok-4.3", service_tier="priority"))
    assert costs(asked) == [Usage(input_tokens=800, output_tokens=0, cost_usd=2 * 800 * 1.25e-6, estimated=True)]
    asked = await ask(retrying(ScriptedProvider(reached, "done"), Slept()), Call("nobody-knows"))
    assert costs(asked) == [Usage(input_tokens=800, output_tokens=0, estimated=True)]


async def test_a_count_that_a_failed_attempt_leaves_out_is_the_most_that_it_can_be(ask) -> None:
    billed = ProviderUnavailable("failed", usage=Usage(input_tokens=100))
    asked = await ask(retrying(ScriptedProvider(billed, "done"), Slept()), Call("nobody-knows"), cap=70)
    assert costs(asked) == [Usage(input_tokens=100, output_tokens=70, estimated=True)]


async def test_a_billed_attempt_is_not_repeated_on_its_own_reservation(ask, prompt, reserve) -> None:
    reached = ProviderUnavailable("broke off", billed=True)
    inner = ScriptedProvider(reached, "never")
    asked = await ask(retrying(inner, Slept()), poor=True)
    assert asked.error is reached
    assert len(inner.calls) == 1
    # One that was refused before it began has used nothing.
    asked = await ask(retrying(ScriptedProvider(ProviderUnavailable("down"), "done"), Slept()), poor=True)
    assert asked.text == "done"
    # Nor where nobody gives more.
    with pytest.raises(ProviderUnavailable):
        async for _ in retrying(ScriptedProvider(reached, "never"), Slept()).stream(prompt, await reserve(), Call("m")):
            pass


@given(st.integers(1, 40), st.none() | st.floats(0, 120), st.floats(0, 1))
def test_every_pause_is_within_bounds(attempt: int, asked_s: float | None, share: float) -> None:
    state = RetryCallState(AsyncRetrying(), None, (), {})
    state.attempt_number = attempt
    error = RateLimited("wait", retry_after_s=asked_s)
    state.set_exception((RateLimited, error, None))
    with mock.patch("random.uniform", lambda low, high: low + share * (high - low)):
        assert (asked_s or 0) <= wait_s(state) <= max(120.0, 2 * (asked_s or 0))
