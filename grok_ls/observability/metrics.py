"""Counts and times for Prometheus, on loopback. Only importer of ``prometheus_client``, which is loaded when a port is
configured.

Labels take a few values by design: a user's session, a job or a file is none of them, and names that come from outside
are capped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.server import HTTPServer
from typing import TYPE_CHECKING

from grok_ls.errors import ConfigError
from grok_ls.record import Record

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

HOST = "127.0.0.1"
NAMESPACE = "grok_ls"
MAX_NAMES = 50
_SECONDS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 45, 60, 120, 300, 600)


@dataclass(frozen=True, slots=True)
class Gauges:
    """What is read when somebody asks. Called in another thread, so each only looks at a number that is there."""

    jobs: Callable[[], int] = lambda: 0
    session_tokens: Callable[[], int] = lambda: 0
    breaker_open: Callable[[], bool] = lambda: False
    storage_degraded: Callable[[], bool] = lambda: False


class Metrics:
    """Raises ``ConfigError`` if ``prometheus_client`` is not installed."""

    def __init__(self, gauges: Gauges | None = None) -> None:
        try:
            import prometheus_client as prometheus
        except ImportError as error:
            raise ConfigError("grok.metrics.port needs `pip install grok-ls[metrics]`.") from error
        self.registry: CollectorRegistry = prometheus.CollectorRegistry()
        self._names: dict[str, set[str]] = {}
        counter = partial(prometheus.Counter, namespace=NAMESPACE, registry=self.registry)
        times = partial(prometheus.Histogram, namespace=NAMESPACE, registry=self.registry, buckets=_SECONDS)
        gauge = partial(prometheus.Gauge, namespace=NAMESPACE, registry=self.registry)
        about = ("action", "model")
        self._requests = counter("requests", "Requests, or answers from the cache", (*about, "status", "code", "cache"))
        self._tokens = counter("tokens", "Tokens as billed; the kinds do not overlap", (*about, "kind"))
        self._cost = counter("cost_usd", "Money of requests whose price is known", about)
        self._unpriced = counter("unpriced", "Requests of unknown price", about)
        self._retries = counter("retries", "Requests that were repeated", about)
        self._limited = counter("rate_limited", "Requests turned down as too many (429)", about)
        self._first_event = times("first_event_seconds", "To the first event, thinking or words", about)
        self._first = times("first_token_seconds", "To the first word of the answer", about)
        self._total = times("request_seconds", "To the last event of an answered request", about)
        for name, text, value in _gauges(gauges or Gauges()):
            gauge(name, text).set_function(value)

    def see(self, record: Record) -> None:
        """Count one record."""
        about = (self._name("action", record.action), self._name("model", record.served_model or record.model))
        self._requests.labels(*about, record.status, record.kind or record.code or "", record.cache).inc()
        if record.cache == "hit":
            return
        used = record.usage
        for kind, count in _tokens(record):
            self._tokens.labels(*about, kind).inc(max(0, count))
        if used.cost_usd is not None:
            self._cost.labels(*about).inc(max(0.0, used.cost_usd))
        elif record.status in ("answered", "cancelled", "lost"):
            self._unpriced.labels(*about).inc()
        self._retries.labels(*about).inc(record.retries)
        self._limited.labels(*about).inc(record.rate_limited + (record.code == "rate_limited"))
        if record.first_event_ms is not None:
            self._first_event.labels(*about).observe(record.first_event_ms / 1000)
        if record.first_token_ms is not None:
            self._first.labels(*about).observe(record.first_token_ms / 1000)
        if record.status == "answered" and record.total_ms is not None:
            self._total.labels(*about).observe(record.total_ms / 1000)

    def serve(self, port: int) -> Endpoint:
        """``http://127.0.0.1:port/metrics`` until it is closed; 0 = any free port. Raises ``ConfigError`` if it is
        taken.
        """
        from prometheus_client import start_http_server

        try:
            server, thread = start_http_server(port, addr=HOST, registry=self.registry)
        except OSError as error:
            why = f"The metrics port {port} on {HOST} cannot be opened ({error.strerror})"
            raise ConfigError(f"{why}: choose another grok.metrics.port.") from error
        return Endpoint(server, thread)

    def _name(self, label: str, name: str) -> str:
        """``name``, or ``other`` once there are too many: an endpoint must not fill our memory with model names."""
        seen = self._names.setdefault(label, set())
        shown = name[:80] or "unknown"
        if shown not in seen and len(seen) >= MAX_NAMES:
            return "other"
        seen.add(shown)
        return shown


class Endpoint:
    """A running HTTP server; ``port`` is the one it got."""

    def __init__(self, server: HTTPServer, thread: threading.Thread) -> None:
        self._server = server
        self._thread = thread
        self.port: int = server.server_port

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=2)


def _tokens(record: Record) -> list[tuple[str, int]]:
    """Kinds that do not overlap, so that their sum is what was billed."""
    used = record.usage
    kinds: list[tuple[str, int]] = []
    if used.input_tokens is not None:
        cached = min(used.cached_tokens or 0, used.input_tokens)
        kinds += [("input", used.input_tokens - cached), ("cached", cached)]
    if used.output_tokens is not None:
        reasoning = min(used.reasoning_tokens or 0, used.output_tokens)
        kinds += [("output", used.output_tokens - reasoning), ("reasoning", reasoning)]
    return kinds


def _gauges(gauges: Gauges) -> list[tuple[str, str, Callable[[], float]]]:
    return [
        ("jobs", "Jobs that are running", lambda: float(gauges.jobs())),
        ("session_tokens", "Tokens spent by the sessions of this process", lambda: float(gauges.session_tokens())),
        ("breaker_open", "1 while the endpoint is not asked", lambda: float(gauges.breaker_open())),
        ("storage_degraded", "1 while usage is counted in memory", lambda: float(gauges.storage_degraded())),
    ]
