"""How long redaction in a thread keeps the event loop waiting: `python tests/benchmarks/redaction/loop.py`.

A ticker sleeps 1 ms at a time while 100 kB are redacted in a thread, as the server does it; printed is the longest gap between two
ticks beyond that millisecond, over several texts and rounds, beside the longest gap of a loop that has nothing else to do (what the
machine itself adds) and of one beside a thread that only counts (what Python's switch interval adds). What was loaded is frozen first,
as the server does it: a collection of all that holds every thread for some milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import inspect
import json
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

from grok_ls import redact

SIZE = 100_000


def texts() -> dict[str, str]:
    """Code of the standard library and of installed packages, data, one long line, and a text full of secrets."""
    library = Path(inspect.getsourcefile(inspect) or "").parent
    code = "".join((library / name).read_text() for name in ("argparse.py", "typing.py", "inspect.py"))[:SIZE]
    packages = "".join(
        path.read_text(errors="replace") for path in sorted(Path(sysconfig.get_paths()["purelib"]).rglob("*.py"))[:60]
    )
    records = [{"id": n, "body": json.dumps({"text": code[n * 700 : (n + 1) * 700]})} for n in range(200)]
    dotenv = "".join(f'export SERVICE_{n}_API_KEY="{n:04x}a9f4c27be81d05736c2f9e1b4d7a{n:04x}"\n' for n in range(4000))
    return {
        "code": code,
        "packages": packages[:SIZE],
        "one line": code.replace("\n", " ")[:SIZE],
        "numbers": ",".join(str(n * 7919) for n in range(20_000))[:SIZE],
        "json in json": json.dumps(records, indent=1)[:SIZE],
        "secrets": dotenv[:SIZE],
    }


async def longest_gap(work: Callable[[], object]) -> tuple[float, float]:
    """(longest gap between ticks, how long the work took), both in ms."""
    done = asyncio.Event()
    worst = 0.0

    async def tick() -> None:
        nonlocal worst
        last = time.perf_counter()
        while not done.is_set():
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            worst = max(worst, (now - last) * 1000 - 1)
            last = now

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0.005)
    begun = time.perf_counter()
    await asyncio.to_thread(work)
    took = (time.perf_counter() - begun) * 1000
    done.set()
    await ticker
    return worst, took


def _count() -> int:
    return sum(1 for _ in range(2_000_000))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument(
        "--switch", type=float, default=sys.getswitchinterval() * 1000, help="sys.setswitchinterval, in ms"
    )
    parser.add_argument(
        "--limit", type=float, default=0, help="exit with 1 if the median over rounds of a text is above, in ms"
    )
    options = parser.parse_args()
    sys.setswitchinterval(options.switch / 1000)
    works: dict[str, Callable[[], object]] = {"(idle)": lambda: time.sleep(0.1), "(counting)": _count}
    works |= {name: (lambda text=text: redact(text)) for name, text in texts().items()}
    redact("x = 1")
    gc.collect()
    gc.freeze()
    failed = False
    for name, work in works.items():
        work()
        gaps, times = zip(*(asyncio.run(longest_gap(work)) for _ in range(options.rounds)), strict=True)
        ordered = sorted(gaps)
        print(
            f"{name:12} longest gap: median {ordered[len(ordered) // 2]:5.1f} ms, worst {ordered[-1]:5.1f} ms; took {sorted(times)[len(times) // 2]:5.0f} ms"
        )
        failed |= bool(options.limit) and not name.startswith("(") and ordered[len(ordered) // 2] > options.limit
    sys.exit(failed)


if __name__ == "__main__":
    main()
