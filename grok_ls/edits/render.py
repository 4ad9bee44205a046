"""Changes of lines made in the text: the document's own line ends, its end of file, and nothing else moved."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from grok_ls.edits.apply import Edit, apply, refined
from grok_ls.edits.buffer import Buffer
from grok_ls.edits.placed import Change
from grok_ls.text import Span


def conflict(changes: Iterable[Change]) -> int | None:
    """The line (from 0) that two of the changes, which must be sorted, both change; None if there is none."""
    for one, two in pairwise(changes):
        if two.start < one.end or two.start == one.start:
            return two.start
    return None


def rendered(buffer: Buffer, changes: Iterable[Change]) -> tuple[str, tuple[Edit, ...]]:
    """The new text and the smallest edits that lead to it. ``changes`` are sorted and do not conflict."""
    whole = _apart(edit for change in _merged(changes) if (edit := _edit(buffer, change)) is not None)
    text = apply(buffer.text, whole)
    edits = refined(buffer.text, whole)
    # The promise of this package: outside of what was placed not one character is another.
    assert apply(buffer.text, edits) == text
    assert _kept(buffer.text, text, whole)
    return text, edits


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """``edits`` with those made one that begin at one place: lines put before an empty line whose end goes with the lines below it."""
    apart: list[Edit] = []
    for edit in edits:
        if apart and apart[-1].span.start == edit.span.start:
            edit = Edit(edit.span, apart.pop().new_text + edit.new_text)
        apart.append(edit)
    return apart


def _kept(old: str, new: str, edits: Iterable[Edit]) -> bool:
    """True if every piece between two edits stands in ``new`` as it was."""
    at = shift = 0
    for edit in edits:
        if old[at : edit.span.start] != new[at + shift : edit.span.start + shift]:
            return False
        at = edit.span.end
        shift += len(edit.new_text) - len(edit.span)
    return old[at:] == new[at + shift :]


def _merged(changes: Iterable[Change]) -> list[Change]:
    merged: list[Change] = []
    for change in changes:
        if merged and merged[-1].end == change.start:
            last = merged.pop()
            change = Change(last.start, change.end, last.lines + change.lines)
        merged.append(change)
    return merged


def _edit(buffer: Buffer, change: Change) -> Edit | None:
    """The change with the document's line ends: those of the lines it replaces, or of its neighbour."""
    start, end, lines = change.start, change.end, change.lines
    count = len(buffer.lines)
    begin, stop = buffer.offset(start), buffer.offset(end)
    near = _ends_near(buffer, start, end)
    given = [near[min(index, len(near) - 1)] for index in range(len(lines))]
    new = "".join(line + one for line, one in zip(lines, given, strict=True))
    if end != count or count == 0 or buffer.end_of(count - 1):
        return Edit(Span(begin, stop), new) if begin != stop or new else None
    # The file has no final newline and keeps having none.
    if not lines:
        above = len(buffer.end_of(start - 1)) if start and start < end else 0
        return Edit(Span(begin - above, stop), "") if begin - above != stop else None
    new = new[: len(new) - len(given[-1])]
    return Edit(Span(stop, stop), near[0] + new) if start == end else Edit(Span(begin, stop), new)


def _ends_near(buffer: Buffer, start: int, end: int) -> list[str]:
    count = len(buffer.lines)
    for numbers in (range(start, end), range(start - 1, start), range(start, start + 1)):
        ends = [buffer.end_of(number) for number in numbers if 0 <= number < count]
        if any(ends):
            return [one for one in ends if one]
    return [next((one for one in map(buffer.end_of, range(count - 1, -1, -1)) if one), "\n")]
