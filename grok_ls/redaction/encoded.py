"""What stands in a text in base64 or in hexadecimal digits. The whole run is then the secret: no part of it says anything by itself."""

from __future__ import annotations

import re
from base64 import b64decode
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from grok_ls.redaction.known import find_known
from grok_ls.redaction.made_up import is_made_up
from grok_ls.redaction.needles import SHORTEST, Needles
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import decoded, is_random

_RUN = re.compile(r"[A-Za-z0-9+/_-]{16,8000}={0,2}")


def find_encoded(text: str, look: Callable[[str], Iterable[Found]]) -> Iterator[Found]:
    """base64 runs whose text holds what ``look`` finds, or is a password alone."""
    for match in _RUN.finditer(text):
        run = match.group()
        if run.islower() or run.isupper() or ("_" in run and not any(c.isdigit() for c in run)):
            continue
        inner = decoded(run)
        if len(inner) < SHORTEST:
            continue
        layers = [layer for layer in (inner, decoded(inner.strip())) if layer]
        kind = next((found.kind for layer in layers for found in look(layer)), None)
        if kind is not None or any(_is_bare(layer.strip()) for layer in layers):
            yield Found(*match.span(), kind or "PASSWORD")


_PAIR = re.compile(r"[\w.@+-]{1,60}:(?P<v>\S{6,100})")


def _is_bare(layer: str) -> bool:
    """What was put in base64 alone: ``user:password``, or a word that somebody made up."""
    pair = _PAIR.fullmatch(layer)
    return is_made_up(pair["v"]) or is_random(pair["v"]) if pair is not None else is_made_up(layer)


class _Run(NamedTuple):
    """A place in a text and what it says once it is decoded."""

    start: int
    end: int
    inner: str


_DIGITS = re.compile(r"[0-9a-fA-F]{16,}")
_BYTE = "[0-9a-fA-F]{2}"
_LISTED = re.compile(
    rf"{_BYTE}[ ,:-]{{1,2}}+\s{{0,40}}+(?:0[xX])?{_BYTE}(?:[ ,:-]{{1,2}}+\s{{0,40}}+(?:0[xX])?{_BYTE}){{6,1000}}"
)
_NO_DIGIT = re.compile(r"0[xX]|[^0-9a-fA-F]+")


def find_known_encoded(text: str, needles: Needles) -> Iterator[Found]:
    """The runs that hold a known value: encoded once or twice, at any place of a longer text, broken over lines."""
    if not needles:
        return
    base64 = list(_base64(text))
    within = [
        _Run(run.start, run.end, _of_base64(inner)) for run in base64 if _RUN.fullmatch(inner := run.inner.strip())
    ]
    runs = [*base64, *within, *_shifted(text), *_hexadecimal(text)]
    begins = list(accumulate((len(run.inner) for run in runs), initial=0))
    for start, end, kind in find_known("".join(run.inner for run in runs), needles):
        for run in runs[bisect_right(begins, start) - 1 : bisect_right(begins, end - 1)]:
            yield Found(run.start, run.end, kind)


_SHORT_RUN = re.compile(r"[A-Za-z0-9+/_-]{11,8000}={0,2}")
"""Of eight characters and more."""


def _base64(text: str) -> Iterator[_Run]:
    for match in _SHORT_RUN.finditer(text):
        run = match.group()
        if not (run.islower() or run.isupper()):
            yield _Run(*match.span(), _of_base64(run))


_HEAD = 64


def _shifted(text: str) -> Iterator[_Run]:
    """base64 behind a sign that is one of its own: ``/auth/c2VjcmV0``."""
    for match in _SHORT_RUN.finditer(text):
        run = match.group()
        places = {(at + 1) % 4: at + 1 for at, sign in enumerate(run[:_HEAD]) if sign in "/-_"}
        for shift, at in places.items():
            if shift and not run[at:].islower():
                yield _Run(match.start() + at, match.end(), _of_base64(run[at:]))


def _hexadecimal(text: str) -> Iterator[_Run]:
    """As one number, whichever digit is the first of a byte, and as a list of bytes."""
    numbers = [(match.span(), match.group()) for match in _DIGITS.finditer(text)]
    for odd in (0, 1):
        for span, digits in numbers:
            yield _Run(*span, _of_digits(digits[odd:]))
    for match in _LISTED.finditer(text):
        yield _Run(*match.span(), _of_digits(_NO_DIGIT.sub("", match.group())))


def _of_digits(digits: str) -> str:
    return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode(errors="replace")


_OTHER_SIGNS = str.maketrans("-_", "+/")


def _of_base64(run: str) -> str:
    """What it says, text or not; a run that was cut counts up to there."""
    run = run.rstrip("=").translate(_OTHER_SIGNS)
    run = run[: len(run) - (len(run) % 4 == 1)]
    return b64decode(run + "=" * (-len(run) % 4)).decode(errors="replace")
