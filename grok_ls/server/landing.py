"""What became of an edit that was sent: made, made in part, or overtaken by the user's typing. Pure: texts in, values out.

An editor tells only what its document is now, not who wrote what. A difference at the edit's own places that is made of the edit's own text
is the editor's; everything else is the user's and is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grok_ls.edits import Edit, apply, smallest
from grok_ls.text import Source, Span

# Fewer characters of an edit than these the user may have typed by chance.
_TELLING = 3
# Elsewhere than where the edit belongs, so many are needed: an editor that counts columns in another way.
_TELLING_ELSEWHERE = 8
# One and the same insertion or deletion can be said at several places: "b" before or behind a "b".
_SLIDES = 200
# So many parts of an edit are looked for among what was typed right beside them.
_GROWN = 20
# Where alike lines can be read in more ways, nothing is proved by them.
_WAYS = 500
# So many letters are read at most, for all parts of an edit: some 20 ms, in which nothing else is served. Beyond it, in changes of far
# apart places or of very many parts, only what overlaps a part is looked at.
_MOST_READ = 200_000


@dataclass(frozen=True, slots=True)
class Half:
    """The editor made a part of the edit; ``restored`` is the document without that part and with all that the user typed.

    ``line`` (from 1): where something at the edit's places stays that is neither old nor the edit's, so typed, or spoilt by the editor.
    """

    restored: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Too little of the edit is there to tell the editor from the user; ``line`` (from 1) is where."""

    line: int


