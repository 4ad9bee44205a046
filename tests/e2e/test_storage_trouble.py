"""The ledger may fail, the edit must not: storage faults under the real server, each told once."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grok_ls.storage.sqlite import FILE_NAME
from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, Gate, answer
from tests.storage.conftest import RedisServer, redis_binary

__all__ = ["redis_binary"]
SQLITE = {"storage": "sqlite"}


@pytest.fixture
def profile() -> str:
    """What is looked at here does not depend on the editor."""
    return "vscode"


@pytest.fixture
def redis(redis_binary: str, tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(redis_binary, tmp_path)
    server.start()
    yield server
    server.stop()


def ledger(tmp_path: Path) -> Path:
    return tmp_path / "data" / FILE_NAME


async def edited(editor: Editor, fake_xai: FakeXai, uri: str, n: int) -> None:
    """One edit that arrives, and the document as it was again."""
    fake_xai.script(answer(FIX))
    async with asyncio.timeout(60):
        result = await editor.run("refactor", uri, "width + height", instruction=f"edit {n}")
    assert result["status"] == "applied", result
    assert editor.buffers[uri].text == FIXED
    editor.type(uri, 0, len(FIXED), MAIN)


def told(editor: Editor, *words: str) -> list[str]:
    return [message for message in editor.messages if any(word in message for word in words)]


async def test_a_locked_ledger_is_counted_in_memory_and_no_edit_waits_for_it(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(machine=SQLITE)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    await edited(editor, fake_xai, uri, 0)
    other = sqlite3.connect(ledger(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for n in (1, 2, 3):
        await edited(editor, fake_xai, uri, n)
    usage = await editor.command("grok.usage")
    assert usage["session"]["tokens"] >= fake_xai.tokens_spent
    assert len(told(editor, "lock")) == 1, editor.messages
    other.execute("ROLLBACK")
    other.close()
    await editor.stop()
    with sqlite3.connect(ledger(tmp_path)) as db:
        assert db.execute("SELECT count(*) FROM usage").fetchone() == (4,)
        assert db.execute("SELECT count(*) FROM holds").fetchone() == (0,)
    db.close()


async def test_a_damaged_ledger_is_left_alone_and_named(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    ledger(tmp_path).parent.mkdir(parents=True)
    rubbish = b"this is no database" * 400
    ledger(tmp_path).write_bytes(rubbish)
    editor = await start(machine=SQLITE)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    for n in (1, 2):
        await edited(editor, fake_xai, uri, n)
    assert len(told(editor, "purge")) == 1, editor.messages
    assert ledger(tmp_path).read_bytes() == rubbish


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")
async def test_a_disk_that_fills_up_under_the_server_loses_no_edit(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(machine=SQLITE)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    await edited(editor, fake_xai, uri, 0)
    assert editor.client._server is not None
    # From here on no file of the server can grow by a byte, its log included.
    resource.prlimit(editor.client._server.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    for n in (1, 2, 3):
        await edited(editor, fake_xai, uri, n)
    usage = await editor.command("grok.usage")
    assert usage["session"]["tokens"] >= fake_xai.tokens_spent
    assert len(told(editor, "disk", "memory")) == 1, editor.messages


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a file system that nobody can write, not even root")
async def test_a_home_that_cannot_be_written_is_told_and_edits_go_on(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(machine=SQLITE, environment={"GROK_LS_DATA_DIR": "/proc/grok-ls"})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    for n in (1, 2):
        await edited(editor, fake_xai, uri, n)
    assert len(told(editor, "in memory")) == 1, editor.messages


async def test_redis_that_goes_away_in_mid_job_loses_no_edit_and_gets_the_rest_later(
    start: Start, tmp_path: Path, fake_xai: FakeXai, redis: RedisServer
) -> None:
    editor = await start(machine={"storage": redis.url})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    gate = Gate()
    fake_xai.script(answer(FIX, hold_at=20, gate=gate))
    running = asyncio.ensure_future(editor.run("refactor", uri, "width + height"))
    await editor.wait_for_diff()
    await asyncio.to_thread(redis.stop)
    gate.open()
    async with asyncio.timeout(60):
        assert (await running)["status"] == "applied"
    assert editor.buffers[uri].text == FIXED
    editor.type(uri, 0, len(FIXED), MAIN)
    await edited(editor, fake_xai, uri, 1)
    assert len(told(editor, "Redis")) == 1, editor.messages
    spent = fake_xai.tokens_spent
    assert (await editor.command("grok.usage"))["session"]["tokens"] >= spent
    await asyncio.to_thread(redis.start)
    # What is owed is paid when it is back, at the end of the process at the latest.
    await editor.stop()
    other = await start(machine={"storage": redis.url})
    assert (await other.command("grok.usage"))["today"]["costUsd"] > 0


async def test_two_servers_on_one_ledger_never_spend_more_than_the_limit_together(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    limit = 9_000
    settings = {"budget": {"sessionTokens": limit}, "maxOutputTokens": 1000, "cache": {"enabled": False}}
    editors = [await start(machine=SQLITE, session_id="window", settings=settings) for _ in range(2)]
    fake_xai.default = answer("word " * 2000)
    runs = []
    for side, editor in enumerate(editors):
        uri = editor.open(workspace(tmp_path) / f"main{side}.py", MAIN)
        runs += [editor.run("explain", uri, "width + height", instruction=f"question {n}") for n in range(6)]
    results = await asyncio.gather(*runs)
    assert {result["code"] for result in results} == {"budget_exceeded", "truncated_answer"}
    assert 0 < fake_xai.tokens_spent <= limit
    seen = [(await editor.command("grok.usage"))["session"] for editor in editors]
    assert seen[0] == seen[1]
    assert fake_xai.tokens_spent <= seen[0]["tokens"] <= limit
    assert seen[0]["remaining"] == limit - seen[0]["tokens"]
