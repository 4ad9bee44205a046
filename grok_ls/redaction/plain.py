"""A text as it reads, whatever it is written in: escapes resolved, and without what stands between the pieces of a broken value.

Both sides of a comparison go through it. Escapes are resolved to the end, for a text in JSON in JSON and for one in HTML alike; what that
does to text that is not escaped is the same on both sides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate

FILL = "\0"
"""Stands for the rest of an escape, so that every place is the same as in the text."""
_HEX = "[0-9a-fA-F]"
_H = f"{_HEX}{FILL}*"
_ESCAPE = re.compile(
    rf"\\\0*(?:u\0*\{{\0*(?P<brace>(?:{_H}){{1,6}})\}}"
    rf"|u\0*(?P<high>[dD]\0*[89abAB]\0*(?:{_H}){{2}})\\\0*u\0*(?P<low>[dD]\0*[c-fC-F]\0*{_H}{_HEX})"
    rf"|u\0*(?P<four>(?:{_H}){{3}}{_HEX})|U\0*(?P<eight>(?:{_H}){{7}}{_HEX})"
    rf"|(?P<bytes>x\0*[c-fC-F]\0*{_HEX}(?:\0*\\\0*x\0*[89abAB]\0*{_HEX}){{1,3}})"
    rf"|x\0*(?P<two>{_H}{_HEX})|(?P<octal>[0-3]\0*[0-7]\0*[0-7])|(?P<sign>[^\0\n]))"
    rf"|%\0*(?:(?P<ascii>[0-7]\0*{_HEX})|(?P<utf>[c-fC-F]\0*{_HEX}(?:\0*%\0*[89abAB]\0*{_HEX}){{1,3}}))"
    rf"|&\0*(?P<entity>(?:\#\0*(?:[0-9]\0*){{1,7}}|\#\0*[xX]\0*(?:{_H}){{1,6}}|(?:[A-Za-z]\0*){{2,8}});)"
)
_NO_HEX = re.compile(f"(?!{_HEX}).", re.DOTALL)
_TWO = re.compile(rf"\\\0*x\0*(?P<two>{_H}{_HEX})")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
_DEEPEST = 5
_CONTINUED = re.compile(r"(?:(?<=[^\s=])=|(?<=[ \t])_|\^)(?=\r?\n[^\r\n])")
"""A line that goes on in the next, in mails, in Visual Basic, in batch files; the backslash is among ``BROKEN``."""
_ENDS = tuple(sign + end for sign in "=_^" for end in ("\n", "\r\n"))
_COMMENT = re.compile(r"\n[ \t\0]*(?:#+|//[/!]?|\*+|;+|--|>+|\|)(?=[ \t])")

BROKEN = " \t\r\n\"'`+\\.,&" + FILL
"""Line breaks, indentation, quotes and joining signs."""
UNBROKEN = FILL


def plain(text: str) -> str:
    """``text`` with its escapes resolved and the comment signs before its lines blank; of the same length, filled up with ``FILL``."""
    for _ in range(_DEEPEST):
        if "\\" not in text and "%" not in text and "&" not in text:
            break
        resolved = _ESCAPE.sub(_looked_up, text)
        if resolved == text:
            break
        text = resolved
    return _COMMENT.sub(lambda match: "\n" + " " * (len(match.group()) - 1), text)


def continued(readable: str) -> str:
    """A ``plain`` text with the signs blank by which its lines go on in the next; a value may end with one of them, so this is another reading."""
    if not any(end in readable for end in _ENDS):
        return readable
    return _CONTINUED.sub(" ", readable)


def squeezed(text: str, signs: str = BROKEN) -> str:
    """``text`` as it reads, without ``signs``."""
    return _without(plain(text), signs)


def _looked_up(match: re.Match[str]) -> str:
    return _COMMON.get(match.group()) or _resolved(match)


def _resolved(match: re.Match[str]) -> str:
    form = match.lastgroup
    found = match[form].replace(FILL, "") if form is not None else ""
    try:
        if form == "sign" and found.isalnum() and found not in _CONTROL:
            # ``C:\\users\\anna``: the sign separates, and is none of the name's.
            return match.group()
        if form == "sign":
            sign = _CONTROL.get(found, found)
        elif form == "low":
            sign = (
                (chr(int(match["high"].replace(FILL, ""), 16)) + chr(int(found, 16)))
                .encode("utf-16", "surrogatepass")
                .decode("utf-16")
            )
        elif form in {"bytes", "utf"}:
            sign = bytes.fromhex(_NO_HEX.sub("", found)).decode()
        elif form == "entity":
            sign = unescape(f"&{found}")
        else:
            sign = chr(int(found, 8 if form == "octal" else 16))
    except (ValueError, OverflowError):
        # No UTF-8, or no character at all.
        return _TWO.sub(_resolved, match.group()) if form == "bytes" else match.group()
    return sign + FILL * (len(match.group()) - 1) if len(sign) == 1 else match.group()


_COMMON = {escape: _ESCAPE.sub(_resolved, escape) for escape in ("\\n", "\\t", "\\r", '\\"', "\\'", "\\\\", "\\/")}
"""Those that texts are full of."""


class View:
    """A ``plain`` text without ``signs``, and the way back."""

    __slots__ = ("_begins", "_blocks", "_plain", "_signs", "text")

    def __init__(self, text: str, signs: str = BROKEN) -> None:
        self._plain, self._signs = text, signs
        self.text = _without(text, signs)
        self._begins: list[int] = []
        self._blocks: dict[int, list[int]] = {}

    def back(self, start: int, end: int) -> tuple[int, int, int]:
        """Where ``text[start:end]`` stands in the whole, its last escape included, and how much of that is neither it nor an escape."""
        low, high = self._back(start), self._back(end - 1) + 1
        while self._plain.startswith(FILL, high):
            high += 1
        return low, high, high - low - (end - start) - self._plain.count(FILL, low, high)

    def _back(self, at: int) -> int:
        if not self._begins:
            places = range(0, len(self._plain), _BLOCK)
            sizes = [len(_without(self._plain[place : place + _BLOCK], self._signs)) for place in places]
            self._begins = list(accumulate(sizes, initial=0))
        number = bisect_right(self._begins, at) - 1
        if number not in self._blocks:
            place = number * _BLOCK
            block = enumerate(self._plain[place : place + _BLOCK], place)
            self._blocks[number] = [at for at, sign in block if sign not in self._signs]
        return self._blocks[number][at - self._begins[number]]


_BLOCK = 1024


def _without(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(sign, "")
    return text
