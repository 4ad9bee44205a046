"""Where a literal stands in a text: quoted and joined from pieces, bare up to its end, or a list of bytes."""

from __future__ import annotations

import re
from itertools import pairwise

from grok_ls.redaction.sight import left

_LITERAL = re.compile(r"(?P<prefix>[rRbBuUfFLsN@$8]{0,3})(?P<quote>\\*\"\"\"|\\*'''|\\+\"|\\+'|\"|'|`)")
_JOIN = re.compile(
    r"\s*+(?:\)?\s*+\.(?:append|concat)\(|\+[ \t]*\\(?=\s)|\+|\|\||\.\.|\.|&|\\(?=\s)|,|%)?+\s*+(?=[rRbBuUfFLsN@$8]{0,3}\\*[\"'`])"
)
CONTINUED = re.compile(r"\\\r?\n[ \t]{0,40}")
"""A backslash at the end of a line, inside a string."""
_BYTES = re.compile(
    r"(?:0[xX][0-9a-fA-F]{1,2}|-?\d{1,3})(?:[uU]|\.toByte\(\))?(?:\s{0,8},\s{0,80}(?:\(byte\)\s?)?(?:0[xX][0-9a-fA-F]{1,2}|-?\d{1,3})(?:[uU]|\.toByte\(\))?){11,200}"
)
_FAR = 20_000
_FAR_BARE = 600
_BARE_END = re.compile(r"[\s\"'`<]|\\+[nrt\"']|\Z")
_NEXT_PAIR = re.compile(r";[A-Za-z][A-Za-z ]{1,30}=|,[\w.$-]{1,40}[:=]|[?]\w{1,20}:|&&|\|\|")
_CLOSING = {")": "(", "]": "[", "}": "{"}


def pieces(text: str, at: int) -> list[tuple[int, int]]:
    """The insides of the string literals that begin at ``at``, as long as they are joined to one string."""
    while at < len(text) and text[at] in " \t":
        at += 1
    found: list[tuple[int, int]] = []
    listed = left(text, at) == "[" or left(text, at, 9).endswith(("concat(", "concat!(", 'join("",', 'join("", '))
    while len(found) < 40 and (literal := _LITERAL.match(text, at)) is not None:
        start = literal.end()
        end = _close(text, start, literal["quote"])
        if end < 0:
            break
        if end > start:
            found.append(_inside(text, start, end, raw="R" in literal["prefix"]))
        at = end + len(literal["quote"])
        join = _JOIN.match(text, at)
        if join is None or (join.group().strip() == "," and not listed):
            break
        at = join.end()
    return found


def _inside(text: str, start: int, end: int, *, raw: bool) -> tuple[int, int]:
    """Without the brackets of a raw string of C++, and without the quotes of a literal within the literal."""
    if raw and text[start] == "(" and text[end - 1] == ")":
        return start + 1, end - 1
    if end - start > 4 and text[start : start + 2] == text[end - 2 : end] and text[start : start + 2] in {'\\"', "\\'"}:
        return start + 2, end - 2
    return start, end


def is_concatenated(text: str, places: list[tuple[int, int]]) -> bool:
    """Whether the pieces are joined by a sign, so that they can only be one string."""
    return all(any(sign in text[a:b] for sign in "+.&") for (_, a), (b, _) in pairwise(places))


def bare_end(text: str, at: int, *, parameter: bool) -> int:
    """Where the unquoted value that begins at ``at`` ends; ``parameter``: it stands in a URL, where ``&`` ends it too."""
    found = _BARE_END.search(text, at, min(len(text), at + _FAR_BARE))
    stop = found.start() if found is not None else min(len(text), at + _FAR_BARE)
    if parameter:
        stop = min([stop, *(cut for sign in "&#" if (cut := text.find(sign, at, stop)) != -1)])
    following = _NEXT_PAIR.search(text, at, stop)
    if following is not None:
        stop = following.start()
    # What closes here was opened before the value: ``{user: kim, pwd: x1!}``.
    while stop > at and (text[stop - 1] in ",;" or _is_unopened(text[at:stop])):
        stop -= 1
    return stop


def byte_list(text: str, at: int) -> tuple[int, int] | None:
    """The numbers of a byte array that begins at ``at``, at least twelve."""
    match = _BYTES.match(text, at)
    return match.span() if match is not None else None


def _is_unopened(value: str) -> bool:
    opening = _CLOSING.get(value[-1])
    return opening is not None and value.count(value[-1]) > value.count(opening)


def _close(text: str, start: int, quote: str) -> int:
    """Where the string that begins at ``start`` ends, -1 if it does not within its line (within 20,000 for long quotes).

    One that the end of the text cuts short ends there, without the quote.
    """
    limit = min(len(text), start + _FAR)
    bare = len(quote.lstrip("\\")) == 1 and quote != "`"
    at = text.find(quote, start, limit)
    while at > 0 and quote[0] != "\\" and text[at - 1] == "\\" and _is_escaped(text, start, at):
        at = text.find(quote, at + 1, limit)
    if at < 0 and bare and _CUT.match(text, start) is not None:
        return len(text)
    if at < 0 or (bare and "\n" in CONTINUED.sub("", text[start:at])):
        return -1
    return at


_CUT = re.compile(r"[^\s\\\"'`]{7,400}[^\s\\\"'`,;:()\[\]{}]\Z")
"""The beginning of a literal of one word."""


def _is_escaped(text: str, start: int, at: int) -> bool:
    first = at
    while first > start and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
