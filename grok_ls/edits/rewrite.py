"""Rewritten definitions: what a piece of fenced code makes of the document, and what its elisions leave out.

What the code does not quote stays, other definitions, their members and imports included: models leave out more than
they say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from grok_ls.edits.answer import Rewrite
from grok_ls.edits.blocks import COMMENT, unbalanced
from grok_ls.edits.buffer import BOM, Buffer, indent_of, normal
from grok_ls.edits.elision import elisions, filled, is_elision
from grok_ls.edits.indent import foreign
from grok_ls.edits.linediff import changed_blocks
from grok_ls.edits.place import weight
from grok_ls.edits.placed import Change
from grok_ls.edits.target import Definition, Outline, decorated
from grok_ls.edits.units import BY_KEYWORD, KEYWORD, LEADING, VALUE, Unit, is_container, is_import, named, units
from grok_ls.edits.whole import whole_file
from grok_ls.text import Span

__all__ = ["Definition", "defines", "rewritten"]

# Of the lines between its definitions a rewritten file has at least so many as they were.
_COVERED = 0.75
# Lines that say something (see ``place.weight``); so many of them that would stand in the file twice are no chance.
_TELLING, _DOUBLED = 0.5, 3
# A definition does something by so many lines that say something.
_HEAD = 20
_HEAD_LINE = re.compile(
    r"^\s*(?:async )?(?:def|class|if|for|while|with|try|else|elif|except|finally|match|case)\b.*:\s*$"
)


class _Unclear(Exception):
    """One sentence why nobody can say what the code stands for."""


def rewritten(
    buffer: Buffer, code: Rewrite, region: Span | None, definitions: Sequence[Definition]
) -> list[Change] | str:
    """The changes of lines that ``code`` stands for, or one sentence why nobody can say."""
    lines = [line.removeprefix(BOM) for line in code.lines]
    while lines and not lines[0].strip():
        lines.pop(0)
    style = foreign(lines, buffer.lines)
    if style is not None:
        # Tabs for blanks, or blanks for tabs: the file's are right.
        lines = [(style.shift(indent) or "") + line[len(indent) :] for line in lines for indent in [indent_of(line)]]
    try:
        return _Rewriter(Outline(buffer, region, definitions), code, lines).changes()
    except _Unclear as why:
        return str(why)


@dataclass(frozen=True, slots=True)
class _Rewriter:
    """One piece of code; its sentences name its line in the answer."""

    outline: Outline
    code: Rewrite
    lines: list[str]

    @property
    def _here(self) -> str:
        return f"The code at line {self.code.line} of the answer"

    def changes(self) -> list[Change]:
        """Raises ``_Unclear``."""
        found, loose = units(self.lines)
        if changes := self._between_elisions():
            return changes
        whole = whole_file(self.outline.buffer, self.lines, (found, loose))
        if isinstance(whole, list):
            names = ", ".join(whole[:5])
            raise _Unclear(f"{self._here} leaves out {names}, and does not say whether that is to be deleted.")
        if whole:
            return self._replaced(self.lines, 0, len(self.outline.buffer.lines))
        self._check_braces()
        more = len(found) > 1 or any(not is_elision(self.lines[number]) for number in loose)
        if more and not is_elision(self.lines[0]) and any(map(self._is_known, found)):
            behind = [number for number in range(found[-1].end, len(self.lines)) if self.lines[number].strip()]
            loose = sorted({*loose, *behind})
            return [*self._imported(loose), *(change for unit in found for change in self._one_of(unit, found))]
        target = self._undoubled(self._with_quoted(self._target(self.lines), found))
        return self._replaced(self._shifted(self.lines, target), *target)

    def _check_braces(self) -> None:
        """Code in which braces have no other half lacks lines, unless the document is no better, and so does code that ends with the head
        of a block; an elision may stand for them.
        """
        if any(map(is_elision, self.lines)):
            return
        uneven = unbalanced(self.lines) and not unbalanced(self.outline.buffer.lines)
        if not uneven and not _HEAD_LINE.match(self.lines[-1]):
            return
        raise _Unclear(
            f"{self._here} opens or closes a block that has no other end in it, so some of its lines are missing."
        )

    def _between_elisions(self) -> list[Change]:
        """What the code changes if it is the whole file with all left out but the surroundings of the changes; empty if
        that is not certain.
        """
        buffer = self.outline.buffer
        code = [line for line in self.lines if line.strip()]
        if not code or not any(map(is_elision, (code[0], code[-1]))) or not _has_the_edges(buffer, self.lines, all):
            return []
        complete = filled(buffer.lines, self.lines)
        if complete is None or _lost(_defined(buffer.lines), _defined(complete)):
            return []
        # Behind an elision whatever is not there is left out on purpose.
        if not is_elision(code[0]) and _lost(_imports(buffer.lines), _imports(complete)):
            return []
        return _changed(buffer.lines, complete, 0)

    def _with_quoted(self, target: tuple[int, int], found: Sequence[Unit]) -> tuple[int, int]:
        """``target`` with the lines behind it that the code quotes behind its only definition: comments, which no definition has."""
        forms = self.outline.buffer.normals
        quoted = [form for form in map(normal, self.lines[found[-1].end :]) if form] if len(found) == 1 else []
        end = target[1]
        for form in quoted:
            end = next((number for number in range(end, len(forms)) if forms[number]), len(forms))
            if end == len(forms) or forms[end] != form:
                return target
            end += 1
        return target[0], end

    def _undoubled(self, target: tuple[int, int]) -> tuple[int, int]:
        """``target``, or the whole file if the code has what stands outside of it too: it must not stand there twice."""
        buffer = self.outline.buffer
        start, end = target
        new = Counter(form for form in map(normal, self.lines) if weight(form) >= _TELLING)
        new -= Counter(buffer.normals[start:end])
        around = buffer.normals[:start] + buffer.normals[end:]
        doubled = (Counter(form for form in around if form in new) & new).total()
        if not doubled:
            return target
        outside = Counter(form for form in around if weight(form) >= _TELLING)
        if doubled >= _COVERED * outside.total() and _has_the_edges(buffer, self.lines, any):
            return 0, len(buffer.lines)
        if doubled >= _DOUBLED and 2 * doubled >= new.total():
            raise _Unclear(f"{self._here} repeats {doubled} lines of the file that stand outside of what it rewrites.")
        return target

    def _is_known(self, unit: Unit) -> bool:
        return bool(self.outline.spans(unit.name, self.lines[unit.head]))

    def _target(self, lines: Sequence[str]) -> tuple[int, int]:
        target = self.outline.target(lines)
        if isinstance(target, str):
            raise _Unclear(target)
        start, end = target
        if not COMMENT.match(next((line for line in reversed(lines) if line.strip()), "")):
            # Comments at the end that the code does not quote are of the definition for some grammars, and stay.
            while end > start + 1 and COMMENT.match(self.outline.buffer.lines[end - 1]):
                end -= 1
        return start, end

    def _replaced(self, lines: Sequence[str], start: int, end: int) -> list[Change]:
        """The changes between the document's lines ``start:end`` and ``lines``, which are indented as there."""
        while end > start and lines[-1].strip() and not self.outline.buffer.lines[end - 1].strip():
            # Blank lines at the end are the file's.
            end -= 1
        old = self.outline.buffer.lines[start:end]
        dropped = []
        if elisions({normal(line) for line in old}, lines):
            complete = filled(old, lines)
            if complete is None:
                raise _Unclear(f"{self._here} leaves lines out, and which ones is not certain.")
            lines = complete
            dropped = _lost(_defined(old), _defined(lines))
        if _is_stub(old, lines):
            raise _Unclear(f"{self._here} has a comment in the place of all that the definition does.")
        if dropped := dropped or _dropped_members(old, lines):
            names = ", ".join(dropped[:5])
            raise _Unclear(f"{self._here} leaves out {names}, and does not say whether that is to be deleted.")
        return _changed(old, lines, start)

    def _shifted(self, lines: Sequence[str], target: tuple[int, int]) -> list[str]:
        shifted = _shifted(self.outline.buffer, lines, target[0])
        if shifted is None:
            raise _Unclear(f"{self._here} is indented unlike the definition that it rewrites.")
        return shifted

    def _imported(self, loose: Sequence[int]) -> list[Change]:
        """What the code has besides definitions may be quoted, or imports to be added; anything else has no place."""
        buffer = self.outline.buffer
        lines = [self.lines[number] for number in loose]
        lines = [line for line in lines if not is_elision(line) and normal(line) not in buffer.where]
        strange = next((line for line in lines if not is_import(line)), None)
        if strange is not None:
            raise _Unclear(f"{self._here} holds {strange.strip()[:60]!r}, which belongs to none of its definitions.")
        if not lines:
            return []
        last = max((number for number, line in enumerate(buffer.lines) if is_import(line)), default=None)
        if last is None or buffer.lines[last].rstrip().endswith(("(", "{", "\\", ",")):
            raise _Unclear(f"{self._here} imports something, and the document has no certain place for it.")
        return [Change(last + 1, last + 1, tuple(lines))]

    def _one_of(self, unit: Unit, found: Sequence[Unit]) -> list[Change]:
        """What a definition that the document has becomes, with those that are new next to it: they follow the one
        that they follow in the code, or precede the first.
        """
        if not self._is_known(unit):
            return []
        at = found.index(unit)
        after = at + 1
        while after < len(found) and not self._is_known(found[after]):
            after += 1
        before = 0 if not any(map(self._is_known, found[:at])) else at
        own = self.lines[unit.start : unit.end]
        target = self._target(own)
        above = [line for new in found[before:at] for line in self._with_gap_below(new, found)]
        below = [line for new in found[at + 1 : after] for line in self._with_gap_above(new)]
        shifted = self._shifted([*own, *above, *below], target)
        changes = self._replaced(shifted[: len(own)], *target)
        if above:
            top = _top(self.outline.buffer, target[0])
            changes.append(Change(top, top, tuple(shifted[len(own) : len(own) + len(above)])))
        if below:
            changes.append(Change(target[1], target[1], tuple(shifted[len(own) + len(above) :])))
        return changes

    def _with_gap_above(self, unit: Unit) -> list[str]:
        start = unit.start
        while start and not self.lines[start - 1].strip():
            start -= 1
        return self.lines[start : unit.end]

    def _with_gap_below(self, unit: Unit, found: Sequence[Unit]) -> list[str]:
        end = unit.end
        while end < len(self.lines) and not self.lines[end].strip():
            end += 1
        return self.lines[unit.start : end]


