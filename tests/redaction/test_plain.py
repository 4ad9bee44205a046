"""What a text reads as, whatever it is written in."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.redaction.known import find_known
from grok_ls.redaction.needles import Needles
from grok_ls.redaction.plain import BROKEN, FILL, View, plain
from grok_ls.redaction.span import disjoint

WRITTEN: dict[str, Callable[[str], str]] = {
    "JSON": lambda value: json.dumps(value)[1:-1],
    "JSON, not ASCII": lambda value: json.dumps(value, ensure_ascii=False)[1:-1],
    "JSON for a page": lambda value: json.dumps(value)[1:-1].replace("&", "\\u0026").replace("/", "\\/"),
    "URL": lambda value: quote(value, safe=""),
    "form": quote_plus,
    "HTML": html.escape,
    "entities": lambda value: "".join(f"&#{ord(c)};" for c in value),
    "points": lambda value: "".join(f"\\u{{{ord(c):x}}}" for c in value),
    "long": lambda value: "".join(f"\\U{ord(c):08x}" for c in value),
    "UTF-8": lambda value: "".join(f"\\x{byte:02x}" for byte in value.encode()),
}
VALUES = st.text(alphabet="abcXYZ019$%&/()=?#~-_<>\"'\\.,+!@é😀 ", min_size=16, max_size=24).map(
    lambda inner: f"k{inner}9"
)


@given(VALUES, st.lists(st.sampled_from(sorted(WRITTEN)), max_size=2))
@settings(max_examples=400, deadline=None)
def test_a_value_is_found_however_often_it_was_written_in_something(value: str, ways: list[str]) -> None:
    needles = Needles()
    needles.add(value, "TOKEN")
    written = value
    for way in ways:
        written = WRITTEN[way](written)
    text = f"x = [{written}]\n"
    readable = plain(value).rstrip(FILL)
    # What is left of it is enough, and it ends with a letter that is no part of an escape.
    if sum(c not in BROKEN for c in readable) < 8 or readable[-1] != "9":
        return
    found = [text[low:high] for low, high, _ in disjoint(find_known(text, needles))]
    assert found
    assert max(map(len, found)) >= len(written) - 3


@given(st.text(max_size=80) | st.text(alphabet="\\u0{}xU1%4&#;an\0\n* ", max_size=60))
@settings(max_examples=400)
def test_every_place_stays_where_it_is(text: str) -> None:
    readable = plain(text)
    assert len(readable) == len(text)
    view = View(readable)
    for at, sign in enumerate(view.text):
        low, high, _ = view.back(at, at + 1)
        assert readable[low] == sign
        assert set(readable[low + 1 : high]) <= {FILL}


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("\\\\u0041", "A"),
        ("%2541", "A"),
        ("&amp;#65;", "A"),
        ("\\xe9\\xe8", "éè"),
        ("\\xc3\\xa9", "é"),
        ("\\ud83d\\ude00", "😀"),
        ("\\ud83d", "\ud83d"),
        ("\\u{110000}", "\\u{110000}"),
        ("100%", "100%"),
        ("a\n  # b", "a\n    b"),
        ("a\n  #b", "a\n  #b"),
        ("&nosuch;", "&nosuch;"),
    ],
)
def test_escapes_are_resolved_to_the_end(text: str, reads: str) -> None:
    assert plain(text).replace(FILL, "") == reads
