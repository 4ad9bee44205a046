"""Text that stands in another text, escaped: code in JSON, in the cells of a notebook, in a diagnostic, in HTML.

A view is such text as it was before it was escaped, with the way back: what is found in it is found in the original. The rules for
names, quotes and lines then need not know of any escaping. All of it takes time in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from grok_ls.redaction.piece import Piece
from grok_ls.redaction.sight import line_end, line_start
from grok_ls.redaction.span import Detector, Found, in_windows

_ESCAPED = re.compile(r"\\[\"'n]")
_MARK = re.compile(r"\\.|[\"']")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt\"'\\/]))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_ENTITY = re.compile(r"&(?:#(\d{1,4})|#[xX]([0-9a-fA-F]{1,4})|(quot|apos|amp|lt|gt));")
_ENTITIES = {"quot": '"', "apos": "'", "amp": "&", "lt": "<", "gt": ">"}
_QUOTED = re.compile(r"&(?:quot|apos|#39|#34|#x27|#x22|lt);")
_DEEPEST = 3
_LEAST = 4


@dataclass(slots=True)
class _View:
    """``starts[i]`` in the view is ``origins[i]`` in the text it was made from, and both go on alike up to the next; ``seams``: where
    pieces meet that do not in that text."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    seams: list[int] = field(default_factory=lambda: [0])
    size: int = 0

    def add(self, piece: str, origin: int) -> None:
        self.parts.append(piece)
        self.starts.append(self.size)
        self.origins.append(origin)
        self.size += len(piece)

    def unescape(self, text: str, at: int, end: int, escape: re.Pattern[str]) -> None:
        for match in escape.finditer(text, at, end):
            if match.start() > at:
                self.add(text[at : match.start()], at)
            self.add(_plain(match), match.start())
            at = match.end()
        if at < end:
            self.add(text[at:end], at)
        if not self.parts[-1].endswith("\n"):
            # A line of its own; and where it ends in the text.
            self.add("\n", end)
        self.seams.append(self.size)

    def back(self, found: Found) -> Iterator[Found]:
        """In the text; one for each piece that it runs over."""
        first = bisect_right(self.seams, found.start) - 1
        for low, high in zip(self.seams[first:], self.seams[first + 1 :], strict=False):
            start, end = max(low, found.start), min(high - 1, found.end)
            if low >= found.end:
                return
            if end - start >= min(_LEAST, found.end - found.start):
                yield Found(self._origin(start), self._origin_of_end(end), found.kind)

    def _origin(self, at: int) -> int:
        run = bisect_right(self.starts, at) - 1
        return self.origins[run] + at - self.starts[run]

    def _origin_of_end(self, at: int) -> int:
        run = bisect_left(self.starts, at)
        return self.origins[run] if run < len(self.starts) and self.starts[run] == at else self._origin(at - 1) + 1


def find_within(
    text: str, layers: Iterable[Detector], stopped: Callable[[], None] = lambda: None, depth: int = 0
) -> Iterator[Found]:
    """What ``layers`` find in the escaped texts within ``text``, at most four times escaped. ``stopped`` is called now and then and may raise."""
    wanted = list(layers)
    for view in (_strings(text), _entities(text)):
        inner = Piece.whole("".join(view.parts))
        if not inner:
            continue
        for layer in wanted:
            for found in in_windows(layer, inner, stopped):
                yield from view.back(found)
        if depth < _DEEPEST:
            for found in find_within(inner, wanted, stopped, depth + 1):
                yield from view.back(found)


def _strings(text: str) -> _View:
    """The insides of the string literals that hold escaped quotes or lines, one after the other."""
    view = _View()
    at = 0
    while (found := _ESCAPED.search(text, at)) is not None:
        start, end = max(line_start(text, found.start()), at), line_end(text, found.end())
        at = end + 1
        for low, high in _literals(text, start, end):
            view.unescape(text, low, high, _ESCAPE)
    return view


def _literals(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The insides of the literals with escapes in a line; the whole line if a literal was cut off or is not closed in it."""
    found: list[tuple[int, int]] = []
    quote, low, worth = "", start, False
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        if sign[0] == "\\":
            if not quote and sign[1] in "\"'":
                return [(start, end)]
            worth = worth or sign[1] in "\"'n"
        elif not quote:
            quote, low, worth = sign, mark.end(), False
        elif sign == quote:
            if worth:
                found.append((low, mark.start()))
            quote = ""
    return [(start, end)] if quote and worth else found


def _entities(text: str) -> _View:
    """The lines in which quotes are written as entities."""
    view = _View()
    at = 0
    while (found := _QUOTED.search(text, at)) is not None:
        start, end = max(line_start(text, found.start()), at), line_end(text, found.end())
        at = end + 1
        view.unescape(text, start, end, _ENTITY)
    return view


def _plain(match: re.Match[str]) -> str:
    if match.re is _ENTITY:
        return _ENTITIES[match[3]] if match[3] else chr(int(match[1]) if match[1] else int(match[2], 16))
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])
