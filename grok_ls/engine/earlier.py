"""What the last prompt about each document showed, so that the next one can begin with the same bytes (``context/continued.py``)."""

from __future__ import annotations

import time
from collections.abc import Callable

from grok_ls.context.collect import Context
from grok_ls.engine.values import Request

# A provider's cache loses an entry whenever it likes (xAI "Prompt caching"); after so long nobody should count on one.
KEPT_S = 300.0
MOST_DOCUMENTS = 32


class Earlier:
    """For one process: a cache at the provider is not worth more than that. By session, model and document."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._sent: dict[tuple[str, str, str], tuple[Context, float]] = {}

    def of(self, request: Request) -> Context | None:
        """The context to go on from; ``None``: there is none that a provider would still know."""
        context, at_s = self._sent.get(_key(request), (None, 0.0))
        return context if self._monotonic() - at_s <= KEPT_S else None

    def sent(self, request: Request, context: Context) -> None:
        self._sent.pop(_key(request), None)
        self._sent[_key(request)] = context, self._monotonic()
        while len(self._sent) > MOST_DOCUMENTS:
            del self._sent[next(iter(self._sent))]


def _key(request: Request) -> tuple[str, str, str]:
    return request.session, request.model, request.source.path
