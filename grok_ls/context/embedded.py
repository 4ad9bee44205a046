"""Scripts in pages and components: the same text with everything else blanked out, so that every offset stays."""

from __future__ import annotations

import re

from grok_ls.text import Span

# A component of this size is generated; the menu would feel its scripts being parsed anew for each character.
MOST_CHARACTERS = 120_000
_SCRIPT = re.compile(r"<!--.*?(?:-->|\Z)|<script\b([^<>]{0,400})>(.*?)(?=</script\b|\Z)", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_CODE = frozenset({"", "module", "text/javascript", "application/javascript", "text/babel", "text/typescript", "ts"})
_NOT_LINE_END = re.compile(r"[^\r\n]")


def scripts(text: str) -> tuple[Span, ...]:
    """What stands in ``<script>`` elements, those of data and templates apart."""
    if len(text) > MOST_CHARACTERS:
        return ()
    found = []
    for match in _SCRIPT.finditer(text):
        kind = _TYPE.search(match[1] or "")
        if match[2] and match[2].strip() and (kind is None or kind[1].lower() in _CODE):
            found.append(Span(*match.span(2)))
    return tuple(found)


def alone(text: str, spans: tuple[Span, ...]) -> str:
    """``text`` with blanks in the place of everything outside of ``spans``; lines stay lines."""
    parts, end = [], 0
    for span in spans:
        parts += [_NOT_LINE_END.sub(" ", text[end : span.start]), text[span.start : span.end]]
        end = span.end
    return "".join([*parts, _NOT_LINE_END.sub(" ", text[end:])])
