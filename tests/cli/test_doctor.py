"""What doctor says of the model: who answers to a retired name, at what price, and what to choose instead."""

from __future__ import annotations

from grok_ls.cli.doctor import _model
from grok_ls.settings import Settings


def test_a_retired_name_is_a_warning_with_alternatives_and_prices() -> None:
    check = _model(Settings(model="grok-code-fast-1"))
    assert check.level == "warning"
    for words in ("grok-build-0.1", "$1.00 in, $2.00 out", "grok-4.3", "$1.25 in, $2.50 out", "grok-4.7", "2026-"):
        assert words in check.message, check.message


def test_a_model_of_the_catalogue_is_fine_and_an_unknown_one_has_no_price() -> None:
    fine, unknown = _model(Settings(model="grok-4.3")), _model(Settings(model="qwen2.5-coder"))
    assert (fine.level, unknown.level) == ("ok", "warning")
    assert "$1.25 in, $2.50 out a million tokens" in fine.message
    assert "price is unknown" in unknown.message


def test_a_model_that_thinks_long_by_itself_is_named_until_an_effort_is_chosen() -> None:
    slow, quick = _model(Settings(model="grok-4.7")), _model(Settings(model="grok-4.7", reasoning_effort="low"))
    assert (slow.level, quick.level) == ("warning", "ok")
    assert "$2.00 in, $6.00 out a million tokens" in slow.message
    assert "set grok.reasoningEffort to low" in slow.message
    assert "Effort" not in quick.message
