"""Where a hunk can go: every place with what speaks for it, and what the hunk changes there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from grok_ls.edits.align import Written, align, misspelling, written
from grok_ls.edits.answer import Hunk, Line
from grok_ls.edits.buffer import Buffer, indent_of, normal
from grok_ls.edits.indent import IDENTITY, Fit
from grok_ls.edits.placed import Change, Missing, Place
from grok_ls.edits.reindent import reindented
from grok_ls.edits.shift import indentation, own_style, strained
from grok_ls.edits.within import within

_SEEDS = 200
_TRIED = 24
# Old lines on either side of a change that must speak for its place.
_NEAR = 3
# Where those are only braces and blank lines, as many more are asked as weigh this much.
_ENOUGH = 2.0
# What a line says about where it is if it has a word.
WORD = 0.5
# The price of a quoted line whose indentation contradicts the others.
_STRAIN = 0.5
# Bolder than any rule of indentation.
_LOST = 5
# Two places whose prices differ by less are equally good.
MARGIN = 0.5
# What a place costs at least whose lines are not all there in normal form, one below the other.
FUZZY = 1.0
# What belongs to the line below it.
_DECORATOR = ("@", "#[")
_LEADS = (*_DECORATOR, "#", "//", "/*", "*", "--")
# With stale context a price is only an estimate.
_FUZZY_MARGIN = 0.8


def places(buffer: Buffer, hunk: Hunk) -> list[Place] | Missing:
    """The places that no other beats clearly, best step first: exact, then normal form, then fuzzy context."""
    old = hunk.old
    if not old and not buffer.text.strip(buffer.mark + "\r\n"):
        return [Place(0, (), 0.0, (Change(0, len(buffer.lines), tuple(line.text for line in hunk.lines)),))]
    if not any(line.text.strip() for line in old):
        return Missing(hunk.lines[0], "it quotes no line of the file, so nothing says where it belongs")
    exact = buffer.exact([line.text for line in old])
    if exact and not _doubted(buffer, hunk, exact):
        found = [_contiguous(buffer, hunk, first, 0.0) for first in exact]
        return [place for place in found if place is not None] or Missing(old[0], "its added lines cannot be indented")
    normals = [normal(line.text) for line in old]
    found = [_contiguous(buffer, hunk, first, None) for first in buffer.contiguous(normals)]
    if found:
        kept = _best([place for place in found if place is not None])
        if any(place.strain for place in kept):
            # Braces that are not where they were written: perhaps one is missing, and others have slipped into its place.
            other = _fuzzy(buffer, hunk)
            kept = kept if isinstance(other, Missing) else _cheaper(kept, other)
        return kept or Missing(old[0], "the indentation of its lines does not say how to indent the added ones")
    return within(buffer, hunk) or _fuzzy(buffer, hunk)


def _doubted(buffer: Buffer, hunk: Hunk, exact: Sequence[int]) -> bool:
    """True if the header's line number names another place that fits but for its spacing: then neither is certain."""
    if hunk.start is None or hunk.start - 1 in exact:
        return False
    lines = buffer.lines[hunk.start - 1 : hunk.start - 1 + len(hunk.old)]
    return len(lines) == len(hunk.old) and all(
        normal(one) == normal(two.text) for one, two in zip(lines, hunk.old, strict=True)
    )


def _best(found: list[Place], margin: float = MARGIN) -> list[Place]:
    cheapest = min((place.cost for place in found), default=0.0)
    return [place for place in found if place.cost < cheapest + margin]


def _cheaper(found: list[Place], other: list[Place]) -> list[Place]:
    """Of places without gaps and of fuzzy ones those that are right more likely; equal changes count once."""
    best: dict[object, Place] = {place.changes: place for place in other}
    for place in found:
        price = 1.0 + place.cost + _STRAIN * place.strain
        if place.changes not in best or best[place.changes].cost >= price:
            best[place.changes] = replace(place, cost=price)
    return _best(list(best.values()), MARGIN)


def _contiguous(buffer: Buffer, hunk: Hunk, first: int, cost: float | None) -> Place | None:
    mapping = tuple(range(first, first + len(hunk.old)))
    return _place(buffer, hunk, mapping, cost)


def _place(buffer: Buffer, hunk: Hunk, mapping: tuple[int | None, ...], cost: float | None) -> Place | None:
    rule = IDENTITY if cost == 0.0 else indentation(buffer, hunk, mapping, fuzzy=cost is not None)
    if rule is not IDENTITY and not _telling(buffer, mapping):
        return None
    if rule is IDENTITY:
        rule = own_style(buffer, hunk)
    changes = _changes(buffer, hunk, mapping, rule)
    if changes is None:
        return None
    first = next(line for line in mapping if line is not None)
    return Place(
        first,
        mapping,
        (cost or 0.0) + (rule.rank if rule else _LOST) * MARGIN,
        changes,
        strained(buffer, hunk, mapping, rule),
    )


