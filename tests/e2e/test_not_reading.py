"""An editor that stops reading: the server goes on to hear it, its timers run, and nothing of what it said is lost or out of order."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import MAIN, workspace
from tests.e2e.editor import server_environment
from tests.fake_xai import FakeXai, answer

PIECE, PIECES = 300, 40_000
RUN = 2


class Mute:
    """The wire itself, and reading that can be left off."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, transport: Any, stderr: Any) -> None:
        self._reader, self._writer, self._transport, self.stderr = reader, writer, transport, stderr

    def stop_reading(self) -> None:
        self._transport.pause_reading()

    async def initialized(self, root: Path, **grok: Any) -> None:
        folder = {"uri": root.as_uri(), "name": "x"}
        params = {
            "processId": None,
            "rootUri": root.as_uri(),
            "workspaceFolders": [folder],
            "capabilities": {"window": {"workDoneProgress": True}},
            "initializationOptions": {"grok": grok},
        }
        self.say(id=1, method="initialize", params=params)
        await self.messages_until(1)
        self.say(method="initialized", params={})

    def say(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def messages_until(self, answered: int) -> list[dict[str, Any]]:
        """Read again, up to the answer of that request."""
        self._transport.resume_reading()
        found: list[dict[str, Any]] = []
        while not found or found[-1].get("id") != answered or "method" in found[-1]:
            head = await self._reader.readuntil(b"\r\n\r\n")
            found.append(json.loads(await self._reader.readexactly(int(head.split(b":")[1].split()[0]))))
        return found


@asynccontextmanager
async def connected(transport: str, folder: Path) -> AsyncIterator[Mute]:
    environment = server_environment({"GROK_LS_DATA_DIR": str(folder / "data")})
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "grok_ls", *(["--tcp", "127.0.0.1:0"] if transport == "tcp" else [])]
    server = await asyncio.create_subprocess_exec(*command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
    assert server.stdin is not None
    assert server.stdout is not None
    assert server.stderr is not None
    writer: asyncio.StreamWriter | None = None
    # The only way to the pipes: asyncio reads on by itself otherwise.
    stdout, stderr = (server._transport.get_pipe_transport(n) for n in (1, 2))
    try:
        if transport == "tcp":
            port = int((await server.stderr.readline()).decode().rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            yield Mute(reader, writer, writer.transport, stderr)
        else:
            yield Mute(server.stdout, server.stdin, stdout, stderr)
    finally:
        server.kill()
        for left in (stdout, stderr):
            left.resume_reading()
        await server.communicate()
        if writer is not None:
            writer.transport.abort()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def begun(mute: Mute, folder: Path, fake_xai: FakeXai, total_s: float) -> None:
    """A job whose words nobody reads, with more of them to come than any buffer takes."""
    fake_xai.default = answer("y" * PIECE * PIECES, ignore_cap=True, token_chars=PIECE, delay_s=0.001)
    machine = {
        "baseUrl": fake_xai.url,
        "storage": "memory",
        "budget": {"sessionTokens": 0, "dailyUsd": 1000},
        "timeout": {"total": total_s},
    }
    settings = {"maxOutputTokens": 100_000, "model": "grok-4.3", "retries": 0}
    root = workspace(folder)
    uri = (root / "main.py").as_uri()
    await mute.initialized(root, stream=True, machine=machine, settings=settings)
    mute.stop_reading()
    document = {"uri": uri, "languageId": "python", "version": 1, "text": MAIN}
    mute.say(method="textDocument/didOpen", params={"textDocument": document})
    place = {"line": 1, "character": 0}
    run = {"action": "explain", "uri": uri, "range": {"start": place, "end": {**place, "character": 5}}}
    mute.say(id=RUN, method="workspace/executeCommand", params={"command": "grok.run", "arguments": [run]})


def in_order(messages: list[dict[str, Any]]) -> str:
    """The streamed text, once it is sure that no part of it is missing or too early."""
    streamed = [message["params"] for message in messages if message.get("method") == "grok/stream"]
    assert [part["seq"] for part in streamed] == list(range(len(streamed)))
    assert streamed[0]["kind"] == "begin"
    return "".join(part["delta"] for part in streamed if part["kind"] == "text")


@pytest.mark.parametrize("transport", ["stdio", "tcp"])
async def test_the_time_limit_of_a_job_holds_although_nobody_reads(
    tmp_path: Path, fake_xai: FakeXai, transport: str
) -> None:
    async with connected(transport, tmp_path) as mute, asyncio.timeout(240):
        await begun(mute, tmp_path, fake_xai, total_s=6)
        request = await fake_xai.wait_for_disconnect()
        messages = await mute.messages_until(RUN)
        assert messages[-1]["result"]["code"] == "timeout"
        text = in_order(messages)
        assert [message["params"]["kind"] for message in messages if message.get("method") == "grok/stream"][
            -1
        ] == "end"
        # Usually a megabyte, where a pipe holds 64 KiB; on a busy machine as much as came before the limit.
        assert len(text) <= PIECE * request.events_sent < PIECE * PIECES


@pytest.mark.parametrize("transport", ["stdio", "tcp"])
async def test_a_cancel_is_heard_although_nobody_reads(tmp_path: Path, fake_xai: FakeXai, transport: str) -> None:
    async with connected(transport, tmp_path) as mute, asyncio.timeout(240):
        await begun(mute, tmp_path, fake_xai, total_s=600)
        await fake_xai.wait_for_events(1000)
        mute.say(method="$/cancelRequest", params={"id": RUN})
        request = await fake_xai.wait_for_disconnect()
        assert request.events_sent < PIECES
        messages = await mute.messages_until(RUN)
        assert messages[-1]["error"]["code"] == -32800
        in_order(messages)


async def test_a_log_that_nobody_reads_stops_nothing(tmp_path: Path) -> None:
    async with connected("stdio", tmp_path) as mute, asyncio.timeout(240):
        mute.stderr.pause_reading()
        await mute.initialized(workspace(tmp_path), machine={"storage": "memory"})
        for number in range(10, 400):
            # Each leaves a traceback in the log.
            mute.say(id=number, method="textDocument/codeAction", params={"no": "such"})
        mute.say(id=RUN, method="workspace/executeCommand", params={"command": "grok.usage"})
        messages = await mute.messages_until(RUN)
        assert sum("error" in message for message in messages) == 390
        assert messages[-1]["result"]["jobs"] == []
