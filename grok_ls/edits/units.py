"""What a piece of code consists of, by its look: the definitions at its outermost depth, and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grok_ls.edits.blocks import block_end, depth_of
from grok_ls.edits.elision import is_elision

KEYWORD = re.compile(
    r"\b(?:def|class|function|func|fn|struct|enum|interface|trait|impl|type|module|namespace|record|protocol|extension)\b|"
    r"\bfun (?=[\w<`])"
)
_NAME = re.compile(
    r"\b(?:def|class|function\*?|func|fun|fn|struct|enum|interface|trait|impl|type|module|namespace|sub|object|record|"
    r"protocol|extension)\s+(?:\([^)]*\)\s*|<[^>]*>\s+)?([\w$.]+(?:::~?[\w$]+)*)|\b(?:const|let|var)\s+([\w$]+)\s*=|([\w$~]+)\s*\([^;]*$"
)
# How ``named`` recognises what it names; a method has no keyword, and looks like a call.
BY_KEYWORD, VALUE, METHOD = 0, 1, 2
_CONTROL = {
    "if",
    "for",
    "while",
    "switch",
    "catch",
    "return",
    "match",
    "with",
    "do",
    "try",
    "elif",
    "else",
    "lock",
    "using",
    "super",
}
LEADING = re.compile(r"^\s*(?:@|#\[|#|//|/\*|\*|$)")
QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_CONTAINER = re.compile(r"\b(?:class|interface|trait|impl|module|namespace|object|protocol|extension)\b")
_IMPORT = re.compile(
    r"^(?:import\b|from\s+\S+\s+import\b|(?:pub\s+)?use\s|using\s|#\s*include\b|require\b|(?:const|let|var)\s.*\brequire\()"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines ``start:end`` define ``name`` in line ``head``; comments and decorators above it are in front of ``head``."""

    name: str
    start: int
    head: int
    end: int


def named(line: str) -> tuple[int, str]:
    """What a line defines: how (by keyword, as a value, or as a method without keyword) and the name; ``(-1, "")`` if
    nothing.
    """
    match = _NAME.search(line)
    if not match:
        return -1, ""
    return next((kind, name) for kind, name in enumerate(match.groups()) if name)


def is_container(line: str) -> bool:
    """True if what the line defines has members."""
    return bool(_CONTAINER.search(line)) and bool(KEYWORD.search(line))


def is_import(line: str) -> bool:
    return bool(_IMPORT.match(line))


def units(lines: Sequence[str], first: int = 0, end: int | None = None) -> tuple[list[Unit], list[int]]:
    """The definitions at the outermost depth of ``lines[first:end]``, and the numbers of the other lines there that are
    code (or stand for some).
    """
    end = len(lines) if end is None else end
    # A mark where the model left lines out says nothing of the depth that it stands at.
    shape = ["" if is_elision(line) else line for line in lines]
    leading = leading_lines(shape, first, end)
    outer = next((depth_of(lines[number]) for number in range(first, end) if number not in leading), 0)
    found: list[Unit] = []
    loose: list[int] = []
    number = done = first
    while number < end:
        line = lines[number]
        if number in leading and not is_elision(line):
            number += 1
            continue
        name = _unit_name(lines, number, outer)
        if not name:
            loose.append(number)
            number = done = number + 1
            continue
        start = number
        while start > done and lines[start - 1].strip() and start - 1 in leading:
            start -= 1
        stop = min(_with_elisions(lines, block_end(shape, number), outer), end)
        found.append(Unit(name, start, number, stop))
        number = done = stop
    return found, loose


def leading_lines(lines: Sequence[str], first: int, end: int) -> set[int]:
    """The numbers of comments, blank lines and decorators, those that span lines included."""
    found: set[int] = set()
    depth = 0
    for number in range(first, end):
        line = lines[number]
        if depth > 0 or LEADING.match(line):
            found.add(number)
        if depth > 0 or line.lstrip().startswith(("@", "#[")):
            code = QUOTED.sub("", line)
            depth += sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
    return found


def _with_elisions(lines: Sequence[str], end: int, outer: int) -> int:
    """``end`` behind the elisions that follow: those right behind the block are its own, and those further in."""
    last = end
    for number in range(end, len(lines)):
        if not lines[number].strip():
            continue
        if not is_elision(lines[number]) or (number > last and depth_of(lines[number]) <= outer):
            break
        last = number + 1
    return last


def _unit_name(lines: Sequence[str], number: int, outer: int) -> str:
    line = lines[number]
    if depth_of(line) != outer or is_elision(line) or is_import(line.strip()):
        return ""
    kind, name = named(line)
    if kind == METHOD and (name in _CONTROL or not opens(lines, number)):
        return ""
    return name


def opens(lines: Sequence[str], number: int) -> bool:
    """True if a block follows the line, as it does not after a call."""
    if lines[number].rstrip().endswith(("{", ":")):
        return True
    return number + 1 < len(lines) and lines[number + 1].strip() == "{"
