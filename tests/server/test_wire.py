"""Command arguments: everything that is not of the contract's shape is named, and nothing else fails."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.server import wire
from grok_ls.server.wire import Malformed, Position, Range, RunAction, WireDiagnostic, WireRelated

AT = {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 4}}
RUN: dict[str, Any] = {"action": "fix", "uri": "file:///a.py", "range": AT}


def test_the_least_and_the_most_that_a_run_action_can_be() -> None:
    range_ = Range(Position(1, 2), Position(1, 4))
    assert wire.parse_run_action([RUN]) == RunAction("fix", "file:///a.py", range_)
    diagnostic = {
        "range": AT,
        "message": {"kind": "markdown", "value": "wrong"},
        "severity": 1,
        "source": "ruff",
        "code": 501,
        "relatedInformation": [{"message": "here"}, "nonsense"],
        "data": {"kept": "by nobody"},
    }
    run = wire.parse_run_action([RUN | {"version": 7, "instruction": "please", "diagnostics": [diagnostic]}])
    assert (run.version, run.instruction) == (7, "please")
    assert run.diagnostics == (WireDiagnostic(range_, "wrong", 1, "ruff", "501", (WireRelated("here"),)),)


def test_optional_fields_may_be_null() -> None:
    assert wire.parse_run_action([RUN | {"version": None, "instruction": None, "diagnostics": None}]).version is None


def test_whole_numbers_may_be_written_with_a_point_and_be_large() -> None:
    assert wire.parse_run_action([RUN | {"version": 7.0}]).version == 7
    assert wire.parse_run_action([RUN | {"version": 10**400}]).version == 10**400


@pytest.mark.parametrize("arguments", [None, [], {}, "fix", [None], ["fix"], [RUN, RUN], [[RUN]], 5])
def test_exactly_one_object_is_expected(arguments: Any) -> None:
    for parse in (wire.parse_run_action, wire.parse_review):
        with pytest.raises(Malformed, match="one argument"):
            parse(arguments)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"action": None}, "action"),
        ({"action": ""}, "action"),
        ({"action": 5}, "action"),
        ({"uri": ["file:///a"]}, "uri"),
        ({"range": None}, "range"),
        ({"range": {"start": AT["start"]}}, "range.end"),
        ({"range": AT | {"start": {"line": "1", "character": 0}}}, "range.start.line"),
        ({"range": AT | {"start": {"line": 1}}}, "range.start.character"),
        ({"range": AT | {"start": {"line": -1, "character": 0}}}, "range.start"),
        ({"range": AT | {"start": {"line": True, "character": 0}}}, "range.start.line"),
        ({"range": AT | {"start": {"line": 1.5, "character": 0}}}, "range.start.line"),
        ({"range": AT | {"start": {"line": float("inf"), "character": 0}}}, "range.start.line"),
        ({"version": "7"}, "version"),
        ({"version": float("nan")}, "version"),
        ({"instruction": 5}, "instruction"),
        ({"diagnostics": {}}, "diagnostics"),
        ({"diagnostics": ["wrong"]}, "diagnostics"),
        ({"diagnostics": [{"message": "wrong"}]}, "diagnostics.range"),
        ({"diagnostics": [{"range": AT, "message": "m", "severity": "high"}]}, "severity"),
        ({"diagnostics": [{"range": AT, "message": "m", "relatedInformation": 5}]}, "relatedInformation"),
    ],
)
def test_the_field_that_is_wrong_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(Malformed) as caught:
        wire.parse_run_action([RUN | change])
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "job"), [(None, None), ([], None), ([None], None), ([{}], None), ([{"jobId": "j"}], "j")]
)
def test_cancel_names_a_job_or_none(arguments: Any, job: str | None) -> None:
    assert wire.parse_cancel(arguments) == job


@pytest.mark.parametrize("arguments", [[5], ["j"], [{"jobId": 5}], [{}, {}]])
def test_a_cancel_of_nonsense_is_malformed(arguments: Any) -> None:
    with pytest.raises(Malformed):
        wire.parse_cancel(arguments)


def test_a_review_decides_on_one_hunk_or_all() -> None:
    assert wire.parse_review([{"jobId": "j", "hunk": 2, "decision": "keep"}]).keep
    decision = wire.parse_review([{"jobId": "j", "decision": "discard"}])
    assert (decision.hunk, decision.keep) == (None, False)
    with pytest.raises(Malformed, match="decision"):
        wire.parse_review([{"jobId": "j", "hunk": 0, "decision": "burn"}])
    with pytest.raises(Malformed, match="jobId"):
        wire.parse_review([{"hunk": 0, "decision": "keep"}])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["line", "character", "start", "end", "range", "message", "code"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*RUN, "version", "diagnostics", "instruction", "jobId", "hunk", "decision"]), JSON)
)
def test_nothing_but_malformed_comes_out_of_any_json(raw: dict[str, Any]) -> None:
    for parse in (wire.parse_run_action, wire.parse_cancel, wire.parse_review):
        for argument in (raw, RUN | raw):
            try:
                parse([argument])
            except Malformed as error:
                assert str(error)  # noqa: PT017
