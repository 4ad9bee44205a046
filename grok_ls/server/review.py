"""Review by lens: the edit is in, and each of its hunks is kept or discarded afterwards, whatever the user types meanwhile.

A review remembers the text before and after the edit, without the user's later typing. Discarding a hunk is one more edit that is rebased
over the document as it is now, so it never takes the user's own characters with it; where they touch, it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from grok_ls.server.pending import Waiting
from grok_ls.text.hunks import LineHunk, line_hunks


@dataclass(slots=True)
class Review:
    """One applied edit under review. ``reference`` is the text with the decisions so far; ``open`` its undecided hunks by number."""

    job_id: str
    uri: str
    before: str
    reference: str
    open: dict[int, LineHunk] = field(default_factory=dict)

    what = "this change"

    @classmethod
    def begin(cls, job_id: str, uri: str, before: str, after: str) -> Review:
        return cls(job_id, uri, before, after, dict(enumerate(line_hunks(before, after))))

    def numbers(self, hunk: int | None) -> tuple[int, ...]:
        """The open hunks that a decision is about: one, or all."""
        return tuple(self.open) if hunk is None else (hunk,) if hunk in self.open else ()

    def without(self, numbers: tuple[int, ...]) -> str:
        """``reference`` with these hunks as they were before the edit."""
        text = self.reference
        for hunk in sorted((self.open[number] for number in numbers), key=lambda hunk: hunk.new.start, reverse=True):
            text = text[: hunk.new.start] + self.before[hunk.old.start : hunk.old.end] + text[hunk.new.end :]
        return text

    def keep(self, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            del self.open[number]

    def discard(self, numbers: tuple[int, ...]) -> None:
        """Make ``without(numbers)`` the reference; later hunks move with it."""
        self.reference, gone = self.without(numbers), [self.open.pop(number) for number in numbers]
        for number, hunk in self.open.items():
            shift = sum(len(other.old) - len(other.new) for other in gone if other.new.start < hunk.new.start)
            span = type(hunk.new)(hunk.new.start + shift, hunk.new.end + shift)
            self.open[number] = LineHunk(hunk.old, span, hunk.removed, hunk.added)

    def places(self, current: str) -> dict[int, int]:
        """Where each open hunk stands in the document as it is now: number -> offset."""
        from grok_ls.edits import smallest

        edits = smallest(self.reference, current)
        return {
            number: hunk.new.start
            + sum(len(edit.new_text) - len(edit.span) for edit in edits if edit.span.end <= hunk.new.start)
            for number, hunk in self.open.items()
        }


class Reviews:
    """The open reviews of one connection, by job: of edits that are in, and of proposals that are not."""

    def __init__(self) -> None:
        self._open: dict[str, Review | Waiting] = {}

    def add(self, review: Review | Waiting) -> None:
        """A proposal that waits makes room for a newer one of the same document."""
        if isinstance(review, Waiting):
            for older in self.of(review.uri):
                if isinstance(older, Waiting):
                    self._open.pop(older.job_id, None)
        if review.open:
            self._open[review.job_id] = review

    def get(self, job_id: str) -> Review | Waiting | None:
        return self._open.get(job_id)

    def of(self, uri: str) -> tuple[Review | Waiting, ...]:
        return tuple(review for review in self._open.values() if review.uri == uri)

    def close_if_done(self, review: Review | Waiting) -> None:
        if not review.open:
            self._open.pop(review.job_id, None)

    def drop(self, uri: str) -> None:
        for review in self.of(uri):
            self._open.pop(review.job_id, None)

    def clear(self) -> None:
        self._open.clear()
