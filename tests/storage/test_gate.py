from __future__ import annotations

import asyncio

import pytest

from grok_ls.storage.base import Store
from grok_ls.storage.gate import Gate


class Turnstile:
    """A sleep that lets others run and turns the clock, and remembers that somebody slept."""

    def __init__(self, clock) -> None:
        self._clock = clock
        self.pauses: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._clock.tick(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def sleep(clock) -> Turnstile:
    return Turnstile(clock)


async def test_no_more_than_so_many_are_inside_at_once(store: Store, clock, sleep) -> None:
    gate, inside, most = Gate(store, "host", now=clock, sleep=sleep), 0, 0
    three = asyncio.Barrier(3)

    async def visit() -> None:
        nonlocal inside, most
        async with gate.place(at_once=lambda: 3, per_minute=0):
            inside += 1
            most = max(most, inside)
            await three.wait()
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(12)))
    assert most == 3
    assert (await store.levels(["gate:at once:host"]))[0].held == 0


async def test_only_so_many_begin_in_any_minute(store: Store, clock, sleep) -> None:
    gate, said = Gate(store, "host", now=clock, sleep=sleep), []
    begun: list[float] = []
    for _ in range(5):
        async with gate.place(at_once=lambda: 0, per_minute=2, on_wait=said.append):
            begun.append(clock())
    assert [later - earlier >= 60 for earlier, later in zip(begun, begun[2:], strict=False)] == [True] * 3
    assert said == ["Waiting: 2 requests to host began within a minute (grok.requestsPerMinute)."] * 2
    assert max(sleep.pauses) == 1.0


async def test_hosts_do_not_wait_for_each_other(store: Store, clock, sleep) -> None:
    async with (
        Gate(store, "one", now=clock, sleep=sleep).place(at_once=lambda: 1, per_minute=1),
        Gate(store, "two", now=clock, sleep=sleep).place(at_once=lambda: 1, per_minute=1),
    ):
        assert sleep.pauses == []


async def test_place_of_the_dead_becomes_free(store: Store, clock, sleep) -> None:
    gate = Gate(store, "host", now=clock, sleep=sleep)
    assert not isinstance(await gate._take(1, 0), str)
    died_at = clock()
    async with gate.place(at_once=lambda: 1, per_minute=0):
        assert clock() - died_at >= 900


async def test_cancelled_body_gives_its_place_back(store: Store, clock, sleep) -> None:
    gate, inside = Gate(store, "host", now=clock, sleep=sleep), asyncio.Event()

    async def stay() -> None:
        async with gate.place(at_once=lambda: 1, per_minute=0):
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stay())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await store.levels(["gate:at once:host"]))[0].held == 0


async def test_cancelled_while_waiting_leaves_no_place_behind(store: Store, clock, sleep) -> None:
    gate = Gate(store, "host", now=clock, sleep=sleep)

    async def visit() -> None:
        async with gate.place(at_once=lambda: 5, per_minute=0):
            raise AssertionError("cancelled before")

    task = asyncio.create_task(visit())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await asyncio.gather(*gate._running)
    assert (await store.levels(["gate:at once:host"]))[0].held == 0
