"""Whether a value still says the same where its word was put: between other quotes, in a raw or a formatted string.

A value comes back as its source has it, with the escapes of the literal that it stood in. ``'pa$$word'`` of a shell says something else
between ``"``, ``'a{b}'`` of Python in an f-string, ``"a\\\\b"`` in a raw one, and all of these parse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from grok_ls.redaction.placeholder import PLACEHOLDER


class _Reading(NamedTuple):
    """How a literal is read: whether a backslash escapes in it, and which signs begin what is filled in."""

    escapes: bool
    fills: tuple[str, ...] = ()


_PLAIN, _RAW = _Reading(True), _Reading(False)
_DOLLAR = _Reading(True, ("$",))
_SHELL = _Reading(True, ("$", "`"))
# By the end of a file's name: what its quotes mean. What is not listed reads the same in all of its quotes.
_SHELLS = {"'": _RAW, '"': _SHELL, "": _Reading(True, tuple("$`#&;|<>()*?!~ \"'"))}
_TICKED = {"'": _PLAIN, '"': _PLAIN, "`": _Reading(True, ("${",))}
_HASHED = {"'": _RAW, '"': _Reading(True, ("#{", "#$", "#@"))}
_INTERPOLATED = {"'": _RAW, '"': _DOLLAR}
_PERL = {"'": _RAW, '"': _Reading(True, ("$", "@"))}
_POWER = {"'": _RAW, '"': _Reading(False, ("$", "`"))}
_DATA = {"'": _RAW, '"': _PLAIN, "": _RAW}
_EITHER = {"'": _PLAIN, '"': _PLAIN}
_BOTH_DOLLAR = {"'": _DOLLAR, '"': _DOLLAR}
_QUOTES: Final[dict[str, dict[str, _Reading]]] = {
    **dict.fromkeys(("sh", "bash", "zsh", "ksh", "bats"), _SHELLS),
    **dict.fromkeys(("js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts", "vue", "svelte"), _TICKED),
    **dict.fromkeys(("rb", "rake", "ex", "exs", "cr"), _HASHED),
    **dict.fromkeys(("php", "groovy", "gradle"), _INTERPOLATED),
    **dict.fromkeys(("pl", "pm"), _PERL),
    **dict.fromkeys(("ps1", "psm1"), _POWER),
    **dict.fromkeys(("yaml", "yml", "toml"), _DATA),
    **dict.fromkeys(("py", "pyi"), _EITHER),
    **dict.fromkeys(("kt", "kts", "dart"), _BOTH_DOLLAR),
    "go": {'"': _PLAIN, "`": _RAW},
    "rs": {'"': _PLAIN},
    "cs": {'"': _PLAIN},
}
_FORMATTED = {"py": "f", "pyi": "f", "cs": "$"}
_MARKED_RAW = {"py": "r", "pyi": "r", "cs": "@", "rs": "r", "dart": "r"}


def first_misread(old: str, new: str, path: str, value_of: Callable[[str], str]) -> int | None:
    """The line of ``new`` (from 1) in which the value of a word says something else than wherever it stands in ``old``, if there is one.

    Both are clean texts. Only lines that ``old`` does not have are looked at, and words that it has.
    """
    ending = path.rpartition(".")[2].lower()
    if ending not in _QUOTES:
        return None
    before = set(old.split("\n"))
    for number, line in enumerate(new.split("\n"), 1):
        if "GROKLS_" not in line or line in before:
            continue
        for match in PLACEHOLDER.finditer(line):
            reading = _reading(ending, line, match.start())
            known = [_reading(ending, *_line_of(old, at)) for at in _places(old, match.group())]
            if known and all(_differs(value_of(match.group()), reading, one) for one in known):
                return number
    return None


def _differs(value: str, one: _Reading | None, other: _Reading | None) -> bool:
    if one is None or other is None or one == other:
        return False
    if "\\" in value and one.escapes != other.escapes:
        return True
    return any((sign in value) for sign in {*one.fills}.symmetric_difference(other.fills))


def _reading(ending: str, line: str, at: int) -> _Reading | None:
    """How the literal at ``at`` is read, ``None`` if that is not known."""
    prefix, quote = _opening(line, at)
    reading = _QUOTES[ending].get(quote)
    if reading is None:
        return None
    if _FORMATTED.get(ending, "\0") in prefix:
        reading = _Reading(reading.escapes, ("{", "}"))
    if _MARKED_RAW.get(ending, "\0") in prefix:
        reading = _Reading(False, () if ending == "dart" else reading.fills)
    return reading


_PREFIX = re.compile(r"(?<![\w])[A-Za-z]{1,3}#{0,3}\Z|[$@]{1,2}\Z")


def _opening(line: str, at: int) -> tuple[str, str]:
    """The letters before the quote that is open at ``at`` in its line, and the quote; both empty outside of a literal."""
    opened, prefix, skip = "", "", False
    for place, sign in enumerate(line[:at]):
        if skip:
            skip = False
        elif sign == "\\":
            skip = True
        elif not opened and sign in "\"'`":
            found = _PREFIX.search(line, max(0, place - 6), place)
            opened, prefix = sign, found.group().lower() if found else ""
        elif sign == opened:
            opened, prefix = "", ""
    return prefix, opened


def _places(text: str, word: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)]


def _line_of(text: str, at: int) -> tuple[str, int]:
    start = text.rfind("\n", 0, at) + 1
    return text[start : at + 1], at - start
