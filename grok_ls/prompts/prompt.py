"""The request as values: what is sent, and how many tokens it is at most.

A ``Prompt`` holds nothing but ``Redacted`` texts, and a provider takes nothing but a ``Prompt``: what was not redacted has no way out.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

from grok_ls.context.tokens import Weight, weighed
from grok_ls.redaction.redact import Redacted

Role = Literal["system", "user", "assistant"]

# xAI bills hidden tokens around the text: about 680 were recorded for a tiny prompt (grok-4), 190 for the old code model.
HIDDEN_TOKENS = 700
# What a chat template puts around a message.
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: Redacted


@dataclass(frozen=True, slots=True)
class Prompt:
    """``version`` names the template that wrote it, ``cache_key`` routes to a warm prefix cache (a hash, never a path)."""

    version: str
    messages: tuple[Message, ...]
    cache_key: str = ""

    def estimated_tokens(self) -> int:
        """Upper estimate of the input tokens that an endpoint bills for exactly these messages."""
        return round(self.weighed().most) + HIDDEN_TOKENS

    def weighed(self) -> Weight:
        """The tokens of the messages, as ``context.tokens`` weighs them."""
        around = _AROUND * len(self.messages)
        return sum((weighed(message.content.text) for message in self.messages), Weight(around, 0.0, around))


def estimate_tokens(text: str) -> int:
    """Upper estimate of the tokens of ``text``, without a tokenizer."""
    return ceil(weighed(text).most)