@dataclass(frozen=True, slots=True)
class Sent:
    """An edit on its way: ``edits`` make ``target`` of ``before``."""

    before: str
    target: str
    edits: Sequence[Edit]

    def landed(self, now: str) -> bool:
        """Whether it is in ``now``, even when the user's next characters came in the same change."""
        if now == self.target:
            return True
        if now == self.before:
            return False
        theirs = smallest(self.target, now)
        pairs = zip(self.edits, self._places(self.edits), strict=True)
        near = [(edit, place) for edit, place in pairs if any(_is_near(place, other) for other in theirs)]
        if not near:
            return True
        here = _around([*(place for _, place in near), *(other.span for other in theirs)], self.target)
        text = now[here.start : len(now) - (len(self.target) - here.end)]
        if len(near) * len(here) > _MOST_READ:
            return not any(place.overlaps(other.span) for _, place in near for other in theirs)
        if _is_read(self.target, here, [place for _, place in near], text):
            is_apart, size = not self._is_left(near, theirs), len(text) - len(here)
        else:
            # An edit that was made in the wrong place looks like something put in and something taken away.
            is_apart = not any(place.overlaps(other.span) for _, place in near for other in theirs)
            size = _size(theirs)
        return is_apart and self._is_missed(near, here, text, size)

    def _is_left(self, near: Sequence[tuple[Edit, Span]], theirs: Sequence[Edit]) -> bool:
        """Whether something beside what an edit put in is a part of what it should have taken away."""
        for edit, place in near:
            removed = self._removed(edit)
            # A line break next to a line that went is the user's; an editor may leave one at the end.
            is_last = not self.target[place.end :].strip()
            for each in (slid for other in theirs if removed for slid in _slides(self.target, other)):
                is_beside = place.start <= each.span.start <= place.end
                if is_beside and each.new_text in removed and (is_last or each.new_text.strip()):
                    return True
        return False

    def _is_missed(self, near: Sequence[tuple[Edit, Span]], here: Span, text: str, size: int) -> bool:
        """Whether without any one of the edits more than ``size`` would have been typed, by half of the edit at least."""
        for edit, place in near:
            without = self.target[here.start : place.start] + self._removed(edit) + self.target[place.end : here.end]
            whole = Span(0, len(without))
            typed = len(text) - len(whole) if _is_read(without, whole, [], text) else _size(smallest(without, text))
            if 2 * (typed - size) < _size([edit]):
                return False
        return True

    def left(self, now: str, *, applied: bool) -> Half | Unclear | None:
        """What ``now``, in which it did not land, has of it; ``None``: nothing, all differences are typing.

        ``applied`` is what the editor said. One that refused, as it should where the user was faster, is taken at its word unless text
        of the edit is there.
        """
        changes = smallest(self.before, now)
        ours = {index for index, change in enumerate(changes) if self._is_ours(change)}
        exact = any(self._is_exact(changes[index]) for index in ours)
        inserted = sum(_telling(changes[index].new_text) for index in ours)
        removed = sum(_telling(self._removed(changes[index])) for index in ours if changes[index].new_text)
        if (applied and (exact or inserted + removed >= _TELLING)) or inserted >= _TELLING:
            if self._is_cut(now):
                return Half(self.before)
            return self._half(
                [change for n, change in enumerate(changes) if n not in ours and not self._could_do(change)]
            )
        doubtful = (n for n, change in enumerate(changes) if applied and (n in ours or self._is_doubtful(change)))
        first = next(doubtful, None)
        if first is None:
            return self._grown_over(now, changes, applied)
        return Unclear(_line(now, changes, first))

    def _grown_over(self, now: str, changes: Sequence[Edit], applied: bool) -> Half | None:
        """What was typed right beside a part of the edit is one change with it: a part is there if that leaves so much less to be typed."""
        lines = [self._lines(change.span.start, change.span.end) for change in changes]
        touched = [Span(one.start, one.end + 1) for one in lines]
        near = [edit for edit in self.edits if any(map(edit.span.overlaps, touched))][:_GROWN]
        begun = [Edit(edit.span, _beginning(edit, changes)) for edit in near]
        # What is only taken away may be the user's own.
        begun = [part for part, edit in zip(begun, near, strict=True) if part.new_text or not edit.new_text]
        for parts in (near, begun):
            made = self._explaining(parts, now)
            enough = sum(_telling(each.new_text or (self._removed(each) if applied else "")) for each in made)
            if enough >= _TELLING and (without := self._without(made, now)) is not None:
                return Half(self.before if self._is_cut(now) else without)
        return None

    def _explaining(self, parts: Sequence[Edit], now: str) -> list[Edit]:
        """Those of ``parts`` without which more of ``now`` would have been typed."""
        made = list(parts)
        size = _size(smallest(apply(self.before, made), now))
        for each in parts:
            others = [one for one in made if one is not each]
            without = _size(smallest(apply(self.before, others), now))
            if without <= size:
                made, size = others, without
        return made

    def _without(self, made: Sequence[Edit], now: str) -> str | None:
        """``now`` with the old text in the places of ``made``; ``None`` if it does not look as if those were there."""
        typed = smallest(apply(self.before, made), now)
        size = sum(len(each.span) + len(each.new_text) for each in made)
        # Half of it: words that both texts have by chance make a difference shorter than it is.
        if 2 * (_size(smallest(self.before, now)) - _size(typed)) < size:
            return None
        places = self._places(made)
        if any(each.span.start < here.end and here.start < each.span.end for each in typed for here in places):
            return None
        for each, here in zip(reversed(made), reversed(places), strict=True):
            at = here.start + sum(len(one.new_text) - len(one.span) for one in typed if one.span.end <= here.start)
            now = now[:at] + self._removed(each) + now[at + len(each.new_text) :]
        return now

    def _is_cut(self, now: str) -> bool:
        """Whether nothing but edits left out, cut short or put in beside the old text makes ``now``: then nobody typed, however alike the
        lines are.
        """
        ends = [edit.span.start for edit in self.edits[1:]] + [len(self.before)]
        reached = {self.edits[0].span.start} if now.startswith(self.before[: self.edits[0].span.start]) else set()
        for edit, end in zip(self.edits, ends, strict=True):
            old, kept = self._removed(edit), self.before[edit.span.end : end]
            at = {p + len(old) for p in reached if now.startswith(old, p)} | reached
            at |= {
                p + length
                for p in at
                for length in range(1, len(_common(edit.new_text, now[p : p + len(edit.new_text)])) + 1)
            }
            at |= {p + len(old) for p in at if now.startswith(old, p)}
            reached = {p + len(kept) for p in at if now.startswith(kept, p)}
            if len(reached) > _WAYS:
                return False
        return len(now) in reached

    def _half(self, kept: Sequence[Edit]) -> Half:
        restored = apply(self.before, kept)
        near = next((index for index, change in enumerate(kept) if self._touched(change)), None)
        return Half(restored, None if near is None else _line(restored, kept, near))

    def _is_ours(self, change: Edit) -> bool:
        """Whether every character that it puts in or takes away is what the edit does there, or is the edit in another place."""
        return any(self._does(each) for each in _slides(self.before, change)) or self._is_misplaced(change)

    def _does(self, change: Edit) -> bool:
        touched = self._touched(change)
        if not touched:
            return False
        if not change.new_text:
            # The user may delete there too: only what takes away neither more nor less counts.
            return any(edit.span == change.span for edit in touched)
        first, last = touched[0], touched[-1]
        piece = change.new_text
        if _telling(piece) < _TELLING and not self._is_exact(change):
            own = Span(first.span.start, last.span.end)
            return own.contains(change.span) and any(_ends(edit.new_text, piece) for edit in touched)
        # What the old and the new text have in common at their ends is not the same for a part of the new text.
        if not self._lines(first.span.start, last.span.end).contains(change.span):
            return False
        places = self._places(self.edits)
        start, end = places[self.edits.index(first)].start, places[self.edits.index(last)].end
        return piece in self.target[start:end]

    def _could_do(self, change: Edit) -> bool:
        """Enough where another part of the edit is there already: it takes away what stood there, and its letters are the edit's in their
        order.
        """
        touched = self._touched(change)
        if not touched:
            return False
        places = self._places(self.edits)
        start, end = places[self.edits.index(touched[0])].start, places[self.edits.index(touched[-1])].end
        letters = iter(self.target[start:end])
        own = self._lines(touched[0].span.start, touched[-1].span.end)
        return own.contains(change.span) and all(letter in letters for letter in change.new_text)

    def _is_misplaced(self, change: Edit) -> bool:
        piece = change.new_text.strip()
        return _telling(piece) >= _TELLING_ELSEWHERE and any(
            piece in edit.new_text and 2 * len(piece) >= len(edit.new_text.strip()) for edit in self.edits
        )

    def _is_exact(self, change: Edit) -> bool:
        """It takes away just what the edit does, and puts in its beginning, or nothing: a user hardly does."""
        return any(
            edit.span == change.span and edit.new_text.startswith(change.new_text) for edit in self.edits if edit.span
        )

    def _is_doubtful(self, change: Edit) -> bool:
        """Text of the edit with something else behind it, or a short one in another place."""
        for edit in self._touched(change):
            common = _common(edit.new_text, change.new_text)
            if len(common) < len(edit.new_text) and _telling(common) >= _TELLING:
                return True
        return any(
            change.new_text.strip() and change.new_text == edit.new_text and 0 < len(edit.span) == len(change.span)
            for edit in self.edits
        )

    def _touched(self, change: Edit) -> list[Edit]:
        return [edit for edit in self.edits if edit.span.overlaps(change.span)]

    def _lines(self, start: int, end: int) -> Span:
        stop = self.before.find("\n", end)
        return Span(self.before.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(self.before))

    def _removed(self, change: Edit) -> str:
        return self.before[change.span.start : change.span.end]

    @staticmethod
    def _places(edits: Sequence[Edit]) -> list[Span]:
        """Where the edits stand in ``target``."""
        places, shift = [], 0
        for edit in edits:
            start = edit.span.start + shift
            places.append(Span(start, start + len(edit.new_text)))
            shift += len(edit.new_text) - len(edit.span)
        return places


