"""Known values found again, on both sides of every bound; and the windows and spans that all layers stand on."""

from __future__ import annotations

import json
import textwrap
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

import pytest

from grok_ls.redaction.encoded import find_encoded, find_known_encoded
from grok_ls.redaction.known import find_known, find_users
from grok_ls.redaction.needles import Needles
from grok_ls.redaction.span import AFTER, BEFORE, CORE, Found, disjoint, in_windows, windows, without

VALUE = "s3cr3t/Va|ue+9"


def nothing() -> None:
    """Never says stop."""


def needles(values: Iterable[str]) -> Needles:
    known = Needles()
    for one in values:
        known.add(one, "TOKEN")
    return known


def places(text: str, values: Iterable[str]) -> set[str]:
    known = needles(values)
    found = [*find_known(text, known, nothing), *find_known_encoded(text, known)]
    return {text[one.start : one.end] for one in disjoint(found)}


def each(form: str, value: str = VALUE) -> str:
    return "".join(form.format(c, n=ord(c)) for c in value)


FORMS = {
    "raw": VALUE,
    "escaped": json.dumps('a"b\\c9é8d')[1:-1],
    "JSON in JSON": json.dumps(json.dumps(VALUE.replace("+", '"')))[3:-3].replace('"', "\\\\\\u0022"),
    "percent": quote(VALUE, safe=""),
    "percent in a path": quote(VALUE),
    "percent in lower case": quote(VALUE, safe="").replace("%2F", "%2f").replace("%7C", "%7c").replace("%2B", "%2b"),
    "percent twice": quote(quote(VALUE, safe="")),
    "each percent": each("%{n:02x}"),
    "a form's": quote_plus(VALUE),
    "entities": each("&#{n};"),
    "entities of hexadecimal digits": each("&#x{n:X};"),
    "some entities": VALUE.replace("/", "&sol;").replace("+", "&#43;"),
    "bytes": each("\\x{n:02x}"),
    "bytes in upper case": each("\\x{n:02X}"),
    "bytes in JSON": each("\\\\x{n:02x}"),
    "octal": each("\\{n:03o}"),
    "code units": each("\\u{n:04x}"),
    "code units in JSON": each("\\\\u{n:04x}"),
    "code points": each("\\U{n:08X}"),
    "code points in braces": each("\\u{{{n:x}}}"),
    "hexadecimal digits": VALUE.encode().hex(),
    "hexadecimal digits in upper case": VALUE.encode().hex().upper(),
    "a list of bytes": each(", 0x{n:02x}")[4:],
    "a dump": VALUE.encode().hex(" "),
    "pairs of digits": VALUE.encode().hex(":"),
    "base64": b64encode(VALUE.encode()).decode(),
    "base64 for a URL": urlsafe_b64encode(VALUE.encode()).decode().rstrip("="),
    "base64 of UTF-16": b64encode(VALUE.encode("utf-16-le")).decode(),
    "base64 of bytes": b64encode(b"\0kim\0" + VALUE.encode() + b"\xff\xfe").decode(),
    **{f"base64 behind {n}": b64encode(b"kim:"[:n] + VALUE.encode()).decode() for n in (1, 2, 3)},
    **{f"base64 cut before {n}": b64encode(f"k{VALUE} and more".encode()).decode()[: -n or None] for n in range(4)},
    "lines of a comment": f"{VALUE[:7]}\n    # {VALUE[7:]}",
    "lines of another comment": f"{VALUE[:7]}\n // {VALUE[7:]}",
    "lines of a block comment": f"{VALUE[:7]}\r\n * {VALUE[7:]}",
    "joined": f"{VALUE[:7]}' + \n  '{VALUE[7:]}",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("others", [0, 60, 450])
def test_a_value_is_found_in_every_form_among_few_and_among_many(form: str, others: int) -> None:
    value = {"escaped": 'a"b\\c9é8d', "JSON in JSON": VALUE.replace("+", '"')}.get(form, VALUE)
    known = [value, *(f"other-value-{number:04}" for number in range(others))]
    text = f"begin {FORMS[form]} middle {FORMS[form]} end"
    looked = needles(known)
    found = [*find_known(text, looked, nothing), *find_known_encoded(text, looked)]
    assert {(one.start, one.end) for one in found} >= {
        (6, 6 + len(FORMS[form])),
        (14 + len(FORMS[form]), 14 + 2 * len(FORMS[form])),
    }
    assert places(text, known) == {FORMS[form]}


@pytest.mark.parametrize("others", [0, 59, 60, 500])
def test_a_value_that_is_broken_over_lines_is_found_whole(others: int) -> None:
    value = "AbCdEf123456GhIjKl"
    known = [value, *(f"other-value-{number:04}" for number in range(others))]
    text = 'key = ("AbCdEf"\n       "123456"\n       "GhIjKl")'
    assert places(text, known) == {text[8:-2]}


@pytest.mark.parametrize("gap", [100, 255, 256, 257, 400])
def test_pieces_that_lie_too_far_apart_are_not_one_value(gap: int) -> None:
    # 18 characters may take up to 4 * 18 + 200 in the text.
    text = "AbCdEf123" + " " * (gap - 1) + "\n" + "456GhIjKl"
    assert places(text, ["AbCdEf123456GhIjKl"]) == ({text} if 18 + gap <= 4 * 18 + 200 else set())


@pytest.mark.parametrize(
    ("value", "telling"),
    [("abc4567", False), ("abc45678", True), ("abcdefghijk", False), ("abcdefghijkl", True), ("abcdefgh9", True)],
)
def test_what_is_too_short_or_a_word_is_not_looked_for(value: str, telling: bool) -> None:
    assert places(f"x {value} y", [value]) == ({value} if telling else set())


@pytest.mark.parametrize("others", [10, 500])
def test_the_search_can_be_stopped_among_few_and_among_many(others: int) -> None:
    calls: list[int] = []

    def stop() -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt

    values = needles(f"other-value-{number:04}" for number in range(others))
    with pytest.raises(KeyboardInterrupt):
        list(find_known("x" * 40_000 + "\n" + "y" * 60_000, values, stop))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kim@host", True),
        ("@kim@host", True),
        ("akim@host", False),
        ("kim2@host", False),
        ("kim_x@host", False),
        ("kim-x@host", False),
        ("kim", True),
        ("user: kim", True),
        ("a kim b", False),
        ("-rw- 1 kim staff", True),
        ("x kim staff", True),
        ("x kim         staff", False),
        ("x kim:users", True),
        ("ssh kim", True),
        ("username" + " " * 4 + "=" + " " * 4 + "kim", True),
        ("username" + " " * 5 + "=" + " " * 4 + "kim", False),
    ],
)
def test_a_login_is_found_again_where_a_user_is_named(text: str, found: bool) -> None:
    for whole, times in ((text, 1), (f"{text}\n{text}", 2)):
        logins = [whole[one.start : one.end] for one in find_users(whole, ["kim"])]
        assert logins == ["kim"] * times * found


