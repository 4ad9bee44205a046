"""A detector that fails, in every way a detector can: nothing is sent, the user is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from grok_ls.actions import ACTIONS
from grok_ls.budget import Ledger
from grok_ls.engine import Engine, Report, Request, ask
from grok_ls.engine.values import Silent
from grok_ls.errors import RedactionFailed
from grok_ls.provider.scripted import ScriptedProvider
from grok_ls.redaction.redact import Detector, Vocabulary
from grok_ls.redaction.span import Found
from grok_ls.settings import Settings
from grok_ls.storage.memory import MemoryStore
from grok_ls.text import Source, Span

TEXT = "def f(x):\n    return x\n"


def raising(text: str) -> list[Found]:
    raise OSError("the scanner's library is gone")


def breaking_off(text: str) -> Iterator[Found]:
    yield Found(0, 4, "TOKEN")
    raise MemoryError


def out_of_bounds(text: str) -> list[Found]:
    return [Found(0, len(text) + 1, "TOKEN")]


def backwards(text: str) -> list[Found]:
    return [Found(9, 3, "TOKEN")]


def of_no_kind(text: str) -> list[Found]:
    return [Found(0, 8, "WHATEVER")]


def of_no_sense(text: str) -> list[Found]:
    return ["TOKEN"]  # type: ignore[list-item]


def nothing(text: str) -> list[Found]:
    return None  # type: ignore[return-value]


async def run(detector: Detector) -> ScriptedProvider:
    provider = ScriptedProvider("an answer that must never be asked for")
    store = MemoryStore()
    engine = Engine(
        provider_for=lambda _: provider,
        ledger=Ledger(store),
        store=store,
        on_record=lambda _: None,
        detectors=(detector,),
    )
    request = Request(
        job_id="job",
        action=next(each for each in ACTIONS if each.name == "explain"),
        source=Source(TEXT, "main.py", ""),
        span=Span(0, len(TEXT)),
        settings=replace(Settings(), cache_enabled=False),
        session="session",
        vocabulary=Vocabulary(b"0123456789abcdef"),
    )
    with pytest.raises(RedactionFailed, match="nothing was sent"):
        await engine.run(request, Silent(), Report())
    return provider


@pytest.mark.parametrize(
    "detector",
    [raising, breaking_off, out_of_bounds, backwards, of_no_kind, of_no_sense, nothing],
    ids=lambda d: d.__name__,
)
async def test_a_detector_that_fails_or_answers_nonsense_stops_the_request(detector: Detector) -> None:
    provider = await run(detector)
    assert provider.prompts == []


async def test_a_detector_that_hangs_stops_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "REDACTION_S", 0.05)
    release = threading.Event()

    def hanging(text: str) -> list[Found]:
        release.wait(20)
        return []

    try:
        provider = await asyncio.wait_for(run(hanging), 10)
    finally:
        release.set()
    assert provider.prompts == []
