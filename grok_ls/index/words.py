"""The words of a text as a Bloom filter: whether a file names something, in two bytes a word.

An inverted index of all words of a workspace would be several times as large as that of its definitions; this one says now
and then yes for a word that is not there (one file in three hundred), and such a file is read in vain.
"""

from __future__ import annotations

import re
from zlib import crc32

_WORD = re.compile(r"[^\W\d]\w{2,}")
_BITS_A_WORD = 16
# A text with more different words is data.
_MOST_WORDS = 20_000


def words_filter(text: str) -> bytes:
    words = set(_WORD.findall(text))
    if len(words) > _MOST_WORDS:
        return b""
    found = bytearray(max(8, len(words) * _BITS_A_WORD // 8))
    bits = len(found) * 8
    for word in words:
        for at in _places(word, bits):
            found[at >> 3] |= 1 << (at & 7)
    return bytes(found)


def has_word(words: bytes, word: str) -> bool:
    """False for sure, or true."""
    bits = len(words) * 8
    return bits > 0 and all(words[at >> 3] >> (at & 7) & 1 for at in _places(word, bits))


def _places(word: str, bits: int) -> tuple[int, int, int, int]:
    """Written out: a large workspace asks for some millions."""
    first = crc32(word.encode("utf-8", "surrogatepass"))
    step = (first * 2654435761 & 0xFFFFFFFF) >> 5 | 1
    return first % bits, (first + step) % bits, (first + 2 * step) % bits, (first + 3 * step) % bits
