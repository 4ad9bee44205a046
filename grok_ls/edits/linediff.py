"""Which lines differ between two lists of lines: patience diff, fast on long files and on large changes alike.

``difflib`` alone is quadratic where lines repeat (braces, blank lines); lines that are unique on both sides split the
work first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# More line pairs than this between two anchors are given up as one changed block.
_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ``old_start:old_end`` of the old list became lines ``new_start:new_end`` of the new one; either may be
    empty.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changed_blocks(olds: Sequence[str], news: Sequence[str]) -> list[Block]:
    """The changed blocks in order; no two of them touch on both sides: an equal line is between them."""
    return list(_blocks(olds, news))


def _blocks(olds: Sequence[str], news: Sequence[str]) -> Iterator[Block]:
    # A stack, not recursion: anchors may nest as deep as the text is long. The leftmost piece is on top.
    todo = [Block(0, len(olds), 0, len(news))]
    while todo:
        piece = _trimmed(olds, news, todo.pop())
        if piece.old_start == piece.old_end and piece.new_start == piece.new_end:
            continue
        if piece.old_start == piece.old_end or piece.new_start == piece.new_end:
            yield piece
            continue
        anchors = _anchors(olds, news, piece)
        if anchors:
            todo.extend(reversed(_split(piece, anchors)))
        else:
            yield from _compared(olds, news, piece)


def _trimmed(olds: Sequence[str], news: Sequence[str], piece: Block) -> Block:
    i, j, k, m = piece.old_start, piece.old_end, piece.new_start, piece.new_end
    while i < j and k < m and olds[i] == news[k]:
        i, k = i + 1, k + 1
    while i < j and k < m and olds[j - 1] == news[m - 1]:
        j, m = j - 1, m - 1
    return Block(i, j, k, m)


def _split(piece: Block, anchors: list[tuple[int, int]]) -> list[Block]:
    pieces = []
    i, k = piece.old_start, piece.new_start
    for old, new in anchors:
        pieces.append(Block(i, old, k, new))
        i, k = old + 1, new + 1
    pieces.append(Block(i, piece.old_end, k, piece.new_end))
    return pieces


def _anchors(olds: Sequence[str], news: Sequence[str], piece: Block) -> list[tuple[int, int]]:
    """Pairs of lines that occur once on both sides, as many as fit in one order."""
    where_new = _once(news, piece.new_start, piece.new_end)
    pairs = [
        (old, where_new[line])
        for line, old in _once(olds, piece.old_start, piece.old_end).items()
        if old >= 0 and where_new.get(line, -1) >= 0
    ]
    pairs.sort()
    return _rising(pairs)


def _once(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    where: dict[str, int] = {}
    for index in range(start, end):
        where[lines[index]] = -1 if lines[index] in where else index
    return where


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` (sorted by their first) whose second numbers rise."""
    tails: list[int] = []
    tops: list[int] = []
    previous: list[int] = []
    for index, (_, new) in enumerate(pairs):
        pile = bisect_left(tails, new)
        previous.append(tops[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [new]
        tops[pile : pile + 1] = [index]
    chain = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]


def _compared(olds: Sequence[str], news: Sequence[str], piece: Block) -> Iterator[Block]:
    i, k = piece.old_start, piece.new_start
    if (piece.old_end - i) * (piece.new_end - k) > _PAIRS:
        yield piece
        return
    matcher = SequenceMatcher(None, olds[i : piece.old_end], news[k : piece.new_end], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield Block(i + a, i + b, k + c, k + d)
