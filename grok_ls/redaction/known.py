"""Layer 5: what is known already is found again wherever it stands: raw, escaped, percent-encoded, in base64, over several lines."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from grok_ls.redaction.span import Found
from grok_ls.redaction.values import decoded

_SHORTEST = 8
_BETWEEN_PIECES = " \t\r\n\"'`+\\.,&"


_RUN = re.compile(r"[A-Za-z0-9+/_-]{16,8000}={0,2}")


def find_encoded(
    text: str, values: Iterable[tuple[str, str]], look: Callable[[str], Iterable[Found]]
) -> Iterator[Found]:
    """base64 runs whose text holds a known value or what ``look`` finds; the whole run is the secret."""
    known = [(value, kind) for value, kind in values if len(value) >= _SHORTEST]
    for match in _RUN.finditer(text):
        run = match.group()
        if run.islower() or run.isupper() or ("_" in run and not any(c.isdigit() for c in run)):
            continue
        inner = decoded(run)
        if len(inner) < _SHORTEST:
            continue
        twice = decoded(inner.strip())
        for layer in (inner, twice):
            kind = next((kind for value, kind in known if value in layer), None) if layer else None
            if kind is None and layer:
                kind = next((found.kind for found in look(layer)), None)
            if kind is not None:
                yield Found(*match.span(), kind)
                break


def find_known(text: str, values: Iterable[tuple[str, str]]) -> Iterator[Found]:
    for value, kind in values:
        if len(value) < _SHORTEST or (value.isalpha() and len(value) < 12):
            continue
        for form in _forms(value):
            at = text.find(form)
            while at != -1:
                yield Found(at, at + len(form), kind)
                at = text.find(form, at + len(form))
        if "\n" in text and len(value) >= _SHORTEST:
            yield from _split(text, value, kind)


def _forms(value: str) -> tuple[str, ...]:
    escaped = json.dumps(value)[1:-1]
    encoded = b64encode(value.encode("utf-8", "surrogatepass")).decode()
    return tuple(
        dict.fromkeys(
            (
                value,
                escaped,
                json.dumps(value, ensure_ascii=False)[1:-1],
                json.dumps(escaped)[1:-1],
                quote(value, safe="", errors="replace"),
                quote(value, errors="replace"),
                quote(value, safe="", errors="replace").lower(),
                encoded,
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
