"""``python -m tests.fake_xai --port 0 [--script FILE] [--log FILE]``: prints its base URL, serves until SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path

from tests.fake_xai.control import as_json, fake_gates, script_from
from tests.fake_xai.reply import answer
from tests.fake_xai.server import FakeXai


async def _serve(options: argparse.Namespace) -> None:
    fake = FakeXai(key=options.key, strict=not options.any_model)
    if options.script:
        fake.script(*script_from(json.loads(Path(options.script).read_text("utf-8")), fake_gates(fake)))  # noqa: ASYNC240
    if options.default is not None:
        fake.default = answer(options.default)
    await fake.start(options.port)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    print(fake.url, flush=True)
    await stopped.wait()
    await fake.stop()
    if options.log:
        lines = (json.dumps(as_json(request)) for request in fake.requests)
        Path(options.log).write_text("".join(f"{line}\n" for line in lines), "utf-8")  # noqa: ASYNC240


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_xai")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", help="JSON list of replies")
    parser.add_argument("--default", help="text answered when the script is used up")
    parser.add_argument("--log", help="JSON lines of the recorded requests, written at the end")
    parser.add_argument("--key", help="the only key that is accepted")
    parser.add_argument("--any-model", action="store_true", help="accept unknown models and efforts")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
