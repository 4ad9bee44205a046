"""Layer 2, whatever stands between a secret and what calls it so: words that somebody made up, in a line that speaks of secrets.

No name in code or prose looks like them (``made_up``), so neither the sentence, the call nor the table needs to be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.assignments import key_places
from grok_ls.redaction.made_up import is_dense, is_made_up
from grok_ls.redaction.near import NOT_SECRET, REACH, is_owned
from grok_ls.redaction.phrases import is_passphrase, is_phrased, is_unbroken
from grok_ls.redaction.piece import standing
from grok_ls.redaction.sight import left, line_end, line_start, occurrences, right, search_left, within
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import entropy, is_random

_CUES = (
    *"login logon log_in log-in logged_in sign_in signin zugang crypt cipher account encod users stringdata".split(),
    "log in",
    "sign in",
    "logged in",
)
"""Where a login, an account or a cipher is spoken of, beside the words that names of secrets hold."""
_WORD = re.compile(r"[A-Za-z0-9$@#!%][\w!#$%^&*@+?~.-]{5,200}=*")
_SIGN = re.compile(r"[\d!#$%^&*?]")
_INNER = frozenset("!#$%^&*@+?~./\\:-_")
_GOES_ON = frozenset("([/\\!#$%^&*@+=?~")
_QUOTES = frozenset("\"'`")
_KEY = re.compile(r"[\"'`]?\s{0,4}:")
_HEX = re.compile(r"[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COUNTED = re.compile(
    r"(?i)(?:\b|_)(?:u?uid|guid|ids?|hash(?:ed|es)?|sha\d*|md5|digest|checksum|commit|rev|revision|build|nonce|salt|iv|fingerprint|signature|etag|version|serial|trace|request|session|integrity|public)(?:\b|_)|[a-z]I[Dd]\b|://"
)
_NAMED = re.compile(
    r"(?P<p>passw|pass[ _-]?phrase|passcode|(?<![a-z])(?:pwd|pass|psk)(?![a-z]))|secret|token|api[ _-]?key|credential"
)
_PHRASE = re.compile(
    r"(?P<q>[\"'`])(?P<v>[a-z]{3,12}(?:([-_ ])[a-z]{3,12})(?:\3[a-z]{3,12}){1,5}|[a-z]{14,30})(?P=q)(?!\s{0,4}:)"
)
_REACH, _LINE, _NEAR = 240, 600, 8_000
_LONGEST = 40
"""Longer ones are no words: images, public keys, digests. What a name is given is judged elsewhere, however long."""


def find_beside(text: str) -> Iterator[Found]:
    """Made-up words in lines with a cue; lines of minified code, source maps and data are left alone."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return
    yield from _lone(text)
    done = -1
    for at in sorted([*key_places(text, lowered), *_cues(text, lowered)]):
        if at < done:
            continue
        begin = line_start(text, at)
        low, done = max(_opened(text, begin), at - _REACH, done), _closed(text, begin, at)
        if done - begin > _REACH and line_end(text, begin) >= begin + _LINE:
            continue
        named = _NAMED.search(lowered, low, done)
        kind = "PASSWORD" if named is not None and named["p"] else "SECRET"
        for match in _WORD.finditer(text, low, done):
            value = match.group().rstrip(".,;:")
            if (
                _is_whole(text, match, len(value))
                and _SIGN.search(value)
                and (is_made_up(value) or (named is not None and _is_digits(text, low, done, value)))
                and _stands_free(text, low, match.start(), match.start() + len(value))
                and not _is_drawn(text, match.start(), value)
            ):
                yield Found(match.start(), match.start() + len(value), kind)
        if kind == "PASSWORD":
            for phrase in _PHRASE.finditer(text, low, done):
                if is_phrase_alone(phrase["v"]) and not is_owned(text, low, phrase.start()):
                    yield Found(*phrase.span("v"), kind)


_LONE = re.compile(r"(?P<q>[\"'`])(?P<v>[A-Za-z0-9]{20,48})(?P=q)(?!\s{0,4}:)")
_IDENTIFIES = re.compile(
    r"(?i)(?:id|uid|key|name|ref|hash|rev|tag|url|uri|path|version|integrity)[\"'`\])]{0,3}\s{0,8}(?:=>|:=|==|:|=|\()\s{0,8}[bru]?\Z"
)


