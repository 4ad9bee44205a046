"""The public Python API: the same pure functions that the server uses, for scripts, hooks and other tools.

Offsets are code points of ``text``, end exclusive. ``collect_context`` with a ``root`` reads files below it; nothing else here touches the
disk, and nothing touches the network.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, overload

from grok_ls import edits
from grok_ls._version import __version__
from grok_ls.context import pieces
from grok_ls.context.collect import collect
from grok_ls.context.languages import Language, language_of
from grok_ls.context.syntax import Fault, Syntax, first_new_error
from grok_ls.context.window import changed_rows
from grok_ls.errors import Code
from grok_ls.redaction.redact import Redacted, Vocabulary
from grok_ls.redaction.redact import redact as _redact
from grok_ls.text import Source, Span

__all__ = [
    "Applied",
    "Context",
    "Piece",
    "Redacted",
    "Refused",
    "__version__",
    "apply_answer",
    "collect_context",
    "redact",
]

# So many characters between two edits are more than a definition, as a rule.
_APART = 4_000


@dataclass(frozen=True, slots=True)
class Applied:
    """``text`` is the whole new text, ``hunks`` how many changes of the answer went in (0: it asks for none)."""

    text: str
    hunks: int


@dataclass(frozen=True, slots=True)
class Refused:
    """``code`` is one of the contract's result codes, ``message`` one sentence."""

    code: Code
    message: str


class Piece(NamedTuple):
    """Lines ``first_line`` to ``last_line`` (from 1, inclusive) of ``path``; ``text`` has no final line end."""

    path: str
    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """The document's own ``pieces`` come first. ``text`` is how they read in a prompt, ``tokens`` an estimate of its size."""

    pieces: tuple[Piece, ...]
    text: str
    tokens: int


def apply_answer(text: str, answer: str, *, path: str = "", complete: bool = True) -> Applied | Refused:
    """Apply a model's raw words, in any of the formats, to ``text``; or refuse rather than guess.

    ``complete=False`` says that the stream was cut: always ``Refused("truncated_answer")``.
    """
    if not complete:
        return Refused("truncated_answer", "The answer was cut before its end, so nothing was applied; ask again.")
    language = _language(text, path)
    definitions = _Definitions(text, language)
    outcome = edits.resolve(text, answer, path=path, definitions=definitions)
    if isinstance(outcome, edits.NoChange):
        if outcome.said:
            return Applied(text, 0)
        return Refused("unmatched_edit", "The answer holds no edit, so nothing was applied; ask again for one.")
    if isinstance(outcome, edits.Refusal):
        return Refused(outcome.code, outcome.message)
    fault = _fault(text, outcome, language, definitions.parsed) if language is not None else None
    if fault is not None:
        return Refused(
            "syntax_broken", f"The edit would break the syntax at line {fault.line}, so nothing was applied."
        )
    return Applied(outcome.text, outcome.hunks)


def _fault(text: str, made: edits.Resolved, language: Language, known: Syntax | None) -> Fault | None:
    """What the edit breaks. Where nobody has a tree of ``text`` yet, the places that it changes are looked at one by one, each between
    the definitions around it: what breaks at none of them does not break.
    """
    if known is None:
        done = text
        for place in _places(made.edits):
            step = edits.apply(done, place)
            rows = changed_rows(done, step, language)
            if rows is None or any(Syntax.parse(each, language).error_count() for each in rows):
                break
            done = step
        else:
            return None
    return first_new_error(text, made.text, language, known)


def _places(made: Sequence[edits.Edit]) -> Iterator[list[edits.Edit]]:
    """The edits that are far from each other, the last ones first: so none moves those that follow."""
    place: list[edits.Edit] = []
    for edit in reversed(made):
        if place and place[-1].span.start - edit.span.end > _APART:
            yield place
            place = []
        place.append(edit)
    if place:
        yield place


class _Definitions(Sequence[edits.Definition]):
    """The definitions of a text, parsed when the first is asked for: diffs need none."""

    def __init__(self, text: str, language: Language | None) -> None:
        self._text, self._language = text, language
        self.parsed: Syntax | None = None

    @cached_property
    def _all(self) -> tuple[edits.Definition, ...]:
        if self._language is None:
            return ()
        self.parsed = Syntax.parse(self._text, self._language)
        return tuple(edits.Definition(name, span) for name, span in self.parsed.definitions())

    @overload
    def __getitem__(self, index: int) -> edits.Definition: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[edits.Definition, ...]: ...
    def __getitem__(self, index: int | slice) -> edits.Definition | tuple[edits.Definition, ...]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)


def redact(text: str, *, path: str = "") -> Redacted:
    """``text`` with every secret and all personal data replaced by placeholders that ``restore`` takes back."""
    return _redact(text, Vocabulary(secrets.token_bytes(16)), path=path)


def collect_context(
    text: str, start: int, end: int, *, path: str = "", root: str | None = None, tokens: int = 12000
) -> Context:
    """What a model gets to see for ``start``..``end`` of ``text``, within ``tokens``. ``root``: a folder whose files may be quoted too."""
    language = _language(text, path)
    # What goes into a prompt holds no absolute path.
    source = Source(text, _shown_path(path, root), language.id if language else "")
    span = Span(start, end)
    others = _others(source, span, language, Path(root)) if root is not None and language is not None else ()
    found = collect(source, span, tokens=tokens, language=language, others=others)
    return Context(
        tuple(Piece(each.path, each.first_line, each.last_line, each.text) for each in found.pieces),
        found.text,
        found.tokens,
    )


def _shown_path(path: str, root: str | None) -> str:
    """Relative to ``root`` where it is below it; of another absolute path the name alone."""
    if not Path(path).is_absolute():
        return path
    if root is not None and Path(path).resolve().is_relative_to(Path(root).resolve()):
        return Path(path).resolve().relative_to(Path(root).resolve()).as_posix()
    return Path(path).name


def _others(source: Source, span: Span, language: Language, root: Path) -> Sequence[pieces.Piece]:
    """What other files below ``root`` say of the names that are used; files that are never sent stay out."""
    from grok_ls.index.once import quotes_around
    from grok_ls.workspace.exclude import Exclusions

    exclusions = Exclusions((root.resolve(),), ())
    return quotes_around(
        source, span, language, root, lambda path: exclusions.reason(root / path, opened=False) is None
    ).pieces


def _language(text: str, path: str) -> Language | None:
    return language_of(path, "", Source(text).line_text(0))
