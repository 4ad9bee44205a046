"""The suite of ``tests/benchmarks/performance`` in small: every section gives its rows, without any peer that has to be fetched."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.benchmarks.performance import editor, peers, profiles, work
from tests.benchmarks.performance.__main__ import sections
from tests.benchmarks.performance.table import OURS, Row

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"), pytest.mark.slow]

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@pytest.fixture(autouse=True)
def few_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    every = {
        OURS: [sys.executable, "-m", "grok_ls", "--stdio"],
        peers.BARE: [sys.executable, str(Path(peers.__file__).with_name("bare.py"))],
    }
    monkeypatch.setattr(peers, "servers", lambda folder: every)
    monkeypatch.setattr(peers, "packages", lambda folder: folder)
    monkeypatch.setattr(editor, "LINES", {2_000: "10 ms"})
    monkeypatch.setattr(editor, "FIRST", 500)
    monkeypatch.setattr(work, "EDITED", (500,))
    monkeypatch.setattr(work, "PEERS", (work.PEERS[0], ("finds nothing", lambda: lambda text: [])))
    monkeypatch.setattr(sys, "path", list(sys.path))


# The day of traffic is test_soak's.
@pytest.mark.parametrize("name", ["start", "menu", "redaction", "edits", "index", "jobs"])
def test_each_section_gives_rows_with_our_value_first(tmp_path: Path, name: str) -> None:
    rows = list(sections(tmp_path, tmp_path, quick=True)[name]())
    assert rows
    for row in rows:
        assert NUMBER.match(row.values[OURS]), row
        assert "not the right text" not in row.values[OURS], row
        assert "inf" not in str(row), row
    # ctags, beside the index, need not be installed.
    assert name == "index" or any(len(row.values) > 1 for row in rows)


def test_a_row_names_every_peer_with_its_value() -> None:
    row = Row("start", {OURS: "3 ms", "ruff server": "1 ms", "bare": "2 ms"}, wanted="4 ms")
    assert str(row) == "| start | 4 ms | 3 ms | ruff server 1 ms, bare 2 ms |"
    assert str(Row("cancel", {OURS: "3 ms"})) == "| cancel |  | 3 ms | – |"


def test_a_profile_of_computed_work_is_shares_of_a_whole() -> None:
    found = profiles.computed(lambda: sorted(range(10_000), key=lambda n: -n))
    assert found
    assert sum(share for _, share in found) == pytest.approx(100)
    assert any("sorted" in what for what, _ in found)
