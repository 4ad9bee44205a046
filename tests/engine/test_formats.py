"""``auto``: the catalogue's format until the model's own record speaks against it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.engine.formats import FORMATS, Tally, choose, note, seen_of
from grok_ls.errors import AnswerUnusable, Truncated
from grok_ls.storage.memory import MemoryStore

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

TEXT = "def f(x):\n    y = 1\n    return y\n"
WORKS = "```diff\n def f(x):\n-    y = 1\n+    y = 2\n```\n"
FAILS = "```diff\n def f(x):\n-    y = 1.0\n+    y = 2\n```\n"
TALLIES = st.builds(Tally, st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
SEEN = st.dictionaries(st.sampled_from(FORMATS), TALLIES)


@given(st.sampled_from(FORMATS), SEEN)
def test_a_format_that_always_works_is_never_left(form: str, seen: dict[str, Tally]) -> None:
    own = Tally(seen.get(form, Tally()).worked, 0)  # type: ignore[call-overload]
    assert choose(form, {**seen, form: own}) == form  # type: ignore[arg-type, dict-item]


def test_a_few_failures_are_no_evidence() -> None:
    assert choose("diff", {"diff": Tally(0, 7)}) == "diff"
    assert choose("diff", {"diff": Tally(18, 2)}) == "diff"


def test_evidence_makes_auto_switch_and_come_back() -> None:
    assert choose("diff", {"diff": Tally(6, 6)}) == "search-replace"
    assert choose("diff", {"diff": Tally(6, 6), "search-replace": Tally(1, 9)}) == "rewrite"
    assert choose("diff", {form: Tally(6, 6) if form == "diff" else Tally(0, 12) for form in FORMATS}) == "diff"


def test_a_small_model_goes_on_rewriting_unless_nothing_works() -> None:
    assert choose("rewrite", {"rewrite": Tally(5, 5)}) == "rewrite"
    assert choose("rewrite", {"rewrite": Tally(0, 40)}) == "diff"


@given(st.sampled_from(FORMATS), SEEN)
def test_the_choice_is_always_a_format(form: str, seen: dict[str, Tally]) -> None:
    assert choose(form, seen) in FORMATS  # type: ignore[arg-type]


async def test_counts_are_kept_apart_by_model_and_format() -> None:
    store = MemoryStore()
    await note(store, "one", "diff", "worked")
    await note(store, "one", "diff", "worked")
    await note(store, "one", "rewrite", "failed")
    assert await seen_of(store, "one") == {"diff": Tally(2, 0), "search-replace": Tally(), "rewrite": Tally(0, 1)}
    assert await seen_of(store, "two") == dict.fromkeys(FORMATS, Tally())


async def test_the_engine_counts_first_answers_and_follows_them(bench: Bench) -> None:
    await bench.ask(TEXT, FAILS, WORKS, at="y = 1")
    model = bench.report.model
    assert (await seen_of(bench.store, model))["diff"] == Tally(0, 1)
    for _ in range(9):
        with pytest.raises(AnswerUnusable):
            await bench.ask(TEXT, FAILS, FAILS, FAILS, at="y = 1")
    assert (await seen_of(bench.store, model))["diff"].failed >= 8
    block = "<<<<<<< SEARCH\n    y = 1\n=======\n    y = 2\n>>>>>>> REPLACE\n"
    await bench.ask(TEXT, block, at="y = 1")
    assert "SEARCH" in bench.asked(0)[1][1]
    assert (await seen_of(bench.store, model))["search-replace"].worked == 1


async def test_a_format_that_the_user_chose_stays(bench: Bench) -> None:
    for _ in range(20):
        await note(bench.store, bench.settings.model, "diff", "failed")
    bench.settings = replace(bench.settings, edit_format="diff")
    await bench.ask(TEXT, WORKS, at="y = 1")
    assert "unified diff" in bench.asked(0)[1][1]


def test_to_decline_now_and_then_says_nothing_of_the_format() -> None:
    assert choose("diff", {"diff": Tally(10, 0, 9)}) == "diff"
    assert choose("diff", {"diff": Tally(0, 0, 7)}) == "diff"


def test_a_model_that_always_declines_in_a_format_is_asked_in_another() -> None:
    assert choose("search-replace", {"search-replace": Tally(0, 0, 12)}) == "diff"
    assert choose("search-replace", {"search-replace": Tally(1, 0, 12), "diff": Tally(0, 0, 12)}) == "rewrite"


async def test_declining_counts_where_there_was_a_problem_to_mend(bench: Bench) -> None:
    await bench.ask(TEXT, "NO_CHANGE", at="y = 1")
    await bench.ask(TEXT, "NO_CHANGE", at="y = 1", action="refactor")
    assert (await seen_of(bench.store, bench.report.model))["diff"] == Tally(declined=1)


async def test_an_answer_that_was_cut_counts_as_a_failure(bench: Bench) -> None:
    bench.settings = replace(bench.settings, max_output_tokens=256)
    with pytest.raises(Truncated):
        await bench.ask(TEXT, "```diff\n" + "+    y = 2\n" * 500, at="y = 1")
    assert (await seen_of(bench.store, bench.report.model))["diff"] == Tally(failed=1)


async def test_explanations_and_words_without_a_problem_count_for_nothing(bench: Bench) -> None:
    await bench.ask(TEXT, "NO_CHANGE", at="y = 1", action="refactor")
    await bench.ask(TEXT, "It sets y.", at="y = 1", action="explain")
    assert (await seen_of(bench.store, bench.report.model))["diff"] == Tally()
