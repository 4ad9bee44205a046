"""Search/replace pairs in the dress of other tools: tags, JSON edits, and two fences called "before" and "after".

A pair is taken only where its form leaves no doubt: two tags that belong together, JSON of nothing but known keys, or two fences that
the words right above them name. Everything else is left to the other formats.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grok_ls.edits.answer import Role
from grok_ls.edits.segments import FENCE, Segment

_NAMES = (
    ("search", "replace"),
    ("find", "replace"),
    ("old", "new"),
    ("old_string", "new_string"),
    ("old_str", "new_str"),
    ("old_text", "new_text"),
    ("old_code", "new_code"),
    ("old_content", "new_content"),
    ("original", "updated"),
    ("original", "modified"),
    ("original", "replacement"),
    ("original_code", "updated_code"),
    ("original_text", "new_text"),
    ("before", "after"),
    ("target", "replacement"),
    ("search_block", "replace_block"),
)
_PAIRED: dict[str, set[str]] = {}
for _one, _other in _NAMES:
    _PAIRED.setdefault(_one, set()).add(_other)
_NEW = {other for _, other in _NAMES}
_PATHS = {"path", "file", "file_path", "filename", "file_name", "target_file", "filepath"}
_LISTS = {
    "edits", "changes", "replacements", "operations", "modifications", "hunks", "blocks", "files", "patches", "code_edits",
    "arguments", "input", "parameters", "function", "tool_calls", "diffs", "updates",
}  # fmt: skip
_NOTES = {
    "description", "explanation", "reason", "comment", "comments", "summary", "title", "type", "op", "operation", "command", "action",
    "language", "id", "line", "start_line", "end_line", "name", "tool", "replace_all", "expected_replacements", "thought", "analysis",
}  # fmt: skip
# ``<old line="5">``, and a tool's ``<parameter name="old_str">``.
_TAG = re.compile(
    r"^\s*<(?:(?P<outer>parameter|param|arg|argument)\s+name=\"?(?P<inner>\w+)\"?|(?P<name>[A-Za-z_]+)(?P<more>\s[^<>]*)?)>(?P<rest>.*)$"
)
_LINE = re.compile(r"\b(?:line|start_line)=\"?(\d+)")
_PATH_SAID = re.compile(
    r"<(?:(?:parameter|param|arg|argument) name=\"?)?(?:path|file|file_?path|file_?name|target_file)\"?>\s*([^<\n]+?)\s*</|"
    r"\b(?:path|file|file_?path|file_?name)=\"([^\"\n]+)\""
)
_THING = (
    r"(?:this|that|the|these|those|following|code|block|lines?|section|part|function|method|class|version|it|with|of|in|for|from|"
    r"existing|original|old|current|new|updated|fixed|corrected|\S*[`./_(]\S*)"
)
_OLD_LABEL = re.compile(
    rf"(?:(?:in|inside|within|then|now|first|next) (?:\S*[`./_(]\S* )?)?"
    rf"(?:replace|find|search|before|original|old|current|existing|change|from)(?: {_THING})*",
    re.IGNORECASE,
)
_NEW_LABEL = re.compile(
    rf"(?:with|by|to|into|(?:and )?replace (?:it )?with|after|updated|new|fixed|modified|changed|replacement|becomes?|corrected)"
    rf"(?: {_THING})*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What to look for and what to put there: lines with their numbers in the answer (from 1)."""

    old: Sequence[tuple[str, int]]
    new: Sequence[tuple[str, int]]
    path: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """A tag that opens in a line: what it is called, how it closes, what follows it there, and the line of the file that it names."""

    name: str
    closing: str
    rest: str
    start: int | None

    @classmethod
    def in_line(cls, line: str) -> _Opened | None:
        match = _TAG.match(line)
        if match is None:
            return None
        number = _LINE.search(match["more"] or "")
        name, element = match["inner"] or match["name"], match["outer"] or match["name"]
        return cls(_snake(name), f"</{element}>", match["rest"], int(number[1]) if number else None)


class Broken(Exception):
    """An answer in one of these forms that cannot be read; ``line`` of the answer, ``cut`` if its end is missing."""

    def __init__(self, line: int, cut: bool) -> None:
        super().__init__()
        self.line, self.cut = line, cut


