"""What the process tells those who are connected to it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from grok_ls.app import Composition
from grok_ls.settings import Settings
from grok_ls.storage.sqlite import FILE_NAME


@dataclass
class Screen:
    """A session, as far as the process tells it something."""

    warned: list[str] = field(default_factory=list)
    informed: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        self.warned.append(message)

    def inform(self, message: str) -> None:
        self.informed.append(message)


async def test_every_session_hears_of_a_ledger_that_fails_and_of_its_return(tmp_path: Path) -> None:
    composition = Composition({"GROK_LS_DATA_DIR": str(tmp_path)})
    screens = [Screen(), Screen()]
    composition._sessions = cast(Any, tuple(screens))
    store = cast(Any, composition.store(Settings()))
    store._probe_s, store._backend._busy_s = 0.0, 0.05
    await store.put("a", "b")
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await store.put("a", "c")
    other.execute("ROLLBACK")
    other.close()
    await store.get("a")
    await store._probe
    for screen in screens:
        assert [message.split(":")[0] for message in screen.informed] == ["The ledger can be written again"]
        assert len(screen.warned) == 1
        assert screen.warned[0].startswith("Another program holds the lock of")
    composition._sessions = ()
    await composition.aclose()


def test_a_key_of_any_shape_is_in_no_log_of_a_process_without_a_session() -> None:
    composition = Composition({"XAI_API_KEY": "zebra-quagga-42-okapi", "TEAM_KEY": "otter-heron-77-lynx"})
    composition.keys_of(replace(Settings(), api_key_env="TEAM_KEY"))
    clean = composition.clean("GET /v1/zebra-quagga-42-okapi/models 404, tried otter-heron-77-lynx")
    assert "zebra" not in clean
    assert "otter" not in clean
    assert "404" in clean
