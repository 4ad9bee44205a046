"""Patterns that match at the beginning of a line only.

``(?m)^`` is tried at every character of a text; a pattern that begins with the line break is looked for at line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


class AtLines:
    """``pattern`` wherever a line begins. It must not take the line break at its end, which begins the next line."""

    __slots__ = ("_first", "_other")

    def __init__(self, pattern: str) -> None:
        self._first = re.compile(pattern, re.MULTILINE)
        self._other = re.compile(f"\n{pattern}", re.MULTILINE)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """In order. A match that is not the first one begins with its line break."""
        first = self._first.match(text)
        if first is not None:
            yield first
        yield from self._other.finditer(text, first.end() if first is not None else 0)