def read_pairs(lines: Sequence[str], segments: Sequence[Segment], roles: list[Role]) -> list[Pair]:
    """The pairs of the answer, or none if it is in no such form; ``roles`` is filled in for their lines. Raises ``Broken``."""
    return _tagged(lines, roles) or _in_json(lines, segments, roles) or _called(segments, roles)


def _tagged(lines: Sequence[str], roles: list[Role]) -> list[Pair]:
    pairs: list[Pair] = []
    at = done = 0
    odd: int | None = None
    while at < len(lines):
        opened = _Opened.in_line(lines[at])
        others = _PAIRED.get(opened.name) if opened else None
        if opened is None or others is None:
            odd = at if odd is None and opened is not None and opened.name in _NEW else odd
            at += 1
            continue
        first = _element(lines, at, opened)
        follower = _next(lines, first[1]) if first is not None else None
        other = _Opened.in_line(lines[follower]) if follower is not None else None
        if first is None or follower is None or other is None or other.name not in others:
            odd = at if odd is None else odd
            at += 1
            continue
        second = _element(lines, follower, other)
        if second is None:
            raise Broken(follower + 1, cut=True)
        pairs.append(Pair(first[0], second[0], _path_said("\n".join(lines[done:at])), opened.start))
        roles[at : second[1]] = ["marker"] * (second[1] - at)
        at = done = second[1]
    if pairs and odd is not None:
        # Half of a pair beside whole ones: not all of the edit can be read.
        raise Broken(odd + 1, cut=False)
    return pairs


def _next(lines: Sequence[str], at: int) -> int | None:
    return next((index for index in range(at, len(lines)) if lines[index].strip()), None)


def _element(lines: Sequence[str], at: int, opened: _Opened) -> tuple[list[tuple[str, int]], int] | None:
    """The content of the element that opens in line ``at``, and the line after it. None if it does not end."""
    inside: list[tuple[str, int]] = []
    for index in range(at, len(lines)):
        text = opened.rest if index == at else lines[index]
        if text.rstrip().endswith(opened.closing):
            rest = text.rstrip().removesuffix(opened.closing)
            if rest.strip():
                inside.append((rest, index + 1))
            return _unwrapped(inside), index + 1
        if (
            index > at
            and text.rstrip().endswith(">")
            and (other := _Opened.in_line(text))
            and other.name == opened.name
        ):
            # Its end is missing: this is the next one.
            return None
        if index > at or text.strip():
            inside.append((text, index + 1))
    return None