def _telling(buffer: Buffer, mapping: Sequence[int | None]) -> bool:
    """True if one of the lines has a word, or many follow each other: a few braces that only fit when shifted fit
    everywhere.
    """
    forms = [buffer.normals[at] for at in mapping if at is not None]
    return any(weight(form) >= 0.5 for form in forms) or len(set(filter(None, forms))) >= 3


def _changes(buffer: Buffer, hunk: Hunk, mapping: Sequence[int | None], rule: Fit | None) -> tuple[Change, ...] | None:
    changes: list[Change] = []
    index = 0
    group: list[Line] = []
    lost = frozenset(normal(line.text) for line, at in zip(hunk.old, mapping, strict=True) if at is None) - {""}
    quoted = frozenset(normal(line.text) for line in hunk.old) if lost else lost
    for line in (*hunk.lines, None):
        if line is not None and line.kind != "context":
            taken = sum(one.kind == "removal" for one in group)
            if not _skips(buffer, mapping, index + taken, line, group):
                group.append(line)
                continue
        if group:
            taken = sum(one.kind == "removal" for one in group)
            change = _change(buffer, mapping, index, index + taken, group, rule)
            if change is None or (lost and not taken and _swapped(buffer, mapping, index, change, lost, quoted)):
                return None
            changes.append(change)
            index += taken
        group = []
        if line is not None and line.kind == "removal":
            group = [line]
        else:
            index += 1
    return tuple(changes)


def _swapped(
    buffer: Buffer,
    mapping: Sequence[int | None],
    index: int,
    change: Change,
    lost: frozenset[str],
    quoted: frozenset[str],
) -> bool:
    """True if the lines go next to one that the answer quotes elsewhere in the hunk, or right beside them and the document has other lines
    between: nobody can say on which side of it they go.
    """
    above = range(change.start - 1, max(-1, change.start - 1 - _NEAR), -1)
    below = range(change.start, min(len(buffer.lines), change.start + _NEAR))
    if index and mapping[index - 1] is None and change.start:
        return _is_apart([buffer.normals[at] for at in above], lost, quoted)
    if index == len(mapping) or mapping[index] is None:
        return _is_apart([buffer.normals[at] for at in below], lost, quoted)
    return False


def _is_apart(forms: Sequence[str], lost: frozenset[str], quoted: frozenset[str]) -> bool:
    """Whether the first of ``forms`` is lost, or one behind others that nobody quotes."""
    strange = True
    for form in forms:
        if form in lost:
            return strange
        strange = bool(form) and form not in quoted
        if not strange:
            return False
    return False


def _skips(buffer: Buffer, mapping: Sequence[int | None], index: int, line: Line, group: Sequence[Line]) -> bool:
    """True if blank lines that the answer leaves out stand between what the group replaces and the removed line."""
    if line.kind != "removal" or not group or group[-1].kind != "addition" or not 0 < index < len(mapping):
        return False
    above, at = mapping[index - 1], mapping[index]
    return above is not None and at is not None and above + 1 < at and not any(buffer.normals[above + 1 : at])


def _change(
    buffer: Buffer, mapping: Sequence[int | None], first: int, end: int, group: Sequence[Line], rule: Fit | None
) -> Change | None:
    """What one run of removed and added lines does; ``first:end`` are its removed lines among the old ones."""
    if first < end:
        start = mapping[first]
        if start is None or list(mapping[first:end]) != list(range(start, start + end - first)):
            return None
        stop = start + end - first
    else:
        before = mapping[first - 1] if first else None
        after = mapping[first] if first < len(mapping) else None
        if before is not None and after is not None and after != before + 1:
            fresh = [text for line in group if (text := _shifted(line.text, rule or IDENTITY)) is not None]
            before, after = _beside_blanks(buffer, before, after, fresh) if len(fresh) == len(group) else (None, None)
            if before is None and after is None:
                return None
        if before is None and after is None and first == 0:
            after = _top(mapping)
        at = before + 1 if before is not None else after
        if at is None:
            return None
        start = stop = at
    lines = _added(buffer, start, stop, group, rule)
    if lines is None or _loses_a_page(buffer, start, stop, group, lines):
        return None
    return Change(start, stop, tuple(lines))


