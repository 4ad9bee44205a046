"""Secrets told by the head of their column: tables in Markdown, files of comma-separated values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.names import PASSWORD, secret_kind
from grok_ls.redaction.span import Found
from grok_ls.redaction.verdict import is_chosen, is_secret, is_strong

_RULED = re.compile(
    r"(?m)^[ \t]{0,8}\|?(?P<head>[^\n|]{1,60}(?:\|[^\n|]{0,60}){1,20})\|?[ \t]*\r?\n[ \t]{0,8}\|?(?:[ \t]*:?-{2,}:?[ \t]*[|+]?){2,20}[ \t]*\r?\n"
)
_BARRED = re.compile(
    r"(?m)^[ \t]{0,40}\|(?P<head>[^\n|]{1,60}(?:\|[^\n|]{1,60}){0,20})\|[ \t]*\r?\n(?=[ \t]{0,40}\|[ \t]*[^-\s:|])"
)
"""A table without a rule below its head, as scenarios have it."""
_HEADED = re.compile(
    r"(?m)^(?P<head>[\"\w .-]{1,40}(?P<sep>[,;\t])[\"\w .-]{1,40}(?:(?P=sep)[\"\w .-]{1,40}){0,30})\r?\n"
)
_ROWS, _IDLE = 500, 20
"""So many rows at most; and no further after so many without a secret."""


def find_columns(text: str) -> Iterator[Found]:
    """Cells below a head that announces a secret, as long as rows follow."""
    if any(sign in text for sign in ("|-", "| -", "-+-", "|:-", "| :-", "-|", "- |")):
        for match in _RULED.finditer(text):
            yield from _cells(text, match.end(), match["head"].rstrip("| \t"), "|")
    if "|\n" in text or "| \n" in text:
        done = 0
        for match in _BARRED.finditer(text):
            if match.start() >= done and any(_kind(name) for name in match["head"].split("|")):
                found = list(_cells(text, match.end(), match["head"].rstrip("| \t"), "|"))
                done = found[-1].end if found else 0
                yield from found
    done = 0
    for match in _HEADED.finditer(text):
        # A row of a table is not the head of the next one.
        if match.start() >= done:
            found = list(_cells(text, match.end(), match["head"], match["sep"]))
            done = found[-1].end if found else 0
            yield from found


def _cells(text: str, at: int, head: str, separator: str) -> Iterator[Found]:
    kinds = [_kind(name) for name in head.split(separator)]
    if not any(kinds):
        return
    idle = 0
    for _ in range(_ROWS):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        begin = at + (len(line) - len(line.lstrip(" \t|")) if separator == "|" else 0)
        row = text[begin : at + len(line)].rstrip("\r \t|" if separator == "|" else "\r")
        cells = row.split(separator)
        if len(cells) != len(kinds):
            return
        idle += 1
        for cell, kind in zip(cells, kinds, strict=True):
            value = cell.strip(" \t\"'`*")
            if kind and _is_given(value, kind):
                start, idle = begin + cell.index(value), 0
                yield Found(start, start + len(value), "PASSWORD" if kind == PASSWORD else "SECRET")
            begin += len(cell) + 1
        if end < 0 or idle > _IDLE:
            return
        at = end + 1


def _kind(name: str) -> str | None:
    kind = secret_kind(re.sub(r"\W+", "_", name.strip(" \"'`*\t")).strip("_") or "x")
    return None if kind == "WEAK" else kind


def _is_given(value: str, kind: str) -> bool:
    return is_secret(value, kind, quoted=True) and (is_strong(value) or (kind == PASSWORD and is_chosen(value)))
