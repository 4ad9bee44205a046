"""Text that stands in another text, escaped: code in JSON, in the cells of a notebook, in a diagnostic, in HTML.

A view is such text as it was before it was escaped, with the way back: what is found in it is found in the original. The rules for
names, quotes and lines then need not know of any escaping. All of it takes time in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

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


class _View:
    """The unescaped pieces of a text, each a line of its own; the way back is found for those pieces in which something is."""

    def __init__(self, text: str, escape: re.Pattern[str]) -> None:
        self.parts: list[str] = []
        self._text, self._escape = text, escape
        self._bounds: list[tuple[int, int]] = []  # of each piece in the text
        self._seams = [0]  # where the pieces begin in the view, and the last one ends
        self._runs: dict[int, _Runs] = {}

    def add(self, start: int, end: int) -> None:
        part = self._escape.sub(_plain, self._text[start:end])
        self.parts.append(part if part.endswith("\n") else part + "\n")
        self._bounds.append((start, end))
        self._seams.append(self._seams[-1] + len(self.parts[-1]))

    def back(self, found: Found) -> Iterator[Found]:
        """In the text; one for each piece that it runs over."""
        for number in range(bisect_right(self._seams, found.start) - 1, len(self.parts)):
            low, high = self._seams[number : number + 2]
            if low >= found.end:
                return
            start, end = max(low, found.start), min(high - 1, found.end)
            if end - start >= min(_LEAST, found.end - found.start):
                runs = self._runs.get(number)
                if runs is None:
                    runs = self._runs[number] = _Runs(self._text, *self._bounds[number], self._escape)
                yield Found(runs.origin(start - low), runs.origin_of_end(end - low), found.kind)


class _Runs:
    """``starts[i]`` in an unescaped piece is ``origins[i]`` in the text, and both go on alike up to the next."""

    def __init__(self, text: str, start: int, end: int, escape: re.Pattern[str]) -> None:
        self._starts, self._origins = [0], [start]
        size, at = 0, start
        for match in escape.finditer(text, start, end):
            size += match.start() - at
            at = match.end()
            self._put(size, match.start())
            size += len(_plain(match))
            self._put(size, at)

    def _put(self, start: int, origin: int) -> None:
        if start == self._starts[-1]:
            self._origins[-1] = origin
        else:
            self._starts.append(start)
            self._origins.append(origin)

    def origin(self, at: int) -> int:
        run = bisect_right(self._starts, at) - 1
        return self._origins[run] + at - self._starts[run]

    def origin_of_end(self, at: int) -> int:
        run = bisect_left(self._starts, at)
        return self._origins[run] if run < len(self._starts) and self._starts[run] == at else self.origin(at - 1) + 1


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
    view = _View(text, _ESCAPE)
    at = 0
    while (found := _ESCAPED.search(text, at)) is not None:
        start, end = max(line_start(text, found.start()), at), line_end(text, found.end())
        at = end + 1
        for low, high in _literals(text, start, end):
            view.add(low, high)
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
    view = _View(text, _ENTITY)
    at = 0
    while (found := _QUOTED.search(text, at)) is not None:
        start, end = max(line_start(text, found.start()), at), line_end(text, found.end())
        at = end + 1
        view.add(start, end)
    return view


def _plain(match: re.Match[str]) -> str:
    if match.re is _ENTITY:
        return _ENTITIES[match[3]] if match[3] else chr(int(match[1]) if match[1] else int(match[2], 16))
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])
