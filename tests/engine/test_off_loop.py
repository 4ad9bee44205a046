"""Work in a thread of its own: what it gives, what it raises, and what it cannot do."""

from __future__ import annotations

import asyncio
import threading

import pytest

from grok_ls.engine.off_loop import Stopped, off_loop


async def test_what_the_work_gives_and_raises_comes_back() -> None:
    assert await off_loop(lambda: 7, 10) == 7
    with pytest.raises(ZeroDivisionError):
        await off_loop(lambda: 1 // 0, 10)


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit, BaseException])
async def test_the_work_cannot_end_the_program(kind: type[BaseException]) -> None:
    def work() -> None:
        raise kind

    with pytest.raises(Stopped, match=kind.__name__):
        await off_loop(work, 10)


async def test_work_that_hangs_is_left_behind_and_holds_nothing_up() -> None:
    release, running = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        running.set()
        release.wait(60)

    try:
        with pytest.raises(TimeoutError):
            await off_loop(work, 0.05)
        await asyncio.to_thread(running.wait, 10)
        assert threads[0].daemon, "the end of the process does not wait for it"
    finally:
        release.set()
    await asyncio.to_thread(threads[0].join, 10)


async def test_a_cancel_does_not_wait_for_the_work() -> None:
    release, running = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work() -> None:
        loop.call_soon_threadsafe(running.set)
        release.wait(60)

    task = asyncio.create_task(off_loop(work, 60))
    await running.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()
