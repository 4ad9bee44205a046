"""The store that does not fail: what it says, what it counts meanwhile, and that the backend gets it all in the end."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, StoreFailed
from grok_ls.storage.degrading import DegradingStore
from grok_ls.storage.memory import MemoryStore
from grok_ls.storage.open import open_store
from grok_ls.storage.sqlite import FILE_NAME


class Flaky(MemoryStore):
    """A backend with a switch. ``works_but_says_no``: the work is done, the answer is lost."""

    def __init__(self, now) -> None:
        super().__init__(now)
        self.down = False
        self.works_but_says_no = False
        self.kind = "unreachable"
        self.calls = 0

    async def _gate(self, work):
        self.calls += 1
        if self.down and not self.works_but_says_no:
            work.close()
            raise StoreFailed("It is away", kind=self.kind)
        result = await work
        if self.down:
            raise StoreFailed("It is away", kind=self.kind)
        return result

    async def get(self, key):
        return await self._gate(super().get(key))

    async def put(self, key, value, ttl_s=None):
        return await self._gate(super().put(key, value, ttl_s))

    async def trim(self, prefix, max_bytes):
        return await self._gate(super().trim(prefix, max_bytes))

    async def reserve(self, hold, *also):
        return await self._gate(super().reserve(hold, *also))

    async def settle(self, hold, charges=(), row=None):
        return await self._gate(super().settle(hold, charges, row))

    async def levels(self, counters):
        return await self._gate(super().levels(counters))

    async def reset(self, counter):
        return await self._gate(super().reset(counter))

    async def append(self, row):
        return await self._gate(super().append(row))

    async def rows(self, since, until=1e18):
        return await self._gate(super().rows(since, until))

    async def prune(self, keep_s):
        return await self._gate(super().prune(keep_s))

    async def purge(self):
        return await self._gate(super().purge())


@pytest.fixture
def backend(clock) -> Flaky:
    return Flaky(clock)


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def degrading(backend: Flaky, problems: list[str], clock) -> DegradingStore:
    return DegradingStore(
        backend,
        problems.append,
        meanwhile="so we count here.",
        again="It is back.",
        on_return=problems.append,
        now=clock,
        clock=clock,
    )


def hold(clock, id_: str, amount: int, ceiling: int | None = 100) -> Hold:
    return Hold(id_, (Claim("a", amount, ceiling),), clock(), clock() + 600, Row(id_, clock(), "{}"))


async def spend(store: DegradingStore, made: Hold, amount: int) -> None:
    await store.settle(made, [Charge("a", amount)], Row(made.id, made.made_at, "{}"))


async def come_back(store: DegradingStore, backend: Flaky, clock) -> None:
    backend.down = False
    clock.tick(30)
    await store.levels(["a"])
    assert store._probe is not None
    await store._probe
    assert not store.degraded


async def test_local_counting_goes_on_from_the_last_known_truth(degrading, backend, problems, clock) -> None:
    first = hold(clock, "first", 60)
    await degrading.reserve(first)
    await spend(degrading, first, 50)
    running = hold(clock, "running", 20)
    await degrading.reserve(running)
    backend.down = True
    assert isinstance(await degrading.reserve(hold(clock, "too much", 31)), Denied)
    assert not isinstance(await degrading.reserve(hold(clock, "fits", 30)), Denied)
    await spend(degrading, running, 10)
    assert await degrading.levels(["a"]) == (Level("a", 60, 30),)
    assert problems == ["It is away: so we count here."]


async def test_what_others_spent_counts_after_the_backend_failed(degrading, backend, clock) -> None:
    others = hold(clock, "others", 90)
    await MemoryStore.reserve(backend, others)
    await MemoryStore.settle(backend, others, [Charge("a", 90)], Row(others.id, clock(), "{}"))
    await degrading.levels(["a"])
    backend.down = True
    assert isinstance(await degrading.reserve(hold(clock, "mine", 11)), Denied)


async def test_what_was_booked_meanwhile_is_paid_when_the_backend_is_back(degrading, backend, problems, clock) -> None:
    before = hold(clock, "before", 20)
    await degrading.reserve(before)
    backend.down = True
    await spend(degrading, before, 15)
    meanwhile = hold(clock, "meanwhile", 20)
    await degrading.reserve(meanwhile)
    await spend(degrading, meanwhile, 5)
    await degrading.append(Row("hit", clock(), "{}"))
    after = hold(clock, "after", 10)
    await degrading.reserve(after)
    await come_back(degrading, backend, clock)
    await spend(degrading, after, 10)
    assert await MemoryStore.levels(backend, ["a"]) == (Level("a", 30, 0),)
    assert {row.id for row in await MemoryStore.rows(backend, 0)} == {"before", "meanwhile", "hit", "after"}
    assert await degrading.levels(["a"]) == (Level("a", 30, 0),)
    assert problems == [AWAY, BACK]


async def test_call_whose_answer_got_lost_is_booked_once(degrading, backend, clock) -> None:
    made = hold(clock, "made", 20)
    await degrading.reserve(made)
    backend.down = backend.works_but_says_no = True
    await spend(degrading, made, 15)
    await come_back(degrading, backend, clock)
    assert await MemoryStore.levels(backend, ["a"]) == (Level("a", 15, 0),)
    assert len(await MemoryStore.rows(backend, 0)) == 1


async def test_hold_whose_answer_got_lost_is_given_back_if_it_is_refused_here(degrading, backend, clock) -> None:
    first = hold(clock, "first", 60, ceiling=60)
    await degrading.reserve(first)
    backend.down = backend.works_but_says_no = True
    # The backend knows no such ceiling for it, the local count does.
    backend._held["a"] = 0
    assert isinstance(await degrading.reserve(hold(clock, "second", 10, ceiling=60)), Denied)
    assert "second" in backend._holds
    await come_back(degrading, backend, clock)
    assert "second" not in backend._holds


async def test_nobody_waits_for_the_backend_while_it_is_down(degrading, backend, clock) -> None:
    backend.down = True
    await degrading.get("a")
    calls = backend.calls
    for _ in range(10):
        await degrading.get("a")
    assert backend.calls == calls
    clock.tick(30)
    await degrading.get("a")
    await asyncio.gather(degrading._probe)
    assert backend.calls == calls + 1
    assert degrading.degraded


AWAY, BACK = "It is away: so we count here.", "It is back."


async def test_each_kind_of_trouble_is_told_once_while_it_lasts(degrading, backend, problems, clock) -> None:
    backend.down = True
    for kind in ("unreachable", "unreachable", "auth", "auth"):
        backend.kind = kind
        await degrading.get("a")
        clock.tick(30)
        await degrading.get("a")
        await degrading._probe
    assert problems == [AWAY, AWAY]
    await come_back(degrading, backend, clock)
    assert problems == [AWAY, AWAY, BACK]


async def test_a_second_outage_is_told_again_and_so_is_its_end(degrading, backend, problems, clock) -> None:
    for _ in range(3):
        backend.down = True
        await degrading.get("a")
        await come_back(degrading, backend, clock)
        clock.tick(600)
    assert problems == [AWAY, BACK] * 3


async def test_a_backend_that_comes_and_goes_does_not_flood_the_user(degrading, backend, problems, clock) -> None:
    began = clock()
    while clock() - began < 3600:
        backend.down = True
        await degrading.get("a")
        await come_back(degrading, backend, clock)
    assert 10 <= len(problems) <= 14
    assert problems == [AWAY, BACK] * (len(problems) // 2)


async def test_an_outage_that_was_too_soon_to_be_told_is_told_when_it_lasts(
    degrading, backend, problems, clock
) -> None:
    backend.down = True
    await degrading.get("a")
    await come_back(degrading, backend, clock)
    backend.down = True
    await degrading.get("a")
    assert problems == [AWAY, BACK]
    for _ in range(30):
        clock.tick(30)
        await degrading.get("a")
        await degrading._probe
    assert problems == [AWAY, BACK, AWAY]


async def test_reset_and_purge_meanwhile_reach_the_backend(degrading, backend, clock) -> None:
    made = hold(clock, "made", 20)
    await degrading.reserve(made)
    await spend(degrading, made, 15)
    backend.down = True
    await degrading.reset("a")
    assert await degrading.levels(["a"]) == (Level("a", 0, 0),)
    await come_back(degrading, backend, clock)
    assert await degrading.levels(["a"]) == (Level("a", 0, 0),)
    await degrading.append(Row("r", clock(), "{}"))
    backend.down = True
    assert not await degrading.purge()
    assert await degrading.rows(0) == ()
    await come_back(degrading, backend, clock)
    assert await degrading.rows(0) == ()


async def test_memory_stays_flat_while_the_backend_works(degrading, clock) -> None:
    for number in range(50):
        made = hold(clock, f"h{number}", 1, None)
        await degrading.reserve(made)
        await spend(degrading, made, 1)
        await degrading.put(f"k{number}", "v", 10)
        await degrading.append(Row(f"r{number}", clock(), "{}"))
    local = degrading._local
    assert (local._rows, local._holds, local._texts) == ({}, {}, {})
    assert len(local._spent) == 1


async def test_cancelled_caller_loses_nothing(degrading, backend, clock) -> None:
    made = hold(clock, "made", 20)
    await degrading.reserve(made)
    task = asyncio.create_task(spend(degrading, made, 15))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await degrading.aclose()
    assert await MemoryStore.levels(backend, ["a"]) == (Level("a", 15, 0),)


async def test_closing_pays_what_is_owed_if_the_backend_is_back(degrading, backend, clock) -> None:
    made = hold(clock, "made", 20)
    await degrading.reserve(made)
    backend.down = True
    await spend(degrading, made, 15)
    backend.down = False
    await degrading.aclose()
    assert await MemoryStore.levels(backend, ["a"]) == (Level("a", 15, 0),)


async def test_closing_ends_although_the_backend_is_gone(degrading, backend, clock) -> None:
    made = hold(clock, "made", 20)
    await degrading.reserve(made)
    backend.down = True
    await spend(degrading, made, 15)
    await degrading.aclose()


async def test_closing_ends_although_the_backend_hangs(problems: list[str], clock) -> None:
    class Hanging(MemoryStore):
        async def settle(self, hold, charges=(), row=None):
            await asyncio.Event().wait()

        async def aclose(self):
            await asyncio.Event().wait()

    store = DegradingStore(Hanging(clock), problems.append, meanwhile="", now=clock, close_s=0.01)
    task = asyncio.create_task(store.settle(hold(clock, "made", 20)))
    await asyncio.sleep(0)
    await store.aclose()
    task.cancel()
    for left in list(store._running):
        left.cancel()
    await asyncio.gather(task, *store._running, return_exceptions=True)


async def test_locked_ledger_is_written_when_the_lock_is_gone(tmp_path: Path, clock, problems: list[str]) -> None:
    store = open_store("sqlite", tmp_path, problems.append, now=clock)
    assert isinstance(store, DegradingStore)
    store._clock = clock
    store._backend._busy_s = 0.05
    await store.put("a", "b")
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    made = hold(clock, "made", 20)
    await store.reserve(made)
    await spend(store, made, 15)
    assert await store.levels(["a"]) == (Level("a", 15, 0),)
    (told,) = problems
    assert told.startswith("Another program holds the lock of ")
    assert "usage is counted in memory" in told
    other.execute("ROLLBACK")
    other.close()
    clock.tick(30)
    await store.levels(["a"])
    await store._probe
    await store.aclose()
    again = open_store("sqlite", tmp_path, problems.append, now=clock)
    assert await again.levels(["a"]) == (Level("a", 15, 0),)
    assert len(await again.rows(0)) == 1
    await again.aclose()
    assert len(problems) == 1


async def test_damaged_ledger_works_again_after_purge(tmp_path: Path, problems: list[str]) -> None:
    path = tmp_path / FILE_NAME
    path.parent.mkdir()
    path.write_bytes(b"garbage" * 1000)
    store = open_store("sqlite", tmp_path, problems.append)
    await store.put("a", "b")
    assert await store.get("a") == "b"
    assert len(problems) == 1
    assert "is damaged" in problems[0]
    assert await store.purge()
    await store.put("a", "c")
    await store.aclose()
    again = open_store("sqlite", tmp_path, problems.append)
    assert await again.get("a") == "c"
    await again.aclose()
    assert len(problems) == 1


async def test_unknown_setting_is_told_and_sqlite_is_used(tmp_path: Path, problems: list[str]) -> None:
    store = open_store("postgres://x", tmp_path, problems.append)
    await store.put("a", "b")
    await store.aclose()
    assert (tmp_path / FILE_NAME).exists()
    assert problems == ["grok.storage is none of sqlite, memory and redis://…, so sqlite is used; correct the setting."]
