from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grok_ls.observability.alerts import Thresholds, Watch, failures, latency, rate_limited, spend
from grok_ls.record import Record
from grok_ls.usage import Usage

NOW = 1_795_262_400.0
LIMITS = Thresholds(daily_usd=10.0)
FINE = Record(
    job="j",
    action="fix",
    endpoint="h",
    model="m",
    status="answered",
    usage=Usage(cost_usd=0.01),
    total_ms=1000,
    at=NOW - 2,
)
BAD = replace(FINE, status="failed", code="unavailable", usage=Usage())


def test_more_than_a_fifth_of_failures_is_told_with_their_commonest_code() -> None:
    others = [BAD, replace(BAD, code="timeout"), BAD]
    alert = failures([FINE] * 7 + others, NOW, LIMITS)
    assert alert is not None
    assert "3 of the last 10 requests failed, most with `unavailable`" in alert.message
    assert failures([FINE] * 8 + [BAD] * 2, NOW, LIMITS) is None


def test_few_old_cancelled_or_refused_requests_are_no_failure() -> None:
    assert failures([BAD] * 4, NOW, LIMITS) is None
    assert failures([replace(BAD, at=NOW - 400)] * 20, NOW, LIMITS) is None
    aside = [replace(BAD, status="cancelled")] * 20 + [replace(BAD, status="refused")] * 20
    assert failures(aside + [FINE] * 10, NOW, LIMITS) is None


def test_slow_answers_are_told_by_their_mean() -> None:
    slow = replace(FINE, total_ms=90_000, at=NOW - 100)
    assert latency([slow] * 3 + [FINE] * 3, NOW, LIMITS) is not None
    assert latency([slow] * 2 + [FINE] * 3, NOW, LIMITS) is None
    assert latency([slow] * 4, NOW, LIMITS) is None
    assert latency([replace(slow, status="cancelled")] * 9, NOW, LIMITS) is None


def test_long_request_counts_when_it_ended() -> None:
    long_ago = replace(FINE, at=NOW - 500, total_ms=499_000)
    assert latency([long_ago] * 5, NOW, LIMITS) is not None


def test_eleven_429_in_a_minute_are_told() -> None:
    assert rate_limited([NOW - 50] * 10, NOW, LIMITS) is None
    assert rate_limited([NOW - 50] * 11, NOW, LIMITS) is not None
    assert rate_limited([NOW - 70] * 11, NOW, LIMITS) is None


def test_a_429_is_counted_when_it_comes() -> None:
    watch = Watch(LIMITS)
    assert not any(watch.turned_down(NOW + 60.0 * minute) for minute in range(20))
    told = [watch.turned_down(NOW + 2000 + second) for second in range(12)]
    assert [len(alerts) for alerts in told] == [0] * 10 + [1, 0]


def test_hour_that_costs_a_quarter_of_the_day_is_told() -> None:
    dear = replace(FINE, usage=Usage(cost_usd=1.3))
    alert = spend([dear] * 2, NOW, LIMITS)
    assert alert is not None
    assert "$2.60, 26 %" in alert.message
    assert spend([dear], NOW, LIMITS) is None
    assert spend([replace(dear, at=NOW - 3601)] * 9, NOW, LIMITS) is None
    assert spend([dear] * 9, NOW, Thresholds(daily_usd=None)) is None
    assert spend([replace(FINE, usage=Usage())] * 9, NOW, LIMITS) is None


def test_each_alert_comes_once_in_its_window() -> None:
    watch, told = Watch(LIMITS), []
    for second in range(0, 900, 10):
        now = NOW + second
        told += [(alert.kind, second) for alert in watch.see(replace(BAD, at=now), now)]
    assert told == [("failures", 40), ("failures", 340), ("failures", 640)]


def test_clock_that_is_set_back_silences_nothing() -> None:
    watch = Watch(LIMITS)
    for _ in range(5):
        first = watch.see(BAD, NOW)
    assert [alert.kind for alert in first] == ["failures"]
    back = NOW - 10 * 86_400
    assert [alert.kind for alert in watch.see(replace(BAD, at=back), back)] == ["failures"]


def test_cache_hits_neither_hide_nor_raise_an_alert() -> None:
    watch = Watch(LIMITS)
    for _ in range(100):
        assert watch.see(replace(FINE, cache="hit"), NOW) == ()
    told = [alert.kind for _ in range(5) for alert in watch.see(BAD, NOW)]
    assert told == ["failures"]


@given(st.lists(st.tuples(st.sampled_from([FINE, BAD]), st.floats(0, 600)), max_size=40))
def test_rules_never_break_and_alerts_of_one_kind_are_a_window_apart(steps: list[tuple[Record, float]]) -> None:
    watch, now, last = Watch(LIMITS), NOW, {}
    for record, wait in steps:
        now += wait
        for alert in watch.see(replace(record, at=now), now):
            assert now - last.get(alert.kind, 0.0) >= LIMITS.window_s
            last[alert.kind] = now
