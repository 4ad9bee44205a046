"""The real library with the real small model: what its endpoints do, as far as grok-ls relies on it."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from grok_ls.local.serve import LocalServer, local_server

# The first run downloads half a gigabyte.
pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(1200),
    pytest.mark.xdist_group("model"),
]
QUESTION = "Answer with the word yes."


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    # Outside of any test's event loop: it lives longer than each of them.
    with asyncio.Runner() as runner:
        running = local_server("0.5b", context_tokens=2048)
        yield runner.run(running.__aenter__())
        runner.run(running.__aexit__(None, None, None))


def ask(server: LocalServer, endpoint: str, **body: Any) -> Any:
    """The events of a stream, or the object; an error's object comes with its ``status``."""
    request = urllib.request.Request(
        f"{server.base_url}/{endpoint}",
        json.dumps({"model": server.model} | body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            if not body.get("stream"):
                return json.load(answer)
            lines = [line.decode().strip() for line in answer]
    except urllib.error.HTTPError as error:
        with error:
            return {"status": error.code} | json.load(error)
    return [json.loads(line[5:]) for line in lines if line.startswith("data:") and not line.endswith("[DONE]")]


def test_responses_stream_ends_with_a_terminal_event_and_usage(server: LocalServer) -> None:
    events = ask(server, "responses", input=QUESTION, stream=True, max_output_tokens=50)
    types = [event["type"] for event in events]
    assert types[0] == "response.created"
    assert "response.output_text.delta" in types
    assert types[-1] == "response.completed"
    last = events[-1]["response"]
    text = "".join(event["delta"] for event in events if event["type"] == "response.output_text.delta")
    assert "yes" in text.lower()
    assert last["output"][0]["content"][0]["text"] == text
    assert last["model"] == server.model
    assert last["usage"]["input_tokens"] > 5
    assert 0 < last["usage"]["output_tokens"] < 50


def test_cut_answer_looks_complete_but_for_its_token_count(server: LocalServer) -> None:
    """When this fails, llama.cpp says ``incomplete`` at last, and the adapter's look at the count can go."""
    events = ask(server, "responses", input="Count to one hundred.", stream=True, max_output_tokens=7)
    last = events[-1]
    assert last["type"] == "response.completed"
    assert last["response"]["status"] == "completed"
    assert last["response"]["usage"]["output_tokens"] == 7


def test_chat_tells_a_cut_answer(server: LocalServer) -> None:
    messages = [{"role": "user", "content": "Count to one hundred."}]
    chunks = ask(
        server,
        "chat/completions",
        messages=messages,
        stream=True,
        max_tokens=7,
        stream_options={"include_usage": True},
    )
    assert [c["finish_reason"] for chunk in chunks for c in chunk["choices"] if c["finish_reason"]] == ["length"]
    assert chunks[-1]["usage"]["completion_tokens"] == 7


def test_prompt_longer_than_the_context_is_a_bad_request(server: LocalServer) -> None:
    said = ask(server, "responses", input="a b c d " * 2000, stream=True, max_output_tokens=5)
    assert said["status"] == 400
    assert said["error"]["type"] == "exceed_context_size_error"


def test_sampling_is_off_unless_the_request_asks_for_it(server: LocalServer) -> None:
    with urllib.request.urlopen(server.base_url.removesuffix("/v1") + "/props", timeout=60) as answer:
        sampling = json.load(answer)["default_generation_settings"]["params"]
    assert sampling["temperature"] == 0
    assert sampling["seed"] == 1


async def test_closed_connection_frees_the_model(server: LocalServer) -> None:
    port = int(server.base_url.split(":")[2].split("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"model": "x", "input": "Count to ten thousand.", "stream": True, "max_output_tokens": 1900})
    writer.write(
        b"POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    while b"output_text.delta" not in await reader.readline():
        pass
    writer.close()
    # It works on one request at a time: this one is only answered soon if the other one has ended.
    async with asyncio.timeout(60):
        await asyncio.to_thread(ask, server, "responses", input=QUESTION, max_output_tokens=2)
