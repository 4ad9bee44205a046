"""What stands around a place in a text, within reach. Every rule looks around through it, so that the bounds of a text stand in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator


def left(text: str, at: int, reach: int = 1) -> str:
    """As many as ``reach`` characters before ``at``."""
    return text[max(0, at - reach) : at]


def right(text: str, at: int, reach: int = 1) -> str:
    """As many as ``reach`` characters from ``at`` on."""
    return text[at : at + reach]


def search_left(pattern: re.Pattern[str], text: str, at: int, reach: int) -> re.Match[str] | None:
    """``pattern`` in the ``reach`` characters before ``at``, with ``at`` as the text's end."""
    return pattern.search(text, max(0, at - reach), at)


def line_start(text: str, at: int, reach: int | None = None) -> int:
    """Where the line of ``at`` begins, at most ``reach`` characters before."""
    low = 0 if reach is None else max(0, at - reach)
    return max(low, text.rfind("\n", low, at) + 1)


def line_end(text: str, at: int, reach: int | None = None) -> int:
    """Where the line of ``at`` ends (its break, or the text's end), at most ``reach`` characters on."""
    high = len(text) if reach is None else min(len(text), at + reach)
    end = text.find("\n", at, high)
    return high if end < 0 else end


def within(text: str, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    """From ``before`` characters before ``start`` to ``after`` characters behind ``end``, as far as the text goes."""
    return max(0, start - before), min(len(text), end + after)


def occurrences(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands, one place behind the other."""
    at = text.find(word)
    while at != -1:
        yield at
        at = text.find(word, at + len(word))
