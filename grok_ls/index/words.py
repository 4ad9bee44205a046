"""The words of a text as a Bloom filter: whether a file names something, in two bytes a word.

An inverted index of all words of a workspace would be several times as large as that of its definitions; this one says now
and then yes for a word that is not there (one file in a thousand), and such a file is read in vain.
"""

from __future__ import annotations

import re
from zlib import crc32

_WORD = re.compile(r"[^\W\d]\w{2,}")
_BITS_A_WORD = 16
_HASHES = 6
# A text with more different words is data.
_MOST_WORDS = 20_000


def words_filter(text: str) -> bytes:
    words = set(_WORD.findall(text))
    if len(words) > _MOST_WORDS:
        return b""
    size = max(8, len(words) * _BITS_A_WORD // 8)
    found = bytearray(size)
    bits = size * 8
    for word in words:
        first, step = _hash(word)
        for _ in range(_HASHES):
            at = first % bits
            found[at >> 3] |= 1 << (at & 7)
            first += step
    return bytes(found)


def has_word(words: bytes, word: str) -> bool:
    """False for sure, or true."""
    bits = len(words) * 8
    if not bits:
        return False
    first, step = _hash(word)
    for _ in range(_HASHES):
        at = first % bits
        if not words[at >> 3] >> (at & 7) & 1:
            return False
        first += step
    return True


def _hash(word: str) -> tuple[int, int]:
    found = crc32(word.encode("utf-8", "surrogatepass"))
    return found, (found * 2654435761 & 0xFFFFFFFF) >> 5 | 1
