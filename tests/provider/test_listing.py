"""The endpoint's own list of models: read defensively, asked beside a request, and better than the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import catalogue, endpoint, listing
from grok_ls.provider.base import Call
from grok_ls.provider.catalogue import Prices
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.routing import Target, connect
from grok_ls.provider.xai import XaiProvider
from tests.fake_xai import FakeXai, answer, control

KEY = "xai-" + "Test0" * 16
# The shape of xAI's REST reference: cents per 100 million tokens.
CARD = {
    "id": "grok-4.3",
    "aliases": ["grok-4.3-latest"],
    "prompt_text_token_price": 15000,
    "cached_prompt_text_token_price": 2500,
    "completion_text_token_price": 30000,
}
REPORTED = {"input_tokens": 1000, "output_tokens": 10, "total_tokens": 1010}


def test_prices_are_in_dollars_per_million_and_found_by_alias() -> None:
    models = listing.read({"models": [CARD]})
    assert models["grok-4.3"].prices == Prices(1.5, 0.25, 3.0)
    assert models["grok-4.3-latest"] is models["grok-4.3"]
    assert models["grok-4.3"].long_prices == Prices(3.0, 0.5, 6.0)
    assert models["grok-4.3"].efforts == catalogue.MODELS[3].efforts


def test_the_long_context_is_as_listed() -> None:
    longer = {f"{name}_long_context": 40000 for name in CARD if name.endswith("price")}
    model = listing.read({"models": [CARD | longer | {"long_context_threshold": 128_000}]})["grok-4.3"]
    assert model.prices_at(127_999) == Prices(1.5, 0.25, 3.0)
    assert model.prices_at(128_000) == Prices(4.0, 4.0, 4.0)


def test_a_model_that_the_catalogue_does_not_have_gets_a_price() -> None:
    models = listing.read({"models": [CARD | {"id": "grok-5", "aliases": None, "context_length": 2_000_000}]})
    assert catalogue.worst_cost_usd(models["grok-5"], 1000, 100) == pytest.approx((1000 * 1.5 + 100 * 3.0) / 1e6)
    assert models["grok-5"].context_tokens == 2_000_000
    assert models["grok-5"].efforts == ()


@pytest.mark.parametrize("wrong", [None, "2", -1, True, [], float("nan"), float("inf")])
def test_a_price_that_is_none_is_not_believed(wrong: Any) -> None:
    assert listing.read({"models": [CARD | {"completion_text_token_price": wrong}]}) == {}
    assert listing.read({"models": [CARD | {"cached_prompt_text_token_price": wrong}]})["grok-4.3"].prices.cached == 1.5


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*CARD, "models", "data"]) | st.text(), inner),
)


@settings(deadline=None)
@given(_JSON)
def test_nothing_that_an_endpoint_says_raises(said: Any) -> None:
    listing.read(said)
    listing.read({"models": [said, CARD]})


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the fake answer ``/v1/language-models`` with these models."""

    def give(*models: dict[str, Any]) -> None:
        real = control.answer_other

        def answer_other(fake: FakeXai, head: Any, body: bytes) -> Any:
            if head.path == "/v1/language-models":
                return control._json({"models": list(models)})
            return real(fake, head, body)

        monkeypatch.setattr(control, "answer_other", answer_other)

    return give


@pytest.fixture(autouse=True)
def _loopback_has_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LOCAL", replace(endpoint.LOCAL, lists_models=True))


async def _prices(provider: XaiProvider) -> None:
    """Wait until the list that was asked for has been read."""
    assert provider._listing is not None
    await provider._listing


async def test_a_request_is_priced_by_the_endpoints_own_list(
    fake_xai: FakeXai, ask: Any, listed: Callable[..., None]
) -> None:
    listed(CARD)
    fake_xai.default = answer("ok", usage=REPORTED)
    provider = XaiProvider(Endpoint(fake_xai.url, api_key=KEY), list_models=True)
    assert (await ask(provider)).text == "ok"
    await _prices(provider)
    assert (await ask(provider)).finished.usage.cost_usd == pytest.approx((1000 * 1.5 + 10 * 3.0) / 1e6)
    assert [(head.method, head.path) for head in fake_xai.other] == [("GET", "/v1/language-models")]
    await provider.aclose()


async def test_ticks_win_over_the_list(fake_xai: FakeXai, ask: Any, listed: Callable[..., None]) -> None:
    listed(CARD)
    fake_xai.default = answer("ok", usage=REPORTED | {"cost_in_usd_ticks": 70_000_000})
    provider = XaiProvider(Endpoint(fake_xai.url, api_key=KEY), list_models=True)
    await ask(provider)
    await _prices(provider)
    assert (await ask(provider)).finished.usage.cost_usd == 0.007
    await provider.aclose()


async def test_no_request_waits_for_the_list_and_closing_ends_it(
    fake_xai: FakeXai, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_xai.default = answer("ok")
    provider = XaiProvider(Endpoint(fake_xai.url, api_key=KEY), list_models=True)

    async def hang(*_: Any) -> None:
        await fake_xai.wait_until(lambda: False)

    monkeypatch.setattr(provider, "_list", hang)
    assert [(await ask(provider)).text for _ in range(2)] == ["ok", "ok"]
    assert provider._listing is not None
    assert not provider._listing.done()
    await provider.aclose()
    assert provider._listing.cancelled()


async def test_an_endpoint_without_a_list_is_asked_once_and_the_catalogue_stands(
    fake_xai: FakeXai, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = control.failure(404, "not-found", "The requested resource was not found.")
    monkeypatch.setattr(control, "answer_other", lambda *_: missing)
    fake_xai.default = answer("ok", usage=REPORTED)
    provider = XaiProvider(Endpoint(fake_xai.url, api_key=KEY), list_models=True)
    await ask(provider)
    await _prices(provider)
    assert (await ask(provider)).finished.usage.cost_usd == pytest.approx((1000 * 1.25 + 10 * 2.5) / 1e6)
    assert len(fake_xai.other) == 1
    await provider.aclose()


async def test_nobody_is_asked_without_a_key_or_before_an_answer(fake_xai: FakeXai, ask: Any) -> None:
    fake_xai.default = answer("ok")
    local = XaiProvider(Endpoint(fake_xai.url, api_key=KEY))
    assert (await ask(local)).text == "ok"
    await local.aclose()
    without = XaiProvider(Endpoint(fake_xai.url, api_key=None), list_models=True)
    assert (await ask(without)).text == "ok"
    refused = XaiProvider(Endpoint(fake_xai.url, api_key=KEY), list_models=True)
    fake_xai.script(control.failure(401, "unauthenticated", "Invalid or expired credentials"))
    assert (await ask(refused)).error is not None
    assert not fake_xai.other
    await without.aclose()
    await refused.aclose()


async def test_the_worst_case_is_that_of_the_dearest_endpoint(prompt: Prompt) -> None:
    us = Target(Endpoint("https://us.api.x.ai/v1", api_key=KEY))
    routed = connect([Target(Endpoint(api_key=KEY)), Target(Endpoint("http://127.0.0.1:1/v1"), "some-local"), us])
    assert routed.worst_usd("grok-4.7", 1000, 100) == pytest.approx(1.1 * (1000 * 2.0 + 100 * 6.0) / 1e6)
    assert routed.worst_usd("unheard-of", 1000, 100) is None
    assert routed.known("grok-4.7") == catalogue.find("grok-4.7")
    assert Call(model="grok-4.7").reasoning_effort is None
