"""Placing all hunks of an answer: every hunk against the original text, hints only between equals, leftovers against
the result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grok_ls.edits.answer import Hunk, Part
from grok_ls.edits.buffer import Buffer, indent_of, normal
from grok_ls.edits.place import FUZZY, WORD, places, weight
from grok_ls.edits.placed import Change, Missing, Place
from grok_ls.edits.split import at_changes, at_elisions, at_jumps, at_marks, without_numbers, without_prose
from grok_ls.text import Span

Code = Literal["unmatched_edit", "ambiguous_edit", "truncated_answer"]
# A fuzzy place dearer than this has to stand back behind the hunk's pieces, if each of those has an exact place.
_SURE = 2.5
# To find the line that a hunk may have meant: in so many lines of the file, by so many of its own.
_LIKELY_LINES, _QUOTED_LINES = 5_000, 3
_WORDS = re.compile(r"\w+")
_TOP_LEVEL = re.compile(r"^[A-Za-z_$]")
_DEFINES = re.compile(
    r"^\s*(?:(?:export|default|public|private|protected|internal|static|async|abstract|final|pub|unsafe|override)\s+|"
    r"pub\([^)]*\)\s+)*(?:def|class|function|func|fn|struct|enum|interface|trait|impl|type|module|namespace|sub|const)\b"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was applied, in one sentence; and for a repair: the hunk or rewrite that it is about, and the true
    lines next to it.

    ``others`` are the refusals of more parts of the answer, ``accepted`` its parts that do have a place: a repair asks
    for the former alone, and ``resolve`` takes the latter back.
    """

    code: Code
    message: str
    hunk: int = 0
    part: Part | None = None
    nearest: str = ""
    others: tuple[Refusal, ...] = ()
    accepted: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """Changes by line, sorted and disjoint, and how many hunks they came from."""

    changes: tuple[Change, ...]
    hunks: int


def locate(
    buffer: Buffer, hunks: Sequence[Hunk], region: Span | None
) -> tuple[dict[int, list[Place]], dict[int, Refusal]]:
    """The places of every hunk that has one, by index, and the refusals of the others. A hunk that skips lines has
    several.
    """
    parts: list[Hunk] = []
    owners: list[int] = []
    options: dict[int, list[Place]] = {}
    refused: dict[int, Refusal] = {}
    for owner, hunk in enumerate(without_prose(buffer, hunk) for hunk in hunks):
        for part, found in (pair for piece in at_marks(buffer, hunk) for pair in _options(buffer, piece)):
            if isinstance(found, Missing):
                refused.setdefault(owner, unmatched(buffer, hunk, found))
            else:
                options[len(parts)] = found
            parts.append(part)
            owners.append(owner)
    chosen = _choose(buffer, parts, owners, options, region)
    for index, found in options.items():
        if index not in chosen:
            refused.setdefault(owners[index], ambiguous(buffer, hunks[owners[index]], found))
    placed: dict[int, list[Place]] = {}
    for index, place in chosen.items():
        if owners[index] not in refused:
            placed.setdefault(owners[index], []).append(place)
    return placed, refused


def _options(buffer: Buffer, hunk: Hunk) -> list[tuple[Hunk, list[Place] | Missing]]:
    if (plain := without_numbers(buffer, hunk)) is not None:
        return _options(buffer, plain)
    whole = places(buffer, hunk)
    if not isinstance(whole, Missing) and all(place.clean and place.cost < FUZZY for place in whole):
        return [(hunk, whole)]
    pieces = at_elisions(buffer, hunk)
    if len(pieces) > 1 or pieces[0] is not hunk:
        return [pair for piece in pieces for pair in _options(buffer, piece)]
    parts = [(piece, places(buffer, piece)) for piece in at_jumps(buffer, hunk)]
    if _torn([part for part, _ in parts]):
        parts = []
    if isinstance(whole, Missing) or len(whole) > 1 or whole[0].cost > _SURE:
        if parts and all(not isinstance(found, Missing) for _, found in parts) and _in_order(parts):
            return parts
    elif not _agrees(whole[0], parts):
        # Two hunks that ran together, or nobody knows.
        return parts
    if isinstance(whole, Missing) and not whole.final:
        parts = [(piece, places(buffer, piece)) for piece in at_changes(hunk)]
        if parts and all(not isinstance(found, Missing) and len(found) == 1 for _, found in parts) and _in_order(parts):
            return parts
    return [(hunk, whole)]


def _torn(parts: Sequence[Hunk]) -> bool:
    """True if a change is left beside nothing but braces and blank lines, which stand together somewhere by chance, and the words are in a
    part that changes nothing: two hunks that ran together change something each.
    """
    words = [any(weight(normal(line.text)) >= WORD for line in part.old) for part in parts]
    return any(part.changes and not said for part, said in zip(parts, words, strict=True)) and any(
        said and not part.changes for part, said in zip(parts, words, strict=True)
    )


