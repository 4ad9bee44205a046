from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest
from prometheus_client import generate_latest

from grok_ls.errors import ConfigError
from grok_ls.observability.metrics import MAX_NAMES, Endpoint, Gauges, Metrics
from grok_ls.record import Record
from grok_ls.usage import Usage

BASE = Record(
    job="j",
    action="fix",
    endpoint="api.x.ai",
    model="grok-code-fast-1",
    served_model="grok-build-0.1",
    status="answered",
    usage=Usage(1000, 200, 300, 100, 0.25),
    first_token_ms=400,
    total_ms=2000,
    retries=2,
    rate_limited=1,
    cache="miss",
    session="secret session",
)
ABOUT = 'action="fix",model="grok-build-0.1"'


def lines(metrics: Metrics) -> list[str]:
    return generate_latest(metrics.registry).decode().splitlines()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    metrics = Metrics(Gauges(jobs=lambda: 3, breaker_open=lambda: True))
    metrics.see(BASE)
    running = metrics.serve(0)
    yield running
    running.close()


def test_record_becomes_counts_that_add_up_to_what_was_billed() -> None:
    metrics = Metrics()
    metrics.see(BASE)
    shown = lines(metrics)
    for expected in (
        'grok_ls_requests_total{action="fix",cache="miss",code="",model="grok-build-0.1",status="answered"} 1.0',
        'grok_ls_tokens_total{action="fix",kind="input",model="grok-build-0.1"} 800.0',
        'grok_ls_tokens_total{action="fix",kind="cached",model="grok-build-0.1"} 200.0',
        'grok_ls_tokens_total{action="fix",kind="output",model="grok-build-0.1"} 200.0',
        'grok_ls_tokens_total{action="fix",kind="reasoning",model="grok-build-0.1"} 100.0',
        f"grok_ls_cost_usd_total{{{ABOUT}}} 0.25",
        f"grok_ls_retries_total{{{ABOUT}}} 2.0",
        f"grok_ls_rate_limited_total{{{ABOUT}}} 1.0",
        f"grok_ls_request_seconds_sum{{{ABOUT}}} 2.0",
        f"grok_ls_first_token_seconds_sum{{{ABOUT}}} 0.4",
    ):
        assert expected in shown


def test_no_session_and_no_job_is_a_label() -> None:
    metrics = Metrics()
    metrics.see(BASE)
    assert "secret session" not in "\n".join(lines(metrics))


def test_hit_counts_as_a_request_alone() -> None:
    metrics = Metrics()
    metrics.see(replace(BASE, cache="hit"))
    assert any(line.startswith("grok_ls_requests_total") and 'cache="hit"' in line for line in lines(metrics))
    assert not any(line.startswith("grok_ls_tokens_total{") for line in lines(metrics))


def test_unknown_counts_and_prices_are_not_0() -> None:
    metrics = Metrics()
    metrics.see(replace(BASE, usage=Usage(), first_token_ms=None, total_ms=None))
    shown = lines(metrics)
    assert not any(line.startswith(("grok_ls_tokens_total{", "grok_ls_cost_usd_total{")) for line in shown)
    assert f"grok_ls_unpriced_total{{{ABOUT}}} 1.0" in shown


def test_names_from_outside_are_capped() -> None:
    metrics = Metrics()
    for number in range(500):
        metrics.see(replace(BASE, served_model=f"m{number}" + "x" * 1000))
    models = {line for line in lines(metrics) if line.startswith("grok_ls_cost_usd_total{")}
    assert len(models) == MAX_NAMES + 1
    assert max(map(len, models)) < 200


def test_nonsense_counts_do_not_break_it() -> None:
    metrics = Metrics()
    metrics.see(replace(BASE, usage=Usage(-5, 100, -3, 10, -1.0)))
    assert any("grok_ls_requests_total{" in line for line in lines(metrics))


def test_endpoint_is_on_loopback_and_shows_gauges(endpoint: Endpoint) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{endpoint.port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    assert "grok_ls_jobs 3.0" in text
    assert "grok_ls_breaker_open 1.0" in text
    assert "grok_ls_requests_total{" in text
    assert endpoint._server.server_address[0] == "127.0.0.1"


def test_closed_endpoint_does_not_answer(endpoint: Endpoint) -> None:
    endpoint.close()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{endpoint.port}/metrics", timeout=10)


def test_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"The metrics port {port} .*another grok\.metrics\.port"):
            Metrics().serve(port)


def test_missing_package_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ConfigError, match=r"pip install grok-ls\[metrics\]"):
        Metrics()


def test_importing_the_module_loads_no_prometheus() -> None:
    script = "import sys, grok_ls.observability.metrics; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
