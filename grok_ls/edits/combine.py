"""All hunks and rewrites of an answer, and what was accepted of earlier ones, made in one text, or none of them.

Everything is placed in the original text first; hunks that have no place there are tried on the result of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from grok_ls.edits.answer import Hunk, Part, Rewrite
from grok_ls.edits.apply import Edit, smallest
from grok_ls.edits.buffer import Buffer, normal
from grok_ls.edits.elision import is_placeholder
from grok_ls.edits.locate import Code, Refusal, locate, nearest
from grok_ls.edits.marks import gapped, is_foreign
from grok_ls.edits.placed import Change
from grok_ls.edits.render import rendered
from grok_ls.edits.rewrite import Definition, rewritten
from grok_ls.text import Span

# What only the form of an answer has: in a file it would be there because the line before it is missing or misread.
_EDIT_MARK = re.compile(
    r"^(?:<{5,9}|-{5,9}) ?SEARCH\b|^(?:>{5,9}|\+{5,9}) ?REPLACE\b|^\*\*\* (?:Begin|End) Patch\b|^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|"
    r"^</?(?:old|new)_(?:str|string|text|code)>"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """``text`` is the whole new text and ``edits`` the smallest ones that lead to it; ``parts`` are the distinct hunks
    and rewrites that made it, those of earlier answers among them.
    """

    text: str
    edits: tuple[Edit, ...]
    parts: tuple[Part, ...] = ()

    @property
    def hunks(self) -> int:
        return len(self.parts)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the text besides its lines: see ``resolve``."""

    region: Span | None = None
    definitions: Sequence[Definition] = ()
    shown: Sequence[Span] | None = None


def combined(
    buffer: Buffer, parts: Sequence[Part], accepted: Sequence[Part], around: Surroundings
) -> Resolved | Refusal:
    """``parts`` made together with what was ``accepted`` before; where the two change the same line, ``parts`` win."""
    again = {_said(part) for part in parts}
    kept = [part for part in accepted if _said(part) not in again]
    return _Combiner(buffer, dict(enumerate([*kept, *parts])), around).combined(len(kept))


def _said(part: Part) -> tuple[object, ...]:
    return part.lines if isinstance(part, Rewrite) else tuple((line.kind, line.text) for line in part.lines)


@dataclass(frozen=True, slots=True)
class _Made:
    """What one part changes. ``clean``: every line that it quotes is there."""

    changes: tuple[Change, ...]
    clean: bool = True


