"""Known values found again, on both sides of every bound; and the windows and spans that all layers stand on."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote

import pytest

from grok_ls.redaction.known import find_encoded, find_known, find_users
from grok_ls.redaction.span import AFTER, BEFORE, CORE, Found, disjoint, in_windows, windows, without

VALUE = "s3cr3t/Va|ue+9"


def nothing() -> None:
    """Never says stop."""


def places(text: str, values: Iterable[str]) -> set[str]:
    return {text[found.start : found.end] for found in find_known(text, [(one, "TOKEN") for one in values], nothing)}


FORMS = {
    "raw": VALUE,
    "escaped": json.dumps('a"b\\c9é8d')[1:-1],
    "percent": quote(VALUE, safe=""),
    "percent in a path": quote(VALUE),
    "percent in lower case": quote(VALUE, safe="").lower(),
    "base64": b64encode(VALUE.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("others", [0, 58, 59, 60, 61, 100, 399, 400, 450])
def test_a_value_is_found_in_every_form_among_few_and_among_many(form: str, others: int) -> None:
    value = 'a"b\\c9é8d' if form == "escaped" else VALUE
    known = [value, *(f"other-value-{number:04}" for number in range(others))]
    text = f"begin {FORMS[form]} middle {FORMS[form]} end"
    found = list(find_known(text, [(one, "TOKEN") for one in known], nothing))
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

    values = [(f"other-value-{number:04}", "TOKEN") for number in range(others)]
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
        found = find_encoded(text, [("known-value-1", "TOKEN")], lambda inner: [Found(0, 3, "SEEN")] * ("PIN" in inner))
        return [f"{text[one.start : one.end]} {one.kind}" for one in found]

    once = b64encode(b"it is known-value-1 here").decode()
    twice = b64encode(once.encode()).decode()
    look = b64encode(b"the PIN stands here").decode()
    plain = b64encode(b"nothing to be seen here").decode()
    assert seen(f"a {once} b {twice} c {look} d {plain}") == [f"{once} TOKEN", f"{twice} TOKEN", f"{look} SEEN"]
    assert seen(b64encode(b"PIN 12345678").decode()) == ["UElOIDEyMzQ1Njc4 SEEN"]
    assert seen(b64encode(b"PIN 1234567").decode().rstrip("=")) == []


# -- windows and spans ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [400, AFTER])
def test_windows_begin_where_the_last_one_ended_and_see_their_margins(after: int) -> None:
    assert [tuple(one) for one in windows(CORE + after, after)] == [(0, 0, CORE + after, CORE + after)]
    size = 2 * CORE + 5
    assert [tuple(one) for one in windows(size, after)] == [
        (0, 0, CORE, min(size, CORE + after)),
        (CORE - BEFORE, CORE, 2 * CORE, min(size, 2 * CORE + after)),
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
