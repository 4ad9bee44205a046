"""What an endpoint itself says of its models: ``GET /v1/language-models`` read into the catalogue's own values.

Asked once a process and endpoint, beside the first request and never before it: no job waits for it, none fails with it, and without a
key it is not asked. Prices move (grok-4.5's cached input fell from 0.50 to 0.30); the endpoint's own figure wins over the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grok_ls.provider import catalogue
from grok_ls.provider.catalogue import Model, Prices

# Prices come in US cents per 100 million tokens (REST reference, models).
_PER_USD_A_MILLION = 10_000
_NAMES = ("prompt_text_token_price", "cached_prompt_text_token_price", "completion_text_token_price")
# An endpoint with more models than that is a gateway; its list is cut, not read for ever.
_MOST = 2000


def read(said: Any) -> dict[str, Model]:
    """Models by slug and alias. What cannot be read is passed over; nothing is believed that is no price."""
    entries = said.get("models") or said.get("data") if isinstance(said, Mapping) else None
    found: dict[str, Model] = {}
    for entry in entries[:_MOST] if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            _add(found, entry)
    return found


def _add(found: dict[str, Model], entry: Mapping[str, Any]) -> None:
    prices = _prices(entry, "")
    names = [name for name in (entry.get("id"), *_texts(entry.get("aliases"))) if isinstance(name, str) and name]
    if prices is None or not names:
        return
    known = next((model for model in map(catalogue.find, names) if model is not None), None)
    context = _count(entry.get("context_length"))
    threshold = _count(entry.get("long_context_threshold"))
    model = known or Model(names[0], context or 0, prices, prices)
    model = replace(
        model,
        prices=prices,
        long_prices=_prices(entry, "_long_context") or catalogue.scaled(prices, 2.0),
        context_tokens=context or model.context_tokens,
        long_from_tokens=threshold or model.long_from_tokens,
    )
    for name in names:
        found.setdefault(name, model)


def _prices(entry: Mapping[str, Any], suffix: str) -> Prices | None:
    given = [_price(entry.get(name + suffix)) for name in _NAMES]
    fresh, cached, output = given
    if fresh is None or output is None:
        return None
    return Prices(fresh, fresh if cached is None else cached, output)


def _price(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        return None
    return value / _PER_USD_A_MILLION


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1_000_000_000:
        return None
    return value


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
