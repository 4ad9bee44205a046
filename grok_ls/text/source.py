"""Immutable texts with a line table, and the arithmetic between the ways of counting in them.

Inside grok-ls every offset counts code points of the whole text, end exclusive. Lines end at ``\\n``, ``\\r\\n`` or ``\\r`` and nowhere
else (LSP 3.18, "Text Documents"); ``str.splitlines`` also splits at form feed or U+2028 and would shift every later position.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]
Severity = Literal["error", "warning", "information", "hint"]

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points. ``start == end`` is a place between two characters."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True if the two share a character, or if one is empty and lies in or at the edge of the other."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where else a diagnostic points to, and what it says of that: lines (from 1, inclusive) of a file of the workspace
    folder. ``span``: it is the document itself, and there.
    """

    message: str
    path: str
    first_line: int
    last_line: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic as the core knows it: where (code points), what, and whose. ``related`` are messages with no place of their own,
    ``places`` those with one.
    """

    span: Span
    message: str
    severity: Severity = "error"
    source: str = ""
    code: str = ""
    related: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def _units(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(1 for character in text if character > "\uffff")


def _width(character: str, encoding: Encoding) -> int:
    if encoding == "utf-32":
        return 1
    if encoding == "utf-16":
        return 2 if character > "\uffff" else 1
    point = ord(character)
    return 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4


@dataclass(frozen=True)
class Source:
    """One state of one document."""

    text: str
    path: str = field(default="", compare=False)
    language: str = field(default="", compare=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of every line. A text with N line ends has N + 1 lines, the last may be empty."""
        text = self.text
        if text.count("\r") == text.count("\r\n"):
            # Every line ends with \n: three times as fast, which the menu notices at 50,000 lines.
            return tuple(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))
        return (0, *(match.end() for match in _LINE_END.finditer(text)))

    def named(self, path: str, language: str) -> Source:
        """The same text under another name, with the line table that is known already."""
        return _with_lines(Source(self.text, path, language), self.line_starts)

    def edited(self, span: Span, new_text: str) -> Source:
        """The text with ``new_text`` in the place of ``span``. Its line table is made of the one before: typing into a long text
        costs what changed.
        """
        text = self.text[: span.start] + new_text + self.text[span.end :]
        end, shift = span.start + len(new_text), len(new_text) - len(span)
        starts = self.line_starts
        # A line end at the edge of the edit may have become the half of another (\r and \n): the line before it is looked at again.
        first = self.line_of(max(0, span.start - 1))
        found = (match.end() for match in _LINE_END.finditer(text, starts[first], end + 1))
        later = starts[bisect_right(starts, span.end) :]
        lines = (
            *starts[: first + 1],
            *(at for at in found if at <= end),
            *(later if shift == 0 else [at + shift for at in later]),
        )
        return _with_lines(Source(text, self.path, self.language), lines)

    @property
    def line_count(self) -> int:
        return len(self.line_starts)

    def line_span(self, line: int) -> Span:
        """The line with its line end. ``IndexError`` if there is no such line."""
        starts = self.line_starts
        if not 0 <= line < len(starts):
            raise IndexError(f"line {line} of {len(starts)}")
        end = starts[line + 1] if line + 1 < len(starts) else len(self.text)
        return Span(starts[line], end)

    def line_text(self, line: int) -> str:
        """The line without its line end."""
        span = self.line_span(line)
        return self.text[span.start : span.end].rstrip("\r\n")

    def line_of(self, offset: int) -> int:
        """Number (from 0) of the line that holds ``offset``."""
        return bisect_right(self.line_starts, offset) - 1

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def whole_lines(self, span: Span) -> Span:
        """``span`` grown to whole lines, the last line's end included."""
        first = self.line_of(span.start)
        last = self.line_of(span.end)
        if span.end > span.start and span.end == self.line_starts[last] and last > first:
            last -= 1
        return Span(self.line_starts[first], self.line_span(last).end)

    def offset_at(self, line: int, character: int, encoding: Encoding) -> int:
        """Offset of a position whose ``character`` counts units of ``encoding``.

        Clamped as LSP asks: beyond the end of a line means its end, beyond the last line the end of the text. A unit in the middle
        of a character means the place before that character.
        """
        if line < 0:
            return 0
        if line >= self.line_count:
            return len(self.text)
        start = self.line_starts[line]
        content = self.line_text(line)
        if encoding == "utf-32" or content.isascii():
            return start + max(0, min(character, len(content)))
        seen = 0
        for index, char in enumerate(content):
            seen += _width(char, encoding)
            if seen > character:
                return start + index
        return start + len(content)

    def position_of(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """``(line, character)`` of an offset, ``character`` in units of ``encoding``; clamped to the text."""
        offset = max(0, min(offset, len(self.text)))
        line = self.line_of(offset)
        return line, _units(self.text[self.line_starts[line] : offset], encoding)

    def byte_of(self, offset: int) -> int:
        """UTF-8 bytes before ``offset``."""
        return _units(self.text[:offset], "utf-8")

    def offset_of_byte(self, byte: int) -> int:
        """Code points before UTF-8 byte ``byte``; a byte inside a character means the place before it."""
        if self.text.isascii():
            return max(0, min(byte, len(self.text)))
        data = self.text.encode("utf-8", "surrogatepass")
        byte = max(0, byte)
        while byte < len(data) and data[byte] & 0xC0 == 0x80:
            byte -= 1
        return len(data[:byte].decode("utf-8", "surrogatepass"))


def _with_lines(source: Source, line_starts: tuple[int, ...]) -> Source:
    """``source`` with its line table, which ``cached_property`` keeps there."""
    source.__dict__["line_starts"] = line_starts
    return source
