from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from grok_ls.observability.start import Wanted, start
from grok_ls.record import Record

BAD = Record(job="j", action="fix", endpoint="h", model="m", status="failed", code="timeout", at=1e9)


def begin(tmp_path: Path, told: list[str], wanted: Wanted | None = None, environment: dict[str, str] | None = None):
    return start(
        wanted or Wanted(),
        environment=environment or {},
        data_dir=tmp_path,
        version="1.0",
        clean=lambda text: text.replace("hunter2", "[SECRET]"),
        on_message=told.append,
        now=lambda: 1e9,
    )


def test_by_default_there_are_alerts_and_a_log_and_nothing_listens_or_sends(tmp_path: Path) -> None:
    told: list[str] = []
    observed = begin(tmp_path, told)
    assert (observed.endpoint, observed.traces, observed.crashes) == (None, None, None)
    logging.getLogger("grok_ls.test").warning("hunter2")
    for _ in range(8):
        observed.see(BAD)
    observed.crashed(RuntimeError("x"))
    observed.close()
    assert len(told) == 1
    assert "requests failed" in told[0]
    (file,) = (tmp_path / "log").iterdir()
    assert json.loads(file.read_text())["message"] == "[SECRET]"


def test_default_loads_none_of_the_optional_libraries(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from grok_ls.observability.start import *; "
        f"start(Wanted(), environment={{}}, data_dir=pathlib.Path({str(tmp_path)!r}), version='1', clean=str, on_message=print)"
        ".close(); sys.exit(any(n in sys.modules for n in ('prometheus_client', 'opentelemetry', 'sentry_sdk', 'openai')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("module", "wanted", "environment", "extra"),
    [
        ("prometheus_client", Wanted(metrics_port=0), {}, "metrics"),
        ("opentelemetry.sdk.resources", Wanted(), {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, "otel"),
        ("sentry_sdk", Wanted(), {"GROK_LS_SENTRY_DSN": "http://k@127.0.0.1:1/1"}, "sentry"),
    ],
)
def test_what_is_not_installed_is_told_and_left_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    wanted: Wanted,
    environment: dict[str, str],
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    told: list[str] = []
    observed = begin(tmp_path, told, wanted, environment)
    observed.see(BAD)
    observed.close()
    assert len(told) == 1
    assert f"pip install grok-ls[{extra}]" in told[0]


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told: list[str] = []
    begin(tmp_path / "file", told).close()
    assert len(told) == 1
    assert "No log is kept" in told[0]
