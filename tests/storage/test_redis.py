"""What only Redis does: several machines, a server that goes away, a password."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grok_ls.budget import Ledger, Limits, SessionUse
from grok_ls.errors import BudgetExceeded
from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, StoreFailed
from grok_ls.storage.degrading import DegradingStore
from grok_ls.storage.gate import Gate
from grok_ls.storage.open import open_store
from grok_ls.storage.redis import RedisStore


def hold(clock, id_: str, amount: int, ceiling: int | None = 100) -> Hold:
    return Hold(id_, (Claim("a", amount, ceiling),), clock(), clock() + 600, Row(id_, clock(), "{}"))


async def spend(store, made: Hold, amount: int) -> None:
    await store.settle(made, [Charge("a", amount)], Row(made.id, made.made_at, "{}"))


def opened(url: str, tmp_path: Path, problems: list[str], clock) -> DegradingStore:
    store = open_store(url, tmp_path, problems.append, on_return=problems.append, now=clock)
    assert isinstance(store, DegradingStore)
    store._clock = clock
    return store


async def test_server_that_dies_in_mid_job_leaves_local_limits_and_gets_the_rest_later(
    own_redis, tmp_path: Path, clock
) -> None:
    problems: list[str] = []
    store = opened(own_redis.url, tmp_path, problems, clock)
    first, running = hold(clock, "first", 50), hold(clock, "running", 20)
    await store.reserve(first)
    await spend(store, first, 50)
    await store.reserve(running)
    own_redis.stop()
    await spend(store, running, 15)
    assert isinstance(await store.reserve(hold(clock, "too much", 36)), Denied)
    local = hold(clock, "local", 35)
    assert not isinstance(await store.reserve(local), Denied)
    await spend(store, local, 5)
    assert problems == [
        f"Redis at 127.0.0.1:{own_redis.port} does not answer: limits are counted on this machine alone until it is "
        "back; check grok.storage if it stays away."
    ]
    own_redis.start()
    clock.tick(30)
    await store.levels(["a"])
    await store._probe
    assert not store.degraded
    # It came back empty: what this machine owed is there, and so are its records.
    assert await store.levels(["a"]) == (Level("a", 20, 0),)
    assert {row.id for row in await store.rows(0)} == {"running", "local"}
    await store.aclose()
    assert problems[1:] == [
        "Redis is back: what was counted on this machine meanwhile is written down, and limits are the team's again."
    ]


async def test_machines_share_one_ceiling_and_one_cache(redis_server, clock) -> None:
    one, two = RedisStore(redis_server.url, now=clock), RedisStore(redis_server.url, now=clock)
    await one.purge()
    await one.reserve(hold(clock, "one", 60))
    assert isinstance(await two.reserve(hold(clock, "two", 41)), Denied)
    await one.put("answer", "text", 60)
    assert await two.get("answer") == "text"
    await one.aclose()
    await two.aclose()


async def test_machine_whose_clock_is_ahead_corrupts_nothing(redis_server, clock) -> None:
    late = RedisStore(redis_server.url, now=clock)
    early = RedisStore(redis_server.url, now=lambda: clock() + 3600)
    await late.purge()
    made = hold(clock, "made", 60)
    await late.reserve(made)
    assert await early.levels(["a"]) == (Level("a", 60, 0),)
    await spend(late, made, 10)
    assert await early.levels(["a"]) == (Level("a", 10, 0),)
    await late.aclose()
    await early.aclose()


SKEWS_S = [-1_000_000, -1000, -120, 120, 1000, 1_000_000]


def skewed(seconds: float) -> Callable[[], float]:
    return lambda: time.time() + seconds


@pytest.mark.parametrize("skew_s", SKEWS_S)
async def test_a_machine_with_a_wrong_clock_takes_no_place_and_no_pace_of_others(redis_server, skew_s: float) -> None:
    right, wrong = RedisStore(redis_server.url), RedisStore(redis_server.url)
    await right.purge()
    gates = Gate(right, "host"), Gate(wrong, "host", now=skewed(skew_s))

    async def taken(at_once: int, per_minute: int) -> list[bool]:
        return [not isinstance(await gates[n % 2]._take(at_once, per_minute), str) for n in range(8)]

    assert await taken(3, 0) == [True] * 3 + [False] * 5
    assert await taken(0, 5) == [True] * 2 + [False] * 6
    await right.aclose()
    await wrong.aclose()


@pytest.mark.parametrize("skew_s", SKEWS_S)
async def test_a_machine_with_a_wrong_clock_calls_no_reservation_lost(redis_server, skew_s: float) -> None:
    right, wrong = RedisStore(redis_server.url), RedisStore(redis_server.url)
    await right.purge()
    limits = Limits(session_tokens=1000, daily_usd=None)
    ledgers = Ledger(right), Ledger(wrong, now=skewed(skew_s))
    for ledger in ledgers:
        await ledger.reserve("s", limits, input_tokens=300, max_output_tokens=0, worst_usd=None)
    for ledger in ledgers:
        assert (await ledger.session("s")) == SessionUse(0, 600, 0.0)
        with pytest.raises(BudgetExceeded):
            await ledger.reserve("s", limits, input_tokens=401, max_output_tokens=0, worst_usd=None)
    await right.aclose()
    await wrong.aclose()


async def test_a_hold_expires_by_the_servers_clock(redis_server) -> None:
    store = RedisStore(redis_server.url)
    await store.purge()
    gone = Hold("gone", (Claim("a", 1, 1),), 0.0, 0.001)
    await store.reserve(gone)
    async with asyncio.timeout(10):
        while isinstance(await store.reserve(Hold("next", (Claim("a", 1, 1),), 0.0, 60.0)), Denied):
            pass
    assert await store.levels(["a"]) == (Level("a", 0, 1),)
    await store.put("short", "v", 0.0)
    await store.put("long", "v", 60.0)
    async with asyncio.timeout(10):
        while await store.get("short") is not None:
            pass
    assert await store.get("long") == "v"
    await store.aclose()


async def test_answers_expire_on_the_server_too(redis_server, clock) -> None:
    store = RedisStore(redis_server.url, now=clock)
    await store.purge()
    await store.put("short", "v", 600)
    await store.put("long", "v")
    left = [
        await store._ask(lambda client, key=key: client.pttl(f"{{grok-ls}}:text:{key}")) for key in ("short", "long")
    ]
    assert 0 < left[0] <= 600_000
    assert left[1] == -1
    await store.aclose()


async def test_purge_leaves_the_keys_of_others(redis_server, clock) -> None:
    store = RedisStore(redis_server.url, now=clock)
    await store.put("mine", "v")
    await store._ask(lambda client: client.set("theirs", "v"))
    await store.purge()
    assert await store._ask(lambda client: client.keys("*")) == ["theirs"]
    await store._ask(lambda client: client.delete("theirs"))
    await store.aclose()


async def test_refused_password_is_named_and_shown_nowhere(own_redis, clock) -> None:
    store = RedisStore(own_redis.url, now=clock)
    await store._ask(lambda client: client.config_set("requirepass", "other"))
    await store.aclose()
    wrong = RedisStore(own_redis.url.replace("//", "//user:hunter2@"), now=clock)
    with pytest.raises(StoreFailed) as caught:
        await wrong.get("a")
    assert caught.value.kind == "auth"
    assert "hunter2" not in str(caught.value) + caught.value.detail
    await wrong.aclose()


async def test_server_out_of_memory_is_named(own_redis, clock) -> None:
    store = RedisStore(own_redis.url, now=clock)
    await store._ask(lambda client: client.config_set("maxmemory", "1"))
    with pytest.raises(StoreFailed, match="refuses to store") as caught:
        await store.reserve(hold(clock, "h", 1))
    assert caught.value.kind == "refused"
    await store.aclose()


async def test_server_that_accepts_and_says_nothing_is_given_up(clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        store = RedisStore(f"redis://127.0.0.1:{port}", now=clock, answer_s=0.05)
        with pytest.raises(StoreFailed, match="does not answer") as caught:
            await store.get("a")
        assert caught.value.kind == "unreachable"
        await store.aclose()


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:notaport", "redis://[::1", "redis://127.0.0.1:1/nodb", "unix:///nowhere"]
)
async def test_address_that_cannot_work_degrades_with_one_sentence(url: str, tmp_path: Path, clock) -> None:
    problems: list[str] = []
    store = opened(url, tmp_path, problems, clock)
    await store.put("a", "b")
    assert await store.get("a") == "b"
    assert len(problems) == 1
    await store.aclose()


async def test_missing_package_is_named_with_the_way_to_get_it(tmp_path: Path, clock, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)
    problems: list[str] = []
    store = opened("redis://127.0.0.1:1", tmp_path, problems, clock)
    await store.put("a", "b")
    assert await store.get("a") == "b"
    assert "pip install grok-ls[redis]" in problems[0]
    await store.aclose()


async def test_script_cache_that_was_flushed_is_filled_again(redis_server, clock) -> None:
    store = RedisStore(redis_server.url, now=clock)
    await store.purge()
    await store.levels(["a"])
    await store._ask(lambda client: client.script_flush())
    assert await store.levels(["a"]) == (Level("a", 0, 0),)
    await store.aclose()
