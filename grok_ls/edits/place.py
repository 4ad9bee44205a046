"""Where a hunk can go: every place with what speaks for it, and what the hunk changes there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grok_ls.edits.align import align, misspelling
from grok_ls.edits.answer import Hunk, Line
from grok_ls.edits.buffer import Buffer, indent_of, normal
from grok_ls.edits.indent import IDENTITY, TABLE, Fit, Pair, fit

_SEEDS = 120
# Two places whose prices differ by less are equally good.
MARGIN = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """Lines ``start:end`` of the document become ``lines`` (contents without line ends)."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one hunk. ``first`` is the document's line of the hunk's first line that is there."""

    first: int
    mapping: tuple[int | None, ...]
    cost: float
    changes: tuple[Change, ...]

    @property
    def last(self) -> int:
        return max(line for line in self.mapping if line is not None)


@dataclass(frozen=True, slots=True)
class Missing:
    """No place: the line of the hunk that speaks against it, and the sentence."""

    line: Line
    message: str


def places(buffer: Buffer, hunk: Hunk) -> list[Place] | Missing:
    """The places that no other beats clearly, best step first: exact, then normal form, then fuzzy context."""
    old = hunk.old
    if not any(line.text.strip() for line in old):
        return Missing(hunk.lines[0], "it quotes no line of the file, so nothing says where it belongs")
    exact = buffer.exact([line.text for line in old])
    if exact and not _doubted(buffer, hunk, exact):
        found = [_contiguous(buffer, hunk, first, 0.0) for first in exact]
        return [place for place in found if place is not None] or Missing(old[0], "its added lines cannot be indented")
    normals = [normal(line.text) for line in old]
    found = [_contiguous(buffer, hunk, first, None) for first in buffer.contiguous(normals)]
    kept = _best([place for place in found if place is not None])
    return kept or _fuzzy(buffer, hunk, normals)


def _doubted(buffer: Buffer, hunk: Hunk, exact: Sequence[int]) -> bool:
    """True if the header's line number names another place that fits but for its spacing: then neither is certain."""
    if hunk.start is None or hunk.start - 1 in exact:
        return False
    lines = buffer.lines[hunk.start - 1 : hunk.start - 1 + len(hunk.old)]
    return len(lines) == len(hunk.old) and all(
        normal(one) == normal(two.text) for one, two in zip(lines, hunk.old, strict=True)
    )


def _best(found: list[Place]) -> list[Place]:
    cheapest = min((place.cost for place in found), default=0.0)
    return [place for place in found if place.cost < cheapest + MARGIN]


def _contiguous(buffer: Buffer, hunk: Hunk, first: int, cost: float | None) -> Place | None:
    mapping = tuple(range(first, first + len(hunk.old)))
    return _place(buffer, hunk, mapping, cost)


def _place(buffer: Buffer, hunk: Hunk, mapping: tuple[int | None, ...], cost: float | None) -> Place | None:
    rule = IDENTITY if cost == 0.0 else _indentation(buffer, hunk.old, mapping, fuzzy=cost is not None)
    if rule is None:
        return None
    changes = _changes(buffer, hunk, mapping, rule)
    if changes is None:
        return None
    first = next(line for line in mapping if line is not None)
    return Place(first, mapping, (cost or 0.0) + rule.rank * MARGIN, changes)


def _indentation(buffer: Buffer, old: Sequence[Line], mapping: Sequence[int | None], fuzzy: bool) -> Fit | None:
    """The rule from written to true indentation. A lost marker looks like a dedent of one and is none."""
    removals: list[Pair] = []
    marked: list[Pair] = []
    for line, at in zip(old, mapping, strict=True):
        if at is None or not line.text.strip() or (fuzzy and normal(line.text) != buffer.normals[at]):
            continue
        true = indent_of(buffer.lines[at])
        if line.kind == "removal":
            removals.append((indent_of(line.text), true))
        elif indent_of(line.raw) == true:
            marked.append((true, true))
        elif line.marked:
            marked.append((indent_of(line.text), true))
    tabs = any(true.startswith("\t") for _, true in removals + marked)
    pairs = removals + marked
    if not pairs:
        return IDENTITY
    rule = fit(pairs, tabs)
    if rule is not None and not (fuzzy and rule.rank == TABLE):
        return rule
    if removals and all(one == two for one, two in removals):
        return IDENTITY
    if removals and not fuzzy and (rule := fit(removals, tabs)) is not None:
        return rule
    return IDENTITY if not removals and 2 * sum(one == two for one, two in pairs) >= len(pairs) else None