def _unwrapped(inside: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without a fence or a CDATA section around it."""
    if len(inside) >= 2 and FENCE.match(inside[0][0]) and inside[-1][0].strip() in {"```", "~~~", "````"}:
        return inside[1:-1]
    if inside and inside[0][0].lstrip().startswith("<![CDATA[") and inside[-1][0].rstrip().endswith("]]>"):
        first, number = inside[0]
        inside = [(first.lstrip().removeprefix("<![CDATA["), number), *inside[1:]]
        last, number = inside[-1]
        inside = [*inside[:-1], (last.rstrip().removesuffix("]]>"), number)]
        for edge in (0, -1):
            if len(inside) > 1 and not inside[edge][0]:
                inside.pop(edge)
    return inside


def _path_said(text: str) -> str:
    found = _PATH_SAID.findall(text)
    return next((name for name in found[-1] if name), "") if found else ""


def _snake(name: str) -> str:
    """``oldText``, ``OLD_TEXT`` and ``old-text`` are ``old_text``."""
    name = name if name.isupper() else re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return name.replace("-", "_").lower()


def _in_json(lines: Sequence[str], segments: Sequence[Segment], roles: list[Role]) -> list[Pair]:
    pairs: list[Pair] = []
    for segment in segments:
        if segment.sort not in {"fence", "prose"}:
            continue
        first = next((at for at, line in enumerate(segment.lines) if line.strip().startswith(("{", "["))), None)
        if first is None or (segment.sort == "fence" and any(line.strip() for line in segment.lines[:first])):
            continue
        last = max((at for at, line in enumerate(segment.lines) if line.strip().endswith(("}", "]"))), default=first)
        number = segment.start + first + 1
        written = "\n".join(segment.lines[first : last + 1])
        try:
            found = list(_edits(json.loads(written, strict=False), number, ""))
        except ValueError:
            if _looks_cut(written):
                raise Broken(number, cut=True) from None
            continue
        except _Strange:
            continue
        if found:
            roles[number - 1 : segment.start + last + 1] = ["code"] * (last + 1 - first)
            pairs += found
    return pairs


class _Strange(Exception):
    """JSON, but no edits."""


def _looks_cut(written: str) -> bool:
    """JSON that begins as edits do, and has more opening brackets than closing ones outside of its strings."""
    keys = {_snake(key) for key in re.findall(r"[{,]\s*\"(\w+)\"\s*:", written[:2_000])}
    bare = re.sub(r'"(?:\\.|[^"\\])*(?:"|$)', "", written)
    return not keys.isdisjoint(_PAIRED) and sum(map(bare.count, "{[")) > sum(map(bare.count, "}]"))


def _edits(value: object, number: int, path: str) -> Iterator[Pair]:
    """The edits in order. Raises ``_Strange`` for a key that edits do not have, ``Broken`` for half of an edit."""
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        value = json.loads(value, strict=False)
    if isinstance(value, list):
        for one in value:
            yield from _edits(one, number, path)
        return
    if not isinstance(value, dict):
        raise _Strange
    held = {_snake(key): one for key, one in value.items()}
    own = next((one for key, one in held.items() if key in _PATHS and isinstance(one, str)), path)
    old = next((key for key in held if key in _PAIRED and isinstance(held[key], str)), None)
    new = next((key for key in held if old is not None and key in _PAIRED[old]), None)
    lists = [key for key in held if key in _LISTS and isinstance(held[key], list | dict | str)]
    if any(key not in {old, new, *lists, *_PATHS, *_NOTES} for key in held) and (
        old is None or new is not None or not lists
    ):
        raise _Strange
    if old is not None:
        if new is None or not isinstance(held[new], str):
            raise Broken(number, cut=False)
        yield Pair(_numbered(str(held[old]), number), _numbered(held[new], number), own)
        return
    if any(key in _NEW for key in held) or not lists:
        raise _Strange
    for key in lists:
        yield from _edits(held[key], number, own)


def _numbered(text: str, number: int) -> list[tuple[str, int]]:
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return [(line, number) for line in lines] if text else []


def _called(segments: Sequence[Segment], roles: list[Role]) -> list[Pair]:
    """Two fences of code, one under "Replace:", the other under nothing but "With:"."""
    pairs: list[Pair] = []
    fences = [
        at for at, segment in enumerate(segments) if segment.sort == "fence" and any(map(str.strip, segment.lines))
    ]
    for one, other in itertools.pairwise(fences):
        between = [line for segment in segments[one + 1 : other] for line in segment.lines if line.strip()]
        if len(between) == 1 and _is_label(_NEW_LABEL, *between) and _is_label(_OLD_LABEL, _above(segments, one)):
            old, new = (
                [(line, segments[at].start + 1 + index) for index, line in enumerate(segments[at].lines)]
                for at in (one, other)
            )
            pairs.append(Pair(old, new, _file_in(_above(segments, one))))
    if pairs and len(fences) != 2 * len(pairs):
        raise Broken(segments[fences[0]].start, cut=False)
    return pairs


def _above(segments: Sequence[Segment], at: int) -> str:
    """The last line of words before a fence."""
    words = [line for segment in segments[:at] if segment.sort == "prose" for line in segment.lines if line.strip()]
    return words[-1] if words else ""


def _is_label(form: re.Pattern[str], line: str) -> bool:
    plain = re.sub(r"^(?:[#>*\-\s]|\d+[.)])+|[*:\s]+$", "", line).strip("*: ")
    return len(plain) <= 100 and bool(form.fullmatch(re.sub(r"[*:,]", "", plain)))


def _file_in(line: str) -> str:
    match = re.search(r"`([\w./\\-]+\.\w{1,12})`", line)
    return match[1] if match else ""
