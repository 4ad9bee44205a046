"""A proposal that waits: its hunks one by one, over whatever the document has become."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import rebase
from grok_ls.engine import Proposal
from grok_ls.server.pending import Pending
from grok_ls.server.review import Review, Reviews

BASE = "one\ntwo\nthree\nfour\nfive\n"
NEW = "ONE\ntwo\nthree\nfour\nFIVE\nsix\n"
LINES = st.lists(st.sampled_from(["a", "b", "c", "", "d e"]), max_size=12)


def pending(base: str = BASE, new: str = NEW, job: str = "job") -> Pending:
    return Pending.begin(job, "file:///a", Proposal(base, new))


def test_each_hunk_can_be_made_alone() -> None:
    waiting = pending()
    assert waiting.including((0,)) == "ONE\ntwo\nthree\nfour\nfive\n"
    assert waiting.including((1,)) == "one\ntwo\nthree\nfour\nFIVE\nsix\n"
    assert (
        rebase(BASE, "mine\ntwo\nthree\nfour\nfive\n", waiting.including((1,))) == "mine\ntwo\nthree\nfour\nFIVE\nsix\n"
    )


def test_a_hunk_that_still_touches_what_was_typed_has_no_place() -> None:
    assert rebase(BASE, "mine\ntwo\nthree\nfour\nfive\n", pending().including((0,))) is None


@given(LINES, LINES)
def test_all_hunks_together_are_the_proposal(old: list[str], new: list[str]) -> None:
    base, text = "\n".join(old), "\n".join(new)
    waiting = pending(base, text)
    assert waiting.including(waiting.numbers(None)) == text
    assert waiting.including(()) == base


@given(LINES, LINES, st.randoms(use_true_random=False))
def test_hunks_made_one_by_one_in_any_order_are_made_once(old: list[str], new: list[str], rng) -> None:  # type: ignore[no-untyped-def]
    base = "".join(f"{line} {number}\n" for number, line in enumerate(old))
    text = "".join(f"{line} {number}\n" for number, line in enumerate(new))
    waiting, current = pending(base, text), base
    numbers = list(waiting.numbers(None))
    rng.shuffle(numbers)
    for number in numbers:
        made = rebase(base, current, waiting.including((number,)))
        if made is not None:
            current = made
            waiting.decide((number,))
    if not waiting.open:
        assert current == text


def test_the_places_follow_what_was_typed_above() -> None:
    waiting = pending()
    typed = "# typed\n" + BASE
    assert [typed[place:].split("\n")[0] for place in waiting.places(typed).values()] == ["one", "five"]


def test_a_newer_proposal_takes_the_place_of_one_that_waits_and_not_of_a_review() -> None:
    reviews = Reviews()
    reviews.add(Review.begin("in", "file:///a", BASE, NEW))
    reviews.add(pending(job="first"))
    reviews.add(pending(job="second"))
    assert {review.job_id for review in reviews.of("file:///a")} == {"in", "second"}
    assert reviews.get("first") is None
