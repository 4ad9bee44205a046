"""What a model's answer holds once it is read: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["context", "removal", "addition"]
Role = Literal["prose", "fence", "header", "context", "removal", "addition", "marker", "code"]
Format = Literal["diff", "search-replace", "rewrite"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a hunk. ``text`` is without marker, ``raw`` as the model wrote it; ``number`` counts lines of the
    answer from 1.

    ``marked`` is False for a context line without its leading space: ``text`` is then all of ``raw``.
    """

    kind: Kind
    text: str
    raw: str
    number: int
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Hunk:
    """One place to change. ``start`` (from 1) and ``counts`` are what the header claimed, None where it claimed
    nothing.

    ``headings`` are section headings: lines somewhere above the place. ``open_ended`` says that the diff was not
    fenced, so that its last lines may be prose (from index ``tail`` on), or cut. ``readings``: a block with several
    dividers, read with each of the later ones; only the document can tell which it is.
    """

    lines: tuple[Line, ...]
    path: str = ""
    start: int | None = None
    counts: tuple[int, int] | None = None
    headings: tuple[str, ...] = ()
    number: int = 1
    form: Format = "diff"
    open_ended: bool = False
    tail: int | None = None
    readings: tuple[Hunk, ...] = ()

    @property
    def old(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind != "addition")

    @property
    def changes(self) -> bool:
        return any(line.kind != "context" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Fenced code that is meant to replace something in the document."""

    lines: tuple[str, ...]
    language: str = ""
    path: str = ""
    line: int = 1


Part = Hunk | Rewrite


@dataclass(frozen=True, slots=True)
class Parsed:
    """An answer with at least one change. ``roles`` has one entry for each line of the answer: nothing is dropped in
    silence.
    """

    format: Format
    hunks: tuple[Hunk, ...]
    rewrites: tuple[Rewrite, ...]
    prose: str
    roles: tuple[Role, ...]
    ends_in_line: bool = False


@dataclass(frozen=True, slots=True)
class NoChange:
    """The answer holds no edit. ``said``: it says itself that nothing needs to change."""

    prose: str
    said: bool = False


@dataclass(frozen=True, slots=True)
class Unparsed:
    """An answer that cannot be read: ``code`` of the contract, one sentence, and the line of the answer (from 1) it
    is about.
    """

    code: Literal["truncated_answer", "unmatched_edit"]
    message: str
    line: int
