"""Usage objects of all endpoints, right and wrong, as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.provider import accounting, catalogue
from grok_ls.usage import Usage


def read(given: Any, slug: str, *, times: float = 1.0) -> Usage | None:
    known = catalogue.find(slug)
    return accounting.read(given, known.times(times) if known else None)


# Recorded: the proof that Chat counts reasoning apart, and two more (fact sheet, section 4).
MINI = {
    "prompt_tokens": 12,
    "completion_tokens": 1,
    "total_tokens": 241,
    "prompt_tokens_details": {"cached_tokens": 2},
    "completion_tokens_details": {"reasoning_tokens": 228},
    "cost_in_usd_ticks": 1176500,
}
RESPONSES = {
    "input_tokens": 216,
    "output_tokens": 923,
    "total_tokens": 1139,
    "input_tokens_details": {"cached_tokens": 192},
    "output_tokens_details": {"reasoning_tokens": 323},
}


def test_chat_at_xai_adds_reasoning() -> None:
    assert read(MINI, "grok-3-mini") == Usage(12, 2, 229, 228, pytest.approx(0.00011765))


def test_chat_elsewhere_includes_reasoning() -> None:
    assert read({**MINI, "completion_tokens": 229}, "m").output_tokens == 229


def test_responses_includes_reasoning() -> None:
    assert replace(read(RESPONSES, "grok-build-0.1"), cost_usd=None) == Usage(216, 192, 923, 323)


def test_without_ticks_the_served_model_is_priced() -> None:
    assert read(RESPONSES, "grok-build-0.1").cost_usd == pytest.approx((24 * 1.0 + 192 * 0.2 + 923 * 2.0) / 1e6)
    assert read(RESPONSES, "grok-build-0.1", times=1.1).cost_usd == pytest.approx(
        1.1 * (24 * 1.0 + 192 * 0.2 + 923 * 2.0) / 1e6
    )
    assert read(RESPONSES, "some-model").cost_usd is None


def test_costs_in_any_unit_win_over_the_table() -> None:
    for field, value in (("cost_in_usd_ticks", 20_000_000), ("cost_in_nano_usd", 2_000_000), ("cost", 0.002)):
        assert read({**RESPONSES, field: value}, "grok-build-0.1").cost_usd == pytest.approx(0.002)


def test_unknown_counts_are_none_and_not_zero() -> None:
    assert read(None, "m") is None
    assert read({}, "m") is None
    assert read({"prompt_tokens": 5, "completion_tokens": 2}, "m") == Usage(5, None, 2, None, None)


@pytest.mark.parametrize("wrong", [-1, "12", True, 1.5, float("nan"), float("inf"), [], {}])
def test_wrong_values_are_unknown(wrong) -> None:
    assert read({**RESPONSES, "input_tokens": wrong}, "m").input_tokens is None
    assert read({**RESPONSES, "cost_in_usd_ticks": wrong}, "m").cost_usd is None or wrong in (1.5, True)
    assert read({**RESPONSES, "output_tokens_details": wrong}, "m").reasoning_tokens is None


def test_more_cached_than_sent_is_clamped() -> None:
    assert read({**RESPONSES, "input_tokens_details": {"cached_tokens": 999}}, "m").cached_tokens == 216


def test_absurd_counts_and_costs_are_unknown() -> None:
    assert read({"input_tokens": 10**30, "output_tokens": 3, "cost_in_usd_ticks": 10**40}, "m") == Usage(None, None, 3)


anything = st.none() | st.integers() | st.floats() | st.text(max_size=3) | st.booleans()
names = st.sampled_from([*MINI, *RESPONSES])


details = st.dictionaries(st.sampled_from(["cached_tokens", "reasoning_tokens"]), anything)


@settings(deadline=None)
@given(st.dictionaries(names, anything | details))
def test_no_usage_object_breaks_it(given_usage) -> None:
    usage = read(given_usage, "grok-4.3")
    if usage is not None:
        assert usage.billed_tokens >= 0
        assert usage.cost_usd is None or usage.cost_usd >= 0
        assert (usage.reasoning_tokens or 0) <= (usage.output_tokens or usage.reasoning_tokens or 0)
