"""Rewritten definitions: which lines of the document a piece of fenced code stands for, and what its elisions leave
out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grok_ls.edits.answer import Rewrite
from grok_ls.edits.blocks import block_end
from grok_ls.edits.buffer import Buffer, indent_of, normal
from grok_ls.edits.elision import filled, is_elision
from grok_ls.edits.linediff import changed_blocks
from grok_ls.edits.place import Change
from grok_ls.text import Span

_KEYWORD = re.compile(
    r"\b(?:def|class|function|func|fn|struct|enum|interface|trait|impl|type|module|namespace|record)\b"
)
_NAME = re.compile(
    r"\b(?:def|class|function\*?|func|fn|struct|enum|interface|trait|impl|type|module|namespace|sub|object|record)\s+"
    r"(?:\([^)]*\)\s*)?([\w$.]+(?:::~?[\w$]+)*)|\b(?:const|let|var)\s+([\w$]+)\s*=|([\w$~]+)\s*\([^;]*$"
)
_METHOD = 2
_LEADING = re.compile(r"^\s*(?:@|#\[|#|//|/\*|\*|$)")
_CLOSER = re.compile(r"^\s*(?:[)\]}]|end\b|else\b|elif\b|except\b|finally\b|catch\b|rescue\b|ensure\b)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, method or class of the document with its whole span, decorators included."""

    name: str
    span: Span


def rewritten(
    buffer: Buffer, code: Rewrite, region: Span | None, definitions: Sequence[Definition]
) -> list[Change] | str:
    """The change of lines that ``code`` stands for, or one sentence why nobody can say."""
    lines = list(code.lines)
    while lines and not lines[0].strip():
        lines.pop(0)
    target = _target(buffer, lines, region, definitions)
    if isinstance(target, str):
        return target
    start, end = target
    shifted = _shifted(buffer, lines, start)
    if shifted is None:
        return f"The code at line {code.line} of the answer is indented unlike the definition that it rewrites."
    known = {normal(line) for line in buffer.lines[start:end]}
    if any(is_elision(line) and normal(line) not in known for line in shifted):
        complete = filled(buffer.lines[start:end], shifted)
        if complete is None:
            return f"The code at line {code.line} of the answer leaves lines out, and which ones is not certain."
        shifted = complete
    return _difference(buffer, shifted, start, end)


def _difference(buffer: Buffer, lines: Sequence[str], start: int, end: int) -> list[Change]:
    old = buffer.lines[start:end]
    return [
        Change(start + block.old_start, start + block.old_end, tuple(lines[block.new_start : block.new_end]))
        for block in changed_blocks(old, lines)
    ]


def _target(
    buffer: Buffer, lines: Sequence[str], region: Span | None, definitions: Sequence[Definition]
) -> tuple[int, int] | str:
    """First line and end of what is rewritten."""
    signature = _signature(lines)
    name = name_of(signature)
    if name and not is_elision(lines[0]):
        spans = [_lines_of(buffer, one.span) for one in definitions if one.name == name]
        if not definitions:
            spans = _defined(buffer, name, signature)
        same = [
            span
            for span in spans
            if any(normal(line) == normal(signature) for line in buffer.lines[span[0] : span[1]][:6])
        ]
        spans = same or spans
        if len(spans) > 1 and region is not None:
            around = _lines_of(buffer, region)
            spans = [span for span in spans if span[0] < around[1] and around[0] < span[1]] or spans
        if len(spans) > 1:
            where = ", ".join(str(span[0] + 1) for span in spans[:5])
            return f"The code rewrites {name}, which is defined equally at lines {where}; nothing says which is meant."
        if spans:
            return _with_leading(buffer, spans[0], lines)
    if _whole_file(buffer, lines):
        return 0, len(buffer.lines)
    if region is not None and region.start != region.end:
        return _lines_of(buffer, region)
    return f"The answer's code begins with {signature.strip()[:60]!r}, which names nothing that the document defines."


def _signature(lines: Sequence[str]) -> str:
    """The first line that defines something by a keyword, else the first that is code; decorators may span lines."""
    code = [line for line in lines[:200] if not _LEADING.match(line)]
    depth = min((len(indent_of(line)) for line in code), default=0)
    outer = [line for line in code if len(indent_of(line)) == depth]
    return next((line for line in outer if _KEYWORD.search(line)), outer[0] if outer else "")


def defines(line: str) -> bool:
    """True if the line defines something by a keyword, as prose seldom does."""
    return bool(_KEYWORD.search(line)) and line.rstrip().endswith((":", "{", "(", ")"))


def name_of(signature: str) -> str:
    return _named(signature)[1]


def _named(line: str) -> tuple[int, str]:
    """What a line defines: how (by keyword, as a value, or as a method without keyword) and the name; ``(-1, "")`` if
    nothing.
    """
    match = _NAME.search(line)
    if not match:
        return -1, ""
    return next((kind, name) for kind, name in enumerate(match.groups()) if name)


def _lines_of(buffer: Buffer, span: Span) -> tuple[int, int]:
    first = buffer.line_of(span.start)
    return first, buffer.line_of(max(span.start, span.end - 1)) + 1


def _defined(buffer: Buffer, name: str, signature: str) -> list[tuple[int, int]]:
    """Every definition of ``name`` by its look: a line that names it as ``signature`` does, and all that is indented
    below it.
    """
    found = []
    how, _ = _named(signature)
    for number, line in enumerate(buffer.lines):
        if name not in line or _LEADING.match(line) or _named(line) != (how, name):
            continue
        if how != _METHOD or normal(line) == normal(signature) or _opens(buffer, number):
            found.append((number, block_end(buffer.lines, number)))
    return found


def _opens(buffer: Buffer, number: int) -> bool:
    """True if a block follows the line, as it does not after a call."""
    if buffer.lines[number].rstrip().endswith(("{", ":")):
        return True
    return number + 1 < len(buffer.lines) and buffer.lines[number + 1].strip() == "{"


def _with_leading(buffer: Buffer, span: tuple[int, int], lines: Sequence[str]) -> tuple[int, int]:
    """Decorators and comments above a definition belong to it only if the code has some of its own."""
    start = span[0]
    leading = []
    for line in lines:
        if not _LEADING.match(line):
            break
        leading.append(normal(line))
    first = buffer.lines[start] if start < len(buffer.lines) else ""
    if not leading:
        while start < span[1] and _LEADING.match(buffer.lines[start]):
            start += 1
        return start, span[1]
    if _LEADING.match(first):
        return span
    if any(line.startswith(("@", "#[")) for line in leading):
        start = _decorated(buffer, start)
    above = start
    while above and buffer.lines[above - 1].strip() and _LEADING.match(buffer.lines[above - 1]):
        above -= 1
        if normal(buffer.lines[above]) == leading[0]:
            return above, span[1]
    return start, span[1]


def _decorated(buffer: Buffer, start: int) -> int:
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


def _shifted(buffer: Buffer, lines: Sequence[str], start: int) -> list[str] | None:
    if is_elision(lines[0]):
        return list(lines)
    first = next(line for line in lines if line.strip())
    true = indent_of(buffer.lines[start]) if start < len(buffer.lines) else ""
    written = indent_of(first)
    if true == written:
        return list(lines)
    if true.endswith(written):
        extra = true[: len(true) - len(written)]
        return [extra + line if line.strip() else "" for line in lines]
    if written.endswith(true):
        extra = written[: len(written) - len(true)]
        if all(line.startswith(extra) or not line.strip() for line in lines):
            return [line[len(extra) :] for line in lines]
    return None
