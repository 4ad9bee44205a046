"""An answer that names several files, taken apart: what is about the document, and what is about each other file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from grok_ls.edits.answer import Hunk, Parsed, Part, Rewrite
from grok_ls.edits.resolve import about

# The name of the document among those of the files of an answer.
DOCUMENT = ""


def by_file(parsed: Parsed, path: str, beside: Iterable[Part] = ()) -> dict[str, Parsed]:
    """The parts of ``parsed`` by file, in its order: ``DOCUMENT`` for those about the document ``path``, other files by the path that
    the answer gives them. ``beside``: parts of other answers that belong to the same edit.
    """
    parts = grouped([*parsed.hunks, *parsed.rewrites], path, beside)
    return {name: _part(parsed, some) for name, some in parts.items()}


def grouped(parts: Iterable[Part], path: str, beside: Iterable[Part] = ()) -> dict[str, tuple[Part, ...]]:
    """``parts`` by file as in ``by_file``."""
    groups: dict[str, list[Part]] = {}
    every = list(parts)
    names = {part.path for part in (*every, *beside)}
    for part in every:
        groups.setdefault(DOCUMENT if about(part.path, path, names) else _plain(part.path), []).append(part)
    return {name: tuple(group) for name, group in groups.items()}


def _part(parsed: Parsed, parts: tuple[Part, ...]) -> Parsed:
    hunks = tuple(part for part in parts if isinstance(part, Hunk))
    rewrites = tuple(part for part in parts if isinstance(part, Rewrite))
    # Whether the answer's last line is whole is a question of the part that it belongs to.
    last = bool(hunks) and hunks[-1] is parsed.hunks[-1]
    return replace(parsed, hunks=hunks, rewrites=rewrites, ends_in_line=parsed.ends_in_line and last)


def _plain(name: str) -> str:
    """One spelling of a path, without the letter that a diff puts before it: two of one file would be two edits of it."""
    first, *rest = name.replace("\\", "/").split("/")
    parts = [part for part in rest if part not in {"", "."}]
    return "/".join(parts if parts and first in {"a", "b", "."} else [first, *parts])


def new_text(parts: Iterable[Part]) -> str | None:
    """The text of a file that the answer makes: nothing but added lines, or one piece of code. ``None`` if it changes one that should be
    there.
    """
    pieces = list(parts)
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
