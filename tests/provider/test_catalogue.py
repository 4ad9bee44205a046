"""The table of models: aliases, prices to the cent, efforts, formats."""

from __future__ import annotations

import pytest

from grok_ls.provider import catalogue
from grok_ls.usage import Usage


def test_the_retired_name_is_priced_as_what_runs() -> None:
    model = catalogue.find("grok-code-fast-1")
    assert model is not None
    assert model.slug == "grok-build-0.1"
    alias = catalogue.retired("grok-code-fast-1")
    assert alias is not None
    assert alias.retired == "2026-05-15"
    assert catalogue.retired("grok-4.3-latest") is None


def test_gateways_and_blanks_do_not_hide_a_model() -> None:
    assert catalogue.find(" x-ai/grok-4.7") is catalogue.find("grok-4.7")
    assert catalogue.find("grok-4-7") is None


def test_every_alias_leads_to_a_model() -> None:
    assert all(catalogue.find(name) is not None for name in catalogue.ALIASES)


def test_costs_count_cached_tokens_and_the_long_context() -> None:
    million = Usage(input_tokens=100_000, cached_tokens=40_000, output_tokens=10_000)
    assert catalogue.cost_usd("grok-4.3", million) == pytest.approx(0.06 * 1.25 + 0.04 * 0.20 + 0.01 * 2.50)
    long = Usage(input_tokens=200_000, cached_tokens=0, output_tokens=10_000)
    assert catalogue.cost_usd("grok-4.3", long) == pytest.approx(0.2 * 2.50 + 0.01 * 5.00)


def test_the_worst_case_is_never_less_than_any_case() -> None:
    for model in catalogue.MODELS:
        worst = catalogue.worst_cost_usd(model, 12_000, 4096)
        for cached in (0, 6000, 12_000):
            usage = Usage(input_tokens=12_000, cached_tokens=cached, output_tokens=4096)
            assert catalogue.cost_usd(model, usage) <= worst


def test_unknown_models_and_counts_have_no_price() -> None:
    assert catalogue.worst_cost_usd("qwen2.5-coder", 100, 100) is None
    assert catalogue.cost_usd("grok-4.3", Usage(input_tokens=5)) is None
    assert catalogue.priced(Usage(5, 0, 5), "grok-4.3").cost_usd == pytest.approx((5 * 1.25 + 5 * 2.5) / 1e6)
    assert catalogue.priced(Usage(5, 0, 5, cost_usd=1.0), "grok-4.3").cost_usd == 1.0


@pytest.mark.parametrize(
    ("slug", "wanted", "sent"),
    [
        ("grok-4.3", "none", "none"),
        ("grok-4.7", "none", None),
        ("grok-4.7", "xhigh", "xhigh"),
        ("grok-code-fast-1", "low", None),
        ("grok-4.20", "low", None),
        ("qwen2.5-coder", "low", None),
        ("grok-4.3", None, None),
    ],
)
def test_efforts_go_only_where_they_are_taken(slug: str, wanted: str | None, sent: str | None) -> None:
    assert catalogue.effort_for(slug, wanted) == sent


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("grok-code-fast-1", "diff"),
        ("grok-4.7", "diff"),
        ("x-ai/grok-9-turbo", "diff"),
        ("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", "rewrite"),
        ("qwen2.5-coder", "rewrite"),
        ("qwen2.5-coder:7b", "rewrite"),
        ("Qwen/Qwen2.5-Coder-32B-Instruct", "search-replace"),
        ("llama3.2:3b", "rewrite"),
        ("Llama-3.3-70B-Instruct", "search-replace"),
        ("/models/some-model.gguf", "rewrite"),
        ("claude-sonnet-5", "search-replace"),
        ("gpt-6", "search-replace"),
    ],
)
def test_edit_format_follows_what_a_model_can_do(slug: str, expected: str) -> None:
    assert catalogue.edit_format(slug) == expected
    assert catalogue.is_small(slug) is (expected == "rewrite")


def test_a_retired_name_comes_with_alternatives_and_their_prices() -> None:
    said = catalogue.alternatives()
    for slug in catalogue.INSTEAD:
        assert catalogue.find(slug) is not None
        assert catalogue.retired(slug) is None
        assert slug in said
    assert "$1.25 in, $2.50 out a million tokens" in said
