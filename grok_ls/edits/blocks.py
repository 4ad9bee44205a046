"""Where a block of code ends, by its look: braces if it opens one, otherwise indentation. For languages nobody
parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grok_ls.edits.buffer import indent_of

# What is skipped while braces are counted: comments, strings, characters.
_SKIPPED = re.compile(r"//.*|/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[{}]|/\*.*", re.DOTALL)
_CLOSER = re.compile(r"^\s*(?:[)\]}]|end\b|else\b|elif\b|except\b|finally\b|catch\b|rescue\b|ensure\b)")
_LAST = re.compile(r"^\s*(?:\}[;,)]*|end)\s*$")
_COMMENT = re.compile(r"^\s*(?:#(?!\[)|//)|^\s*$")
_TRIPLE = re.compile(r"\"\"\"|'''")
_LONGEST = 5_000


def depth_of(line: str) -> int:
    return len(indent_of(line).expandtabs(4))


def block_end(lines: Sequence[str], first: int) -> int:
    """The number after the last line of the block that begins at ``first``."""
    end = _by_braces(lines, first)
    return _by_indentation(lines, first) if end is None else end


def _by_braces(lines: Sequence[str], first: int) -> int | None:
    """None if no brace opens with the first lines, or the one that closes it stands where nobody would put it."""
    depth = 0
    opened = False
    for number in range(first, min(len(lines), first + _LONGEST)):
        line = lines[number]
        if not opened and (number > first + 8 or line.rstrip().endswith((":", ";"))):
            return None
        for match in _SKIPPED.finditer(line):
            if match[0] == "{":
                depth += 1
                opened = True
            elif match[0] == "}":
                depth -= 1
        if opened and depth <= 0:
            fits = number == first or (depth == 0 and depth_of(line) == depth_of(lines[first]))
            return number + 1 if fits else None
    return None


def _by_indentation(lines: Sequence[str], first: int) -> int:
    """Deeper lines, and closers at the block's own depth."""
    quoted = _quoted(lines, first)
    depth = depth_of(lines[first])
    end = first + 1
    for number in range(first + 1, len(lines)):
        if not lines[number].strip() or number in quoted:
            end = number + 1 if number in quoted else end
            continue
        here = depth_of(lines[number])
        if here < depth or (here == depth and not (_CLOSER.match(lines[number]) or lines[number].strip() == "{")):
            break
        end = number + 1
        if here == depth and _LAST.match(lines[number]):
            break
    # Comments after the last statement may belong to what follows: they were not quoted, so they stay.
    while end > first + 1 and end - 1 not in quoted and _COMMENT.match(lines[end - 1]):
        end -= 1
    return end


def _quoted(lines: Sequence[str], first: int) -> set[int]:
    """The lines after ``first`` that begin inside of a triple-quoted string: their indentation says nothing."""
    inside = ""
    found: set[int] = set()
    waiting: list[int] = []
    for number in range(first, min(len(lines), first + _LONGEST)):
        if inside:
            waiting.append(number)
        for match in _TRIPLE.finditer(lines[number]):
            if not inside:
                inside = match[0]
            elif inside == match[0]:
                inside = ""
                found.update(waiting)
                waiting = []
    return found
