"""Whether a change of a long text leaves it parsing, without parsing all of it.

A whole tree takes some 10 ms a 100 kB. Between two blank lines that have code at the margin behind them, most languages hold whole
definitions: if these parse before and after the change, and nothing in them opens or closes what goes over lines, the rest is as it was.
"""

from __future__ import annotations

import re

from grok_ls.context.languages import Language
from grok_ls.context.parsing import common_prefix, common_suffix

# Languages whose files are rows of definitions at the margin, without a frame around them.
_ROWS = {
    "python",
    "javascript",
    "javascriptreact",
    "typescript",
    "typescriptreact",
    "rust",
    "go",
    "c",
    "cpp",
    "ruby",
    "lua",
}
# Shorter texts are parsed as fast.
_SHORT = 24_000
_BORDER = re.compile(r"\n[ \t]*\r?\n(?=[A-Za-z_@])")
# What goes on with something above it.
_GOES_ON = re.compile(
    r"(?:else|elif|except|finally|catch|while|and|or|as|then|do|rescue|ensure|end|in|from|of|where|when|case|default)\b"
)
# What may hold lines at the margin that are no code.
_OVER_LINES = re.compile(
    r"\"\"\"|'''|`|/\*|\*/|^=begin|^=end|^#[ \t]*(?:if|el|end)\w*|\\$|<<[-~]?['\"A-Z_]|r#+\"|\"#+|\[=*\[|\]=*\]",
    re.MULTILINE,
)


def changed_rows(old: str, new: str, language: Language) -> tuple[str, str] | None:
    """The rows of definitions around what differs, before and after. ``None`` where only the whole can tell."""
    if language.id not in _ROWS or language.script or len(new) < _SHORT:
        return None
    start = common_prefix(old, new)
    same = common_suffix(old, new, min(len(old), len(new)) - start)
    begin = _border_before(new, start)
    end = _border_behind(new, len(new) - same)
    if begin is None or end is None or 2 * (end - begin) > len(new):
        return None
    rows = old[begin : end + len(old) - len(new)], new[begin:end]
    if _OVER_LINES.findall(rows[0]) != _OVER_LINES.findall(rows[1]):
        return None
    return rows


def _border_before(text: str, at: int) -> int | None:
    """The beginning of the last line at the margin, below a blank one, that is at ``at`` or before it."""
    low = at
    while low:
        low = max(0, low - 4_000)
        found = [match.end() for match in _BORDER.finditer(text, low, at + 1) if not _GOES_ON.match(text, match.end())]
        if found:
            return found[-1]
    return 0


def _border_behind(text: str, at: int) -> int | None:
    """The beginning of the first such line behind ``at``, or the end of the text."""
    for match in _BORDER.finditer(text, at):
        if not _GOES_ON.match(text, match.end()):
            return match.end()
    return len(text)
