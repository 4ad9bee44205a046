"""Taking a hunk apart where it skips lines of the document: at elisions, and where two hunks ran together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grok_ls.edits.answer import Hunk, Line
from grok_ls.edits.buffer import Buffer, normal
from grok_ls.edits.elision import is_elision
from grok_ls.edits.marks import is_foreign

# What listings put between the number and the line.
_NUMBERED = [
    re.compile(rf"^\s*(\d+){between}(.*)$")
    for between in (r"\t", r"\s*[|│] ?", r"\s*[|│]", r"\s*[:→] ?", r"\s*[:→]", "  ")
]


_MARKERS = {"context": " ", "removal": "-", "addition": "+"}


def at_elisions(buffer: Buffer, hunk: Hunk) -> list[Hunk]:
    """The pieces between the context lines that only stand for others; the hunk itself if it has none."""
    marks = [line for line in hunk.lines if line.kind == "context" and is_elision(line.text)]
    # A file may have such lines of its own: they only count where no other does.
    marks = [line for line in marks if normal(line.text) not in buffer.where] or marks
    return _cut_at(hunk, marks)


def at_marks(buffer: Buffer, hunk: Hunk) -> list[Hunk]:
    """The pieces between the lines that stand for lines that were not shown: unlike an elision, such a line can mean
    nothing else.
    """
    return _cut_at(hunk, [line for line in hunk.lines if line.kind == "context" and is_foreign(buffer, line.text)])


def _cut_at(hunk: Hunk, marks: Sequence[Line]) -> list[Hunk]:
    pieces: list[list[Line]] = [[]]
    for line in hunk.lines:
        if line in marks:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [hunk] if len(pieces) == 1 else list(_hunks(hunk, pieces))


def without_prose(buffer: Buffer, hunk: Hunk) -> Hunk:
    """The hunk without the words that follow it, if the document does not have them."""
    if hunk.tail is None:
        return hunk
    first = next(line for line in hunk.lines[hunk.tail :] if line.raw)
    known = first.kind == "addition" or normal(first.text) in buffer.where or normal(first.raw) in buffer.where
    return replace(hunk, tail=None) if known else replace(hunk, lines=hunk.lines[: hunk.tail], tail=None)


def at_changes(hunk: Hunk) -> list[Hunk]:
    """One piece for each change, all with the context on both sides; empty if there is only one."""
    lines = hunk.lines
    starts = [
        i for i, line in enumerate(lines) if line.kind != "context" and (i == 0 or lines[i - 1].kind == "context")
    ]
    ends = [
        i + 1
        for i, line in enumerate(lines)
        if line.kind != "context" and lines[i + 1 : i + 2] != () and lines[i + 1].kind == "context"
    ]
    ends += [len(lines)] if lines[-1].kind != "context" else []
    if len(starts) < 2:
        return []
    pieces = [lines[low:high] for low, high in zip([0, *ends[:-1]], [*starts[1:], len(lines)], strict=True)]
    return list(_hunks(hunk, pieces))


def at_jumps(buffer: Buffer, hunk: Hunk) -> list[Hunk]:
    """Pieces that each stand together in the document, cut between two lines of context; empty if that does not work
    out.
    """
    pieces: list[list[Line]] = []
    rest = list(hunk.lines)
    while rest:
        length = _together(buffer, rest)
        if length == 0:
            return []
        if length < len(rest) and (rest[length - 1].kind != "context" or rest[length].kind != "context"):
            return []
        pieces.append(rest[:length])
        rest = rest[length:]
    return list(_hunks(hunk, pieces)) if len(pieces) > 1 else []


def without_numbers(buffer: Buffer, hunk: Hunk) -> Hunk | None:
    """The hunk without the line numbers of a listing; None if not all that it quotes has rising ones, or the document
    has such lines itself.
    """
    quoted = [line.text for line in hunk.lines if line.kind != "addition" and line.text.strip()]
    if not quoted or not quoted[0].lstrip()[:1].isdigit() or any(normal(text) in buffer.where for text in quoted):
        return None
    fitting = [form for form in _NUMBERED if _is_listing([form.match(text) for text in quoted])]
    if not fitting:
        return None
    there = set(buffer.lines)
    form = max(fitting, key=lambda form: sum(form.sub(r"\2", text) in there for text in quoted))
    lines = [
        replace(line, text=match[2], raw=_MARKERS[line.kind] + match[2], marked=True)
        if (match := form.match(line.text))
        else line
        for line in hunk.lines
    ]
    return replace(hunk, lines=tuple(lines))


def _is_listing(matches: Sequence[re.Match[str] | None]) -> bool:
    """True if every line is numbered, and the numbers rise."""
    numbers = [int(match[1]) for match in matches if match]
    return len(numbers) == len(matches) and numbers == sorted(set(numbers))


def _hunks(hunk: Hunk, pieces: Sequence[Sequence[Line]]) -> Iterator[Hunk]:
    first = True
    for piece in pieces:
        if any(line.text.strip() or line.kind != "context" for line in piece):
            yield replace(hunk, lines=tuple(piece), start=hunk.start if first else None, counts=None)
            first = False


def _together(buffer: Buffer, lines: Sequence[Line]) -> int:
    """How many of ``lines`` fit before their old lines no longer follow each other anywhere in the document."""
    ends: set[int] | None = None
    for index, line in enumerate(lines):
        if line.kind == "addition":
            continue
        form = normal(line.text)
        ends = {at for at in buffer.where.get(form, ()) if ends is None or at - 1 in ends}
        if not ends:
            return index
    return len(lines)
