"""Reading a diff in any dialect that models write. Header counts are never believed, only kept as hints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grok_ls.edits.answer import Hunk, Line, Role
from grok_ls.edits.buffer import BOM
from grok_ls.edits.segments import FILE_HEADER, HUNK_HEADER, PATCH_HEADER

_EXTENDED = re.compile(
    r"^(diff --git .|diff -[a-zA-Z]+ |index [0-9a-f]{4,}\.\.[0-9a-f]{4,}|(new|deleted) file mode \d|(old|new) mode \d|"
    r"(dis)?similarity index \d|rename (from|to) |copy (from|to) |Index: \S|={20,}$|Binary files )"
)
# Word processors make other dashes of the sign.
_MINUS = ("-", "\u2212", "\u2013")
_NO_NEWLINE = re.compile(r"^\s?\\ ?no newline", re.IGNORECASE)
_VERSION = re.compile(r"^\d+\.\d+[\w.()\- ]*$")
_NO_HEADING = re.compile(r"^[-+,.…\s\w]*\.\.\.[-+,.…\s\w]*$|^[.…⋮]*$|^⋮.*$|^-\S*\s+\+\S*$")
_LINE_NUMBER = re.compile(r"^(?:at |around )?lines? (\d+)\b[-\d\s]*$", re.IGNORECASE)
_PROSE = re.compile(r"^(?:[-*+]|\d+\.)? ?(?:[A-Z`*\"']|\*\*)\S*(?: \S+){2,}|^#{1,6} |^[A-Z][\w ]*:$")


@dataclass(slots=True)
class _Reader:
    """State between two lines of one diff."""

    roles: list[Role]
    offset: int
    open_ended: bool
    hunks: list[Hunk] = field(default_factory=list)
    path: str = ""
    old_path: str | None = None
    start: int | None = None
    counts: tuple[int, int] | None = None
    headings: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    headed: bool = False

    def close(self) -> None:
        self._drop_words()
        if self.lines:
            hunk = Hunk(
                tuple(self.lines),
                self.path,
                self.start,
                self.counts,
                tuple(self.headings),
                open_ended=self.open_ended,
                tail=_tail(self.lines, self.counts) if self.open_ended else None,
            )
            self.hunks.append(hunk)
        self.lines = []
        self.start = self.counts = None
        self.headings = []
        self.headed = False

    def _drop_words(self) -> None:
        """Words after a hunk that has all the lines which its header promised, and a blank one."""
        tail = _tail(self.lines, self.counts) if self.open_ended and self.lines else None
        if tail is not None and self.counts == _counted(self.lines[:tail]):
            for line in self.lines[tail:]:
                self.roles[line.number - 1] = "prose"
            del self.lines[tail:]


def read_diff(lines: Sequence[str], offset: int, roles: list[Role], *, open_ended: bool) -> tuple[list[Hunk], bool]:
    """The hunks of one diff, and whether it breaks off: a hunk header with nothing after it, or a patch without its
    end line.

    ``offset`` is the index of the first line in the answer; ``roles`` is filled in for every line.
    """
    reader = _Reader(roles, offset, open_ended)
    begun = False
    signed = next(
        (i for i, line in enumerate(lines) if line.rstrip() == "--" and _VERSION.match("".join(lines[i + 1 : i + 2]))),
        None,
    )
    if signed is not None:
        # The signature of a mailed patch, and what follows it.
        roles[offset + signed : offset + len(lines)] = ["prose"] * (len(lines) - signed)
        lines = lines[:signed]
    preamble = _preamble(lines)
    roles[offset : offset + preamble] = ["prose"] * preamble
    for index, line in enumerate(lines):
        if index < preamble:
            continue
        follower = lines[index + 1] if index + 1 < len(lines) else ""
        if line.startswith("*** Begin Patch"):
            begun = True
        elif line.startswith("*** End Patch"):
            begun = False
        roles[offset + index] = (
            "header" if _header(reader, line, follower) else _content(reader, line, offset + index + 1)
        )
    unfinished = begun or (reader.headed and not reader.lines) or (open_ended and _no_change_yet(reader))
    reader.close()
    return reader.hunks, unfinished


def _preamble(lines: Sequence[str]) -> int:
    """How many lines stand before the first file header: the letter around a mailed patch. A hunk needs no such header."""
    for index, line in enumerate(lines):
        if HUNK_HEADER.match(line) or line.startswith("*** "):
            return 0
        if line.startswith("diff --git ") or (
            line.startswith("--- ") and "".join(lines[index + 1 : index + 2]).startswith("+++ ")
        ):
            return index
    return 0


def _no_change_yet(reader: _Reader) -> bool:
    """True if the last hunk stops before its first change, early by its header."""
    if not reader.lines or reader.counts is None or any(line.kind != "context" for line in reader.lines):
        return False
    return reader.counts != (len(reader.lines), len(reader.lines)) and len(reader.lines) < max(reader.counts)


def _header(reader: _Reader, line: str, follower: str) -> bool:
    if line.startswith("--- ") and follower.startswith("+++ "):
        reader.close()
        reader.old_path = _path(line[4:])
        return True
    if line.startswith("+++ ") and reader.old_path is not None and not reader.lines:
        new_path = _path(line[4:])
        reader.path = reader.old_path if new_path == "/dev/null" else new_path
        reader.old_path = None
        return True
    if FILE_HEADER.match(line) and HUNK_HEADER.match(follower):
        reader.close()
        reader.path = _path(line[4:])
        return True
    if match := PATCH_HEADER.match(line):
        if not match[1].startswith(("End of File", "Move")):
            reader.close()
        if match[1].endswith("File: "):
            reader.path = _path(line[match.end() :])
        return True
    if _EXTENDED.match(line):
        reader.close()
        return True
    if _NO_NEWLINE.match(line):
        return True
    return _hunk_header(reader, line)


def _hunk_header(reader: _Reader, line: str) -> bool:
    match = HUNK_HEADER.match(line)
    if not match:
        return False
    headings = [] if reader.lines or reader.start is not None else reader.headings
    reader.close()
    reader.headings = headings
    reader.headed = True
    if match[1] is not None:
        reader.start = int(match[1])
        reader.counts = (int(match[2] or 1), int(match[4] or 1)) if match[3] is not None else None
    heading = re.sub(r"^@@+|@@+\s*$", "", match[5]).strip()
    if reader.start is None and (named := _LINE_NUMBER.match(heading)):
        reader.start = int(named[1])
    elif heading and not _NO_HEADING.match(heading):
        reader.headings = [*reader.headings, heading]
    return True


def _path(written: str) -> str:
    name = re.split(r"\t|\s{2,}|\s+\d{4}-\d\d-\d\d|\s+\([^()]*\)\s*$|:\d+(?:-\d+)?\s*$", written.strip())[0]
    name = name.strip().strip("`\"'")
    # Words are no name.
    return "" if " " in name and not re.search(r"[/\\]|\.\w+$", name) else name


def _content(reader: _Reader, line: str, number: int) -> Role:
    if line.startswith("+"):
        reader.lines.append(Line("addition", line[1:].removeprefix(BOM), line, number))
        return "addition"
    if line.startswith(_MINUS):
        reader.lines.append(Line("removal", line[1:].removeprefix(BOM), line, number))
        return "removal"
    marked = line.startswith(" ")
    if not line and not reader.lines:
        return "context"
    reader.lines.append(Line("context", line[1:] if marked else line, line, number, marked))
    return "context"


def _tail(lines: Sequence[Line], counts: tuple[int, int] | None) -> int | None:
    """Where the words after a diff that nobody fenced may begin: after the last blank line, with nothing but prose
    behind it.

    Only the document can tell whether they are a part of the hunk.
    """
    if counts is not None and counts == _counted(lines):
        return None
    cut = None
    for index in range(len(lines) - 1, 0, -1):
        raw = lines[index].raw
        if raw and not (_PROSE.match(raw) or not lines[index].marked):
            break
        if not raw and index + 1 < len(lines) and _PROSE.match(lines[index + 1].raw or " "):
            cut = index
    return cut


def _counted(lines: Sequence[Line]) -> tuple[int, int]:
    return sum(line.kind != "addition" for line in lines), sum(line.kind != "removal" for line in lines)
