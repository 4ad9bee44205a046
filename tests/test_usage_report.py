from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.record import Record, from_json, to_json
from grok_ls.usage import Usage
from grok_ls.usage_report import Sum, as_json, as_table, percentile, report

NOON = 1_795_262_400.0  # 2026-11-21 12:00 UTC
BASE = Record(
    job="j1",
    action="fix",
    endpoint="api.x.ai",
    model="grok-code-fast-1",
    served_model="grok-build-0.1",
    status="answered",
    usage=Usage(1000, 200, 300, 100, 0.25),
    first_token_ms=400,
    total_ms=2000,
    at=NOON,
    session="s1",
    cache="miss",
)
FAILED = replace(
    BASE, status="failed", usage=Usage(), first_token_ms=None, total_ms=None, action="explain", code="timeout"
)
CUT = replace(BASE, status="cancelled", usage=Usage(900, None, 20, None, None, estimated=True), total_ms=100)
HIT = replace(BASE, cache="hit", usage=Usage(0, 0, 0, 0, 0.0), session="s2")
LOCAL = replace(BASE, served_model=None, model="qwen", at=NOON + 12 * 3600, total_ms=9000, first_token_ms=None)
ALL = (BASE, FAILED, CUT, HIT, LOCAL)


TABLE = """\
model           requests  hits  cut  errors  input  cached  output  reasoning      USD  first s  total s
--------------------------------------------------------------------------------------------------------
grok-build-0.1         3     1    1       1  1,900    200+     320       100+  0.2500+  0.4/0.4  2.0/2.0
qwen                   1     0    0       0  1,000     200     300        100   0.2500        -  9.0/9.0
--------------------------------------------------------------------------------------------------------
total                  4     1    1       1  2,900    400+     620       200+  0.5000+  0.4/0.4  2.0/9.0

hits: answers from the cache; cut: cancelled; first, total: median/95th percentile of answered requests.
Estimated, because the stream ended before the endpoint reported: 1.
Price unknown, not in the sums marked +: 1.
"""


def test_sums_by_model_count_the_one_that_served() -> None:
    made = report(ALL, "model")
    assert [(row.name, row.requests, row.hits, row.errors, row.cancelled) for row in made.rows] == [
        ("grok-build-0.1", 3, 1, 1, 1),
        ("qwen", 1, 0, 0, 0),
    ]
    grok = made.rows[0]
    assert grok.input_tokens == Sum(1900, 0)
    assert grok.cached_tokens == Sum(200, 1)
    assert grok.cost_usd == Sum(0.25, 1)
    assert grok.estimated == 1
    assert (made.total.requests, made.total.input_tokens) == (4, Sum(2900, 0))


def test_days_follow_the_zone() -> None:
    assert [row.name for row in report(ALL, "day", zone=UTC).rows] == ["2026-11-21", "2026-11-22"]
    assert [row.name for row in report(ALL, "day", zone=timezone(timedelta(hours=-1))).rows] == ["2026-11-21"]


@pytest.mark.parametrize(("by", "names"), [("action", ["explain", "fix"]), ("session", ["s1", "s2"])])
def test_other_groupings(by, names: list[str]) -> None:
    assert [row.name for row in report(ALL, by).rows] == names


def test_latencies_are_of_answered_requests_alone() -> None:
    total = report(ALL, "model").total
    assert (total.total_p50_ms, total.total_p95_ms) == (2000, 9000)
    assert (total.first_token_p50_ms, total.first_token_p95_ms) == (400, 400)


def test_unknown_is_null_and_never_0() -> None:
    unknown = replace(BASE, usage=Usage(), total_ms=None)
    row = as_json(report([unknown, FAILED], "model"))["total"]
    assert isinstance(row, dict)
    assert (row["inputTokens"], row["inputTokensUnknown"], row["costUsd"], row["totalP50Ms"]) == (None, 1, None, None)


def test_nothing_recorded_is_an_answer_too() -> None:
    assert as_table(report([], "day")) == "No requests recorded.\n"
    assert as_json(report([], "day"))["rows"] == []


def test_table_shows_all_columns() -> None:
    assert as_table(report(ALL, "model")) == TABLE


def test_names_from_outside_cannot_steer_the_terminal() -> None:
    table = as_table(report([replace(BASE, served_model="\x1b[2Jevil\n" + "x" * 100)], "model"))
    assert "\x1b" not in table
    assert max(map(len, table.splitlines())) <= 125


@given(st.lists(st.integers(0, 10**6)), st.integers(1, 100))
def test_percentile_is_one_of_the_values_and_covers_its_share(values: list[int], percent: int) -> None:
    found = percentile(sorted(values), percent)
    if not values:
        assert found is None
        return
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)


counts = st.none() | st.integers(0, 10**12)
usages = st.builds(Usage, counts, counts, counts, counts, st.none() | st.floats(0, 10**6), estimated=st.booleans())
records = st.builds(
    Record,
    job=st.text(),
    action=st.text(),
    endpoint=st.text(),
    model=st.text(),
    status=st.sampled_from(["answered", "cancelled", "failed", "refused", "lost"]),
    served_model=st.none() | st.text(),
    usage=usages,
    first_token_ms=counts,
    total_ms=counts,
    code=st.none() | st.text(),
    retries=st.integers(0, 9),
    cache=st.sampled_from(["hit", "miss", "off"]),
    prompt_version=st.text(),
    at=st.floats(0, 4e9),
    session=st.text() | st.just("\ud800"),
    id=st.text(),
)


@given(records)
def test_record_survives_its_json(record: Record) -> None:
    assert from_json(to_json(record)) == record


@given(st.lists(records), st.sampled_from(["day", "model", "action", "session"]))
def test_any_records_make_a_table_whose_rows_add_up(made: list[Record], by) -> None:
    summed = report(made, by, zone=UTC)
    assert as_table(summed).endswith("\n")
    assert sum(row.requests for row in summed.rows) == summed.total.requests
    assert sum(row.requests + row.hits for row in summed.rows) == len(made)
    assert sum(row.output_tokens.total or 0 for row in summed.rows) == (summed.total.output_tokens.total or 0)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        '"x"',
        '{"job":1}',
        to_json(BASE).replace('"fix"', "3"),
        to_json(BASE).replace("1000", "true"),
        to_json(BASE).replace('"answered"', '"strange"'),
        to_json(BASE).replace("1000", '"1000"'),
        "[" * 100_000,
        to_json(BASE).replace("0.25", "NaN"),
        to_json(BASE).replace(f"{NOON}", "1e300"),
        to_json(BASE).replace(f"{NOON}", "-1"),
    ],
)
def test_body_that_is_no_record_is_none(body: str) -> None:
    assert from_json(body) is None


def test_fields_of_a_later_version_are_passed_over() -> None:
    assert from_json(to_json(BASE).replace('{"job"', '{"colour":"red","job"')) == BASE
