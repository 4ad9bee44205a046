from __future__ import annotations

from dataclasses import replace

from grok_ls.observability.alerts import Thresholds, Watch
from grok_ls.observability.observer import Observer
from grok_ls.record import Record

NOW = 1_795_262_400.0
BAD = Record(job="j", action="fix", endpoint="h", model="m", status="failed", code="timeout", at=NOW)


class Kept:
    def __init__(self) -> None:
        self.seen: list[Record] = []

    def see(self, record: Record) -> None:
        self.seen.append(record)


class Broken:
    def see(self, record: Record) -> None:
        raise RuntimeError("no")


def test_every_sink_sees_every_record_and_the_user_each_alert_once() -> None:
    kept, told = Kept(), []
    observer = Observer(Watch(Thresholds()), told.append, lambda: NOW, (Broken(), kept))
    records = [replace(BAD, job=f"j{number}") for number in range(8)]
    for record in records:
        observer.see(record)
    assert kept.seen == records
    assert len(told) == 1
