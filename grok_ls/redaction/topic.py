"""Layer 2: what the lines after a password's mention say of it without naming it again: ``it's X``, ``the new one (X)``, ``admin / X``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from grok_ls.redaction.phrases import is_passphrase, is_phrased, is_unbroken
from grok_ls.redaction.piece import standing
from grok_ls.redaction.sight import line_start, occurrences
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, has_digit, is_scrambled, is_stand_in
from grok_ls.redaction.verdict import is_chosen, is_dotted_phrase, is_name, is_strong

_OPENERS = ("log in", "logs in", "logged in", "sign in", "creds", "credentials", "identifiants", "zugangsdaten")
_REACH, _LINES = 480, 9
_POINTED = re.compile(
    r"(?i)(?:(?<![\w.-])(?:it'?s|it|one|is|was|be|still|now|to|and|or|with|as|for (?:you|him|her|them|us|me)|expected|instead|temporary|new|old|try|tried|use|used|admin|root|also|says?|said|got|sent)(?:[ \t]{1,4}[/:|=-])?|(?<![\w.@-])[\w.@-]{2,40}[ \t]/)[,:]?[ \t]{1,4}[(\[*_`'\"\\]{0,4}"
    r"(?P<v>[^\s\"'`<>(){}\[\],;|\\]{6,80})(?=[\s\"'`)\],;<*\\]|\Z)"
)
_PARENTHESIS = re.compile(r"[a-z] ?\([`'\"]{0,2}(?P<v>[^\s\"'`<>(){}\[\],;|]{6,80})[`'\"]{0,2}\)")
_TERM = re.compile(
    r"[A-Z]{2,}[-_]?\d[\d.-]*|\d+(?:[.,:/-]\d+)*[A-Za-z%]{0,3}|[0-9a-f]{20,}|[0-9a-f]{6,12}|[0-9a-f-]{36}|[a-z][\w-]*:[A-Z]\w+|v?\d+(?:\.\d+)+\S*"
)
_CODE = re.compile(
    r"[\w)\]]\([^)\n]*\)?[;{]|^\s*(?:def|class|import|from|return|if|elif|for|while|const|let|var|func|fn|public|private|static)\b|=>|[;{]\s*\Z"
)
_ARGUMENT = re.compile(r"\w\([\"'`]?\Z")
_PACKAGE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_LATINATE = re.compile(r"(?:ar[iy]|or[iy]|ous|[ae]nc[ey]|ive|i[ck]al?|ology|graph\w{0,2}|al)\Z")
_NUMBERED = re.compile(r"[A-Za-z]{4,}\d{2,4}[!#$?%*+]?")


def find_topics(text: str, lowered: str, mentions: Iterable[int]) -> Iterator[Found]:
    """Passwords in the lines after each of ``mentions`` (where a password's name ends), pointed at by a word and plain by their look."""
    places = [*mentions]
    for opener in standing(text, _OPENERS, lowered=True):
        places.extend(at + len(opener) for at in occurrences(lowered, opener))
    done = 0
    for at in sorted(places):
        low, high = max(at, done), _end(text, at)
        if low >= high:
            continue
        done = high
        for pattern in (_POINTED, _PARENTHESIS):
            for match in pattern.finditer(text, low, high):
                value = match["v"].rstrip("*_").rstrip("?.:")
                if is_plain(value) and not _is_code(text, match.start("v")):
                    yield Found(match.start("v"), match.start("v") + len(value), "PASSWORD")


def _end(text: str, at: int) -> int:
    """Where the paragraph's next lines end."""
    limit = min(len(text), at + _REACH)
    for _ in range(_LINES):
        line = text.find("\n", at, limit)
        if line < 0:
            return limit
        at = line + 1
    return at


def _is_code(text: str, at: int) -> bool:
    """Whether the line up to ``at`` is code, and ``at`` is in no string of several words."""
    line = text[line_start(text, at, 400) : at]
    quote = max(line.rfind('"'), line.rfind("`"))
    if quote >= 0 and " " in line[quote:]:
        return False
    return _CODE.search(line) is not None or _ARGUMENT.search(line) is not None


def is_plain(word: str) -> bool:
    """Whether a word is a password by its look alone: of several kinds of characters in no name's order, or of several words."""
    if len(word) < 6 or is_stand_in(word) or is_name(word) or "/" in word or "://" in word or _TERM.fullmatch(word):
        return False
    if not has_digit(word):
        return (
            (is_phrased(word, 3) and word[0].isupper())
            or is_passphrase(word, 3)
            or (len(word) > 15 and is_unbroken(word) and _LATINATE.search(word) is None)
        )
    if is_dotted_phrase(word):
        return True
    digits = sum(map(str.isdigit, word))
    if ("_" in word and word.islower()) or (digits < 3 and _PACKAGE.fullmatch(word)):
        return False
    letters = word.rstrip("0123456789!#$?%*+")
    return is_chosen(word) and (
        (is_phrased(letters) and letters[0].isupper())
        or is_scrambled(word)
        or turns(word) > 2
        or is_strong(word)
        or _NUMBERED.fullmatch(word) is not None
        or (classes(word) > 2 and digits > 1)
        or _is_leet(word)
    )


def turns(word: str) -> int:
    """How often letters and digits take turns."""
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(word))


_LEET = re.compile(r"[a-z]*[013457][a-z]+[013457]*[a-z]*\d*|[a-z][013457][a-z0-9]{3,}")


def _is_leet(word: str) -> bool:
    """``c0bbl3r456``: digits between the letters of a lower-case word."""
    return _LEET.fullmatch(word) is not None and sum(map(str.isdigit, word)) > 2 and not word[-1].isalpha()
