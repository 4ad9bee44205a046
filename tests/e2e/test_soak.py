"""The soak of ``tests/benchmarks/soak`` in small: faults and cancels leave nothing behind in the server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.soak.run import Soak, faults_of, report, soaked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.mark.parametrize(("jobs", "in_process"), [(60, False), (40, True)], ids=["stdio", "in process"])
async def test_faults_and_cancels_leave_nothing_behind(tmp_path: Path, jobs: int, in_process: bool) -> None:
    result = await soaked(Soak(tmp_path, jobs, in_process=in_process))
    assert not faults_of(result), report(result)
    assert {"applied", "explained", "unchanged", "cancelled", "failed", "refused"} <= set(result.outcomes.statuses)
    assert result.disconnects > 5
