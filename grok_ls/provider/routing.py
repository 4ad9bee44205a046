"""Which endpoint answers: the user's first, then their fallbacks in order, told each time. Also puts one endpoint's
layers together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from grok_ls.budget import Reservation
from grok_ls.errors import ProviderError, ProviderTimeout, ProviderUnavailable, RateLimited
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import catalogue
from grok_ls.provider.base import Call, Event, Provider, ReasoningDelta, Started, TextDelta, Waiting
from grok_ls.provider.breaker import Breaker, Breaking, State
from grok_ls.provider.catalogue import Model
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.limits import Limited, LocalPlaces, Pace, Places
from grok_ls.provider.retry import Retrying, again, cost
from grok_ls.provider.xai import Found, XaiProvider

# What another endpoint may do better. Everything else is the request's own fault, or the user's to mend.
_ELSEWHERE = (ProviderUnavailable, ProviderTimeout, RateLimited)


@dataclass(frozen=True, slots=True)
class Target:
    """An endpoint and the model to ask there; ``None``: the one that the call names."""

    endpoint: Endpoint
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One target with all its layers. ``name`` for sentences; ``known``: what is known of a model there."""

    name: str
    provider: Provider
    model: str | None = None
    breaker: Breaker | None = None
    known: Callable[[str], Model | None] = catalogue.find


class Routed:
    """The provider that the engine sees."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = tuple(routes)

    @property
    def breaker(self) -> State:
        """Of the first route."""
        first = self._routes[0].breaker
        return "closed" if first is None else first.state

    def known(self, slug: str) -> Model | None:
        """What the first endpoint that knows the model says of it."""
        return next((model for route in self._routes if (model := route.known(slug)) is not None), None)

    def worst_usd(self, slug: str, input_tokens: int, max_output_tokens: int) -> float | None:
        """What a request costs at most, whichever endpoint answers it in the end. ``None``: the price is unknown."""
        models = (route.known(route.model or slug) for route in self._routes)
        costs = [catalogue.worst_cost_usd(model, input_tokens, max_output_tokens) for model in models if model]
        return max((cost for cost in costs if cost is not None), default=None)

    async def aclose(self) -> None:
        for route in self._routes:
            await route.provider.aclose()

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        reason = ""
        for position, route in enumerate(self._routes):
            if too_small := self._too_small(position, call.model, reservation.input_tokens):
                reason = too_small
                yield self._turning(reason, position, call.model)
                continue
            asked = replace(call, model=route.model or call.model)
            said = 0
            try:
                async with aclosing(route.provider.stream(prompt, reservation, asked)) as events:
                    async for event in events:
                        said += len(event.text) if isinstance(event, TextDelta | ReasoningDelta) else 0
                        if isinstance(event, Started) and position:
                            event = replace(event, endpoint=route.name, because=reason)
                        yield event
                return
            except ProviderError as error:
                if said or not isinstance(error, _ELSEWHERE) or position + 1 == len(self._routes):
                    raise
                failed = error
            lost = cost(failed, reservation, asked, route.known)
            reservation = await again(failed, lost, reservation, call)
            reason = failed.message.rpartition(": ")[0] or failed.message.rstrip(".")
            limited = isinstance(failed, RateLimited)
            yield replace(self._turning(reason, position, call.model), rate_limited=limited, lost=lost)

    def _too_small(self, position: int, slug: str, input_tokens: int) -> str | None:
        """Why a route is passed over: the prompt is longer than its model takes, and a later one takes it.

        Where none does the endpoint is asked all the same: its own refusal is free, and our count is an upper bound.
        """
        takes = [catalogue.takes(route.known(route.model or slug), input_tokens) for route in self._routes[position:]]
        if takes[0] or not any(takes):
            return None
        return f"The request of up to {input_tokens} tokens is longer than {self._routes[position].model or slug} takes"

    def _turning(self, reason: str, position: int, slug: str) -> Waiting:
        following = self._routes[position + 1]
        return Waiting(f"{reason}; asking {following.name} ({following.model or slug}) instead.")


def connect(
    targets: Sequence[Target],
    *,
    retries: int = 3,
    concurrency: int = 5,
    requests_per_minute: int = 200,
    places: Callable[[str], Places] = LocalPlaces,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    list_models: bool = False,
    found: MutableMapping[str, Found] | None = None,
) -> Routed:
    """All layers of all targets: retries over breaker over limits over the adapter. Nothing connects before the
    first request.

    ``places`` makes the gate of an endpoint by its name: a shared one where several processes keep to one limit.
    ``list_models``: endpoints are asked for their own prices, beside the first request that they answer. ``found`` keeps what is found of
    them, by URL and API.
    """
    routes = []
    for target in targets:
        name = target.endpoint.name
        endpoint, known = target.endpoint, {} if found is None else found
        kept = known.setdefault(f"{endpoint.api} {endpoint.base_url}", Found(endpoint.dialect))
        breaker, adapter = Breaker(), XaiProvider(endpoint, list_models=list_models, found=kept)
        limited = Limited(adapter, places(name), Pace(concurrency), per_minute=requests_per_minute, sleep=sleep)
        provider = Retrying(Breaking(limited, breaker, name), retries, sleep=sleep, known=adapter.model)
        routes.append(Route(name, provider, target.model, breaker, adapter.model))
    return Routed(routes)
