"""Splitting an answer into prose, fences, bare diffs and search/replace blocks, line by line while it streams."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

_LINE_END = re.compile(r"\r\n|\n|\r")
FENCE = re.compile(r"^([ \t]*(?:>[ \t]?)?)(`{3,}|~{3,})[ \t]*([^`]*)$")
# One that opens as the first thing of an item of a list; its lines are indented as far.
_ITEM_FENCE = re.compile(r"^([ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)(`{3,}|~{3,})[ \t]*([^`]*)$")
SEARCH = re.compile(
    r"^\s*(?:<{4,10}|-{5,10})\s*(?:SEARCH|ORIGINAL|OLD|BEFORE|HEAD|FIND|CURRENT)\b[^\n]*$|^<{7,10}(?:\s+[\w./\\-]+)?\s*$",
    re.IGNORECASE,
)
# No line of a merge conflict that the file may have.
_NEXT = re.compile(r"^\s*(?:<{4,10}|-{5,10})\s*(?:SEARCH|FIND)\b\s*$", re.IGNORECASE)
SEPARATOR = re.compile(r"^\s*={4,10}(?:\s*(?:REPLACE|NEW|UPDATED|WITH))?\s*$", re.IGNORECASE)
REPLACE = re.compile(r"^\s*>{4,10}\s*(?:\b[^\n]*)?$|^\s*\+{5,10}\s*REPLACE\b[^\n]*$", re.IGNORECASE)
# A blank before it may be the marker of a line of context: of Ruby's ``@@count``, say.
HUNK_HEADER = re.compile(
    r"^(?:\s(?=@@+(?:\s|-|$)))?@@+(?:\s*-\s*(\d+)(?:\s*,\s*(\d+))?(?:\s+\+\s*(\d+)(?:\s*,\s*(\d+))?|(?=\s*@@|\s*$)))?\s*(.*)$"
)
NUMBERED_HEADER = re.compile(r"^\s?@@+\s*-\s*\d+(?:\s*,\s*\d+)?\s+\+\s*\d+")
# One of the two file names of a diff, without the other.
FILE_HEADER = re.compile(r"^(?:---|\+\+\+) (?:[ab]/)?\S*[\w)]\.\w{1,12}\s*$|^(?:---|\+\+\+) [ab]/\S+\s*$")
PATCH_HEADER = re.compile(
    r"^\*\*\* (Begin Patch|End Patch|Update File: |Add File: |Delete File: |Move to: |End of File)"
)
GIT_HEADER = re.compile(r"^(diff --git |Index: \S|={20,}$)")

_INDENTED = re.compile(
    r"^([ \t]{2,}|\t|[ \t]*> ?)(?:@@ -\d+(?:,\d+)? \+\d|diff --git a/|--- a/|\*\*\* Begin Patch\s*$)"
)
# A hunk header without numbers, or with a heading, before lines that are indented as it is.
_INDENTED_HUNK = re.compile(r"^([ \t]{2,}|\t|[ \t]*> ?)@@(?: @@.*|.*@@)?\s*$")
_MARKDOWN = re.compile(r"^(?:md|markdown|mdx|rst)\b", re.IGNORECASE)
_DIFF_START = re.compile(r"^(@@|--- |diff --git |\*\*\* )")

_COLOUR = re.compile(r"\x1b\[[\d;]*[mK]")

Sort = Literal["prose", "fence", "bare", "blocks"]


@dataclass(slots=True)
class Segment:
    """Consecutive lines of one sort. ``start`` is the index of its first content line; ``closed`` is False where the
    end is missing.
    """

    sort: Sort
    start: int
    info: str = ""
    closed: bool = True
    lines: list[str] = field(default_factory=list)


class Segmenter:
    """Takes text in any pieces; has the same segments in the end whatever the pieces were."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.segments: list[Segment] = []
        self._rest = ""
        self._next = 0
        self._fence: re.Match[str] | None = None
        self._replacing = False
        self._wrapped = False
        self._nested = False
        self._indent = ""
        self.ends_in_line = False

    def feed(self, delta: str) -> None:
        text = self._rest + delta
        # A CR at the very end may be half of a CRLF.
        held = text.endswith("\r")
        *whole, last = _LINE_END.split(text[:-1] if held else text)
        self._rest = last + ("\r" if held else "")
        self.lines.extend(map(_uncoloured, whole))
        self._advance(2)

    def finish(self) -> None:
        whole = _LINE_END.split(self._rest)
        self.ends_in_line = bool(whole[-1])
        self.lines.extend(map(_uncoloured, whole if whole[-1] else whole[:-1]))
        self._rest = ""
        if self.lines and self.lines[0].startswith("\ufeff"):
            self.lines[0] = self.lines[0][1:]
        self._advance(0)

    @property
    def cut(self) -> bool:
        """True if a fence or a block that was opened never ends."""
        return self._wrapped or any(not segment.closed for segment in self.segments)

    def _advance(self, ahead: int) -> None:
        while self._next + ahead < len(self.lines):
            self._take(self._next, self.lines[self._next])
            self._next += 1

    def _peek(self, count: int) -> str:
        index = self._next + count
        return self.lines[index] if index < len(self.lines) else ""

    def _open(self, sort: Sort, start: int, info: str = "", closed: bool = True) -> Segment:
        self.segments.append(Segment(sort, start, info, closed))
        return self.segments[-1]

    def _take(self, index: int, line: str) -> None:
        current = self.segments[-1] if self.segments else self._open("prose", index)
        if current.sort == "blocks" and not current.closed:
            self._in_block(current, line)
        elif current.sort == "fence" and not current.closed:
            self._in_fence(current, index, line)
        elif SEARCH.match(line):
            self._open_block(index, line)
        elif current.sort == "bare" and not _ends_bare(line):
            indent = self._indent
            blank = line.strip() == indent.strip()
            current.lines.append(line[len(indent) :] if line.startswith(indent) else "" if blank else line)
        elif self._wrapped and (match := FENCE.match(line)) and not match[3].strip():
            self._wrapped = False
            self._open("fence", index, closed=True)
        elif match := FENCE.match(line) or self._item_fence(line):
            self._fence = match
            self._open("fence", index + 1, match[3].strip(), closed=False)
        elif self._starts_diff(line):
            self._indent = ""
            self._open("bare", index).lines.append(line)
        elif match := _INDENTED.match(line) or self._indented_hunk(line):
            # A diff as an indented or quoted paragraph: all its lines begin alike.
            self._indent = match[1]
            self._open("bare", index).lines.append(line[len(match[1]) :])
        else:
            if current.sort != "prose":
                current = self._open("prose", index)
            current.lines.append(line)

    def _open_block(self, index: int, line: str) -> None:
        self._open("blocks", index, closed=False).lines.append(line)
        self._replacing = False

    def _in_block(self, current: Segment, line: str) -> None:
        if _NEXT.match(line):
            # The last line of this block is missing: it stays open, and the answer is cut.
            self._open_block(self._next, line)
            return
        current.lines.append(line)
        if SEPARATOR.match(line) and not self._replacing:
            self._replacing = True
        elif REPLACE.match(line) and self._replacing:
            current.closed = True

    def _in_fence(self, current: Segment, index: int, line: str) -> None:
        assert self._fence is not None
        match = FENCE.match(line)
        if SEARCH.match(line):
            # The fence is only the wrapping of the blocks; its closing line will open nothing.
            current.closed = self._wrapped = True
            self._open_block(index, line)
        elif match and match[3].strip() and _MARKDOWN.match(current.info):
            self._nested = True
            current.lines.append(line)
        elif match and self._nested:
            self._nested = False
            current.lines.append(line)
        elif match and not match[3].strip() and match[2][0] == self._fence[2][0] and self._closes(match):
            current.closed = True
        else:
            indent = self._fence[1] if not self._fence[1].strip(" \t>") else " " * len(self._fence[1])
            current.lines.append(line[len(indent) :] if indent and line.startswith(indent) else line)

    def _closes(self, match: re.Match[str]) -> bool:
        assert self._fence is not None
        if len(match[2]) < len(self._fence[2]) or len(match[1]) > len(self._fence[1]) + 3:
            return False
        if len(match[1]) > len(self._fence[1]) and self._in_diff():
            return False
        # A fence inside of a patched Markdown file that lost its leading space: the patch goes on right behind it.
        follower = self._peek(1)
        return not (self._in_diff() and re.match(r"@@ |[-+](?![-+ ]|$)", follower))

    def _in_diff(self) -> bool:
        current = self.segments[-1]
        return current.info.split(" ")[0].lower() in DIFF_INFOS or any(map(_DIFF_START.match, current.lines[:3]))

    def _item_fence(self, line: str) -> re.Match[str] | None:
        """A list's own mark before a fence, whose lines then begin with as many blanks."""
        match = _ITEM_FENCE.match(line)
        return match if match and self._peek(1).startswith(" " * len(match[1])) else None

    def _indented_hunk(self, line: str) -> re.Match[str] | None:
        match = _INDENTED_HUNK.match(line)
        follower = self._peek(1)
        return (
            match
            if match and follower.startswith(match[1]) and follower[len(match[1]) :][:1] in (" ", "-", "+")
            else None
        )

    def _starts_diff(self, line: str) -> bool:
        if (
            (NUMBERED_HEADER.match(line) and not line.startswith("\t"))
            or PATCH_HEADER.match(line)
            or GIT_HEADER.match(line)
        ):
            return True
        if line.startswith("--- ") and self._peek(1).startswith("+++ "):
            return True
        if FILE_HEADER.match(line) and self._peek(1).startswith("@@"):
            return True
        return line.startswith("@@") and self._peek(1)[:1] in {" ", "-", "+"} and bool(self._peek(1))


def _uncoloured(line: str) -> str:
    """A line of a diff that was copied from a terminal: its colour comes before its marker."""
    return _COLOUR.sub("", line) if line.startswith("\x1b[") else line


DIFF_INFOS = {"diff", "patch", "udiff", "unified", "git-diff", "unidiff"}


def _ends_bare(line: str) -> bool:
    return bool(re.match(r"^(`{3,}|~{3,})", line))
