"""How the real server collects its garbage once it has started, and after its first job."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import MAIN, Start, workspace
from tests.fake_xai import FakeXai, answer

# Says at each shutdown how it collects.
PROGRAM = """
import atexit, gc, json, pathlib
usual = gc.get_threshold()
told = pathlib.Path({told!r})
def tell():
    told.write_text(json.dumps([gc.isenabled(), gc.get_threshold() == usual, gc.get_freeze_count()]))
atexit.register(tell)
from grok_ls.__main__ import main
raise SystemExit(main())
"""


@pytest.fixture
def profile() -> str:
    """The same for every editor."""
    return "vscode"


@pytest.mark.parametrize("jobs", [0, 1])
async def test_a_server_that_has_started_collects_as_usual(
    start: Start, fake_xai: FakeXai, tmp_path: Path, jobs: int
) -> None:
    fake_xai.default = answer("It adds.")
    told = tmp_path / "told"
    editor = await start(program=("-c", PROGRAM.format(told=str(told))))
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    for _ in range(jobs):
        assert (await editor.run("explain", uri, "width + height"))["status"] == "explained"
    assert await editor.shut_down() == 0
    collects, as_usual, left_alone = json.loads(told.read_text())
    assert (collects, as_usual) == (True, True)
    # What was imported, of which a job needs twice as much.
    assert left_alone > 30_000 * (1 + jobs)
