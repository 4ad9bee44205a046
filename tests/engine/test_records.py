"""What the ledger keeps of each request: its own times, its retries, and how often the endpoint said "too many"."""

from __future__ import annotations

from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.routing import Target, connect
from tests.engine.conftest import Bench
from tests.fake_xai import FakeXai, answer, failure

TEXT = "def area(w, h):\n    return w + h\n"
BUSY = failure(429, "resource-exhausted", "Too many requests", retry_after="0")


async def test_retried_429s_are_counted_and_told(bench: Bench, fake_xai: FakeXai) -> None:
    fake_xai.script(BUSY, BUSY, failure(500, "internal", "oops", retry_after="0"), answer("It adds."))
    bench.through = connect([Target(Endpoint(fake_xai.url))], retries=3)
    await bench.ask(TEXT, action="explain", at="w + h")
    await bench.through.aclose()
    (record,) = bench.records
    assert (record.status, record.retries, record.rate_limited) == ("answered", 3, 2)
    assert bench.report.requests == len(fake_xai.requests) == 4
    assert bench.turned_down == 2


async def test_a_429_that_another_endpoint_took_over_counts_too(bench: Bench, fake_xai: FakeXai) -> None:
    fake_xai.script(BUSY, answer("It adds."))
    first, second = Target(Endpoint(fake_xai.url)), Target(Endpoint(fake_xai.url), "grok-4.7")
    bench.through = connect([first, second], retries=0)
    await bench.ask(TEXT, action="explain", at="w + h")
    await bench.through.aclose()
    (record,) = bench.records
    assert (record.status, record.retries, record.rate_limited) == ("answered", 0, 1)
    assert bench.turned_down == 1
    assert record.served_model == "grok-4.7"


async def test_a_request_has_its_own_first_token_and_a_failed_one_none(bench: Bench) -> None:
    fix = "```diff\n@@ @@\n-    return w + h\n+    return w * h\n```\n"
    await bench.ask(TEXT, "There is a bug.", fix, at="w + h")
    assert [record.status for record in bench.records] == ["answered", "answered"]
    assert all(record.first_token_ms is not None for record in bench.records)
    assert all(record.first_token_ms <= record.total_ms for record in bench.records)  # type: ignore[operator]
