from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import rebase


def test_changes_of_different_lines_are_both_kept() -> None:
    assert rebase("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == "A\nb\nC\n"


def test_changes_of_neighbouring_lines_are_both_kept() -> None:
    assert rebase("a\nb\n", "A\nb\n", "a\nB\n") == "A\nB\n"


def test_changes_of_the_same_line_are_refused() -> None:
    assert rebase("a b\n", "A b\n", "a B\n") is None


def test_two_insertions_at_one_place_are_refused() -> None:
    assert rebase("a\nb\n", "a\nx\nb\n", "a\ny\nb\n") is None


def test_a_change_made_by_both_is_made_once() -> None:
    assert rebase("a\nb\nc\nd\n", "a\nx\nb\nc\nd\n", "a\nx\nb\nc\nD\n") == "a\nx\nb\nc\nD\n"


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_one_side_alone_is_taken_as_it_is(base: list[str], other: list[str]) -> None:
    one, two = "\n".join(base), "\n".join(other)
    assert rebase(one, one, two) == two
    assert rebase(one, two, one) == two
