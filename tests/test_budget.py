from __future__ import annotations

import asyncio
import time

import pytest

from grok_ls.budget import Ledger, Limits, Record, Reservation, SessionUse, Usage, day_of
from grok_ls.errors import BudgetExceeded
from grok_ls.storage.memory import MemoryStore
from grok_ls.storage.open import open_store

NOON = time.mktime((2026, 11, 21, 12, 0, 0, 0, 0, -1))


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(clock: Clock) -> Ledger:
    return Ledger(MemoryStore(clock), now=clock)


def record(
    input_tokens: int | None = 100,
    output_tokens: int | None = 50,
    cost_usd: float | None = 0.001,
    status: str = "answered",
) -> Record:
    usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens, cost_usd=cost_usd)
    return Record(job="j", action="fix", endpoint="api.x.ai", model="grok-4.3", status=status, usage=usage)


async def reserve(
    ledger: Ledger, limits: Limits | None = None, session: str = "s", worst_usd: float | None = 0.01
) -> Reservation:
    return await ledger.reserve(
        session, limits or Limits(), input_tokens=1000, max_output_tokens=500, worst_usd=worst_usd
    )


async def test_only_the_ledger_makes_a_reservation(ledger: Ledger) -> None:
    made = await reserve(ledger)
    assert (made.session, made.input_tokens, made.max_output_tokens) == ("s", 1000, 500)
    with pytest.raises(TypeError, match=r"Ledger\.reserve"):
        Reservation("id", "s", 1, 1, made.hold, made.limits, object())


async def test_reserved_becomes_spent_as_it_really_was(ledger: Ledger) -> None:
    made = await reserve(ledger)
    assert await ledger.session("s") == SessionUse(tokens=0, reserved=1500, cost_usd=0.0)
    settlement = await ledger.settle(made, record())
    assert settlement.booked
    assert await ledger.session("s") == SessionUse(tokens=150, reserved=0, cost_usd=0.001)
    assert await ledger.today_usd() == 0.001
    (kept,) = await ledger.records()
    assert kept == settlement.record
    assert (kept.id, kept.session, kept.at) == (made.id, "s", NOON)


async def test_use_beyond_the_reservation_is_booked_truly(ledger: Ledger) -> None:
    made = await reserve(ledger)
    await ledger.settle(made, record(9000, 9000, 1.5))
    assert await ledger.session("s") == SessionUse(tokens=18_000, reserved=0, cost_usd=1.5)


async def test_settling_again_changes_nothing(ledger: Ledger) -> None:
    made = await reserve(ledger)
    await ledger.settle(made, record())
    again = await ledger.settle(made, record(9, 9, 9.0))
    assert not again.booked
    assert (await ledger.session("s")).tokens == 150
    assert len(await ledger.records()) == 1


async def test_session_limit_refuses_and_names_setting_numbers_and_next_step(ledger: Ledger) -> None:
    limits = Limits(session_tokens=3000)
    first = await reserve(ledger, limits)
    await reserve(ledger, limits)
    with pytest.raises(BudgetExceeded) as caught:
        await reserve(ledger, limits)
    assert caught.value.setting == "grok.budget.sessionTokens"
    assert str(caught.value) == (
        "Of the session limit of 3,000 tokens (grok.budget.sessionTokens), 0 tokens are spent, 3,000 tokens are "
        "reserved by running jobs, and this request may use up to 1,500 tokens more: raise that setting or reset the "
        "session count (grok.resetBudget)."
    )
    await ledger.settle(first, record())
    with pytest.raises(BudgetExceeded, match="150 tokens are spent, 1,500 tokens are reserved"):
        await reserve(ledger, limits)


async def test_request_that_can_never_fit_says_so(ledger: Ledger) -> None:
    with pytest.raises(BudgetExceeded, match=r"more than the session limit of 1,000 tokens .*choose less code"):
        await reserve(ledger, Limits(session_tokens=1000))


async def test_zero_session_tokens_is_unlimited(ledger: Ledger) -> None:
    limits = Limits(session_tokens=0, daily_usd=None)
    for _ in range(3):
        await ledger.settle(await reserve(ledger, limits, worst_usd=10**6), record(10**9, 10**9, 10.0**6))


