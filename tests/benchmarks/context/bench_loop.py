"""How long the event loop waits for its turn while the context of a job is made in a thread.

``python tests/benchmarks/context/bench_loop.py [--lines 50000] [--times 5]`` prints for each preparation of a request (redaction,
parsing, context, prompt) how long it took and the longest time between two turns of a loop that asks for one every millisecond.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
import time

from grok_ls.actions import FIX
from grok_ls.app import _warm
from grok_ls.cli.serve import _SWITCH_S
from grok_ls.engine.ask import prepare
from grok_ls.engine.values import Request
from grok_ls.redaction.redact import Vocabulary
from grok_ls.settings import Settings
from grok_ls.text import Finding, Source, Span

_FUNCTION = "\ndef f_{n}(x):\n    y = x + {n}\n    return y * os.sep + f_{other}(x)\n\n"


def document(lines: int) -> str:
    count = lines // 5
    return "import os\n\n" + "".join(_FUNCTION.format(n=n, other=n * 7 % count) for n in range(count))


def request(text: str) -> Request:
    at = text.index("y = x + ", len(text) // 2)
    span = Span(at, at + 3)
    return Request(
        job_id="job",
        action=FIX,
        source=Source(text, "main.py", "python"),
        span=span,
        settings=Settings(),
        session="session",
        vocabulary=Vocabulary(b"0123456789abcdef"),
        findings=(Finding(span, "this is wrong"),),
    )


async def longest_wait(text: str) -> tuple[float, float]:
    """Seconds: of the preparation, and between two turns."""
    waits: list[float] = []

    async def turn() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            waits.append(time.perf_counter() - before)

    turning = asyncio.create_task(turn())
    await asyncio.sleep(0.02)
    started = time.perf_counter()
    await prepare(request(text))
    took = time.perf_counter() - started
    turning.cancel()
    return took, max(waits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    sys.setswitchinterval(_SWITCH_S)
    _warm()
    text = document(options.lines)
    collections: list[float] = []
    started_s = [0.0]

    def watch(phase: str, _: dict[str, int]) -> None:
        now = time.perf_counter()
        if phase == "start":
            started_s[0] = now
        else:
            collections.append(now - started_s[0])

    gc.callbacks.append(watch)
    for _ in range(options.times):
        took, longest = asyncio.run(longest_wait(text))
        print(f"{options.lines} lines: {took * 1000:.0f} ms, longest wait of the loop {longest * 1000:.1f} ms")
    print(f"longest garbage collection {max(collections) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