def sent(before: str, target: str) -> Sent:
    return Sent(before, target, smallest(before, target))


def _line(text: str, changes: Sequence[Edit], index: int) -> int:
    """The line (from 1) of ``text``, which ``changes`` made, where one of them begins."""
    at = changes[index].span.start + sum(len(each.new_text) - len(each.span) for each in changes[:index])
    return Source(text).line_of(at) + 1


def _is_near(place: Span, other: Edit) -> bool:
    """Whether it could be said to be at ``place``, too."""
    return place.start <= other.span.end + _SLIDES and other.span.start <= place.end + _SLIDES


def _is_read(target: str, here: Span, places: Sequence[Span], text: str) -> bool:
    """Whether ``text`` can be read as what is ``here`` in ``target`` with something put in anywhere but within ``places``.

    What a difference calls put in may as well have been put in a few letters before, beside one of the places.
    """
    at, done = 0, here.start
    for place in (*places, Span(here.end, here.end)):
        # The first place for each is as good as any: it leaves most for the rest.
        for letter in target[done : place.start]:
            if not (at := text.find(letter, at) + 1):
                return False
        if (found := text.find(target[place.start : place.end], at)) < 0:
            return False
        at, done = found + len(place), place.end
    return True


def _around(spans: Sequence[Span], text: str) -> Span:
    """From where to where a difference at ``spans`` could be said otherwise."""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Span(max(0, start - _SLIDES), min(len(text), end + _SLIDES))


def _beginning(edit: Edit, changes: Sequence[Edit]) -> str:
    """As much of the edit's new text as one of the changes has."""
    lengths = range(len(edit.new_text), 0, -1)
    return next((text for n in lengths if any((text := edit.new_text[:n]) in each.new_text for each in changes)), "")


def _size(edits: Sequence[Edit]) -> int:
    return sum(len(edit.span) + len(edit.new_text) for edit in edits)


def _telling(text: str) -> int:
    """How many characters are no blanks: an editor's own indentation is typed with one key."""
    return len("".join(text.split()))


def _ends(text: str, piece: str) -> bool:
    return text.startswith(piece) or text.endswith(piece)


def _common(one: str, other: str) -> str:
    length = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


def _slides(before: str, change: Edit) -> Iterator[Edit]:
    """The change, and the same change said elsewhere, where it only puts in or only takes away."""
    yield change
    start, end, text = change.span.start, change.span.end, change.new_text
    if text and len(change.span):
        return
    for _ in range(_SLIDES):
        if not start or before[start - 1] != (text[-1] if text else before[end - 1]):
            break
        start, end, text = start - 1, end - 1, before[start - 1 : start] + text[:-1] if text else ""
        yield Edit(Span(start, end), text)
    start, end, text = change.span.start, change.span.end, change.new_text
    for _ in range(_SLIDES):
        if end >= len(before) or before[end] != (text[0] if text else before[start]):
            break
        start, end, text = start + 1, end + 1, text[1:] + before[end : end + 1] if text else ""
        yield Edit(Span(start, end), text)