def _in_order(parts: Sequence[tuple[Hunk, list[Place] | Missing]]) -> bool:
    """False if pieces stand in the file in another order than in the hunk and one of them only says where it belongs: then it speaks
    against this reading. Pieces that both change something may be two hunks that ran together.
    """
    least, changes = -1, True
    for part, found in parts:
        if isinstance(found, Missing):
            continue
        if all(place.first < least for place in found) and not (part.changes and changes):
            return False
        first = min(place.first for place in found)
        if first > least:
            least, changes = first, part.changes
    return True


def _agrees(whole: Place, parts: Sequence[tuple[Hunk, list[Place] | Missing]]) -> bool:
    """True unless every part stands somewhere word for word, and one of them only where ``whole`` does not change it."""
    if not parts:
        return True
    for _, found in parts:
        if isinstance(found, Missing) or any(place.cost > 0 for place in found):
            return True
    return all(
        any(set(place.changes) <= set(whole.changes) for place in found)
        for _, found in parts
        if not isinstance(found, Missing)
    )


def _choose(
    buffer: Buffer, parts: Sequence[Hunk], owners: Sequence[int], options: dict[int, list[Place]], region: Span | None
) -> dict[int, Place]:
    chosen = {index: found[0] for index, found in options.items() if len(found) == 1}
    open_ = {index: found for index, found in options.items() if len(found) > 1}
    _share(parts, open_, chosen)
    progress = True
    while progress:
        progress = False
        for index in list(open_):
            found = _among_own(owners, index, open_[index], chosen)
            place = _decide(buffer, parts, index, found, chosen, region)
            if place is not None:
                chosen[index] = place
                del open_[index]
                progress = True
    return chosen


def _among_own(owners: Sequence[int], index: int, found: list[Place], chosen: dict[int, Place]) -> list[Place]:
    """Parts of one hunk keep their order."""
    own = {other: place for other, place in chosen.items() if owners[other] == owners[index]}
    low = max((place.last for other, place in own.items() if other < index), default=-1)
    high = min((place.first for other, place in own.items() if other > index), default=10**9)
    return [place for place in found if low < place.first and place.last < high] or found


def _key(hunk: Hunk) -> tuple[tuple[str, str], ...]:
    return tuple((line.kind, line.text) for line in hunk.lines)


def _share(hunks: Sequence[Hunk], open_: dict[int, list[Place]], chosen: dict[int, Place]) -> None:
    """As many equal hunks as there are equal places: each place gets one, and it does not matter which."""
    groups: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for index in open_:
        groups.setdefault(_key(hunks[index]), []).append(index)
    for group in groups.values():
        found = sorted(open_[group[0]], key=lambda place: place.first)
        starts = {hunks[index].start for index in group}
        if len(group) == len(found) and (len(starts) == len(group) or starts == {None}):
            for index, place in zip(group, found, strict=True):
                chosen[index] = place
                del open_[index]


def _decide(
    buffer: Buffer,
    hunks: Sequence[Hunk],
    index: int,
    found: Sequence[Place],
    chosen: dict[int, Place],
    region: Span | None,
) -> Place | None:
    """The one place that the hints leave over; None if they contradict each other or say nothing."""
    hunk = hunks[index]
    free = [place for place in found if not any(_clash(place.changes, other.changes) for other in chosen.values())]
    free = free or list(found)
    if len(free) == 1:
        return free[0]
    numbered = _by_number(hunks, index, free, chosen)
    headed = [place for place in free if _under(buffer, place, hunk.headings)] if hunk.headings else []
    if len(numbered) == 1:
        return None if headed and numbered[0] not in headed else numbered[0]
    free = headed or free
    if len(free) > 1:
        free = _by_order(index, free, chosen) or free
    if len(free) > 1 and region is not None:
        free = [place for place in free if _inside(buffer, place, region)] or free
    return free[0] if len(free) == 1 else None


def _by_number(hunks: Sequence[Hunk], index: int, found: Sequence[Place], chosen: dict[int, Place]) -> list[Place]:
    start = hunks[index].start
    if start is None:
        return []
    drifts = {0} | {
        place.first + 1 - number
        for other, place in chosen.items()
        if (number := hunks[other].start) is not None and place.clean
    }
    exact = [place for place in found if place.first + 1 - start in drifts]
    if exact:
        zero = [place for place in exact if place.first + 1 == start]
        return zero or exact
    by_distance = sorted(found, key=lambda place: abs(place.first + 1 - start))
    nearest, second = (abs(place.first + 1 - start) for place in by_distance[:2])
    return by_distance[:1] if nearest <= 5 and second >= max(20, 8 * nearest) else []


