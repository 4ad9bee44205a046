"""Memory is the model: whatever is done to SQLite or Redis gives what it gives there."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.storage.base import Charge, Claim, Hold, Row, Store
from grok_ls.storage.memory import MemoryStore
from grok_ls.storage.redis import RedisStore
from grok_ls.storage.sqlite import FILE_NAME, SqliteStore

Step = tuple[Any, ...]

START = 1_790_000_000.0
COUNTERS = ["a", "b", "ä:%_*[x]", 'q"uote\\']
STEPS = {
    "reserve": 30,
    "settle": 20,
    "release": 8,
    "levels": 10,
    "wait": 15,
    "rows": 6,
    "put": 12,
    "get": 8,
    "append": 5,
}
STEPS |= {"reset": 3, "trim": 4, "prune": 4, "purge": 1}
# A clock that is set: whether a text that had expired comes back then is nobody's concern.
SET_CLOCK = {name: weight for name, weight in STEPS.items() if name not in ("put", "get", "trim")} | {"set clock": 6}


def a_history(seed: int, length: int = 80) -> list[Step]:
    """Long enough that holds expire, are settled late and twice, and texts fill up; drawn lists stay too short."""
    dice = random.Random(seed)

    def some(most: int) -> list[str]:
        return dice.sample(COUNTERS, dice.randint(1, most))

    def step(name: str) -> Step:
        counter, which = dice.choice(COUNTERS), dice.randint(0, 50)
        match name:
            case "reserve":
                claims = [(key, dice.randint(0, 60), dice.choice([None, 100, 150])) for key in some(3)]
                return name, claims, dice.randint(1, 60), dice.random() < 0.8
            case "settle":
                return name, which, [(key, dice.randint(0, 60)) for key in some(3)]
            case "release":
                return name, which
            case "levels":
                return name, some(4)
            case "reset" | "get":
                return name, counter
            case "append":
                return name, dice.randint(0, 8), float(dice.randint(0, 100))
            case "rows":
                return name, dice.randint(-10, 200), dice.choice([None, dice.randint(0, 400)])
            case "prune":
                return name, dice.choice([0, 100, 86_400, 50 * 86_400, 100 * 86_400])
            case "put":
                return name, counter, "ü" * dice.randint(0, 20), dice.choice([None, 0, 30, 60])
            case "trim":
                return name, dice.choice(["", "a", "ä:"]), dice.randint(0, 60)
            case "wait":
                return name, dice.randint(0, 40)
            case "set clock":
                return name, dice.choice([-100, -1, 1, 2, 20, 40, 100]) * 86_400
        return (name,)

    steps = dice.choice([STEPS, SET_CLOCK])
    return [step(name) for name in dice.choices(list(steps), list(steps.values()), k=length)]


class Clock:
    at = START

    def __call__(self) -> float:
        return self.at


async def history(store: Store, clock: Clock, plan: list[Step]) -> list[object]:
    """All answers of the store."""
    holds: list[Hold] = []
    answers: list[object] = []
    for number, (name, *arguments) in enumerate(plan):
        clock.at += 1
        answers.append(await _step(store, clock, holds, number, name, arguments))
    await store.aclose()
    return answers


async def _step(store: Store, clock: Clock, holds: list[Hold], number: int, name: str, arguments: list[Any]) -> object:
    match name, arguments:
        case "reserve", [wanted, ttl_s, books]:
            id_, lost = f"hold {number}", Row(f"hold {number}", clock(), "{}")
            made = tuple(Claim(*claim) for claim in wanted)
            holds.append(Hold(id_, made, clock(), clock() + ttl_s, lost if books else None))
            return await store.reserve(holds[-1])
        case "settle", [which, charged]:
            if not holds:
                return None
            hold = holds[which % len(holds)]
            return await store.settle(
                hold, [Charge(*charge) for charge in charged], Row(hold.id, hold.made_at, '{"a":1}')
            )
        case "release", [which]:
            return await store.settle(holds[which % len(holds)]) if holds else None
        case "append", [which, at]:
            return await store.append(Row(f"row {which}", START + at, f"{number}"))
        case "rows", [since, until]:
            return await (store.rows(START + since) if until is None else store.rows(START + since, START + until))
        case "wait" | "set clock", [seconds]:
            clock.at += seconds
            return None
        case _:
            return await getattr(store, name)(*arguments)


def compare(make: Callable[[Clock], Awaitable[Store]], plan: list[Step]) -> None:
    async def both() -> tuple[list[object], list[object]]:
        here, there = Clock(), Clock()
        return await history(MemoryStore(here), here, plan), await history(await make(there), there, plan)

    model, real = asyncio.run(both())
    for step, expected, got in zip(plan, model, real, strict=True):
        assert got == expected, step


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_sqlite_answers_like_memory(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:

        async def sqlite(clock: Clock) -> Store:
            return SqliteStore(Path(folder) / FILE_NAME, now=clock)

        compare(sqlite, a_history(seed))


def test_redis_answers_like_memory(redis_server) -> None:
    async def redis(clock: Clock) -> Store:
        store = RedisStore(redis_server.url, now=clock)
        await store.purge()
        return store

    @settings(deadline=None, max_examples=60)
    @given(st.integers(0, 2**32))
    def examples(seed: int) -> None:
        compare(redis, a_history(seed))

    examples()
