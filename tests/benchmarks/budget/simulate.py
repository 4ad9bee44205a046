"""Many processes spend from the same limits, are cancelled, retry and are killed; then the books are compared with what
happened.

    python tests/benchmarks/budget/simulate.py --store sqlite python tests/benchmarks/budget/simulate.py --store redis
    --machines 2

Every process writes down what it was granted and what it really used in a file of its own, before it tells the ledger:
that is the witness that no fault of the ledger can spoil. Processes kill themselves with SIGKILL at random points and
are started again where they stopped. Meanwhile a watcher looks at the counters all the time. Prints a table; exit code
1 if a single check fails.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grok_ls.budget import Ledger, Limits, Record, Reservation, Usage, day_of
from grok_ls.errors import BudgetExceeded
from grok_ls.storage import open_store

TTL_S = 4.0
USD_PER_TOKEN = 0.00001
TASKS = 6
# A job wants some 750 tokens and uses half of that: sessions run out after two thirds of their jobs, the day near the
# end.
JOBS_IN_SESSION = 100
SESSION_TOKENS = 25_000
MOST_TOKENS = 1500
_MOMENTS = 5
# The second machine's clock is that far ahead: it sees every reservation of the first as expired at once.
SKEW_S = TTL_S + 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    store: str
    folder: str
    reservations: int
    daily_usd: float
    crashes_per_mille: int

    def limits(self) -> Limits:
        return Limits(session_tokens=SESSION_TOKENS, daily_usd=self.daily_usd)


# -- one process -------------------------------------------------------------------------------------------------------


class Worker:
    """Takes every ``step``-th job from ``first`` on, several at once."""

    def __init__(self, plan: Plan, name: str, first: int, step: int, skew_s: float) -> None:
        self._plan, self._name, self._step = plan, name, step
        self._next = first
        self._dice = random.Random(f"{name}/{first}")
        self._witness = os.open(Path(plan.folder, f"witness-{name}"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._store = open_store(plan.store, Path(plan.folder), self._problem)
        self._ledger = Ledger(self._store, now=lambda: time.time() + skew_s, reservation_ttl_s=TTL_S)

    async def run(self) -> None:
        await asyncio.gather(*(self._spend() for _ in range(TASKS)))
        await self._ledger.aclose()
        await self._store.aclose()

    def _problem(self, problem: str) -> None:
        self._write("degraded", problem)

    def _write(self, *fields: object) -> None:
        os.write(self._witness, (json.dumps(fields) + "\n").encode())

    async def _spend(self) -> None:
        while self._next < self._plan.reservations:
            number, self._next = self._next, self._next + self._step
            self._write("began", number)
            await self._job(f"session {number // JOBS_IN_SESSION}")

    async def _job(self, session: str) -> None:
        fate = self._dice.choices(
            ["settle", "cancel reserve", "cancel settle", "retry", "billed", "twice", "kill held", "kill settling"],
            [640, 60, 60, 60, 60, 60, self._plan.crashes_per_mille, self._plan.crashes_per_mille],
        )[0]
        made = await self._reserve(session, cancel=fate == "cancel reserve")
        if made is None:
            return
        if fate == "retry":
            self._write("released", made.id)
            await self._ledger.release(made)
            made = await self._reserve(session, cancel=False)
            if made is None:
                return
        # An attempt failed that was billed: another one on a reservation of its own, booked with the first.
        another = await self._reserve(session, cancel=False) if fate == "billed" else None
        if another is not None:
            self._write("joined", another.id)
        await asyncio.sleep(self._dice.random() * 0.01)
        if fate == "kill held":
            os.kill(os.getpid(), signal.SIGKILL)
        await self._settle(made, fate, *([another] if another is not None else []))

    async def _reserve(self, session: str, *, cancel: bool) -> Reservation | None:
        tokens = self._dice.randint(1, MOST_TOKENS)
        task = asyncio.create_task(
            self._ledger.reserve(
                session,
                self._plan.limits(),
                input_tokens=tokens,
                max_output_tokens=0,
                worst_usd=tokens * USD_PER_TOKEN,
            )
        )
        if cancel:
            await asyncio.sleep(self._dice.random() * 0.002)
            task.cancel()
        try:
            made = await task
        except BudgetExceeded as refusal:
            self._write("refused", refusal.setting)
            return None
        except asyncio.CancelledError:
            self._write("cancelled")
            return None
        self._write("granted", made.id, session, tokens)
        return made

    async def _settle(self, made: Reservation, fate: str, *more: Reservation) -> None:
        used = self._dice.randint(0, sum(each.input_tokens for each in (made, *more)))
        self._write("used", made.id, used)
        usage = Usage(input_tokens=used, output_tokens=0, cost_usd=used * USD_PER_TOKEN)
        record = Record(job="", action="fix", endpoint="h", model="m", status="answered", usage=usage)
        task = asyncio.create_task(self._ledger.settle(made, record, *more))
        if fate == "kill settling":
            await asyncio.sleep(self._dice.random() * 0.001)
            os.kill(os.getpid(), signal.SIGKILL)
        if fate == "cancel settle":
            await asyncio.sleep(self._dice.random() * 0.001)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if fate == "twice":
            await self._ledger.settle(made, record)


# -- all of them -------------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    seconds: float = 0.0
    kills: int = 0
    looks: int = 0
    events: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def check(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(fault)


async def drive(plan: Plan, processes: int, machines: int) -> Outcome:
    outcome = Outcome()
    started = time.monotonic()
    running = asyncio.gather(
        *(_keep_running(plan, number, processes, machines, outcome) for number in range(processes))
    )
    store = open_store(plan.store, Path(plan.folder), outcome.faults.append)
    ledger = Ledger(store)
    while not running.done():
        await _look(ledger, plan, outcome, random.randrange(max(1, plan.reservations // JOBS_IN_SESSION)))
        await asyncio.wait([running], timeout=0.05)
    await running
    outcome.seconds = time.monotonic() - started
    await ledger.aclose()
    await store.aclose()
    return outcome


async def _keep_running(plan: Plan, number: int, processes: int, machines: int, outcome: Outcome) -> None:
    """Start the process, and start it again behind the last job it began whenever it was killed."""
    first, skew_s = number, SKEW_S * (number % machines)
    while first < plan.reservations:
        arguments = [json.dumps([plan.store, plan.folder, plan.reservations, plan.daily_usd, plan.crashes_per_mille])]
        arguments += [f"{number}", f"{first}", f"{processes}", f"{skew_s}"]
        child = await asyncio.create_subprocess_exec(sys.executable, __file__, "--worker", *arguments)
        code = await child.wait()
        began = [event[1] for event in _events(plan, f"{number}") if event[0] == "began"]
        first = max(began, default=first - processes) + processes
        if code != -signal.SIGKILL:
            outcome.check(code == 0, f"process {number} ended with {code}")
            return
        outcome.kills += 1


async def _look(ledger: Ledger, plan: Plan, outcome: Outcome, session: int) -> None:
    # A request of two attempts is booked on the first one's reservation before the other's is given back, so that nobody gets in between:
    # for that moment both count, which is more than the limit and costs nobody anything.
    for _ in range(_MOMENTS):
        use = await ledger.session(f"session {session}")
        if use.tokens + use.reserved <= SESSION_TOKENS:
            break
        await asyncio.sleep(0.02)
    outcome.looks += 1
    outcome.check(use.tokens + use.reserved <= SESSION_TOKENS, f"session {session} stood at {use}")
    today = await ledger.today_usd()
    outcome.check(today <= plan.daily_usd + 1e-6, f"the day stood at {today}")


def _events(plan: Plan, name: str) -> list[list[object]]:
    path = Path(plan.folder, f"witness-{name}")
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


async def audit(plan: Plan, processes: int, outcome: Outcome) -> None:
    """Compare the books with the witnesses, after every reservation of the dead has expired."""
    after = time.time() + SKEW_S + TTL_S + 1
    store = open_store(plan.store, Path(plan.folder), outcome.faults.append, now=lambda: after)
    ledger = Ledger(store, now=lambda: after)
    booked = {record.id: record for record in await ledger.records()}
    granted, used, released = _testimony(plan, processes, outcome)
    spent: Counter[str] = Counter()
    for id_, record in booked.items():
        spent[record.session] += record.usage.input_tokens or 0
        outcome.events["booked " + ("as lost" if record.status == "lost" else "as used")] += 1
        if record.status == "lost":
            outcome.check(
                id_ not in granted or record.usage.input_tokens == granted[id_][1], f"{id_}: lost, but not in full"
            )
        else:
            outcome.check(
                record.usage.input_tokens == used.get(id_), f"{id_}: booked {record.usage}, used {used.get(id_)}"
            )
    for id_ in granted:
        outcome.check(id_ in booked or id_ in released, f"{id_}: granted, and neither booked nor released")
    for id_ in released & booked.keys():
        outcome.check(booked[id_].status == "lost", f"{id_}: released, and booked as {booked[id_].status}")
    unwitnessed = booked.keys() - granted.keys()
    outcome.check(len(unwitnessed) <= outcome.kills * TASKS, f"{len(unwitnessed)} cancelled reservations stayed")
    really: Counter[str] = Counter()
    for id_, tokens in used.items():
        really[granted[id_][0]] += tokens
    sessions = {record.session for record in booked.values()}
    for session in sessions:
        use = await ledger.session(session)
        outcome.check(use.reserved == 0, f"{session}: {use.reserved} tokens leaked")
        outcome.check(use.tokens == spent[session], f"{session}: counter {use.tokens}, records {spent[session]}")
        outcome.check(spent[session] <= SESSION_TOKENS, f"{session}: {spent[session]} tokens booked")
        outcome.check(really[session] <= SESSION_TOKENS, f"{session}: {really[session]} tokens really used")
    cost = sum(record.usage.cost_usd or 0.0 for record in booked.values() if day_of(record.at) == day_of(after))
    outcome.check(abs(cost - await ledger.today_usd()) < 1e-6, f"the day's counter differs from its records, ${cost}")
    money = sum(really.values()) * USD_PER_TOKEN
    outcome.check(money <= plan.daily_usd, f"${money} really spent of ${plan.daily_usd}")
    outcome.events["tokens really used"] = sum(really.values())
    outcome.events["tokens booked"] = sum(spent.values())
    outcome.events["sessions at their limit"] = sum(SESSION_TOKENS - tokens < MOST_TOKENS for tokens in spent.values())
    await store.aclose()


def _testimony(
    plan: Plan, processes: int, outcome: Outcome
) -> tuple[dict[str, tuple[str, int]], dict[str, int], set[str]]:
    granted: dict[str, tuple[str, int]] = {}
    used: dict[str, int] = {}
    released: set[str] = set()
    for number in range(processes):
        for kind, *rest in _events(plan, f"{number}"):
            outcome.events[f"{kind} {rest[0]}" if kind == "refused" else str(kind)] += 1
            if kind == "granted":
                granted[rest[0]] = (rest[1], rest[2])
            elif kind == "used":
                used[rest[0]] = rest[1]
            elif kind in ("released", "joined"):
                released.add(rest[0])
            elif kind == "degraded":
                outcome.faults.append(rest[0])
    return granted, used, released


@contextmanager
def redis(folder: str):
    """A real server on a free loopback port, without persistence; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    binary = shutil.which("redis-server")
    if binary is None:
        sys.exit("redis-server is not installed (Debian: apt-get install redis-server)")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    server = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def table(options: argparse.Namespace, outcome: Outcome) -> str:
    events = outcome.events
    rows = {
        "store": f"{options.store}, {options.processes} processes on {options.machines} machine(s)",
        "jobs": f"{events['began']:,} in {outcome.seconds:.0f} s",
        "granted": f"{events['granted']:,}",
        "refused by grok.budget.sessionTokens": f"{events['refused grok.budget.sessionTokens']:,}",
        "refused by grok.budget.dailyUsd": f"{events['refused grok.budget.dailyUsd']:,}",
        "cancelled while reserving": f"{events['cancelled']:,}",
        "released and retried": f"{events['released']:,}",
        "billed and tried again": f"{events['joined']:,}",
        "processes killed (SIGKILL)": f"{outcome.kills:,}",
        "booked as used": f"{events['booked as used']:,}",
        "booked as lost": f"{events['booked as lost']:,}",
        "tokens really used / booked": f"{events['tokens really used']:,} / {events['tokens booked']:,}",
        "sessions spent up to their limit": f"{events['sessions at their limit']:,}",
        "looks at the counters meanwhile": f"{outcome.looks:,}",
        "limits passed, tokens leaked, records wrong": f"{len(outcome.faults)}",
    }
    lines = ["| what | how many |", "| --- | --- |", *(f"| {what} | {many} |" for what, many in rows.items())]
    return "\n".join([*lines, *(f"FAULT: {fault}" for fault in outcome.faults[:20])])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", choices=["sqlite", "redis"], default="sqlite")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--machines", type=int, default=1)
    parser.add_argument("--reservations", type=int, default=100_000)
    parser.add_argument("--crashes-per-mille", type=int, default=2)
    options = parser.parse_args()
    daily_usd = options.reservations * SESSION_TOKENS / JOBS_IN_SESSION * USD_PER_TOKEN * 0.9
    with tempfile.TemporaryDirectory() as folder:
        if options.store == "sqlite":
            outcome = simulate("sqlite", folder, options, daily_usd)
        else:
            with redis(folder) as url:
                outcome = simulate(url, folder, options, daily_usd)
    print(table(options, outcome))
    return 1 if outcome.faults else 0


def simulate(store: str, folder: str, options: argparse.Namespace, daily_usd: float) -> Outcome:
    plan = Plan(store, folder, options.reservations, daily_usd, options.crashes_per_mille)

    async def everything() -> Outcome:
        outcome = await drive(plan, options.processes, options.machines)
        await audit(plan, options.processes, outcome)
        return outcome

    return asyncio.run(everything())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        about, name, first, step, skew_s = sys.argv[2:]
        asyncio.run(Worker(Plan(*json.loads(about)), name, int(first), int(step), float(skew_s)).run())
    else:
        sys.exit(main())
