"""Fuzzy matching of one hunk around one line that is certain: context may be stale, misspelt or left out, removals
may not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grok_ls.edits.answer import Hunk, Line
from grok_ls.edits.buffer import Buffer, indent_of, normal

NEVER = 1e9
# Prices of one line, in lines: an unknown context line costs one. Measured on the corpus of tests/benchmarks/edits.
_STALE, _STALE_BLANK = 1.0, 0.15
_LEFT_OUT, _LEFT_OUT_BLANK = 0.7, 0.15
# A line of the document that is skipped exactly where lines are added leaves open where they go.
_AT_SEAM = 0.4
# Equal but for an indentation that is not the one that the other lines speak for; more where there is nothing but
# spacing to tell.
_MOVED, _MOVED_BRACE = 0.2, 0.75
_OTHER = 1.2
# Of two lines that may be the stale one, it is the one further from the change.
_BESIDE = 0.1
_SLACK = 8
_TELLING = 12
# So many lines more on one side than on the other are as many as an alignment can make up for.
_BAND = 12


@dataclass(frozen=True, slots=True)
class Alignment:
    """``mapping`` has the document's line for every old line of the hunk, None for context that is not there."""

    cost: float
    mapping: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A hunk's old lines, prepared. ``seams`` are the indexes of old lines that added lines come right before,
    ``beside`` those next to a change.
    """

    lines: tuple[Line, ...]
    normals: tuple[str, ...]
    seams: frozenset[int]
    beside: frozenset[int]


def written(hunk: Hunk) -> Written:
    seams: set[int] = set()
    index = 0
    for line in hunk.lines:
        if line.kind == "addition":
            seams.add(index)
        else:
            index += 1
    old = hunk.old
    removed = {index for index, line in enumerate(old) if line.kind == "removal"}
    beside = seams | {index - 1 for index in seams | removed} | {index + 1 for index in removed}
    return Written(old, tuple(normal(line.text) for line in old), frozenset(seams), frozenset(beside))


def misspelling(buffer: Buffer, line: str, true: str) -> float:
    """The price of taking one context line for another; both in normal form."""
    if line == true:
        return 0.0
    if not line or not true:
        return NEVER
    key = (line, true)
    price = buffer.prices.get(key)
    if price is None:
        shorter, longer = sorted((len(line), len(true)))
        if len(line) >= _TELLING and true.startswith(line):
            # Broken off, or broken in two: as sure as a misspelling can be.
            price = 0.3
        else:
            price = 1.5 if 2 * shorter < longer else _by_likeness(2 * _common(line, true) / (shorter + longer))
        buffer.prices[key] = price
    return price


def _by_likeness(ratio: float) -> float:
    return 0.3 if ratio >= 0.9 else 0.5 if ratio >= 0.8 else 1.0 if ratio >= 0.65 else 1.5


def _common(one: str, other: str) -> int:
    """Length of the longest common subsequence, by Hyyrö's bit-parallel algorithm: difflib is ten times slower."""
    masks: dict[str, int] = {}
    for index, character in enumerate(one):
        masks[character] = masks.get(character, 0) | 1 << index
    every = (1 << len(one)) - 1
    row = every
    for character in other:
        matches = row & masks.get(character, 0)
        row = (row + matches | row - matches) & every
    return len(one) - row.bit_count()


def align(buffer: Buffer, old: Written, index: int, line: int) -> Alignment | None:
    """The cheapest alignment that puts old line ``index`` on the document's ``line``."""
    shift = _Shift(indent_of(old.lines[index].text), indent_of(buffer.lines[line]))
    count = len(old.lines)
    before = _one_way(buffer, old, list(range(index - 1, -1, -1)), index, shift, lambda step: line - 1 - step)
    after = _one_way(buffer, old, list(range(index + 1, count)), index, shift, lambda step: line + 1 + step)
    if before is None or after is None:
        return None
    return Alignment(before.cost + after.cost, (*before.mapping[::-1], line, *after.mapping))