def _loses_a_page(buffer: Buffer, start: int, stop: int, group: Sequence[Line], lines: Sequence[str]) -> bool:
    """True if a form feed would go that the answer does not quote: it is white space, and yet nobody meant it."""
    true = sum(buffer.lines[at].startswith("\f") for at in range(start, stop))
    quoted = sum(line.text.startswith("\f") for line in group if line.kind == "removal")
    return true > quoted + sum(line.startswith("\f") for line in lines)


def _beside_blanks(buffer: Buffer, before: int, after: int, added: Sequence[str]) -> tuple[int | None, int | None]:
    """On which side of blank lines that the answer leaves out its added lines go, as the line ``before`` them or ``after``
    them; neither if nobody can say. Where they begin with a blank line, the file's stands below them, and if they only end with
    one, above. A decorator belongs to what follows; other lines to the side that alone is indented as they are (of 2,500
    such places between real releases, comments stood below in 98 % of them, and code above in 95 %).
    """
    if any(line.strip() for line in buffer.lines[before + 1 : after]):
        return None, None
    first, last = (not added[at].strip() for at in (0, -1))
    if first or last:
        return (before, None) if first else (None, after)
    above, below = indent_of(buffer.lines[before]), indent_of(buffer.lines[after])
    indents = {indent_of(added[0]), indent_of(added[-1])}
    leads = added[-1].lstrip().startswith(_LEADS)
    if indents == {below} and leads and (above != below or added[-1].lstrip().startswith(_DECORATOR)):
        return None, after
    return (before, None) if indents == {above} != {below} and not leads else (None, None)


def _top(mapping: Sequence[int | None]) -> int | None:
    """0 if the lines that are not there can only have been the first of the document."""
    unknown = next((index for index, line in enumerate(mapping) if line is not None), 0)
    return 0 if unknown and mapping[unknown] == unknown else None


def _added(buffer: Buffer, start: int, stop: int, group: Sequence[Line], rule: Fit | None) -> list[str] | None:
    removed = [line.text for line in group if line.kind == "removal"]
    added = [line.text for line in group if line.kind == "addition"]
    lines = [_shifted(text, rule) for text in added] if rule else reindented(buffer, start, stop, added)
    if lines is None or None in lines:
        return None
    result = [line for line in lines if line is not None]
    if removed:
        # What is taken away and put back as it was written is the file's own line, whatever the model's spelling of it.
        for tag, i, j, k, m in SequenceMatcher(None, removed, added, autojunk=False).get_opcodes():
            if tag == "equal":
                result[k:m] = buffer.lines[start + i : start + j]
        if result and buffer.lines[start].startswith("\f") and not removed[0].startswith("\f"):
            result[0] = "\f" + result[0].lstrip("\f")
    return result


def _shifted(text: str, rule: Fit) -> str | None:
    if not text.strip():
        return text if rule is IDENTITY or not text else rule.shift(text) or ""
    indent = indent_of(text)
    shifted = rule.shift(indent)
    return None if shifted is None else shifted + text[len(indent) :]


def _fuzzy(buffer: Buffer, hunk: Hunk) -> list[Place] | Missing:
    old = written(hunk)
    for line, form in zip(old.lines, old.normals, strict=True):
        if line.kind == "removal" and form not in buffer.where:
            return Missing(line, "it removes a line that the file does not have", final=True)
    found: dict[object, Place] = {}
    vague: list[tuple[float, list[int]]] = []
    for index, at in _seeds(buffer, old.lines, old.normals):
        aligned = align(buffer, old, index, at)
        if aligned is None or not _evident(buffer, hunk, old, aligned.mapping):
            continue
        place = _place(buffer, hunk, aligned.mapping, FUZZY + aligned.cost)
        if place is None:
            vague.append((FUZZY + aligned.cost, [at for at in aligned.mapping if at is not None]))
            continue
        key = place.changes or place.mapping
        if key not in found or found[key].cost > place.cost:
            found[key] = place
    kept = _best(list(found.values()), _FUZZY_MARGIN)
    rarest = _rarest(buffer, old.lines, old.normals)
    if kept and any(_rivals(min(kept, key=lambda place: place.cost), *other) for other in vague):
        # It belongs where most of it stands, even if nobody can say between which lines there.
        return Missing(rarest, "where exactly its added lines go is not certain")
    if kept and _contradicted(buffer, hunk, old.normals, kept):
        return Missing(rarest, "some of its lines stand where its line number says, others elsewhere")
    return kept or Missing(rarest, "its lines do not stand together anywhere in the file")


