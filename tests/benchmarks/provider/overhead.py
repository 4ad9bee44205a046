"""``python -m tests.benchmarks.provider.overhead``: what the adapter, and what the whole language server adds to the openai SDK on the same
stream, and how fast a cancel closes.

All read the same paced stream of the fake server in one run, in turn. The language server is a child process on stdio with an editor on its
other end: its time is from the moment that the endpoint has written the first delta to the ``grok/stream`` notification that carries it.
Prints; asserts nothing.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from openai import AsyncOpenAI

from grok_ls.budget import Ledger, Limits
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, TextDelta
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.xai import XaiProvider
from grok_ls.storage.memory import MemoryStore
from tests.e2e.conftest import MAIN
from tests.e2e.editor import Editor, server_environment
from tests.fake_xai import FakeXai, Gate, answer

ROUNDS, CUTS = 60, 300
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


def share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] * 1000


async def measure(deltas: AsyncIterator[None]) -> tuple[float, float]:
    """Seconds to the first delta and to the last."""
    began, first = time.perf_counter(), 0.0
    async for _ in deltas:
        first = first or time.perf_counter() - began
    return first, time.perf_counter() - began


async def cancels(fake: FakeXai, provider: XaiProvider, ledger: Ledger) -> list[float]:
    """Seconds from a cancel at a random event to the close that the server sees."""
    taken, chance = [], random.Random(7)
    for _ in range(CUTS):
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


async def whole_way(fake: FakeXai, client: AsyncOpenAI, folder: Path) -> tuple[list[float], list[float]]:
    """Seconds to the first delta of the bare SDK, and of an editor on a language server."""
    editor = Editor("vscode")
    await editor.start(folder, base_url=fake.url, environment=server_environment({"GROK_LS_DATA_DIR": str(folder)}))
    path = folder / "main.py"
    path.write_text(MAIN)
    uri = editor.open(path, MAIN)
    theirs, mine = [], []
    for number in range(ROUNDS + 5):
        one = await arrivals(fake, lambda: first_of(raw(client)))
        other = await arrivals(fake, lambda number=number: through_the_editor(editor, uri, number))  # type: ignore[misc]
        if number >= 5:
            theirs.append(one)
            mine.append(other)
    await editor.stop()
    return theirs, mine


async def main() -> None:
    async with FakeXai(default=answer(TEXT, delay_s=0.001)) as fake:
        ledger, provider = Ledger(MemoryStore()), XaiProvider(Endpoint(fake.url))
        client = AsyncOpenAI(api_key="none", base_url=fake.url, max_retries=0)
        for _ in range(5):
            await measure(raw(client))
            await measure(ours(provider, ledger))
        theirs, mine = [], []
        for _ in range(ROUNDS):
            theirs.append(await measure(raw(client)))
            mine.append(await measure(ours(provider, ledger)))
        added = [one[0] - other[0] for one, other in zip(mine, theirs, strict=True)]
        whole = [(one[1] - other[1]) / 40 for one, other in zip(mine, theirs, strict=True)]
        print(
            f"first delta, raw SDK: p50 {share([t[0] for t in theirs], 0.5):.2f} ms, p99 {share([t[0] for t in theirs], 0.99):.2f} ms"
        )
        print(
            f"first delta, adapter: p50 {share([t[0] for t in mine], 0.5):.2f} ms, p99 {share([t[0] for t in mine], 0.99):.2f} ms"
        )
        print(f"added to the first delta: p50 {share(added, 0.5):.2f} ms, p99 {share(added, 0.99):.2f} ms")
        print(f"added to each delta: p50 {share(whole, 0.5):.3f} ms")
        with tempfile.TemporaryDirectory() as folder:
            theirs, mine = await whole_way(fake, client, Path(folder))
        for name, values in (("raw SDK", theirs), ("editor on the language server", mine)):
            print(f"endpoint's write to {name}: p50 {share(values, 0.5):.2f} ms, p99 {share(values, 0.99):.2f} ms")
        taken = await cancels(fake, provider, ledger)
        print(
            f"cancel to closed socket, {CUTS} random cuts: p50 {share(taken, 0.5):.2f} ms, p99 {share(taken, 0.99):.2f} ms"
        )
        await provider.aclose()
        await client.close()


if __name__ == "__main__":
    asyncio.run(main())
