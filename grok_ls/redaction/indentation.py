"""Values of several lines: where their later lines begin, at the place where a value was found and at any other where it is put back.

What a line has in front of a value (``lead``) says how its later lines are set off. A value that begins its line (a key in a block of
YAML, in a comment, in a string that is dedented) has the same indentation or comment sign before each of them: that belongs to the place,
not to the value. So do the blanks before the pieces of a literal that is joined from several. Behind anything else (`KEY = \"\"\"...`) the
blanks are part of the value and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from grok_ls.redaction.sight import line_start


class Raw(NamedTuple):
    """A value as its source has it, without what its place sets before its later lines.

    ``hang``: how much further than these its first line began, in a block whose lines are not aligned.
    """

    text: str
    hang: str = ""


_WIDEST = 400
_STAYS = "\n"
"""The ``hang`` of a value whose lines have nothing in common with their place."""
_BLANKS = re.compile(r"[ \t]*")
_MARGIN = re.compile(r"[ \t]*(?:(?:#+|//[/!]?|\*|;+|--|>|\+|%+)[ \t]*)?")
"""What may stand before each line alike: blanks, a comment sign, the sign of an added line."""
_COMMENTED = re.compile(r"[ \t]*(?:#+(?!\w)|//[/!]?|--(?=[ \t]))[ \t]?")
"""A line of code that is a comment: then each line of a literal in it has the sign."""
_UNJOINED = re.compile(r"\n[ \t]*+(?!\r?(?:\n|\Z)|[A-Za-z$@]{0,2}[\"'`]|#|//|\*|[.+&][ \t])")
"""A later line that does not begin like a piece of a literal or like a comment."""


def taken(value: str, lead: str) -> Raw:
    """``value`` as it is known, found behind ``lead`` (what its line has before it)."""
    if "\n" not in value:
        return Raw(value)
    commented = _COMMENTED.match(lead)
    inner = _without(value, commented.group()) if commented is not None else None
    own = _margin(value if inner is None else inner, lead)
    for margin in _margins(value, own):
        text = _without(value, margin)
        if text is not None and put(found := Raw(text, own[len(margin) :]), lead) == value:
            return found
    return Raw(value, _STAYS)


def put(value: Raw, lead: str) -> str:
    """``value`` as it stands behind ``lead``; behind the one that it was found at it is what was found."""
    text, hang = value
    if hang == _STAYS:
        return text
    margin = _margin(text, lead)
    if hang and margin.endswith(hang):
        margin = margin[: -len(hang)]
    elif hang:
        margin = "" if hang.isspace() or not margin else _blanks(lead)
    return _with(text, margin) if margin else text


def leads(text: str, places: list[tuple[int, int]]) -> Iterator[str]:
    """What stands in its line before each of the ``places`` (ordered, disjoint) once each has become a single word."""
    at, lead = 0, ""
    for number, (start, end) in enumerate(places):
        line = text.rfind("\n", at, start) + 1
        if line or not number:
            lead = text[line:start]
        elif not lead.endswith("x"):
            # A word stands there.
            lead += "x"
        yield lead
        at = end


def lead_at(text: str, at: int, before: str) -> str:
    """What stands before ``at`` in its line; ``before``: what the first line has before it."""
    line = line_start(text, at)
    return text[line:at] if line else before + text[:at]


def _margin(value: str, lead: str) -> str:
    """What a place behind ``lead`` sets before the later lines of ``value``. The same with and without it."""
    if _MARGIN.fullmatch(lead):
        return lead
    if (commented := _COMMENTED.match(lead)) is not None:
        sign = commented.group()
        return sign if _UNJOINED.search(value) else sign + _blanks(lead[len(sign) :])
    return "" if _UNJOINED.search(value) else _blanks(lead)


def _margins(value: str, own: str) -> Iterator[str]:
    """``own`` and, for a block whose lines are not aligned, what they all begin with."""
    yield own
    shared = own[:_WIDEST]
    for line in value.split("\n")[1:]:
        while line.rstrip("\r") and not line.startswith(shared):
            shared = shared[:-1]
    yield from (shared, shared[:-1], "")


def _without(value: str, margin: str) -> str | None:
    """``None`` if ``_with`` could not bring it back: a line that does not begin with ``margin``, or is nothing else."""
    first, *later = value.split("\n")
    empty, size = margin.rstrip(" \t"), len(margin)
    lines = [first]
    for line in later:
        body = line.removesuffix("\r")
        if body == empty:
            lines.append(line[len(body) :])
        elif len(body) > size and body.startswith(margin):
            lines.append(line[size:])
        else:
            return None
    return "\n".join(lines)


def _with(text: str, margin: str) -> str:
    first, *later = text.split("\n")
    empty = margin.rstrip(" \t")
    return "\n".join([first, *((margin if line.removesuffix("\r") else empty) + line for line in later)])


def _blanks(lead: str) -> str:
    found = _BLANKS.match(lead)
    return found.group() if found else ""
