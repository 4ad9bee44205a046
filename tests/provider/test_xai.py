"""The adapter against the fake server: what is asked, what comes back, what every fault becomes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from grok_ls.errors import AuthFailed, ProviderTimeout, Truncated
from grok_ls.provider.base import Call, ReasoningDelta, Started, TextDelta, Timeouts
from grok_ls.provider.endpoint import Api, Endpoint
from grok_ls.provider.xai import XaiProvider
from tests.fake_xai import Cut, FakeXai, Gate, answer
from tests.fake_xai.faults import FAULTS, TEAM, Fault

KEY = "xai-test-0123456789abcdef"
# Faults that hang end by these; nothing else in this file comes near them.
SHORT = Timeouts(connect_s=5, first_token_s=0.3, idle_s=0.3, total_s=30)

Connect = Callable[..., XaiProvider]


@pytest_asyncio.fixture
async def connect(fake_xai: FakeXai) -> AsyncIterator[Connect]:
    """Providers on the fake server; closed at the end."""
    made: list[XaiProvider] = []

    def make(api: Api = "auto", *, key: str | None = KEY, url: str | None = None) -> XaiProvider:
        made.append(XaiProvider(Endpoint(url or fake_xai.url, api, key, "GROK_TEST_KEY")))
        return made[-1]

    yield make
    for provider in made:
        await provider.aclose()


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_whole_answer_arrives_with_usage_and_served_model(
    fake_xai: FakeXai, connect: Connect, ask, api: Api
) -> None:
    fake_xai.script(answer("Grüße, 世界! 🎉" * 9, reasoning="let me think", split_bytes=1))
    asked = await ask(connect(api), Call("grok-code-fast-1"))
    request = await fake_xai.wait_for_end()
    assert request.outcome == "sent"
    assert asked.text == "Grüße, 世界! 🎉" * 9
    assert asked.reasoning == "let me think"
    assert isinstance(asked.events[0], Started)
    assert asked.finished.served_model == "grok-build-0.1"
    usage = asked.finished.usage
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens) == (request.input_tokens, request.output_tokens)
    assert usage.reasoning_tokens == 3
    assert usage.cost_usd == pytest.approx(request.cost_usd)
    assert not usage.estimated


async def test_responses_request_says_what_the_fact_sheet_asks(fake_xai: FakeXai, connect: Connect, ask) -> None:
    fake_xai.script(answer("ok"))
    await ask(connect("responses"), Call("grok-4.3", reasoning_effort="none"), cap=77)
    assert fake_xai.requests[0].body == {
        "model": "grok-4.3",
        "input": [{"role": "system", "content": "You repair code."}, {"role": "user", "content": "Fix: print(1"}],
        "max_output_tokens": 77,
        "prompt_cache_key": "5f2b",
        "reasoning": {"effort": "none"},
        "store": False,
        "stream": True,
    }


async def test_chat_request_caps_both_ways_and_routes_by_header(fake_xai: FakeXai, connect: Connect, ask) -> None:
    fake_xai.script(answer("ok"))
    await ask(connect("chat"), Call("grok-4.3", reasoning_effort="none"), cap=77)
    body = fake_xai.requests[0].body
    assert body["max_completion_tokens"] == 77
    assert body["reasoning_effort"] == "none"
    assert body["stream_options"] == {"include_usage": True}
    assert "store" not in body
    assert fake_xai.requests[0].headers["x-grok-conv-id"] == "5f2b"


@pytest.mark.parametrize("model", ["grok-code-fast-1", "grok-4.20-0309-reasoning", "some-unknown-model"])
async def test_effort_is_not_sent_to_models_that_do_not_take_it(
    fake_xai: FakeXai, connect: Connect, ask, model: str
) -> None:
    fake_xai.strict = False
    fake_xai.script(answer("ok"))
    assert (await ask(connect(), Call(model, reasoning_effort="high"))).text == "ok"
    assert "reasoning" not in fake_xai.requests[0].body


async def test_chat_is_used_and_remembered_where_there_is_no_responses_api(connect: Connect, ask) -> None:
    async with FakeXai(apis=("chat",)) as fake:
        fake.default = answer("ok")
        provider = connect(url=fake.url)
        assert [(await ask(provider)).text for _ in range(3)] == ["ok"] * 3
        assert [request.endpoint for request in fake.requests] == ["chat"] * 3
        assert len(fake.other) == 1


async def test_a_model_that_neither_api_has_is_named(fake_xai: FakeXai, connect: Connect, ask) -> None:
    error = (await ask(connect(), Call("grok-9"))).error
    assert error.code == "bad_request"
    assert "grok-9" in str(error)


async def test_no_foreign_header_leaves(
    fake_xai: FakeXai, connect: Connect, ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "OPENAI_API_KEY": "sk-foreign",
        "OPENAI_ADMIN_KEY": "sk-foreign",
        "OPENAI_ORG_ID": "org-foreign",
        "OPENAI_PROJECT_ID": "proj-foreign",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/foreign",
        "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer foreign\nX-Foreign: foreign",
    }.items():
        monkeypatch.setenv(name, value)
    fake_xai.script(answer("ok"), answer("ok"))
    await ask(connect("responses"))
    await ask(connect("chat"))
    for request in fake_xai.requests:
        assert "foreign" not in str(request.raw_headers)
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert set(request.headers) <= {
            "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host",
            "user-agent", "x-grok-conv-id",
        }  # fmt: skip


@pytest.mark.parametrize("api", ["responses", "chat"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_every_fault_is_the_right_error(fake_xai: FakeXai, connect: Connect, ask, fault: Fault, api: Api) -> None:
    fake_xai.strict = False
    provider = connect(api)
    fake_xai.default = fault.reply
    hangs = fault.name.startswith("hang")
    asked = await ask(provider, Call("grok-4.3", timeouts=SHORT if hangs else Timeouts()))
    assert asked.error is not None
    assert fault.error in [kind.__name__ for kind in type(asked.error).__mro__], (asked.error, asked.error.detail)
    assert asked.error.retryable or not fault.retries
    sentence = str(asked.error)
    assert TEAM not in sentence
    assert KEY not in sentence + asked.error.detail
    assert sentence.endswith(".")
    assert "\n" not in sentence
    # The next request works.
    fake_xai.default = answer("next")
    assert (await ask(provider)).text == "next"


def _length(api: Api) -> int:
    return {"responses": 18, "chat": 9}[api]


@pytest.mark.parametrize("api", ["responses", "chat"])
@pytest.mark.parametrize("manner", ["clean", "close", "reset"])
async def test_a_stream_cut_before_its_terminal_event_is_no_answer(
    fake_xai: FakeXai, connect: Connect, ask, api: Api, manner: str
) -> None:
    provider = connect(api)
    text, thought = "abcdefgh" * 2, "hmm " * 3
    fake_xai.script(answer(text, reasoning=thought))
    await ask(provider)
    names = fake_xai.requests[0].sent
    terminal = names.index("response.completed" if api == "responses" else "finish")
    for at in range(terminal + 1):
        fake_xai.script(answer(text, reasoning=thought, cut=Cut(at, manner)))  # type: ignore[arg-type]
        asked = await ask(provider)
        assert asked.error is not None, f"cut before event {at} {names[at]}"
        assert asked.error.code == "unavailable"
        assert text.startswith(asked.text)


async def test_an_answer_over_the_limit_is_cut_here_even_if_the_server_goes_on(
    fake_xai: FakeXai, connect: Connect, ask
) -> None:
    fake_xai.script(answer("word" * 50_000, ignore_cap=True))
    asked = await ask(connect(), cap=20)
    assert isinstance(asked.error, Truncated)
    assert len(asked.text) == 80
    assert (await fake_xai.wait_for_end()).disconnected


async def test_a_chat_model_that_thinks_over_the_limit_is_cut(fake_xai: FakeXai, connect: Connect, ask) -> None:
    fake_xai.script(answer("ok", reasoning="word" * 50_000))
    asked = await ask(connect("chat"), cap=20)
    assert isinstance(asked.error, Truncated)
    assert (await fake_xai.wait_for_end()).disconnected


async def test_billed_failures_carry_their_usage(fake_xai: FakeXai, connect: Connect, ask) -> None:
    fake_xai.script(answer("word" * 50))
    asked = await ask(connect("responses"), cap=20)
    assert isinstance(asked.error, Truncated)
    assert asked.error.usage.output_tokens == fake_xai.requests[0].output_tokens == 20
    assert asked.error.usage.cost_usd == pytest.approx(fake_xai.requests[0].cost_usd)


@pytest.mark.parametrize("api", ["responses", "chat"])
@pytest.mark.parametrize("at", [-1, 0, 1, 6])
async def test_closing_the_generator_closes_the_socket(
    fake_xai: FakeXai, connect: Connect, prompt, reserve, api: Api, at: int
) -> None:
    fake_xai.script(answer("word" * 50, hold_at=at, gate=Gate()))
    seen = []

    async def job() -> None:
        events = connect(api).stream(prompt, await reserve(512), Call("grok-4.3"))
        seen.extend([event async for event in events])

    task = asyncio.create_task(job())
    await fake_xai.wait_for_events(max(at, 0))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    request = await fake_xai.wait_for_disconnect()
    assert request.events_sent == max(at, 0)
    assert not any(isinstance(event, TextDelta | ReasoningDelta) for event in seen) or at == 6


async def test_breaking_off_after_a_delta_closes_the_socket(
    fake_xai: FakeXai, connect: Connect, prompt, reserve
) -> None:
    fake_xai.script(answer("word" * 50, hold_at=8, gate=Gate()))
    events = connect().stream(prompt, await reserve(512), Call("grok-4.3"))
    async for event in events:
        if isinstance(event, TextDelta):
            break
    await events.aclose()
    await fake_xai.wait_for_disconnect()


async def test_each_silence_names_its_own_setting(fake_xai: FakeXai, connect: Connect, ask) -> None:
    provider = connect("responses")
    for reply, timeouts, setting in (
        (answer("word" * 9, hold_at=0), Timeouts(first_token_s=0.1), "firstToken"),
        (answer("word" * 9, hold_at=7), Timeouts(idle_s=0.1), "idle"),
        (answer("word" * 99, delay_s=0.02), Timeouts(total_s=0.1), "total"),
    ):
        fake_xai.default = reply
        asked = await ask(provider, Call("grok-4.3", timeouts=timeouts))
        assert isinstance(asked.error, ProviderTimeout)
        assert f"grok.timeout.{setting}" in str(asked.error)


async def test_a_refused_connection_is_unavailable(connect: Connect, ask) -> None:
    async with FakeXai() as gone:
        url = gone.url
    asked = await ask(connect(url=url))
    assert asked.error.code == "unavailable"
    assert asked.error.retryable


async def test_a_missing_key_is_told_before_anything_is_sent(fake_xai: FakeXai, ask) -> None:
    asked = await ask(XaiProvider(Endpoint("https://api.x.ai/v1", "auto", None)))
    assert isinstance(asked.error, AuthFailed)
    assert "XAI_API_KEY" in str(asked.error)


async def test_redirects_are_not_followed(fake_xai: FakeXai, connect: Connect, ask) -> None:
    from tests.fake_xai import plain

    async with FakeXai() as other:
        fake_xai.script(plain(307, "", location=f"{other.url}/responses"))
        asked = await ask(connect("responses"))
        assert asked.error.code == "bad_request"
        assert "grok.baseUrl" in str(asked.error)
        assert other.connections == 0


def test_the_key_is_in_no_repr() -> None:
    assert KEY not in repr(XaiProvider(Endpoint("https://api.x.ai/v1", "auto", KEY)))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:99999/v1", "http://[::1/v1", "ftp://127.0.0.1/v1", "http://127.0.0.1\n/v1"]
)
async def test_a_base_url_that_cannot_work_is_an_answer(connect: Connect, ask, url: str) -> None:
    asked = await ask(connect(url=url))
    assert asked.error.code in ("bad_request", "unavailable")


async def test_an_unknown_host_is_unavailable(connect: Connect, ask) -> None:
    asked = await ask(connect(url="https://grok.invalid/v1"))
    assert asked.error.code == "unavailable"
    assert asked.error.retryable
    assert "grok.invalid" in str(asked.error)


async def test_local_servers_are_reached_past_a_proxy(
    fake_xai: FakeXai, connect: Connect, ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    fake_xai.script(answer("ok"))
    assert (await ask(connect())).text == "ok"


async def test_others_are_reached_through_the_proxy(
    fake_xai: FakeXai, connect: Connect, ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", fake_xai.url.removesuffix("/v1"))
    monkeypatch.delenv("NO_PROXY", raising=False)
    fake_xai.script(answer("ok"))
    assert (await ask(connect(url="http://grok.invalid/v1"))).text == "ok"
    assert fake_xai.requests[0].headers["host"] == "grok.invalid"


async def test_an_endless_line_is_not_kept_in_memory(
    fake_xai: FakeXai, connect: Connect, ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grok_ls.provider.transport.MOST_BYTES", 200_000)
    fake_xai.script(answer("ok", mutate=lambda frames: [*frames[:5], *[b"data: " + b"x" * 9999] * 100]))
    asked = await ask(connect("responses"))
    assert asked.error.code == "unavailable"
    assert "200000 bytes" in asked.error.detail
    assert (await fake_xai.wait_for_end()).events_sent < 100


async def test_a_huge_error_page_is_not_read(fake_xai: FakeXai, connect: Connect, ask) -> None:
    from tests.fake_xai import plain

    fake_xai.script(plain(503, "x" * 30_000_000))
    asked = await ask(connect())
    assert asked.error.code == "unavailable"


async def test_half_a_surrogate_pair_does_not_stop_a_request(
    fake_xai: FakeXai, connect: Connect, reserve, redacted
) -> None:
    from grok_ls.prompts.prompt import Message, Prompt

    fake_xai.script(answer("ok"), answer("ok"))
    prompt = Prompt("fix/1", (Message("user", redacted("a\ud83db")),))
    for api in ("responses", "chat"):
        events = [event async for event in connect(api).stream(prompt, await reserve(9), Call("grok-4.3"))]
        assert TextDelta("ok") in events
    assert [request.prompt for request in fake_xai.requests] == ["a?b", "a?b"]


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("-3", None), ("soon", None), ("1e999", None), ("0.5", 0.5)])
async def test_retry_after_is_read(
    fake_xai: FakeXai, connect: Connect, ask, header: str, seconds: float | None
) -> None:
    from tests.fake_xai import failure

    fake_xai.script(failure(429, "resource-exhausted", "Too many requests", retry_after=header))
    assert (await ask(connect())).error.retry_after_s == seconds


async def test_a_connection_is_used_again(fake_xai: FakeXai, connect: Connect, ask) -> None:
    fake_xai.default = answer("ok")
    for api in ("responses", "chat"):
        provider = connect(api)
        for _ in range(3):
            assert (await ask(provider)).text == "ok"
    assert fake_xai.connections == 2


async def test_the_safety_fee_is_booked(fake_xai: FakeXai, connect: Connect, ask) -> None:
    from tests.fake_xai.faults import BY_NAME

    fake_xai.script(BY_NAME["403 safety check"].reply)
    asked = await ask(connect("responses"))
    assert asked.error.status == "refused"
    assert asked.error.usage.cost_usd == fake_xai.requests[0].cost_usd == 0.05


async def test_openai_loads_with_the_first_request_only() -> None:
    import subprocess
    import sys

    code = (
        "import sys, grok_ls.provider.routing as r; r.connect([r.Target(r.Endpoint())]); print('openai' in sys.modules)"
    )
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=subprocess.PIPE)
    out, _ = await child.communicate()
    assert out.strip() == b"False"


async def test_an_answer_that_uses_up_the_limit_was_cut_whatever_its_last_event_says(
    fake_xai: FakeXai, connect: Connect, ask
) -> None:
    usage = {"input_tokens": 40, "output_tokens": 512, "total_tokens": 552}
    fake_xai.script(answer("half of an ans", usage=usage))
    asked = await ask(connect("responses"), cap=512)
    assert isinstance(asked.error, Truncated)
    assert asked.error.usage is not None
    assert asked.error.usage.output_tokens == 512


@pytest.mark.parametrize(("said", "read"), [("true", True), ("false", False), ("", None)])
async def test_what_the_endpoint_says_of_its_retention_is_passed_on(
    fake_xai: FakeXai, connect: Connect, ask, said: str, read: bool | None
) -> None:
    fake_xai.script(answer("ok", headers={"x-zero-data-retention": said} if said else {}))
    asked = await ask(connect())
    (started,) = (event for event in asked.events if isinstance(event, Started))
    assert started.keeps_nothing is read
