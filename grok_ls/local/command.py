"""``grok-ls local``: fetch the model, serve it, say how to use it."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from grok_ls.errors import GrokError, ProviderUnavailable
from grok_ls.local.models import DEFAULT, MODELS, LocalModel, find_model


def add_arguments(parser: argparse.ArgumentParser) -> None:
    known = ", ".join(f"{model.name} ({model.size})" for model in MODELS)
    parser.add_argument("--model", metavar="NAME", help=f"{known}; default {DEFAULT.name}")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port to serve on (default: a free one)")
    parser.add_argument("--pull", action="store_true", help="only fetch the model")


def run_local(arguments: argparse.Namespace) -> int:
    """Exit code: 0 done, 1 failed (one line on stderr), 130 interrupted (Ctrl-C; also SIGTERM, as it is a server)."""
    try:
        from grok_ls.local.fetch import ensure_model

        model = find_model(arguments.model)
        if arguments.pull:
            print(ensure_model(model))
            return 0
        from grok_ls.local.serve import need_extra

        # Before a gigabyte is fetched; and fetched outside of the event loop, where Ctrl-C works at once.
        need_extra()
        return asyncio.run(_serve(model, ensure_model(model), arguments.port))
    except GrokError as error:
        print(f"grok-ls: {error.message}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130


async def _serve(model: LocalModel, path: Path, port: int) -> int:
    from grok_ls.local.serve import local_server

    task = asyncio.current_task()
    assert task is not None
    with contextlib.suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    print(f"grok-ls: loading {model.name} …", file=sys.stderr)
    async with local_server(model, port, path=path) as server:
        print(f"grok-ls: {server.model} listens on {server.base_url}", file=sys.stderr)
        print("grok-ls: start your editor, or grok-ls run, with these; Ctrl-C stops the model.", file=sys.stderr)
        for name, value in server.environment.items():
            print(f"{name}={value}", flush=True)
        code = await server.ended()
    raise ProviderUnavailable(f"The process of the local model ended by itself (exit code {code}); start it again.")
