"""Colour only where somebody looks: on a terminal, unless ``NO_COLOR`` is set (https://no-color.org) or the terminal has none.
``FORCE_COLOR`` (https://force-color.org) is for a pager that shows colours: ``| less -R``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TextIO

RED, GREEN, YELLOW, CYAN = 31, 32, 33, 36


def wanted(stream: TextIO, environment: Mapping[str, str]) -> bool:
    if environment.get("NO_COLOR"):
        return False
    return environment.get("FORCE_COLOR", "0") not in ("", "0") or (
        stream.isatty() and environment.get("TERM") != "dumb"
    )


def painted(text: str, colour: int) -> str:
    return f"\033[{colour}m{text}\033[0m"


def painted_diff(diff: str) -> str:
    """A unified diff, its lines coloured as git does."""
    return "".join(_painted_line(line) for line in diff.splitlines(keepends=True))


def _painted_line(line: str) -> str:
    colour = {"+": GREEN, "-": RED, "@": CYAN}.get(line[:1])
    if colour is None or line.startswith(("+++ ", "--- ")):
        return line
    words = line.rstrip("\r\n")
    return painted(words, colour) + line[len(words) :]


_STAND_OUT = "\033[1;7m"
_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
# The second set of controls, of which one begins a sequence in some terminals.
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")


def marked_words(text: str, words: Iterable[str]) -> str:
    """``text`` with each of ``words`` in bold and reversed, which no palette hides. Control characters are made visible: what
    somebody wrote into a file must not be able to move the cursor over what is shown, or to look like a mark.
    """
    shown = text.translate(_CONTROLS)
    found = "|".join(map(re.escape, words))
    return re.sub(found, lambda match: f"{_STAND_OUT}{match.group()}\033[0m", shown) if found else shown
