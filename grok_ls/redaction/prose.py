"""Layer 2: a password in running text, some words away from what calls it so: ``use X as the root password``, ``the pw for the vpn is X``.

No list of sentences: from the name on, word by word to the end of the sentence, the first that no language has and no program is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.phrases import is_passphrase, is_phrased, is_unbroken
from grok_ls.redaction.sight import line_start, right, search_left
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, has_digit, is_named, is_random, is_scrambled, is_stand_in
from grok_ls.redaction.verdict import is_chosen, is_dotted_phrase, is_name, is_sequence

_NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CAMEL = re.compile(r"[a-z][A-Z]")
_TAG = r"</?(?:b|strong|code|em|i|kbd|tt|span|samp|var|p|td|li|br|dd|dt|c|see)\b[^<>\n]{0,60}/?>"
_MACRO = r"\\{1,2}(?:texttt|textbf|textit|emph|verb|code|lstinline)\{"
_STEP = re.compile(
    rf"(?:[ \t]|{_TAG}){{1,9}}(?P<open>{_MACRO}|[`'\"*_(\[]{{0,3}})(?P<w>[^\s`'\"<>(){{}}\[\],;|*=]{{1,80}}?|=|->|=>)(?P<close>(?:[`'\"*_)\]}}]|{_TAG}){{0,4}}[.,;:!?]{{0,3}})(?=\s|\Z|\\+[nr]|[`'\")\]<])"
)
_STARTS = re.compile(r"(?:[`'\"*_]|</\w{1,8}>){0,3}[:,]?(?=[ \t<])")
_GLUE = re.compile(r"[–—-]{1,2}|\d|(?:e\.g|i\.e|z\.B)|[^\W\d_][^\W\d_'’-]{0,24}")
_HOST = re.compile(r"[A-Za-z][\w-]*(?:[.@][\w-]+)+")
_OF_OTHERS = frozenset(
    "user username login account host server named called database db table file version port id column field option see issue ticket bug release utilisateur benutzer usuario by of for on in at von für pour de del du para".split()
)
"""What follows these is called so, and no password."""
_SAYS = frozenset(
    "is was be to from are use using with enter type try expected currently now as est es ist lautet era é jest = -> => :".split()
)
_IN_CALL = re.compile(r"\w\([^()\n\"'`]{0,200}\Z")
_LEFT = re.compile(
    r"(?<![^\s`'\"*(\[>])(?P<v>[^\s`'\"<>(){}\[\],;|*=]{5,80})[`'\"*]{0,2}(?:</\w{1,8}>)?[ \t](?:(?:as|is|was|for|=)[ \t](?:[a-z]{1,12}[ \t]){0,5}|[(\[])\Z"
)
_ANSWER = re.compile(
    r"[^\n?]{0,60}\?[ \t)*_]{0,4}\r?\n(?:[ \t>]{0,8}\r?\n)?(?:[^\n]{0,40}?(?i:\b(?:it'?s|is|use|try)\b|:|>))?[ \t]{0,4}[`'\"]?(?P<v>[^\s`'\"<>]{5,80}?)[.`'\"!]?[ \t]{0,4}(?:\r?\n|\Z)"
)
_COMMIT = re.compile(r"[0-9a-f]{7,12}")
_DAY = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d")
_TERM = re.compile(
    r"#[0-9a-fA-F]{3,8};?|0x[0-9a-fA-F]{1,16}|[A-Z]{2,}[-_]?\d[\d.-]*|\d+(?:[.,:/-]\d+)*[A-Za-z%]{0,3}|[0-9a-f]{24,}|[0-9a-f-]{36}"
)
# The first word of a line: a directive of a configuration file.
_BEGINS = re.compile(r"(?:\A|\n)[ \t]{0,24}\Z")
_FAR, _WORDS = 160, 8


def find_said(text: str, start: int, end: int, what: str) -> Iterator[Found]:
    """The password that the sentence around the name ``text[start:end]`` speaks of, after the name or before it."""
    if not is_spoken_of(text, start, end):
        return
    place = _after(text, start, end) or _before(text, start) or _answered(text, end)
    if place is not None:
        yield Found(*place, what)


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether the name is a word of a sentence, no identifier of code."""
    name = text[start:end].rstrip(".")
    if name.lower() == "pass" and right(text, end) not in {":", "`", "'", '"'}:
        # Most often a verb.
        return False
    if search_left(_BEGINS, text, start, 40) and right(text, end) in {" ", "\t"}:
        return True
    return (
        _NAME.fullmatch(name) is not None
        and _CAMEL.search(name) is None
        and (not start or text[start - 1] in " \t\n`'\"*_([>|:/-")
        and right(text, end) not in {"=", "(", "[", "_"}
        and not (right(text, end) == "." and right(text, end + 1).isalnum())
    )


def _after(text: str, start: int, end: int) -> tuple[int, int] | None:
    begins = _STARTS.match(text, end)
    if begins is None:
        return None
    joined = begins.group().strip("`'\"*_")
    if joined[-1:] == "," and search_left(_IN_CALL, text, start, 200):
        return None
    at, limit = begins.end(), min(len(text), end + _FAR)
    before, said = "", joined[-1:] == ":"
    for distance in range(_WORDS):
        step = _STEP.match(text, at, limit)
        if step is None:
            return None
        word, marked = step["w"].rstrip(".,:;!?"), bool(step["open"])
        if word == text[start:end]:
            # The sentence goes on about the next one.
            return None
        commit = "[" in step["open"] and _COMMIT.fullmatch(word) is not None
        if (
            not commit
            and before not in _OF_OTHERS
            and reads_as_password(word, near=distance < 2 or said or marked, marked=marked or said)
        ):
            return step.start("w"), step.start("w") + len(word)
        if (any(sign in step["close"] for sign in ".!?") and "." not in word) or not (
            _GLUE.fullmatch(word) or _HOST.fullmatch(word) or before in _OF_OTHERS or word in _SAYS
        ):
            return None
        said = word.lower() in _SAYS or step["close"].endswith(":")
        before = "" if step["close"].endswith(":") else word.lower()
        at = step.end()
    return None


def _before(text: str, start: int) -> tuple[int, int] | None:
    match = _LEFT.search(text, line_start(text, start, 150), start)
    if match is not None and reads_as_password(match["v"], near=True, marked=True):
        return match.span("v")
    return None


def _answered(text: str, end: int) -> tuple[int, int] | None:
    """A question that the next line answers."""
    match = _ANSWER.match(text, end)
    if match is not None and reads_as_password(match["v"], near=True, marked=True):
        return match.span("v")
    return None


def reads_as_password(word: str, *, near: bool, marked: bool) -> bool:
    """Whether a word of a sentence is a password by its look; ``near`` its name, ``marked`` by quotes or a verb."""
    if not 5 <= len(word) <= 80 or is_stand_in(word) or is_name(word) or "/" in word:
        return False
    if _HOST.fullmatch(word):
        return is_dotted_phrase(word)
    if word.isdecimal():
        return near and marked and 6 <= len(word) <= 40 and not (is_sequence(word) or _DAY.fullmatch(word))
    if _TERM.fullmatch(word):
        return False
    if not has_digit(word):
        return (
            (is_phrased(word, 3) and word[0].isupper())
            or (near and (is_passphrase(word, 3) or is_unbroken(word)))
            or is_scrambled(word)
        )
    if not is_chosen(word):
        return False
    digits = sum(c.isdigit() for c in word)
    return (
        is_random(word) or (near and (marked or digits > 1 or not is_named(word))) or (digits > 1 and classes(word) > 2)
    )
