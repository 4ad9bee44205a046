"""Changes between two texts as runs of whole lines, as a unified diff without context shows them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from grok_ls.text.source import Source, Span


@dataclass(frozen=True, slots=True)
class LineHunk:
    """``old`` and ``new`` are the spans of the same change in the two texts, whole lines; either may be empty."""

    old: Span
    new: Span
    removed: int
    added: int


def line_hunks(before: str, after: str) -> tuple[LineHunk, ...]:
    """The runs of lines that differ, in order. Common head and tail are cut off first, so a small change in a large text is cheap."""
    old, new = Source(before), Source(after)
    old_lines, new_lines = _lines(old), _lines(new)
    low, most = 0, min(len(old_lines), len(new_lines))
    while low < most and old_lines[low] == new_lines[low]:
        low += 1
    high = 0
    while high < most - low and old_lines[-1 - high] == new_lines[-1 - high]:
        high += 1
    matcher = SequenceMatcher(
        None, old_lines[low : len(old_lines) - high], new_lines[low : len(new_lines) - high], autojunk=False
    )
    return tuple(
        LineHunk(
            _span(old, low + old_from, low + old_to),
            _span(new, low + new_from, low + new_to),
            removed=old_to - old_from,
            added=new_to - new_from,
        )
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes()
        if tag != "equal"
    )


def _lines(source: Source) -> list[str]:
    """Lines with their ends; a text that ends with a line end has no further, empty line here."""
    starts = (*source.line_starts, len(source.text))
    lines = [source.text[start:end] for start, end in pairwise(starts)]
    return lines if not lines or lines[-1] else lines[:-1]


def _span(source: Source, first: int, last: int) -> Span:
    starts = (*source.line_starts, len(source.text))
    return Span(starts[min(first, len(starts) - 1)], starts[min(last, len(starts) - 1)])


def unified(before: str, after: str, path: str) -> str:
    """A unified diff that ``git apply`` takes, without a header for equal texts."""
    from difflib import unified_diff

    lines = unified_diff(_lines(Source(before)), _lines(Source(after)), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