@dataclass(slots=True)
class _Combiner:
    """``parts`` by number; each is ``made``, or ``refused`` for now, or refused for good (``final``)."""

    buffer: Buffer
    parts: dict[int, Part]
    around: Surroundings
    made: dict[int, _Made] = field(default_factory=dict)
    refused: dict[int, Refusal] = field(default_factory=dict)
    final: bool = False

    def combined(self, earlier: int) -> Resolved | Refusal:
        """The first ``earlier`` parts are those that were accepted before."""
        self._rewrite()
        self._locate()
        for index in _superseded(self.made, earlier):
            del self.parts[index], self.made[index]
        if self.final or (self.refused and not self.made):
            return self._refusal(self.refused)
        if _clashing(self.made):
            # Perhaps only because a hunk that quotes the lines of an earlier one was placed without them.
            clean = {index: made for index, made in self.made.items() if made.clean}
            if (
                len(clean) == len(self.made)
                or _clashing(clean)
                or not self._quote_others(self.made.keys() - clean.keys())
            ):
                return self._conflict()
            self.made = clean
        text, edits = rendered(self.buffer, _ordered(self.made.values()))
        left = [index for index in self.parts if index not in self.made]
        return self._left(text, left) if left else Resolved(text, edits, self._parts)

    @property
    def _parts(self) -> tuple[Part, ...]:
        return tuple(self.parts.values())

    def _rewrite(self) -> None:
        for index, part in self.parts.items():
            if not isinstance(part, Rewrite):
                continue
            found = rewritten(self.buffer, part, self.around.region, self.around.definitions)
            if isinstance(found, str):
                code: Code = "ambiguous_edit" if "equally" in found else "unmatched_edit"
                self._refuse(index, Refusal(code, found, 1, part))
            elif (why := self._unseen(part, found)) is not None:
                self._refuse(index, Refusal("unmatched_edit", why, 1, part))
            else:
                self.made[index] = _Made(tuple(found))

    def _unseen(self, part: Rewrite, changes: Sequence[Change]) -> str | None:
        """Why not: it would write a mark, or delete lines that the model never saw."""
        for change in changes:
            mark = next((line for line in change.lines if is_foreign(self.buffer, line)), None)
            if mark is not None:
                return f"The code at line {part.line} of the answer holds {mark.strip()[:60]!r}, which is no code."
        lost = next((number for change in changes for number in self._hidden(change)), None)
        if lost is None:
            return None
        return (
            f"The code at line {part.line} of the answer leaves out line {lost + 1} of the file, which was not shown."
        )

    def _hidden(self, change: Change) -> Iterable[int]:
        if self.around.shown is None:
            return
        start = self.buffer.offset(change.start)
        for number in range(change.start, change.end):
            end = start + len(self.buffer.lines[number])
            seen = any(span.start <= start and end <= span.end for span in self.around.shown)
            if self.buffer.lines[number].strip() and not seen:
                yield number
            start = end + len(self.buffer.end_of(number))

    def _locate(self) -> None:
        hunks: dict[int, Hunk] = {}
        for index, part in self.parts.items():
            if isinstance(part, Rewrite):
                continue
            why = _unusable(self.buffer, part)
            hunk = gapped(self.buffer, part) if why is None else part
            if why is None and not isinstance(hunk, Hunk):
                why = f"line {hunk.number} of the answer removes or adds lines that were not shown"
            if why is None:
                assert isinstance(hunk, Hunk)
                hunks[index] = hunk
            else:
                message = f"Hunk {part.number} was not applied: {why}."
                where = nearest(self.buffer, part)
                self._refuse(index, Refusal("unmatched_edit", message, part.number, part, where))
        chosen, refused = locate(self.buffer, list(hunks.values()), self.around.region)
        numbers = list(hunks)
        for at, places in chosen.items():
            changes = tuple(change for place in places for change in place.changes)
            if len(self.parts) > 1 and any(place.partial for place in places):
                # What it quotes may be a whole line of what another hunk leaves.
                continue
            self.made[numbers[at]] = _Made(changes, all(place.clean for place in places))
        self.refused |= {numbers[at]: refusal for at, refusal in refused.items()}

    def _refuse(self, index: int, refusal: Refusal) -> None:
        self.refused[index] = refusal
        self.final = True

    def _left(self, text: str, left: Sequence[int]) -> Resolved | Refusal:
        """The hunks that had no place before the others were made: some models quote lines that only an earlier hunk
        adds.
        """
        buffer = Buffer(text)
        hunks = [part for index in left if isinstance(part := self.parts[index], Hunk)]
        chosen, still = locate(buffer, hunks, None)
        if still:
            refused = {left[at]: self.refused.get(left[at], refusal) for at, refusal in still.items()}
            self.made |= {left[at]: _Made(()) for at in chosen}
            return self._refusal(refused)
        made = {at: _Made(tuple(change for place in found for change in place.changes)) for at, found in chosen.items()}
        if not _clashing(made):
            last, _ = rendered(buffer, _ordered(made.values()))
            return Resolved(last, smallest(self.buffer.text, last), self._parts)
        in_turn = _in_turn(text, hunks)
        if in_turn is None:
            self.made = {index: one for index, one in self.made.items() if index not in left}
            return self._conflict(made)
        return Resolved(in_turn, smallest(self.buffer.text, in_turn), self._parts)

    def _quote_others(self, parts: Iterable[int]) -> bool:
        """Whether each of these quotes a line that is not in the text and that another part adds."""
        added = {
            index: {normal(line.text) for line in part.lines if line.kind == "addition"}
            for index, part in self.parts.items()
            if isinstance(part, Hunk)
        }

        def quotes(index: int) -> bool:
            part = self.parts[index]
            others: set[str] = set().union(*(lines for other, lines in added.items() if other != index))
            quoted = {normal(line.text) for line in part.old} if isinstance(part, Hunk) else set()
            return any(form in others and form not in self.buffer.where for form in quoted if form)

        return all(map(quotes, parts))

    def _conflict(self, made: Mapping[int, _Made] | None = None) -> Refusal:
        """Two hunks that change one line differently: both are asked for again."""
        clashing = _clashing(made if made is not None else self.made)
        line = min(clashing.values())
        message = f"Two hunks change line {line + 1} differently; nothing was applied."
        failed: dict[int, Refusal] = {}
        for index, part in self.parts.items():
            if index in clashing or index not in self.made:
                where = nearest(self.buffer, part) if isinstance(part, Hunk) else ""
                number = part.number if isinstance(part, Hunk) else 1
                failed[index] = Refusal("ambiguous_edit", message, number, part, where)
        return self._refusal(failed)

    def _refusal(self, refused: Mapping[int, Refusal]) -> Refusal:
        first, *others = (refused[index] for index in sorted(refused))
        accepted = tuple(part for index, part in self.parts.items() if index in self.made and index not in refused)
        return replace(first, others=tuple(others), accepted=accepted)


