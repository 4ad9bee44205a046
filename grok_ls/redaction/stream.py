"""Restoring a text that arrives in pieces."""

from __future__ import annotations

from grok_ls.redaction.placeholder import held_back
from grok_ls.redaction.vocabulary import Vocabulary


class StreamRestorer:
    """Restores a text that arrives in pieces: holds back a tail that could begin a placeholder until it is decided."""

    __slots__ = ("_tail", "_unknown", "_values")

    def __init__(self, vocabulary: Vocabulary, allowed: frozenset[str] | None = None) -> None:
        self._values = vocabulary, allowed
        self._tail = ""
        self._unknown: dict[str, None] = {}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The placeholder-like words so far that were not issued."""
        return tuple(self._unknown)

    def feed(self, delta: str) -> str:
        """What can be shown after ``delta`` has arrived."""
        text = self._tail + delta
        held = held_back(text)
        self._tail = text[len(text) - held :]
        return self._restored(text[: len(text) - held])

    def finish(self) -> str:
        """The rest, when no more will come."""
        rest, self._tail = self._tail, ""
        return self._restored(rest)

    def _restored(self, text: str) -> str:
        vocabulary, allowed = self._values
        done = vocabulary.restored(text, allowed)
        self._unknown.update(dict.fromkeys(done.unknown))
        return done.text
