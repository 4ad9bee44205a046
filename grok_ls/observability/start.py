"""One call that switches on what is configured, for one process. Whatever cannot be switched on is told in one sentence
and left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grok_ls.errors import ConfigError
from grok_ls.loading import LOADING
from grok_ls.observability.alerts import Thresholds, Watch
from grok_ls.observability.log import LogFile
from grok_ls.observability.observer import Observer, Sink
from grok_ls.record import Record

if TYPE_CHECKING:
    from grok_ls.observability.crashes import Crashes
    from grok_ls.observability.metrics import Endpoint, Gauges
    from grok_ls.observability.traces import Traces

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the settings say: ``log_level``, ``metrics_port`` (``None`` = no endpoint), ``daily_usd`` (the day's limit)."""

    log_level: str = "warning"
    metrics_port: int | None = None
    daily_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Observability:
    """``see`` takes each settled record, ``crashed`` each error that is the program's own fault; neither ever raises."""

    observer: Observer
    log: LogFile
    endpoint: Endpoint | None
    traces: Traces | None
    crashes: Crashes | None

    def see(self, record: Record) -> None:
        self.observer.see(record)

    def turned_down(self) -> None:
        self.observer.turned_down()

    def limit_day(self, daily_usd: float) -> None:
        """The day's limit was changed."""
        watch = self.observer.watch
        watch.limits = replace(watch.limits, daily_usd=daily_usd)

    def crashed(self, error: BaseException) -> None:
        if self.crashes is not None:
            with suppress(Exception):
                self.crashes.see(error)

    def close(self) -> None:
        """Give each part a moment to write or send what is left. Blocks for some seconds at worst."""
        for part in (self.endpoint, self.traces, self.crashes, self.log):
            if part is not None:
                with suppress(Exception):
                    part.close()


def start(
    wanted: Wanted,
    *,
    environment: Mapping[str, str],
    data_dir: Path,
    version: str,
    clean: Callable[[str], str],
    on_message: Callable[[str], None],
    gauges: Gauges | None = None,
    now: Callable[[], float] = time.time,
) -> Observability:
    """``clean`` takes secrets and personal data out of a text and is called in other threads; ``on_message`` gets
    alerts, and what could not be switched on, each as one sentence for the user.
    """
    log = LogFile(data_dir / "log", clean, level=wanted.log_level)
    if log.problem:
        on_message(log.problem)
    sinks: list[Sink] = []
    endpoint = _attempt(on_message, lambda: _metrics(wanted.metrics_port, gauges, sinks))
    traces = _attempt(on_message, lambda: _traces(environment, version, sinks))
    crashes = _attempt(on_message, lambda: _crashes(environment, version, clean))
    watch = Watch(Thresholds(daily_usd=wanted.daily_usd))
    return Observability(Observer(watch, on_message, now, tuple(sinks)), log, endpoint, traces, crashes)


def _attempt(on_message: Callable[[str], None], make: Callable[[], T | None]) -> T | None:
    try:
        return make()
    except ConfigError as error:
        on_message(error.message)
        return None


def _metrics(port: int | None, gauges: Gauges | None, sinks: list[Sink]) -> Endpoint | None:
    if port is None:
        return None
    from grok_ls.observability.metrics import Metrics

    with LOADING:
        metrics = Metrics(gauges)
    endpoint = metrics.serve(port)
    sinks.append(metrics)
    return endpoint


def _traces(environment: Mapping[str, str], version: str, sinks: list[Sink]) -> Traces | None:
    from grok_ls.observability.traces import Traces, is_wanted

    if not is_wanted(environment):
        return None
    with LOADING:
        traces = Traces(version)
    sinks.append(traces)
    return traces


def _crashes(environment: Mapping[str, str], version: str, clean: Callable[[str], str]) -> Crashes | None:
    from grok_ls.observability.crashes import DSN_VARIABLE, Crashes

    dsn = environment.get(DSN_VARIABLE, "").strip()
    if not dsn:
        return None
    with LOADING:
        return Crashes(dsn, version, clean)
