"""What an operator sees of the real server: its log, its metrics, what it says about its storage."""

from __future__ import annotations

import asyncio
import json
import socket
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.conftest import MAIN, Start, workspace
from tests.e2e.editor import KEY
from tests.fake_xai import FakeXai, answer, failure

SECRET = "xai-" + "Zq8wYk3MnB5vR7tL" * 5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as response:
        return str(response.read().decode())


async def test_metrics_are_served_on_loopback_and_count_requests(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    port = free_port()
    editor = await start(machine={"metrics": {"port": port}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("It adds."))
    assert (await editor.run("explain", uri, "width + height"))["status"] == "explained"
    text = await asyncio.to_thread(fetched, f"http://127.0.0.1:{port}/metrics")
    line = next(line for line in text.splitlines() if line.startswith("grok_ls_requests_total{"))
    assert 'action="explain"' in line
    assert line.endswith(" 1.0")
    spent = next(line for line in text.splitlines() if line.startswith("grok_ls_session_tokens "))
    assert float(spent.split()[1]) == fake_xai.tokens_spent


async def test_the_log_names_the_job_and_no_secret(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings={"log": {"level": "debug"}, "retries": 0})
    text = f'{MAIN}TOKEN = "{SECRET}"\n'
    uri = editor.open(workspace(tmp_path) / "main.py", text)
    fake_xai.script(failure(500, "internal", f"it broke at TOKEN = {SECRET}"))
    result = await editor.run("refactor", uri, "width + height")
    assert result["code"] == "unavailable"
    await editor.stop()
    (path,) = (tmp_path / "data" / "log").glob("server-*.jsonl")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert result["jobId"] in {line["job"] for line in lines}
    assert SECRET not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


async def test_storage_that_cannot_be_used_is_told_once_and_jobs_go_on(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    (tmp_path / "data").write_text("not a folder")
    editor = await start(machine={"storage": "sqlite"})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("It adds.")
    for instruction in ("one", "two"):
        result = await editor.run("explain", uri, "width + height", instruction=instruction)
        assert result["status"] == "explained", result
    told = [message for message in editor.messages if "memory" in message]
    assert len(told) == 1, editor.messages


@pytest.mark.parametrize("echoed", [KEY, SECRET, "grok](command:evil) <b>"])
async def test_what_an_endpoint_echoes_as_a_name_is_written_nowhere(
    start: Start, tmp_path: Path, fake_xai: FakeXai, echoed: str
) -> None:
    port = free_port()
    editor = await start(
        settings={"log": {"level": "debug"}, "retries": 0}, machine={"metrics": {"port": port}, "storage": "sqlite"}
    )
    uri = editor.open(workspace(tmp_path) / "main.py", f'{MAIN}TOKEN = "{SECRET}"\n')
    headers = {"x-request-id": echoed, "x-zero-data-retention": echoed}
    fake_xai.script(
        replace(answer("It adds.", served_model=echoed), headers=headers),
        failure(500, "internal", f"no {echoed}"),
    )
    results = [await editor.run("explain", uri, "width + height", instruction=word) for word in ("one", "two")]
    assert [result["status"] for result in results] == ["explained", "failed"]
    shown = await asyncio.to_thread(fetched, f"http://127.0.0.1:{port}/metrics")
    said = [shown, *editor.messages, *map(str, results), *map(str, editor.streamed)]
    await editor.stop()
    # The log may quote what is nobody's secret.
    kept = [
        path
        for path in (tmp_path / "data").rglob("*")
        if path.is_file() and ("log" not in path.parts or " " not in echoed)
    ]
    said += [path.read_bytes().decode("latin-1") for path in kept]
    assert not [one for one in said if echoed in one]
