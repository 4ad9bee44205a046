"""Context as values: pieces of files, and how they read in a prompt.

Lines that are left out between two pieces are marked by a line that starts with ``ELISION``. It is never a line of
the user's file: an answer that repeats, changes or deletes one cannot be placed and is refused, so nothing that was
not shown can be deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grok_ls.context.tokens import tokens_of

ELISION = "⋮"


def is_elision(line: str) -> bool:
    """True for a line that stands for lines that were not shown."""
    return line.lstrip(" \t+-").startswith(ELISION)


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines ``first_line`` to ``last_line`` (from 1, inclusive, as people read them) of ``path``. ``text`` has no
    final line end.

    ``cut``: ``text`` is part of one line that is too long to be shown whole.
    """

    path: str
    first_line: int
    last_line: int
    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the model gets to see: ``pieces`` by file, the document's own first, in the order of each file's lines.
    ``whole``: the document is shown completely; ``line_count`` are its lines. ``before``: what comes first, because an
    action just before has sent it (``continued.py``); ``pieces`` are then what it lacks.
    """

    pieces: tuple[Piece, ...] = ()
    whole: bool = False
    line_count: int = 0
    before: Context | None = None

    @property
    def shown(self) -> tuple[Piece, ...]:
        """All that the model sees, also what comes before."""
        return (*self.before.shown, *self.pieces) if self.before is not None else self.pieces

    @property
    def text(self) -> str:
        """As it goes into the prompt: each file under its name, what is left out marked by a line with ``ELISION``."""
        parts = [f"{self.before.text}\n"] if self.before is not None else []
        # Some of what is left out here was shown before.
        more, here = ("More of ", " here") if parts else ("", "")
        own = self.shown[0].path if self.shown else ""
        for index, piece in enumerate(self.pieces):
            before = self.pieces[index - 1] if index else None
            if before is None or before.path != piece.path:
                parts.append(("\n" if before else "") + more + header(piece.path))
                before = None
            if gap := piece.first_line - (before.last_line if before else 0) - 1:
                parts.append(elision(gap) + here)
            parts.append(f"{ELISION}{piece.text}{ELISION}" if piece.cut else piece.text)
            last = index + 1 == len(self.pieces) or self.pieces[index + 1].path != piece.path
            if last and piece.path == own and (rest := self.line_count - piece.last_line) > 0:
                parts.append(elision(rest) + here)
        return "\n".join(parts)

    @property
    def tokens(self) -> int:
        """Upper estimate of the tokens of ``text``."""
        return tokens_of(self.text)


def unseen(piece: Piece, shown: set[tuple[str, int]]) -> list[Piece]:
    """The lines of a piece that were not shown yet, as pieces; they are shown from then on."""
    lines = piece.text.split("\n")
    fresh = [line for line in range(piece.first_line, piece.last_line + 1) if (piece.path, line) not in shown]
    shown.update((piece.path, line) for line in fresh)
    if len(fresh) == len(lines):
        return [piece]
    start = piece.first_line
    return [
        Piece(piece.path, first, last, "\n".join(lines[first - start : last + 1 - start]))
        for first, last in runs_of(fresh)
    ]


def header(path: str) -> str:
    return f"File: {path or '(untitled)'}"


def elision(lines: int) -> str:
    return f"{ELISION} {lines} {'line' if lines == 1 else 'lines'} not shown"


def runs_of(lines: Iterable[int]) -> list[tuple[int, int]]:
    """The numbers as runs without a gap, first and last of each."""
    runs: list[tuple[int, int]] = []
    for line in sorted(lines):
        if runs and runs[-1][1] == line - 1:
            runs[-1] = runs[-1][0], line
        else:
            runs.append((line, line))
    return runs
