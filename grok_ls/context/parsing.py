"""Texts to trees: in one go, in the time that is there, and from an earlier state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from grok_ls.context.grammar import Grammar

if TYPE_CHECKING:
    import tree_sitter

_AT_ONCE = 100_000
_PIECE = 16_384
# To mark so many bytes of a tree as changed takes as long as to parse them.
_MUCH = 60_000


def parse_tree(
    data: bytes, grammar: Grammar, old: tree_sitter.Tree | None, enough: Callable[[], bool] | None
) -> tree_sitter.Tree | None:
    """``old`` is an earlier tree that knows what differs (``edited``). ``enough`` is asked many times a millisecond;
    when it says so, the parser gives up with ``None``.
    """
    import tree_sitter

    parser = tree_sitter.Parser(grammar.language)
    if enough is None and len(data) <= _AT_ONCE:
        return parser.parse(data, old) if old else parser.parse(data)

    # tree_sitter holds the interpreter's lock but for these calls: a long text parsed in a thread holds up no other.
    def read(byte: int, _: object) -> bytes:
        return data[byte : byte + _PIECE]

    if enough is None:
        return parser.parse(read, old) if old else parser.parse(read)

    def progress(_byte: int, _has_error: bool) -> bool:
        return enough()

    try:
        if old:
            return parser.parse(read, old, progress_callback=progress)
        return parser.parse(read, progress_callback=progress)
    except ValueError:  # What tree_sitter says to a parse that was stopped.
        return None


def edited(tree: tree_sitter.Tree, before: bytes, after: bytes) -> tree_sitter.Tree | None:
    """A copy of ``tree`` that knows what differs: everything between the common start and the common end of two
    texts.
    """
    start = common_prefix(before, after)
    end = _common_suffix(before, after, min(len(before), len(after)) - start)
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


def _common_suffix(one: bytes, other: bytes, room: int) -> int:
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