async def test_daily_limit_covers_all_sessions_and_ends_at_midnight(ledger: Ledger, clock: Clock) -> None:
    limits = Limits(daily_usd=0.025)
    await ledger.settle(await reserve(ledger, limits, "one"), record(cost_usd=0.02))
    with pytest.raises(BudgetExceeded) as caught:
        await reserve(ledger, limits, "two")
    assert caught.value.setting == "grok.budget.dailyUsd"
    assert "$0.025" in str(caught.value)
    assert "go on tomorrow" in str(caught.value)
    clock.at += 12 * 3600 + 60
    assert await ledger.today_usd() == 0.0
    await reserve(ledger, limits, "two")


async def test_job_over_midnight_is_booked_on_the_day_it_was_reserved(ledger: Ledger, clock: Clock) -> None:
    clock.at += 12 * 3600 - 60
    made = await reserve(ledger)
    clock.at += 120
    await ledger.settle(made, record())
    assert await ledger.today_usd() == 0.0
    (kept,) = await ledger.records()
    assert day_of(kept.at) == "2026-11-21"


async def test_free_model_runs_when_the_money_is_gone(ledger: Ledger) -> None:
    limits = Limits(daily_usd=0.01)
    await ledger.settle(await reserve(ledger, limits), record(cost_usd=0.01))
    await reserve(ledger, limits, worst_usd=0.0)
    with pytest.raises(BudgetExceeded):
        await reserve(ledger, limits, worst_usd=None)


async def test_zero_dollars_lets_only_free_requests_through(ledger: Ledger) -> None:
    limits = Limits(daily_usd=0.0)
    await reserve(ledger, limits, worst_usd=0.0)
    for worst in (None, 0.000001):
        with pytest.raises(BudgetExceeded):
            await reserve(ledger, limits, worst_usd=worst)


async def test_unknown_price_counts_tokens_and_no_money(ledger: Ledger) -> None:
    made = await reserve(ledger, worst_usd=None)
    await ledger.settle(made, record(cost_usd=None))
    assert await ledger.session("s") == SessionUse(tokens=150, reserved=0, cost_usd=0.0)
    assert await ledger.today_usd() == 0.0
    (kept,) = await ledger.records()
    assert kept.usage.cost_usd is None


@pytest.mark.parametrize("status", ["answered", "cancelled"])
async def test_unknown_counts_of_a_sent_request_are_booked_as_reserved(ledger: Ledger, status: str) -> None:
    await ledger.settle(await reserve(ledger), record(None, None, None, status))
    assert await ledger.session("s") == SessionUse(tokens=1500, reserved=0, cost_usd=0.01)


@pytest.mark.parametrize("status", ["failed", "refused"])
async def test_failure_without_counts_costs_nothing(ledger: Ledger, status: str) -> None:
    await ledger.settle(await reserve(ledger), record(None, None, None, status))
    assert await ledger.session("s") == SessionUse(tokens=0, reserved=0, cost_usd=0.0)
    await ledger.settle(await reserve(ledger), record(None, None, 0.05, status))
    assert await ledger.today_usd() == 0.05


async def test_release_gives_everything_back(ledger: Ledger) -> None:
    await ledger.release(await reserve(ledger))
    assert await ledger.session("s") == SessionUse(0, 0, 0.0)
    assert await ledger.records() == ()


async def test_crash_between_reserve_and_settle_is_booked_as_lost(ledger: Ledger, clock: Clock) -> None:
    await reserve(ledger, Limits(session_tokens=2000))
    clock.at += 1799
    with pytest.raises(BudgetExceeded):
        await reserve(ledger, Limits(session_tokens=2000))
    clock.at += 1
    assert await ledger.session("s") == SessionUse(tokens=1500, reserved=0, cost_usd=0.01)
    (lost,) = await ledger.records()
    assert (lost.status, lost.usage.estimated, lost.usage.input_tokens, lost.usage.output_tokens) == (
        "lost",
        True,
        1000,
        500,
    )
    await ledger.reset("s")
    await reserve(ledger, Limits(session_tokens=2000))


async def test_what_was_known_of_a_lost_request_is_kept(ledger: Ledger, clock: Clock) -> None:
    about = record(None, None, None)
    await ledger.reserve("s", Limits(), input_tokens=1, max_output_tokens=1, worst_usd=None, about=about)
    clock.at += 1800
    (lost,) = await ledger.records()
    assert (lost.job, lost.action, lost.model, lost.status) == ("j", "fix", "grok-4.3", "lost")