def _changed(old: Sequence[str], new: Sequence[str], start: int) -> list[Change]:
    """The changes from ``old``, which begins at the document's line ``start``, to ``new``."""
    return [
        Change(start + block.old_start, start + block.old_end, tuple(new[block.new_start : block.new_end]))
        # What stands in a blank line is the file's.
        for block in changed_blocks(_blank(old), _blank(new))
    ]


def _is_stub(old: Sequence[str], new: Sequence[str]) -> bool:
    """True if nothing is left of a definition but its first lines, and comments that it did not have."""
    now = [normal(line) for line in islice(filter(_says_something, new), _HEAD)]
    was = [normal(line) for line in islice(filter(_says_something, old), _HEAD)]
    if len(now) == _HEAD:
        return False
    if not now or len(was) <= len(now) or was[: len(now)] != now:
        return False
    if len(now) > 1 and not now[-1].endswith(("{", ":", ")")):
        return False
    known = set(map(normal, old))
    return any(line.strip() and LEADING.match(line) and normal(line) not in known for line in new)


def _says_something(line: str) -> bool:
    return not LEADING.match(line) and bool(re.search(r"\w", line)) and line.strip() != "end"


def _lost(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The names that are gone, if no others came in their place."""
    gone = [name for name in before if name not in after]
    return gone if len(gone) > sum(name not in before for name in after) else []


def _defined(lines: Sequence[str]) -> list[str]:
    code = [line for line in lines if not LEADING.match(line) and not is_import(line.strip())]
    found = (named(line) for line in code if KEYWORD.search(line))
    return [name for how, name in found if how == BY_KEYWORD]


def _imports(lines: Sequence[str]) -> list[str]:
    return [normal(line) for line in lines if is_import(line.strip())]


def _blank(lines: Sequence[str]) -> list[str]:
    return [line if line.strip() else "" for line in lines]


def _has_the_edges(buffer: Buffer, lines: Sequence[str], which: Callable[[Iterable[bool]], bool]) -> bool:
    """True if the code begins and ends as the document does (``all``), or does one of the two (``any``); an elision is any
    edge.
    """
    old, new = [form for form in buffer.normals if form], [line for line in lines if line.strip()]
    edges = ((old[0], new[0]), (old[-1], new[-1])) if old and new else ()
    return bool(edges) and which(one == normal(other) or is_elision(other) for one, other in edges)


def _top(buffer: Buffer, line: int) -> int:
    """The first of the comments and decorators right above a line."""
    line = decorated(buffer, line)
    while line and buffer.lines[line - 1].strip() and LEADING.match(buffer.lines[line - 1]):
        line -= 1
    return line


def _dropped_members(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Members of a class and the like that its new code does not have, if it has no others in their place."""
    heads = [next((at for at, line in enumerate(lines) if not LEADING.match(line)), None) for lines in (old, new)]
    if heads[0] is None or heads[1] is None or not is_container(old[heads[0]]) or not is_container(new[heads[1]]):
        return []
    return _lost(_members(old, heads[0]), _members(new, heads[1]))


def _members(lines: Sequence[str], head: int) -> list[str]:
    """Without values, of which some may go: what models leave out in silence is code."""
    return [unit.name for unit in units(lines, head + 1)[0] if _is_code(lines[unit.head])]


def _is_code(head: str) -> bool:
    return named(head)[0] != VALUE or head.rstrip().endswith(("{", "(", "=>"))


def defines(line: str) -> bool:
    """True if the line defines something by a keyword, as prose seldom does."""
    return bool(KEYWORD.search(line)) and line.rstrip().endswith((":", "{", "(", ")"))


def _shifted(buffer: Buffer, lines: Sequence[str], start: int) -> list[str] | None:
    if is_elision(lines[0]):
        return list(lines)
    first = next(line for line in lines if line.strip())
    true = indent_of(buffer.lines[start]) if start < len(buffer.lines) else ""
    written = indent_of(first)
    if true == written:
        return list(lines)
    if true.endswith(written):
        extra = true[: len(true) - len(written)]
        return [extra + line if line.strip() else "" for line in lines]
    if written.endswith(true):
        extra = written[: len(written) - len(true)]
        if all(line.startswith(extra) or not line.strip() for line in lines):
            return [line[len(extra) :] for line in lines]
    return None