def _changes(buffer: Buffer, hunk: Hunk, mapping: Sequence[int | None], rule: Fit) -> tuple[Change, ...] | None:
    changes: list[Change] = []
    index = 0
    removed: list[int] = []
    added: list[str] = []
    for line in (*hunk.lines, None):
        if line is None or line.kind == "context":
            if removed or added:
                change = _change(mapping, index - len(removed), removed, added)
                if change is None:
                    return None
                changes.append(change)
            removed, added = [], []
            index += 1
        elif line.kind == "removal":
            at = mapping[index]
            if at is None or (removed and at != removed[-1] + 1):
                return None
            removed.append(at)
            index += 1
        else:
            text = _added(line.text, rule)
            if text is None:
                return None
            added.append(text)
    return tuple(changes)


def _change(mapping: Sequence[int | None], index: int, removed: Sequence[int], added: Sequence[str]) -> Change | None:
    if removed:
        return Change(removed[0], removed[-1] + 1, tuple(added))
    before = mapping[index - 1] if index else None
    after = mapping[index] if index < len(mapping) else None
    if before is not None and after is not None and after != before + 1:
        return None
    if before is not None:
        return Change(before + 1, before + 1, tuple(added))
    return None if after is None else Change(after, after, tuple(added))


def _added(text: str, rule: Fit) -> str | None:
    if not text.strip():
        return text if rule is IDENTITY or not text else rule.shift(text) or ""
    indent = indent_of(text)
    shifted = rule.shift(indent)
    return None if shifted is None else shifted + text[len(indent) :]


def _fuzzy(buffer: Buffer, hunk: Hunk, normals: Sequence[str]) -> list[Place] | Missing:
    old = hunk.old
    for line, form in zip(old, normals, strict=True):
        if line.kind == "removal" and form not in buffer.where:
            return Missing(line, "it removes a line that the file does not have")
    found: dict[object, Place] = {}
    for index, at in _seeds(buffer, old, normals):
        aligned = align(buffer, old, normals, index, at)
        if aligned is None or not _evident(buffer, old, normals, aligned.mapping):
            continue
        place = _place(buffer, hunk, aligned.mapping, 1.0 + aligned.cost)
        if place is None:
            continue
        key = place.changes or place.mapping
        if key not in found or found[key].cost > place.cost:
            found[key] = place
    kept = _best(list(found.values()))
    return kept or Missing(_rarest(buffer, old, normals), "its lines do not stand together anywhere in the file")


def _rarest(buffer: Buffer, old: Sequence[Line], normals: Sequence[str]) -> Line:
    return min(zip(old, normals, strict=True), key=lambda pair: (len(buffer.where.get(pair[1], ())), not pair[1]))[0]


def _seeds(buffer: Buffer, old: Sequence[Line], normals: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of an old line and a line of the document that are tried as certain: the rarest first."""
    removals = [index for index, line in enumerate(old) if line.kind == "removal" and normals[index]]
    known = removals or [index for index, form in enumerate(normals) if form and form in buffer.where]
    known.sort(key=lambda index: len(buffer.where[normals[index]]))
    chosen = known[:1] if removals else known[:3]
    seeds = [(index, at) for index in chosen for at in buffer.where[normals[index]]]
    if len(seeds) > _SEEDS:
        seeds = []
    if not any(len(buffer.where[normals[index]]) == 1 for index in chosen):
        seeds += [(index, at) for index in range(len(old)) for at in _misspelt(buffer, old[index], normals[index])]
    return seeds[:_SEEDS]


def _misspelt(buffer: Buffer, line: Line, form: str) -> list[int]:
    """Lines of the document that a context line may be a misspelling of."""
    if line.kind != "context" or form in buffer.where or len(form) < 8:
        return []
    words = re.findall(r"\w{3,}", form)
    rough = [at for at, true in enumerate(buffer.normals) if abs(len(true) - len(form)) <= 4]
    if len(words) > 1:
        rough = [at for at in rough if 2 * sum(word in buffer.normals[at] for word in words) >= len(words)]
    return [at for at in rough if misspelling(form, buffer.normals[at]) <= 0.5][:20]


def weight(form: str) -> float:
    """How much a line says about where it is."""
    letters = sum(map(str.isalnum, form))
    return 0.1 if not letters else 0.5 if letters <= 3 else 1.0


def _evident(buffer: Buffer, old: Sequence[Line], normals: Sequence[str], mapping: Sequence[int | None]) -> bool:
    total = matched = 0.0
    unique = False
    for line, form, at in zip(old, normals, mapping, strict=True):
        total += weight(form)
        if at is not None and buffer.normals[at] == form:
            matched += weight(form)
            unique |= line.kind == "removal" and len(buffer.where[form]) == 1 and sum(map(str.isalnum, form)) >= 8
        elif at is not None and misspelling(form, buffer.normals[at]) <= 0.5:
            matched += 0.8 * weight(form)
    return matched >= 0.5 * total or unique
