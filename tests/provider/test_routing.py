"""Fallbacks in order, told; and the whole chain over two fake servers."""

from __future__ import annotations

import pytest

from grok_ls.errors import AuthFailed, ProviderUnavailable, RateLimited
from grok_ls.provider.base import Call
from grok_ls.provider.catalogue import Model, Prices
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.routing import Route, Routed, Target, connect
from grok_ls.provider.scripted import ScriptedProvider
from tests.fake_xai import FakeXai, answer, failure
from tests.fake_xai.faults import BY_NAME


async def test_the_next_endpoint_answers_and_the_user_is_told_why(ask) -> None:
    down = ProviderUnavailable("xAI is not available (HTTP 503): try again later.")
    second = ScriptedProvider("done")
    routed = Routed([Route("xAI", ScriptedProvider(down)), Route("local", second, model="qwen")])
    asked = await ask(routed)
    assert asked.text == "done"
    assert asked.waits == ["xAI is not available (HTTP 503); asking local (qwen) instead."]
    assert second.calls[0].model == "qwen"
    assert (asked.started.endpoint, asked.started.because) == ("local", "xAI is not available (HTTP 503)")


async def test_a_wrong_key_is_the_users_to_mend(ask) -> None:
    second = ScriptedProvider("never")
    asked = await ask(Routed([Route("xAI", ScriptedProvider(AuthFailed("key"))), Route("local", second)]))
    assert isinstance(asked.error, AuthFailed)
    assert not second.calls


async def test_a_request_too_long_for_a_model_goes_to_one_that_takes_it(ask) -> None:
    def known(tokens: int):
        return lambda slug: Model(slug, tokens, Prices(0, 0, 0), Prices(0, 0, 0))

    small, large = ScriptedProvider("never"), ScriptedProvider("done")
    routed = Routed([Route("xAI", small, "little", known=known(500)), Route("b", large, "big", known=known(9000))])
    asked = await ask(routed)
    assert (asked.text, small.calls) == ("done", [])
    assert asked.waits == ["The request of up to 800 tokens is longer than little takes; asking b (big) instead."]
    assert asked.started.because == "The request of up to 800 tokens is longer than little takes"
    assert asked.started.endpoint == "b"


@pytest.mark.parametrize("second", [500, 0])
async def test_where_no_model_is_known_to_take_more_the_first_is_asked(ask, second: int) -> None:
    def known(slug: str) -> Model:
        return Model(slug, 500, Prices(0, 0, 0), Prices(0, 0, 0))

    routes = [Route("xAI", ScriptedProvider("done"), known=known)]
    if second:
        routes.append(Route("b", ScriptedProvider("never"), known=known))
    assert (await ask(Routed(routes))).text == "done"


async def test_an_answer_that_began_is_not_begun_anew(ask) -> None:
    second = ScriptedProvider("never")
    first = ScriptedProvider(("half an ans", ProviderUnavailable("broke off")))
    asked = await ask(Routed([Route("xAI", first), Route("local", second)]))
    assert str(asked.error) == "broke off"
    assert not second.calls


async def test_the_last_error_counts(ask) -> None:
    routes = [
        Route("a", ScriptedProvider(RateLimited("a: x."))),
        Route("b", ScriptedProvider(ProviderUnavailable("b: x."))),
    ]
    assert str((await ask(Routed(routes))).error) == "b: x."


async def test_the_chain_falls_back_over_real_sockets(ask) -> None:
    async with FakeXai() as first, FakeXai(strict=False) as second:
        first.default = BY_NAME["503 unavailable"].reply
        second.default = answer("from the second")
        routed = connect(
            [Target(Endpoint(first.url)), Target(Endpoint(second.url), "other-model")], retries=0, concurrency=2
        )
        for _ in range(25):
            asked = await ask(routed)
            assert asked.text == "from the second"
        assert routed.breaker == "open"
        assert len(first.requests) == 20
        assert "left alone" in asked.waits[0]
        assert second.requests[0].model == "other-model"
        await routed.aclose()


async def test_without_fallbacks_every_layer_says_its_own_sentence(ask) -> None:
    async with FakeXai() as fake:
        fake.default = failure(429, "resource-exhausted", "Too many requests", retry_after="600")
        routed = connect([Target(Endpoint(fake.url))])
        asked = await ask(routed)
        assert asked.error.code == "rate_limited"
        assert asked.error.retry_after_s == 600
        assert len(fake.requests) == 1
        await routed.aclose()


@pytest.mark.parametrize("name", ["429 requests a minute", "500 internal", "closed before headers"])
async def test_a_passing_fault_is_ridden_out(ask, name: str) -> None:
    async def at_once(seconds: float) -> None: ...

    async with FakeXai() as fake:
        fake.script(BY_NAME[name].reply, answer("done"))
        routed = connect([Target(Endpoint(fake.url))], sleep=at_once)
        asked = await ask(routed, Call("grok-4.3"))
        assert asked.text == "done"
        assert len(asked.waits) == 1
        await routed.aclose()
