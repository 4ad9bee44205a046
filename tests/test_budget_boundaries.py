"""Where the ledger's numbers begin and end: the last value on each side of every limit."""

from __future__ import annotations

import time

import pytest

from grok_ls.budget import Ledger, Limits, Record, SessionUse, Usage, _money, _tokens, day_of
from grok_ls.errors import BudgetExceeded
from grok_ls.storage.memory import MemoryStore

NOON = time.mktime((2026, 11, 21, 12, 0, 0, 0, 0, -1))
DAY_S = 86_400.0
NANO_USD = 1e-9


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


def record(usage: Usage, status: str = "answered") -> Record:
    return Record(job="j", action="fix", endpoint="api.x.ai", model="grok-4.3", status=status, usage=usage)


async def spend(ledger: Ledger, limits: Limits, tokens: int, usd: float | None = 0.0) -> tuple[str, ...]:
    """What the user is told when so much is booked."""
    made = await ledger.reserve("s", limits, input_tokens=tokens, max_output_tokens=0, worst_usd=usd)
    settled = await ledger.settle(made, record(Usage(input_tokens=tokens, output_tokens=0, cost_usd=usd)))
    return tuple(warning.message for warning in settled.warnings)


@pytest.mark.parametrize(
    ("nano", "words"),
    [
        (0, "$0"),
        (1, "$0.000000001"),
        (90_000, "$0.00009"),
        (99_999, "$0.000099999"),
        (100_000, "$0.0001"),
        (123_456, "$0.00012"),
        (54_321_000, "$0.054"),
        (99_999_999, "$0.1"),
        (100_000_000, "$0.10"),
        (123_456_789, "$0.12"),
        (1_234_500_000_000, "$1,234.50"),
    ],
)
def test_money_is_told_with_as_many_digits_as_it_needs(nano: int, words: str) -> None:
    assert _money(nano) == words


@pytest.mark.parametrize(("count", "words"), [(0, "0 tokens"), (1, "1 token"), (2, "2 tokens"), (1500, "1,500 tokens")])
def test_one_token_is_no_plural(count: int, words: str) -> None:
    assert _tokens(count) == words


@pytest.mark.parametrize(("taken", "given"), [(-1, 0), (0, -1), (-1, -1), (-1, 5)])
async def test_a_reservation_is_never_negative(ledger: Ledger, taken: int, given: int) -> None:
    with pytest.raises(ValueError, match=f"{taken} \\+ {given} tokens"):
        await ledger.reserve("s", Limits(), input_tokens=taken, max_output_tokens=given, worst_usd=0.0)
    await ledger.reserve("s", Limits(), input_tokens=0, max_output_tokens=0, worst_usd=0.0)


async def test_a_reservation_lives_half_an_hour(ledger: Ledger, clock: Clock) -> None:
    await ledger.reserve("s", Limits(), input_tokens=10, max_output_tokens=5, worst_usd=0.25)
    clock.at = NOON + 1_799.0
    assert (await ledger.session("s")).reserved == 15
    clock.at = NOON + 1_801.0
    use = await ledger.session("s")
    assert (use.tokens, use.reserved, use.cost_usd) == (15, 0, 0.25)
    (lost,) = await ledger.records()
    assert (lost.status, lost.usage) == (
        "lost",
        Usage(input_tokens=10, output_tokens=5, cost_usd=0.25, estimated=True),
    )


@pytest.mark.parametrize("status", ["failed", "refused"])
async def test_a_failure_without_counts_books_its_fee_and_no_token(ledger: Ledger, status: str) -> None:
    for usd in (0.05, None):
        made = await ledger.reserve("s", Limits(), input_tokens=10, max_output_tokens=5, worst_usd=0.25)
        await ledger.settle(made, record(Usage(cost_usd=usd), status))
    use = await ledger.session("s")
    assert (use.tokens, use.cost_usd) == (0, 0.05)


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        (Usage(input_tokens=3), 3 + 5),
        (Usage(output_tokens=2), 10 + 2),
        (Usage(input_tokens=0, output_tokens=0), 0),
        (Usage(input_tokens=-4, output_tokens=2), 2),
        (Usage(input_tokens=4, output_tokens=-2), 4),
    ],
)
async def test_a_count_that_is_missing_is_the_reserved_one_and_none_is_negative(
    ledger: Ledger, usage: Usage, tokens: int
) -> None:
    made = await ledger.reserve("s", Limits(), input_tokens=10, max_output_tokens=5, worst_usd=0.25)
    await ledger.settle(made, record(usage, "failed"))
    assert (await ledger.session("s")).tokens == tokens


