"""Characters that a model writes in the place of others: learned from the lines that it quotes, undone in those that
it adds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from grok_ls.edits.answer import Hunk, Line
from grok_ls.edits.buffer import Buffer, normal, unescaped

_QUOTES = {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″", '"')}
_DASHES = dict.fromkeys("‐‑‒–—−", "-")
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000", " ")
_NOTHING = dict.fromkeys("\u200b\u200c\u2060\ufeff", "")
_CLASSES = (_QUOTES, _DASHES, _SPACES, _NOTHING, {"…": "..."})
_WORDS = (".md", ".markdown", ".rst", ".txt", ".adoc", ".tex", ".html", ".htm")


def cleaned(buffer: Buffer, hunks: Sequence[Hunk], path: str) -> list[Hunk]:
    """The hunks with plain characters in their added lines where the quoted lines show that the file has plain ones."""
    added = "".join(line.text for hunk in hunks for line in hunk.lines if line.kind == "addition")
    if added.isascii() and "&" not in added:
        return list(hunks)
    changes = [change for change, marks in _possible() if any(mark in added for mark in marks)]
    quoted = [line for hunk in hunks for line in hunk.old]
    undo = [change for change in changes if _shown(buffer, quoted, change, path)]
    return [_changed(hunk, undo) for hunk in hunks] if undo else list(hunks)


Undo = Callable[[str], str]


def _possible() -> list[tuple[Undo, Sequence[str]]]:
    return [*((_translator(one), tuple(one)) for one in _CLASSES), (unescaped, ("&",))]


def _translator(characters: dict[str, str]) -> Undo:
    table = str.maketrans(characters)
    return lambda text: text.translate(table)


def _shown(buffer: Buffer, quoted: Sequence[Line], undo: Undo, path: str) -> bool:
    """True if a quoted line has such characters where the document's line has the plain ones, and none speaks against
    it.
    """
    for line in quoted:
        if undo(line.text) != line.text and line.text not in buffer.lines and normal(line.text) in buffer.where:
            at = buffer.where[normal(line.text)][0]
            return undo(buffer.lines[at]) == buffer.lines[at]
    if undo is unescaped or path.lower().endswith(_WORDS):
        return False
    # Nothing quoted shows it either way: typographic quotes in code that has none, and that was quoted without any.
    curled = undo("“”‘’") != "“”‘’"
    return (
        curled
        and undo(buffer.joined) == buffer.joined
        and not any("'" in line.text or '"' in line.text for line in quoted)
    )


def _changed(hunk: Hunk, undo: Sequence[Undo]) -> Hunk:
    return replace(hunk, lines=tuple(_plain(line, undo) if line.kind == "addition" else line for line in hunk.lines))


def _plain(line: Line, undo: Sequence[Undo]) -> Line:
    text = line.text
    for change in undo:
        text = change(text)
    return replace(line, text=text)
