"""Definitions by the look of their lines: for broken code, for languages without a grammar, and where no tree is
ready yet.
"""

from __future__ import annotations

import re

from grok_ls.text import Source, Span

_TAB = 4
_DEEP = 40
_FAR = 3000  # Lines looked at in either direction: a definition longer than that is not shown whole anyway.

_MODIFIER = (
    r"(?:export|default|declare|public|private|protected|internal|static|async|abstract|final|override|sealed|partial|readonly|"
    r"pub(?:\([^)]*\))?|local|unsafe|extern(?:\s+\"C\")?|virtual|inline|constexpr|suspend|open|data|mutating|synchronized|@\w+)"
)
_CONTROL = (
    r"(?:if|else|for|foreach|while|switch|catch|return|do|try|with|using|lock|match|loop|throw|new|elif|await|yield|case|"
    r"when|until|in|not|and|or|print|assert|raise|del|go|defer|import|from|require|include)"
)
_KEYWORD = (
    r"(?:def|defp|defmodule|defmacro|class|function\*?|fn|func|fun|sub|struct|enum|union|trait|impl|interface|module|namespace|record|"
    r"object|protocol|extension|macro_rules!|macro|procedure|proc|test|init)"
)
# Atomic: what stands in angle brackets is read one way only, or a line full of them takes forever.
_TYPE = r"(?>[A-Za-z_][\w:.]*(?:<[^;={]*>)?[*&\[\]?]*\s+[*&]*)"
_HEAD = re.compile(
    rf"\s*(?:{_MODIFIER}\s+)*(?:"
    rf"{_KEYWORD}(?![\w(.,=])"
    r"|(?:const|let|var)\s+\w+[^=]*=\s*(?:async\s*)?(?:function\b|\([^)]*\)[^=]*=>|\w+\s*=>|\($)"
    rf"|(?!{_CONTROL}\b)(?:{_TYPE})*[~A-Za-z_$][\w$:~.]*\s*(?:<[^>;={{]*>)?(?:::~?\w+\s*)?\([^;={{]*\)?[^;={{]*\{{"
    rf"|(?!{_CONTROL}\b)(?:{_TYPE})+[~A-Za-z_][\w:~]*\s*\([^;={{]*\)?\s*(?:const|noexcept|override)?\s*$"
    r")"
)
_NAME = re.compile(
    rf"\b{_KEYWORD}\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$.:]*)|(?:const|let|var)\s+([\w$]+)|([~A-Za-z_$][\w$:~]*)\s*(?:<[^>]*>)?\("
)
_CLOSER = re.compile(r"\s*(?:[}\])]+[;,)]*|end\b.*|fi|done|esac)\s*$")


def looks_like_head(line: str) -> bool:
    """True if ``line`` reads like the first line of a function, class or the like in one of the usual languages."""
    return len(line) < 400 and _HEAD.match(line) is not None


def indentation(line: str) -> int | None:
    """Columns before the first character, a tab up to the next multiple of four; ``None`` for a blank line."""
    stripped = line.lstrip(" \t\f\ufeff")
    if not stripped:
        return None
    column = 0
    for character in line[: len(line) - len(stripped)]:
        if character == "\t":
            column += _TAB - column % _TAB
        else:
            column += character == " "
    return column


def enclosing_by_lines(source: Source, span: Span) -> Span | None:
    """The nearest definition around ``span`` by indentation: whole lines, without the last line's end. ``None`` if no
    line looks like one.
    """
    lines = source.whole_lines(span)
    first, last = source.line_of(lines.start), source.line_of(max(lines.start, lines.end - 1))
    head = _head_above(source, first)
    for _ in range(_DEEP):
        if head is None:
            return None
        end = _end_below(source, head)
        if end >= last:
            return Span(source.line_starts[head], source.line_span(end).start + len(source.line_text(end)))
        head = _head_above(source, head - 1, below=indentation(source.line_text(head)) or 0)
    return None


def _shallow(source: Source, line: int, columns: int) -> bool:
    """False only if nothing but white space stands in the first ``columns`` columns of a line: quick enough for
    thousands.
    """
    starts = source.line_starts
    start = starts[line]
    end = starts[line + 1] if line + 1 < len(starts) else len(source.text)
    return bool(source.text[start : min(start + columns, end)].strip())


def _head_above(source: Source, line: int, below: int | None = None) -> int | None:
    """The nearest line upwards that looks like a head and is indented less than everything in between."""
    limit = below
    if limit == 0:
        return None
    for at in range(line, max(-1, line - _FAR), -1):
        if limit is not None and not _shallow(source, at, limit):
            continue
        text = source.line_text(at)
        column = indentation(text)
        if column is None or (limit is not None and column >= limit):
            continue
        if looks_like_head(text):
            return at
        # What closes a head ("):") or opens its block ("{") stands as far left as the head itself.
        limit = column + 1 if text.lstrip().startswith((")", "]", "}", "{")) else column
        if limit == 0:
            return None
    return None


def _end_below(source: Source, head: int) -> int:
    """The last line of the block that starts at ``head``: up to the next line indented as little, with its closing
    bracket if it is one.
    """
    column = indentation(source.line_text(head)) or 0
    last = head
    for at in range(head + 1, min(source.line_count, head + _FAR)):
        if not _shallow(source, at, column + 1):
            continue
        text = source.line_text(at)
        if (indentation(text) or 0) > column:
            continue
        last = _last_code(source, head, at - 1)
        if last == head and text.strip() == "{":
            continue  # The brace below its head.
        if _CLOSER.match(text):
            return at
        if text.lstrip().startswith((")", "]")) and text.rstrip().endswith((":", "{")):
            continue  # The end of a head over several lines: "):" or ") {".
        return last
    return _last_code(source, head, min(source.line_count, head + _FAR) - 1)


def _last_code(source: Source, first: int, last: int) -> int:
    while last > first and not source.line_text(last).strip():
        last -= 1
    return last


def name_in(text: str) -> str:
    """The name that the first line of a definition gives it, as far as that can be told from its looks."""
    for line in text.split("\n"):
        if looks_like_head(line):
            match = _NAME.search(line)
            return next((group for group in match.groups() if group), "") if match else ""
    return ""
