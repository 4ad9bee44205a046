"""One soak from start to end, and what may not be left of it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import linear_regression
from typing import Any

from grok_ls.budget import Ledger
from grok_ls.storage.open import open_store
from tests.benchmarks.soak.client import Lag, Model, Outcomes, Worker, endless, quiet, run_all
from tests.benchmarks.soak.measure import Sample, children_mb, descriptors, folder_kb, rss_mb, threads
from tests.benchmarks.soak.plans import plans
from tests.e2e.editor import KEY, Editor
from tests.fake_xai import FakeXai

SESSION = "soak"
STEPS = 10
FEW_TASKS = 5
# Three times what was measured (docs/performance.md), and some for what the allocator takes at a time.
GROWTH_KB_A_JOB = 5.0
GROWTH_MB = 5.0
# A shorter run is all warm-up: modules, grammars and caches come with the first jobs.
FEWEST_JOBS = 400
MACHINE: dict[str, Any] = {
    "storage": "sqlite",
    "model": "grok-4.3",
    "budget": {"sessionTokens": 0, "dailyUsd": 1_000_000},
    "timeout": {"connect": 5, "firstToken": 6, "idle": 5, "total": 30},
    "retries": 1,
    "concurrency": 20,
    "requestsPerMinute": 100_000,
    "log": {"level": "error"},
}


@dataclass(frozen=True, slots=True)
class Soak:
    folder: Path
    jobs: int
    workers: int = 8
    seed: int = 6
    in_process: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"


@dataclass
class Result:
    """``samples``: after the warm-up (the first tenth), after each tenth, and at the end, when nothing runs any more."""

    soak: Soak
    samples: list[Sample] = field(default_factory=list)
    outcomes: Outcomes = field(default_factory=Outcomes)
    seconds: float = 0.0
    requests: int = 0
    connections: int = 0
    disconnects: int = 0
    tokens_by_fake: int = 0
    tokens_booked: int = 0
    spinners: list[str] = field(default_factory=list)


async def soaked(soak: Soak) -> Result:
    result = Result(soak)
    todo = plans(soak.jobs, soak.seed)
    model = Model(todo)
    root = soak.folder / "workspace"
    root.mkdir()
    began = time.monotonic()
    async with FakeXai(default=model) as fake, _editor(soak, root, fake) as (editor, pid):
        lag = Lag()
        watching = asyncio.create_task(lag.watch())
        workers = [Worker(editor, fake, model, result.outcomes, root, n, lag) for n in range(soak.workers)]
        for worker in workers:
            worker.open()
        step = max(1, soak.jobs // STEPS)
        for start in range(0, soak.jobs, step):
            await run_all(workers, todo[start : start + step])
            await quiet(editor, fake)
            result.samples.append(await _sample(soak, editor, fake, pid, start + step))
        result.samples[-1] = await _settled(soak, editor, fake, pid, result.samples)
        result.tokens_booked = (await editor.command("grok.usage"))["session"]["tokens"]
        result.spinners = endless(editor)
        result.requests, result.connections = len(fake.requests), fake.connections
        result.disconnects = sum(request.disconnected for request in fake.requests)
        result.tokens_by_fake = fake.tokens_spent
        watching.cancel()
    result.seconds = time.monotonic() - began
    return result


@asynccontextmanager
async def _editor(soak: Soak, root: Path, fake: FakeXai) -> AsyncIterator[tuple[Editor, int]]:
    editor = Editor("vscode")
    options: dict[str, Any] = {"base_url": fake.url, "machine": MACHINE, "session_id": SESSION}
    if not soak.in_process:
        await editor.start(root, environment={"GROK_LS_DATA_DIR": str(soak.data)}, **options)
        assert editor.client._server is not None
        try:
            yield editor, editor.client._server.pid
        finally:
            await editor.stop()
        return
    async with _serving(soak) as address:
        await editor.start(root, tcp=address, **options)
        try:
            yield editor, os.getpid()
        finally:
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            await editor.client.stop()


@asynccontextmanager
async def _serving(soak: Soak) -> AsyncIterator[tuple[str, int]]:
    """The server on a socket of this process and in this loop."""
    from grok_ls.app import Composition
    from grok_ls.server.transport import serve_tcp

    composition = Composition({"XAI_API_KEY": KEY, "GROK_LS_DATA_DIR": str(soak.data)})
    ready: asyncio.Future[tuple[str, int]] = asyncio.get_running_loop().create_future()
    server = asyncio.create_task(
        serve_tcp(composition.server, "127.0.0.1", 0, lambda host, port: ready.set_result((host, port)))
    )
    try:
        yield await ready
    finally:
        server.cancel()
        with suppress(asyncio.CancelledError):
            await server
        await composition.aclose()


async def _sample(soak: Soak, editor: Editor, fake: FakeXai, pid: int, jobs: int) -> Sample:
    usage = await editor.command("grok.usage")
    store = open_store("sqlite", soak.data, lambda message: None)
    reserved = (await Ledger(store).session(SESSION)).reserved
    await store.aclose()
    files, sockets = descriptors(pid)
    tasks = len(asyncio.all_tasks()) if soak.in_process else None
    return Sample(
        jobs,
        files,
        sockets,
        threads(pid),
        rss_mb(pid),
        children_mb(pid),
        fake.open_connections,
        len(usage["jobs"]),
        reserved,
        folder_kb(soak.data),
        tasks,
    )


async def _settled(soak: Soak, editor: Editor, fake: FakeXai, pid: int, samples: list[Sample]) -> Sample:
    """The last sample; idle connections may still be on their way out, so it is taken again until they are."""
    warm, last = samples[0], samples[-1]
    with suppress(TimeoutError):
        async with asyncio.timeout(10):
            while leaked(warm, last):
                last = await _sample(soak, editor, fake, pid, last.jobs)
    return last


def leaked(warm: Sample, last: Sample) -> list[str]:
    """What the end has more of than the time after the warm-up."""
    pool = min(32, (os.cpu_count() or 1) + 4)
    most = replace(
        warm,
        # Idle connections of a pool of at most this many, each with its socket.
        connections=MACHINE["concurrency"],
        sockets=warm.sockets - warm.connections + MACHINE["concurrency"],
        threads=warm.threads + pool,
        running=0,
        reserved=0,
        # The fake endpoint, in the same loop, has one for each connection.
        tasks=None if warm.tasks is None else warm.tasks - warm.connections + last.connections + FEW_TASKS,
    )
    names = ("files", "sockets", "threads", "connections", "running", "reserved", "tasks")
    return [
        f"{name}: {getattr(last, name)} at the end, {getattr(warm, name)} after the warm-up"
        for name in names
        if getattr(last, name) is not None and getattr(last, name) > getattr(most, name)
    ]


def growing(samples: list[Sample]) -> list[str]:
    """Whether memory grows with every job, by the straight line through the last half: what is learned at first is no leak."""
    half = samples[len(samples) // 2 :]
    jobs, sizes = [float(sample.jobs) for sample in half], [sample.rss_mb for sample in half]
    if jobs[-1] - jobs[0] < FEWEST_JOBS:
        return []
    slope_mb = linear_regression(jobs, sizes).slope
    grown_mb, most_mb = slope_mb * (jobs[-1] - jobs[0]), GROWTH_MB + GROWTH_KB_A_JOB * (jobs[-1] - jobs[0]) / 1000
    if grown_mb <= most_mb:
        return []
    return [f"memory: {slope_mb * 1000:.1f} kB a job in the last half, {grown_mb:.1f} MB; at most {most_mb:.1f} MB"]


def faults_of(result: Result) -> list[str]:
    """Everything that is wrong with a run."""
    wrong = [*result.outcomes.wrong, *leaked(result.samples[0], result.samples[-1])]
    if not result.soak.in_process:
        # There the endpoint and the client keep all that was said.
        wrong += growing(result.samples)
    if result.spinners:
        wrong.append(f"progress without an end: {', '.join(result.spinners[:10])}")
    if result.tokens_booked < result.tokens_by_fake:
        wrong.append(f"{result.tokens_booked} tokens are booked, the endpoint counted {result.tokens_by_fake}")
    return wrong


def report(result: Result) -> str:
    soak, counted = result.soak, result.outcomes
    lines = [
        f"{soak.jobs} jobs, {soak.workers} at once, seed {soak.seed}, {'in process' if soak.in_process else 'on stdio'}:"
        f" {result.seconds:.0f} s, {result.requests} requests over {result.connections} connections,"
        f" {result.disconnects} closed by us; {counted.hits} answers from the cache",
        f"statuses: {dict(counted.statuses.most_common())}",
        f"timeouts because the machine stood still: {counted.stalled}",
        f"codes: {dict(counted.codes.most_common())}",
        f"tokens booked {result.tokens_booked}, counted by the endpoint {result.tokens_by_fake}",
        "",
        "| jobs | files | sockets | open at the endpoint | threads | tasks | RSS MB | scanner MB | running | reserved | data kB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {s.jobs} | {s.files} | {s.sockets} | {s.connections} | {s.threads} | {'–' if s.tasks is None else s.tasks} |"
        f" {s.rss_mb:.1f} | {s.scanner_mb:.1f} | {s.running} | {s.reserved} | {s.data_kb} |"
        for s in result.samples
    ]
    return "\n".join(lines)