@dataclass(frozen=True, slots=True)
class _Shift:
    """How the certain line's indentation differs from what was written."""

    written: str
    true: str

    def expected(self, indent: str) -> str | None:
        if self.true.endswith(self.written):
            return self.true[: len(self.true) - len(self.written)] + indent
        if self.written.endswith(self.true):
            extra = self.written[: len(self.written) - len(self.true)]
            return indent[len(extra) :] if indent.startswith(extra) else None
        return None


def _one_way(
    buffer: Buffer, old: Written, order: Sequence[int], first: int, shift: _Shift, at: Callable[[int], int]
) -> Alignment | None:
    """Aligns the old lines in ``order`` with the document's lines ``at(0)``, ``at(1)``, ...; its end is free."""
    if not order:
        return Alignment(0.0, ())
    reach = 0
    while reach < len(order) + _SLACK and 0 <= at(reach) < len(buffer.lines):
        reach += 1
    costs = [[NEVER] * (reach + 1) for _ in range(len(order) + 1)]
    came = [[""] * (reach + 1) for _ in range(len(order) + 1)]
    costs[0][0] = 0.0
    for i in range(len(order) + 1):
        row, marks = costs[i], came[i]
        skip = _skip_price(old, order[i - 1] if i else first, order[i] if i < len(order) else None)
        number = order[i - 1] if i else first
        removal = old.lines[number].kind == "removal"
        stale = NEVER if removal else _STALE if old.normals[number] else _STALE_BLANK
        stale += _BESIDE if number in old.beside else 0.0
        for j in range(max(0, i - _BAND), min(reach, i + _BAND) + 1):
            best, mark = (row[j], marks[j])
            if i:
                above = costs[i - 1]
                if j and above[j - 1] < NEVER:
                    price = above[j - 1] + _price(buffer, old, number, at(j - 1), shift)
                    if price < best:
                        best, mark = price, "m"
                if above[j] + stale < best:
                    best, mark = above[j] + stale, "s"
            if j and row[j - 1] < NEVER and not (skip is None and buffer.normals[at(j - 1)]):
                price = row[j - 1] + (skip or 0.0) + (_LEFT_OUT if buffer.normals[at(j - 1)] else _LEFT_OUT_BLANK)
                if price < best:
                    best, mark = price, "l"
            row[j], marks[j] = best, mark
    cost = min(costs[-1])
    return None if cost >= NEVER else Alignment(cost, _traced(came, costs[-1].index(cost), at))


def _skip_price(old: Written, one: int, other: int | None) -> float | None:
    """What it costs extra to skip lines of the document between two old lines that follow each other; None if only
    blank ones may be: between removed lines with added ones between them.
    """
    if other is None:
        return 0.0
    if old.lines[one].kind == old.lines[other].kind == "removal":
        return None if max(one, other) in old.seams else NEVER
    return _AT_SEAM if max(one, other) in old.seams else 0.0


def _traced(came: list[list[str]], j: int, at: Callable[[int], int]) -> tuple[int | None, ...]:
    mapping: list[int | None] = []
    i = len(came) - 1
    while i:
        mark = came[i][j]
        if mark == "m":
            i, j = i - 1, j - 1
            mapping.append(at(j))
        elif mark == "s":
            i -= 1
            mapping.append(None)
        else:
            j -= 1
    return tuple(mapping[::-1])


def _price(buffer: Buffer, old: Written, index: int, at: int, shift: _Shift) -> float:
    form, true = old.normals[index], buffer.normals[at]
    if form != true:
        if old.lines[index].kind == "removal":
            return NEVER
        # A line that the file has elsewhere is no misspelling of this one.
        return max(misspelling(buffer, form, true), _OTHER if form in buffer.where else 0.0)
    if not form:
        return 0.0
    line = old.lines[index]
    indent = indent_of(buffer.lines[at])
    expected = shift.expected(indent_of(line.text))
    if expected is None or indent in (expected, indent_of(line.raw)):
        return 0.0
    return _MOVED if any(map(str.isalnum, form)) else _MOVED_BRACE
