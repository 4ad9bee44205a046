"""What a signal means to a command: the running task is cancelled, so that streams are closed and reservations settled."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def stopping_on_sigterm() -> Iterator[None]:
    """A killed process still closes its streams and settles its reservations. Ctrl-C does the same by itself (``asyncio.run``)."""
    task = asyncio.current_task()
    assert task is not None
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGTERM)