def _rivals(best: Place, cost: float, lines: Sequence[int]) -> bool:
    """Whether lines among which nobody can say where exactly the added ones go are as good a place: a better one, or elsewhere one that
    ``best`` does not beat clearly.
    """
    elsewhere = lines[0] > best.last or lines[-1] < best.first
    return cost < best.cost + (_FUZZY_MARGIN if elsewhere else 0.0)


def _contradicted(buffer: Buffer, hunk: Hunk, normals: Sequence[str], kept: Sequence[Place]) -> bool:
    """True if half of the lines are where the header's line number says, and that is none of the places."""
    if hunk.start is None or any(abs(place.first - (hunk.start - 1)) <= len(normals) for place in kept):
        return False
    there = buffer.normals[hunk.start - 1 : hunk.start - 1 + len(normals)]
    return 2 * sum(one == two for one, two in zip(there, normals, strict=False)) >= len(normals)


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
    return _likeliest(buffer, normals, seeds)


def _likeliest(buffer: Buffer, normals: Sequence[str], seeds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The seeds around which most of the hunk's lines stand where they would, if there are too many to try them all."""
    if len(seeds) <= _TRIED:
        return seeds

    def standing(seed: tuple[int, int]) -> float:
        index, at = seed
        nearby = range(max(0, index - 6), min(len(normals), index + 7))
        there = (other for other in nearby if 0 <= at + other - index < len(buffer.normals))
        return sum(weight(normals[other]) for other in there if buffer.normals[at + other - index] == normals[other])

    return sorted(seeds[:_SEEDS], key=standing, reverse=True)[:_TRIED]


def _misspelt(buffer: Buffer, line: Line, form: str) -> list[int]:
    """Lines of the document that a context line may be a misspelling of."""
    if line.kind != "context" or form in buffer.where or len(form) < 8:
        return []
    words = re.findall(r"\w{3,}", form)
    rough = [at for at, true in enumerate(buffer.normals) if abs(len(true) - len(form)) <= 4]
    if len(words) > 1:
        rough = [at for at in rough if 2 * sum(word in buffer.normals[at] for word in words) >= len(words)]
    return [at for at in rough if misspelling(buffer, form, buffer.normals[at]) <= 0.5][:20]


def weight(form: str) -> float:
    """How much a line says about where it is."""
    letters = sum(map(str.isalnum, form))
    return 0.1 if not letters else 0.5 if letters <= 3 else 1.0


def _evident(buffer: Buffer, hunk: Hunk, old: Written, mapping: Sequence[int | None]) -> bool:
    """True if around every change most of the old lines really are there, or a removed line is the only one of its
    kind.
    """
    index = 0
    start: int | None = None
    for line in (*hunk.lines, None):
        if line is not None and line.kind != "context":
            start = index if start is None else start
        elif start is not None:
            if not _supported(buffer, old, mapping, start, index):
                return False
            start = None
        index += line is not None and line.kind != "addition"
    return hunk.changes or _supported(buffer, old, mapping, 0, len(mapping))


def _stands(old: Written, mapping: Sequence[int | None], index: int, step: int) -> bool:
    """Whether a line with a word stands above (-1) or below (1) the hunk's line ``index``, and nothing that the hunk leaves out between."""
    while 0 <= index + step < len(mapping):
        here, there = mapping[index], mapping[index + step]
        if here is None or there is None or there != here + step:
            return False
        index += step
        if weight(old.normals[index]) >= WORD:
            return True
    return False


def _supported(buffer: Buffer, old: Written, mapping: Sequence[int | None], start: int, end: int) -> bool:
    # Blank lines and braces are everywhere: which ones are taken away only the lines right above or below them say.
    vague = start < end and not any(weight(form) >= WORD for form in old.normals[start:end])
    if vague and not (_stands(old, mapping, start, -1) or _stands(old, mapping, end - 1, 1)):
        return False
    total = matched = 0.0
    low, high = max(0, start - _NEAR), min(len(mapping), end + _NEAR)
    while (low or high < len(mapping)) and sum(map(weight, old.normals[low:high])) < _ENOUGH:
        low, high = max(0, low - 1), min(len(mapping), high + 1)
    for index in range(low, high):
        form, at = old.normals[index], mapping[index]
        total += weight(form)
        if at is None:
            continue
        price = misspelling(buffer, form, buffer.normals[at]) if form else 0.0
        matched += weight(form) if price == 0 else 0.8 * weight(form) if price <= 0.5 else 0.0
        alone = old.lines[index].kind == "removal" and len(buffer.where[form]) == 1
        if alone and sum(map(str.isalnum, form)) >= 8:
            return True
    return matched >= max(0.5 * total, 0.5)