def test_a_login_of_two_letters_is_too_short_and_one_at_the_start_of_a_long_line_counts_only_there() -> None:
    assert not list(find_users("me@host", ["me"]))
    assert len(list(find_users("dan@host", ["dan"]))) == 1
    assert not list(find_users("x" * 40 + " kim", ["kim"]))


def test_base64_that_holds_a_known_value_is_a_secret_however_often_it_was_encoded() -> None:
    def seen(text: str) -> list[str]:
        found = find_encoded(text, lambda inner: [Found(0, 3, "SEEN")] * ("PIN" in inner))
        return [f"{text[one.start : one.end]} {one.kind}" for one in found]

    def known(text: str) -> list[str]:
        return [text[one.start : one.end] for one in disjoint(find_known_encoded(text, needles(["known-value-1"])))]

    once = b64encode(b"it is known-value-1 here").decode()
    twice = b64encode(once.encode()).decode()
    look = b64encode(b"the PIN stands here").decode()
    plain = b64encode(b"nothing to be seen here").decode()
    assert known(f"a {once} b {twice} c {look} d {plain}") == [once, twice]
    assert seen(f"a {look} d {plain}") == [f"{look} SEEN"]
    wrapped = "\n".join(textwrap.wrap(b64encode(b"-" * 50 + b"known-value-1" + b"-" * 50).decode(), 76))
    assert known(wrapped) == wrapped.split("\n")
    assert known(f"https://example.org/auth/{once}") == [once]
    short = b64encode(b"8letters").decode().rstrip("=")
    assert {short[one.start : one.end] for one in find_known_encoded(short, needles(["8letters"]))} == {short}
    assert seen(b64encode(b"PIN 12345678").decode()) == ["UElOIDEyMzQ1Njc4 SEEN"]
    assert seen(b64encode(b"PIN 1234567").decode().rstrip("=")) == []


