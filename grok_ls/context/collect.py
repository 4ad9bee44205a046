"""A document, a place in it and an allowance of tokens -> what the model gets to see.

Small documents are shown whole. Of others the lines that matter are taken in the order of ``relevance`` while they
fit, and shown in the order of the file with marks where lines are left out (``pieces.ELISION``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grok_ls.context.languages import Language
from grok_ls.context.pieces import ELISION, Context, Piece, elision, header, is_elision, runs_of
from grok_ls.context.relevance import Want, essential, focus_of, helpful
from grok_ls.context.syntax import Syntax
from grok_ls.context.tokens import bytes_per_token
from grok_ls.text import Finding, Source, Span

__all__ = ["ELISION", "Context", "Piece", "collect", "is_elision"]

# A document that takes up to this share of the allowance is shown whole: no mark misleads the model, and the next
# action in this document finds all of it in the provider's cache (at a quarter of the price or less).
WHOLE_SHARE = 3
_MARK = len(elision(1_000_000).encode()) + 1


def collect(
    source: Source,
    span: Span,
    *,
    findings: Sequence[Finding] = (),
    tokens: int,
    language: Language | None,
    others: Sequence[Piece] = (),
    syntax: Syntax | None = None,
) -> Context:
    """Never more than ``tokens`` tokens by its own estimate. ``others`` are pieces of other files, best first;
    ``syntax`` the parsed document where the caller has it already. Never fails: a text that nothing can parse is
    shown by lines.
    """
    if tokens <= 0:
        return Context()
    span = Span(min(span.start, len(source.text)), min(span.end, len(source.text)))
    if syntax is None and language is not None:
        syntax = Syntax.parse(source, language)
    budget = int(tokens * bytes_per_token(source.text, span.start))
    allowed = Allowance(source, budget)
    focus = focus_of(source, span, syntax)
    if len(source.text.encode("utf-8", "surrogatepass")) <= budget // WHOLE_SHARE:
        allowed.add(Want(0, source.line_count - 1))
    if not allowed.add_near(focus.lines, next(essential(source, focus, (), None), focus.lines)):
        return _cut(source, span, budget)
    for want in essential(source, focus, findings, syntax):
        allowed.add(want)
    taken = tuple(piece for piece in others if allowed.add_other(piece))
    for want in helpful(source, focus, findings, syntax):
        allowed.add(want)
    pieces = allowed.pieces()
    return Context(pieces + _grouped(taken), allowed.complete, source.line_count)


class Allowance:
    """Lines of one document that fit into so many bytes, names of files and marks of left out lines counted."""

    def __init__(self, source: Source, budget: int) -> None:
        self._source = source
        self._left = budget - len(header(source.path).encode()) - 2 - _MARK
        self._taken: set[int] = set()
        self._paths: set[str] = set()

    @property
    def complete(self) -> bool:
        return len(self._taken) == self._source.line_count

    def add(self, want: Want) -> bool:
        """Take the lines that are not there yet, all or none."""
        new = [line for line in range(want.first, want.last + 1) if line not in self._taken]
        cost = sum(self._bytes(line) for line in new) + self._marks(new) * _MARK
        if cost > self._left:
            return False
        self._left -= cost
        self._taken.update(new)
        return True

    def add_near(self, lines: Want, within: Want) -> bool:
        """Take ``within``, or if that is too much its first line and what fits around the middle of ``lines``. False:
        not one line fits.
        """
        if self.add(within) or (lines != within and self.add(lines)):
            return True
        middle = (lines.first + lines.last) // 2 if lines.last - lines.first > 1 else lines.first
        if not self.add(Want(middle, middle)):
            return False
        self.add(Want(within.first, within.first))
        first = last = middle
        while True:
            up = first > within.first and self.add(Want(first - 1, first - 1))
            down = last < within.last and self.add(Want(last + 1, last + 1))
            first, last = first - up, last + down
            if not up and not down:
                return True

    def add_other(self, piece: Piece) -> bool:
        cost = len(piece.text.encode("utf-8", "surrogatepass")) + 1 + 2 * _MARK
        if piece.path not in self._paths:
            cost += len(header(piece.path).encode()) + 2
        if cost > self._left:
            return False
        self._left -= cost
        self._paths.add(piece.path)
        return True

    def pieces(self) -> tuple[Piece, ...]:
        runs = runs_of(self._taken)
        for (_, last), (first, _) in pairwise(runs):
            # Blank lines say no more than a mark, and cost less.
            between = range(last + 1, first)
            blank = not any(self._source.line_text(line).strip() for line in between)
            if blank and sum(self._bytes(line) for line in between) <= _MARK:
                self._taken.update(between)
        return tuple(self._piece(first, last) for first, last in runs_of(self._taken))

    def _piece(self, first: int, last: int) -> Piece:
        text = "\n".join(self._source.line_text(line) for line in range(first, last + 1))
        return Piece(self._source.path, first + 1, last + 1, text)

    def _bytes(self, line: int) -> int:
        return len(self._source.line_text(line).encode("utf-8", "surrogatepass")) + 1

    def _marks(self, new: Sequence[int]) -> int:
        """By how many the left out places may become more: runs of lines that are new and touch nothing that is
        there.
        """
        return sum(1 - (first - 1 in self._taken) - (last + 1 in self._taken) for first, last in runs_of(new))


def _grouped(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Files in the order in which they were first chosen, each file's pieces in the order of its lines."""
    order = {path: index for index, path in enumerate(dict.fromkeys(piece.path for piece in pieces))}
    return tuple(sorted(pieces, key=lambda piece: (order[piece.path], piece.first_line)))


def _cut(source: Source, span: Span, budget: int) -> Context:
    """Not one line fits: as much of the line as fits, around the place."""
    line = source.line_of(span.start)
    text, start = source.line_text(line), span.start - source.line_starts[line]
    room = budget - len(header(source.path).encode()) - 2 * _MARK - 2 * len(ELISION.encode()) - 4
    # Four bytes a character is the worst that UTF-8 has.
    reach = room // 4 if not text.isascii() else room
    if reach <= 0:
        return Context()
    first = max(0, min(start - reach // 2, len(text) - reach))
    piece = Piece(source.path, line + 1, line + 1, text[first : first + reach], cut=True)
    return Context((piece,), False, source.line_count)
