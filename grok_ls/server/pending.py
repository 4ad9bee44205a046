"""A proposal that met the user's typing: not applied, but kept, so that what was paid for is not lost.

Each of its hunks can be put in later, over the document as it is then (once the user took their own change back, or because only another
hunk was in the way), or dropped. One of several files is put in whole or dropped. Like any edit it never takes a typed character with it:
where the two still touch, it is refused again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grok_ls.text.hunks import LineHunk, line_hunks

if TYPE_CHECKING:
    from grok_ls.engine import Proposal


@dataclass(slots=True)
class Pending:
    """``base`` is the text that the proposal was made for, ``proposed`` what it makes of it; ``open`` its hunks that nobody decided on."""

    job_id: str
    uri: str
    base: str
    proposed: str
    open: dict[int, LineHunk] = field(default_factory=dict)

    what = "this change"

    @classmethod
    def begin(cls, job_id: str, uri: str, proposal: Proposal) -> Pending:
        hunks = line_hunks(proposal.base, proposal.text)
        return cls(job_id, uri, proposal.base, proposal.text, dict(enumerate(hunks)))

    def numbers(self, hunk: int | None) -> tuple[int, ...]:
        """The open hunks that a decision is about: one, or all."""
        return tuple(self.open) if hunk is None else (hunk,) if hunk in self.open else ()

    def including(self, numbers: tuple[int, ...]) -> str:
        """``base`` with these hunks alone."""
        text = self.base
        for hunk in sorted((self.open[number] for number in numbers), key=lambda hunk: hunk.old.start, reverse=True):
            text = text[: hunk.old.start] + self.proposed[hunk.new.start : hunk.new.end] + text[hunk.old.end :]
        return text

    def decide(self, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            self.open.pop(number, None)

    def places(self, current: str) -> dict[int, int]:
        """Where each open hunk would go in the document as it is now: number -> offset."""
        moved = _moved(self.base, current)
        return {number: moved(hunk.old.start) for number, hunk in self.open.items()}


@dataclass(slots=True)
class PendingSeveral:
    """A proposal of several files. ``at``: where in the document's base it is decided on; ``open`` has its one number until then."""

    job_id: str
    uri: str
    proposal: Proposal
    at: int
    open: set[int] = field(default_factory=lambda: {0})

    @classmethod
    def begin(cls, job_id: str, uri: str, proposal: Proposal, at: int) -> PendingSeveral:
        """``at`` counts where it changes nothing in the document itself."""
        own = line_hunks(proposal.base, proposal.text)
        return cls(job_id, uri, proposal, own[0].old.start if own else at)

    @property
    def what(self) -> str:
        count = len(self.proposal.others) + (self.proposal.text != self.proposal.base)
        return f"this change of {count} files" if count > 1 else f"this change of {self.proposal.others[0].path}"

    def numbers(self, hunk: int | None) -> tuple[int, ...]:
        return tuple(self.open) if hunk in (None, 0) else ()

    def decide(self, numbers: tuple[int, ...]) -> None:
        self.open.difference_update(numbers)

    def places(self, current: str) -> dict[int, int]:
        moved = _moved(self.proposal.base, current)
        return {number: moved(self.at) for number in self.open}


Waiting = Pending | PendingSeveral


def waiting(job_id: str, uri: str, proposal: Proposal, at: int) -> Waiting:
    """``proposal`` kept for later; ``at`` is where in its base the user was."""
    if proposal.others:
        return PendingSeveral.begin(job_id, uri, proposal, at)
    return Pending.begin(job_id, uri, proposal)


def _moved(base: str, current: str) -> Callable[[int], int]:
    """Where an offset of ``base`` is in ``current``."""
    from grok_ls.edits import smallest

    edits = smallest(base, current)
    return lambda at: at + sum(len(edit.new_text) - len(edit.span) for edit in edits if edit.span.end <= at)
