"""Whatever happens to many jobs at once, no limit is passed and nothing stays reserved."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.budget import Ledger, Limits, Record, Reservation, Usage
from grok_ls.errors import BudgetExceeded
from grok_ls.storage.base import Store
from grok_ls.storage.memory import MemoryStore
from grok_ls.storage.open import open_store

LIMITS = Limits(session_tokens=5_000, daily_usd=0.05)
USD_PER_TOKEN = 0.00001
START = 1_795_262_400.0

fates = st.sampled_from(
    ["settle", "settle twice", "cancel settle", "cancel reserve", "release", "crash", "late", "unknown"]
)
steps = st.lists(st.tuples(fates, st.integers(1, 1500), st.integers(0, 100), st.integers(0, 900)), max_size=25)


@dataclass
class World:
    """What really happened, to compare the ledger with."""

    at: float = START
    tokens: int = 0
    nano: int = 0
    late: list[tuple[Reservation, Record, int]] = field(default_factory=list)

    def __call__(self) -> float:
        return self.at

    def book(self, tokens: int) -> None:
        self.tokens += tokens
        self.nano += round(tokens * USD_PER_TOKEN * 1e9)


def record(tokens: int | None) -> Record:
    cost = None if tokens is None else tokens * USD_PER_TOKEN
    usage = Usage(input_tokens=tokens, output_tokens=None if tokens is None else 0, cost_usd=cost)
    return Record(job="j", action="fix", endpoint="h", model="m", status="answered", usage=usage)


async def live(ledger: Ledger, world: World, fate: str, reserved: int, share: int) -> None:
    """One job to the end that ``fate`` gives it; it really uses ``share`` % of what it reserved."""
    asked = ledger.reserve("s", LIMITS, input_tokens=reserved, max_output_tokens=0, worst_usd=reserved * USD_PER_TOKEN)
    if fate == "cancel reserve":
        task = asyncio.create_task(asked)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        outcome = (await asyncio.gather(task, return_exceptions=True))[0]
        assert isinstance(outcome, asyncio.CancelledError | BudgetExceeded | Reservation)
        if isinstance(outcome, Reservation):
            await ledger.release(outcome)
        return
    try:
        made = await asked
    except BudgetExceeded:
        return
    used = reserved * share // 100
    if fate == "release":
        await ledger.release(made)
    elif fate == "crash":
        world.book(reserved)
    elif fate == "late":
        world.late.append((made, record(used), used))
    elif fate == "unknown":
        await ledger.settle(made, record(None))
        world.book(reserved)
    else:
        task = asyncio.create_task(ledger.settle(made, record(used)))
        if fate == "cancel settle":
            await asyncio.sleep(0)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if fate == "settle twice":
            assert not (await ledger.settle(made, record(used))).booked
        world.book(used)


async def check_limits(ledger: Ledger) -> None:
    use = await ledger.session("s")
    assert use.tokens + use.reserved <= LIMITS.session_tokens
    assert await ledger.today_usd() <= (LIMITS.daily_usd or 0) + 1e-9


async def simulate(make: Callable[[World], Awaitable[Store]], plan: list[tuple[str, int, int, int]]) -> None:
    world = World()
    store = await make(world)
    ledger = Ledger(store, now=world)
    for first in range(0, len(plan), 4):
        jobs = plan[first : first + 4]
        await asyncio.gather(*(live(ledger, world, fate, reserved, share) for fate, reserved, share, _ in jobs))
        world.at += sum(wait for *_, wait in jobs)
        await ledger.aclose()
        await check_limits(ledger)
    world.at += 1800
    await check_limits(ledger)
    for made, late, used in world.late:
        await ledger.settle(made, late)
        world.book(used)
    use = await ledger.session("s")
    assert (use.reserved, use.tokens) == (0, world.tokens)
    assert use.cost_usd == pytest.approx(world.nano / 1e9, abs=1e-6)
    await ledger.aclose()
    await store.aclose()


async def in_memory(world: World) -> Store:
    return MemoryStore(world)


@settings(deadline=None, max_examples=150)
@given(steps)
def test_no_limit_is_passed_and_nothing_leaks_in_memory(plan: list[tuple[str, int, int, int]]) -> None:
    asyncio.run(simulate(in_memory, plan))


@settings(deadline=None, max_examples=25)
@given(steps)
def test_no_limit_is_passed_and_nothing_leaks_in_sqlite(plan: list[tuple[str, int, int, int]]) -> None:
    def fail(problem: str) -> None:
        raise AssertionError(problem)

    with tempfile.TemporaryDirectory() as folder:

        async def in_sqlite(world: World) -> Store:
            return open_store("sqlite", Path(folder), fail, now=world)

        asyncio.run(simulate(in_sqlite, plan))


async def test_twenty_jobs_at_once_never_spend_more_than_the_session_has() -> None:
    ledger = Ledger(MemoryStore())
    dice, spent, refused = random.Random(1), 0, 0

    async def job() -> None:
        nonlocal spent, refused
        for _ in range(20):
            try:
                made = await ledger.reserve("s", LIMITS, input_tokens=200, max_output_tokens=100, worst_usd=None)
            except BudgetExceeded:
                refused += 1
                continue
            await asyncio.sleep(0)
            used = dice.randint(1, 300)
            await ledger.settle(made, record(used))
            spent += used

    await asyncio.gather(*(job() for _ in range(20)))
    assert refused > 0
    assert LIMITS.session_tokens - 300 < spent <= LIMITS.session_tokens
    assert (await ledger.session("s")).tokens == spent
