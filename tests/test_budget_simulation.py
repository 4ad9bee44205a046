"""The simulation of ``tests/benchmarks/budget`` in small: processes, cancels, retries and kills on real stores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SIMULATION = Path(__file__).parent / "benchmarks" / "budget" / "simulate.py"


@pytest.mark.parametrize(
    "where", [["--store", "sqlite"], ["--store", "redis", "--machines", "2"]], ids=["sqlite", "redis"]
)
def test_books_agree_with_what_killed_and_cancelled_processes_did(where: list[str]) -> None:
    small = ["--processes", "3", "--reservations", "300", "--crashes-per-mille", "15"]
    ran = subprocess.run(
        [sys.executable, SIMULATION, *where, *small], capture_output=True, text=True, timeout=110, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "| limits passed, tokens leaked, records wrong | 0 |" in ran.stdout
    assert "| booked as lost | 0 |" not in ran.stdout
