"""A place of a hunk, what is changed there, or why there is none: values only."""

from __future__ import annotations

from dataclasses import dataclass

from grok_ls.edits.answer import Line


@dataclass(frozen=True, slots=True)
class Change:
    """Lines ``start:end`` of the document become ``lines`` (contents without line ends)."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one hunk. ``first`` is the document's line of the hunk's first line that is there, ``strain`` counts
    quoted lines whose indentation is not what the others speak for. ``partial``: the hunk quotes less than whole lines.
    """

    first: int
    mapping: tuple[int | None, ...]
    cost: float
    changes: tuple[Change, ...]
    strain: int = 0
    partial: bool = False

    @property
    def clean(self) -> bool:
        """True if every line of the hunk is there."""
        return None not in self.mapping

    @property
    def last(self) -> int:
        return max((line for line in self.mapping if line is not None), default=self.first)


@dataclass(frozen=True, slots=True)
class Missing:
    """No place: the line of the hunk that speaks against it, and the sentence. ``final`` if no part of it has one
    either.
    """

    line: Line
    message: str
    final: bool = False
