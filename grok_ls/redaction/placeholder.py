"""The words that stand for secrets: ``GROKLS_<TYPE>_<N>_<cc>``.

One identifier, so that it is valid in a string, a YAML scalar, a shell word, a URL and as a bare name, and code keeps
parsing. The fixed ending makes ``_1`` no prefix of ``_10`` and shows a word that was invented or altered. The secret
does not influence the word.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import blake2s

SECRET_TYPES = (
    "API_KEY",
    "AWS_KEY",
    "CLIENT_SECRET",
    "CONNECTION_KEY",
    "COOKIE",
    "CREDENTIALS",
    "DATABASE_PASSWORD",
    "GITHUB_TOKEN",
    "JWT",
    "PASSWORD",
    "PASSWORD_HASH",
    "PRIVATE_KEY",
    "SECRET",
    "SIGNATURE",
    "TERM",
    "TOKEN",
    "WEBHOOK",
)
PERSONAL_TYPES = ("CARD", "EMAIL", "IBAN", "ID_NUMBER", "IP_ADDRESS", "PHONE", "USER")
TYPES = (*SECRET_TYPES, *PERSONAL_TYPES)
PERSONAL = frozenset(PERSONAL_TYPES)

_TYPE = "|".join(sorted(TYPES, key=len, reverse=True))

PLACEHOLDER = re.compile(rf"GROKLS_(?:{_TYPE})_[0-9]+_[a-z0-9]{{2}}")
"""A well-formed word. No ``\\b``: in ``token%3DGROKLS_...`` a letter stands before it; the fixed ending delimits it."""

_HEADS = "|".join(sorted({kind.split("_")[0] for kind in TYPES}))
_PARTED = r"(?:[\s_.:/+*`~\u00ad\u200b-\u200d\u2060\ufeff]|%5f|&#95;|&#x5f;|&lowbar;|\\x5f)"
_STEMMED = re.compile(
    rf"(?i:GROKLS(?:[_\\-]\w*|{_PARTED}{{1,4}}(?:{_HEADS})(?:{_PARTED}{{1,4}}[A-Z]{{1,12}}){{0,2}}{_PARTED}{{0,4}}\d\w*))|\b(?i:GROKLS[A-Z0-9]\w*)"
)
_UNSTEMMED = re.compile(rf"[A-Za-z]{{0,8}}[_\\-]?(?i:{_TYPE})\Z")
"""What a model makes of a word: cut, other case, prefix lost, hyphens, Markdown backslashes."""


_TAIL = re.compile(rf"(?i:{_TYPE})_[0-9]+_[a-z0-9]{{2}}\Z")


def _encoded(mark: bytes) -> tuple[str, ...]:
    """What base64 makes of ``mark`` at each place of a group, and its hexadecimal digits."""
    groups = [b64encode(b"\0" * skipped + mark).decode() for skipped in range(3)]
    whole = [group[-(-8 * at // 6) : 8 * (at + len(mark)) // 6] for at, group in enumerate(groups)]
    return (*whole, mark.hex(), mark.hex().upper())


_ENCODED = _encoded(b"GROKLS_")
"""A model that was asked for base64 of a word has encoded the word, not the secret: that can never be put back."""
_ENCODED_WORD = re.compile(rf"(?:{'|'.join(map(re.escape, _ENCODED))})[A-Za-z0-9+/=_-]{{0,400}}")


def is_of_a_word(found: str) -> bool:
    """Whether ``found`` can only come from a placeholder, whichever it was."""
    return found[:6].upper() == "GROKLS" or found.startswith(_ENCODED)


def meant(found: str) -> str:
    """The word that a damaged one must have been by its ending, empty if the ending is damaged too."""
    tail = _TAIL.search(found)
    if tail is None:
        return ""
    kind, number, code = tail.group().rsplit("_", 2)
    return f"GROKLS_{kind.upper()}_{number}_{code}"


def mangled(text: str) -> list[str]:
    """The words in ``text`` that look like a damaged placeholder; well-formed ones are not among them."""
    if "grokls" not in text.lower() and not _REST.search(text) and not any(sign in text for sign in _ENCODED):
        return []
    found: list[str] = []
    for piece in PLACEHOLDER.split(text):
        end = 0
        for low, high in sorted(_damaged(piece)):
            if low >= end:
                found.append(piece[low:high])
                end = high
    return found


def _damaged(text: str) -> Iterator[tuple[int, int]]:
    """Where a damaged word stands. Searched by its ending: a pattern with a free beginning would run at every letter."""
    if "grokls" in text.lower():
        yield from (match.span() for match in _STEMMED.finditer(text))
    if any(sign in text for sign in _ENCODED):
        yield from (match.span() for match in _ENCODED_WORD.finditer(text))
    for match in _REST.finditer(text):
        start = _UNSTEMMED.search(text, max(0, match.start() - _REACH), match.start())
        if start is not None:
            yield start.start(), match.end()


_REST = re.compile(r"_[0-9]{1,40}_[a-z0-9]{2}(?![A-Za-z0-9_])")
_REACH = 9 + max(map(len, TYPES))
_LONGEST_DIGITS = 9
LONGEST = len("GROKLS_") + max(map(len, TYPES)) + 1 + _LONGEST_DIGITS + 3

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def ending(seed: bytes, number: int) -> str:
    """The two letters or digits that end placeholder ``number`` of the session with this ``seed``."""
    first, second = blake2s(str(number).encode(), key=seed[:32], digest_size=2).digest()
    return _ALPHABET[first % 36] + _ALPHABET[second % 36]


def word(kind: str, number: int, seed: bytes) -> str:
    return f"GROKLS_{kind}_{number}_{ending(seed, number)}"


def number_of(placeholder: str) -> int:
    """The N of a well-formed word."""
    return int(placeholder.rsplit("_", 2)[1])


def held_back(text: str) -> int:
    """How many of the last characters of ``text`` could be the beginning of a placeholder that is still being streamed."""
    start = text.rfind("G", max(0, len(text) - LONGEST))
    while start != -1:
        if _begins(text[start:]):
            return len(text) - start
        start = text.rfind("G", max(0, len(text) - LONGEST), start)
    return 0


_STEM = "GROKLS_"


def _begins(tail: str) -> bool:
    """Whether ``tail`` is a proper beginning of a well-formed word."""
    if len(tail) <= len(_STEM):
        return _STEM.startswith(tail)
    if not tail.startswith(_STEM):
        return False
    rest = tail[len(_STEM) :]
    for kind in TYPES:
        if (kind + "_").startswith(rest):
            return True
        if rest.startswith(kind + "_") and re.fullmatch(r"[0-9]{1,9}(?:_[a-z0-9]?)?", rest[len(kind) + 1 :]):
            return True
    return False
