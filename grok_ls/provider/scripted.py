"""A provider that plays a list: for tests and demos that need no endpoint. Keeps to the port, its limits and its
events."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

from grok_ls.budget import Reservation
from grok_ls.errors import ProviderError, ProviderUnavailable, Truncated
from grok_ls.prompts.prompt import Prompt, estimate_tokens
from grok_ls.provider import catalogue
from grok_ls.provider.base import Call, Event, Finished, ReasoningDelta, Started, TextDelta
from grok_ls.usage import Usage


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds of silence."""

    seconds: float


# What an answer is made of: words, thoughts, silence, and an error that ends it.
Step = str | ReasoningDelta | Pause | ProviderError
# A text alone is the simplest answer, an error alone a refusal before the first event.
Answer = str | ProviderError | tuple[Step, ...]


class ScriptedProvider:
    """One answer per request, in order; ``prompts`` and ``calls`` are what was asked. Counts are estimates and
    flagged so.

    ``delta_characters``: length of the deltas a text is cut into.
    """

    def __init__(
        self,
        *answers: Answer,
        served_model: str | None = None,
        delta_characters: int = 16,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._answers = deque(answers)
        self._served = served_model
        self._step = delta_characters
        self._sleep = sleep
        self.prompts: list[Prompt] = []
        self.calls: list[Call] = []
        self.closed = False

    # It never fails by itself.
    breaker = "closed"
    known = staticmethod(catalogue.find)
    worst_usd = staticmethod(catalogue.worst_cost_usd)

    async def aclose(self) -> None:
        self.closed = True

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        self.prompts.append(prompt)
        self.calls.append(call)
        if not self._answers:
            raise ProviderUnavailable("The script holds no more answers: add one.")
        answer = self._answers.popleft()
        if isinstance(answer, ProviderError):
            raise answer
        served = self._served or call.model
        yield Started(served)
        said, thought = "", ""
        for step in (answer,) if isinstance(answer, str) else answer:
            match step:
                case ProviderError():
                    raise step
                case Pause(seconds):
                    await self._sleep(seconds)
                case ReasoningDelta(text):
                    thought += text
                    yield step
                case str():
                    for start in range(0, len(step), self._step):
                        delta = step[start : start + self._step]
                        said += delta
                        if estimate_tokens(said + thought) > reservation.max_output_tokens:
                            raise Truncated(
                                f"The answer did not fit into {reservation.max_output_tokens} tokens: raise"
                                " grok.maxOutputTokens.",
                                usage=_usage(prompt, said, thought, served),
                            )
                        yield TextDelta(delta)
        yield Finished(_usage(prompt, said, thought, served), served)


def _usage(prompt: Prompt, said: str, thought: str, model: str) -> Usage:
    return catalogue.priced(
        Usage(
            input_tokens=prompt.estimated_tokens(),
            output_tokens=estimate_tokens(said) + estimate_tokens(thought),
            reasoning_tokens=estimate_tokens(thought),
            estimated=True,
        ),
        model,
    )
