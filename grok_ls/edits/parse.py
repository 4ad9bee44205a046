"""Reading a model's answer, whole or while it streams: what is prose, and which lines to take, keep and add.

Three formats, told apart by the text itself: diffs, search/replace blocks, and rewritten code in a fence. Nothing is
dropped: every line of the answer gets a role.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from grok_ls.edits.answer import Hunk, Kind, Line, NoChange, Parsed, Rewrite, Role, Unparsed
from grok_ls.edits.linediff import changed_blocks
from grok_ls.edits.pairs import Broken, Pair, read_pairs
from grok_ls.edits.segments import (
    DIFF_INFOS,
    NUMBERED_HEADER,
    PATCH_HEADER,
    REPLACE,
    SEPARATOR,
    Segment,
    Segmenter,
)
from grok_ls.edits.unified import read_diff

NO_CHANGE = "NO_CHANGE"
_PATHLIKE = re.compile(r"^[\w.+@~-]*[/\\]?(?:[\w.+@~ -]+[/\\]+)*[\w.+@~-]+\.\w{1,12}$")
# What else stands alone above a diff may be the name of a method.
_FILE = re.compile(
    r"[/\\]|\.(?:pyi?|[cm]?[jt]sx?|vue|svelte|[ch](?:c|pp|xx)?|hh|cs|go|rs|java|kts?|swift|rb|php|scala|lua|dart|html?|s?css|less|json|"
    r"toml|ya?ml|xml|sql|sh|md|rst|txt|ini|cfg|proto|tf|exs?|erl|hs|jl|pl|r|zig)$"
)
# What some write between the first mark of a block and the search.
_BLOCK_NOTE = re.compile(r"^:(?:start_line|end_line)\s*:\s*(\d+)\s*$|^-{5,}\s*$")
_BLOCK_END = re.compile(r"^\s*(?:>{4,10}|\+{5,10})\s*REPLACE\s*$")
_CONSOLE = {"console", "text", "txt", "shell", "sh-session", "output", "plaintext", "log"}
SHELL = {"bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "pwsh", "cmd", "bat", "batch"}
_DELETED = re.compile(r"^\*\*\* Delete File: |^deleted file mode \d|^\+\+\+ /dev/null\s*$")
_MOVED = re.compile(r"^\*\*\* Move to: ")
_CODE = re.compile(r"[=(){}\[\];<>]|^\s*[-+]\s{2,}\S|^\s*[-+]\S")
# Words begin lists with these signs, but seldom with one after the other.
_INDENTED_HUNK = re.compile(r"^\s+@@(?: -\d|.*@@\s*$)")
_REMOVED = re.compile(r"^\s*-(?!-)\s*\S")
_ADDED = re.compile(r"^\s*\+(?!\+)\s*\S")
# A command that writes a file, its text up to the word alone on a line.
_HEREDOC = re.compile(
    r"^\s*(?:\$ )?(?:cat|tee)\b(?:\s*>\s*|\s+)?(?P<one>[\w./~-]+)?\s*<<-?\s*[\"']?(?P<word>\w+)[\"']?(?:\s*>\s*(?P<two>[\w./~-]+))?\s*$"
)


class Parser:
    """Takes an answer in pieces. ``finish`` gives what ``parse_answer`` gives for the whole."""

    def __init__(self) -> None:
        self._segmenter = Segmenter()

    def feed(self, delta: str) -> None:
        self._segmenter.feed(delta)

    def finish(self, complete: bool = True) -> Parsed | NoChange | Unparsed:
        """``complete`` is False if the stream ended without its last event: the answer is then cut, whatever it looks
        like.
        """
        self._segmenter.finish()
        return _read(self._segmenter, complete)


def parse_answer(answer: str, *, complete: bool = True) -> Parsed | NoChange | Unparsed:
    parser = Parser()
    parser.feed(answer)
    return parser.finish(complete)


def _read(segmenter: Segmenter, complete: bool) -> Parsed | NoChange | Unparsed:
    lines, segments = segmenter.lines, segmenter.segments
    if not complete or segmenter.cut:
        opened = next((segment.start for segment in segments if not segment.closed), len(lines))
        why = "a block that begins there is never closed" if complete else "the stream broke off"
        return Unparsed("truncated_answer", f"The answer is cut at its line {max(opened, 1)}: {why}.", max(opened, 1))
    if not any(line.strip() for line in lines):
        return Unparsed("unmatched_edit", "The answer is empty.", 1)
    roles: list[Role] = ["fence"] * len(lines)
    hunks: list[Hunk] = []
    rewrites: list[Rewrite] = []
    if not any(_holds_hunks(segment) for segment in segments):
        paired: list[Role] = ["prose"] * len(lines)
        try:
            pairs = read_pairs(lines, segments, paired)
        except Broken as why:
            return _unreadable(why)
        if pairs:
            return _of_pairs(lines, pairs, paired, segments)
    for index, segment in enumerate(segments):
        if segment.sort == "blocks":
            hunks.append(_block(segment, _path_before(segments, index) or _path_above(segments, index, hunks), roles))
        elif segment.sort == "bare" or (segment.sort == "fence" and _is_diff(segment)):
            found, broken = read_diff(segment.lines, segment.start, roles, open_ended=segment.sort == "bare")
            if broken:
                number = segment.start + len(segment.lines)
                return Unparsed(
                    "truncated_answer", f"The answer is cut at its line {number}: a hunk has no lines.", number
                )
            path = next(filter(_FILE.search, [_path_before(segments, index)]), "") or _path_above(
                segments, index, hunks
            )
            hunks.extend(hunk if hunk.path else replace(hunk, path=path) for hunk in found)
        else:
            role: Role = "prose" if segment.sort == "prose" else "code"
            roles[segment.start : segment.start + len(segment.lines)] = [role] * len(segment.lines)
            if role == "code" and any(map(str.strip, segment.lines)) and not _is_context(segment):
                rewrites.append(_rewrite(segment, _path_before(segments, index)))
    if (
        end := next(
            (at for at, line in enumerate(lines) if _BLOCK_END.match(line) and roles[at] in {"code", "prose"}), None
        )
    ) is not None:
        return Unparsed(
            "unmatched_edit", f"The edit that ends at line {end + 1} of the answer has no beginning.", end + 1
        )
    prose = "\n".join(line for line, role in zip(lines, roles, strict=True) if role == "prose").strip("\n")
    hunks = [replace(hunk, number=number) for number, hunk in enumerate((h for h in hunks if h.changes), 1)]
    said_no = any(map(says_no_change, lines))
    if (gone := next((number for number, line in enumerate(lines, 1) if _DELETED.match(line)), None)) is not None and (
        lines[gone - 1].startswith("***") or roles[gone - 1] == "header"
    ):
        return Unparsed("unmatched_edit", "The answer deletes the whole file, which is never done for it.", gone)
    if (moved := next((number for number, line in enumerate(lines, 1) if _MOVED.match(line)), None)) is not None:
        return Unparsed("unmatched_edit", "The answer moves or renames the file, which is never done for it.", moved)
    if not hunks and (said_no or not rewrites):
        return NoChange(prose, said_no or NO_CHANGE in prose.split())
    # How to try it out, beside the code itself.
    kept = tuple(code for code in rewrites if code.language not in _CONSOLE | SHELL)
    if (other := _other_form(lines, segments, roles)) is not None:
        message = (
            f"The answer has edits in two forms, and the one at its line {other} cannot be read beside the others."
        )
        return Unparsed("unmatched_edit", message, other)
    if hunks:
        return Parsed(hunks[0].form, tuple(hunks), kept, prose, tuple(roles), segmenter.ends_in_line)
    return Parsed("rewrite", (), kept or tuple(rewrites), prose, tuple(roles))


def _other_form(lines: Sequence[str], segments: Sequence[Segment], roles: Sequence[Role]) -> int | None:
    """The line (from 1) of an edit that stands among the words beside hunks: a pair, or a hunk that nothing announces."""
    words = [line if role == "prose" else "" for line, role in zip(lines, roles, strict=True)]
    rest = [segment for segment in segments if not _holds_hunks(segment)]
    own: list[Role] = ["prose"] * len(lines)
    try:
        if read_pairs(words, rest, own):
            return next(number for number, role in enumerate(own, 1) if role != "prose")
    except Broken as why:
        return why.line
    hunk = next((number for number, line in enumerate(words) if _INDENTED_HUNK.match(line)), None)
    found = [number for number in (hunk, change_among(words)) if number is not None]
    return min(found) + 1 if found else None


def change_among(words: Sequence[str]) -> int | None:
    """The number (from 0) of a line that words would not have: code taken away right above code in its place."""
    for number, (one, other) in enumerate(itertools.pairwise(words)):
        if _REMOVED.match(one) and _ADDED.match(other) and _CODE.search(one) and _CODE.search(other):
            return number
    return None


def _holds_hunks(segment: Segment) -> bool:
    return segment.sort in {"blocks", "bare"} or (segment.sort == "fence" and _is_diff(segment))


def _unreadable(broken: Broken) -> Unparsed:
    if broken.cut:
        return Unparsed(
            "truncated_answer", f"The answer is cut: the edit at its line {broken.line} has no end.", broken.line
        )
    message = f"The edit at line {broken.line} of the answer says what to replace and not what with."
    return Unparsed("unmatched_edit", message, broken.line)


def says_no_change(line: str) -> bool:
    """The words alone on a line, however they are decorated: ``**NO_CHANGE**``, ``<no_change>``."""
    return line.strip("`*_.:!<>#'\"- \t").upper() == NO_CHANGE


def _of_pairs(
    lines: Sequence[str], pairs: Sequence[Pair], roles: list[Role], segments: Sequence[Segment]
) -> Parsed | NoChange:
    found = [replace(_search_replace(pair.old, pair.new, pair.path), start=pair.start) for pair in pairs]
    for line in (line for hunk in found for line in hunk.lines):
        if roles[line.number - 1] != "code":
            roles[line.number - 1] = line.kind
    prose = "\n".join(line for line, role in zip(lines, roles, strict=True) if role == "prose").strip("\n")
    hunks = tuple(replace(hunk, number=number) for number, hunk in enumerate((h for h in found if h.changes), 1))
    fences = [segment for segment in segments if segment.sort == "fence" and any(map(str.strip, segment.lines))]
    beside = [_rewrite(one, "") for one in fences if set(roles[one.start : one.start + len(one.lines)]) == {"prose"}]
    kept = tuple(code for code in beside if code.language not in _CONSOLE | SHELL)
    return Parsed("search-replace", hunks, kept, prose, tuple(roles)) if hunks else NoChange(prose)


def _is_diff(segment: Segment) -> bool:
    info = segment.info.split(" ")[0].lower()
    lines = [line for line in segment.lines if line.strip()]
    if info in DIFF_INFOS:
        return any(line[0] in "+-@*" for line in lines)
    if any(NUMBERED_HEADER.match(line) or PATCH_HEADER.match(line) for line in lines):
        return True
    if any(one.startswith("--- ") and other.startswith("+++ ") for one, other in itertools.pairwise(lines)):
        return True
    if lines and lines[0].startswith("@@"):
        return True
    if any(line[0] not in " +-" for line in lines):
        return False
    return any(line[0] == "+" for line in lines) and any(line[0] != "+" for line in lines)


def _is_context(segment: Segment) -> bool:
    """True for a diff that changes nothing: it only quotes lines."""
    return segment.info.split(" ")[0].lower() in DIFF_INFOS and all(
        line.startswith(" ") for line in segment.lines if line
    )


def _path_before(segments: Sequence[Segment], index: int) -> str:
    """The file name that stands alone on the line before a block, or in the fence's info string."""
    segment = segments[index]
    words = segment.info.replace(":", " ").replace("=", " ").replace('"', " ").split()
    if segment.sort == "fence" and words and _PATHLIKE.match(words[-1]):
        return words[-1]
    while index and segments[index - 1].sort in {"prose", "fence"}:
        index -= 1
        for line in reversed(
            segments[index].lines[-2:] if segments[index].sort == "prose" else segments[index].lines[:1]
        ):
            if line.strip():
                name = re.sub(r"^(?:#+|[-*]|\*\*|//|File(?:name)?:)?\s*", "", line.strip()).strip("`*: ")
                return name if _PATHLIKE.match(name) and "  " not in name else ""
        if segments[index].sort == "prose":
            return ""
    return ""


