"""The document as lines to search in: contents and line ends apart, and the forms in which two lines count as equal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from unicodedata import normalize

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n)|([^\r\n]+)")
_SPACES = re.compile(r"\s+")
BOM = "\ufeff"

# What word processors, and models that imitate them, put in the place of plain characters.
TYPOGRAPHY = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u2060\ufeff", ""),
    "…": "...",
}
_TYPOGRAPHIC = re.compile("[" + "".join(TYPOGRAPHY) + "]")
_ENTITY = re.compile(r"&(lt|gt|amp|quot|apos|#39|#x27|nbsp);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "#39": "'", "#x27": "'", "nbsp": " "}


def plain(line: str) -> str:
    """The line with typographic characters as plain ones."""
    return line if line.isascii() else _TYPOGRAPHIC.sub(lambda match: TYPOGRAPHY[match[0]], line)


def unescaped(line: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES[match[1]], line) if "&" in line else line


def normal(line: str) -> str:
    """The form in which a line the model wrote counts as a line of the document: everything but words and their order
    is forgiven.
    """
    return " ".join((unescaped(line) if line.isascii() else unescaped(normalize("NFC", plain(line)))).split())


def indent_of(line: str) -> str:
    """The blanks and tabs that a line begins with; a form feed is content."""
    return line[: len(line) - len(line.lstrip(" \t"))]


class Buffer:
    """One text, prepared lazily: most hunks are placed by one exact search and need none of the rest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mark = BOM if text.startswith(BOM) else ""
        body = text[len(self.mark) :]
        # Prices of taking one line for another, see ``align``; a memo, for this text only.
        self.prices: dict[tuple[str, str], float] = {}
        self._mixed = "\r" in body
        self.joined = body.replace("\r\n", "\n").replace("\r", "\n") if self._mixed else body

    @cached_property
    def lines(self) -> list[str]:
        """Contents of the lines, without line ends and byte-order mark."""
        lines = self.joined.split("\n")
        if not lines[-1]:
            lines.pop()
        return lines

    @cached_property
    def _ends(self) -> list[str]:
        body = self.text[len(self.mark) :]
        return [match[2] or "" for match in _LINE.finditer(body)]

    def end_of(self, line: int) -> str:
        """The line's end as it is; empty only for a last line without one."""
        if self._mixed:
            return self._ends[line]
        return "\n" if line + 1 < len(self.lines) or self.joined.endswith("\n") else ""

    def offset(self, line: int) -> int:
        """Offset in ``text`` of the line; of the end for the number after the last."""
        ends = (
            sum(map(len, self._ends[:line]))
            if self._mixed
            else line - (line == len(self.lines) > 0 == len(self.end_of(line - 1)))
        )
        return len(self.mark) + sum(map(len, self.lines[:line])) + ends

    def line_of(self, offset: int) -> int:
        """The line (from 0) that holds the character at ``offset`` of ``text``."""
        body = self.text[len(self.mark) : max(offset, len(self.mark))]
        return len(_LINE.findall(body)) - (bool(body) and body[-1] not in "\r\n") if self._mixed else body.count("\n")

    @cached_property
    def normals(self) -> list[str]:
        return [
            body
            if (body := line.strip()).isascii() and "  " not in body and "&" not in body and "\t" not in body
            else normal(body)
            for line in self.lines
        ]

    @cached_property
    def where(self) -> Mapping[str, list[int]]:
        """Line numbers (from 0) by normal form."""
        where: defaultdict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(self.normals):
            where[line].append(index)
        return dict(where)

    def line_at(self, joined_offset: int) -> int:
        return self.joined.count("\n", 0, joined_offset)

    def exact(self, lines: Sequence[str]) -> list[int]:
        """First line numbers of every place where ``lines`` stand exactly so, overlapping ones included."""
        needle = "\n".join(lines)
        places: list[int] = []
        text = self.joined
        at = text.find(needle)
        while at >= 0:
            end = at + len(needle)
            # An empty last line must really be one, not just what follows the final newline.
            ends = text[end] == "\n" if end < len(text) else bool(lines[-1])
            if ends and (at == 0 or text[at - 1] == "\n"):
                places.append(self.line_at(at))
            at = text.find(needle, at + 1)
            if len(places) > 1000:
                break
        return places

    def at(self, first: int, normals: Sequence[str]) -> bool:
        return self.normals[first : first + len(normals)] == list(normals)

    def contiguous(self, normals: Sequence[str]) -> list[int]:
        """First line numbers of every place where lines of these normal forms follow each other."""
        best, offset = None, 0
        for index, line in enumerate(normals):
            places = self.where.get(line)
            if places is None:
                return []
            if best is None or len(places) < len(best):
                best, offset = places, index
        return [place - offset for place in best or () if place >= offset and self.at(place - offset, normals)]
