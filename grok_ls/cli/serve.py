"""``grok-ls``, ``--stdio`` and ``--tcp``: the language server."""

from __future__ import annotations

import argparse
import asyncio
import atexit
import contextlib
import ipaddress
import logging
import os
import sys

from grok_ls import collector
from grok_ls.app import Composition
from grok_ls.cli.signals import stopping_on_sigterm
from grok_ls.observability import last_resort
from grok_ls.observability.log import Redacting
from grok_ls.server.outbox import PipeOutbox

# Redaction and parsing run in threads; the event loop waits so long for its turn at Python's lock, five milliseconds by default.
# Measured with ``tests/benchmarks/redaction/loop.py``: the longest wait beside 100 kB goes from 6.3 to 2.8 ms.
_SWITCH_S = 0.001


def serve(arguments: argparse.Namespace) -> int:
    collector.loading()
    sys.setswitchinterval(_SWITCH_S)
    composition = Composition.from_process()
    handler = logging.StreamHandler(_Stderr())
    handler.setFormatter(Redacting(composition.clean, "%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    if arguments.tcp is None:
        return last_resort.run(_stdio(composition))
    host, _, port = arguments.tcp.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isdigit() or int(port) > 65_535:
        print(f"grok-ls: {arguments.tcp!r} is not HOST:PORT; try --tcp 127.0.0.1:7658.", file=sys.stderr)
        return 2
    if not arguments.allow_remote and not is_loopback(host):
        print(
            f"grok-ls: {host} is not a loopback address, and whoever connects can spend your money;"
            " add --allow-remote if you mean it.",
            file=sys.stderr,
        )
        return 2
    try:
        return last_resort.run(_tcp(composition, host, int(port)))
    except OSError as error:
        print(
            f"grok-ls: cannot listen on {arguments.tcp}: {error.strerror or error}; choose another port.",
            file=sys.stderr,
        )
        return 1


class _Stderr:
    """For the log: an editor that does not read it holds nothing up, and misses lines. The log file has them."""

    def __init__(self) -> None:
        self._out = PipeOutbox(os.dup(sys.stderr.fileno()), lambda: None)
        atexit.register(self._out.close)

    def write(self, line: str) -> None:
        if not self._out.lags:
            self._out.write(line.encode(errors="backslashreplace"))

    def flush(self) -> None:
        """What can be written is written already."""


def is_loopback(host: str) -> bool:
    """Without asking a name server: only the name ``localhost`` and literal addresses count."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


async def _stdio(composition: Composition) -> int:
    from grok_ls.server.transport import serve_stdio

    with stopping_on_sigterm():
        try:
            return await serve_stdio(composition.server)
        except asyncio.CancelledError:
            return 0
        finally:
            await composition.aclose()


async def _tcp(composition: Composition, host: str, port: int) -> int:
    from grok_ls.server.transport import serve_tcp

    def ready(host: str, port: int) -> None:
        print(f"grok-ls: listening on {host}:{port}", file=sys.stderr, flush=True)

    with stopping_on_sigterm():
        try:
            return await serve_tcp(composition.server, host, port, ready)
        except asyncio.CancelledError:
            return 0
        finally:
            await composition.aclose()
