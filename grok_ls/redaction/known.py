"""Layer 5: what is known already is found again wherever it stands: raw, escaped, percent-encoded, in base64, over several lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from grok_ls.redaction.span import Found

_SHORTEST = 8
_BETWEEN_PIECES = " \t\r\n\"'`+\\.,&"


def find_known(text: str, values: Iterable[tuple[str, str]]) -> Iterator[Found]:
    for value, kind in values:
        if len(value) < _SHORTEST or (value.isalpha() and len(value) < 12):
            continue
        for form in _forms(value):
            at = text.find(form)
            while at != -1:
                yield Found(at, at + len(form), kind)
                at = text.find(form, at + len(form))
        if "\n" in text and len(value) >= 12:
            yield from _split(text, value, kind)


def _forms(value: str) -> tuple[str, ...]:
    escaped = json.dumps(value)[1:-1]
    return tuple(
        dict.fromkeys(
            (
                value,
                escaped,
                json.dumps(value, ensure_ascii=False)[1:-1],
                json.dumps(escaped)[1:-1],
                quote(value, safe=""),
                quote(value),
                quote(value, safe="").lower(),
            )
        )
    )


def _split(text: str, value: str, kind: str) -> Iterator[Found]:
    """``value`` broken over lines, with indentation, quotes and joining signs between the pieces."""
    head = value[:6]
    start = text.find(head)
    while start != -1:
        at, place = start, 0
        while place < len(value) and at < len(text):
            if text[at] == value[place]:
                at, place = at + 1, place + 1
            elif text[at] in _BETWEEN_PIECES and at - start < 4 * len(value) + 200:
                at += 1
            else:
                break
        if place == len(value) and at - start > len(value):
            yield Found(start, at, kind)
        start = text.find(head, start + 1)
