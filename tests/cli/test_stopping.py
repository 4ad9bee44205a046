"""Ctrl-C, and being killed: the model's stream is closed, nothing is written, the reservation is settled, 130."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import APP, FIX
from tests.fake_xai import FakeXaiThread, Gate, answer


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_closes_the_stream_and_changes_nothing(
    how: signal.Signals,
    repository: Path,
    environment: Callable[[], dict[str, str]],
    fake_xai_thread: FakeXaiThread,
) -> None:
    fake_xai_thread.script(answer(FIX, hold_at=10, gate=Gate()))
    command = [sys.executable, "-m", "grok_ls", "run", "fix", "app.py:5", "--write"]
    with subprocess.Popen(command, env=environment(), stdout=-1, stderr=-1, text=True) as running:
        fake_xai_thread.wait_for_events(10)
        running.send_signal(how)
        fake_xai_thread.wait_for_disconnect()
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert (repository / "app.py").read_text() == APP
    usage = subprocess.run(
        [sys.executable, "-m", "grok_ls", "usage", "--json"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(usage.stdout)["total"]["requests"] == 1, usage.stdout
