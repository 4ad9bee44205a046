"""Between LSP shapes and the core's values. ``encoding`` is always the negotiated one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from lsprotocol import types

from grok_ls.server import wire
from grok_ls.text import Encoding, Finding, Place, Severity, Source, Span

if TYPE_CHECKING:
    from grok_ls.edits.apply import Edit

# More places than this say no more; some compilers list every candidate of an overload.
_MOST_RELATED = 8
_SEVERITIES: dict[int, Severity] = {1: "error", 2: "warning", 3: "information", 4: "hint"}


def span_of(source: Source, range_: wire.Range, encoding: Encoding) -> Span:
    start = source.offset_at(range_.start.line, range_.start.character, encoding)
    end = source.offset_at(range_.end.line, range_.end.character, encoding)
    return Span(min(start, end), max(start, end))


def range_of(source: Source, span: Span, encoding: Encoding) -> types.Range:
    start, end = source.position_of(span.start, encoding), source.position_of(span.end, encoding)
    return types.Range(start=types.Position(*start), end=types.Position(*end))


def finding_of(
    source: Source,
    diagnostic: wire.WireDiagnostic,
    encoding: Encoding,
    *,
    uri: str = "",
    beside: Callable[[str], str | None] = lambda _: None,
) -> Finding:
    """``uri`` is the document's own; ``beside`` gives the path of another file of its workspace folder, ``None`` for every other URI."""
    places = [_place(source, each, encoding, uri, beside) for each in diagnostic.related[:_MOST_RELATED]]
    return Finding(
        span=span_of(source, diagnostic.range, encoding),
        message=diagnostic.message,
        severity=_SEVERITIES.get(diagnostic.severity or 1, "error"),
        source=diagnostic.source,
        code=diagnostic.code,
        related=tuple(
            each.message for each, place in zip_longest(diagnostic.related, places) if place is None and each.message
        ),
        places=tuple(place for place in places if place is not None),
    )


def _place(
    source: Source, related: wire.WireRelated, encoding: Encoding, uri: str, beside: Callable[[str], str | None]
) -> Place | None:
    if related.range is None:
        return None
    first, last = related.range.start.line + 1, max(related.range.start.line, related.range.end.line) + 1
    path = source.path if related.uri == uri else beside(related.uri)
    if path is None:
        return None
    # Two spellings of one URI are one document.
    own = related.uri == uri or path == source.path
    return Place(related.message, path, first, last, span_of(source, related.range, encoding) if own else None)


def text_edits(source: Source, edits: Sequence[Edit], encoding: Encoding) -> list[types.TextEdit]:
    """``edits`` of ``source`` as LSP text edits, in document order."""
    return [
        types.TextEdit(range=range_of(source, edit.span, encoding), new_text=edit.new_text)
        for edit in (_within_the_lines(source.text, edit) for edit in edits)
    ]


def _within_the_lines(text: str, edit: Edit) -> Edit:
    """Lines put in after the last line end, as put in before it: the same text, but Neovim adds an empty line to the
    former (0.11, ``vim.lsp.util.apply_text_edits``)."""
    end = "\r\n" if text.endswith("\r\n") else text[-1:]
    if edit.span != Span(len(text), len(text)) or end not in ("\n", "\r\n", "\r") or not edit.new_text.endswith(end):
        return edit
    at = len(text) - len(end)
    return replace(edit, span=Span(at, at), new_text=end + edit.new_text[: -len(end)])
