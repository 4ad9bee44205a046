"""Edits without any form: code without a fence, and the lines of a diff without header and fence.

Only the document can tell them from words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grok_ls.edits.answer import Hunk, Parsed, Rewrite, Role, Unparsed
from grok_ls.edits.blocks import block_end
from grok_ls.edits.buffer import Buffer, normal
from grok_ls.edits.parse import change_among
from grok_ls.edits.rewrite import defines
from grok_ls.edits.segments import Segmenter
from grok_ls.edits.unified import read_diff

# What the words of an answer begin lists with: never told from a change of lines that are indented by one blank.
_ITEM = re.compile(r"[-+] \S")
# Nothing but signs rules off words, and a number with its sign is one of them ("+1"): neither changes a line.
_RULE = re.compile(r"(?:--+|\+\++|[-+]\d+)\s*$")
# Fewer characters say nothing of where they stand.
_TELLING = 8
# What is only added, or only taken away, needs so many lines of the document beside it.
_AROUND = 2


def read_bare(text: str, answer: str) -> Parsed | Unparsed | None:
    """What an answer of words alone holds for all that; ``None``: words."""
    segmenter = Segmenter()
    segmenter.feed(answer)
    segmenter.finish()
    if any(segment.sort != "prose" for segment in segmenter.segments):
        return None
    buffer, lines = Buffer(text), segmenter.lines
    return _code(buffer, lines, segmenter.ends_in_line) or _diff(buffer, lines, segmenter.ends_in_line)


def _code(buffer: Buffer, lines: Sequence[str], cut: bool) -> Parsed | Unparsed | None:
    """An answer that begins with a definition of the document, word for word, is that definition rewritten."""
    first, end = _trimmed(lines, 0, len(lines))
    code = tuple(lines[first:end])
    if len(code) < 2 or not defines(code[0]) or normal(code[0]) not in buffer.where or block_end(code, 0) != len(code):
        return None
    last = normal(code[-1])
    if cut and last not in buffer.where and any(line.startswith(last) for line in buffer.where):
        return _cut(end)
    roles: list[Role] = ["prose"] * len(lines)
    roles[first:end] = ["code"] * len(code)
    return Parsed("rewrite", (), (Rewrite(code, line=first + 1),), "", tuple(roles))


def _diff(buffer: Buffer, lines: Sequence[str], cut: bool) -> Parsed | Unparsed | None:
    """Lines that each begin as those of a diff do, where all that they quote stands together in the document, character by character."""
    roles: list[Role] = ["prose"] * len(lines)
    hunks: list[Hunk] = []
    for start, end in _pieces(buffer, lines):
        if not _fits(buffer, lines[start:end]):
            if (at := _suspicious(buffer, lines[start:end])) is not None:
                line = start + at + 1
                why = "looks like a change without a diff, and the lines beside it do not say for certain where it belongs"
                return Unparsed("unmatched_edit", f"Line {line} of the answer {why}.", line)
            continue
        last = lines[end - 1]
        # It ends in words or with a line of the document, else it may go on.
        if end == _trimmed(lines, 0, len(lines))[1] and (last.startswith("-") or (cut and not last.startswith(" "))):
            return _cut(end)
        hunks += read_diff(lines[start:end], start, roles, open_ended=False)[0]
    if not hunks:
        return None
    prose = "\n".join(line for line, role in zip(lines, roles, strict=True) if role == "prose").strip("\n")
    numbered = tuple(Hunk(hunk.lines, number=number, open_ended=False) for number, hunk in enumerate(hunks, 1))
    return Parsed("diff", numbered, (), prose, tuple(roles), cut)


def _pieces(buffer: Buffer, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines that may be those of a diff, cut at their blank lines where the whole does not fit."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (not lines[end].strip() or lines[end][0] in " +-"):
            end += 1
        first, last = _trimmed(lines, start, end)
        if first < last:
            if _fits(buffer, lines[first:last]):
                yield first, last
            else:
                yield from _between_blanks(lines, first, last)
        start = end + 1


def _between_blanks(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for at in range(first, last + 1):
        if at == last or not lines[at].strip():
            if at > start:
                yield start, at
            start = at + 1


def _trimmed(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """``start:end`` without blank lines at its ends."""
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return start, end


def _fits(buffer: Buffer, lines: Sequence[str]) -> bool:
    changed = [line for line in lines if line[:1] in ("-", "+")]
    if not changed or all(map(_ITEM.match, changed)) or any(map(_RULE.match, changed)):
        return False
    old = [line[1:] for line in lines if not line.startswith("+")]
    said = [line for line in old if line.strip()]
    context = sum(bool(line.strip()) for line in lines if line[:1] not in ("-", "+"))
    if len({line[0] for line in changed}) == 1 and context < _AROUND:
        return False
    return sum(len(line.strip()) for line in said) >= _TELLING and bool(buffer.exact(old))


def _suspicious(buffer: Buffer, lines: Sequence[str]) -> int | None:
    """The line that only a change would have: one taken away that the document has just so, or one for the other."""
    there = set(buffer.lines)
    for at, line in enumerate(lines):
        taken = line.startswith("-") and not _ITEM.match(line) and len(line[1:].strip()) >= _TELLING
        if taken and line[1:] in there:
            return at
    return change_among(lines)


def _cut(line: int) -> Unparsed:
    return Unparsed("truncated_answer", f"The answer is cut: it stops in line {line}.", line)
