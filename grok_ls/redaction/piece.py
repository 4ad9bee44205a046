"""A text that knows which words stand nowhere in it, so that no layer searches for them.

The layers look for some five hundred words. The different names of a text are a seventh of it or less, so they are looked through first,
once for the text and not once for each window and layer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NAME = re.compile(r"[\w.-]+")
_LEAST = 4_000


class Names:
    """The different names in a text, as they are and in lower case."""

    __slots__ = ("_lowered", "_names", "_standing")

    def __init__(self, text: str) -> None:
        self._names = "\n".join(set(_NAME.findall(text)))
        self._lowered = self._names.lower()
        self._standing: dict[tuple[int, bool], tuple[Sequence[str], Sequence[str]]] = {}

    def standing(self, words: Sequence[str], lowered: bool) -> Sequence[str]:
        """Those of ``words`` that may stand in the text; ``words`` is a constant, or the same object is asked for again."""
        known = self._standing.get((id(words), lowered))
        if known is None:
            names = self._lowered if lowered else self._names
            known = words, [word for word, parts in _parts(tuple(words)) if all(part in names for part in parts)]
            self._standing[id(words), lowered] = known
        return known[1]


@lru_cache(maxsize=256)
def _parts(words: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """The names in each of ``words``, which the rules hold and no text."""
    return [(word, _NAME.findall(word)) for word in words]


class Piece(str):
    """A text, or a window of one, with the names of the whole."""

    __slots__ = ("names",)

    names: Names

    @classmethod
    def whole(cls, text: str) -> str:
        """``text`` with its names, unless it is so short that a search costs nothing."""
        return cls.of(text, Names(text)) if len(text) >= _LEAST else text

    @classmethod
    def of(cls, text: str, names: Names) -> Piece:
        piece = cls(text)
        piece.names = names
        return piece


def like(whole: str, text: str) -> str:
    """``text``, a part of ``whole`` or ``whole`` with parts of it blotted out, with the same names."""
    return Piece.of(text, whole.names) if isinstance(whole, Piece) else text


def standing(text: str, words: Sequence[str], *, lowered: bool = False) -> Sequence[str]:
    """Those of ``words`` that may stand in ``text`` (``lowered``: in its lower case), in their order."""
    return text.names.standing(words, lowered) if isinstance(text, Piece) else words
