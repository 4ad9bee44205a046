"""What a job costs beyond the model: time beside the bare SDK on the same stream, and what the server holds after many."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.performance.overhead import TEXT, Beside, measured
from tests.benchmarks.performance.table import OURS, Row, percentile
from tests.benchmarks.soak.run import Soak, faults_of, soaked
from tests.fake_xai import FakeXai, answer

SDK = "openai SDK"
FEW = 50


def job_rows(rounds: int, cuts: int) -> Iterator[Row]:
    found = asyncio.run(measured(rounds, cuts))
    for what, beside, wanted in (
        ("call to first delta", found.first, "+5 / 20 ms"),
        ("each further delta", found.each, ""),
        ("endpoint's write of the first delta to the editor", found.arrival, ""),
        ("whole explanation, command to result", found.explain, ""),
        ("whole fix, command to result, the edit is in the editor", found.fix, ""),
    ):
        yield _beside(what, beside, wanted)
    cut = found.cancels
    yield Row(
        f"cancel at a random event to the closed socket, {cuts} times, p50 / p99",
        {OURS: f"{_ms(median(cut))} / {_ms(percentile(cut, 0.99))}"},
        wanted="50 ms",
    )


def _beside(what: str, beside: Beside, wanted: str) -> Row:
    ours, theirs, added = beside.ours, beside.sdk, beside.added
    return Row(
        f"{what}, p50 / p99; added, call by call",
        {
            OURS: f"{_both(ours)}; {median(added) * 1e3:+.2f} / {percentile(added, 0.99) * 1e3:+.2f} ms",
            SDK: _both(theirs),
        },
        wanted,
    )


def _both(values: list[float]) -> str:
    return f"{_ms(median(values))} / {_ms(percentile(values, 0.99))}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def memory_rows(day: int) -> Iterator[Row]:
    """After fifty jobs and after a day of them: a job every seven seconds for eight hours are four thousand. A quarter are cancelled, a
    fifth meet a fault; the SDK reads as many whole streams.
    """
    for jobs, name, wanted in ((FEW, f"{FEW} jobs", ""), (day, f"a day of {day:,} jobs", "120 MB")):
        with tempfile.TemporaryDirectory() as folder:
            result = asyncio.run(soaked(Soak(Path(folder), jobs)))
        faults = faults_of(result)
        last = result.samples[-1]
        ours = f"{last.rss_mb:.0f} MB ({last.scanner_mb:.0f} more while its scanner runs)"
        theirs = f"{asyncio.run(_sdk_mb(jobs)):.0f} MB"
        yield Row(
            f"resident after {name}",
            {OURS: ours + "".join(f"; WRONG: {fault}" for fault in faults), SDK: theirs},
            wanted,
        )


async def _sdk_mb(jobs: int) -> float:
    async with FakeXai(default=answer(TEXT)) as fake:
        command = [sys.executable, str(Path(__file__).with_name("sdk.py")), fake.url, str(jobs)]
        child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        said, _ = await child.communicate()
    return float(said)
