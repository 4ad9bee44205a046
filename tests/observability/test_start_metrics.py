from __future__ import annotations

import socket
import urllib.request
from pathlib import Path

from grok_ls.observability.metrics import Gauges
from grok_ls.observability.start import Wanted, start
from grok_ls.record import Record


def begin(tmp_path: Path, told: list[str], port: int):
    return start(
        Wanted(metrics_port=port),
        environment={},
        data_dir=tmp_path,
        version="1.0",
        clean=str,
        on_message=told.append,
        gauges=Gauges(jobs=lambda: 2),
    )


def test_configured_port_shows_the_records(tmp_path: Path) -> None:
    told: list[str] = []
    observed = begin(tmp_path, told, 0)
    observed.see(Record(job="j", action="fix", endpoint="h", model="m", status="answered", at=1e9))
    assert observed.endpoint is not None
    with urllib.request.urlopen(f"http://127.0.0.1:{observed.endpoint.port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    observed.close()
    assert "grok_ls_requests_total{" in text
    assert "grok_ls_jobs 2.0" in text
    assert told == []


def test_port_that_is_taken_is_told_and_left_out(tmp_path: Path) -> None:
    told: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        observed = begin(tmp_path, told, taken.getsockname()[1])
    assert observed.endpoint is None
    observed.close()
    assert len(told) == 1
    assert "another grok.metrics.port" in told[0]
