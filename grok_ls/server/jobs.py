"""Running jobs, and the one place where any of them is stopped.

``$/cancelRequest``, ``window/workDoneProgress/cancel``, ``grok.cancel``, ``didClose`` and ``shutdown`` all end in ``Jobs.cancel*``. A
cancelled job closes its stream, applies nothing and answers ``cancelled``. Only a job that is already handing its edit to the client
is left to finish: what was sent cannot be taken back, so its answer says what really happened. An editor that never answers does not
hold it for ever.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from grok_ls.server.wire import JobResult


@dataclass(slots=True)
class Job:
    """One action on one document. ``applying`` is true from the moment the edit leaves for the client."""

    id: str
    key: Hashable
    uri: str
    action: str
    started_s: float = field(default_factory=time.monotonic)
    applying: bool = False
    # A cancel that came while ``applying``.
    stop_asked: bool = False
    phase: str = "waiting"
    tokens: set[str | int] = field(default_factory=set)
    # Its first step is done: a task that is cancelled before that never runs, and could not say how it ended.
    begun: bool = False
    task: asyncio.Task[JobResult] = field(init=False)


# A cancel that comes so long before its job is meant for an earlier one of the same token.
_EARLY_S = 1.0
_MOST_EARLY = 32

# How long a job that was cancelled while its edit is with the client may take to learn what became of it.
_APPLYING_S = 8.0
Work = Callable[[Job], Coroutine[Any, Any, JobResult]]


class Jobs:
    """The registry of one connection."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._running: dict[str, Job] = {}
        self._now = now
        # Tokens that were cancelled when no job had them, and when.
        self._early: dict[str | int, float] = {}

    def start(self, key: Hashable, uri: str, action: str, work: Work) -> tuple[Job, bool]:
        """The job that does ``work``, and whether it is new: an equal one that runs already is joined."""
        for running in self._running.values():
            if running.key == key and not running.stop_asked and not running.task.cancelling():
                return running, False
        job = Job(f"job-{secrets.token_hex(6)}", key, uri, action)
        job.task = asyncio.create_task(_begun(job, work), name=f"grok {action} {job.id}")
        self._running[job.id] = job
        job.task.add_done_callback(lambda _: self._running.pop(job.id, None))
        return job, True

    def __iter__(self) -> Iterator[Job]:
        """The jobs that go on; one that is being stopped only settles its bill."""
        return iter([job for job in self._running.values() if not job.task.cancelling()])

    def cancel(self, job_id: str) -> int:
        job = self._running.get(job_id)
        return self._cancel([job] if job else [])

    def follow(self, job: Job, token: str | int) -> None:
        """The client follows this job by ``token``; it may have cancelled it while its request was on the way here."""
        job.tokens.add(token)
        if self._early.pop(token, float("-inf")) > self._now() - _EARLY_S:
            self._cancel([job])

    def cancel_token(self, token: str | int) -> int:
        jobs = [job for job in self._running.values() if token in job.tokens]
        if not jobs:
            # Notifications are handled at once, requests a turn of the loop later: this one may have overtaken its job.
            self._early[token] = self._now()
            while len(self._early) > _MOST_EARLY:
                del self._early[next(iter(self._early))]
        return self._cancel(jobs)

    def cancel_uri(self, uri: str) -> int:
        return self._cancel([job for job in self._running.values() if job.uri == uri])

    def cancel_all(self) -> int:
        return self._cancel(list(self._running.values()))

    def _cancel(self, jobs: list[Job]) -> int:
        stopped = 0
        for job in jobs:
            if job.applying and not job.stop_asked:
                job.stop_asked = True
                asyncio.get_running_loop().call_later(_APPLYING_S, job.task.cancel)
            elif not job.begun:
                asyncio.get_running_loop().call_soon(self._cancel, [job])
                stopped += 1
            elif not job.applying and not job.task.cancelling():
                job.task.cancel()
                stopped += 1
        return stopped

    async def drain(self, timeout_s: float = 5.0) -> None:
        """Cancel everything and wait until it has ended, so that every reservation is settled. Bounded."""
        self.cancel_all()
        running = [job.task for job in self._running.values()]
        if running:
            await asyncio.wait(running, timeout=timeout_s)
        for task in running:
            task.cancel()


async def _begun(job: Job, work: Work) -> JobResult:
    job.begun = True
    return await work(job)
