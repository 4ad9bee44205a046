"""Redaction that breaks, in the real program: nothing is sent, one sentence says so, and the log has the reason without the text."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Start, workspace
from tests.e2e.editor import KEY, Editor, server_environment
from tests.e2e.redaction_faults import FAULTS, HANGING, MARK, OVERLAPPING, TEXT, hanging_scanner, program
from tests.fake_xai import FakeXai, answer

LONGEST_S = 60.0


@pytest.fixture
def profile() -> str:
    """What breaks is behind the protocol: one editor says it all."""
    return "vscode"


def everything_written(data: Path) -> str:
    return "\n".join(path.read_bytes().decode("latin-1") for path in data.rglob("*") if path.is_file())


def one_sentence(message: str) -> bool:
    return "\n" not in message and message.endswith(".") and "nothing was sent" in message


def assert_failed_closed(result: dict[str, Any], fake_xai: FakeXai) -> None:
    assert (result["status"], result["code"]) == ("refused", "redaction_failed"), result
    assert one_sentence(result["message"]), result["message"]
    assert fake_xai.requests == []


async def open_document(editor: Editor, tmp_path: Path) -> str:
    path = workspace(tmp_path) / "main.py"
    path.write_text(TEXT)
    return editor.open(path, TEXT)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_server_whose_redaction_breaks_sends_nothing(
    start: Start, fake_xai: FakeXai, tmp_path: Path, fault: str
) -> None:
    editor = await start(program=program(FAULTS[fault]))
    uri = await open_document(editor, tmp_path)
    argument = editor.run_action("explain", uri, "width + height")
    shown = await editor.command("grok.preview", argument)
    assert_failed_closed(shown, fake_xai)
    assert MARK not in shown["markdown"]
    assert shown["placeholders"] == []
    result = await editor.command("grok.run", argument)
    assert_failed_closed(result, fake_xai)
    assert result["usage"] is None
    # It goes on, and ends when it is told to.
    assert (await editor.command("grok.usage"))["session"]["tokens"] == 0
    assert await asyncio.wait_for(editor.shut_down(), LONGEST_S) == 0
    written = everything_written(tmp_path / "data")
    assert "redaction_failed" in written
    assert MARK not in written
    if fault not in HANGING:
        assert "preparing the request failed" in written


async def test_places_that_overlap_are_no_fault(start: Start, fake_xai: FakeXai, tmp_path: Path) -> None:
    editor = await start(program=program(OVERLAPPING))
    fake_xai.script(answer("It adds."))
    uri = await open_document(editor, tmp_path)
    result = await editor.run("explain", uri, "width + height")
    assert result["status"] == "explained", result
    assert MARK not in fake_xai.requests[0].prompt


async def until_there(path: Path) -> int:
    """The number of the process that wrote it."""

    def written() -> str:
        return path.read_text() if path.exists() else ""

    async with asyncio.timeout(LONGEST_S):
        while not (found := await asyncio.to_thread(written)):
            pass
    return int(found)


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
async def test_a_scanner_that_is_killed_in_mid_text_fails_the_job(
    start: Start, fake_xai: FakeXai, tmp_path: Path
) -> None:
    fake_xai.default = answer("It adds.")
    editor = await start(
        program=program(hanging_scanner(str(tmp_path))), machine={"cache": {"enabled": False}, "retries": 0}
    )
    uri = await open_document(editor, tmp_path)
    asked = tmp_path / "asked"
    async with asyncio.timeout(LONGEST_S):
        while not await asyncio.to_thread(asked.exists):
            # Until the scanner is ready, a job does without it.
            fake_xai.requests.clear()
            job = asyncio.create_task(editor.run("explain", uri, "width + height"))
            waiting = asyncio.create_task(until_there(asked))
            await asyncio.wait({job, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
    assert not job.done()
    os.kill(await until_there(asked), signal.SIGKILL)
    assert_failed_closed(await asyncio.wait_for(job, LONGEST_S), fake_xai)
    # The log has a thread of its own: everything is in the file when the server has ended, and no sooner.
    assert await asyncio.wait_for(editor.shut_down(), LONGEST_S) == 0
    assert "ScannerFailed" in everything_written(tmp_path / "data")


async def run_command(
    fault: str, arguments: tuple[str, ...], fake_xai: FakeXai, tmp_path: Path
) -> asyncio.subprocess.Process:
    root = workspace(tmp_path)
    (root / "main.py").write_text(TEXT)
    environment = {
        "GROK_LS_DATA_DIR": str(tmp_path / "data"),
        "GROK_LS_BASE_URL": fake_xai.url,
        "GROK_LS_STORAGE": "memory",
        "XAI_API_KEY": KEY,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *program(fault),
        *arguments,
        cwd=root,
        env=server_environment(environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def assert_command_failed(process: asyncio.subprocess.Process, fake_xai: FakeXai, tmp_path: Path) -> None:
    out, err = await asyncio.wait_for(process.communicate(), LONGEST_S)
    told = err.decode().splitlines()
    assert (process.returncode, out) == (1, b""), err
    assert len(told) == 1, told
    assert told[0].startswith("grok-ls: ")
    assert one_sentence(told[0]), told
    assert fake_xai.requests == []
    written = everything_written(tmp_path / "data")
    assert MARK not in written


@pytest.mark.parametrize("command", ["run", "preview"])
@pytest.mark.parametrize(
    "fault",
    ["a detector raises", "a library below panics", "a detector wants to exit", "a kind that is none", *HANGING],
)
async def test_a_command_whose_redaction_breaks_sends_nothing(
    fake_xai: FakeXai, tmp_path: Path, fault: str, command: str
) -> None:
    process = await run_command(FAULTS[fault], (command, "explain", "main.py:5"), fake_xai, tmp_path)
    await assert_command_failed(process, fake_xai, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
async def test_a_command_whose_scanner_is_killed_in_mid_text_fails(fake_xai: FakeXai, tmp_path: Path) -> None:
    fault = hanging_scanner(str(tmp_path))
    process = await run_command(fault, ("run", "explain", "main.py:5"), fake_xai, tmp_path)
    os.kill(await until_there(tmp_path / "asked"), signal.SIGKILL)
    await assert_command_failed(process, fake_xai, tmp_path)
