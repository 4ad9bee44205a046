import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import Edit, apply, smallest
from grok_ls.text import Span

TEXTS = st.text(alphabet=st.sampled_from("ab( \t\n\r\f\u2028\u0301\u200d\ufe0f😀é"), max_size=60) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_smallest_edits_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    edits = smallest(old, new)
    assert apply(old, edits) == new
    assert all(one.span.end < two.span.start for one, two in itertools.pairwise(edits))


@given(TEXTS, TEXTS)
def test_no_edit_ends_inside_a_crlf(old: str, new: str) -> None:
    for edit in smallest(old, new):
        for place in (edit.span.start, edit.span.end):
            assert old[place - 1 : place + 1] != "\r\n" or place == 0


def test_a_changed_word_is_one_small_edit() -> None:
    assert smallest("foo(a, b)\nx\n", "foo(a, c, b)\nx\n") == (Edit(Span(7, 7), "c, "),)


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")],
        [Edit(Span(1, 1), "a"), Edit(Span(1, 1), "b")],
        [Edit(Span(1, 1), "a"), Edit(Span(1, 2), "b")],
        [Edit(Span(2, 9), "")],
    ],
)
def test_overlapping_edits_and_edits_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError):
        apply("abc", edits)
