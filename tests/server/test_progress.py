"""The pace of what the user sees: merged to ten a second, but the first word of an answer at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from grok_ls.server.client import Client
from grok_ls.server.jobs import Job
from grok_ls.server.progress import Paced, Progress, Stream


class Screen:
    lags = False

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


async def test_a_client_that_lags_gets_the_rest_as_one_message() -> None:
    screen = Screen()
    stream = Stream(
        cast(Client, screen), cast(Job, SimpleNamespace(id="j", action="explain", uri="file:///a")), wanted=True
    )
    stream.add("text", "It")
    screen.lags = True
    for word in (" adds", " two", " numbers"):
        stream.add("text", word)
        stream._paced.now()
    stream.add("status", "asking again")
    stream.add("status", "reading")
    stream._paced.now()
    assert screen.shown == [("text", "It")]
    screen.lags = False
    stream._paced.now()
    assert screen.shown[1:] == [("text", " adds two numbers"), ("status", "reading")]
    screen.lags = True
    stream.add("text", "; done")
    stream.end(cast(Any, SimpleNamespace(to_json=dict)))
    assert screen.shown[3:] == [("text", "; done"), ("end", "")]


class Bar:
    lags = False

    def __init__(self) -> None:
        self.shown: list[str | None] = []

    def progress(self, token: str, value: Any) -> None:
        self.shown.append(value.message)


async def test_progress_that_a_client_does_not_take_is_the_newest_alone() -> None:
    bar = Bar()
    progress = Progress(cast(Client, bar), "Grok")
    progress.begin("t")
    bar.lags = True
    for words in ("one", "two", "three"):
        progress.report(words)
        progress._paced.now()
    assert bar.shown == [None]
    bar.lags = False
    progress.end("Done.")
    assert bar.shown == [None, "three", "Done."]


async def test_nothing_is_streamed_to_a_client_that_did_not_ask() -> None:
    screen = Screen()
    stream = Stream(cast(Client, screen), cast(Job, None), wanted=False)
    stream.begin()
    stream.add("text", "It")
    assert screen.shown == []


async def test_what_is_left_is_flushed_for_those_who_wait_and_once() -> None:
    said: list[str] = []
    flushed: list[int] = []

    def flush() -> bool:
        flushed.append(len(said))
        return True

    paced = Paced(flush)
    for word in ("first", "second", "third"):
        said.append(word)
        paced()
    assert flushed == [1]
    await paced.caught_up()
    assert flushed == [1, 3]
    await paced.caught_up()
    assert flushed == [1, 3]
