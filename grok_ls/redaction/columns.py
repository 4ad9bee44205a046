"""Secrets told by the head of their column: tables in Markdown, files of comma-separated values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.grades import is_plausible
from grok_ls.redaction.lines import AtLines
from grok_ls.redaction.names import PASSWORD, WEAK, Announced, secret_kind
from grok_ls.redaction.piece import standing
from grok_ls.redaction.sight import line_end, occurrences, within
from grok_ls.redaction.span import Found
from grok_ls.redaction.verdict import is_secret, is_strong

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
_WIKI = re.compile(r"(?m)^[ \t]{0,8}\|\|(?P<head>[^\n]{3,400})\|\|[ \t]*\r?\n")
"""A table as wikis have it, ``||User||Password||``."""
_COPIED = re.compile(r"(?m)^COPY [\w.\"]{1,80} \((?P<head>[\w\", ]{3,600})\) FROM stdin;\r?\n")
"""The rows of a dump of PostgreSQL."""
_TUPLED = re.compile(
    r"[(\[]?(?:(?P<names>(?:[\"'`]\w{1,40}[\"'`]\s{0,20},\s{0,20}){1,8}[\"'`]\w{1,40}[\"'`])\s{0,20},?\s{0,20}[)\]]|[\"'`](?P<joined>\w{1,40}(?:, ?\w{1,40}){1,8})[\"'`])\s{0,20}[,;]\s{0,20}(?=[\[({])"
)
"""The names of what the tuples after it hold, as parametrised tests have them."""
_CELL = re.compile(
    r"\s{0,20}(?:[bBrRuUfF]?[\"'`](?P<v>[^\"'`\n]{0,200})[\"'`]|[^\s\"'`,()\[\]{}][^\"'`,()\[\]{}\n]{0,80})\s{0,20}(?:,|(?=[)\]}]))"
)
_ROW = re.compile(r"[\s\[{(,]{0,80}?[(\[{](?=[^()\[\]{}]{0,400}[)\]}])")
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
    for match in _WIKI.finditer(text) if "||" in text else ():
        yield from _cells(text, match.end(), match["head"].replace("||", "|"), "|")
    for match in _COPIED.finditer(text) if "COPY " in text else ():
        yield from _cells(text, match.end(), match["head"].replace(",", "\t"), "\t")
    yield from _rows(text)
    yield from _unpacked(text)
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
        end = line_end(text, at)
        line = text[at:end]
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
        if idle > _IDLE:
            return
        at = end + 1


def _rows(text: str) -> Iterator[Found]:
    """Tuples in the order of the names that were given for them."""
    for head in _heads(text):
        kinds = [_kind(name.strip("\"'` \t\r\n")) for name in (head["names"] or head["joined"]).split(",")]
        if not any(kinds):
            continue
        at, idle = head.end(), 0
        while idle < _IDLE and (row := _ROW.match(text, at)) is not None:
            at, idle = row.end(), idle + 1
            for kind in kinds:
                cell = _CELL.match(text, at)
                if cell is None:
                    break
                at = cell.end()
                if kind and cell["v"] and _is_given(cell["v"], kind):
                    yield Found(*cell.span("v"), "PASSWORD" if kind == PASSWORD else "SECRET")
            at = text.find(_SHUT[text[row.end() - 1]], at, at + 400) + 1
            if not at:
                break


_UNPACKED = AtLines(
    r"[ \t]{0,40}+(?:(?:let|const|var|my|local|val)(?=[ \t\[(])[ \t]{0,4}+)?+[\[(]?(?P<names>\$?[\w.]{1,40}+(?:[ ]?,[ ]?\$?[\w.]{1,40}+){1,6}+)[\])]?[ ]{0,4}+:?=[ ]{0,4}[\[(]?(?=[\"'`\w])"
)


def _unpacked(text: str) -> Iterator[Found]:
    """``user, password = "kim", ".."``: each name has the value of its place."""
    for match in _UNPACKED.finditer(text):
        kinds = [_kind(name.strip(" $")) for name in match["names"].split(",")]
        at = match.end()
        for kind in kinds if any(kinds) else ():
            cell = _LAST_CELL.match(text, at) if kind == kinds[-1] and kind else _CELL.match(text, at)
            if cell is None:
                break
            at = cell.end()
            if kind and cell["v"] and _is_given(cell["v"], kind):
                yield Found(*cell.span("v"), "PASSWORD" if kind == PASSWORD else "SECRET")


_LAST_CELL = re.compile(r"\s{0,20}[\"'`](?P<v>[^\"'`\n]{0,200})[\"'`]")


_NAMED = ("pass", "pwd", "secret", "token")


def _heads(text: str) -> Iterator[re.Match[str]]:
    """Where names are given for tuples, and one of the names is a secret's."""
    lowered, done = text.lower(), -1
    if len(lowered) != len(text):
        return
    for word in standing(text, _NAMED, lowered=True):
        for at in occurrences(lowered, word):
            if _LAST_NAME.match(text, at) is not None:
                head = _TUPLED.search(text, *within(text, at, at, 160, 240))
                if head is not None and head.start() < at < head.end() and head.start() != done:
                    done = head.start()
                    yield head


_LAST_NAME = re.compile(
    r"\w{0,20}(?:[\"'`]?\s{0,20},\s{0,20}[\"'`]?\w{1,40}){0,7}[\"'`]\s{0,20},?\s{0,20}[)\]]?\s{0,20}[,;]\s{0,20}[\[({]"
)
_SHUT = {"(": ")", "[": "]", "{": "}"}


def _kind(name: str) -> Announced | None:
    kind = secret_kind(re.sub(r"\W+", "_", name.strip(" \"'`*\t")).strip("_") or "x")
    return None if kind == WEAK else kind


def _is_given(value: str, kind: Announced) -> bool:
    return is_secret(value, kind, quoted=True) and (is_strong(value) or (kind == PASSWORD and is_plausible(value)))
