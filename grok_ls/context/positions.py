"""Code points outside, UTF-8 bytes inside: the border between the core and tree-sitter."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

_CHUNK = 512
_LONE_CR = re.compile(r"\r(?!\n)")
_UNPARSABLE = re.compile(r"[\x00\ud800-\udfff]")


def _replacement(match: re.Match[str]) -> str:
    return " " if match[0] == "\0" else "�"


def parsable(text: str) -> str:
    """``text`` as tree-sitter can take it: as many code points and UTF-8 bytes, but ``\\r`` line ends as ``\\n``
    (grammars know no other), no NUL (the lexer's end mark) and no lone surrogate (not UTF-8; U+FFFD is as long).
    """
    if "\r" in text:
        text = _LONE_CR.sub("\n", text)
    return text if text.isascii() and "\0" not in text else _UNPARSABLE.sub(_replacement, text)


@dataclass(frozen=True, slots=True)
class Positions:
    """Both ways between offsets (code points) and bytes. A table of chunks keeps each look-up short in long texts."""

    text: str
    table: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Positions:
        if text.isascii():
            return cls(text, ())
        chunks = (len(text[at : at + _CHUNK].encode()) for at in range(0, len(text), _CHUNK))
        return cls(text, tuple(accumulate(chunks, initial=0)))

    def byte(self, offset: int) -> int:
        offset = max(0, min(offset, len(self.text)))
        if not self.table:
            return offset
        chunk = offset // _CHUNK
        return self.table[chunk] + len(self.text[chunk * _CHUNK : offset].encode())

    def offset(self, byte: int) -> int:
        if not self.table:
            return max(0, min(byte, len(self.text)))
        chunk = min(bisect_right(self.table, max(0, byte)), len(self.table)) - 1
        start = chunk * _CHUNK
        part = self.text[start : start + _CHUNK].encode()[: max(0, byte) - self.table[chunk]]
        return start + len(part.decode("utf-8", "ignore"))
