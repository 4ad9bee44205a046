"""Bytes in, bytes out: stdio for one client, TCP for many. Every connection gets a server object, so a session of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from pygls.io_ import run_async

from grok_ls import collector
from grok_ls.server.outbox import Outbox, PipeOutbox, StreamOutbox

if TYPE_CHECKING:
    from grok_ls.server.server import GrokServer

_CHUNK_BYTES = 1 << 16


class _StdinReader:
    """Feeds a ``StreamReader`` from a daemon thread of its own.

    The event loop cannot watch a Windows pipe or a redirected file, and a shared thread pool makes the server deaf when it is full.
    """

    def __init__(self, stdin: BinaryIO, loop: asyncio.AbstractEventLoop) -> None:
        self.stream = asyncio.StreamReader(loop=loop)
        self._descriptor = stdin.fileno()
        self._loop = loop
        threading.Thread(target=self._pump, name="grok-ls stdin", daemon=True).start()

    def _pump(self) -> None:
        try:
            while chunk := os.read(self._descriptor, _CHUNK_BYTES):
                self._loop.call_soon_threadsafe(self.stream.feed_data, chunk)
            self._loop.call_soon_threadsafe(self.stream.feed_eof)
        except (OSError, RuntimeError):
            # The descriptor or the loop is gone: the process is on its way out.
            return


async def _serve(server: GrokServer, reader: asyncio.StreamReader) -> int:
    """Handle one connection until its ``exit``, or the end of its input. Gives the exit code."""
    collector.loaded()
    tasks = {asyncio.ensure_future(_messages(server, reader)), asyncio.ensure_future(server.stopped.wait())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.shell.close()
    return server.exit_code


async def _messages(server: GrokServer, reader: asyncio.StreamReader) -> None:
    await run_async(
        stop_event=threading.Event(),
        reader=reader,
        protocol=server.protocol,
        error_handler=server.report_server_error,
    )


async def serve_stdio(make: Callable[[], GrokServer]) -> int:
    """Serve one client on stdin and stdout. From here on nothing else can write to stdout: it points to stderr."""
    loop = asyncio.get_running_loop()
    descriptor = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server = make()

    def lost() -> None:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(server.stopped.set)

    out = PipeOutbox(descriptor, lost)
    _connect(server, out)
    try:
        return await _serve(server, _StdinReader(sys.stdin.buffer, loop).stream)
    finally:
        out.close()


def _connect(server: GrokServer, out: Outbox) -> None:
    server.protocol.set_writer(out)
    server.session.client.out = out


async def serve_tcp(make: Callable[[], GrokServer], host: str, port: int, ready: Callable[[str, int], None]) -> int:
    """Serve every client that connects, each in a session of its own, until cancelled. ``ready`` gets the real address."""

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server = make()
        _connect(server, StreamOutbox(writer))
        try:
            await _serve(server, reader)
        finally:
            writer.close()

    listener = await asyncio.start_server(connection, host, port)
    async with listener:
        address = listener.sockets[0].getsockname()
        ready(address[0], address[1])
        await listener.serve_forever()
    return 0
