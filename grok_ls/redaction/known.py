"""Layer 5: what is known already is found again wherever it stands: raw, escaped, percent-encoded, in base64, over several lines."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from grok_ls.redaction.span import Found
from grok_ls.redaction.values import decoded

_SHORTEST = 8
_MANY = 400
_FEW, _PIECE = 60, 8_000
# Line breaks, indentation, quotes and joining signs.
_BETWEEN = re.compile(r"[ \t\r\n\"'`+\\.,&]+")
_KEPT = re.compile(r"[^ \t\r\n\"'`+\\.,&]+")


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


_BEFORE_USER = re.compile(
    r"(?i)(?:\b(?:user|username|login|owner|logname|author|runas|uname)[\"'`]?\s{0,4}[:=]\s{0,4}[\"'`]?|\b(?:by|as|to|user|chown|su|ssh|scp|rsync|-[ulo])[ \t]{1,4}|[ \t]1[ \t]|^)\Z"
)
_AFTER_USER = re.compile(
    r"@[\w-]|[ \t]{1,8}(?:staff|users|wheel|root|adm|admin|sudo|docker)\b|:(?:staff|users|wheel|root)\b"
)


def find_users(text: str, users: Iterable[str]) -> Iterator[Found]:
    """A person's name from a home folder again where a user is named: ``kim@host``, ``user: kim``, ``-rw- 1 kim staff``."""
    for user in users:
        at = text.find(user) if len(user) > 2 else -1
        while at != -1:
            end = at + len(user)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum() or text[end : end + 1] in {"_", "-"}):
                line = max(0, at - 30, text.rfind("\n", 0, at) + 1)
                if _AFTER_USER.match(text, end) or _BEFORE_USER.search(text[line:at]):
                    yield Found(at, end, "USER")
            at = text.find(user, end)


def find_known(text: str, values: Iterable[tuple[str, str]], stopped: Callable[[], None]) -> Iterator[Found]:
    """Every place of every value in every form; ``stopped`` is called now and then and may raise."""
    pairs = [(value, kind) for value, kind in values if _is_telling(value)]
    if not pairs:
        return
    yield from _search(text, [(form, kind) for value, kind in pairs for form in _forms(value)], stopped)
    wanted = [(_BETWEEN.sub("", value), kind) for value, kind in pairs]
    if len(pairs) < _FEW:
        # Cheap look first: most values are nowhere broken.
        joined = "".join(_BETWEEN.sub("", text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))
        broken = [
            pair for pair, (value, _) in zip(wanted, pairs, strict=True) if joined.count(pair[0]) > text.count(value)
        ]
        wanted = [pair for pair in wanted if pair in broken]
        if not wanted:
            return
    squeezed, starts, places = _squeezed(text)
    for start, end, kind in _search(
        squeezed, [(form, kind) for form, kind in wanted if len(form) >= _SHORTEST], stopped
    ):
        low, high = _unsqueezed(start, starts, places), _unsqueezed(end - 1, starts, places) + 1
        if end - start < high - low <= 4 * (end - start) + 200:
            yield Found(low, high, kind)


def _is_telling(value: str) -> bool:
    return len(value) >= _SHORTEST and not (value.isalpha() and len(value) < 12)


def _search(text: str, forms: list[tuple[str, str]], stopped: Callable[[], None]) -> Iterator[Found]:
    """All places of all ``forms``. Many of them (a long session) are looked for in one pass, by their first characters."""
    if len(forms) < _MANY:
        for form, kind in forms:
            stopped()
            at = text.find(form)
            while at != -1:
                yield Found(at, at + len(form), kind)
                at = text.find(form, at + len(form))
        return
    heads: dict[str, list[tuple[str, str]]] = {}
    for form, kind in forms:
        heads.setdefault(form[:_SHORTEST], []).append((form, kind))
    for at in range(len(text) - _SHORTEST + 1):
        if at % 32_768 == 0:
            stopped()
        for form, kind in heads.get(text[at : at + _SHORTEST], ()):
            if text.startswith(form, at):
                yield Found(at, at + len(form), kind)


def _squeezed(text: str) -> tuple[str, list[int], list[int]]:
    """``text`` without what stands between the pieces of a broken value; where each kept run begins in it and in ``text``."""
    runs, starts, places, size = [], [], [], 0
    for match in _KEPT.finditer(text):
        runs.append(match.group())
        starts.append(size)
        places.append(match.start())
        size += len(runs[-1])
    return "".join(runs), starts, places


def _unsqueezed(at: int, starts: list[int], places: list[int]) -> int:
    run = bisect_right(starts, at) - 1
    return places[run] + at - starts[run]


_ESCAPED = re.compile(r"\\([\"'\\/$`])")
_CAUTIOUS = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", '"': "\\u0022", "'": "\\u0027"})
"""As JSON is written for a web page."""


def _forms(value: str) -> tuple[str, ...]:
    if "\\" in value and (plain := _ESCAPED.sub(r"\1", value)) != value:
        # The value is what its literal says, not how it is written.
        return tuple(dict.fromkeys((value, *_forms(plain))))
    escaped = json.dumps(value)[1:-1]
    encoded = b64encode(value.encode("utf-8", "surrogatepass")).decode()
    return tuple(
        dict.fromkeys(
            (
                value,
                escaped,
                json.dumps(value, ensure_ascii=False)[1:-1],
                json.dumps(escaped)[1:-1],
                value.translate(_CAUTIOUS),
                escaped.replace("/", "\\/"),
                quote(value, safe="", errors="replace"),
                quote(value, errors="replace"),
                quote(value, safe="", errors="replace").lower(),
                encoded,
            )
        )
    )
