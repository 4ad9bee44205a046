"""What a grammar of C or C++ may say against an edit.

These grammars read code before its macros are expanded, and ``.h`` files of C++ as C: of 290 C and C++ files as they
changed between real releases they called every third broken. Macros, directives and Objective-C excuse what stands
next to them; brackets they do not excuse.
"""

from __future__ import annotations

import re

# Each reads files that are named like the other's.
SIBLINGS = {"c": "cpp", "cpp": "c"}
# So many faults in the text that was there: the grammar does not know what this file is written in.
FOREIGN = 3

_EXCUSED = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b|^\s*(?:#|@|[-+] ?\()", re.MULTILINE)
_SILENT = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|^[ \t]*#(?:[^\n\\]|\\.)*", re.DOTALL | re.MULTILINE
)


_FLOW = re.compile(r"^[ \t]*(?://|/?\*+)?[ \t]*@flow\b", re.MULTILINE)
# Pragmas stand in the comment that a file begins with.
_TOP = 4_000


def is_flow(text: str, language: str) -> bool:
    """True for JavaScript with the types of Flow, some of which (``{|a: b|}``, ``+a: b``) no grammar at hand can read."""
    return language in {"javascript", "javascriptreact"} and bool(_FLOW.search(text[:_TOP]))


def is_excused(text: str, line: int, last_line: int) -> bool:
    """True if what does not parse at these lines (from 1), or the line before, may be a macro's doing."""
    return bool(_EXCUSED.search("\n".join(text.split("\n")[max(0, line - 2) : last_line])))


def closes_worse(old: str, new: str) -> bool:
    """True if more brackets of ``new`` than of ``old`` have no other half, comments, strings and directives aside."""
    return _unpaired(new) > _unpaired(old)


def _unpaired(text: str) -> int:
    code = _SILENT.sub("", text)
    return sum(abs(code.count(opening) - code.count(closing)) for opening, closing in ("()", "[]", "{}"))
