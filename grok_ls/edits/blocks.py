"""Where a block of code ends, by its look: braces if it opens one, otherwise indentation. For languages nobody
parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grok_ls.edits.buffer import indent_of

# What is skipped while braces are counted: comments, strings, characters.
_SKIPPED = re.compile(r"//.*|/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[{}]|/\*.*", re.DOTALL)
_CLOSER = re.compile(r"^\s*(?:[)\]}]|end\b|else\b|elif\b|except\b|finally\b|catch\b|rescue\b|ensure\b)")
_LAST = re.compile(r"^\s*(?:\}[;,)]*|end)\s*$")
COMMENT = re.compile(r"^\s*(?:#(?!\[)|//)|^\s*$")
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


def unbalanced(lines: Sequence[str]) -> bool:
    """True if a brace closes what these lines do not open, or the other way round: they begin or end in the middle of something."""
    depth = 0
    for line in lines:
        if "{" not in line and "}" not in line:
            continue
        for match in _SKIPPED.finditer(line):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return True
    return depth > 0


def _by_indentation(lines: Sequence[str], first: int) -> int:
    """Deeper lines, and closers at the block's own depth."""
    depth = depth_of(lines[first])
    end = first + 1
    strings = _Strings(lines, min(len(lines), first + _LONGEST))
    strings.read(first)
    for number in range(first + 1, len(lines)):
        quoted = number <= strings.until
        strings.read(number)
        if quoted:
            end = number + 1
            continue
        if not lines[number].strip():
            continue
        here = depth_of(lines[number])
        if here < depth or (here == depth and not (_CLOSER.match(lines[number]) or lines[number].strip() == "{")):
            break
        end = number + 1
        if here == depth and _LAST.match(lines[number]):
            break
    # Comments after the last statement may belong to what follows: they were not quoted, so they stay.
    while end > first + 1 and end - 1 > strings.last and COMMENT.match(lines[end - 1]):
        end -= 1
    return end


@dataclass(slots=True)
class _Strings:
    """Which lines begin inside of a triple-quoted string: their indentation says nothing. Lines are read in order, each once; only
    behind an opening quote it is looked further, for the closing one.
    """

    lines: Sequence[str]
    limit: int
    inside: str = ""
    # The line in which the string that is open now ends, and the last line so far that begins inside of one.
    until: int = -1
    last: int = -1

    def read(self, number: int) -> None:
        if number <= self.until:
            self.last = number
        line = self.lines[number]
        if number >= self.limit or ('"""' not in line and "'''" not in line):
            return
        self.inside = _after(line, self.inside)
        if self.inside and self.until <= number:
            end = next((at for at in range(number + 1, self.limit) if self.inside in self.lines[at]), None)
            if end is None:
                # It never ends: a quote within a comment, perhaps.
                self.limit = number
            else:
                self.until = end


def _after(line: str, inside: str) -> str:
    """The quote of the string that is open at the end of the line; ``inside``: at its beginning."""
    for match in _TRIPLE.finditer(line):
        if not inside:
            inside = match[0]
        elif inside == match[0]:
            inside = ""
    return inside