def _clash(ours: Sequence[Change], theirs: Sequence[Change]) -> bool:
    return any(
        (one.start < two.end and two.start < one.end) or (one.start, one.end) == (two.start, two.end)
        for one in ours
        for two in theirs
    )


def _under(buffer: Buffer, place: Place, headings: Sequence[str]) -> bool:
    """True if every heading is what git would print for the place, or a line that encloses it."""
    at = place.changes[0].start if place.changes else place.first
    return all(_heads(buffer, place.first, at, heading) for heading in headings)


def _heads(buffer: Buffer, first: int, at: int, heading: str) -> bool:
    wanted = normal(heading)

    def says(line: str) -> bool:
        form = normal(line)
        return form == wanted or (len(wanted) >= 8 and form.startswith(wanted))

    seen_top = seen_definition = False
    lines = buffer.lines
    depth = len(indent_of(lines[min(at, len(lines) - 1)]).expandtabs(4)) if lines else 0
    for number in range(min(at, len(lines)) - 1, -1, -1):
        line = lines[number]
        if not line.strip():
            continue
        here = len(indent_of(line).expandtabs(4))
        if here < depth:
            depth = here
            if says(line):
                return True
        if number < first:
            top, definition = bool(_TOP_LEVEL.match(line)), bool(_DEFINES.match(line))
            if ((top and not seen_top) or (definition and not seen_definition)) and says(line):
                return True
            seen_top, seen_definition = seen_top or top, seen_definition or definition
        if seen_top and seen_definition and depth == 0:
            return False
    return False


def _by_order(index: int, found: Sequence[Place], chosen: dict[int, Place]) -> list[Place]:
    """The places between those of the hunk's neighbours, if the answer goes down the file everywhere else."""
    if not chosen:
        return []
    firsts = [chosen[other].first for other in sorted(chosen)]
    if firsts != sorted(firsts) or len(set(firsts)) != len(firsts):
        return []
    low = max((chosen[other].first for other in chosen if other < index), default=-1)
    high = min((chosen[other].first for other in chosen if other > index), default=len(firsts) + 10**9)
    return [place for place in found if low < place.first < high]


def _inside(buffer: Buffer, place: Place, region: Span) -> bool:
    first, last = buffer.line_of(region.start), buffer.line_of(max(region.start, region.end - 1))
    return any(change.start <= last and max(change.end - 1, change.start) >= first for change in place.changes)


def unmatched(buffer: Buffer, hunk: Hunk, missing: Missing) -> Refusal:
    shown = missing.line.text.strip()[:80]
    message = (
        f"Hunk {hunk.number} was not applied: {missing.message} (line {missing.line.number} of the answer: {shown!r})."
    )
    return Refusal("unmatched_edit", message, hunk.number, hunk, nearest(buffer, hunk))


def ambiguous(buffer: Buffer, hunk: Hunk, found: Sequence[Place]) -> Refusal:
    where = ", ".join(str(place.first + 1) for place in found[:5])
    message = f"Hunk {hunk.number} was not applied: it fits equally well at lines {where}; nothing says which is meant."
    return Refusal("ambiguous_edit", message, hunk.number, hunk, nearest(buffer, hunk))


def nearest(buffer: Buffer, hunk: Hunk) -> str:
    """The true lines where most of the hunk's old lines are, for a repair prompt; empty if none of them is in the
    file.
    """
    votes: dict[int, float] = {}
    for index, line in enumerate(hunk.old):
        found = buffer.where.get(normal(line.text), [])
        if line.text.strip() and len(found) <= 20:
            for at in found:
                votes[at - index] = votes.get(at - index, 0.0) + 1.0 / len(found)
    if not votes:
        return _likeliest(buffer, hunk)
    first = max(votes, key=lambda start: (votes[start], -start))
    low, high = max(0, first - 2), min(len(buffer.lines), first + len(hunk.old) + 2)
    return "\n".join(buffer.lines[low:high])


def _likeliest(buffer: Buffer, hunk: Hunk) -> str:
    """The line, with those around it, that has most of the words of one that the hunk quotes; empty if none has half of them."""
    best, at = 0.5, -1
    for quoted in hunk.old[:_QUOTED_LINES]:
        words = set(_WORDS.findall(quoted.text))
        if not words:
            continue
        for number, line in enumerate(buffer.lines[:_LIKELY_LINES]):
            share = sum(word in line for word in words) / len(words)
            if share > best:
                best, at = share, number
    return "\n".join(buffer.lines[max(0, at - 2) : at + 3]) if at >= 0 else ""
