"""The adapter against a real llama.cpp server with a real small model, on both of its APIs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from typing import Any

import pytest
import pytest_asyncio

from grok_ls.budget import Reservation
from grok_ls.errors import BadRequest, Truncated
from grok_ls.local.serve import LocalServer, local_server
from grok_ls.prompts.prompt import Message, Prompt
from grok_ls.provider.base import Call, Started, TextDelta
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.xai import XaiProvider
from grok_ls.redaction.redact import Redacted

# The first run downloads half a gigabyte.
pytestmark = [pytest.mark.model, pytest.mark.timeout(1200), pytest.mark.xdist_group("model")]
Words = Callable[[str], Redacted]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with asyncio.Runner() as runner:
        running = local_server("0.5b", context_tokens=2048)
        yield runner.run(running.__aenter__())
        runner.run(running.__aexit__(None, None, None))


@pytest_asyncio.fixture(params=["responses", "chat", "auto"])
async def provider(server: LocalServer, request: pytest.FixtureRequest) -> AsyncIterator[XaiProvider]:
    made = XaiProvider(Endpoint(server.base_url, request.param), list_models=True)
    yield made
    await made.aclose()


@pytest.fixture
def call(server: LocalServer) -> Call:
    return Call(server.model)


@pytest.fixture
def asking(redacted: Words) -> Callable[[str], Prompt]:
    return lambda words: Prompt("test/1", (Message("user", redacted(words)),), cache_key="5f2b")


async def _all(provider: XaiProvider, prompt: Prompt, reservation: Reservation, call: Call) -> list[Any]:
    async with aclosing(provider.stream(prompt, reservation, call)) as events:
        return [event async for event in events]


Reserve = Callable[[int], Awaitable[Reservation]]
Asking = Callable[[str], Prompt]


async def test_an_answer_streams_and_ends_with_its_usage(
    provider: XaiProvider, call: Call, asking: Asking, reserve: Reserve
) -> None:
    events = await _all(provider, asking("Count from one to five in words."), await reserve(60), call)
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert "three" in text.lower()
    assert sum(isinstance(event, TextDelta) for event in events) > 3
    assert isinstance(events[0], Started)
    finished = events[-1]
    assert finished.served_model == call.model
    assert 5 < finished.usage.input_tokens < 100
    assert 0 < finished.usage.output_tokens < 60
    assert finished.usage.cost_usd is None
    assert finished.usage.estimated is False


async def test_a_cut_answer_is_refused_as_such(
    provider: XaiProvider, call: Call, asking: Asking, reserve: Reserve
) -> None:
    with pytest.raises(Truncated) as caught:
        await _all(provider, asking("Count to one hundred."), await reserve(7), call)
    assert "grok.maxOutputTokens" in caught.value.message
    assert caught.value.usage is not None
    assert caught.value.usage.output_tokens == 7


async def test_a_prompt_longer_than_the_context_is_one_clear_sentence(
    provider: XaiProvider, call: Call, asking: Asking, reserve: Reserve
) -> None:
    with pytest.raises(BadRequest) as caught:
        await _all(provider, asking("a b c d " * 2000), await reserve(5), call)
    assert caught.value.message == (
        f"The request is longer than {call.model} takes: lower grok.contextTokens or select less."
    )


async def test_abandoned_streams_free_the_models_one_place(
    provider: XaiProvider, call: Call, asking: Asking, reserve: Reserve
) -> None:
    """It works on one request at a time, and each of the abandoned ones would take it half a minute."""
    for how in (_left, _cancelled) * 3:
        await how(provider, asking(f"Count to ten thousand in words, {how.__name__}."), await reserve(1800), call)
    async with asyncio.timeout(60):
        await _all(provider, asking("Say yes."), await reserve(60), call)


async def _left(provider: XaiProvider, prompt: Prompt, reservation: Reservation, call: Call) -> None:
    async with aclosing(provider.stream(prompt, reservation, call)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                return


async def _cancelled(provider: XaiProvider, prompt: Prompt, reservation: Reservation, call: Call) -> None:
    spoke = asyncio.Event()

    async def long() -> None:
        async with aclosing(provider.stream(prompt, reservation, call)) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    spoke.set()

    task = asyncio.create_task(long())
    await spoke.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
