"""The simulation of docs/teams.md in small: forty developers on one key, with and without a Redis between them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.benchmarks.teams.simulate import Plan, simulate

# A wish of each every 45 s in the mean, and all at once after a minute: more than the key takes.
TEAM = Plan(
    developers=40,
    minutes=3,
    every_s=45,
    key=(50, 4, 10_000_000),
    concurrency=20,
    per_minute=45,
    daily_usd=100.0,
    redis=None,
    rush_s=60,
)


@pytest.fixture
def shared(redis_server) -> Plan:  # type: ignore[no-untyped-def]
    return replace(TEAM, redis=redis_server.url)


@pytest.mark.xdist_group("teams")
def test_a_shared_gate_turns_failures_into_waiting_that_is_alike_for_all(shared: Plan) -> None:
    alone, together = simulate(TEAM), simulate(shared)
    assert alone.share_429 > 0.2
    assert alone.failures("rate_limited") > 10
    assert together.share_429 < 0.05
    assert together.failures("rate_limited") == 0
    assert together.jain > 0.99
    assert together.jain > alone.jain


@pytest.mark.xdist_group("teams")
def test_a_gate_gives_the_endpoint_all_that_it_may_have(shared: Plan) -> None:
    """Also while most of the developers have just started: what one process has learnt bounds its own requests alone."""
    busy = simulate(replace(shared, key=(6000, 400, 10_000_000), per_minute=6000, minutes=2, concurrency=12))
    assert busy.key.most_running == 12


@pytest.mark.xdist_group("teams")
def test_the_teams_money_is_never_passed_by_the_endpoints_own_count(shared: Plan) -> None:
    limit = 0.5
    spent = simulate(replace(shared, daily_usd=limit))
    assert spent.failures("budget_exceeded") > 10
    assert spent.key.billed_usd <= spent.booked_usd <= limit
    assert spent.booked_usd > 0.9 * limit
    assert spent.records == spent.wished - spent.failures("budget_exceeded")
