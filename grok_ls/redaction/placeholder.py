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

from grok_ls.redaction.sight import left, right, search_left

_STEM = "GROKLS_"

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


def _misspelt() -> str:
    """The stem with signs that look like its own, or with one letter wrong, missing, too many or in its neighbour's place."""
    stem = _STEM[:-1]
    cuts = [(stem[:at], stem[at:]) for at in range(len(stem))]
    ways = {f"{a}[A-Za-z0-9]{b[1:]}" for a, b in cuts} | {a + b[1:] for a, b in cuts}
    ways |= {f"{a}[A-Za-z0-9]{b}" for a, b in cuts[1:]} | {a + b[1] + b[0] + b[2:] for a, b in cuts[:-1]}
    return "|".join(sorted(ways, key=len, reverse=True))


_MISSPELT = re.compile(rf"(?:(?:{_misspelt()})_(?:{_HEADS})|[G6]R[O0Q]K[L1I][S5Z8]_)\w*")
_MISSPELT_SIGNS = ("GRO", "KLS", "GR0", "GRQ", "GRKOLS")
"""One of them is in whatever is misspelt."""
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


def is_misspelt(found: str) -> bool:
    """Whether ``found`` has the stem of a placeholder but for a slip."""
    return _MISSPELT.match(found) is not None


def meant(found: str) -> str:
    """The word that a damaged one must have been by its ending, empty if the ending is damaged too."""
    tail = _TAIL.search(found)
    if tail is None:
        return ""
    kind, number, code = tail.group().rsplit("_", 2)
    return f"GROKLS_{kind.upper()}_{number}_{code}"


def mangled(text: str) -> list[str]:
    """The words in ``text`` that look like a damaged placeholder; well-formed ones are not among them."""
    if (
        "grokls" not in text.lower()
        and not any(sign in text for sign in (*_ENCODED, *_MISSPELT_SIGNS))
        and not _REST.search(text)
    ):
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
    if any(sign in text for sign in _MISSPELT_SIGNS):
        yield from (match.span() for match in _MISSPELT.finditer(text))
    for match in _REST.finditer(text):
        start = search_left(_UNSTEMMED, text, match.start(), _REACH)
        if start is not None:
            yield start.start(), match.end()


def glued(text: str) -> Iterator[tuple[str, str]]:
    """Well-formed words with a letter, digit or underscore at one end, which makes another name of them: that and the word.

    Not what ends there by itself: a word, an escape (``%3D``, ``\\n``, a colour of a terminal), ``0x``, an option of one letter (``-p``).
    """
    last = -1
    for match in PLACEHOLDER.finditer(text):
        start, end = match.span()
        if _is_letter(right(text, end)) and PLACEHOLDER.match(text, end) is None:
            yield text[start : end + 1], match.group()
        if start != last and _is_letter(left(text, start)) and not search_left(_ENDED, text, start, 16):
            yield text[start - 1 : end], match.group()
        last = end


_ENDED = re.compile(
    r"(?:%[0-9A-Fa-f]{2}|\\(?:[A-Za-z]|[0-7]{1,3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|\[[0-9;]{0,9}m|(?<![\w-])(?:0[xX]|-[A-Za-z]))\Z"
)


def _is_letter(sign: str) -> bool:
    # Of ASCII: the signs of Chinese stand beside a word as blanks do.
    return sign.isascii() and (sign.isalnum() or sign == "_")


_REST = re.compile(r"_[0-9]{1,40}_[a-z0-9]{2}(?![A-Za-z0-9_])")
_REACH = 9 + max(map(len, TYPES))
_LONGEST_DIGITS = 9
LONGEST = len(_STEM) + max(map(len, TYPES)) + 1 + _LONGEST_DIGITS + 3

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def ending(seed: bytes, number: int) -> str:
    """The two letters or digits that end placeholder ``number`` of the session with this ``seed``."""
    first, second = blake2s(str(number).encode(), key=seed[:32], digest_size=2).digest()
    return _ALPHABET[first % 36] + _ALPHABET[second % 36]


def word(kind: str, number: int, seed: bytes) -> str:
    return f"{_STEM}{kind}_{number}_{ending(seed, number)}"


def number_of(placeholder: str) -> int:
    """The N of a well-formed word."""
    return int(placeholder.rsplit("_", 2)[1])


def kind_of(placeholder: str) -> str:
    """The type of a well-formed word."""
    return placeholder[len(_STEM) :].rsplit("_", 2)[0]


_SPOKEN = {
    "API_KEY": "API key",
    "AWS_KEY": "AWS key",
    "CARD": "card number",
    "EMAIL": "e-mail address",
    "GITHUB_TOKEN": "GitHub token",
    "IBAN": "IBAN",
    "ID_NUMBER": "ID number",
    "IP_ADDRESS": "IP address",
    "JWT": "JWT",
    "PHONE": "phone number",
    "TERM": "word of your own list",
    "USER": "user name",
}


def spoken(kind: str) -> str:
    """A type in words, for people: ``database password``."""
    return _SPOKEN.get(kind) or kind.lower().replace("_", " ")


def held_back(text: str) -> int:
    """How many of the last characters of ``text`` could be the beginning of a placeholder that is still being streamed."""
    # The first: the name of a kind may have a G of its own.
    start = text.find("G", max(0, len(text) - LONGEST))
    while start != -1:
        if _begins(text[start:]):
            return len(text) - start
        start = text.find("G", start + 1)
    return 0


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
