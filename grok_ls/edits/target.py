"""Which lines of the document a rewritten definition stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grok_ls.edits.blocks import block_end
from grok_ls.edits.buffer import Buffer, indent_of, normal
from grok_ls.edits.elision import is_elision
from grok_ls.edits.units import KEYWORD, LEADING, METHOD, QUOTED, leading_lines, named, opens
from grok_ls.text import Span

_CLOSER = re.compile(r"^\s*(?:[)\]}]|end\b|else\b|elif\b|except\b|finally\b|catch\b|rescue\b|ensure\b)")
# Before a name that is called: its value is used, or it is one of something.
_USED = re.compile(r"[=.(>]\s*$|=|^\s*(?:return|await|yield|raise|throw|assert|del|go|defer|new)\b")


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, method or class of the document with its whole span, decorators included."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """The document and what is known of it: where its definitions are, and what the user acted on."""

    buffer: Buffer
    region: Span | None
    definitions: Sequence[Definition]

    def target(self, lines: Sequence[str]) -> tuple[int, int] | str:
        """First line and end of what ``lines`` rewrite, or one sentence why nobody can say."""
        signature = signature_of(lines)
        # What a string says, such as JSON that holds a diff, defines nothing.
        name = named(QUOTED.sub('""', signature))[1]
        if name and not is_elision(lines[0]):
            spans = self.spans(name, signature)
            if len(spans) > 1:
                where = ", ".join(str(span[0] + 1) for span in spans[:5])
                return (
                    f"The code rewrites {name}, which is defined equally at lines {where}; nothing says which is meant."
                )
            if spans:
                return _with_leading(self.buffer, spans[0], lines)
        if _whole_file(self.buffer, lines):
            return 0, len(self.buffer.lines)
        if self.region is not None and self.region.start != self.region.end:
            return _lines_of(self.buffer, self.region)
        return (
            f"The answer's code begins with {signature.strip()[:60]!r}, which names nothing that the document defines."
        )

    def spans(self, name: str, signature: str) -> list[tuple[int, int]]:
        """Lines of the definitions that ``signature`` may be meant for: the same line, and the user's place, count
        more than the name.
        """
        if not name:
            return []
        spans = [_lines_of(self.buffer, one.span) for one in self.definitions if one.name == name]
        # A grammar may not know what the file is written in.
        if not spans:
            spans = _defined(self.buffer, name, signature)
        same = [
            span
            for span in spans
            if any(normal(line) == normal(signature) for line in self.buffer.lines[span[0] : span[1]][:6])
        ]
        spans = same or spans
        if len(spans) > 1:
            # A class and its constructor have one name, and the class begins with lines of both.
            heads = [(span, self._head(span)) for span in spans]
            spans = (
                [span for span, head in heads if normal(head) == normal(signature)]
                or [span for span, head in heads if named(head) == named(signature)]
                or spans
            )
        if len(spans) > 1 and self.region is not None:
            around = _lines_of(self.buffer, self.region)
            spans = [span for span in spans if span[0] < around[1] and around[0] < span[1]] or spans
        return spans

    def _head(self, span: tuple[int, int]) -> str:
        leading = leading_lines(self.buffer.lines, *span)
        return next((self.buffer.lines[at] for at in range(*span) if at not in leading), "")


def signature_of(lines: Sequence[str]) -> str:
    """The first line that defines something by a keyword, else the first that is code; decorators may span lines."""
    code = [line for line in lines[:200] if not LEADING.match(line)]
    depth = min((len(indent_of(line)) for line in code), default=0)
    outer = [line for line in code if len(indent_of(line)) == depth]
    return next((line for line in outer if KEYWORD.search(line)), outer[0] if outer else "")


def _lines_of(buffer: Buffer, span: Span) -> tuple[int, int]:
    first = buffer.line_of(span.start)
    return first, buffer.line_of(max(span.start, span.end - 1)) + 1


def _defined(buffer: Buffer, name: str, signature: str) -> list[tuple[int, int]]:
    """Every definition of ``name`` by its look: a line that names it as ``signature`` does, and all that is indented
    below it.
    """
    found = []
    how, _ = named(signature)
    for number, line in enumerate(buffer.lines):
        if name not in line or LEADING.match(line) or named(line) != (how, name):
            continue
        end = block_end(buffer.lines, number)
        if (
            how != METHOD
            or opens(buffer.lines, number)
            or (normal(line) == normal(signature) and _goes_on(line, name, end - number))
        ):
            found.append((number, end))
    return found


def _goes_on(line: str, name: str, length: int) -> bool:
    """True if a line that looks like a call may be the first of a definition's head: lines belong to it, and nothing is done with it."""
    return length > 1 and not _USED.search(line[: line.index(name)])


def _with_leading(buffer: Buffer, span: tuple[int, int], lines: Sequence[str]) -> tuple[int, int]:
    """Decorators and comments above a definition belong to it only if the code has some of its own."""
    start = span[0]
    leading = []
    for line in lines:
        if not LEADING.match(line):
            break
        leading.append(normal(line))
    first = buffer.lines[start] if start < len(buffer.lines) else ""
    if not leading:
        # Decorators may span lines.
        skipped = leading_lines(buffer.lines, *span)
        return next((number for number in range(*span) if number not in skipped), start), span[1]
    if LEADING.match(first):
        return span
    if any(line.startswith(("@", "#[")) for line in leading):
        start = decorated(buffer, start)
    above = start
    while above and buffer.lines[above - 1].strip() and LEADING.match(buffer.lines[above - 1]):
        above -= 1
        if normal(buffer.lines[above]) == leading[0]:
            return above, span[1]
    return start, span[1]


def decorated(buffer: Buffer, start: int) -> int:
    """The line of the first decorator above ``start``; decorators may span lines."""
    depth = indent_of(buffer.lines[start])
    top = start
    for number in range(start - 1, -1, -1):
        line = buffer.lines[number]
        here = indent_of(line)
        if not line.strip() or len(here) < len(depth):
            break
        if here == depth:
            if line.lstrip().startswith(("@", "#[")):
                top = number
            elif not _CLOSER.match(line):
                break
    return top


def _whole_file(buffer: Buffer, lines: Sequence[str]) -> bool:
    """True if the code begins as the document does or with an elision, and ends so too."""
    old = [normal(line) for line in buffer.lines if line.strip()]
    new = [line for line in lines if line.strip()]
    if not old or not new:
        return not old
    begins = normal(new[0]) == old[0] or is_elision(new[0])
    ends = normal(new[-1]) == old[-1] or is_elision(new[-1])
    return begins and ends and len(new) > 1
