"""What around a found value the finding rests on, and how far from each other these may stand. Every bound and every alternative of a rule
shows in it, without a test of its own for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from grok_ls.redaction.span import Found

Layer = Callable[[str], Iterable[Found]]
Places = list[tuple[int, int, str]]

# No rule looks further for what belongs to one value, but for whole paragraphs.
FURTHEST = 1_000
_STRETCHED = re.compile(r"[ \t]+|\n|[A-Za-z_]+|[^\w\s]+")


def places(layer: Layer, text: str) -> Places:
    return [(one.start, one.end, one.kind) for one in layer(text)]


def resting(layer: Layer, text: str) -> str:
    """A sign for each character of ``text``: a dot, or 1 if it finds something else without it, 2 with it twice, 4 with a sign in its place; their
    sum where several do. Blank within what is found, but for its ends.
    """
    first = places(layer, text)
    signs = []
    for at, char in enumerate(text):
        if any(start + 1 < at < end - 2 for start, end, _ in first):
            signs.append(" ")
            continue
        other = "x" if not char.isalnum() else "~" if char.isalpha() else "q"
        without = places(layer, text[:at] + text[at + 1 :]) != _moved(first, at, -1)
        twice = places(layer, text[:at] + char + text[at:]) != _moved(first, at, 1)
        instead = places(layer, text[:at] + other + text[at + 1 :]) != first
        signs.append(".1234567"[without + 2 * twice + 4 * instead])
    return "".join(signs)


def reaching(layer: Layer, text: str) -> dict[str, int]:
    """The end of each run of blanks, letters or signs outside of what is found -> how many more of its last character may stand there
    before something else is found; without those that may grow to ``FURTHEST``.
    """
    first = places(layer, text)
    reach = {}
    for run in _STRETCHED.finditer(text):
        at = run.end()
        if any(start < at < end for start, end, _ in first):
            continue
        most = _most(layer, text, at, first)
        if most < FURTHEST:
            reach[str(at)] = most
    return reach


def amid(layer: Layer, text: str) -> list[str]:
    """What it finds else or no longer in a long line of words, by the place in ``text``."""
    before, after = "nothing is said here " * 30, " nothing is said here" * 30
    first, now = (set(places(layer, one)) for one in (text, before + text + after))
    moved = {(start - len(before), end - len(before), kind) for start, end, kind in now}
    return [f"{'+' if one in moved else '-'} {one[0]}-{one[1]} {one[2]}" for one in sorted(first ^ moved)]


def _moved(found: Places, at: int, by: int) -> Places:
    return [
        (start + by * (at <= start if by > 0 else at < start), end + by * (at < end), kind)
        for start, end, kind in found
    ]


def _most(layer: Layer, text: str, at: int, first: Places) -> int:
    """The greatest number up to ``FURTHEST`` of characters more before ``at`` that change nothing, if fewer do not either."""

    def holds(more: int) -> bool:
        return places(layer, text[:at] + text[at - 1] * more + text[at:]) == _moved(first, at, more)

    low, high = 0, FURTHEST + 1
    while high - low > 1:
        middle = (low + high) // 2 if high <= FURTHEST else FURTHEST
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