def _lone(text: str) -> Iterator[Found]:
    """Literals of letters of both cases and digits at random, which no line calls anything: an argument, an item, a piece.

    Of 300,000 lines of packages none held one that is no checksum of 48 bytes (64 characters).
    """
    for match in _LONE.finditer(text):
        value = match["v"]
        if (
            is_dense(value)
            and not (value.islower() or value.isupper())
            and entropy(value) > 3.6
            and not search_left(_IDENTIFIES, text, match.start(), 40)
            and not search_left(NOT_SECRET, text, match.start(), 40)
        ):
            yield Found(*match.span("v"), "SECRET")


def _opened(text: str, begin: int) -> int:
    """Where the line begins, or the one before it, if that is an annotation of it: ``@Value("..")``, ``#[arg(default_value = "..")]``."""
    above = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    return above if _ANNOTATION.match(text, above, begin) else begin


def _closed(text: str, begin: int, at: int) -> int:
    """Where the line ends, or the next one, if this one is a comment on it or opens it."""
    end = line_end(text, at, REACH)
    return line_end(text, end + 1, REACH) if end > at and _OPENING.match(text, begin, end) else end


_ANNOTATION = re.compile(r"[ \t]{0,40}(?:@\w|#!?\[)")
_OPENING = re.compile(r"[ \t]{0,40}(?:#|//|--|\*|/\*)|[^\n]{0,400}(?:[({\[=:,>]|->)[ \t\r]{0,8}\Z")


def is_phrase_alone(value: str) -> bool:
    return is_passphrase(value, 3) or is_unbroken(value) or (" " in value and is_phrased(value, 4))


_STROKES = re.compile(r"(?:M|\d+(?:\.\d+)?)(?:[zZ]?[MLHVCSQTAmlhvcsqta]-?[\d.]+(?:-[\d.]+)*|[zZ])+[a-zA-Z]?")
_DRAWING = re.compile(r"\b(?:d|\w{0,20}[dD]ata)=[\"'][^\"']*\Z")


def _is_drawn(text: str, at: int, value: str) -> bool:
    """``100h113q0``: strokes in the outline of a glyph or an icon."""
    return _STROKES.fullmatch(value) is not None and search_left(_DRAWING, text, at, _NEAR) is not None


def _is_digits(text: str, low: int, high: int, value: str) -> bool:
    """Hexadecimal digits, where a secret is named and nothing that is commonly given in them."""
    return _HEX.fullmatch(value) is not None and is_random(value) and not _COUNTED.search(text, low, high)


def _is_whole(text: str, match: re.Match[str], size: int) -> bool:
    """Whether nothing goes on before or after the word."""
    before, after = left(text, match.start()), right(text, match.end())
    return size <= _LONGEST and not (before.isalnum() or before in _INNER or after in _GOES_ON)


def _stands_free(text: str, low: int, start: int, end: int) -> bool:
    """Whether the word is no variable, no key, and belongs to no other name."""
    quoted = left(text, start) in _QUOTES
    if (quoted and _KEY.match(text, end)) or (not quoted and text[end - 1] == "*"):
        # ``{"amber1234": ..}``; a pointer, a pattern of names.
        return False
    if not (quoted and right(text, end) in _QUOTES) and _is_variable(text, start, end):
        return False
    return not is_owned(text, low, start) and not NOT_SECRET.search(text, max(low, start - 40), start)


def _is_variable(text: str, start: int, end: int) -> bool:
    """Whether a bare word of the form of an identifier is one: a part of a path, or again elsewhere."""
    value = text[start:end]
    if not value.replace(".", "_").isidentifier():
        return False
    if (right(text, end) in {".", "="} and right(text, end + 1).isalnum()) or ("." in value and value.islower()):
        return True
    return text[slice(*within(text, start, end, _NEAR, _NEAR))].count(value) > 1


def _cues(text: str, lowered: str) -> Iterator[int]:
    for cue in standing(text, _CUES, lowered=True):
        yield from occurrences(lowered, cue)
