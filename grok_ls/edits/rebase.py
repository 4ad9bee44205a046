"""Carrying the model's edit over what the user typed meanwhile: a three-way merge by lines that never guesses.

No library fits: merge3 and git's merge write conflict markers or pick a side where two changes only touch, and take
no care of insertions that could as well have happened a few lines further up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grok_ls.edits.linediff import Block, changed_blocks

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def rebase(base: str, theirs: str, ours: str) -> str | None:
    """``theirs`` with the changes ``base`` -> ``ours`` made in it, or None if the two changed the same lines.

    ``base`` is the text that the model saw, ``theirs`` the document after the user typed, ``ours`` the model's
    result. Changes on neighbouring lines are both kept where their order is beyond doubt. A change that both sides
    made is made once.
    """
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    lines, their_lines, our_lines = _LINE.findall(base), _LINE.findall(theirs), _LINE.findall(ours)
    typed = [(block, their_lines) for block in changed_blocks(lines, their_lines)]
    edited = [
        (block, our_lines)
        for block in changed_blocks(lines, our_lines)
        if not any(_same(block, our_lines, other, their_lines) for other, _ in typed)
    ]
    if any(_touch(lines, block, our_lines, other, their_lines) for block, _ in edited for other, _ in typed):
        return None
    merged: list[str] = []
    line = 0
    for block, source in sorted(typed + edited, key=lambda change: _order(lines, *change)):
        merged.extend(lines[line : block.old_start])
        merged.extend(source[block.new_start : block.new_end])
        line = block.old_end
    merged.extend(lines[line:])
    return "".join(merged)


def _order(base: Sequence[str], block: Block, lines: Sequence[str]) -> tuple[int, int, bool]:
    """Of two insertions at one place the one that could as well be further up is: its lines repeat those above."""
    return block.old_start, block.old_end, _reach(base, block, lines)[0] == block.old_start


def _same(block: Block, lines: Sequence[str], other: Block, others: Sequence[str]) -> bool:
    return (block.old_start, block.old_end) == (other.old_start, other.old_end) and lines[
        block.new_start : block.new_end
    ] == others[other.new_start : other.new_end]


def _touch(base: Sequence[str], block: Block, lines: Sequence[str], other: Block, others: Sequence[str]) -> bool:
    """True unless it is certain that one change lies wholly before the other."""
    if block.old_start < other.old_end and other.old_start < block.old_end:
        return True
    low, high = _reach(base, block, lines)
    other_low, other_high = _reach(base, other, others)
    if low == high and other_low == other_high:
        # Which of two insertions at one place comes first nobody knows; beside a replacement it is known.
        return low == other_low
    return low < other_high and other_low < high


def _reach(base: Sequence[str], block: Block, lines: Sequence[str]) -> tuple[int, int]:
    """The lines of the base in which the change may have happened.

    A repeated line can be added or taken away at several places with one and the same result; which one was meant
    nobody knows.
    """
    low, high = block.old_start, block.old_end
    added = lines[block.new_start : block.new_end]
    taken = base[block.old_start : block.old_end]
    if added and taken:
        return low, high
    moved = list(added or taken)
    while low and base[low - 1] == moved[-1]:
        moved.insert(0, moved.pop())
        low -= 1
    moved = list(added or taken)
    while high < len(base) and base[high] == moved[0]:
        moved.append(moved.pop(0))
        high += 1
    return low, high
