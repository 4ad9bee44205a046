"""One key for a whole company: each developer by itself, all through one Redis, and the same with less money than they want.

    python -m tests.benchmarks.teams [--developers 1000] [--minutes 20]

Starts a redis-server on loopback, prints one table. Takes some minutes for a thousand developers; the clock of the simulation jumps.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tests.benchmarks.teams.simulate import Outcome, Plan, simulate

# grok-4.3 at tier 0: 37 requests a second, 10 million tokens a minute; and a limit of the key itself, of requests a minute.
KEY = (600, 37, 10_000_000)


def plans(developers: int, minutes: float, redis: str) -> dict[str, Plan]:
    """Everybody asks every three minutes, and in the middle all within ten seconds."""
    size = developers / 1000
    key = (max(12, round(KEY[0] * size)), max(2, round(KEY[1] * size)), KEY[2])
    team = Plan(
        developers=developers,
        minutes=minutes,
        every_s=180,
        key=key,
        concurrency=max(5, min(100, round(100 * size))),
        per_minute=round(0.9 * key[0]),
        daily_usd=10_000.0,
        redis=redis,
        rush_s=minutes * 30,
    )
    return {
        "each alone": replace(team, redis=None, concurrency=5, per_minute=200),
        "one Redis": team,
        "one Redis, less money": replace(team, daily_usd=0.02 * developers),
    }


ROWS: Sequence[tuple[str, str]] = (
    ("wishes", "{o.wished:,}"),
    ("answered (the rest: given up by the developer, refused, failed)", "{o.answered:,}"),
    ("failed as `rate_limited`", "{limited:,}"),
    ("refused as `budget_exceeded`", "{refused:,}"),
    ("requests that the key turned down (429)", "{share:.1%}"),
    ("most requests at once", "{o.key.most_running}"),
    ("wait for a place, p50 / p95 / longest", "{p50:.0f} / {p95:.0f} / {longest:.0f} s"),
    ("p95 wait of the middle / the unluckiest developer", "{middle:.0f} / {unluckiest:.0f} s"),
    ("Jain's index of the share of wishes that began", "{o.jain:.3f}"),
    ("money: limit", "${o.plan.daily_usd:,.2f}"),
    ("money: billed, by the endpoint's own count", "${o.key.billed_usd:,.4f}"),
    ("money: booked", "${o.booked_usd:,.4f}"),
    ("Redis: questions a second, mean / busiest minute", "{rate:.0f} / {o.redis_peak_per_s:.0f}"),
    ("Redis: processor, share of one core", "{cpu:.1%}"),
    ("Redis: memory", "{memory:.1f} MB"),
)


def column(o: Outcome) -> list[str]:
    seconds = o.plan.minutes * 60
    values = {
        "o": o,
        "limited": o.failures("rate_limited"),
        "refused": o.failures("budget_exceeded"),
        "share": o.share_429,
        "p50": o.wait_s(0.5),
        "p95": o.wait_s(0.95),
        "longest": o.wait_s(1),
        "middle": o.p95_of(0.5),
        "unluckiest": o.p95_of(1),
        "rate": o.redis_questions / seconds,
        "cpu": o.redis_cpu_s / seconds,
        "memory": o.redis_bytes / 1e6,
    }
    return ["–" if name.startswith("Redis") and not o.plan.redis else row.format(**values) for name, row in ROWS]


@contextmanager
def redis_server() -> Iterator[str]:
    binary = shutil.which("redis-server")
    if binary is None:
        raise SystemExit("redis-server is not installed (Debian: apt-get install redis-server).")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        process = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.kill()
            process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("redis-server did not come up in 20 s.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--developers", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=20)
    arguments = parser.parse_args()
    outcomes: dict[str, Outcome] = {}
    with redis_server() as url:
        for name, plan in plans(arguments.developers, arguments.minutes, url).items():
            began = time.monotonic()
            outcomes[name] = simulate(plan)
            print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    print("\n| | " + " | ".join(outcomes) + " |")
    print("| --- |" + " ---: |" * len(outcomes))
    for (name, _), *cells in zip(ROWS, *map(column, outcomes.values()), strict=True):
        print(f"| {name} | " + " | ".join(cells) + " |")
    over = [name for name, o in outcomes.items() if o.plan.redis and o.key.billed_usd > o.plan.daily_usd]
    if over:
        raise SystemExit(f"The limit was passed: {over}")


if __name__ == "__main__":
    main()
