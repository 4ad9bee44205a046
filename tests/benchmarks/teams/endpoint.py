"""The model's side: one key with rate limits, that counts for itself what it bills, by the fake xAI server's own table.

It shares no count with grok-ls: prices and tokens are those of ``tests.fake_xai.account``, and an abandoned request is billed for its
prompt and for what was written until then.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from grok_ls.budget import Reservation
from grok_ls.errors import RateLimited
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, Event, Finished, Started, TextDelta
from grok_ls.usage import Usage
from tests.fake_xai import account

MODEL = "grok-4.3"
# As observed at models of this size: seconds to the first token, and tokens a second from then on.
FIRST_TOKEN_S = (0.6, 3.0)
TOKENS_S = 90.0
OUTPUT_TOKENS = (150, 1200)
_PARTS = 4


@dataclass
class Key:
    """``per_minute`` and ``per_second`` requests, ``tokens_per_minute`` prompt and answer, as xAI limits a team."""

    per_minute: int
    per_second: int
    tokens_per_minute: int
    accepted: int = 0
    turned_down: int = 0
    running: int = 0
    most_running: int = 0
    billed_ticks: int = 0
    _begun: deque[float] = field(default_factory=deque)
    _tokens: deque[tuple[float, int]] = field(default_factory=deque)
    _tokens_minute: int = 0

    @property
    def billed_usd(self) -> float:
        return self.billed_ticks / account.TICKS_PER_USD

    def admit(self, now: float, tokens: int) -> bool:
        while self._begun and self._begun[0] <= now - 60:
            self._begun.popleft()
        while self._tokens and self._tokens[0][0] <= now - 60:
            self._tokens_minute -= self._tokens.popleft()[1]
        last_second = 0
        for began in reversed(self._begun):
            if began <= now - 1:
                break
            last_second += 1
        full = len(self._begun) >= self.per_minute or last_second >= self.per_second
        if full or self._tokens_minute + tokens > self.tokens_per_minute:
            self.turned_down += 1
            return False
        self._begun.append(now)
        self.spend(now, tokens)
        self.accepted += 1
        return True

    def spend(self, now: float, tokens: int) -> None:
        self._tokens.append((now, tokens))
        self._tokens_minute += tokens

    def bill(self, input_tokens: int, output_tokens: int) -> float:
        ticks = account.ticks(account.MODELS[MODEL], input_tokens, 0, output_tokens) or 0
        self.billed_ticks += ticks
        return ticks / account.TICKS_PER_USD


class Endpoint:
    """A provider like the adapter to xAI, in the process: the layers above it are the product's."""

    def __init__(self, key: Key, dice: random.Random) -> None:
        self._key = key
        self._dice = dice

    async def aclose(self) -> None:
        return

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        loop = asyncio.get_running_loop()
        asked = account.count_input("".join(message.content.text for message in prompt.messages))
        if not self._key.admit(loop.time(), asked):
            raise RateLimited(f"xAI limits the rate of requests for {call.model}: try again in a minute.")
        key, written = self._key, 0
        key.running += 1
        key.most_running = max(key.most_running, key.running)
        try:
            yield Started(MODEL)
            await asyncio.sleep(self._dice.uniform(*FIRST_TOKEN_S))
            wanted = min(self._dice.randint(*OUTPUT_TOKENS), reservation.max_output_tokens)
            for part in range(1, _PARTS + 1):
                await asyncio.sleep(wanted / _PARTS / TOKENS_S)
                written = wanted * part // _PARTS
                yield TextDelta("x" * (wanted // _PARTS * 3))
            usd = key.bill(asked, written)
            written = -1
            yield Finished(Usage(asked, 0, wanted, 0, usd), MODEL)
        finally:
            key.running -= 1
            key.spend(loop.time(), max(0, written))
            if written >= 0:
                key.bill(asked, written)
