"""Any endpoint's usage object -> ``Usage``. Pure; reads defensively, because every part of it has been seen missing
or wrong.
"""

from __future__ import annotations

from typing import Any

from grok_ls.provider import catalogue
from grok_ls.provider.catalogue import Model
from grok_ls.usage import Usage

TICKS_PER_USD = 10_000_000_000
_NANO_PER_USD = 1_000_000_000
# More than that is no count of one request, and more than a database keeps exactly once it is money.
_MOST_TOKENS = 1_000_000_000
_MOST_USD = 1_000_000.0


def read(given: Any, model: Model | None) -> Usage | None:
    """``None`` if there is none. ``model``: the served one, for its prices where the endpoint names no cost; ``None`` =
    unknown.

    Responses counts reasoning in ``output_tokens``, Chat at xAI beside ``completion_tokens``, other Chat endpoints
    inside: the total decides (fact sheet, section 4).
    """
    if given is None:
        return None
    responses = _count(given, "input_tokens") is not None or _count(given, "output_tokens") is not None
    prompt = _count(given, "input_tokens" if responses else "prompt_tokens")
    said = _count(given, "output_tokens" if responses else "completion_tokens")
    total = _count(given, "total_tokens")
    completion = "output_tokens_details" if responses else "completion_tokens_details"
    reasoning = _count(_get(given, completion), "reasoning_tokens")
    cached = _count(_get(given, "input_tokens_details" if responses else "prompt_tokens_details"), "cached_tokens")
    if prompt is None and said is None:
        return None
    if cached is not None and prompt is not None:
        cached = min(cached, prompt)
    output = said if responses else _billed(prompt, said, reasoning, total)
    if output is not None and reasoning is not None:
        reasoning = min(reasoning, output)
    cost = _reported_cost(given)
    if cost is None:
        cost = catalogue.cost_usd(model, Usage(prompt, cached, output, reasoning)) if model else None
    return Usage(prompt, cached, output, reasoning, cost)


def _billed(prompt: int | None, said: int | None, reasoning: int | None, total: int | None) -> int | None:
    if said is None or prompt is None:
        return said
    thought = reasoning or 0
    if total is None:
        # Only xAI's own Chat counts apart; without a total the dearer reading is the safe one.
        return said + thought if thought > said else said
    if thought and total == prompt + said + thought:
        return said + thought
    if total == prompt + said:
        return said
    return max(said, total - prompt)


def _reported_cost(given: Any) -> float | None:
    cost = _cost(given)
    return cost if cost is None or cost <= _MOST_USD else None


def _cost(given: Any) -> float | None:
    ticks = _number(_get(given, "cost_in_usd_ticks"))
    if ticks is not None:
        return ticks / TICKS_PER_USD
    nano = _number(_get(given, "cost_in_nano_usd"))
    if nano is not None:
        return nano / _NANO_PER_USD
    return _number(_get(given, "cost"))


def _get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def _number(value: Any) -> float | None:
    """A finite number, not negative; texts and booleans are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        return None
    return float(value)


def _count(value: Any, name: str) -> int | None:
    number = _number(_get(value, name)) if value is not None else None
    return None if number is None or number != int(number) or number > _MOST_TOKENS else int(number)
