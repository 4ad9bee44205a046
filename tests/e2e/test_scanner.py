"""The scanner's process beside the real server: it looks at what is sent, and never outlives its server."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.conftest import Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, answer

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="child processes are read from /proc")
LONGEST_S = 60.0


def children(pid: int) -> set[int]:
    found = set()
    for entry in os.scandir("/proc"):
        with suppress(OSError, ValueError):
            if int(Path(entry.path, "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found.add(int(entry.name))
    return found


async def scanner_of(editor: Editor) -> tuple[int, int]:
    """The server's process and its scanner's, once there is one."""
    assert editor.client._server is not None
    server = editor.client._server.pid
    async with asyncio.timeout(LONGEST_S):
        while not (found := children(server)):
            await editor.command("grok.usage")
    return server, found.pop()


async def ended(pid: int) -> None:
    def seen() -> bool:
        return Path(f"/proc/{pid}").exists()

    async with asyncio.timeout(LONGEST_S):
        while await asyncio.to_thread(seen):
            pass


async def test_the_scanner_ends_in_order_with_the_server(start: Start) -> None:
    editor = await start()
    _, scanner = await scanner_of(editor)
    await editor.stop()
    await ended(scanner)


async def test_the_scanner_ends_when_its_server_is_killed(start: Start) -> None:
    editor = await start()
    server, scanner = await scanner_of(editor)
    editor.has_shut_down = True
    os.kill(server, signal.SIGKILL)
    await ended(scanner)


async def test_a_killed_scanner_is_no_end_of_the_jobs(start: Start, fake_xai: FakeXai, tmp_path: Path) -> None:
    editor = await start()
    fake_xai.script(answer("It is a list."))
    server, scanner = await scanner_of(editor)
    os.kill(scanner, signal.SIGKILL)
    path = workspace(tmp_path) / "main.py"
    path.write_text("items = []\n")
    uri = editor.open(path, "items = []\n")
    result = await editor.run("explain", uri, "items = []")
    assert result["status"] == "explained"
    assert scanner not in children(server)
