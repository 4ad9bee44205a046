"""Each trap of pygls that ``compat.py`` works around, shown on bare pygls: a test that fails says that its workaround can go."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import JsonRPCProtocol
from pygls.workspace import TextDocument

from grok_ls.server import compat
from grok_ls.server.compat import GrokProtocol
from grok_ls.text import Source


class Wire:
    """The other end of a server's connection: takes what it writes."""

    def __init__(self) -> None:
        self.written: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        self.written.append(json.loads(data.partition(b"\r\n\r\n")[2]))

    def close(self) -> None: ...

    def answers(self, number: int) -> list[dict[str, Any]]:
        return [message for message in self.written if message.get("id") == number and "method" not in message]


class Shell:
    """Counts what the protocol hands on; a command runs until it is cancelled."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.cancelled = asyncio.Event()
        self.changes = 0

    async def execute_command(self, params: types.ExecuteCommandParams) -> Any:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self.changes += 1

    async def shutdown_jobs(self) -> None: ...

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def send(server: LanguageServer, method: str, params: Any = None, number: int | None = None) -> None:
    message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        message["id"] = number
    protocol: JsonRPCProtocol = server.protocol
    protocol.handle_message(protocol.structure_message(message))


async def turns(count: int = 20) -> None:
    """Let the loop do what is ready."""
    for _ in range(count):
        await asyncio.sleep(0)


def connect(server: LanguageServer) -> Wire:
    wire = Wire()
    server.protocol.set_writer(wire)  # type: ignore[arg-type]
    send(server, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 0)
    return wire


@pytest.fixture
async def bare() -> LanguageServer:
    return LanguageServer("bare", "0", text_document_sync_kind=types.TextDocumentSyncKind.Incremental)


@pytest.fixture
async def ours() -> LanguageServer:
    server = LanguageServer("ours", "0", protocol_cls=GrokProtocol)
    server.protocol.shell = Shell()  # type: ignore[attr-defined]
    return server


def shell_of(server: LanguageServer) -> Shell:
    shell = server.protocol.shell  # type: ignore[attr-defined]
    assert isinstance(shell, Shell)
    return shell


async def test_a_cancelled_command_runs_on_in_pygls(bare: LanguageServer) -> None:
    shell = Shell()

    @bare.command("wait")
    async def wait() -> None:
        await shell.execute_command(types.ExecuteCommandParams("wait"))

    connect(bare)
    await turns()
    send(bare, "workspace/executeCommand", {"command": "wait"}, 1)
    await asyncio.wait_for(shell.begun.wait(), 10)
    send(bare, "$/cancelRequest", {"id": 1})
    await turns()
    assert not shell.cancelled.is_set()


async def test_a_cancelled_command_is_stopped_and_answered_once(ours: LanguageServer) -> None:
    wire, shell = connect(ours), shell_of(ours)
    await turns()
    send(ours, "workspace/executeCommand", {"command": "wait"}, 1)
    await asyncio.wait_for(shell.begun.wait(), 10)
    send(ours, "$/cancelRequest", {"id": 1})
    await asyncio.wait_for(shell.cancelled.wait(), 10)
    await turns()
    assert [answer["error"]["code"] for answer in wire.answers(1)] == [-32800]


CHANGE = {"textDocument": {"uri": "file:///a", "version": 1}, "contentChanges": [{"text": "a"}]}


async def changed(server: LanguageServer) -> int:
    """How many entries 50 changes leave behind."""
    connect(server)
    await turns()
    send(
        server,
        "textDocument/didOpen",
        {"textDocument": {"uri": "file:///a", "languageId": "x", "version": 0, "text": ""}},
    )
    await turns()
    before = len(server.protocol._request_futures)
    for _ in range(50):
        send(server, "textDocument/didChange", CHANGE)
        await turns(3)
    return len(server.protocol._request_futures) - before


async def test_changes_leave_entries_behind_in_pygls(bare: LanguageServer) -> None:
    assert await changed(bare) >= 50


async def test_changes_leave_nothing_behind(ours: LanguageServer) -> None:
    assert await changed(ours) == 0
    assert shell_of(ours).changes == 50


UNREADABLE = {"textDocument": {"uri": 5}, "position": "here"}


async def test_pygls_cannot_answer_unreadable_parameters(bare: LanguageServer) -> None:
    wire = connect(bare)
    await turns()
    with pytest.raises(JsonRpcInvalidParams):
        send(bare, "textDocument/codeAction", UNREADABLE, 1)
    await turns()
    assert wire.answers(1) == []


async def test_unreadable_parameters_are_invalid_params(ours: LanguageServer) -> None:
    wire = connect(ours)
    await turns()
    send(ours, "textDocument/codeAction", UNREADABLE, 1)
    await turns()
    assert [answer["error"]["code"] for answer in wire.answers(1)] == [-32602]


async def test_a_request_after_shutdown_is_never_answered_by_pygls(bare: LanguageServer) -> None:
    assert await after_shutdown(bare) == []


async def test_a_request_after_shutdown_is_invalid(ours: LanguageServer) -> None:
    assert [answer["error"]["code"] for answer in await after_shutdown(ours)] == [-32600]


async def after_shutdown(server: LanguageServer) -> list[dict[str, Any]]:
    wire = connect(server)
    await turns()
    send(server, "shutdown", None, 1)
    await turns()
    send(server, "workspace/executeCommand", {"command": "wait"}, 2)
    await turns()
    return wire.answers(2)


@pytest.mark.parametrize("character", ["\f", "\u2028", "\v", "\x85"])
def test_pygls_splits_lines_where_lsp_does_not(character: str) -> None:
    text = f"a{character}b\nc"
    assert len(TextDocument("file:///a", text).lines) == 3
    assert Source(text).line_count == 2


def test_pygls_logs_no_messages() -> None:
    assert compat.log.name == "grok_ls.server.compat"
    assert logging.getLogger("pygls").level == logging.WARNING


def late_cancel(server: LanguageServer, caplog: pytest.LogCaptureFixture) -> list[str]:
    send(server, "$/cancelRequest", {"id": 77})
    return [record.getMessage() for record in caplog.records if "77" in record.getMessage()]


async def test_a_late_cancel_is_a_warning_in_pygls(bare: LanguageServer, caplog: pytest.LogCaptureFixture) -> None:
    assert late_cancel(bare, caplog) != []


async def test_a_late_cancel_is_nothing(ours: LanguageServer, caplog: pytest.LogCaptureFixture) -> None:
    assert late_cancel(ours, caplog) == []
