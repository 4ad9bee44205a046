"""Edits as values: apply them, and find the smallest ones between two texts.

Offsets are code points of the whole text, end exclusive. Nothing here knows where an edit came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from grok_ls.edits.linediff import Block, changed_blocks
from grok_ls.text import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_TOKEN = re.compile(r"\r\n|\w+|[^\S\r\n]+|.", re.DOTALL)
# Above this many token pairs a block is trimmed at its two ends only: difflib is quadratic.
_TOKEN_PAIRS = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``span`` of the old text becomes ``new_text``; an empty span is an insertion."""

    span: Span
    new_text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits`` made at once, all counted in ``text``; their order does not matter.

    ``ValueError`` if two share a character, start at one place, or one ends beyond the text. Edits that only touch
    are allowed.
    """
    pieces: list[str] = []
    end = 0
    last_start = -1
    for edit in sorted(edits):
        if edit.span.end > len(text):
            raise ValueError(f"edit {edit.span.start}..{edit.span.end} is outside of a text of {len(text)} characters")
        if edit.span.start < end or edit.span.start == last_start:
            raise ValueError(f"edit {edit.span.start}..{edit.span.end} overlaps an earlier one")
        pieces.append(text[end : edit.span.start])
        pieces.append(edit.new_text)
        end, last_start = edit.span.end, edit.span.start
    pieces.append(text[end:])
    return "".join(pieces)


def smallest(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that turn ``old`` into ``new`` and touch the fewest characters that it is worth finding.

    Sorted, never two that touch (some clients apply an insertion at the start of a replacement in the wrong order),
    never with an end inside a CRLF pair, a surrogate pair or before a combining mark.
    """
    if old == new:
        return ()
    olds, news = _LINE.findall(old), _LINE.findall(new)
    return _smallest_in_blocks(old, olds, news, changed_blocks(olds, news))


def refined(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The smallest edits that do what ``edits`` (sorted, of whole lines) do."""
    return tuple(_joined(text, (part for edit in edits for part in _parts(text, edit))))


def _parts(text: str, edit: Edit) -> Iterator[Edit]:
    start = edit.span.start
    for part in smallest(text[start : edit.span.end], edit.new_text):
        yield Edit(Span(start + part.span.start, start + part.span.end), part.new_text)


def _smallest_in_blocks(
    old: str, olds: Sequence[str], news: Sequence[str], blocks: Iterable[Block]
) -> tuple[Edit, ...]:
    """``smallest`` when it is already known which lines (with their ends) changed."""
    edits: list[Edit] = []
    offset = line = 0
    for block in blocks:
        offset += sum(map(len, olds[line : block.old_start]))
        line = block.old_start
        before = "".join(olds[block.old_start : block.old_end])
        after = "".join(news[block.new_start : block.new_end])
        edits.extend(_within(before, after, offset))
    return tuple(_joined(old, edits))


def _within(before: str, after: str, offset: int) -> Iterator[Edit]:
    """Edits for one changed block of lines that starts at ``offset``."""
    if before.count("\n") == after.count("\n") and before.count("\r") == after.count("\r"):
        olds, news = _LINE.findall(before), _LINE.findall(after)
        if len(olds) == len(news) > 1:
            for one, other in zip(olds, news, strict=True):
                if one != other:
                    yield from _tokens(one, other, offset)
                offset += len(one)
            return
    yield from _tokens(before, after, offset)


def _tokens(before: str, after: str, offset: int) -> Iterator[Edit]:
    head = _common_start(before, after)
    tail = _common_end(before[head:], after[head:])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    # Whole tokens on both sides, so that the comparison does not start in the middle of a word.
    olds, news = _TOKEN.findall(old), _TOKEN.findall(new)
    if not old or not new or len(olds) * len(news) > _TOKEN_PAIRS:
        yield Edit(Span(offset + head, offset + head + len(old)), new)
        return
    starts = [0]
    for token in olds:
        starts.append(starts[-1] + len(token))
    for tag, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            one, other = "".join(olds[i:j]), "".join(news[k:m])
            first = _common_start(one, other)
            last = _common_end(one[first:], other[first:])
            start = offset + head + starts[i]
            yield Edit(Span(start + first, start + len(one) - last), other[first : len(other) - last])


def _common_start(one: str, other: str) -> int:
    """Length of the common start that splits no character pair in either text."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    while low and (_inside(one, low) or _inside(other, low)):
        low -= 1
    return low


def _common_end(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle :] == other[len(other) - middle :]:
            low = middle
        else:
            high = middle - 1
    while low and (_inside(one, len(one) - low) or _inside(other, len(other) - low)):
        low -= 1
    return low


def _inside(text: str, index: int) -> bool:
    """True if ``index`` falls into what a reader takes for one character, or between CR and LF."""
    if index >= len(text):
        return False
    follower = text[index]
    if follower < "\u0300":
        return follower == "\n" and index > 0 and text[index - 1] == "\r"
    leader = text[index - 1] if index else ""
    if "\udc00" <= follower <= "\udfff" and "\ud800" <= leader <= "\udbff":
        return True
    joins = follower in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= follower <= "\U0001f3ff" or leader == "\u200d"
    return joins or unicodedata.combining(follower) != 0


def _joined(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Edits grown until none ends inside a pair, and made one where they then touch."""
    todo = [edit for edit in edits if edit.span.start != edit.span.end or edit.new_text]
    done: list[Edit] = []
    for index, edit in enumerate(todo):
        ceiling = todo[index + 1].span.start if index + 1 < len(todo) else len(text)
        grown = _unsplit(text, edit, done[-1].span.end if done else 0, ceiling)
        if done and done[-1].span.end >= grown.span.start:
            last = done.pop()
            grown = Edit(Span(last.span.start, grown.span.end), last.new_text + grown.new_text)
        done.append(grown)
    return done


def _unsplit(text: str, edit: Edit, floor: int, ceiling: int) -> Edit:
    """``edit`` grown until neither of its ends is inside a pair of the text, before or after."""
    start, end, new = edit.span.start, edit.span.end, edit.new_text
    while start > floor and (_inside(text, start) or _inside(text[start - 1] + (new or text[end : end + 1])[:1], 1)):
        start -= 1
        new = text[start] + new
    while end < ceiling and (
        _inside(text, end) or _inside((new or text[max(start - 1, 0) : start])[-1:] + text[end], 1)
    ):
        new += text[end]
        end += 1
    return Edit(Span(start, end), new)