async def test_job_longer_than_its_reservation_is_corrected(ledger: Ledger, clock: Clock) -> None:
    made = await reserve(ledger)
    clock.at += 4000
    assert (await ledger.session("s")).tokens == 1500
    assert (await ledger.settle(made, record())).booked
    assert (await ledger.session("s")).tokens == 150
    assert len(await ledger.records()) == 1


async def test_each_limit_warns_once_and_again_after_a_reset(ledger: Ledger) -> None:
    limits = Limits(session_tokens=10_000, daily_usd=None)

    async def spend(tokens: int) -> list[str]:
        settlement = await ledger.settle(await reserve(ledger, limits), record(tokens, 0, 0.0))
        return [warning.setting for warning in settlement.warnings]

    assert await spend(7999) == []
    assert await spend(1) == ["grok.budget.sessionTokens"]
    assert await spend(1) == []
    await ledger.reset("s")
    assert await spend(7999) == []
    assert await spend(1) == ["grok.budget.sessionTokens"]


async def test_daily_warning_comes_once_for_all_sessions_and_again_for_a_new_limit(ledger: Ledger) -> None:
    async def spend(session: str, limits: Limits) -> list[str]:
        settlement = await ledger.settle(await reserve(ledger, limits, session), record(cost_usd=0.85))
        return [warning.message for warning in settlement.warnings]

    (message,) = await spend("one", Limits(daily_usd=1.0))
    assert message == (
        "Today's requests have cost $0.85, 85 % of the limit of $1.00: raise grok.budget.dailyUsd if you need more "
        "today."
    )
    assert await spend("two", Limits(daily_usd=1.8)) != []
    assert await spend("two", Limits(daily_usd=5.0)) == []


async def test_reset_starts_a_new_count_and_keeps_the_money_of_the_day(ledger: Ledger) -> None:
    await ledger.settle(await reserve(ledger), record())
    await ledger.reset("s")
    assert await ledger.session("s") == SessionUse(0, 0, 0.0)
    assert await ledger.today_usd() == 0.001


async def test_note_keeps_a_record_that_cost_nothing(ledger: Ledger) -> None:
    hit = Record(job="j", action="fix", endpoint="h", model="m", status="answered", cache="hit")
    kept = await ledger.note("s", hit)
    assert await ledger.records() == (kept,)
    assert kept.at == NOON
    assert await ledger.session("s") == SessionUse(0, 0, 0.0)


async def test_prune_and_purge(ledger: Ledger, clock: Clock) -> None:
    await ledger.settle(await reserve(ledger), record())
    clock.at += 10 * 86_400
    await ledger.settle(await reserve(ledger), record())
    assert await ledger.prune(5) == 1
    assert len(await ledger.records()) == 1
    await ledger.purge()
    assert await ledger.records() == ()
    assert await ledger.session("s") == SessionUse(0, 0, 0.0)


async def test_old_records_are_forgotten_by_the_way(clock: Clock) -> None:
    limits = Limits(keep_days=30)
    store = MemoryStore(clock)
    first = Ledger(store, now=clock)
    await first.settle(await reserve(first, limits), record())
    for _ in range(2):
        clock.at += 20 * 86_400
        await first.settle(await reserve(first, limits), record())
    await first.aclose()
    assert len(await first.records()) == 2
    clock.at += 20 * 86_400
    second = Ledger(store, now=clock)
    await second.settle(await reserve(second, limits), record())
    await second.aclose()
    assert [kept.at for kept in await second.records()] == [clock.at - 20 * 86_400, clock.at]


@pytest.mark.parametrize("days", [-100, 100])
async def test_a_day_with_a_wrong_clock_lifts_no_limit(clock: Clock, days: int) -> None:
    store = MemoryStore(clock)
    for _ in range(3):
        before = Ledger(store, now=clock)
        await before.settle(await reserve(before), record(cost_usd=0.1))
    clock.at += days * 86_400
    wrong = Ledger(store, now=clock)
    await wrong.settle(await reserve(wrong, session="other"), record())
    await wrong.aclose()
    clock.at -= days * 86_400
    after = Ledger(store, now=clock)
    await after.settle(await reserve(after, session="third"), record(cost_usd=0.0))
    await after.aclose()
    assert await after.today_usd() == pytest.approx(0.3)
    assert (await after.session("s")).tokens == 450
    assert (await after.session("other")).tokens == 150


