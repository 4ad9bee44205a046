"""Jobs and the ways to stop them, where order decides."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from grok_ls.server.jobs import Job, Jobs


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def running(jobs: Jobs, ends: list[str], key: str = "k") -> Job:
    async def work(job: Job) -> Any:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ends.append(job.id)

    return jobs.start(key, "file:///a", "fix", work)[0]


async def test_a_cancel_that_overtook_its_job_stops_it_after_its_first_step() -> None:
    jobs, ends = Jobs(), []
    assert jobs.cancel_token("mine") == 0
    job = running(jobs, ends)
    jobs.follow(job, "mine")
    await asyncio.wait({job.task})
    assert ends == [job.id]


async def test_an_old_cancel_is_not_meant_for_a_new_job_of_the_same_token() -> None:
    clock = Clock()
    jobs, ends = Jobs(clock), []
    jobs.cancel_token("mine")
    clock.now += 5
    job = running(jobs, ends)
    jobs.follow(job, "mine")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not job.task.cancelling()
    assert jobs.cancel_token("mine") == 1
    await asyncio.wait({job.task})


async def test_cancels_of_unknown_tokens_are_remembered_within_bounds() -> None:
    jobs = Jobs()
    for token in range(10_000):
        jobs.cancel_token(token)
    assert len(jobs._early) <= 32


@pytest.mark.parametrize("way", ["id", "uri", "all", "drain"])
async def test_a_job_that_is_stopped_before_its_first_step_still_says_how_it_ended(way: str) -> None:
    jobs, ends = Jobs(), []
    job = running(jobs, ends)
    match way:
        case "id":
            assert jobs.cancel(job.id) == 1
        case "uri":
            assert jobs.cancel_uri(job.uri) == 1
        case "all":
            assert jobs.cancel_all() == 1
        case _:
            await jobs.drain()
    await asyncio.wait({job.task})
    assert ends == [job.id]
    assert not list(jobs)


async def test_an_equal_request_does_not_join_a_job_that_was_told_to_stop() -> None:
    jobs, ends = Jobs(), []
    job = running(jobs, ends)
    await asyncio.sleep(0)
    job.applying = True
    assert jobs.cancel(job.id) == 0
    again = running(jobs, ends)
    assert again is not job
    again.task.cancel()
    job.task.cancel()
    await asyncio.wait({job.task, again.task})