@pytest.mark.parametrize(
    ("worst_usd", "cost_usd", "booked"),
    [
        (None, None, 0.0),
        (None, 0.5, 0.5),
        (0.25, None, 0.25),
        (0.25, -1.0, 0.0),
        (0.25, float("nan"), 0.25),
        (0.25, float("inf"), 0.25),
        (0.0, None, 0.0),
        (2 * NANO_USD, None, 2 * NANO_USD),
    ],
)
async def test_money_that_nobody_reported_is_the_worst_case_if_it_had_a_price(
    ledger: Ledger, worst_usd: float | None, cost_usd: float | None, booked: float
) -> None:
    made = await ledger.reserve("s", Limits(), input_tokens=10, max_output_tokens=5, worst_usd=worst_usd)
    await ledger.settle(made, record(Usage(input_tokens=1, output_tokens=1, cost_usd=cost_usd)))
    assert (await ledger.session("s")).cost_usd == booked
    assert await ledger.today_usd() == booked


async def test_the_worst_case_is_rounded_up_and_a_limit_down(ledger: Ledger) -> None:
    limits = Limits(daily_usd=2.9 * NANO_USD)
    with pytest.raises(BudgetExceeded, match=r"up to \$0.000000003, more than today's limit of \$0.000000002"):
        await ledger.reserve("s", limits, input_tokens=1, max_output_tokens=1, worst_usd=2.1 * NANO_USD)
    await ledger.reserve("s", limits, input_tokens=1, max_output_tokens=1, worst_usd=1.9 * NANO_USD)
    with pytest.raises(BudgetExceeded):
        await ledger.reserve("s", limits, input_tokens=1, max_output_tokens=1, worst_usd=None)
    await ledger.reserve("s", limits, input_tokens=1, max_output_tokens=1, worst_usd=-1.0)


async def test_the_last_token_of_a_session_can_be_used(ledger: Ledger) -> None:
    limits = Limits(session_tokens=100, daily_usd=None, warn_at=2.0)
    await spend(ledger, limits, 60)
    with pytest.raises(BudgetExceeded) as caught:
        await ledger.reserve("s", limits, input_tokens=41, max_output_tokens=0, worst_usd=0.0)
    assert str(caught.value) == (
        "Of the session limit of 100 tokens (grok.budget.sessionTokens), 60 tokens are spent, and this request may use "
        "up to 41 tokens more: raise that setting or reset the session count (grok.resetBudget)."
    )
    assert caught.value.reset_helps
    held = await ledger.reserve("s", limits, input_tokens=40, max_output_tokens=0, worst_usd=0.0)
    with pytest.raises(BudgetExceeded, match=r"60 tokens are spent, 40 tokens are reserved by running jobs, and this"):
        await ledger.reserve("s", limits, input_tokens=100, max_output_tokens=0, worst_usd=0.0)
    with pytest.raises(BudgetExceeded, match=r"This request may use up to 101 tokens, more than the session limit"):
        await ledger.reserve("s", limits, input_tokens=101, max_output_tokens=0, worst_usd=0.0)
    await ledger.release(held)
    await ledger.reserve("s", limits, input_tokens=0, max_output_tokens=40, worst_usd=0.0)


async def test_a_day_that_is_spent_says_to_go_on_tomorrow(ledger: Ledger, clock: Clock) -> None:
    limits = Limits(session_tokens=0, daily_usd=1.0)
    assert await spend(ledger, limits, 1, 0.7) == ()
    with pytest.raises(BudgetExceeded) as caught:
        await ledger.reserve("s", limits, input_tokens=1, max_output_tokens=0, worst_usd=0.4)
    assert str(caught.value) == (
        "Of today's limit of $1.00 (grok.budget.dailyUsd), $0.70 are spent, and this request may use up to $0.40 more: "
        "raise that setting or go on tomorrow."
    )
    assert not caught.value.reset_helps
    clock.at += DAY_S
    assert day_of(clock.at) == "2026-11-22"
    await ledger.reserve("s", limits, input_tokens=1, max_output_tokens=0, worst_usd=0.4)


