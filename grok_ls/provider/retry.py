"""Try again, where that can help: backoff with full jitter before the first token, and never a request that was
refused.

Ours and not tenacity: what is repeated is a stream that may not be repeated once it spoke, that tells the user of each
pause as one of its events, ends at a deadline which all attempts share, and adds up what failed attempts cost. And its
attempts are blocks that swallow whatever is raised in them, a cancel and the closing of the stream among it, to raise it
again at the next turn (tenacity 9.2, ``AttemptManager.__exit__``): nothing may stand between a cancel and the socket.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from grok_ls.budget import Reservation
from grok_ls.errors import ProviderError, RateLimited
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, Event, Finished, Provider, ReasoningDelta, TextDelta, Waiting
from grok_ls.usage import Usage

FIRST_S = 2.0
LONGEST_S = 120.0


@dataclass(frozen=True, slots=True)
class Policy:
    """``retries`` after the first attempt; pauses drawn from 0 to ``first_s`` x 2^n, at most ``longest_s``."""

    retries: int = 3
    first_s: float = FIRST_S
    longest_s: float = LONGEST_S

    def pause_s(self, attempt: int, asked_s: float | None, draw: Callable[[float, float], float]) -> float | None:
        """Seconds to wait after failed attempt ``attempt`` (from 0); ``None``: the endpoint asks for more than is
        sensible.

        What the endpoint asks for is a floor, with the jitter on top: everyone else was told the same time.
        """
        pause = draw(0.0, min(self.longest_s, self.first_s * 2.0**attempt))
        if asked_s is None:
            return pause
        return None if asked_s > self.longest_s else asked_s + min(pause, asked_s)


class Retrying:
    """Wraps a provider. All attempts together keep to ``call.timeouts.total_s``."""

    def __init__(
        self,
        inner: Provider,
        policy: Policy = Policy(),
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        draw: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._inner = inner
        self._policy = policy
        self._sleep = sleep
        self._draw = draw

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        now = asyncio.get_running_loop().time
        deadline = now() + call.timeouts.total_s
        lost: Usage | None = None
        attempt = 0
        while True:
            timeouts = replace(call.timeouts, total_s=deadline - now())
            said = 0
            try:
                async with aclosing(
                    self._inner.stream(prompt, reservation, replace(call, timeouts=timeouts))
                ) as events:
                    async for event in events:
                        said += len(event.text) if isinstance(event, TextDelta | ReasoningDelta) else 0
                        yield _with(event, lost) if isinstance(event, Finished) else event
                return
            except ProviderError as error:
                failed = error
            pause_s = None if said or not failed.retryable else self._pause(failed, attempt, deadline - now())
            if pause_s is None:
                if lost is not None:
                    failed.usage = added(cost(failed, reservation, said), lost)
                raise failed
            lost = added(cost(failed, reservation), lost)
            attempt += 1
            sentence = _sentence(failed, pause_s, attempt, self._policy.retries)
            yield Waiting(sentence, retry=attempt, rate_limited=isinstance(failed, RateLimited))
            await self._sleep(pause_s)

    def _pause(self, error: ProviderError, attempt: int, left_s: float) -> float | None:
        if attempt >= self._policy.retries:
            return None
        pause = self._policy.pause_s(attempt, error.retry_after_s, self._draw)
        return None if pause is None or pause >= left_s else pause


def _sentence(error: ProviderError, pause_s: float, attempt: int, retries: int) -> str:
    what = error.message.rpartition(": ")[0] or error.message.rstrip(".")
    return f"{what}; trying again in {max(1, round(pause_s))} s ({attempt} of {retries})."


def _with(finished: Finished, lost: Usage | None) -> Finished:
    return finished if lost is None else replace(finished, usage=added(finished.usage, lost))


def cost(error: ProviderError, reservation: Reservation, characters: int = 0) -> Usage | None:
    """What a failed request cost: as reported, else its prompt and so many characters, if it had reached the model."""
    if error.usage is not None or not error.billed:
        return error.usage
    return Usage(input_tokens=reservation.input_tokens, output_tokens=-(-characters // 3), estimated=True)


def added(one: Usage | None, other: Usage | None) -> Usage | None:
    """The sum of two requests. What one of them does not know counts as nothing, and makes the sum an estimate."""
    if one is None or other is None:
        return one or other
    return Usage(
        input_tokens=_sum(one.input_tokens, other.input_tokens),
        cached_tokens=_sum(one.cached_tokens, other.cached_tokens),
        output_tokens=_sum(one.output_tokens, other.output_tokens),
        reasoning_tokens=_sum(one.reasoning_tokens, other.reasoning_tokens),
        cost_usd=None if one.cost_usd is None or other.cost_usd is None else one.cost_usd + other.cost_usd,
        estimated=one.estimated or other.estimated,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
