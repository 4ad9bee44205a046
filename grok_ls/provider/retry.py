"""Try again, where that can help: backoff with full jitter before the first token, and never a request that was
refused.

Tenacity decides whether and when. What it does not know is here: a pause is told to the user before it begins, with what
the failed attempt cost, and one that was billed is repeated only if the budget has room for another. Its attempts swallow
whatever is raised in them, a cancel too, to raise it again at the next turn; by then the stream in them is closed, so
nothing stands between a cancel and the socket.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from grok_ls.budget import Reservation
from grok_ls.errors import BudgetExceeded, ProviderError, RateLimited
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import catalogue
from grok_ls.provider.base import Call, Event, Provider, ReasoningDelta, TextDelta, Waiting
from grok_ls.provider.catalogue import Model
from grok_ls.usage import Usage

FIRST_S = 2.0
LONGEST_S = 120.0
_JITTER = wait_random_exponential(multiplier=FIRST_S, max=LONGEST_S)


class Retrying:
    """Wraps a provider: ``retries`` after the first attempt, before the n-th a pause drawn from 0 to ``FIRST_S`` x
    2^(n-1) seconds, at most ``LONGEST_S``.

    All attempts together keep to ``call.timeouts.total_s``.
    """

    def __init__(
        self,
        inner: Provider,
        retries: int = 3,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        known: Callable[[str], Model | None] = catalogue.find,
    ) -> None:
        self._inner = inner
        self._retries = retries
        self._sleep = sleep
        self._known = known

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        now = asyncio.get_running_loop().time
        deadline = now() + call.timeouts.total_s
        failed: ProviderError | None = None
        said, pause_s = 0, 0.0

        def enough(state: RetryCallState) -> bool:
            return state.attempt_number > self._retries or state.upcoming_sleep >= deadline - now()

        async def put_off(seconds: float) -> None:
            nonlocal pause_s
            pause_s = seconds

        attempts = AsyncRetrying(
            retry=retry_if_exception(lambda error: not said and _helps(error)),
            wait=wait_s,
            stop=enough,
            sleep=put_off,
            reraise=True,
        )
        async for attempt in attempts:
            if failed is not None:
                lost = cost(failed, reservation, call, self._known)
                reservation = await again(failed, lost, reservation, call)
                retry = attempt.retry_state.attempt_number - 1
                sentence = _sentence(failed, pause_s, retry, self._retries)
                yield Waiting(sentence, retry=retry, rate_limited=isinstance(failed, RateLimited), lost=lost)
                await self._sleep(pause_s)
            asked = replace(call, timeouts=replace(call.timeouts, total_s=deadline - now()))
            with attempt:
                try:
                    async with aclosing(self._inner.stream(prompt, reservation, asked)) as events:
                        async for event in events:
                            said += len(event.text) if isinstance(event, TextDelta | ReasoningDelta) else 0
                            yield event
                except ProviderError as error:
                    failed = error
                    raise


def _helps(error: BaseException) -> bool:
    """Whether asking again can help, and the endpoint asks for no pause beyond reason."""
    return isinstance(error, ProviderError) and error.retryable and (error.retry_after_s or 0.0) <= LONGEST_S


def wait_s(state: RetryCallState) -> float:
    """Seconds until the next attempt. What the endpoint asks for is a floor, with the jitter on top: everyone else was
    told the same time.
    """
    pause = _JITTER(state)
    failed = state.outcome.exception() if state.outcome is not None else None
    asked = failed.retry_after_s if isinstance(failed, ProviderError) else None
    return pause if asked is None else asked + min(pause, asked)


def _sentence(error: ProviderError, pause_s: float, attempt: int, retries: int) -> str:
    what = error.message.rpartition(": ")[0] or error.message.rstrip(".")
    return f"{what}; trying again in {max(1, round(pause_s))} s ({attempt} of {retries})."


async def again(failed: ProviderError, lost: Usage | None, reservation: Reservation, call: Call) -> Reservation:
    """The reservation for another attempt: the same, unless the one that ``failed`` has used it. Raises ``failed`` where the budget has
    no room for more.
    """
    if lost is None:
        return reservation
    if call.more is None:
        raise failed
    try:
        return await call.more()
    except BudgetExceeded:
        raise failed from None


def cost(
    error: ProviderError, reservation: Reservation, call: Call, known: Callable[[str], Model | None]
) -> Usage | None:
    """What a failed attempt cost: as reported, else its prompt if it had reached the model. At the price that is ``known`` of the model
    that was asked, unless the endpoint said what it cost.
    """
    usage = error.usage
    if usage is None and error.billed:
        usage = Usage(input_tokens=reservation.input_tokens, output_tokens=0, estimated=True)
    if usage is None:
        return None
    usage = usage.filled(reservation.input_tokens, reservation.max_output_tokens)
    model = known(call.model)
    if model is None:
        return usage
    dear = call.service_tier == catalogue.PRIORITY
    return catalogue.priced(usage, model.times(catalogue.PRIORITY_FACTOR) if dear else model)
