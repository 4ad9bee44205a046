"""An engine over a scripted provider: everything real but the model."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pytest

from grok_ls.actions import ACTIONS
from grok_ls.budget import Ledger
from grok_ls.engine import Engine, Explanation, Proposal, Report, Request, Unchanged
from grok_ls.engine.answers import Endpoints
from grok_ls.engine.values import Silent
from grok_ls.provider.scripted import Answer, ScriptedProvider
from grok_ls.record import Record
from grok_ls.redaction.redact import Vocabulary
from grok_ls.settings import Settings
from grok_ls.storage.memory import MemoryStore
from grok_ls.text import Finding, Source, Span


@dataclass
class Bench:
    """``ask`` runs one action on a text with the model's answers in order; what was sent is in ``asked``."""

    store: MemoryStore = field(default_factory=MemoryStore)
    records: list[Record] = field(default_factory=list)
    # How many 429s the engine has told of.
    turned_down: int = 0
    report: Report = field(default_factory=Report)
    provider: ScriptedProvider = field(default_factory=ScriptedProvider)
    # Takes the place of the scripted one.
    through: Endpoints | None = None
    later_s: float = 0.0
    last: Request | None = None
    settings: Settings = field(default_factory=lambda: replace(Settings(), cache_enabled=False))

    async def ask(
        self, text: str, *answers: Answer, action: str = "fix", path: str = "main.py", at: str = "", **more: Any
    ) -> Proposal | Explanation | Unchanged:
        self.provider = ScriptedProvider(*answers)
        self.report = Report()
        start = text.index(at)
        span = Span(start, start + len(at))
        request = Request(
            job_id="job",
            action=next(each for each in ACTIONS if each.name == action),
            source=Source(text, path, ""),
            span=span,
            settings=self.settings,
            session="session",
            vocabulary=Vocabulary(b"0123456789abcdef"),
            findings=more.pop("findings", (Finding(span, "this is wrong"),)),
            **more,
        )
        self.last = request
        return await self.engine.run(request, Silent(), self.report)

    @cached_property
    def engine(self) -> Engine:
        return Engine(
            provider_for=lambda _: self.through or self.provider,
            ledger=Ledger(self.store),
            store=self.store,
            on_record=self.records.append,
            on_turned_down=self._turned_down,
            monotonic=lambda: time.monotonic() + self.later_s,
        )

    def _turned_down(self) -> None:
        self.turned_down += 1

    def asked(self, number: int) -> list[tuple[str, str]]:
        return [(message.role, message.content.text) for message in self.provider.prompts[number].messages]


@pytest.fixture
def bench() -> Bench:
    return Bench()
