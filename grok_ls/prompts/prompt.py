"""The request as values: what is sent, and how many tokens it is at most.

A ``Prompt`` holds nothing but ``Redacted`` texts, and a provider takes nothing but a ``Prompt``: what was not redacted has no way out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grok_ls.redaction.redact import Redacted

Role = Literal["system", "user", "assistant"]

# xAI bills hidden tokens around the text: about 680 were recorded for a tiny prompt (grok-4), 190 for the old code model.
HIDDEN_TOKENS = 700
# Code runs at 3.5 to 4 characters a token; 3 bytes a token has never been seen to fall short on real files.
_BYTES_PER_TOKEN = 3


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
        return HIDDEN_TOKENS + sum(estimate_tokens(message.content.text) + 8 for message in self.messages)


def estimate_tokens(text: str) -> int:
    """Upper estimate of the tokens of ``text``, without a tokenizer."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // _BYTES_PER_TOKEN)
