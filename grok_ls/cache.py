"""Answers that were paid for once, over a store, by what was asked exactly. Holds redacted text alone: the question as
a hash, and the answer as the model wrote it, with placeholders. Failures have no place here: only a finished answer can
be put.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grok_ls.storage.base import Store

MAX_BYTES = 64 * 1024 * 1024
MAX_ANSWER_BYTES = 512 * 1024
PREFIX = "answer:"
_TRIM_EVERY = 32


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` before placeholders are restored; ``served_model`` is what wrote it; ``cost_usd`` what it cost then, if
    known.
    """

    text: str
    served_model: str | None
    cost_usd: float | None = None


def key(
    endpoint: str,
    model: str,
    parameters: Mapping[str, str | int | float | bool | None],
    prompt_version: str,
    messages: Sequence[tuple[str, str]],
) -> str:
    """Name of a question. ``parameters``: all else that is sent (effort, output limit, ...); ``messages``: role and
    redacted text.

    Whatever differs gives another name, the two letters that end a session's placeholders included: an answer is never
    found by a session that could not restore it.
    """
    asked = [endpoint, model, sorted(parameters.items()), prompt_version, [list(message) for message in messages]]
    return PREFIX + hashlib.sha256(json.dumps(asked, ensure_ascii=True).encode()).hexdigest()


class Cache:
    """``max_bytes`` of all answers together, oldest out first; a single one over ``max_answer_bytes`` is not kept. 0 s
    = keep nothing.
    """

    def __init__(
        self,
        store: Store,
        *,
        ttl_s: float,
        max_bytes: int = MAX_BYTES,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        self._store = store
        self._ttl_s = ttl_s
        self._max_bytes = max_bytes
        self._max_answer_bytes = max_answer_bytes
        self._until_trim = 0

    async def get(self, name: str) -> Answer | None:
        """The answer, or ``None``; an entry that cannot be read counts as none."""
        found = await self._store.get(name)
        if found is None:
            return None
        try:
            text, served_model, cost_usd = json.loads(found)
        except (ValueError, TypeError, RecursionError):
            return None
        readable = (
            isinstance(text, str)
            and isinstance(served_model, str | None)
            and isinstance(cost_usd, float | int | None)
            and bool(text)
        )
        return Answer(text, served_model, cost_usd) if readable else None

    async def put(self, name: str, answer: Answer) -> None:
        value = json.dumps([answer.text, answer.served_model, answer.cost_usd], ensure_ascii=True)
        if self._ttl_s <= 0 or not answer.text or len(value) > min(self._max_answer_bytes, self._max_bytes):
            return
        await self._store.put(name, value, self._ttl_s)
        # Counting from 0 also bounds a cache that many short-lived processes write to.
        self._until_trim -= 1
        if self._until_trim <= 0:
            self._until_trim = _TRIM_EVERY
            await self._store.trim(PREFIX, self._max_bytes)
