"""Paths in words of others (a diagnostic, a stack trace, an instruction), as everything else in a prompt names them: relative to the
workspace folder. Text in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import quote

_SEPARATOR = r"(?:/|\\{1,4}|%2[fF]|%5[cC])"
_SCHEME = r"(?:[A-Za-z][\w+.-]{1,30}://[^\s/]{0,60})?"
# Either a name follows, or the folder itself is meant.
_END = rf"(?:{_SEPARATOR}+(?P<below>(?=[^\s\"'`<>|)\]]))|{_SEPARATOR}?(?![\w%-]|\.\w))"


class Shortener:
    """``roots``: the workspace folders, in every spelling that is known of them. One of a single name (``/app``) stays: a route of a web
    site is called like that, and it says nothing of anybody.
    """

    def __init__(self, roots: Iterable[PurePath]) -> None:
        found = sorted({root for root in roots if len(root.parts) > 2}, key=lambda root: -len(root.parts))
        # The deepest folder first: a path in it is relative to it.
        folders = "|".join(map(_spelled, found))
        self._pattern = re.compile(rf"(?<![\w.~%\\/-]){_SCHEME}(?:{folders}){_END}") if found else None
        # A text without the last name of a folder, however it is encoded, has none of its paths.
        self._signs = {form.lower() for root in found for form in _forms(root.name)}

    def shortened(self, text: str) -> str:
        """``text`` with the folders taken off their paths; a folder itself is ``.``."""
        lowered = text.lower()
        if self._pattern is None or not any(sign in lowered for sign in self._signs):
            return text
        return self._pattern.sub(lambda match: "." if match["below"] is None else "", text)


def _spelled(root: PurePath) -> str:
    drive, names = root.drive, root.parts[1:]
    lead = rf"/?{re.escape(drive[:-1])}(?::|%3[aA])" if drive.endswith(":") else re.escape(drive)
    # Windows does not tell small letters from capital ones.
    return f"(?{'i' if drive else ''}:{lead}{''.join(_SEPARATOR + _name(name) for name in names)})"


def _name(name: str) -> str:
    return f"(?:{'|'.join(map(re.escape, _forms(name)))})"


def _forms(name: str) -> tuple[str, ...]:
    """As it is, in a URI, in a shell."""
    return tuple(dict.fromkeys((name, quote(name), name.replace(" ", "\\ "))))
