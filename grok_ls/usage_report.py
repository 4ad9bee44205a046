"""From records to the answer of ``grok-ls usage``: sums by day, model, action or session, as table or JSON. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from math import ceil
from typing import Literal, get_args

from grok_ls.record import Record

By = Literal["day", "model", "action", "session"]
GROUPINGS: tuple[By, ...] = get_args(By)
JsonRow = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Sum:
    """Of what is known. ``total`` is ``None`` if nothing is; ``unknown`` is how many requests did not say."""

    total: float | None = None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class UsageRow:
    """``errors``: requests that failed or were refused or lost. ``estimated``: requests whose counts are ours, because
    the stream was cut. ``hits``: answers from the cache; they are no requests. Milliseconds are of answered requests,
    by the nearest-rank method.
    """

    name: str
    requests: int
    hits: int
    cancelled: int
    errors: int
    estimated: int
    retries: int
    input_tokens: Sum
    cached_tokens: Sum
    output_tokens: Sum
    reasoning_tokens: Sum
    cost_usd: Sum
    first_token_p50_ms: int | None
    first_token_p95_ms: int | None
    total_p50_ms: int | None
    total_p95_ms: int | None


@dataclass(frozen=True, slots=True)
class UsageReport:
    """``rows`` by name (days in order), ``total`` over all records."""

    by: By
    rows: tuple[UsageRow, ...]
    total: UsageRow


def report(records: Iterable[Record], by: By, *, zone: tzinfo | None = None) -> UsageReport:
    """``zone`` is that of the days; ``None`` = local. A request counts for the model that served it, if known."""
    groups: dict[str, list[Record]] = {}
    everything = list(records)
    for record in everything:
        groups.setdefault(_group(record, by, zone), []).append(record)
    rows = tuple(_row(name, groups[name]) for name in sorted(groups))
    return UsageReport(by, rows, _row("total", everything))


def as_json(report: UsageReport) -> dict[str, object]:
    """Unknown sums are ``null``; ``unknown`` says of how many requests a sum knows nothing."""
    return {"by": report.by, "rows": [_json(row) for row in report.rows], "total": _json(report.total)}


def as_table(report: UsageReport) -> str:
    """A table in plain text with a line for the sum; ``+`` marks sums that some requests did not report to."""
    if not report.rows:
        return "No requests recorded.\n"
    columns: list[tuple[str, Callable[[UsageRow], str]]] = [
        (report.by, lambda row: _printable(row.name)),
        ("requests", lambda row: f"{row.requests:,}"),
        ("hits", lambda row: f"{row.hits:,}"),
        ("cut", lambda row: f"{row.cancelled:,}"),
        ("errors", lambda row: f"{row.errors:,}"),
        ("input", lambda row: _count(row.input_tokens)),
        ("cached", lambda row: _count(row.cached_tokens)),
        ("output", lambda row: _count(row.output_tokens)),
        ("reasoning", lambda row: _count(row.reasoning_tokens)),
        ("USD", lambda row: _cost(row.cost_usd)),
        ("first s", lambda row: _pair(row.first_token_p50_ms, row.first_token_p95_ms)),
        ("total s", lambda row: _pair(row.total_p50_ms, row.total_p95_ms)),
    ]
    lines = [[head for head, _ in columns]]
    lines += [[show(row) for _, show in columns] for row in (*report.rows, report.total)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(columns))]
    text = [_line(line, widths) for line in lines]
    rule = "-" * (sum(widths) + 2 * len(widths) - 2)
    body = [text[0], rule, *text[1:-1], rule, text[-1]]
    return "\n".join([*body, *_notes(report.total)]) + "\n"


def _notes(total: UsageRow) -> list[str]:
    notes = ["hits: answers from the cache; cut: cancelled; first, total: median/95th percentile of answered requests."]
    if total.estimated:
        notes.append(f"Estimated, because the stream ended before the endpoint reported: {total.estimated:,}.")
    if total.cost_usd.unknown:
        notes.append(f"Price unknown, not in the sums marked +: {total.cost_usd.unknown:,}.")
    return ["", *notes]


def _group(record: Record, by: By, zone: tzinfo | None) -> str:
    if by == "day":
        return datetime.fromtimestamp(record.at, UTC).astimezone(zone).date().isoformat()
    if by == "model":
        return record.served_model or record.model or "unknown"
    return (record.action if by == "action" else record.session) or "unknown"


def _row(name: str, records: Sequence[Record]) -> UsageRow:
    requests = [record for record in records if record.cache != "hit"]
    answered = [record for record in requests if record.status == "answered"]
    first = sorted(record.first_token_ms for record in answered if record.first_token_ms is not None)
    total = sorted(record.total_ms for record in answered if record.total_ms is not None)
    counted = [record.usage for record in requests if not _unbilled(record)]
    return UsageRow(
        name=name,
        requests=len(requests),
        hits=len(records) - len(requests),
        cancelled=sum(record.status == "cancelled" for record in requests),
        errors=sum(record.status in ("failed", "refused", "lost") for record in requests),
        estimated=sum(record.usage.estimated for record in requests),
        retries=sum(record.retries for record in requests),
        input_tokens=_sum(usage.input_tokens for usage in counted),
        cached_tokens=_sum(usage.cached_tokens for usage in counted),
        output_tokens=_sum(usage.output_tokens for usage in counted),
        reasoning_tokens=_sum(usage.reasoning_tokens for usage in counted),
        cost_usd=_sum(usage.cost_usd for usage in counted),
        first_token_p50_ms=percentile(first, 50),
        first_token_p95_ms=percentile(first, 95),
        total_p50_ms=percentile(total, 50),
        total_p95_ms=percentile(total, 95),
    )


def _unbilled(record: Record) -> bool:
    """As the ledger sees it: a failure for which nobody reported a count."""
    used = record.usage
    return record.status in ("failed", "refused") and used.input_tokens is used.output_tokens is used.cost_usd is None


def _sum(values: Iterable[float | None]) -> Sum:
    everything = list(values)
    known = [value for value in everything if value is not None]
    return Sum(sum(known) if known else None, len(everything) - len(known))


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest of ``ordered`` that ``percent`` % of it do not exceed (nearest rank); ``None`` of nothing."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)] if ordered else None


def _json(row: UsageRow) -> JsonRow:
    sums = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cost_usd")
    made: JsonRow = {"name": row.name, "requests": row.requests, "cacheHits": row.hits, "cancelled": row.cancelled}
    made |= {"errors": row.errors, "estimated": row.estimated, "retries": row.retries}
    for name in sums:
        value: Sum = getattr(row, name)
        made[_camel(name)] = value.total
        made[_camel(name) + "Unknown"] = value.unknown
    for name in ("first_token_p50_ms", "first_token_p95_ms", "total_p50_ms", "total_p95_ms"):
        made[_camel(name)] = getattr(row, name)
    return made


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _count(of: Sum) -> str:
    return "?" if of.total is None and of.unknown else f"{of.total or 0:,}" + _more(of)


def _cost(of: Sum) -> str:
    return "?" if of.total is None and of.unknown else f"{of.total or 0:,.4f}" + _more(of)


def _more(of: Sum) -> str:
    return "+" if of.unknown else ""


def _pair(low: int | None, high: int | None) -> str:
    return "-" if low is None or high is None else f"{low / 1000:.1f}/{high / 1000:.1f}"


def _printable(name: str) -> str:
    """Names come from endpoints and clients: nothing in them may steer a terminal, or break the table."""
    shown = "".join(char if char.isprintable() else "?" for char in name)
    return shown if len(shown) <= 32 else shown[:31] + "…"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()
