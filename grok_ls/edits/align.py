"""Fuzzy matching of one hunk around one line that is certain: context may be stale, misspelt or left out, removals
may not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from grok_ls.edits.answer import Line
from grok_ls.edits.buffer import Buffer

_NEVER = 1e9
# Prices of one line, in lines: an unknown context line costs one. Measured on the corpus of tests/benchmarks/edits.
_STALE, _STALE_BLANK = 1.0, 0.15
_LEFT_OUT, _LEFT_OUT_BLANK = 0.7, 0.15
_SLACK = 8


@dataclass(frozen=True, slots=True)
class Alignment:
    """``mapping`` has the document's line for every old line of the hunk, None for context that is not there."""

    cost: float
    mapping: tuple[int | None, ...]


@lru_cache(maxsize=20_000)
def misspelling(written: str, true: str) -> float:
    """The price of taking one context line for another; both in normal form."""
    if written == true:
        return 0.0
    if not written or not true:
        return _NEVER
    matcher = SequenceMatcher(None, written, true, autojunk=False)
    if matcher.real_quick_ratio() < 0.5 or matcher.quick_ratio() < 0.5:
        return 1.5
    ratio = matcher.ratio()
    return 0.3 if ratio >= 0.9 else 0.5 if ratio >= 0.75 else 1.0 if ratio >= 0.5 else 1.5


def align(buffer: Buffer, old: Sequence[Line], normals: Sequence[str], index: int, line: int) -> Alignment | None:
    """The cheapest alignment that puts old line ``index`` on the document's ``line``."""
    removal = [one.kind == "removal" for one in old]
    before = _one_way(
        normals[:index][::-1], removal[:index][::-1], removal[index], lambda step: line - 1 - step, buffer.normals
    )
    after = _one_way(
        normals[index + 1 :], removal[index + 1 :], removal[index], lambda step: line + 1 + step, buffer.normals
    )
    if before is None or after is None:
        return None
    return Alignment(before.cost + after.cost, (*before.mapping[::-1], line, *after.mapping))


def _one_way(
    written: Sequence[str], removal: Sequence[bool], first: bool, at: Callable[[int], int], lines: Sequence[str]
) -> Alignment | None:
    """Aligns ``written`` with the document's lines ``at(0)``, ``at(1)``, ... ; where that ends in the document is
    free.
    """
    if not written:
        return Alignment(0.0, ())
    reach = 0
    while reach < len(written) + _SLACK and 0 <= at(reach) < len(lines):
        reach += 1
    removal_before = [first, *removal]
    costs = [[_NEVER] * (reach + 1) for _ in range(len(written) + 1)]
    came = [[""] * (reach + 1) for _ in range(len(written) + 1)]
    costs[0][0] = 0.0
    for i in range(len(written) + 1):
        row, marks = costs[i], came[i]
        may_skip = not (removal_before[i] and i < len(removal) and removal[i])
        for j in range(reach + 1):
            best, mark = (row[j], marks[j])
            if i:
                if j and costs[i - 1][j - 1] < _NEVER:
                    price = _price(written[i - 1], lines[at(j - 1)], removal[i - 1])
                    if costs[i - 1][j - 1] + price < best:
                        best, mark = costs[i - 1][j - 1] + price, "m"
                if not removal[i - 1]:
                    price = costs[i - 1][j] + (_STALE if written[i - 1] else _STALE_BLANK)
                    if price < best:
                        best, mark = price, "s"
            if j and may_skip and row[j - 1] < _NEVER:
                price = row[j - 1] + (_LEFT_OUT if lines[at(j - 1)] else _LEFT_OUT_BLANK)
                if price < best:
                    best, mark = price, "l"
            row[j], marks[j] = best, mark
    cost = min(costs[-1])
    if cost >= _NEVER:
        return None
    return Alignment(cost, _traced(came, costs[-1].index(cost), at))


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


def _price(written: str, true: str, removal: bool) -> float:
    if written == true:
        return 0.0
    return _NEVER if removal else misspelling(written, true)
