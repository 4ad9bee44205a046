"""``grok-ls``, ``--stdio`` and ``--tcp``: the language server."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import logging
import sys

from grok_ls.app import Composition
from grok_ls.cli.signals import stopping_on_sigterm
from grok_ls.observability.log import Redacting

# Redaction and parsing run in threads; the event loop waits so long for its turn at Python's lock, five milliseconds by default.
# Measured with ``tests/benchmarks/redaction/loop.py``: the longest wait beside 100 kB goes from 6.3 to 2.8 ms.
_SWITCH_S = 0.001


def serve(arguments: argparse.Namespace) -> int:
    sys.setswitchinterval(_SWITCH_S)
    composition = Composition.from_process()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(composition.clean, "%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    if arguments.tcp is None:
        return asyncio.run(_stdio(composition))
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
        return asyncio.run(_tcp(composition, host, int(port)))
    except OSError as error:
        print(
            f"grok-ls: cannot listen on {arguments.tcp}: {error.strerror or error}; choose another port.",
            file=sys.stderr,
        )
        return 1


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