# -- windows and spans ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [400, AFTER])
def test_windows_begin_where_the_last_one_ended_and_see_their_margins(after: int) -> None:
    assert [tuple(one) for one in windows(CORE + after, after)] == [(0, 0, CORE + after, CORE + after)]
    for size in (2 * CORE + 5, 2 * CORE + after):
        assert [tuple(one) for one in windows(size, after)] == [
            (0, 0, CORE, CORE + after),
            (CORE - BEFORE, CORE, size, size),
        ]
    size = 2 * CORE + after + 1
    assert [tuple(one) for one in windows(size, after)] == [
        (0, 0, CORE, CORE + after),
        (CORE - BEFORE, CORE, 2 * CORE, 2 * CORE + after),
        (2 * CORE - BEFORE, 2 * CORE, size, size),
    ]


def test_what_touches_a_window_counts_for_it_and_what_ends_before_it_does_not() -> None:
    text = "." * (CORE - 4) + "KEYS" + "KEYS" + "." * (CORE + AFTER)

    def layer(piece: str) -> list[Found]:
        at, found = piece.find("KEYS"), []
        while at != -1:
            found.append(Found(at, at + 4, "TOKEN"))
            at = piece.find("KEYS", at + 4)
        return found

    assert list(in_windows(layer, text, nothing)) == [
        Found(CORE - 4, CORE, "TOKEN"),
        Found(CORE, CORE + 4, "TOKEN"),
    ]


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ([(0, 3, "A"), (3, 5, "B")], [(0, 3, "A"), (3, 5, "B")]),
        ([(0, 4, "A"), (3, 5, "B")], [(0, 5, "A")]),
        ([(3, 9, "B"), (0, 4, "A")], [(0, 9, "B")]),
        ([(0, 4, "A"), (0, 4, "B")], [(0, 4, "A")]),
        ([(0, 9, "A"), (2, 3, "B"), (8, 12, "C"), (12, 13, "D")], [(0, 12, "A"), (12, 13, "D")]),
    ],
)
def test_spans_that_overlap_become_one_with_the_kind_of_the_longest(
    spans: list[tuple[int, int, str]], merged: list[tuple[int, int, str]]
) -> None:
    assert [tuple(one) for one in disjoint(Found(*span) for span in spans)] == merged


@pytest.mark.parametrize(
    ("span", "holes", "left"),
    [
        ((2, 18), [], [(2, 18)]),
        ((2, 4), [(0, 2), (4, 9)], [(2, 4)]),
        ((2, 18), [(6, 9)], [(2, 6), (9, 18)]),
        ((2, 18), [(5, 9)], [(9, 18)]),
        ((2, 18), [(8, 14)], [(2, 8), (14, 18)]),
        ((2, 18), [(8, 15)], [(2, 8)]),
        ((2, 18), [(0, 4)], [(4, 18)]),
        ((2, 18), [(16, 19)], [(2, 16)]),
        ((2, 18), [(0, 3), (7, 8), (12, 13), (18, 20)], [(3, 7), (8, 12), (13, 18)]),
        ((2, 18), [(2, 18)], []),
        ((2, 18), [(0, 19)], []),
    ],
)
def test_a_placeholder_within_a_span_is_left_out_and_less_than_four_characters_with_it(
    span: tuple[int, int], holes: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert [(one.start, one.end) for one in without([Found(*span, "TOKEN")], holes)] == left
