"""The marks of the prompt's context: a line that begins with ``⋮`` stands for lines of the file that the model was not
shown.

Models repeat such lines although they are told not to. They are gaps: whatever they stand for stays, and none of them
is ever written into a file. Only the document can say that it has such a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from grok_ls.edits.answer import Hunk, Line
from grok_ls.edits.buffer import Buffer, normal

# As ``context.pieces.ELISION``; a test holds the two together.
MARK = "⋮"
_LEADER = r"(?:#|//|--|;|%|<!--|/\*|\{/\*|\*)"
_FORM = re.compile(
    rf"^\s*(?:{_LEADER}\s*)?[(\[]?\s*{MARK}|"
    rf"^\s*(?:{_LEADER}\s*)?[(\[]?\s*(?:\.{{3}}|…)?\s*\d+ lines? not shown\b",
    re.IGNORECASE,
)


def is_mark(line: str) -> bool:
    """True for a line that stands for lines that were not shown, with or without the leader of a comment."""
    return (MARK in line or "not shown" in line.lower()) and bool(_FORM.match(line))


def is_foreign(buffer: Buffer, line: str) -> bool:
    """True for a mark, or a piece of a line that was shown in part, that the document does not have itself."""
    cut = line.rstrip().endswith(MARK)
    return (cut or is_mark(line)) and normal(line) not in buffer.where


def gapped(buffer: Buffer, hunk: Hunk) -> Hunk | Line:
    """``hunk`` with every mark as context: also one that was taken away and put back. The line if a mark is only
    removed or only added: nobody can say what the model means.
    """
    if not any(is_foreign(buffer, line.text) for line in hunk.lines if line.kind != "context"):
        return hunk
    lines: list[Line] = []
    group: list[Line] = []
    for line in (*hunk.lines, None):
        if line is not None and line.kind != "context":
            group.append(line)
            continue
        paired = _paired(buffer, group)
        if isinstance(paired, Line):
            return paired
        lines += [*paired, line] if line is not None else paired
        group = []
    return replace(hunk, lines=tuple(lines))


def _paired(buffer: Buffer, group: list[Line]) -> list[Line] | Line:
    """A run of removed and added lines, cut at the marks that both sides have."""
    removed = _runs(buffer, [line for line in group if line.kind == "removal"])
    added = _runs(buffer, [line for line in group if line.kind == "addition"])
    if len(removed) != len(added):
        return next(line for line in group if is_foreign(buffer, line.text))
    lines: list[Line] = []
    for one, other in zip(removed, added, strict=True):
        if one and is_foreign(buffer, one[0].text):
            lines.append(replace(one[0], kind="context"))
            one, other = one[1:], other[1:]
        lines += [*one, *other]
    return lines


def _runs(buffer: Buffer, lines: list[Line]) -> list[list[Line]]:
    """``lines`` cut before each mark; the first run has none."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if is_foreign(buffer, line.text):
            runs.append([])
        runs[-1].append(line)
    return runs
