"""The pace of what the user sees: merged to ten a second, but the first word of an answer at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from grok_ls.server.client import Client
from grok_ls.server.jobs import Job
from grok_ls.server.progress import Stream


class Screen:
    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []

    def notify(self, method: str, params: dict[str, Any]) -> None:
        assert method == "grok/stream"
        self.shown.append((params["kind"], params["delta"]))


async def test_the_first_word_waits_for_no_status_before_it_and_the_next_are_merged() -> None:
    screen = Screen()
    job = cast(Job, SimpleNamespace(id="j", action="explain", uri="file:///a"))
    stream = Stream(cast(Client, screen), job, wanted=True)
    stream.add("status", "waiting")
    stream.add("status", "thinking")
    stream.add("text", "It")
    assert screen.shown == [("status", "waiting"), ("status", "thinking"), ("text", "It")]
    for word in (" adds", " two", " numbers"):
        stream.add("text", word)
    assert len(screen.shown) == 3
    stream.end(cast(Any, SimpleNamespace(to_json=dict)))
    assert screen.shown[3:] == [("text", " adds two numbers"), ("end", "")]


async def test_nothing_is_streamed_to_a_client_that_did_not_ask() -> None:
    screen = Screen()
    stream = Stream(cast(Client, screen), cast(Job, None), wanted=False)
    stream.begin()
    stream.add("text", "It")
    assert screen.shown == []
