"""Every fault of the endpoint through engine, provider and ledger: the record, the books, and that the next job works."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from grok_ls.budget import Ledger
from grok_ls.engine import Explanation
from grok_ls.errors import GrokError, ProviderUnavailable
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.routing import Routed, Target, connect
from tests.engine.conftest import Bench
from tests.fake_xai import Cut, FakeXai, answer
from tests.fake_xai.faults import FAULTS, Fault

TEXT = "def area(w, h):\n    return w + h\n"
WORDS = "It adds the two, and the area is their product."
APIS: Any = ["responses", "chat"]


async def _at_once(seconds: float) -> None: ...


@pytest_asyncio.fixture(params=APIS)
async def through(request: pytest.FixtureRequest, bench: Bench, fake_xai: FakeXai) -> AsyncIterator[Routed]:
    fake_xai.strict = False
    made = connect([Target(Endpoint(fake_xai.url, request.param))], retries=1, sleep=_at_once)
    bench.through = made
    bench.settings = replace(bench.settings, model="grok-4.3", max_output_tokens=512)
    yield made
    await made.aclose()


async def reserved(bench: Bench) -> int:
    return (await Ledger(bench.store).session("session")).reserved


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_fault_is_booked_as_it_ended_and_the_next_job_works(
    bench: Bench, through: Routed, fake_xai: FakeXai, fault: Fault
) -> None:
    fake_xai.default = fault.reply
    if fault.name.startswith("hang"):
        bench.settings = replace(bench.settings, timeout_first_token=1.5, timeout_idle=1.5)
    with pytest.raises(GrokError) as caught:
        await bench.ask(TEXT, action="explain", at="w + h")
    (record,) = bench.records
    assert (record.status, record.code) == (caught.value.status, caught.value.code)
    assert record.retries == len(fake_xai.requests) - 1 == (1 if fault.retries else 0)
    assert await reserved(bench) == 0
    booked = (await Ledger(bench.store).session("session")).tokens
    assert booked == record.usage.billed_tokens
    if record.usage.estimated and booked:
        # Ours is never less than the endpoint's own count of what it did.
        assert booked >= fake_xai.tokens_spent
    fake_xai.default = answer(WORDS)
    assert isinstance(await bench.ask(TEXT, action="explain", at="w + h"), Explanation)
    assert [r.status for r in bench.records] == [record.status, "answered"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:{closed}/v1", "https://127.0.0.1:{open}/v1"])
async def test_a_way_that_leads_nowhere_costs_nothing(bench: Bench, fake_xai: FakeXai, url: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = url.format(closed=unused.getsockname()[1], open=fake_xai.port)
        bench.through = connect([Target(Endpoint(nowhere))], retries=1, sleep=_at_once)
        bench.settings = replace(bench.settings, model="grok-4.3", timeout_connect=0.3)
        with pytest.raises(GrokError) as caught:
            await bench.ask(TEXT, action="explain", at="w + h")
        await bench.through.aclose()
    (record,) = bench.records
    assert (record.status, record.code, record.retries) == (caught.value.status, caught.value.code, 1)
    assert record.usage.billed_tokens == 0
    assert await reserved(bench) == 0
    bench.through = connect([Target(Endpoint(fake_xai.url))])
    fake_xai.default = answer(WORDS)
    assert isinstance(await bench.ask(TEXT, action="explain", at="w + h"), Explanation)
    await bench.through.aclose()


async def test_a_cut_at_any_event_is_no_answer(bench: Bench, through: Routed, fake_xai: FakeXai) -> None:
    fake_xai.default = answer(WORDS)
    await bench.ask(TEXT, action="explain", at="w + h")
    events = fake_xai.requests[0].events_sent
    bench.records.clear()
    for at in range(events - 1):
        for manner in ("clean", "close", "reset"):
            fake_xai.default = answer(WORDS, cut=Cut(at, manner))
            with contextlib.suppress(ProviderUnavailable):
                outcome = await bench.ask(TEXT, action="explain", at="w + h", instruction=f"{at} {manner}")
                # Chat's finish reason ends the answer, the usage only comes after it.
                assert fake_xai.requests[-1].endpoint == "chat", (at, manner)
                assert isinstance(outcome, Explanation)
                assert outcome.markdown.strip() == WORDS
    assert await reserved(bench) == 0
    assert {(record.status, record.code) for record in bench.records} <= {("failed", "unavailable"), ("answered", None)}
    assert sum(record.status == "failed" for record in bench.records) > events


async def test_bytes_that_drip_are_an_answer_all_the_same(bench: Bench, through: Routed, fake_xai: FakeXai) -> None:
    fake_xai.default = answer("Grüße, 世界! 🎉 " * 3, split_bytes=1)
    outcome = await bench.ask(TEXT, action="explain", at="w + h")
    assert isinstance(outcome, Explanation)
    assert outcome.markdown.strip() == ("Grüße, 世界! 🎉 " * 3).strip()


WRONG: list[Any] = [
    "missing",
    {},
    {"input_tokens": -5, "output_tokens": -1, "prompt_tokens": -5, "completion_tokens": -1},
    {"input_tokens": "many", "output_tokens": None, "prompt_tokens": [], "completion_tokens": {}},
    {"input_tokens": 10**30, "output_tokens": 3, "prompt_tokens": 10**30, "completion_tokens": 3},
    {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 1, "cost_in_usd_ticks": -7},
]


@pytest.mark.parametrize("usage", WRONG, ids=range(len(WRONG)))
async def test_wrong_counts_neither_lose_the_answer_nor_the_books(
    bench: Bench, through: Routed, fake_xai: FakeXai, usage: Any
) -> None:
    fake_xai.default = answer(WORDS, usage=usage)
    assert isinstance(await bench.ask(TEXT, action="explain", at="w + h"), Explanation)
    (record,) = bench.records
    assert record.status == "answered"
    use = await Ledger(bench.store).session("session")
    assert use.reserved == 0
    assert use.tokens >= 0
    assert use.cost_usd >= 0


@pytest.mark.parametrize("jump_s", [-86_400.0, 86_400.0])
async def test_a_clock_that_jumps_in_mid_job_breaks_nothing(
    bench: Bench, through: Routed, fake_xai: FakeXai, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    import time

    real = time.time

    def jump(request: Any) -> Any:
        monkeypatch.setattr(time, "time", lambda: real() + jump_s)
        return answer(WORDS)

    fake_xai.default = jump
    assert isinstance(await bench.ask(TEXT, action="explain", at="w + h"), Explanation)
    assert await reserved(bench) == 0
    assert bench.records[0].total_ms is not None
    assert 0 <= bench.records[0].total_ms < 60_000
