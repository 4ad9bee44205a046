"""The fake's own counting: tokens, cached prefixes, prices, caps. Independent of grok_ls, so that budgets are
checked against a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# What xAI bills around the text; 190 to 680 were recorded.
HIDDEN_TOKENS = 190
# Bytes a token; real code runs at 3.5 to 4.
_BYTES = 3.5
_CACHE_STEP = 128
TICKS_PER_USD = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Model:
    """Prices in USD per million tokens: input, cached input, output."""

    slug: str
    prices: tuple[float, float, float]
    efforts: tuple[str, ...] = ()


_MODELS = (
    Model("grok-4.7", (2.0, 0.5, 6.0), ("low", "medium", "high", "xhigh")),
    Model("grok-4.6", (2.0, 0.5, 6.0), ("low", "medium", "high", "xhigh")),
    Model("grok-4.5", (2.0, 0.3, 6.0), ("low", "medium", "high", "xhigh")),
    Model("grok-4.3", (1.25, 0.2, 2.5), ("none", "low", "medium", "high", "xhigh")),
    Model("grok-4.20-0309-reasoning", (1.25, 0.2, 2.5)),
    Model("grok-4.20-0309-non-reasoning", (1.25, 0.2, 2.5)),
    Model("grok-build-0.1", (1.0, 0.2, 2.0)),
)
ALIASES = {"grok-code-fast-1": "grok-build-0.1", "grok-code-fast": "grok-build-0.1", "grok-4.3-latest": "grok-4.3"}
MODELS = {model.slug: model for model in _MODELS}


def served(slug: str) -> Model | None:
    """The model that runs for a name, as xAI's alias table has it."""
    return MODELS.get(ALIASES.get(slug, slug))


def count_input(text: str) -> int:
    return HIDDEN_TOKENS + round(len(text.encode("utf-8", "surrogatepass")) / _BYTES)


def cached_tokens(previous: Sequence[str], text: str) -> int:
    """Tokens of the longest prefix shared with an earlier prompt under the same routing key, in steps of 128."""
    shared = max((_shared(old, text) for old in previous), default=0)
    return min(count_input(text), int(shared / _BYTES) // _CACHE_STEP * _CACHE_STEP)


def _shared(left: str, right: str) -> int:
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return len(left[:low].encode("utf-8", "surrogatepass"))


def tokens_of(text: str, chars: int) -> list[str]:
    """The deltas of a text: one token each."""
    return [text[start : start + chars] for start in range(0, len(text), chars)]


def ticks(model: Model | None, input_tokens: int, cached: int, output_tokens: int) -> int | None:
    """Price in ticks, ``None`` for models without a price."""
    if model is None:
        return None
    fresh, warm, out = (price * TICKS_PER_USD / 1e6 for price in model.prices)
    return round((input_tokens - cached) * fresh + cached * warm + output_tokens * out)
