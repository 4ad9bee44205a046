"""What one stream may take: time, by its silences and its end, and text, by its limit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from grok_ls.provider.base import ReasoningDelta, TextDelta
from grok_ls.provider.reducing import Ended

# A token has so many characters on average at most: an answer longer than that is a flood, however it is cut in deltas.
_CHARACTERS_PER_TOKEN = 32
_CHARACTERS_FLOOR = 4096
# After the terminal event: how long to wait for Chat's usage, and for the end of the body that lets the connection
# be reused.
_USAGE_GRACE_S = 5.0
_END_GRACE_S = 0.5


@dataclass(slots=True)
class Clock:
    """The three silences and the end of it all, in the loop's time."""

    deadline: float
    first_token_s: float
    idle_s: float
    spoke: bool = False
    ended: Ended | None = None

    def wait_s(self) -> float:
        """How long the next event may take."""
        silence = self.idle_s if self.spoke else self.first_token_s
        if self.ended is not None:
            silence = _USAGE_GRACE_S if self.ended.usage is None else _END_GRACE_S
        return min(silence, self.deadline - asyncio.get_running_loop().time())


class Meter:
    """Our own count against the limit. A delta is at least one token, so no answer that keeps to it is cut."""

    def __init__(self, cap: int, *, counts_reasoning: bool) -> None:
        self._cap = cap
        self._counts_reasoning = counts_reasoning
        self._deltas = 0
        self.characters = 0

    def passed(self, delta: TextDelta | ReasoningDelta) -> bool:
        """Count a delta; whether the limit is passed with it."""
        self.characters += len(delta.text)
        self._deltas += isinstance(delta, TextDelta) or self._counts_reasoning
        most = self._cap * _CHARACTERS_PER_TOKEN + _CHARACTERS_FLOOR
        return self._deltas > self._cap or self.characters > most
