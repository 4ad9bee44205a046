"""Search blocks that quote less than whole lines, as one writes them who thinks of text and not of lines."""

from __future__ import annotations

import re

from grok_ls.edits.answer import Hunk
from grok_ls.edits.buffer import Buffer
from grok_ls.edits.placed import Change, Place

# Fewer characters say nothing of where they stand.
_LEAST = 3
_MOST = 100
_WORD = re.compile(r"\w\w")


def within(buffer: Buffer, hunk: Hunk) -> list[Place]:
    """The places where the search stands character by character, begun or ended within a line; what stands before and
    after it in its lines stays. None for a diff: its lines are whole.
    """
    if hunk.form != "search-replace":
        return []
    old = "\n".join(line.text for line in hunk.old)
    new = "\n".join(line.text for line in hunk.lines if line.kind != "removal")
    found = _found(buffer, old, new)
    return found or _found(buffer, old.strip(), new.strip())


def _found(buffer: Buffer, old: str, new: str) -> list[Place]:
    if len(old.strip()) < _LEAST:
        return []
    text = buffer.joined
    places: list[Place] = []
    following = text.find(old)
    while (at := following) >= 0 and len(places) < _MOST:
        following = text.find(old, at + 1)
        end = at + len(old)
        if _splits(text, at) or _splits(text, end):
            continue
        start = text.rfind("\n", 0, at) + 1
        stop = text.find("\n", end)
        fresh = text[start:at] + new + text[end : stop if stop >= 0 else len(text)]
        first = buffer.line_at(start)
        lines = tuple(range(first, first + old.count("\n") + 1))
        # What follows the final newline is no line.
        if lines[-1] < len(buffer.lines):
            change = Change(first, lines[-1] + 1, tuple(fresh.split("\n")))
            places.append(Place(first, lines, 0.0, (change,), partial=True))
    return places


def _splits(text: str, at: int) -> bool:
    """Whether a word or number goes on across the place: what is quoted is then a part of another one (``3`` of ``30``)."""
    return 0 < at < len(text) and _WORD.match(text[at - 1 : at + 1]) is not None
