"""The soak of ``tests/benchmarks/soak`` in small: faults and cancels leave nothing behind in the server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.soak.measure import Sample
from tests.benchmarks.soak.run import Soak, faults_of, growing, report, soaked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.mark.parametrize(("jobs", "in_process"), [(60, False), (40, True)], ids=["stdio", "in process"])
async def test_faults_and_cancels_leave_nothing_behind(tmp_path: Path, jobs: int, in_process: bool) -> None:
    result = await soaked(Soak(tmp_path, jobs, in_process=in_process))
    assert not faults_of(result), report(result)
    assert {"applied", "explained", "unchanged", "cancelled", "failed", "refused"} <= set(result.outcomes.statuses)
    assert result.disconnects > 5


def samples(jobs: int, first_kb: float, then_kb: float) -> list[Sample]:
    """Resident memory that grows by so much a job in the first half and in the last."""
    found, size_mb = [], 100.0
    for n in range(1, 11):
        size_mb += jobs / 10 * (first_kb if n <= 5 else then_kb) / 1000
        found.append(Sample(jobs * n // 10, 10, 3, 11, size_mb, 60.0, 4, 0, 0, 5000))
    return found


@pytest.mark.parametrize(
    ("jobs", "first_kb", "then_kb", "fails"),
    [(4000, 5, 1.5, False), (2000, 50, 4, False), (2000, 1, 20, True), (4000, 5, 10, True), (60, 100, 100, False)],
)
def test_memory_that_grows_with_every_job_is_a_fault(jobs: int, first_kb: float, then_kb: float, fails: bool) -> None:
    assert bool(growing(samples(jobs, first_kb, then_kb))) == fails
