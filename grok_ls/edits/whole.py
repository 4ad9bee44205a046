"""Whether rewritten code is the whole file: it has what stands at the top, at the foot, and every definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from grok_ls.edits.buffer import Buffer, normal
from grok_ls.edits.elision import is_elision
from grok_ls.edits.names import is_used
from grok_ls.edits.place import weight
from grok_ls.edits.units import LEADING, Unit, is_import, units

# Lines that say something (see ``place.weight``).
_TELLING = 0.5
# Of the document's lines the code has at least so many as they were; more of them if it lacks a definition.
_HALF, _MOST = 0.5, 0.75
_LAST = 3
# No need to look at a text that has so many times the lines.
_LEAST = 10


def whole_file(buffer: Buffer, lines: Sequence[str], found: tuple[list[Unit], list[int]]) -> bool | list[str]:
    """True if ``lines``, whose ``units`` are ``found``, are the document rewritten. The names of what they lack if they are so nearly:
    whether these are to be deleted nobody can say.
    """
    new = {normal(line) for line in lines if line.strip()}
    if _LEAST * len(new) < sum(map(bool, buffer.normals)):
        return False
    telling = [form for form in buffer.normals if weight(form) >= _TELLING]
    if not telling or not new:
        return False
    covered = sum(form in new for form in telling) / len(telling)
    if covered < _HALF:
        return False
    olds = units(buffer.lines)
    if not (_has_head(buffer, olds, lines, found) and _has_foot(buffer, olds[0], lines)):
        return False
    before, after = (Counter(unit.name for unit in each) for each, _ in (olds, found))
    gone, fresh = before - after, after - before
    if not gone:
        return True
    if covered < _MOST or olds[0][-1].name not in after or any(map(is_elision, lines)):
        return False
    if gone.total() <= fresh.total() and not any(is_used("\n".join(lines), name) for name in gone):
        return True
    return sorted(gone)


def _has_head(
    buffer: Buffer, olds: tuple[list[Unit], list[int]], lines: Sequence[str], found: tuple[list[Unit], list[int]]
) -> bool:
    """True if the code begins as the document does, or quotes of what stands above its first definition, or most of what
    stands between them.
    """
    if next(filter(None, buffer.normals)) == next(filter(None, map(normal, lines))):
        return True
    if not olds[0]:
        return False
    old = [form for form in buffer.normals[: olds[0][0].head] if form]
    own = {normal(line) for line in lines[: found[0][0].head if found[0] else len(lines)]}
    said = list(takewhile(lambda form: LEADING.match(form) and not is_import(form), old))
    if said and own.isdisjoint(said):
        # What is said at the top of a file, such as its licence, is not dropped in silence.
        return False
    if any(form in own for form in old if weight(form) >= _TELLING):
        return True
    loose = {normal(lines[number]) for number in found[1]}
    return bool(olds[1]) and sum(buffer.normals[number] in loose for number in olds[1]) >= _MOST * len(olds[1])


def _has_foot(buffer: Buffer, olds: Sequence[Unit], lines: Sequence[str]) -> bool:
    """True if the code ends as the document does, or quotes half of what stands below its last definition."""
    if next(filter(None, reversed(buffer.normals))) == next(filter(None, map(normal, reversed(lines)))):
        return True
    new = set(map(normal, lines))
    if not olds:
        # Nothing but data: it may go on behind its last lines, but has them.
        last = [form for form in buffer.normals if weight(form) >= _TELLING][-_LAST:]
        return len(new) > _LAST and all(form in new for form in last)
    foot = [form for form in buffer.normals[olds[-1].end if olds else 0 :] if weight(form) >= _TELLING]
    return sum(form in new for form in foot) >= _HALF * len(foot)