async def test_the_share_that_warns_is_met_and_not_only_passed(ledger: Ledger) -> None:
    limits = Limits(session_tokens=1_000, daily_usd=None, warn_at=0.8)
    assert await spend(ledger, limits, 799) == ()
    assert await spend(ledger, limits, 1) == (
        "This session has used 80 % of its 1,000 tokens: raise grok.budget.sessionTokens or reset the session count "
        "(grok.resetBudget) before it runs out.",
    )
    assert await spend(ledger, limits, 100) == ()


async def test_the_share_of_the_day_is_rounded_down(ledger: Ledger) -> None:
    limits = Limits(session_tokens=0, daily_usd=1.0)
    assert await spend(ledger, limits, 1, 0.889) == (
        "Today's requests have cost $0.89, 88 % of the limit of $1.00: raise grok.budget.dailyUsd if you need more today.",
    )


async def test_a_warning_is_told_again_after_forty_days(ledger: Ledger, clock: Clock) -> None:
    limits = Limits(session_tokens=1_000, daily_usd=None)
    assert len(await spend(ledger, limits, 900)) == 1
    clock.at = NOON + 39.9 * DAY_S
    assert await spend(ledger, limits, 1) == ()
    clock.at = NOON + 40.1 * DAY_S
    assert len(await spend(ledger, limits, 1)) == 1


async def test_records_are_kept_for_ninety_days_and_for_a_day_at_least(ledger: Ledger, clock: Clock) -> None:
    await spend(ledger, Limits(), 1)
    clock.at = NOON + 89.9 * DAY_S
    await Ledger(ledger._store, now=clock).prune(90.0)
    assert len(await ledger.records()) == 1
    clock.at = NOON + 0.9 * DAY_S
    assert await ledger.prune(0.0) == 0
    assert await ledger.prune(-3.0) == 0
    clock.at = NOON + 1.1 * DAY_S
    assert await ledger.prune(0.5) == 1


async def test_the_first_settlement_forgets_what_is_older_than_ninety_days(clock: Clock) -> None:
    store = MemoryStore(clock)
    for days, left in ((89.9, 6), (90.1, 5)):
        clock.at = NOON
        first = Ledger(store, now=clock)
        await first.purge()
        await spend(first, Limits(), 1)
        for day in range(20, 90, 20):
            clock.at = NOON + day * DAY_S
            await spend(first, Limits(), 1)
        await first.aclose()
        clock.at = NOON + days * DAY_S
        later = Ledger(store, now=clock)
        await spend(later, Limits(), 1)
        await later.aclose()
        assert len(await later.records()) == left


async def test_a_note_keeps_its_own_time_and_a_reset_gives_the_warning_back(ledger: Ledger, clock: Clock) -> None:
    kept = await ledger.note("s", record(Usage(cost_usd=0.0), "cached"))
    assert (kept.at, kept.session, bool(kept.id)) == (NOON, "s", True)
    limits = Limits(session_tokens=10, daily_usd=None)
    assert len(await spend(ledger, limits, 9)) == 1
    await ledger.reset("s")
    assert (await ledger.session("s")).tokens == 0
    assert len(await spend(ledger, limits, 9)) == 1


@pytest.mark.parametrize("others", [0, 1, 2])
async def test_what_else_a_request_reserved_is_free_once_it_is_booked(ledger: Ledger, others: int) -> None:
    limits = Limits(session_tokens=1_000)
    made, *more = [
        await ledger.reserve("s", limits, input_tokens=100, max_output_tokens=0, worst_usd=0.0)
        for _ in range(1 + others)
    ]
    assert (await ledger.session("s")).reserved == 100 * (1 + others)
    await ledger.settle(made, record(Usage(input_tokens=80, output_tokens=0, cost_usd=0.0)), *more)
    assert await ledger.session("s") == SessionUse(80, 0, 0.0)
