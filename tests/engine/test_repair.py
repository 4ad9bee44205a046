"""Asking again: which hunk failed and what is really there, what fits is kept, at most two rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grok_ls.engine import Proposal, Unchanged
from grok_ls.errors import AnswerUnusable, BudgetExceeded

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

TEXT = "".join(f"def f{n}(x):\n    y = {n}\n    return y\n\n\n" for n in range(4)) + "last = 1\n"
GOOD = "@@ @@\n def f0(x):\n-    y = 0\n+    y = 10"
BAD = "@@ @@\n def f1(x):\n-    y = 1.0\n+    y = 11"
WORSE = "@@ @@\n def f2(x):\n-    y = 2.0\n+    y = 12"
MENDED = "@@ @@\n def f1(x):\n-    y = 1\n+    y = 11"
ALSO = "@@ @@\n def f2(x):\n-    y = 2\n+    y = 12"


def diff(*hunks: str) -> str:
    return "\n".join(["```diff", "--- a/main.py", "+++ b/main.py", *hunks, "```", ""])


def text_of(outcome: object) -> str:
    assert isinstance(outcome, Proposal), outcome
    return outcome.text


async def test_what_fits_is_kept_and_only_what_failed_is_asked_again(bench: Bench) -> None:
    outcome = await bench.ask(TEXT, diff(GOOD, BAD), diff(MENDED), at="y = 1")
    assert text_of(outcome) == TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n")
    first, second = bench.asked(0), bench.asked(1)
    assert second[: len(first)] == first
    said = "\n".join(text for _, text in second[len(first) :])
    assert "Hunk 2 was not applied" in said
    assert "y = 1.0" in said
    # The true lines, and nothing of what fitted.
    assert "def f1(x):\n    y = 1\n    return y" in said
    assert "y = 10" not in said
    assert "kept" in said


async def test_every_hunk_that_failed_is_named_with_its_lines(bench: Bench) -> None:
    outcome = await bench.ask(TEXT, diff(BAD, GOOD, WORSE), diff(MENDED, ALSO), at="y = 1")
    assert text_of(outcome).count("y = 1") == 3
    said = bench.asked(1)[-1][1]
    assert "Hunk 1 was not applied" in said
    assert "Hunk 3 was not applied" in said
    assert "Hunk 2" not in said
    assert "    y = 2\n" in said


async def test_two_rounds_may_be_needed_and_nothing_is_asked_twice(bench: Bench) -> None:
    outcome = await bench.ask(TEXT, diff(GOOD, BAD, WORSE), diff(MENDED, WORSE), diff(ALSO), at="y = 1")
    expected = TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n").replace("y = 2\n", "y = 12\n")
    assert text_of(outcome) == expected
    said = "\n".join(text for _, text in bench.asked(2)[2:])
    assert "y = 12" in said
    assert "y = 11" not in said
    assert "(2)" in said
    assert bench.report.requests == 3


async def test_an_answer_that_comes_again_completely_is_made_once(bench: Bench) -> None:
    outcome = await bench.ask(TEXT, diff(GOOD, BAD), diff(GOOD, MENDED), at="y = 1")
    assert text_of(outcome) == TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n")


async def test_a_later_answer_wins_over_what_was_kept_of_an_earlier_one(bench: Bench) -> None:
    other = GOOD.replace("y = 10", "y = 99")
    outcome = await bench.ask(TEXT, diff(GOOD, BAD), diff(other, MENDED), at="y = 1")
    assert text_of(outcome) == TEXT.replace("y = 0", "y = 99").replace("y = 1\n", "y = 11\n")


async def test_search_replace_blocks_are_mended_too(bench: Bench) -> None:
    good = "<<<<<<< SEARCH\n    y = 0\n=======\n    y = 10\n>>>>>>> REPLACE\n"
    bad = "<<<<<<< SEARCH\n    y = 1.0\n=======\n    y = 11\n>>>>>>> REPLACE\n"
    outcome = await bench.ask(TEXT, good + bad, bad.replace("1.0", "1"), at="y = 1")
    assert text_of(outcome) == TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n")
    assert bench.asked(1)[2] == ("assistant", bad.rstrip("\n"))


async def test_rewritten_functions_are_mended_too(bench: Bench) -> None:
    good = "```python\ndef f0(x):\n    return 10\n```\n"
    bad = "```python\ndef f1(x):\n    # ... existing code ...\n    frobnicate()\n    # ... existing code ...\n```\n"
    outcome = await bench.ask(TEXT, good + bad, "```python\ndef f1(x):\n    return 11\n```\n", at="y = 1")
    assert "def f0(x):\n    return 10\n" in text_of(outcome)
    assert "def f1(x):\n    return 11\n" in text_of(outcome)


async def test_after_two_repairs_the_edit_is_refused(bench: Bench) -> None:
    with pytest.raises(AnswerUnusable) as caught:
        await bench.ask(TEXT, *[diff(GOOD, BAD)] * 4, at="y = 1")
    assert caught.value.code == "unmatched_edit"
    assert len(bench.provider.prompts) == 3


async def test_words_instead_of_the_missing_half_apply_nothing(bench: Bench) -> None:
    for words in ("NO_CHANGE", "That one is not needed."):
        with pytest.raises(AnswerUnusable):
            await bench.ask(TEXT, diff(GOOD, BAD), words, words, at="y = 1")


@pytest.mark.parametrize("answer", ["**NO_CHANGE**", "`NO_CHANGE`.", "<no_change>", "It is right.\n\n**NO_CHANGE**"])
async def test_a_decorated_no_change_is_taken_at_its_word(bench: Bench, answer: str) -> None:
    outcome = await bench.ask(TEXT, answer, at="y = 1")
    assert outcome == Unchanged("It is right." if "right" in answer else "")
    assert len(bench.provider.prompts) == 1


async def test_broken_syntax_is_told_with_its_line_and_the_whole_edit_is_asked_again(bench: Bench) -> None:
    broken = "@@ @@\n def f1(x):\n-    y = 1\n+    y = (1"
    outcome = await bench.ask(TEXT, diff(GOOD, broken), diff(GOOD, MENDED), at="y = 1")
    assert "y = 11" in text_of(outcome)
    assert "no longer parses" in bench.asked(1)[-1][1]
    assert "y = 10" in bench.asked(1)[-2][1]


async def test_a_mended_half_that_breaks_the_syntax_shows_the_model_both_halves(bench: Bench) -> None:
    broken = MENDED.replace("y = 11", "y = (11")
    outcome = await bench.ask(TEXT, diff(GOOD, BAD), diff(broken), diff(GOOD, MENDED), at="y = 1")
    assert text_of(outcome) == TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n")
    assert "y = 10" in bench.asked(2)[2][1]
    assert "y = (11" in bench.asked(2)[2][1]


async def test_repairs_are_paid_from_the_same_budget(bench: Bench) -> None:
    await bench.ask(TEXT, diff(GOOD, BAD), diff(MENDED), at="y = 1")
    assert [record.status for record in bench.records] == ["answered", "answered"]
    used = bench.records[0].usage.billed_tokens + bench.records[1].usage.billed_tokens
    assert bench.report.usage is not None
    assert bench.report.usage.billed_tokens == used


async def test_a_repair_that_the_budget_does_not_allow_is_not_sent(bench: Bench) -> None:
    # Enough for one request with its whole output, not for two.
    bench.settings = replace(bench.settings, budget_session_tokens=bench.settings.max_output_tokens + 1_500)
    with pytest.raises(BudgetExceeded):
        await bench.ask(TEXT, diff(GOOD, BAD), diff(MENDED), at="y = 1")
    assert len(bench.provider.prompts) == 1


async def test_a_hard_case_goes_to_the_stronger_model_only_if_one_is_configured(bench: Bench) -> None:
    bench.settings = replace(bench.settings, model="grok-build-0.1", escalate_to="grok-4.7")
    outcome = await bench.ask(TEXT, diff(GOOD, BAD), diff(BAD), diff(MENDED), at="y = 1")
    assert text_of(outcome) == TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n")
    assert [record.model for record in bench.records] == ["grok-build-0.1", "grok-build-0.1", "grok-4.7"]
    assert bench.report.model == "grok-4.7"
    # Not at its own effort, which is high: that takes 20 to 40 s.
    assert [call.reasoning_effort for call in bench.provider.calls] == [None, None, "medium"]
    # It costs what the stronger one costs.
    assert bench.records[2].usage.cost_usd is not None
    bench.records.clear()
    bench.settings = replace(bench.settings, escalate_to=None)
    await bench.ask(TEXT, diff(GOOD, BAD), diff(BAD), diff(MENDED), at="y = 1")
    assert {record.model for record in bench.records} == {"grok-build-0.1"}


async def test_a_repair_that_leaves_out_a_hunk_is_asked_for_that_hunk_alone(bench: Bench) -> None:
    outcome = await bench.ask(TEXT, diff(GOOD, BAD, WORSE), diff(MENDED), diff(ALSO), at="y = 1")
    expected = TEXT.replace("y = 0", "y = 10").replace("y = 1\n", "y = 11\n").replace("y = 2\n", "y = 12\n")
    assert text_of(outcome) == expected
    said = "\n".join(text for _, text in bench.asked(2)[2:])
    assert "y = 12" in said
    assert "y = 11" not in said


async def test_a_repair_that_still_leaves_out_a_hunk_makes_no_half_of_the_edit(bench: Bench) -> None:
    with pytest.raises(AnswerUnusable, match="left out 1 of the changes that it was asked to correct"):
        await bench.ask(TEXT, diff(GOOD, BAD, WORSE), diff(MENDED), diff(MENDED), at="y = 1")


async def test_a_repair_in_one_hunk_for_two_is_taken(bench: Bench) -> None:
    both = "@@ @@\n def f1(x):\n-    y = 1\n+    y = 11\n     return y\n \n \n def f2(x):\n-    y = 2\n+    y = 12"
    outcome = await bench.ask(TEXT, diff(GOOD, BAD, WORSE), diff(both), at="y = 1")
    assert text_of(outcome).count("y = 1") == 3


async def test_a_repair_in_other_words_is_taken(bench: Bench) -> None:
    other = "@@ @@\n def f1(x):\n-    y = 1\n+    y = 5 + 6"
    outcome = await bench.ask(TEXT, diff(GOOD, BAD), diff(other), at="y = 1")
    assert "y = 5 + 6" in text_of(outcome)
