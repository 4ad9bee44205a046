"""``async with local_server()``: the model behind an OpenAI-compatible endpoint on loopback, in a child process.

A child, because the native code shares nothing with us but HTTP: its crash, its memory and its threads stay its own.
It ends with this process, however that ends (see ``child.py``).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import signal
import socket
import sys
import time
import urllib.request
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from grok_ls.errors import ConfigError, ProviderUnavailable
from grok_ls.local.fetch import ensure_model
from grok_ls.local.models import LocalModel, find_model

# Enough for grok.contextTokens' default with its output; 28 KiB of memory a token for the larger model.
CONTEXT_TOKENS = 16_384
_FIRST_TOKEN_S = 600
_LOAD_TIMEOUT_S = 300.0
_STOP_TIMEOUT_S = 5.0
_HEALTH_TRIES = 50
_MAX_THREADS = 8
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class LocalServer:
    """``base_url`` ends in ``/v1``; ``model`` is the name to ask for; ``process`` is the child."""

    base_url: str
    model: str
    process: asyncio.subprocess.Process

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point grok-ls here, with the patience that a model needs which reads tens of tokens a
        second.
        """
        return {
            "GROK_LS_BASE_URL": self.base_url,
            "GROK_LS_MODEL": self.model,
            "GROK_LS_TIMEOUT_FIRST_TOKEN": str(_FIRST_TOKEN_S),
        }

    async def ended(self) -> int:
        """Waits until the child is gone: its exit code, negative for a signal."""
        return await self.process.wait()


@contextlib.asynccontextmanager
async def local_server(
    model: LocalModel | str | None = None,
    port: int = 0,
    *,
    path: Path | None = None,
    context_tokens: int = CONTEXT_TOKENS,
    threads: int | None = None,
) -> AsyncIterator[LocalServer]:
    """Serves until the block ends; fetches the model first if it is not there. ``port`` 0 is a free one; ``path`` is a
    file to serve instead of the fetched one; ``threads`` follow the idle cores unless given. Raises ``ConfigError``
    (extra missing, port in use, folder, disk) and ``ProviderUnavailable`` (model not to be had, server did not start).
    """
    chosen = model if isinstance(model, LocalModel) else find_model(model)
    need_extra()
    _need_port(port)
    file = path or await asyncio.to_thread(ensure_model, chosen)
    wanted = {
        "path": str(file),
        "alias": chosen.name,
        "port": port,
        "context_tokens": context_tokens,
        "threads": threads or _threads(),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        str(_CHILD),
        json.dumps(wanted),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    log: deque[str] = deque(maxlen=20)
    draining = asyncio.create_task(_drain(process, log), name="local-model-log")
    try:
        url = await _ready(process, chosen, log)
        yield LocalServer(f"{url}/v1", chosen.name, process)
    finally:
        await asyncio.shield(_stop(process))
        draining.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await draining


def need_extra() -> None:
    """Raises ``ConfigError`` if the extra ``local`` is not installed."""
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigError("The local model needs the extra 'local': pip install 'grok-ls[local]'.")


def _need_port(port: int) -> None:
    """The native server only says that it failed; so ask first, to be able to say why."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ConfigError(f"Port {port} cannot be used ({reason}); choose another, or 0 for a free one.") from error


async def _ready(process: asyncio.subprocess.Process, model: LocalModel, log: deque[str]) -> str:
    """The address, once it answers on ``/health``."""
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_LOAD_TIMEOUT_S):
            line = await process.stdout.readline()
            said = json.loads(line) if line else {"error": _ending(await process.wait(), log)}
            if "error" in said:
                hint = next((entry for entry in reversed(log) if " E " in entry), "")
                raise ProviderUnavailable(
                    f"The local model {model.name} could not be started ({said['error']}); close other programs if"
                    " memory is short, or try the smaller one with --model 0.5b.",
                    detail=hint,
                )
            await asyncio.to_thread(_wait_healthy, str(said["url"]))
            return str(said["url"])
    except TimeoutError:
        raise ProviderUnavailable(
            f"The local model {model.name} was not loaded after {_LOAD_TIMEOUT_S:.0f} s; the machine is too busy or the"
            " disk too slow, try again or use --model 0.5b."
        ) from None


def _wait_healthy(url: str) -> None:
    """The child speaks when its server has loaded the model; this is the proof, over the way that requests take."""
    # Straight to loopback: a proxy of the environment must not be asked.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(_HEALTH_TRIES):
        with contextlib.suppress(OSError), opener.open(f"{url}/health", timeout=5):
            return
        time.sleep(0.1)
    raise ProviderUnavailable(f"The local model's server does not answer on {url}; start it again.")


def _ending(code: int, log: deque[str]) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"its process was ended by {signal.Signals(-code).name}"
    return f"its process ended with {code}" + (f": {log[-1]}" if log else "")


async def _drain(process: asyncio.subprocess.Process, log: deque[str]) -> None:
    assert process.stderr is not None
    while line := await process.stderr.readline():
        log.append(line.decode("utf-8", "replace").strip())


async def _stop(process: asyncio.subprocess.Process) -> None:
    """The end of its input ends it; a child that does not look is killed."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        async with asyncio.timeout(_STOP_TIMEOUT_S):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _threads() -> int:
    """As many as there are idle cores. The threads wait for each other at every layer, so one that has to share its
    core makes all of them late: on two busy cores two threads were measured ten times slower than one.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    busy = round(os.getloadavg()[0]) if hasattr(os, "getloadavg") else 0
    return max(1, min(_MAX_THREADS, cores - busy))
