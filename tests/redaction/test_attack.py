"""A small round of the attack corpus: few secrets survive, and few of the lines that only look like secrets are changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


_RUN = Path(__file__).parent.parent / "benchmarks" / "redaction" / "attack" / "run.py"


def test_an_independent_corpus_stays_within_its_limits() -> None:
    done = subprocess.run(
        [sys.executable, str(_RUN), "--rounds", "1", "--lines", "0", "--survive", "2", "--tempted", "8"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