@pytest.mark.parametrize(
    ("limit_usd", "spent_usd", "worst_usd", "more_usd"),
    [
        (10.0, 9.5, 0.6, 5.0),
        (10.0, 9.5, 8.0, 7.5),
        (1.0, 0.0, 1.5, 0.5),
        (1.0, 0.0, 3.001, 2.01),
        (0.01, 0.0, 0.011, 0.01),
        (0.0, 0.0, 0.1, None),
    ],
)
async def test_at_the_limit_of_the_day_half_of_it_more_is_offered_or_what_the_request_needs(
    ledger: Ledger, clock: Clock, limit_usd: float, spent_usd: float, worst_usd: float, more_usd: float | None
) -> None:
    limits = Limits(daily_usd=limit_usd)
    if spent_usd:
        await ledger.settle(await reserve(ledger), record(cost_usd=spent_usd))
    with pytest.raises(BudgetExceeded) as caught:
        await reserve(ledger, limits, worst_usd=worst_usd)
    assert (caught.value.raise_by_usd, caught.value.reset_helps) == (more_usd, False)
    if more_usd:
        ledger.allow_today(more_usd)
        assert ledger.daily_limit(limit_usd) == pytest.approx(limit_usd + more_usd)
        await ledger.release(await reserve(ledger, limits, worst_usd=worst_usd))


async def test_what_was_allowed_for_today_ends_at_midnight_and_with_the_process(ledger: Ledger, clock: Clock) -> None:
    limits = Limits(daily_usd=1.0)
    ledger.allow_today(0.5)
    ledger.allow_today(0.5)
    await ledger.release(await reserve(ledger, limits, worst_usd=2.0))
    with pytest.raises(BudgetExceeded):
        await reserve(Ledger(ledger._store, now=clock), limits, worst_usd=2.0)
    clock.at += 86_400
    with pytest.raises(BudgetExceeded):
        await reserve(ledger, limits, worst_usd=2.0)
    ledger.allow_today(0.5)
    assert ledger.daily_limit(1.0) == 1.5
    assert ledger.daily_limit(None) is None


class SlowStore(MemoryStore):
    """Works in two steps, so that a caller can be cancelled between them."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.reserved = asyncio.Event()

    async def reserve(self, hold):
        outcome = await super().reserve(hold)
        self.reserved.set()
        await self.go.wait()
        return outcome

    async def settle(self, hold, charges=(), row=None):
        await self.go.wait()
        return await super().settle(hold, charges, row)


async def test_cancelled_reserve_leaves_nothing_reserved() -> None:
    store = SlowStore()
    ledger = Ledger(store)
    task = asyncio.create_task(reserve(ledger))
    await store.reserved.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    store.go.set()
    await ledger.aclose()
    assert await ledger.session("s") == SessionUse(0, 0, 0.0)


async def test_cancelled_settle_is_booked_all_the_same() -> None:
    store = SlowStore()
    ledger = Ledger(store)
    store.go.set()
    made = await reserve(ledger)
    store.go.clear()
    task = asyncio.create_task(ledger.settle(made, record()))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    store.go.set()
    await ledger.aclose()
    assert (await ledger.session("s")).tokens == 150


@pytest.mark.parametrize("session", ["", "\ud800", "x" * 100_000, "a\x00b\n", "élan 🙂"])
async def test_any_text_names_a_session(tmp_path, session: str) -> None:
    problems: list[str] = []
    store = open_store("sqlite", tmp_path, problems.append)
    ledger = Ledger(store)
    await ledger.settle(await reserve(ledger, session=session), record())
    assert (await ledger.session(session)).tokens == 150
    assert [kept.session for kept in await ledger.records()] == [session]
    assert problems == []
    await store.aclose()


@pytest.mark.parametrize("cost", [float("nan"), float("inf"), -1.0])
async def test_nonsense_from_an_endpoint_neither_breaks_nor_lowers_the_count(ledger: Ledger, cost: float) -> None:
    await ledger.settle(await reserve(ledger), record(-5, 10, cost))
    use = await ledger.session("s")
    assert use.tokens == 10
    assert use.cost_usd in (0.0, 0.01)
