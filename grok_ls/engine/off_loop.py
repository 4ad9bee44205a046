"""Work in a thread of its own, bounded in time. What hangs is left behind: it holds up neither the job nor the end of the process, as a
thread of asyncio's pool would.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """The work ended with what is not for us to obey: it asked the process to exit, or a library below it panicked."""


async def off_loop(work: Callable[[], T], within_s: float) -> T:
    """What ``work`` gives. Raises what it raises, ``TimeoutError`` after ``within_s`` seconds; never ``SystemExit`` and its like."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def settle(result: Callable[[], None]) -> None:
        if not answer.done():
            result()

    def run() -> None:
        try:
            found = context.run(work)
        except Exception as error:
            told = error
        except BaseException as error:
            told = Stopped(type(error).__name__)
            told.__cause__ = error
        else:
            _tell(loop, lambda: settle(lambda: answer.set_result(found)))
            return
        _tell(loop, lambda: settle(lambda: answer.set_exception(told)))

    Thread(target=run, name="grok-ls work", daemon=True).start()
    async with asyncio.timeout(within_s):
        return await answer


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    # A loop that is closed waits for nothing any more.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(what)