def _path_above(segments: Sequence[Segment], index: int, hunks: Sequence[Hunk]) -> str:
    """The file of the edit right above: what follows it without a word is about the same one."""
    while index and not any(map(str.strip, segments[index - 1].lines)):
        index -= 1
    return hunks[-1].path if index and hunks and _holds_hunks(segments[index - 1]) else ""


def _block(segment: Segment, path: str, roles: list[Role]) -> Hunk:
    lines = segment.lines
    last = next(index for index in range(len(lines) - 1, -1, -1) if REPLACE.match(lines[index]))
    dividers = [index for index in range(last) if SEPARATOR.match(lines[index])]
    for index in (0, dividers[0], last):
        roles[segment.start + index] = "marker"
    first, start = 1, None
    while first < dividers[0] and (match := _BLOCK_NOTE.match(lines[first])):
        roles[segment.start + first] = "marker"
        start = int(match[1]) if match[1] and start is None else start
        first += 1
    numbered = [(line, segment.start + 1 + index) for index, line in enumerate(lines)]
    hunk, *readings = (
        replace(_search_replace(numbered[first:middle], numbered[middle + 1 : last], path), start=start)
        for middle in dividers
    )
    for one in hunk.lines:
        roles[one.number - 1] = one.kind
    for index in range(dividers[0] + 1, last):
        if roles[segment.start + index] == "fence":
            roles[segment.start + index] = "context"
    return replace(hunk, readings=tuple(readings))


def _search_replace(old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]], path: str) -> Hunk:
    """A hunk of lines with their numbers: those that both sides have are context."""

    def lines_of(kind: Kind, source: Sequence[tuple[str, int]]) -> list[Line]:
        return [Line(kind, text, text, number) for text, number in source]

    merged: list[Line] = []
    done = 0
    for change in changed_blocks([text for text, _ in old], [text for text, _ in new]):
        merged += lines_of("context", old[done : change.old_start])
        merged += lines_of("removal", old[change.old_start : change.old_end])
        merged += lines_of("addition", new[change.new_start : change.new_end])
        done = change.old_end
    return Hunk((*merged, *lines_of("context", old[done:])), path, form="search-replace")


def _rewrite(segment: Segment, path: str) -> Rewrite:
    lines = list(segment.lines)
    while lines and not lines[-1].strip():
        lines.pop()
    language = segment.info.split(" ")[0].split(":")[0].lower()
    written = _HEREDOC.match(lines[0]) if language in SHELL else None
    if written and lines[-1].strip() == written["word"] and (name := written["one"] or written["two"]):
        return Rewrite(tuple(lines[1:-1]), "", name, segment.start + 2)
    return Rewrite(tuple(lines), language, path, segment.start + 1)