def _in_turn(text: str, hunks: Sequence[Hunk]) -> str | None:
    """Each hunk made in what the one before leaves: several pieces of one line. None if one has no place there."""
    for hunk in hunks:
        buffer = Buffer(text)
        found, refused = locate(buffer, [hunk], None)
        if refused or _clashing({at: _Made(place.changes) for at, place in enumerate(found[0])}):
            return None
        text, _ = rendered(buffer, [change for place in found[0] for change in place.changes])
    return text


def _unusable(buffer: Buffer, hunk: Hunk) -> str | None:
    """Lines left out of what a hunk adds are lost for good: such a hunk cannot be used."""
    for line in hunk.lines:
        if line.kind != "addition":
            continue
        placeholder = is_placeholder(line.text)
        # The document is asked last: most hunks need none of its lines but those that they quote.
        if (placeholder or _EDIT_MARK.match(line.text)) and normal(line.text) not in buffer.where:
            what = "stands for other code" if placeholder else "belongs to the form of an edit"
            return f"line {line.number} of the answer {what}"
    return None


def _ordered(made: Iterable[_Made]) -> list[Change]:
    return sorted({change for one in made for change in one.changes}, key=lambda change: (change.start, change.end))


def _clashing(made: Mapping[int, _Made]) -> dict[int, int]:
    """The parts that change a line that another one changes differently, with that line (from 0)."""
    clashing: dict[int, int] = {}
    for one, two in pairwise(_ordered(made.values())):
        if _clash(one, two):
            owners = (index for index, own in made.items() if one in own.changes or two in own.changes)
            for index in owners:
                clashing.setdefault(index, two.start)
    return clashing


def _clash(one: Change, two: Change) -> bool:
    """``two`` does not begin before ``one``."""
    return two.start < one.end or two.start == one.start


def _superseded(made: Mapping[int, _Made], earlier: int) -> list[int]:
    """Earlier parts that change a line which a later answer changes differently."""
    later = {change for index, one in made.items() if index >= earlier for change in one.changes}

    def clashes(change: Change) -> bool:
        return change not in later and any(
            _clash(*sorted((change, other), key=lambda each: (each.start, each.end))) for other in later
        )

    return [index for index in made if index < earlier and any(map(clashes, made[index].changes))]
