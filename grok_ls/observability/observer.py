"""Where records go once they are settled: to everything that is switched on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from grok_ls.observability.alerts import Watch
from grok_ls.record import Record

log = logging.getLogger(__name__)


class Sink(Protocol):
    def see(self, record: Record) -> None: ...


@dataclass(frozen=True, slots=True)
class Observer:
    """``sinks``: metrics, traces; ``on_alert`` gets one sentence for the user; ``now`` gives unix seconds. Never
    raises: watching must not break what is watched.
    """

    watch: Watch
    on_alert: Callable[[str], None]
    now: Callable[[], float]
    sinks: tuple[Sink, ...] = ()

    def see(self, record: Record) -> None:
        for sink in self.sinks:
            try:
                sink.see(record)
            except Exception:
                log.exception("%s could not take a record", type(sink).__name__)
        for alert in self.watch.see(record, self.now()):
            self.on_alert(alert.message)

    def turned_down(self) -> None:
        """The endpoint answered a request with 429 just now."""
        for alert in self.watch.turned_down(self.now()):
            self.on_alert(alert.message)
