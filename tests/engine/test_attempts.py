"""Several attempts of one request: each is within the budget, and what each cost is booked, however the job ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from grok_ls.budget import Ledger
from grok_ls.engine import Explanation
from grok_ls.errors import ProviderError, ProviderUnavailable
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.routing import Routed, Target, connect
from tests.engine.conftest import Bench
from tests.fake_xai import Cut, FakeXai, Gate, answer, failure

TEXT = "def area(w, h):\n    return w + h\n"
TAKEN = answer("x", cut=Cut(0))  # the connection closes after the headers: the prompt may be billed


async def _at_once(seconds: float) -> None: ...


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[FakeXai]:
    async with FakeXai(strict=False) as server:
        yield server


@pytest_asyncio.fixture
async def second() -> AsyncIterator[FakeXai]:
    async with FakeXai(strict=False) as server:
        yield server


@pytest_asyncio.fixture
async def through(bench: Bench, fake: FakeXai, second: FakeXai) -> AsyncIterator[Routed]:
    bench.settings = replace(bench.settings, model="grok-4.3", max_output_tokens=64, base_url=fake.url)
    bench.through = made = connect(
        [Target(Endpoint(fake.url)), Target(Endpoint(second.url), "grok-4.7")], sleep=_at_once
    )
    yield made
    await made.aclose()


async def use(bench: Bench) -> tuple[int, int]:
    session = await Ledger(bench.store).session("session")
    return session.tokens, session.reserved


async def test_billed_attempts_never_pass_the_limit(bench: Bench, fake: FakeXai) -> None:
    through = connect([Target(Endpoint(fake.url))], sleep=_at_once)
    settings = replace(bench.settings, model="grok-4.3", max_output_tokens=64)

    async def spend(limit: int) -> tuple[int, int, int]:
        """With that limit: requests, tokens booked, tokens reserved."""
        fake.requests.clear()
        fake.default = TAKEN
        poor = Bench(settings=replace(settings, budget_session_tokens=limit), through=through)
        with pytest.raises(ProviderUnavailable):
            await poor.ask(TEXT, action="explain", at="w + h")
        return len(fake.requests), *await use(poor)

    requests, booked, _ = await spend(0)
    assert requests == 4
    one = booked // 4
    for allowed in (1, 2, 3):
        limit = allowed * (one + 64)
        requests, booked, reserved = await spend(limit)
        assert requests == allowed
        assert booked <= limit
        assert reserved == 0
    await through.aclose()


async def test_what_each_attempt_cost_is_in_the_record(bench: Bench, through: Routed, fake: FakeXai) -> None:
    fake.script(TAKEN, TAKEN, answer("It adds."))
    assert isinstance(await bench.ask(TEXT, action="explain", at="w + h"), Explanation)
    (record,) = bench.records
    assert (record.status, record.retries) == ("answered", 2)
    assert record.usage.billed_tokens >= fake.tokens_spent
    assert record.usage.cost_usd is not None
    assert await use(bench) == (record.usage.billed_tokens, 0)
    assert bench.report.requests == 3


async def test_a_count_that_the_last_attempt_leaves_out_is_booked_as_reserved(
    bench: Bench, through: Routed, fake: FakeXai
) -> None:
    fake.script(TAKEN, answer("It adds.", usage={"input_tokens": 40}))
    await bench.ask(TEXT, action="explain", at="w + h")
    (record,) = bench.records
    assert record.usage.output_tokens == bench.settings.max_output_tokens


async def test_a_cancel_in_a_later_attempt_books_the_earlier_ones(bench: Bench, through: Routed, fake: FakeXai) -> None:
    fake.script(TAKEN, answer("It adds. " * 20, hold_at=6, gate=Gate()))
    job = asyncio.create_task(bench.ask(TEXT, action="explain", at="w + h"))
    await fake.wait_for_events(6, 2)
    job.cancel()
    await asyncio.wait([job])
    (record,) = bench.records
    assert record.status == "cancelled"
    assert record.usage.billed_tokens >= fake.tokens_spent
    assert (record.usage.input_tokens or 0) >= 2 * 300  # both prompts
    assert await use(bench) == (record.usage.billed_tokens, 0)


async def test_who_answers_is_known_from_the_first_event_on(
    bench: Bench, through: Routed, fake: FakeXai, second: FakeXai
) -> None:
    fake.default = failure(500, "x", "y")
    second.script(answer("It adds. " * 20, hold_at=6, gate=Gate()))
    job = asyncio.create_task(bench.ask(TEXT, action="explain", at="w + h"))
    await second.wait_for_events(6)
    job.cancel()
    await asyncio.wait([job])
    (record,) = bench.records
    assert record.endpoint == f"127.0.0.1:{second.port}"
    assert record.served_model == "grok-4.7"


async def test_a_fallbacks_answer_is_not_kept_for_the_model_that_was_asked(
    bench: Bench, through: Routed, fake: FakeXai, second: FakeXai
) -> None:
    bench.settings = replace(bench.settings, cache_enabled=True)
    fake.default = failure(500, "x", "y")
    second.default = answer("Of the fallback.")
    await bench.ask(TEXT, action="explain", at="w + h")
    assert bench.report.fallback.startswith("Answered by ")
    fake.default = answer("Of the first.")
    explained = await bench.ask(TEXT, action="explain", at="w + h")
    assert isinstance(explained, Explanation)
    assert "Of the first." in explained.markdown
    assert bench.report.cache == "miss"


async def test_a_record_tells_first_event_and_first_word_apart_and_names_the_request(
    bench: Bench, through: Routed, fake: FakeXai
) -> None:
    fake.script(answer("It adds.", reasoning="Well. " * 10))
    await bench.ask(TEXT, action="explain", at="w + h")
    (record,) = bench.records
    assert record.first_event_ms is not None
    assert record.first_token_ms is not None
    assert record.first_event_ms <= record.first_token_ms
    assert record.request_id
    assert len(record.request_id) == 36


@pytest.mark.parametrize(("status", "kind"), [(404, "not_found"), (401, "auth"), (400, "bad_request")])
async def test_a_record_has_the_finer_kind_of_failure(
    bench: Bench, through: Routed, fake: FakeXai, status: int, kind: str
) -> None:
    fake.default = failure(status, "x", "the model is not known")
    with pytest.raises(ProviderError):
        await bench.ask(TEXT, action="explain", at="w + h")
    assert bench.records[0].kind == kind
