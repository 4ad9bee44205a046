"""An answer that names several files, taken apart: what is about the document, and what is about each other file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grok_ls.edits.answer import Hunk, Parsed, Rewrite
from grok_ls.edits.parse import parse_answer
from grok_ls.edits.resolve import same_file

_FIRST = ("a/", "b/", "./")


def by_file(answer: str, path: str) -> tuple[Parsed | None, dict[str, Parsed]]:
    """The part of ``answer`` about the document ``path`` (``None`` if there is none), and the parts about other files by the path that
    the answer gives them, in its order. An answer that cannot be read has no parts.
    """
    parsed = parse_answer(answer)
    if not isinstance(parsed, Parsed):
        return None, {}
    parts: list[Hunk | Rewrite] = [*parsed.hunks, *parsed.rewrites]
    names = dict.fromkeys(part.path for part in parts if not same_file(part.path, path))
    others = {name: _part(parsed, [name]) for name in names}
    own = [part.path for part in parts if part.path not in names]
    return (_part(parsed, own) if own else None), {_plain(name): part for name, part in others.items()}


def _part(parsed: Parsed, names: Sequence[str]) -> Parsed:
    hunks = tuple(hunk for hunk in parsed.hunks if hunk.path in names)
    rewrites = tuple(code for code in parsed.rewrites if code.path in names)
    # Whether the answer's last line is whole is a question of the part that it belongs to.
    last = bool(parsed.hunks) and bool(hunks) and hunks[-1] is parsed.hunks[-1]
    return replace(parsed, hunks=hunks, rewrites=rewrites, ends_in_line=parsed.ends_in_line and last)


def _plain(name: str) -> str:
    """Without the letter that a diff puts before a path."""
    for first in _FIRST:
        if name.startswith(first):
            return name[len(first) :]
    return name


def new_text(parts: Parsed) -> str | None:
    """The text of a file that the answer makes: nothing but added lines, or one piece of code. ``None`` if it changes one that should be
    there.
    """
    pieces: list[Hunk | Rewrite] = [*parts.hunks, *parts.rewrites]
    if len(pieces) != 1:
        return None
    (piece,) = pieces
    if isinstance(piece, Rewrite):
        lines = list(piece.lines)
    elif any(line.kind != "addition" and line.text.strip() for line in piece.lines):
        return None
    else:
        lines = [line.text for line in piece.lines if line.kind == "addition"]
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join([*lines, ""]) if lines else None
