"""What goes to the client, in order, without ever holding up the event loop: an editor may stop reading for as long as it likes.

Both writers take whatever they are given; what the client has not taken yet waits in memory. While much waits (``lags``), those who could
say more leave it for later (``progress``). A client that leaves ``MOST_BYTES`` is given up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import select
import threading
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

log = logging.getLogger(__name__)

LAG_BYTES: Final = 1 << 16
MOST_BYTES: Final = 1 << 26
# How long the end of a connection waits for a client that does not take what was said last.
CLOSE_S: Final = 2.0


class Outbox(Protocol):
    """The writer of one connection, as pygls wants it."""

    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...

    @property
    def lags(self) -> bool:
        """The client has not taken what it was told before."""


class PipeOutbox:
    """Over a descriptor that may block. ``lost`` is called, in any thread, when the client is gone or given up.

    What fits is written at once: a thread would wait for the interpreter's lock, and every menu with it. The rest is left to a thread that
    is started when it is first needed; on Windows, where nothing says what fits, that is at once.
    """

    def __init__(
        self, descriptor: int, lost: Callable[[], None], *, most_bytes: int = MOST_BYTES, close_s: float = CLOSE_S
    ) -> None:
        self._descriptor = descriptor
        self._on_lost = lost
        self._most_bytes = most_bytes
        self._close_s = close_s
        self._changed = threading.Condition()
        self._queue: deque[bytes] = deque()
        # Of the queue, and of what the thread has in hand.
        self._waiting_bytes = 0
        self._thread: threading.Thread | None = None
        self._ended = False
        self._room: select.poll | None = None
        if hasattr(select, "poll"):
            self._room = select.poll()
            self._room.register(descriptor, select.POLLOUT)

    @property
    def lags(self) -> bool:
        return self._waiting_bytes > LAG_BYTES

    def write(self, data: bytes) -> None:
        with self._changed:
            if self._ended:
                return
            if not self._waiting_bytes:
                data = self._at_once(data)
            if not data:
                return
            self._waiting_bytes += len(data)
            if self._waiting_bytes > self._most_bytes:
                log.error("The client takes nothing of what it is told: the connection is given up.")
                self._end()
                return
            self._queue.append(data)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._pump, name="grok-ls stdout", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Waits for a client that still reads; whatever is said later is for nobody."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or not self._waiting_bytes, self._close_s)
            idle = not self._waiting_bytes
            self._ended = True
            self._changed.notify_all()
        if idle:
            # The thread is in no ``write``; one that is keeps the descriptor until the process ends.
            with contextlib.suppress(OSError):
                os.close(self._descriptor)

    def _at_once(self, data: bytes) -> bytes:
        """Write what surely fits, and give the rest: a pipe that has room takes ``PIPE_BUF`` bytes without blocking."""
        if self._room is None:
            return data
        at = 0
        try:
            while at < len(data) and (ready := self._room.poll(0)) and not ready[0][1] & select.POLLNVAL:
                at += os.write(self._descriptor, data[at : at + select.PIPE_BUF])
        except OSError:
            self._end()
            return b""
        return data[at:]

    def _pump(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or self._queue)
                if self._ended:
                    return
                data = self._queue.popleft()
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
            except OSError:
                with self._changed:
                    self._end()
                return
            with self._changed:
                self._waiting_bytes -= len(data)
                self._changed.notify_all()

    def _end(self) -> None:
        self._ended = True
        self._queue.clear()
        self._changed.notify_all()
        self._on_lost()


class StreamOutbox:
    """Over a socket of asyncio, whose own buffer keeps the order and never blocks."""

    def __init__(self, writer: asyncio.StreamWriter, *, most_bytes: int = MOST_BYTES) -> None:
        self._writer = writer
        self._most_bytes = most_bytes

    @property
    def lags(self) -> bool:
        return self._writer.transport.get_write_buffer_size() > LAG_BYTES

    def write(self, data: bytes) -> None:
        if self._writer.is_closing():
            return
        self._writer.write(data)
        if self._writer.transport.get_write_buffer_size() > self._most_bytes:
            log.error("The client takes nothing of what it is told: the connection is given up.")
            self._writer.transport.abort()

    def close(self) -> None:
        self._writer.close()
