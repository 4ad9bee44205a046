"""Places for requests: the ceiling holds, 429 halves it, waiting is told, nothing leaks."""

from __future__ import annotations

import asyncio
import random

import pytest

from grok_ls.errors import RateLimited
from grok_ls.provider.base import Call, TextDelta, Timeouts, Waiting
from grok_ls.provider.failures import Silent
from grok_ls.provider.limits import Limited, LocalPlaces, Pace
from grok_ls.provider.scripted import ScriptedProvider


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


async def test_never_more_at_once_than_allowed_and_all_get_their_turn() -> None:
    places, running, most, done = LocalPlaces("xAI"), 0, 0, []
    chance = random.Random(5)

    async def job(number: int) -> None:
        nonlocal running, most
        async with places.place(at_once=lambda: 3, per_minute=0):
            running += 1
            most = max(most, running)
            for _ in range(chance.randrange(5)):
                await asyncio.sleep(0)
            running -= 1
            done.append(number)

    await asyncio.gather(*(job(number) for number in range(50)))
    assert most == 3
    assert sorted(done) == list(range(50))


async def test_cancelled_waiters_leave_no_gap() -> None:
    places, gate, entered = LocalPlaces("xAI"), asyncio.Event(), []

    async def job(number: int) -> None:
        async with places.place(at_once=lambda: 1, per_minute=0):
            entered.append(number)
            await gate.wait()

    tasks = [asyncio.create_task(job(number)) for number in range(4)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    tasks[2].cancel()
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert entered == [0, 3]


async def test_no_more_begin_within_a_minute_than_allowed() -> None:
    clock, told, begun = Clock(), [], []
    places = LocalPlaces("xAI", now=clock, sleep=clock.sleep)
    for _ in range(25):
        async with places.place(at_once=lambda: 0, per_minute=10, on_wait=told.append):
            begun.append(clock.now)
    assert all(later - earlier >= 60 for earlier, later in zip(begun, begun[10:], strict=False))
    assert "grok.requestsPerMinute" in told[0]


def test_the_pace_halves_once_a_round_and_creeps_up() -> None:
    clock = Clock()
    pace = Pace(20, now=clock)
    assert pace.at_once == 5
    began = pace.began()
    clock.now += 1
    for _ in range(5):
        pace.limited(began, None)
    assert pace.at_once == 2
    clock.now += 1
    pace.limited(pace.began(), None)
    pace.limited(pace.began(), None)
    assert pace.at_once == 1
    for _ in range(400):
        pace.answered()
    assert pace.at_once == 20


def test_what_the_endpoint_asks_for_holds_for_all() -> None:
    clock = Clock()
    pace = Pace(5, now=clock)
    pace.limited(pace.began(), 7.0)
    assert pace.pause_s == 7
    clock.now += 7
    assert pace.pause_s == 0


async def test_a_429_slows_the_next_and_a_success_counts(ask) -> None:
    clock = Clock()
    pace = Pace(5, now=clock)
    inner = ScriptedProvider(RateLimited("slow", retry_after_s=3), "done")
    provider = Limited(inner, LocalPlaces("xAI"), pace, per_minute=0, sleep=clock.sleep)
    await ask(provider)
    assert pace.at_once == 2
    asked = await ask(provider)
    assert asked.text == "done"
    assert asked.waits == ["The endpoint asked for a pause of 3 s."]


async def test_a_429_counts_for_those_who_wait_already(prompt, reserve) -> None:
    running, most = 0, 0

    class Slow(ScriptedProvider):
        async def stream(self, *_):
            nonlocal running, most
            running += 1
            most = max(most, running)
            try:
                await asyncio.sleep(0)
                yield TextDelta("a")
                await asyncio.sleep(0.01)
            finally:
                running -= 1

    pace, places = Pace(5), LocalPlaces("xAI")
    provider = Limited(Slow(), places, pace, per_minute=0)
    entered, leave = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with places.place(at_once=lambda: 5, per_minute=0):
            entered.set()
            await leave.wait()

    async def later() -> None:
        async for _ in provider.stream(prompt, await reserve(), Call("m")):
            pass

    holders = [asyncio.create_task(first()) for _ in range(5)]
    await entered.wait()
    waiting = [asyncio.create_task(later()) for _ in range(8)]
    await asyncio.sleep(0.01)
    pace.limited(pace.began(), None)
    leave.set()
    await asyncio.gather(*holders, *waiting)
    assert most == pace.at_once == 2


async def test_a_pause_that_is_asked_for_meanwhile_is_kept_by_those_who_wait(ask) -> None:
    clock = Clock()
    pace, places = Pace(1, now=clock), LocalPlaces("xAI")
    provider = Limited(ScriptedProvider("done"), places, pace, per_minute=0, sleep=clock.sleep)
    inside, leave = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with places.place(at_once=lambda: 1, per_minute=0):
            inside.set()
            await leave.wait()
            pace.limited(pace.began(), 9.0)

    holder = asyncio.create_task(first())
    await inside.wait()
    asking = asyncio.create_task(ask(provider))
    await asyncio.sleep(0)
    leave.set()
    asked = await asking
    await holder
    assert asked.text == "done"
    assert asked.waits[-1] == "The endpoint asked for a pause of 9 s."


async def test_waiting_for_a_place_is_told_and_bounded(ask) -> None:
    places = LocalPlaces("xAI")
    provider = Limited(ScriptedProvider("never"), places, Pace(1), per_minute=0)
    async with places.place(at_once=lambda: 1, per_minute=0):
        asked = await ask(provider, Call("m", timeouts=Timeouts(total_s=0.05)))
    assert isinstance(asked.error, Silent)
    assert "grok.concurrency" in asked.waits[0]
    async with places.place(at_once=lambda: 1, per_minute=0):
        pass


@pytest.mark.parametrize("when", ["waiting", "told", "running"])
async def test_a_cancelled_request_gives_its_place_back(prompt, reserve, when: str) -> None:
    places = LocalPlaces("xAI")
    started = asyncio.Event()

    async def forever(seconds: float) -> None:
        started.set()
        await asyncio.Event().wait()

    from grok_ls.provider.scripted import Pause

    provider = Limited(ScriptedProvider((Pause(1),), sleep=forever), places, Pace(1), per_minute=0)

    async def job() -> None:
        async for event in provider.stream(prompt, await reserve(), Call("m")):
            if isinstance(event, Waiting):
                started.set()
                if when == "told":
                    return
        raise AssertionError("not reached")

    if when == "running":
        task = asyncio.create_task(job())
        await started.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    else:
        async with places.place(at_once=lambda: 1, per_minute=0):
            task = asyncio.create_task(job())
            await started.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(10), places.place(at_once=lambda: 1, per_minute=0):
        pass
