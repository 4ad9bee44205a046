"""Texts to trees: in one go, in the time that is there, and from an earlier state."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from grok_ls.context.grammar import Grammar

if TYPE_CHECKING:
    import tree_sitter

_PIECE = 16_384
# Ordinary code takes a step for 270 bytes.
_STEPS = 300
_BYTES_PER_STEP = 60
# The scanner of tree-sitter-yaml 0.7 writes beyond its buffer of 1,024 bytes when blocks are nested too deep, and the
# process dies; every level is at least a column.
_DEEP = re.compile(rb"^[ \t?:-]{100}", re.MULTILINE)
# A text of so many bytes is parsed in one go: the worst of them takes 25 ms, and what tree_sitter keeps of each read
# (156 bytes, some twenty times) would be more than the text.
_AT_ONCE = 16_000
# To mark so many bytes of a tree as changed takes as long as to parse them.
_MUCH = 60_000


def parse_tree(
    data: bytes, grammar: Grammar, old: tree_sitter.Tree | None, enough: Callable[[], bool] | None
) -> tree_sitter.Tree | None:
    """``old`` is an earlier tree that knows what differs (``edited``). ``enough`` is asked many times a millisecond;
    when it says so, the parser gives up with ``None``. It also gives up after several times the steps of ordinary code:
    a hundred thousand open brackets would take minutes.
    """
    import tree_sitter

    if grammar.shallow and _DEEP.search(data):
        return None
    parser = tree_sitter.Parser(grammar.language)
    if len(data) <= _AT_ONCE and enough is None and not grammar.endless:
        return parser.parse(data, old) if old else parser.parse(data)
    left = _STEPS + len(data) // _BYTES_PER_STEP

    views: list[memoryview] = []
    parsed = False

    # tree_sitter holds the interpreter's lock but for these calls: a long text parsed in a thread holds up no other.
    # While it parses it never gives back what it read (0.26): that is an empty view afterwards, not a copy of the text.
    # Queries read through the tree later; they give back, and take nothing but bytes (anything else kills the process).
    def read(byte: int, _: object) -> memoryview | bytes:
        piece = data[byte : byte + _PIECE]
        if parsed:
            return piece
        views.append(memoryview(piece))
        return views[-1]

    def progress(_byte: int, _has_error: bool) -> bool:
        nonlocal left
        left -= 1
        return left < 0 or (enough is not None and enough())

    try:
        if old:
            return parser.parse(read, old, progress_callback=progress)
        return parser.parse(read, progress_callback=progress)
    except ValueError:  # What tree_sitter says to a parse that was stopped.
        return None
    finally:
        parsed = True
        for view in views:
            view.release()


def edited(tree: tree_sitter.Tree, before: bytes, after: bytes) -> tree_sitter.Tree | None:
    """A copy of ``tree`` that knows what differs: everything between the common start and the common end of two
    texts.
    """
    start = common_prefix(before, after)
    end = common_suffix(before, after, min(len(before), len(after)) - start)
    while start > 0 and _inside_character(before, start):
        start -= 1
    while end > 0 and _inside_character(before, len(before) - end):
        end -= 1
    old_end, new_end = len(before) - end, len(after) - end
    if old_end - start > _MUCH:
        return None
    copy = tree.copy()
    points = (_point(before, start), _point(before, old_end), _point(after, new_end))
    copy.edit(start, old_end, new_end, *points)
    return copy


def common_prefix(one: bytes | str, other: bytes | str) -> int:
    """How many bytes or characters two texts of one kind have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(one: bytes | str, other: bytes | str, room: int) -> int:
    """As ``common_prefix`` at the end, of the last ``room`` alone."""
    low, high = 0, room
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _inside_character(data: bytes, at: int) -> bool:
    return at < len(data) and data[at] & 0xC0 == 0x80


def _point(data: bytes, at: int) -> tuple[int, int]:
    return data.count(b"\n", 0, at), at - (data.rfind(b"\n", 0, at) + 1)
