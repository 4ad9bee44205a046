"""How many tokens a text has, without a tokenizer: what is likely, and what it has at most.

The tokenizers of today's models cut a text in much the same way before they look anything up (words with the character
before them, runs of punctuation, white space, digits), so the pieces are counted and each is weighed by its shape. The
weights were fitted to 1,200 files of 30 kinds of text and 16 hostile ones with two tokenizers that have little in common,
of Qwen2.5 (152,000 entries; it counts for more, because today's are like it) and of Claude 2 (65,000); those of the upper
bound such that none of the texts has more (``tests/benchmarks/context/bench_tokens.py``). How another model differs is
learned from what it bills (``engine/calibration.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# The measure of ``grok.contextTokens``: simple, and known before a text is put together. Code has 3.5 to 4.5 bytes a token.
BYTES_PER_TOKEN = 3

_PIECE = re.compile(r"(?:[^\r\n\w]|_)?[^\W\d_]+|\d| ?(?:[^\s\w]|_)+[\r\n]*|\s*[\r\n]+|\s+(?=\s\S)|\s+|.", re.DOTALL)
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\x00-\x7f]+")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_WIDE = "\u2e80"
# What hostile texts that nobody thought of may have beyond the fit.
_SAFETY = 1.05
# A longer piece is noise; its weight is that of its parts, and nothing is remembered of it.
_LONG = 64
_SAMPLE = 16_000


@dataclass(frozen=True, slots=True)
class Weight:
    """The tokens of a text that are ``likely``, those of them that are ``digits`` (in which models differ most: some have a
    token for each, some for three), and what the text has at ``most``.
    """

    likely: float = 0.0
    digits: float = 0.0
    most: float = 0.0

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.likely + other.likely, self.digits + other.digits, self.most + other.most)


# (likely, most) by the shape of a piece.
_W: dict[str, tuple[float, float]] = {
    "word": (0.92, 1.0),
    "after punctuation": (0.481, 1.644),
    "after underscore": (0.361, 0.672),
    "further part": (0.875, 1.354),
    "not ascii": (0.548, 2.449),
    "wide": (0.59, 2.144),
    "capital": (0.144, 0.599),
    "capitals": (0.077, 0.416),
    "from 5": (0.033, 0.05),
    "from 9": (0.084, 0.084),
    "from 13": (0.667, 0.78),
    "without vowel": (0.503, 0.651),
    "digit": (0.933, 1.088),
    "punctuation": (1.057, 1.183),
    "two signs": (0.172, 0.172),
    "further sign": (0.098, 0.459),
    "change of sign": (0.005, 0.227),
    "byte of a sign": (0.118, 0.649),
    "line end": (1.248, 1.248),
    "white space": (0.726, 0.726),
    "long white space": (0.022, 1.519),
}


def tokens_of(text: str) -> int:
    """By the measure of ``grok.contextTokens``."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // BYTES_PER_TOKEN)


def bytes_per_token(text: str, around: int = 0) -> float:
    """What the measure of ``grok.contextTokens`` is for a text like this one: ``BYTES_PER_TOKEN``, and less where numbers, hex or
    rare scripts have more tokens than that. Looks at some 16,000 characters around a place.
    """
    part = text[max(0, around - _SAMPLE // 2) : around + _SAMPLE // 2]
    likely = weighed(part).likely
    size = len(part.encode("utf-8", "surrogatepass"))
    return min(float(BYTES_PER_TOKEN), size / likely) if likely else float(BYTES_PER_TOKEN)


def weighed(text: str) -> Weight:
    """20 ms for 100 kB."""
    likely = digits = most = 0.0
    for piece, count in Counter(_PIECE.findall(text)).items():
        one = _remembered(piece) if len(piece) <= _LONG else _weigh(piece)
        likely += one[0] * count
        most += one[1] * count
        if len(piece) == 1 and piece.isdigit():
            digits += one[0] * count
    return Weight(likely, digits, most * _SAFETY)


@lru_cache(maxsize=20_000)
def _remembered(piece: str) -> tuple[float, float]:
    return _weigh(piece)


def _weigh(piece: str) -> tuple[float, float]:
    shape = Counter[str]()
    first, second = piece[0], piece[1:2]
    if first.isalpha() or second.isalpha():
        _word(piece, shape)
    elif first.isdigit():
        shape["digit"] = 1
    elif piece.isspace():
        shape["line end" if "\n" in piece or "\r" in piece else "white space"] = 1
        shape["long white space"] = len(piece) // 16
    else:
        _signs(piece.strip(), shape)
    weights = [(_W[name], many) for name, many in shape.items()]
    return sum(weight[0] * many for weight, many in weights), sum(weight[1] * many for weight, many in weights)


def _word(piece: str, shape: Counter[str]) -> None:
    shape["word"] = 1
    if not piece[0].isalpha() and piece[0] != " ":
        shape["after underscore" if piece[0] == "_" else "after punctuation"] = 1
    parts = _PART.findall(piece)
    shape["further part"] = max(0, len(parts) - 1)
    for part in parts:
        length = len(part)
        if not part.isascii():
            wide = sum(character > _WIDE for character in part)
            shape["wide"] += wide
            shape["not ascii"] += length - wide
        elif part.isupper():
            shape["capital"] += max(0, length - 3)
            shape["capitals"] += length >= 2
        else:
            shape["from 5"] += max(0, min(length, 8) - 4)
            shape["from 9"] += max(0, min(length, 12) - 8)
            shape["from 13"] += max(0, length - 12)
            shape["without vowel"] += length - 2 if length >= 3 and not _VOWEL.search(part) else 0


def _signs(signs: str, shape: Counter[str]) -> None:
    shape["punctuation"] = 1
    if signs.isascii():
        shape["two signs"] = int(len(signs) == 2)
        shape["further sign"] = max(0, len(signs) - 2)
        changes = sum(one != other for one, other in pairwise(signs))
        shape["change of sign"] = max(0, changes - 1)
    else:
        shape["byte of a sign"] = len(signs.encode("utf-8", "surrogatepass"))
