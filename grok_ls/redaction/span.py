"""A place in a text where a detector found something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from grok_ls.redaction.piece import like


class Found(NamedTuple):
    """One secret in the input: ``start``, ``end`` in code points of the input, end exclusive, and the placeholder's TYPE."""

    start: int
    end: int
    kind: str


class Window(NamedTuple):
    """A piece of a long text: ``text[low:high]`` is looked at, and what touches ``start``..``end`` counts."""

    low: int
    start: int
    end: int
    high: int


CORE, BEFORE, AFTER = 32_000, 2_000, 12_000
"""In code points. A pattern that runs over a window holds Python's lock for some milliseconds, so other threads go on in between; what
stands before and after is more than a name's reach and a key's length."""


def windows(size: int, after: int = AFTER) -> Iterator[Window]:
    """A text of ``size`` in windows, each with ``after`` code points behind it; one whose margin is the rest of the text is the last."""
    for start in range(0, size, CORE):
        high = start + CORE + after
        if high >= size:
            yield Window(max(0, start - BEFORE), start, size, size)
            return
        yield Window(max(0, start - BEFORE), start, start + CORE, high)


def in_windows(layer: Detector, text: str, stopped: Callable[[], None], after: int = AFTER) -> Iterator[Found]:
    """What ``layer`` finds in ``text``, window by window; ``stopped`` is called before each and may raise."""
    for window in windows(len(text), after):
        stopped()
        for found in layer(like(text, text[window.low : window.high])):
            moved = Found(found.start + window.low, found.end + window.low, found.kind)
            if moved.start < window.end and moved.end > window.start:
                yield moved


class Detector(Protocol):
    """One way to find secrets. A detector that raises fails the whole redaction: then nothing is sent."""

    def __call__(self, text: str, /) -> Iterable[Found]: ...


def disjoint(found: Iterable[Found]) -> list[Found]:
    """In order, without overlap: spans that overlap become one, with the kind of the longest."""
    merged: list[Found] = []
    longest = 0
    for span in sorted(found):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            kind = span.kind if span.end - span.start > longest else last.kind
            longest = max(longest, span.end - span.start)
            merged[-1] = Found(last.start, max(last.end, span.end), kind)
        elif span.end > span.start:
            merged.append(span)
            longest = span.end - span.start
    return merged


def without(found: Iterable[Found], holes: list[tuple[int, int]]) -> list[Found]:
    """``found`` less what lies in ``holes`` (ordered, disjoint); what is left of a cut span must hold four characters."""
    if not holes:
        return list(found)
    rest: list[Found] = []
    for span in found:
        start = span.start
        cut = False
        for low, high in holes:
            if high <= start or low >= span.end:
                continue
            cut = True
            if low - start >= 4:
                rest.append(Found(start, low, span.kind))
            start = max(start, high)
        if (span.end - start >= 4) if cut else True:
            rest.append(Found(start, span.end, span.kind))
    return rest
