"""What every store does alike."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from grok_ls.storage.age import DAY_S
from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, Store


def hold(clock, *claims: Claim, ttl_s: float = 60.0, lost: bool = True, id_: str = "") -> Hold:
    id_ = id_ or uuid.uuid4().hex
    row = Row(id_, clock(), '{"lost":true}') if lost else None
    return Hold(id_, claims, clock(), clock() + ttl_s, row)


async def test_text_is_found_until_its_time_is_over(store: Store, clock) -> None:
    await store.put("a", "one", 10)
    await store.put("b", "für immer 🙂\n\u2028\x00")
    assert await store.get("a") == "one"
    clock.tick(10)
    assert await store.get("a") is None
    assert await store.get("b") == "für immer 🙂\n\u2028\x00"
    assert await store.get("c") is None


async def test_later_text_replaces_earlier_with_its_own_time(store: Store, clock) -> None:
    await store.put("a", "one", 10)
    await store.put("a", "two")
    clock.tick(100)
    assert await store.get("a") == "two"
    await store.put("a", "three", 5)
    clock.tick(5)
    assert await store.get("a") is None


async def test_trim_drops_the_oldest_under_its_prefix_only(store: Store, clock) -> None:
    for name in ("x:1", "x:2", "y:1", "x:3"):
        await store.put(name, "ü" * 50)
        clock.tick(1)
    assert await store.trim("x:", 200) == 1
    assert [await store.get(name) is not None for name in ("x:1", "x:2", "y:1", "x:3")] == [False, True, True, True]
    assert await store.trim("x:", 200) == 0
    assert await store.trim("x:", 0) == 2
    assert await store.get("y:1") is not None


async def test_trim_prefix_is_no_pattern(store: Store) -> None:
    await store.put("a%_*[b", "1")
    await store.put("aXYZb", "2")
    assert await store.trim("a%_*[", 0) == 1
    assert await store.get("aXYZb") == "2"


async def test_hold_counts_until_it_is_settled(store: Store, clock) -> None:
    first = hold(clock, Claim("t", 60, 100), Claim("m", 5))
    assert await store.reserve(first) == (Level("t", 0, 60), Level("m", 0, 5))
    denied = await store.reserve(hold(clock, Claim("t", 41, 100)))
    assert denied == Denied(Claim("t", 41, 100), Level("t", 0, 60))
    settled = await store.settle(first, [Charge("t", 10), Charge("m", 1)], Row(first.id, clock(), "{}"))
    assert settled.booked
    assert settled.levels == (Level("t", 10, 0), Level("m", 1, 0))
    assert not isinstance(await store.reserve(hold(clock, Claim("t", 90, 100))), Denied)


async def test_denied_reserve_holds_nothing_on_any_counter(store: Store, clock) -> None:
    outcome = await store.reserve(hold(clock, Claim("a", 10, 100), Claim("b", 11, 10)))
    assert isinstance(outcome, Denied)
    assert outcome.claim.counter == "b"
    assert await store.levels(["a", "b"]) == (Level("a", 0, 0), Level("b", 0, 0))


async def test_several_holds_are_made_together_or_not_at_all(store: Store, clock) -> None:
    place, begun = hold(clock, Claim("place", 1, 1), ttl_s=900), hold(clock, Claim("begun", 1, 2), ttl_s=60, lost=False)
    assert await store.reserve(place, begun) == (Level("place", 0, 1), Level("begun", 0, 1))
    for counter, later in (("place", hold(clock, Claim("place", 1, 1))), ("begun", hold(clock, Claim("begun", 2, 2)))):
        outcome = await store.reserve(hold(clock, Claim("other", 5)), later)
        assert isinstance(outcome, Denied)
        assert (outcome.claim.counter, outcome.level) == (counter, Level(counter, 0, 1))
    assert await store.levels(["other"]) == (Level("other", 0, 0),)
    clock.tick(60)
    assert await store.levels(["place", "begun"]) == (Level("place", 0, 1), Level("begun", 0, 0))
    await store.settle(place)
    assert await store.levels(["place"]) == (Level("place", 0, 0),)


async def test_claim_of_nothing_fits_over_the_ceiling(store: Store, clock) -> None:
    first = hold(clock, Claim("a", 10, 10))
    await store.reserve(first)
    await store.settle(first, [Charge("a", 50)], Row(first.id, clock(), "{}"))
    assert not isinstance(await store.reserve(hold(clock, Claim("a", 0, 10))), Denied)
    assert isinstance(await store.reserve(hold(clock, Claim("a", 1, 10))), Denied)


async def test_settling_twice_books_once(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 10, 100))
    await store.reserve(made)
    row = Row(made.id, clock(), "{}")
    assert (await store.settle(made, [Charge("a", 7)], row)).booked
    again = await store.settle(made, [Charge("a", 7)], row)
    assert not again.booked
    assert again.levels == (Level("a", 7, 0),)
    assert await store.rows(0) == (row,)


async def test_release_gives_all_back_and_leaves_no_row(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 10, 100))
    await store.reserve(made)
    await store.settle(made)
    assert await store.levels(["a"]) == (Level("a", 0, 0),)
    assert await store.rows(0) == ()


async def test_unknown_hold_is_booked_all_the_same(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 10, 100))
    assert (await store.settle(made, [Charge("a", 7)], Row(made.id, clock(), "{}"))).booked
    assert await store.levels(["a"]) == (Level("a", 7, 0),)


async def test_expired_hold_is_booked_in_full_with_its_row(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 10, 100), Claim("b", 3), ttl_s=60)
    await store.reserve(made)
    clock.tick(59)
    assert await store.levels(["a"]) == (Level("a", 0, 10),)
    clock.tick(1)
    assert await store.levels(["a", "b"]) == (Level("a", 10, 0), Level("b", 3, 0))
    assert await store.rows(0) == (made.lost,)


async def test_late_settlement_replaces_the_loss_by_the_truth(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 10, 100), ttl_s=60)
    await store.reserve(made)
    clock.tick(61)
    assert await store.levels(["a"]) == (Level("a", 10, 0),)
    row = Row(made.id, made.made_at, '{"true":1}')
    assert (await store.settle(made, [Charge("a", 4)], row)).booked
    assert await store.levels(["a"]) == (Level("a", 4, 0),)
    assert await store.rows(0) == (row,)
    assert not (await store.settle(made, [Charge("a", 4)], row)).booked


async def test_late_release_takes_the_loss_back(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 10, 100), ttl_s=60)
    await store.reserve(made)
    clock.tick(61)
    await store.levels(["a"])
    await store.settle(made)
    assert await store.levels(["a"]) == (Level("a", 0, 0),)
    assert await store.rows(0) == ()


async def test_expired_hold_without_a_row_is_let_go(store: Store, clock) -> None:
    await store.reserve(hold(clock, Claim("slots", 1, 1), ttl_s=60, lost=False))
    clock.tick(60)
    assert await store.levels(["slots"]) == (Level("slots", 0, 0),)
    assert not isinstance(await store.reserve(hold(clock, Claim("slots", 1, 1))), Denied)


async def test_hold_from_a_clock_far_ahead_does_not_block_for_years(store: Store, clock) -> None:
    clock.tick(10 * 365 * 86_400)
    await store.reserve(hold(clock, Claim("a", 10, 10)))
    clock.tick(-10 * 365 * 86_400)
    assert await store.levels(["a"]) == (Level("a", 10, 0),)


async def test_concurrent_reserves_never_pass_the_ceiling(store: Store, clock) -> None:
    outcomes = await asyncio.gather(*(store.reserve(hold(clock, Claim("a", 7, 100))) for _ in range(50)))
    assert sum(not isinstance(outcome, Denied) for outcome in outcomes) == 14
    assert await store.levels(["a"]) == (Level("a", 0, 98),)


async def test_cancelled_caller_leaves_the_counters_whole(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 7, 100))
    await store.reserve(made)
    task = asyncio.create_task(store.settle(made, [Charge("a", 5)], Row(made.id, clock(), "{}")))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    # Whatever became of the first call, a second one leaves exactly one booking.
    await store.settle(made, [Charge("a", 5)], Row(made.id, clock(), "{}"))
    assert await store.levels(["a"]) == (Level("a", 5, 0),)
    assert len(await store.rows(0)) == 1


async def test_reset_forgets_what_was_spent_and_keeps_what_is_held(store: Store, clock) -> None:
    first, second = hold(clock, Claim("a", 10)), hold(clock, Claim("a", 20))
    await store.reserve(first)
    await store.reserve(second)
    await store.settle(first, [Charge("a", 10)], Row(first.id, clock(), "{}"))
    await store.reset("a")
    await store.reset("never seen")
    assert await store.levels(["a"]) == (Level("a", 0, 20),)


async def test_rows_come_in_order_within_their_bounds(store: Store) -> None:
    for id_, at in (("c", 30.0), ("a", 10.0), ("b", 20.0), ("b2", 20.0)):
        await store.append(Row(id_, at, id_))
    assert [row.id for row in await store.rows(10, 30)] == ["a", "b", "b2"]
    assert [row.id for row in await store.rows(20.5)] == ["c"]


async def test_many_rows_come_whole(store: Store) -> None:
    for number in range(2100):
        await store.append(Row(f"{number:04}", float(number // 7), str(number)))
    assert [row.body for row in await store.rows(0)] == [str(number) for number in range(2100)]


async def test_appending_the_same_id_keeps_the_first(store: Store) -> None:
    await store.append(Row("a", 1.0, "first"))
    await store.append(Row("a", 2.0, "second"))
    assert await store.rows(0) == (Row("a", 1.0, "first"),)


async def test_prune_forgets_old_rows_and_idle_counters(store: Store, clock) -> None:
    old = hold(clock, Claim("old", 5))
    await store.reserve(old)
    await store.settle(old, [Charge("old", 5)], Row(old.id, clock(), "{}"))
    held = hold(clock, Claim("held", 5), ttl_s=10**9)
    await store.reserve(held)
    for day in range(5):
        clock.tick(20 * DAY_S)
        await store.append(Row(f"day {day}", clock(), "{}"))
    new = hold(clock, Claim("new", 5))
    await store.reserve(new)
    await store.settle(new, [Charge("new", 5)], Row(new.id, clock(), "{}"))
    assert await store.prune(90 * DAY_S) == 1
    assert await store.levels(["old", "new", "held"]) == (Level("old", 0, 0), Level("new", 5, 0), Level("held", 0, 5))
    assert old.id not in [row.id for row in await store.rows(0)]


async def test_counters_are_kept_for_ninety_days_however_soon_rows_go(store: Store, clock) -> None:
    made = hold(clock, Claim("a", 5))
    await store.reserve(made)
    await store.settle(made, [Charge("a", 5)], Row(made.id, clock(), "{}"))
    clock.tick(20 * DAY_S)
    assert await store.prune(DAY_S) == 1
    assert await store.levels(["a"]) == (Level("a", 5, 0),)


@pytest.mark.parametrize("days", [-3650, -100, 100, 3650])
async def test_prune_under_a_clock_that_jumped_forgets_nothing_of_before(store: Store, clock, days: int) -> None:
    async def spend(counter: str) -> None:
        made = hold(clock, Claim(counter, 5))
        await store.reserve(made)
        await store.settle(made, [Charge(counter, 5)], Row(made.id, clock(), "{}"))
        await store.prune(90 * DAY_S)

    for before in ("yesterday", "today"):
        await spend(before)
        clock.tick(DAY_S)
    # Some hours of work with the wrong clock, over a midnight of it.
    clock.tick(days * DAY_S)
    for meanwhile in ("wrong", "wrong", "tomorrow"):
        await spend(meanwhile)
        clock.tick(DAY_S / 2)
    clock.tick(-days * DAY_S)
    await spend("right")
    levels = await store.levels(["yesterday", "today", "wrong", "tomorrow", "right"])
    assert [level.spent for level in levels] == [5, 5, 10, 5, 5]
    if days > 0:
        assert len(await store.rows(0)) == 6


async def test_a_clock_is_believed_again_on_the_third_day_after_a_long_holiday(store: Store, clock) -> None:
    await store.append(Row("before", clock(), "{}"))
    clock.tick(100 * DAY_S)
    pruned = []
    for day in range(3):
        clock.tick(DAY_S)
        await store.append(Row(f"day {day}", clock(), "{}"))
        pruned.append(await store.prune(90 * DAY_S))
    assert pruned == [0, 0, 1]


async def test_purge_leaves_nothing(store: Store, clock) -> None:
    await store.put("a", "text")
    await store.append(Row("r", 1.0, "{}"))
    made = hold(clock, Claim("a", 10))
    await store.reserve(made)
    assert await store.purge()
    assert await store.get("a") is None
    assert await store.rows(0) == ()
    assert await store.levels(["a"]) == (Level("a", 0, 0),)
    await store.put("a", "again")
    assert await store.get("a") == "again"


@pytest.mark.parametrize("amount", [0, 1, 2**31, 10**15])
async def test_amounts_stay_exact(store: Store, clock, amount: int) -> None:
    made = hold(clock, Claim("a", amount))
    await store.reserve(made)
    await store.settle(made, [Charge("a", amount + 1)], Row(made.id, clock(), "{}"))
    assert await store.levels(["a"]) == (Level("a", amount + 1, 0),)
