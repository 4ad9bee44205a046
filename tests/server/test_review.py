"""Review by lens: every way to decide on three hunks, in any order, with the user typing meanwhile."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import rebase
from grok_ls.server.review import Review, Reviews
from grok_ls.text.hunks import line_hunks

# (old lines, new lines) of three changes of different shapes, with what stays between them.
CHANGES = [(["a1", "a2"], ["A"]), ([], ["B1", "B2"]), (["c"], [])]
KEPT = [["one"], ["two", "dos"], ["three"], ["four"]]


def text(which: dict[int, bool], end: str = "\n") -> str:
    """The document in which each change is made (``True``) or not."""
    lines = list(KEPT[0])
    for number, (old, new) in enumerate(CHANGES):
        lines += new if which[number] else old
        lines += KEPT[number + 1]
    return "".join(line + end for line in lines)


NONE, ALL = dict.fromkeys(range(3), False), dict.fromkeys(range(3), True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("keeps", list(product([True, False], repeat=3)))
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_each_decision_gives_exactly_its_text(order: tuple[int, ...], keeps: tuple[bool, ...], end: str) -> None:
    review = Review.begin("job", "file:///a", text(NONE, end), text(ALL, end))
    assert len(review.open) == 3
    for number in order:
        if keeps[number]:
            review.keep((number,))
        else:
            review.discard((number,))
    assert review.reference == text(dict(enumerate(keeps)), end)
    assert review.open == {}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_rest_can_be_discarded_at_once(number: int) -> None:
    review = Review.begin("job", "file:///a", text(NONE), text(ALL))
    review.keep(review.numbers(number))
    rest = review.numbers(None)
    assert set(rest) == {0, 1, 2} - {number}
    assert review.without(rest) == text(NONE | {number: True})


TYPED = st.tuples(st.integers(0, 60), st.text("xyz\n", min_size=1, max_size=4))


@given(st.lists(TYPED, min_size=1, max_size=4), st.permutations([0, 1, 2]))
def test_what_the_user_typed_since_survives_every_discard(typed: list[tuple[int, str]], order: list[int]) -> None:
    """As the command does it: a discard that touches what was typed is refused, and everything typed stays."""
    review = Review.begin("job", "file:///a", text(NONE), text(ALL))
    current = text(ALL)
    for at, words in typed:
        at = min(at, len(current))
        current = current[:at] + words + current[at:]
    for number in order:
        target = rebase(review.reference, current, review.without((number,)))
        if target is not None:
            review.discard((number,))
            current = target
    for letter in "xyz":
        assert current.count(letter) == sum(words.count(letter) for _, words in typed)


@given(st.lists(TYPED, max_size=3))
def test_the_lenses_of_hunks_that_nobody_touched_stand_on_them(typed: list[tuple[int, str]]) -> None:
    review = Review.begin("job", "file:///a", text(NONE), text(ALL))
    words = "".join(words for _, words in typed)
    places = review.places(words + "\n" + text(ALL))
    assert places == {number: len(words) + 1 + hunk.new.start for number, hunk in review.open.items()}


def test_a_review_is_forgotten_when_it_is_decided_or_its_document_closed() -> None:
    reviews = Reviews()
    same = Review.begin("same", "file:///a", "a\n", "a\n")
    one, other = (Review.begin(name, f"file:///{name}", "a\n", "b\n") for name in "ab")
    for review in (same, one, other):
        reviews.add(review)
    assert reviews.get("same") is None
    one.keep(one.numbers(None))
    reviews.close_if_done(one)
    assert (reviews.get("a"), reviews.of("file:///b")) == (None, (other,))
    reviews.drop("file:///b")
    assert reviews.get("b") is None


LINES = st.lists(st.sampled_from(["a", "b", "", "\f", "c\u2028d"]), max_size=6)


@given(LINES, LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_hunks_put_together_give_one_text_of_the_other(old: list[str], new: list[str], end: str, closed: bool) -> None:
    before, after = end.join(old) + end * closed, end.join(new) + end * closed
    text = before
    for hunk in reversed(line_hunks(before, after)):
        text = text[: hunk.old.start] + after[hunk.new.start : hunk.new.end] + text[hunk.old.end :]
    assert text == after
