"""What well-known endpoints do differently (API fact sheet, section 12): as data, in the requests, and learned from a refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import chat, responses
from grok_ls.provider.base import Call, Started
from grok_ls.provider.endpoint import Dialect, Endpoint
from grok_ls.provider.routing import Target, connect
from grok_ls.provider.xai import Found, XaiProvider
from tests.fake_xai import FakeXai, answer, plain

CALL = Call("grok-4.3", reasoning_effort="none", service_tier="priority")
XAI = "https://api.x.ai/v1"
US = "https://us.api.x.ai/v1"
OPENROUTER = "https://openrouter.ai/api/v1"
ANTHROPIC = "https://api.anthropic.com/v1"
OLLAMA = "http://localhost:11434/v1"
LM_STUDIO = "http://127.0.0.1:1234/v1"
LLAMA_CPP = "http://[::1]:8080/v1"


def asked(url: str, prompt: Prompt, call: Call = CALL) -> dict[str, Any]:
    """The body of the first request in ``auto``."""
    dialect = Endpoint(url).dialect
    return (responses if dialect.first == "responses" else chat).request(prompt, call, 77, dialect)


@pytest.mark.parametrize(
    ("url", "first", "caps"),
    [
        (XAI, "responses", ("max_completion_tokens",)),
        (US, "responses", ("max_completion_tokens",)),
        ("https://eu-west-1.api.x.ai/v1", "responses", ("max_completion_tokens",)),
        (OPENROUTER, "chat", ("max_tokens",)),
        (ANTHROPIC, "chat", ("max_tokens",)),
        (OLLAMA, "responses", ("max_completion_tokens", "max_tokens")),
        (LM_STUDIO, "responses", ("max_completion_tokens", "max_tokens")),
        (LLAMA_CPP, "responses", ("max_completion_tokens", "max_tokens")),
        ("https://llm.example.com/v1", "responses", ("max_completion_tokens",)),
    ],
)
def test_each_endpoint_is_asked_by_its_first_api_and_capped_by_its_names(
    url: str, first: str, caps: tuple[str, ...], prompt: Prompt
) -> None:
    endpoint = Endpoint(url)
    assert endpoint.dialect.first == first
    body = chat.request(prompt, CALL, 77, endpoint.dialect)
    assert tuple(name for name in ("max_completion_tokens", "max_tokens") if name in body) == caps
    assert {body[name] for name in caps} == {77}


@pytest.mark.parametrize("url", [OPENROUTER, ANTHROPIC])
def test_what_only_xai_takes_goes_nowhere_else(url: str, prompt: Prompt) -> None:
    body = asked(url, prompt)
    assert not {"store", "prompt_cache_key", "service_tier"} & body.keys()
    assert not chat.headers(prompt, Endpoint(url).dialect)
    assert body["stream_options"] == {"include_usage": True}


def test_xai_stores_nothing_and_gets_the_tier_and_no_clear_path(prompt: Prompt) -> None:
    body = asked(XAI, prompt)
    assert body["store"] is False
    assert body["service_tier"] == "priority"
    assert body["prompt_cache_key"] == prompt.cache_key
    assert chat.request(prompt, CALL, 77, Endpoint(XAI).dialect)["service_tier"] == "priority"


@pytest.mark.parametrize("model", ["x-ai/grok-build-0.1", "claude-sonnet-5", "grok-4.20"])
def test_effort_follows_the_model_at_a_gateway_too(model: str, prompt: Prompt) -> None:
    body = asked(OPENROUTER, prompt, Call(model, reasoning_effort="low"))
    assert "reasoning_effort" not in body
    assert asked(OPENROUTER, prompt, Call("x-ai/grok-4.7", reasoning_effort="low"))["reasoning_effort"] == "low"


async def test_openrouters_cost_comments_and_errors_are_read(fake_xai: FakeXai, ask: Any) -> None:
    """Its usage names the cost in dollars; it keeps the connection alive with comments, and fails inside the stream."""
    usage = {"prompt_tokens": 40, "completion_tokens": 9, "total_tokens": 49, "cost": 0.00123, "cost_details": {}}
    comment = b": OPENROUTER PROCESSING\n\n"
    fake_xai.script(answer("done", usage=usage, mutate=lambda frames: [comment, *frames, comment]))
    provider = XaiProvider(Endpoint(fake_xai.url, "chat"))
    asked = await ask(provider)
    assert asked.text == "done"
    assert asked.finished.usage.cost_usd == 0.00123
    error = {"error": {"code": 502, "message": "Provider disconnected"}, "choices": []}
    frame = f"data: {json.dumps(error)}\n\n".encode()
    fake_xai.script(answer("half of it", mutate=lambda frames: [*frames[:3], frame]))
    assert (await ask(provider)).error.code == "unavailable"
    nested = json.dumps({"error": {"code": 402, "message": "Insufficient credits", "metadata": {}}})
    fake_xai.script(plain(402, nested))
    assert (await ask(provider)).error.code == "credits"
    await provider.aclose()


async def test_a_served_priority_costs_twice_and_an_ungranted_one_does_not(fake_xai: FakeXai, ask: Any) -> None:
    usage = {"input_tokens": 1000, "output_tokens": 10, "total_tokens": 1010}

    def granted(frames: list[bytes]) -> list[bytes]:
        return [frame.replace(b'"service_tier":"default"', b'"service_tier":"priority"') for frame in frames]

    once = (1000 * 1.25 + 10 * 2.5) / 1e6
    provider = XaiProvider(Endpoint(fake_xai.url, "responses"))
    fake_xai.script(answer("ok", usage=usage), answer("ok", usage=usage, mutate=granted))
    costs = [(await ask(provider, CALL)).finished.usage.cost_usd for _ in range(2)]
    assert costs == [pytest.approx(once), pytest.approx(2 * once)]
    assert [request.body["service_tier"] for request in fake_xai.requests] == ["priority"] * 2
    await provider.aclose()


REFUSALS = [
    (
        "chat",
        "Unsupported parameter: 'max_completion_tokens' is not supported with this model. Use 'max_tokens' instead.",
        "max_completion_tokens",
    ),
    ("chat", "Unrecognized request argument supplied: stream_options", "stream_options"),
    ("responses", "Unknown parameter: 'store'.", "store"),
    ("responses", "[{'type': 'extra_forbidden', 'loc': ['body', 'prompt_cache_key']}]", "prompt_cache_key"),
    ("responses", "service_tier is not supported by this model", "service_tier"),
]


@pytest.mark.parametrize(("api", "said", "field"), REFUSALS)
@pytest.mark.parametrize("status", [400, 422])
async def test_a_field_that_is_refused_is_left_out_from_then_on(
    fake_xai: FakeXai, ask: Any, api: Any, said: str, field: str, status: int
) -> None:
    fake_xai.script(plain(status, json.dumps({"error": {"message": said, "type": "invalid_request_error"}})))
    fake_xai.default = answer("ok")
    provider = XaiProvider(Endpoint(fake_xai.url, api))
    for _ in range(2):
        assert (await ask(provider, CALL)).text == "ok"
    assert [field in request.body for request in fake_xai.requests] == [True, False, False]
    await provider.aclose()


async def test_an_endpoint_that_refuses_everything_is_asked_so_often_and_no_more(fake_xai: FakeXai, ask: Any) -> None:
    said = "Unknown parameters: store, prompt_cache_key, service_tier, stream_options, max_tokens"
    fake_xai.default = plain(400, json.dumps({"error": {"message": said}}))
    provider = XaiProvider(Endpoint(fake_xai.url, "responses"))
    assert (await ask(provider, CALL)).error.code == "bad_request"
    assert len(fake_xai.requests) <= 6
    await provider.aclose()


@pytest.mark.parametrize("said", ["", "This model does not support parameter reasoningEffort.", "your store is empty"])
def test_other_refusals_teach_nothing(said: str) -> None:
    assert Dialect().without(said) is None


async def test_the_first_event_comes_before_the_first_word(fake_xai: FakeXai, ask: Any) -> None:
    fake_xai.script(answer("ok"))
    provider = XaiProvider(Endpoint(fake_xai.url))
    assert isinstance((await ask(provider)).events[0], Started)
    await provider.aclose()


async def test_what_was_found_of_an_endpoint_outlives_its_provider(ask) -> None:
    found: dict[str, Found] = {}
    async with FakeXai(strict=False, default=answer("done")) as fake:
        fake.script(plain(404, '{"error": "no such route"}'))
        for retries in (3, 2):
            routed = connect([Target(Endpoint(fake.url))], retries=retries, found=found)
            assert (await ask(routed)).text == "done"
            await routed.aclose()
        assert [request.endpoint for request in fake.requests] == ["responses", "chat", "chat"]
