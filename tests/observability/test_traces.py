from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from grok_ls.errors import ConfigError
from grok_ls.observability.traces import Traces, is_wanted
from grok_ls.record import Record
from grok_ls.usage import Usage

RECORD = Record(
    job="j1",
    action="fix",
    endpoint="api.x.ai",
    model="grok-code-fast-1",
    served_model="grok-build-0.1",
    status="answered",
    usage=Usage(1000, 200, 300, None, 0.25),
    first_token_ms=400,
    total_ms=2000,
    cache="miss",
    at=1_795_262_400.5,
    session="secret session",
)


def spans(*records: Record):
    exporter = InMemorySpanExporter()
    traces = Traces("1.0", exporter)
    for record in records:
        traces.see(record)
    traces.close()
    return exporter.get_finished_spans()


def test_record_becomes_a_span_with_its_times_and_counts() -> None:
    (span,) = spans(RECORD)
    assert span.name == "chat grok-build-0.1"
    assert (span.start_time, span.end_time) == (1_795_262_400_500_000_000, 1_795_262_402_500_000_000)
    assert [(event.name, event.timestamp) for event in span.events] == [("first token", 1_795_262_400_900_000_000)]
    about = dict(span.attributes or {})
    assert about["gen_ai.usage.input_tokens"] == 1000
    assert about["grok_ls.cost_usd"] == 0.25
    assert "grok_ls.usage.reasoning_tokens" not in about, "unknown is left out, not 0"
    assert span.status.is_ok or span.status.is_unset


def test_failure_is_an_error_and_a_refusal_is_none() -> None:
    failed, refused = spans(
        replace(RECORD, status="failed", code="timeout"), replace(RECORD, status="refused", code="budget_exceeded")
    )
    assert (failed.status.is_ok, failed.status.description) == (False, "timeout")
    assert refused.status.is_unset


def test_session_is_in_no_span() -> None:
    (span,) = spans(RECORD)
    assert "secret session" not in span.to_json()


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_SDK_DISABLED": "TRUE"}, False),
    ],
)
def test_only_a_configured_collector_switches_it_on(environment: dict[str, str], wanted: bool) -> None:
    assert is_wanted(environment) is wanted


def test_collector_that_hangs_does_not_keep_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grok_ls.observability.traces._CLOSE_S", 0.01)
    go = threading.Event()

    class Hanging(InMemorySpanExporter):
        def export(self, spans):
            go.wait()
            return super().export(spans)

    traces = Traces("1.0", Hanging())
    traces.see(RECORD)
    traces.close()
    assert not go.is_set()
    go.set()


def test_missing_package_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    with pytest.raises(ConfigError, match=r"pip install grok-ls\[otel\]"):
        Traces("1.0")


def test_importing_the_module_loads_no_opentelemetry() -> None:
    script = "import sys, grok_ls.observability.traces; sys.exit(any('opentelemetry' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
