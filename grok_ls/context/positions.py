"""Code points outside, UTF-8 bytes inside: the border between the core and tree-sitter."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_CHUNK = 1024
_LONE_CR = re.compile(r"\r(?!\n)")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Positions:
    """A text as tree-sitter can take it, and both ways between offsets (code points) and bytes."""

    text: str
    data: bytes

    @classmethod
    def of(cls, text: str) -> Positions:
        """As many code points and UTF-8 bytes as ``text``, but ``\\r`` line ends as ``\\n`` (grammars know no other),
        no NUL (the lexer's end mark) and no lone surrogate (not UTF-8; U+FFFD is as long).
        """
        if "\r" in text:
            text = _LONE_CR.sub("\n", text)
        if "\0" in text:
            text = text.replace("\0", " ")
        try:
            return cls(text, text.encode())
        except UnicodeEncodeError:
            text = _SURROGATE.sub("�", text)
            return cls(text, text.encode())

    @cached_property
    def _table(self) -> tuple[int, ...]:
        """Bytes before every chunk: keeps each look-up in a long text short. Empty: one byte a character."""
        if len(self.data) == len(self.text):
            return ()
        chunks = (len(self.text[at : at + _CHUNK].encode()) for at in range(0, len(self.text), _CHUNK))
        return tuple(accumulate(chunks, initial=0))

    def byte(self, offset: int) -> int:
        offset = max(0, min(offset, len(self.text)))
        if not self._table:
            return offset
        chunk = offset // _CHUNK
        return self._table[chunk] + len(self.text[chunk * _CHUNK : offset].encode())

    def offset(self, byte: int) -> int:
        """A byte inside a character means the place before it."""
        byte = max(0, min(byte, len(self.data)))
        if not self._table:
            return byte
        chunk = min(bisect_right(self._table, byte), len(self._table)) - 1
        start = min(chunk * _CHUNK, len(self.text))
        return start + len(self.data[self._table[chunk] : byte].decode("utf-8", "ignore"))
