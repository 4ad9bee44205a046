"""When to tell the user that something is going wrong: rules over the latest records, and a memory of what was told.
Pure but for that memory; the clock comes with each call.

That a share of a limit is reached is no alert: the ledger says so itself (``Settlement.warnings``), once for all
processes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from grok_ls.record import Record

Kind = Literal["spend", "failures", "latency", "rate_limited"]

MINUTE_S = 60.0
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``daily_usd``: the day's limit, ``None`` = none. An alert of one kind comes at most once in ``window_s``;
    failures and latency are those within it, and count from ``at_least`` requests on: one slow answer is no trend.
    """

    daily_usd: float | None = None
    hourly_share: float = 0.25
    failures: float = 0.20
    mean_latency_s: float = 45.0
    rate_limited_per_minute: int = 10
    window_s: float = 300.0
    at_least: int = 5


@dataclass(frozen=True, slots=True)
class Alert:
    """``message`` is one sentence for the user, with the next step."""

    kind: Kind
    message: str


def spend(records: Iterable[Record], now: float, limits: Thresholds) -> Alert | None:
    """The last hour cost more than its share of the day's limit."""
    if not limits.daily_usd:
        return None
    cost = sum(record.usage.cost_usd or 0.0 for record in records if record.at > now - HOUR_S)
    if cost <= limits.daily_usd * limits.hourly_share:
        return None
    share = round(100 * cost / limits.daily_usd)
    message = (
        f"The last hour cost ${cost:.2f}, {share} % of the day's limit; see `grok-ls usage`, or lower "
        "grok.budget.dailyUsd if that is more than you want."
    )
    return Alert("spend", message)


def failures(records: Iterable[Record], now: float, limits: Thresholds) -> Alert | None:
    """More than a fifth of the requests failed. Cancelled and refused ones are nobody's failure."""
    judged = [record for record in _recent(records, now, limits) if record.status in ("answered", "failed")]
    failed = [record for record in judged if record.status == "failed"]
    if len(judged) < limits.at_least or len(failed) <= limits.failures * len(judged):
        return None
    codes = [record.code or "internal" for record in failed]
    most = max(sorted(set(codes)), key=codes.count)
    message = (
        f"{len(failed)} of the last {len(judged)} requests failed, most with `{most}`; check the endpoint's status "
        "page and `grok-ls doctor`, or configure grok.fallbacks."
    )
    return Alert("failures", message)


def latency(records: Iterable[Record], now: float, limits: Thresholds) -> Alert | None:
    """Answers took longer than they should in the mean of the window."""
    took = [
        record.total_ms / 1000
        for record in _recent(records, now, limits)
        if record.status == "answered" and record.total_ms is not None
    ]
    if len(took) < limits.at_least or sum(took) <= limits.mean_latency_s * len(took):
        return None
    message = (
        f"The last {len(took)} answers took {sum(took) / len(took):.0f} s in the mean; a faster model (grok.model), "
        "a lower grok.reasoningEffort or a smaller selection helps."
    )
    return Alert("latency", message)


def rate_limited(times: Iterable[float], now: float, limits: Thresholds) -> Alert | None:
    """The endpoint said "too many requests" more than ten times in a minute. ``times``: when it did, unix seconds."""
    count = sum(at > now - MINUTE_S for at in times)
    if count <= limits.rate_limited_per_minute:
        return None
    message = (
        f"The endpoint turned down {count} requests within a minute as too many; lower grok.concurrency or "
        "grok.requestsPerMinute, or ask who else uses this key."
    )
    return Alert("rate_limited", message)


RULES: tuple[Callable[[Sequence[Record], float, Thresholds], Alert | None], ...] = (
    spend,
    failures,
    latency,
)


class Watch:
    """The records of the last hour, and what was told when."""

    def __init__(self, limits: Thresholds) -> None:
        self.limits = limits
        self._records: deque[Record] = deque(maxlen=5000)
        self._turned_down: deque[float] = deque(maxlen=1000)
        self._told: dict[Kind, float] = {}

    def see(self, record: Record, now: float) -> tuple[Alert, ...]:
        """What to tell the user after this record. Cache hits say nothing about the endpoint and are passed over."""
        if record.cache == "hit":
            return ()
        self._records.append(record)
        while self._records and _ended_at(self._records[0]) <= now - HOUR_S:
            self._records.popleft()
        return self._new((rule(self._records, now, self.limits) for rule in RULES), now)

    def turned_down(self, now: float) -> tuple[Alert, ...]:
        """The same after a 429: at once, and not when the request that is tried again has ended."""
        self._turned_down.append(now)
        return self._new((rate_limited(self._turned_down, now, self.limits),), now)

    def _new(self, found: Iterable[Alert | None], now: float) -> tuple[Alert, ...]:
        return tuple(alert for alert in found if alert is not None and self._is_new(alert.kind, now))

    def _is_new(self, kind: Kind, now: float) -> bool:
        told_at = self._told.get(kind)
        # Told in the future: the clock was set back.
        if told_at is not None and told_at <= now < told_at + (HOUR_S if kind == "spend" else self.limits.window_s):
            return False
        self._told[kind] = now
        return True


def _recent(records: Iterable[Record], now: float, limits: Thresholds) -> list[Record]:
    return [record for record in records if _ended_at(record) > now - limits.window_s]


def _ended_at(record: Record) -> float:
    return record.at + (record.total_ms or 0) / 1000
