"""Faults of the endpoint, of the user's settings and of the client: one sentence each, and the next job works."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from pygls.exceptions import JsonRpcException

from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.e2e.editor import Editor, server_environment
from tests.fake_xai import Cut, FakeXai, answer, failure

START = {"line": 0, "character": 0}
FAULTS = {
    "wrong key": (failure(401, "unauthenticated", "Invalid or expired credentials"), "auth"),
    "wrong key as 400": (failure(400, "invalid-argument", "Incorrect API key provided: xa***hi."), "auth"),
    "no credits as 429": (
        failure(429, "resource-exhausted", "Your team has either used all available credits or reached its limit"),
        "credits",
    ),
    "server error": (failure(500, "internal", "oops"), "unavailable"),
    "too many requests": (failure(429, "resource-exhausted", "Too many requests"), "rate_limited"),
    "cut stream": (answer(FIX, cut=Cut(12, "reset")), "unavailable"),
    "no terminal event": (answer(FIX, end="none"), "unavailable"),
    "incomplete": (answer(FIX, end="incomplete"), "truncated_answer"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_one_sentence_and_the_next_job_works(
    start: Start, tmp_path: Path, fake_xai: FakeXai, fault: str
) -> None:
    reply, code = FAULTS[fault]
    editor = await start(settings={"retries": 0})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(reply)
    result = await editor.run("refactor", uri, "width + height")
    assert (result["status"] in ("failed", "refused"), result["code"]) == (True, code), result
    assert result["message"].endswith(".")
    assert "\n" not in result["message"]
    assert "Traceback" not in result["message"]
    assert editor.buffers[uri].text == MAIN
    fake_xai.script(answer(FIX))
    assert (await editor.run("refactor", uri, "width + height"))["status"] == "applied"
    assert editor.buffers[uri].text == FIXED


async def test_silence_ends_as_a_timeout(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    # On a busy machine half a second passes before the request is even sent, and then nobody disconnects.
    editor = await start(settings={"retries": 0, "timeout": {"firstToken": 3.0}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX, hold_at=0))
    assert (await editor.run("refactor", uri, "width + height"))["code"] == "timeout"
    await fake_xai.wait_for_disconnect()


async def test_without_a_key_xai_is_not_asked(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(machine={"baseUrl": "https://api.x.ai/v1"}, environment={"XAI_API_KEY": ""})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    result = await editor.run("explain", uri, "width + height")
    assert (result["status"], result["code"]) == ("failed", "auth")
    assert "XAI_API_KEY" in result["message"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("grok.run", []),
        ("grok.run", [{}]),
        ("grok.run", ["fix"]),
        ("grok.run", [{"action": "dance", "uri": "file:///a", "range": {"start": START, "end": START}}]),
        ("grok.run", [{"action": "fix", "uri": "file:///a", "range": {"start": {"line": -1, "character": 0}}}]),
        ("grok.review", [{"jobId": "x", "hunk": 0, "decision": "burn"}]),
        ("grok.dance", []),
    ],
)
async def test_a_malformed_command_is_invalid_params(editor: Editor, command: str, arguments: list[Any]) -> None:
    with pytest.raises(JsonRpcException) as caught:
        await editor.command(command, *arguments)
    assert caught.value.code == -32602


async def test_a_workspace_cannot_redirect_code(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    evil = {"baseUrl": "http://127.0.0.1:9/v1", "apiKeyEnv": "HOME", "privacy": {"secrets": False}, "model": 5}
    editor = await start(settings=evil, client_settings=evil)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("It adds.")
    assert (await editor.run("explain", uri, "width + height"))["status"] == "explained"
    assert fake_xai.requests[0].model == "grok-code-fast-1"
    for name in ("grok.baseUrl", "grok.apiKeyEnv", "grok.privacy.secrets", "grok.model"):
        told = [message for message in editor.messages if message.startswith(f"The setting {name} ")]
        assert len(told) == 1, (name, editor.messages)


async def test_options_that_are_no_object_are_told_and_ignored(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings="fast")
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("It adds.")
    assert (await editor.run("explain", uri, "width + height"))["status"] == "explained"
    assert [message for message in editor.messages if "initializationOptions.grok.settings" in message]


async def test_the_environment_wins(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(
        machine={"baseUrl": "http://127.0.0.1:9/v1", "model": "grok-4.3"},
        settings={"model": "grok-4.7"},
        environment={"GROK_LS_BASE_URL": fake_xai.url, "GROK_LS_MODEL": "grok-4.5"},
    )
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("It adds.")
    assert (await editor.run("explain", uri, "width + height"))["status"] == "explained"
    assert fake_xai.requests[0].model == "grok-4.5"


async def test_a_client_without_progress_is_answered_at_once(
    start: Start, tmp_path: Path, fake_xai: FakeXai, profile: str
) -> None:
    editor = await start(profile="emacs-28-eglot", stream=False)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX))
    result = await editor.run("refactor", uri, "width + height")
    assert result["status"] == "started"
    while not any(message.startswith("Applied") for message in editor.messages):
        await editor.command("grok.usage")
    assert editor.buffers[uri].text == FIXED


async def test_ten_thousand_changes_leave_the_text_as_the_editor_has_it(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    for n in range(10_000):
        editor.type(opened, n % 50, n % 50, "é" if n % 100 == 0 else "x")
    shown = await editor.command("grok.preview", editor.run_action("explain", opened, "volume"))
    assert editor.buffers[opened].text.splitlines()[0] in shown["markdown"]


async def test_tcp_serves_several_clients_and_refuses_other_machines(tmp_path: Path, fake_xai: FakeXai) -> None:
    environment = server_environment({"GROK_LS_DATA_DIR": str(tmp_path / "data")})
    command = [sys.executable, "-m", "grok_ls", "--tcp"]
    refused = await asyncio.create_subprocess_exec(
        *command, "0.0.0.0:0", env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, said = await refused.communicate()
    assert refused.returncode == 2
    assert b"--allow-remote" in said
    server = await asyncio.create_subprocess_exec(
        *command, "127.0.0.1:0", env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert server.stderr is not None
    line = (await server.stderr.readline()).decode()
    address = ("127.0.0.1", int(line.rpartition(":")[2]))
    fake_xai.default = answer("It adds.")
    editors = [Editor("vscode"), Editor("neovim-0.11")]
    try:
        for editor in editors:
            await editor.start(workspace(tmp_path), base_url=fake_xai.url, tcp=address)
            uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
            assert (await editor.run("explain", uri, "width + height"))["status"] == "explained"
        await editors[0].client.shutdown_async(None)
        editors[0].client.exit(None)
        uri = next(iter(editors[1].buffers))
        assert (await editors[1].run("explain", uri, "volume"))["status"] == "explained"
    finally:
        server.terminate()
        await server.communicate()
        for editor in editors:
            await editor.disconnect()
    assert server.returncode == 0


async def test_the_end_of_stdin_ends_the_server(tmp_path: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "grok_ls",
        env=server_environment({"GROK_LS_DATA_DIR": str(tmp_path)}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await server.communicate(b"")
    assert out == b""
    assert server.returncode == 1


async def test_an_exit_right_behind_the_shutdown_is_a_clean_end(tmp_path: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "grok_ls",
        env=server_environment({"GROK_LS_DATA_DIR": str(tmp_path)}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    said = b""
    for message in (
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        said += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    await server.communicate(said)
    assert server.returncode == 0
