"""What the adapter, and what the whole language server adds to the openai SDK on the same stream, and how fast a cancel closes.

All read the same paced stream of the fake server in one run, in turn. The language server is a child process on stdio with an editor on its
other end: its time is from the moment that the endpoint has written the first delta to the ``grok/stream`` notification that carries it.
The rows are in ``python -m tests.benchmarks.performance --only jobs``.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from openai import AsyncOpenAI

from grok_ls.budget import Ledger, Limits
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, TextDelta
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.xai import XaiProvider
from grok_ls.storage.memory import MemoryStore
from tests.e2e.conftest import FIX, MAIN
from tests.e2e.editor import Editor, server_environment
from tests.fake_xai import FakeXai, Gate, answer

TEXT = "word" * 40


async def raw(client: AsyncOpenAI) -> AsyncIterator[None]:
    stream = await client.responses.create(model="grok-4.3", input="x", stream=True, store=False)
    async with stream:
        async for event in stream:
            if event.type == "response.output_text.delta":
                yield


async def ours(provider: XaiProvider, ledger: Ledger) -> AsyncIterator[None]:
    reservation = await ledger.reserve(
        "s", Limits(session_tokens=0), input_tokens=9, max_output_tokens=512, worst_usd=None
    )
    async for event in provider.stream(Prompt("b/1", ()), reservation, Call("grok-4.3")):
        if isinstance(event, TextDelta):
            yield


async def measure(deltas: AsyncIterator[None]) -> tuple[float, float]:
    """Seconds to the first delta and to the last."""
    began, first = time.perf_counter(), 0.0
    async for _ in deltas:
        first = first or time.perf_counter() - began
    return first, time.perf_counter() - began


async def cancels(fake: FakeXai, provider: XaiProvider, ledger: Ledger, cuts: int) -> list[float]:
    """Seconds from a cancel at a random event to the close that the server sees."""
    taken, chance = [], random.Random(7)
    for _ in range(cuts):
        at = chance.randrange(-1, 30)
        fake.script(answer(TEXT, hold_at=at, gate=Gate()))
        number = len(fake.requests) + 1

        async def job() -> None:
            async for _ in ours(provider, ledger):
                pass

        task = asyncio.create_task(job())
        await fake.wait_for_events(max(at, 0), number)
        began = time.monotonic()
        task.cancel()
        request = await fake.wait_for_disconnect(number)
        taken.append((request.ended_s or 0) - began)
        await asyncio.gather(task, return_exceptions=True)
    return taken


async def arrivals(fake: FakeXai, wait: Callable[[], Awaitable[float]]) -> float:
    """Seconds from the endpoint's write of its first delta to the moment that ``wait`` gives."""
    number = len(fake.requests)

    async def written() -> float:
        await fake.wait_until(
            lambda: len(fake.requests) > number and "response.output_text.delta" in fake.requests[number].sent
        )
        return time.perf_counter()

    began, came = await asyncio.gather(written(), wait())
    return came - began


async def first_of(deltas: AsyncIterator[None]) -> float:
    first = 0.0
    async for _ in deltas:
        first = first or time.perf_counter()
    return first


async def through_the_editor(editor: Editor, uri: str, number: int) -> float:
    run = editor.run_action("explain", uri, "width + height", instruction=f"round {number}")
    job = asyncio.ensure_future(editor.command("grok.run", run))
    editor.streamed.clear()
    while not any(getattr(params, "kind", None) == "text" for params in editor.streamed):
        editor.stream_grew.clear()
        await editor.stream_grew.wait()
    first = time.perf_counter()
    await job
    return first


@dataclass
class Beside:
    """Seconds of the same thing by the bare SDK and by us, in turn."""

    sdk: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)

    @property
    def added(self) -> list[float]:
        return [one - other for one, other in zip(self.ours, self.sdk, strict=True)]


@dataclass
class Overhead:
    """Of the adapter: to the first delta, and from it to the end, a delta. Of the server: from the endpoint's write of the first delta to
    an editor, and a whole job from the command to its result, for an explanation and for a fix that lands.
    """

    first: Beside = field(default_factory=Beside)
    each: Beside = field(default_factory=Beside)
    arrival: Beside = field(default_factory=Beside)
    explain: Beside = field(default_factory=Beside)
    fix: Beside = field(default_factory=Beside)
    cancels: list[float] = field(default_factory=list)


async def whole_way(fake: FakeXai, client: AsyncOpenAI, folder: Path, rounds: int, found: Overhead) -> None:
    """The bare SDK, and an editor on a language server."""
    editor = Editor("vscode")
    await editor.start(folder, base_url=fake.url, environment=server_environment({"GROK_LS_DATA_DIR": str(folder)}))
    path = folder / "main.py"
    path.write_text(MAIN)
    uri = editor.open(path, MAIN)
    # The first five of each are not counted: what they load is in memory then.
    for number in range(-5, rounds):
        one = await arrivals(fake, lambda: first_of(raw(client)))
        other = await arrivals(fake, lambda number=number: through_the_editor(editor, uri, number))  # type: ignore[misc]
        if number >= 0:
            found.arrival.sdk.append(one)
            found.arrival.ours.append(other)
        for action, beside in (("explain", found.explain), ("fix", found.fix)):
            text = FIX if action == "fix" else TEXT
            fake.script(answer(text, delay_s=0.001), answer(text, delay_s=0.001))
            _, one = await measure(raw(client))
            began = time.perf_counter()
            await editor.run(action, uri, "width + height", instruction=f"whole {number}")
            other = time.perf_counter() - began
            if action == "fix":
                at = editor.buffers[uri].text.index("width * height") + len("width ")
                editor.type(uri, at, at + 1, "+")
            if number >= 0:
                beside.sdk.append(one)
                beside.ours.append(other)
    await editor.stop()


async def measured(rounds: int, cuts: int) -> Overhead:
    found = Overhead()
    async with FakeXai(default=answer(TEXT, delay_s=0.001)) as fake:
        ledger, provider = Ledger(MemoryStore()), XaiProvider(Endpoint(fake.url))
        client = AsyncOpenAI(api_key="none", base_url=fake.url, max_retries=0)
        for number in range(-5, rounds):
            theirs, mine = await measure(raw(client)), await measure(ours(provider, ledger))
            if number >= 0:
                found.first.sdk.append(theirs[0])
                found.first.ours.append(mine[0])
                found.each.sdk.append((theirs[1] - theirs[0]) / 40)
                found.each.ours.append((mine[1] - mine[0]) / 40)
        with tempfile.TemporaryDirectory() as folder:
            await whole_way(fake, client, Path(folder), rounds, found)
        found.cancels = await cancels(fake, provider, ledger, cuts)
        await provider.aclose()
        await client.close()
    return found
