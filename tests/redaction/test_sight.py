"""What can be seen from a place in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.redaction.sight import left, line_end, line_start, occurrences, right, search_left, within

texts = st.text(alphabet="ab\n", max_size=24)


@given(texts, st.integers(0, 24), st.integers(0, 26))
def test_left_and_right_are_what_stands_there_and_never_more_than_the_reach(text: str, at: int, reach: int) -> None:
    at = min(at, len(text))
    assert (text[:at] + "|").endswith(left(text, at, reach) + "|")
    assert len(left(text, at, reach)) == min(reach, at)
    assert text[at:].startswith(right(text, at, reach))
    assert len(right(text, at, reach)) == min(reach, len(text) - at)


def test_one_character_is_seen_unless_more_is_asked_for() -> None:
    assert (left("abc", 2), right("abc", 1)) == ("b", "b")
    assert (left("abc", 0), right("abc", 3)) == ("", "")


@given(texts, st.integers(0, 24), st.none() | st.integers(0, 26))
def test_a_line_is_what_lies_between_two_breaks_within_the_reach(text: str, at: int, reach: int | None) -> None:
    at = min(at, len(text))
    before, after = text[:at].rpartition("\n")[2], text[at:].partition("\n")[0]
    most = len(text) if reach is None else reach
    assert at - line_start(text, at, reach) == min(len(before), most)
    assert line_end(text, at, reach) - at == min(len(after), most)


@pytest.mark.parametrize(("reach", "found"), [(2, False), (3, True), (99, True)])
def test_a_pattern_is_sought_within_the_reach_and_not_behind_the_place(reach: int, found: bool) -> None:
    assert (search_left(re.compile(r"abc\Z"), "xxabcabc", 5, reach) is not None) is found
    assert search_left(re.compile("cabc"), "xxabcabc", 5, 99) is None


def test_what_is_around_ends_with_the_text() -> None:
    assert within("0123456789", 4, 6, 3, 2) == (1, 8)
    assert within("0123456789", 4, 6, 5, 5) == (0, 10)


@pytest.mark.parametrize(("text", "word", "at"), [("aXbXX", "X", [1, 3, 4]), ("aaaa", "aa", [0, 2]), ("", "a", [])])
def test_words_are_found_from_left_to_right_without_overlap(text: str, word: str, at: list[int]) -> None:
    assert list(occurrences(text, word)) == at
