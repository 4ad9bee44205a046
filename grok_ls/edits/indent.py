"""From the indentation that the model wrote to the one that the file has, learned from the lines that were matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

# (indentation as the model wrote it, indentation of the document)
Pair = tuple[str, str]
Shift = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Fit:
    """``shift`` turns the model's indentation into the file's, None where nobody can know. A higher ``rank`` is a
    bolder guess.
    """

    rank: int
    shift: Shift


def _same(written: str) -> str | None:
    return written


IDENTITY = Fit(0, _same)
TABLE = 4


def fit(pairs: Sequence[Pair], tabs: bool) -> Fit | None:
    """The simplest rule that explains every pair, or None. ``tabs`` says that the file indents with tabs."""
    distinct = sorted(set(pairs))
    if all(written == true for written, true in distinct):
        return IDENTITY
    return _constant(distinct) or _columns(distinct, tabs) or _scaled(distinct, tabs) or _table(distinct)


def _constant(pairs: Sequence[Pair]) -> Fit | None:
    written, true = pairs[0]
    if true.endswith(written) and all(other == true[: len(true) - len(written)] + one for one, other in pairs):
        prefix = true[: len(true) - len(written)]
        return Fit(1, lambda indent: prefix + indent)
    if written.endswith(true) and all(one == written[: len(written) - len(true)] + other for one, other in pairs):
        extra = written[: len(written) - len(true)]
        return Fit(1, lambda indent: indent[len(extra) :] if indent.startswith(extra) else None)
    return None


def width(indent: str, tab: int) -> int:
    return len(indent.expandtabs(tab))


def _written(columns: int, tab: int, tabs: bool) -> str:
    return "\t" * (columns // tab) + " " * (columns % tab) if tabs else " " * columns


def _columns(pairs: Sequence[Pair], tabs: bool) -> Fit | None:
    """Tabs for spaces or spaces for tabs, perhaps shifted as a whole."""
    if not any("\t" in one or "\t" in other for one, other in pairs) or any(" \t" in one for one, _ in pairs):
        return None
    fits: list[Fit] = []
    for tab in (4, 2, 8, 3):
        shifts = {width(other, tab) - width(one, tab) for one, other in pairs}
        if len(shifts) == 1 and all(_written(width(other, tab), tab, tabs) == other for _, other in pairs):
            shift = shifts.pop()
            rule = Fit(2, _by_columns(shift, tab, tabs))
            if shift == 0:
                return rule
            fits.append(rule)
    return fits[0] if fits else None


def _by_columns(shift: int, tab: int, tabs: bool) -> Shift:
    def change(indent: str) -> str | None:
        columns = width(indent, tab) + shift
        return None if columns < 0 else _written(columns, tab, tabs)

    return change


def _scaled(pairs: Sequence[Pair], tabs: bool) -> Fit | None:
    """Another indentation width: two columns written where the file has four."""
    tab = 4
    points = {(width(one, tab), width(other, tab)) for one, other in pairs}
    (x0, y0), (x1, y1) = min(points), max(points)
    if x0 == x1 or any(" \t" in one for one, _ in pairs):
        return None
    slope = Fraction(y1 - y0, x1 - x0)
    # Through the origin: what has no indentation has none in any width.
    if slope not in _SLOPES or any(slope * x != y for x, y in points):
        return None

    def change(indent: str) -> str | None:
        columns = slope * width(indent, tab)
        return None if columns < 0 or columns.denominator != 1 else _written(int(columns), tab, tabs)

    return Fit(3, change)


_SLOPES = {
    Fraction(1, 4),
    Fraction(3, 8),
    Fraction(1, 2),
    Fraction(2, 3),
    Fraction(3, 4),
    Fraction(4, 3),
    Fraction(3, 2),
    Fraction(2),
}
_SLOPES |= {Fraction(8, 3), Fraction(4), Fraction(1)}


def _table(pairs: Sequence[Pair]) -> Fit | None:
    """No rule, but each indentation that was written always means the same."""
    table = dict(pairs)
    return Fit(TABLE, table.get) if len(table) == len(pairs) else None


def foreign(added: Sequence[str], lines: Sequence[str]) -> Fit | None:
    """The rule for added lines that indent with the characters that the file never indents with; None if they do not.

    ``lines`` are the file's. Only for lines that nothing quoted says anything about.
    """
    tabbed = any(line.startswith("\t") for line in added)
    spaced = [len(line) - len(line.lstrip(" ")) for line in added if line.startswith("  ") and line.strip()]
    if tabbed == bool(spaced):
        return None
    tabs = sum(line.startswith("\t") for line in lines)
    spaces = sum(line.startswith("  ") for line in lines)
    if tabbed and spaces >= 3 and not tabs:
        unit = " " * step(lines)
        return Fit(2, lambda indent: indent.replace("\t", unit))
    if spaced and tabs >= 3 and not spaces:
        width = next((one for one in (4, 2, 3) if all(space % one == 0 for space in spaced)), 0)
        return Fit(2, lambda indent: "\t" * (len(indent) // width) + " " * (len(indent) % width)) if width else None
    return None


def step(lines: Sequence[str]) -> int:
    """How many columns the file indents by, most often; 4 if it never does."""
    widths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    steps = [two - one for one, two in pairwise(widths) if two > one]
    return max(set(steps), key=lambda one: (steps.count(one), -one)) if steps else 4
