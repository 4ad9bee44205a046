"""The child process: it says where it listens, stops when asked, and never outlives its parent."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from grok_ls.errors import ConfigError, ProviderUnavailable
from grok_ls.local import command, serve
from grok_ls.local.serve import local_server

NATIVE = Path(__file__).with_name("fake_native")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A stand-in for the native library and for the model's file."""
    monkeypatch.setenv("PYTHONPATH", str(NATIVE))
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF")
    return model


def get(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return int(answer.status)


async def test_server_answers_inside_the_block_and_is_gone_after_it(native: Path) -> None:
    async with local_server("0.5b", path=native) as server:
        assert server.model == "qwen2.5-coder-0.5b-instruct"
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.base_url.endswith("/v1")
        assert await asyncio.to_thread(get, server.base_url.removesuffix("/v1") + "/health") == 200
    assert server.process.returncode == 0
    with pytest.raises(OSError, match="refused"):
        await asyncio.to_thread(get, server.base_url.removesuffix("/v1") + "/health")


async def test_named_port_is_used_and_one_in_use_is_told(native: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"Port {port} cannot be used \(Address already in use\)"):
            async with local_server("0.5b", port, path=native):
                pass
    async with local_server("0.5b", port, path=native) as server:
        assert server.base_url == f"http://127.0.0.1:{port}/v1"


@pytest.mark.parametrize("port", [-1, 65_536, 10**12])
async def test_impossible_port_is_told(native: Path, port: int) -> None:
    with pytest.raises(ConfigError, match="cannot be used"):
        async with local_server("0.5b", port, path=native):
            pass


async def test_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"pip install 'grok-ls\[local\]'"):
        async with local_server("0.5b"):
            pass


@pytest.mark.parametrize(("how", "said"), [("raise", "Failed to init server"), ("die", "SIGABRT")])
async def test_server_that_cannot_start_says_why(
    native: Path, monkeypatch: pytest.MonkeyPatch, how: str, said: str
) -> None:
    monkeypatch.setenv("FAKE_NATIVE", how)
    with pytest.raises(ProviderUnavailable, match=said):
        async with local_server("0.5b", path=native):
            pass


async def test_failure_inside_the_block_still_stops_the_child(native: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with local_server("0.5b", path=native) as server:
            raise ZeroDivisionError
    assert server.process.returncode == 0


async def test_child_that_does_not_look_at_its_input_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_STOP_TIMEOUT_S", 0.05)
    sleeper = "import time; time.sleep(600)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", sleeper, stdin=asyncio.subprocess.PIPE)
    await serve._stop(process)
    assert process.returncode == -signal.SIGKILL


def started(native: Path) -> tuple[subprocess.Popen[str], dict[str, str]]:
    """``grok-ls local`` in a process of its own, when it has said its settings."""
    run = (
        "import sys; from unittest import mock; from pathlib import Path; from grok_ls.__main__ import main;"
        f"mock.patch('grok_ls.local.fetch.ensure_model', lambda model: Path({str(native)!r})).start();"
        "sys.argv = ['grok-ls', 'local', '--model', '0.5b']; sys.exit(main())"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(NATIVE), str(ROOT)])}
    process = subprocess.Popen(
        [sys.executable, "-c", run],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        # As a shell with job control does: Ctrl-C must reach it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    settings = dict(process.stdout.readline().strip().split("=", 1) for _ in range(2))
    return process, settings


def gone(url: str) -> bool:
    """Waits for the port to close: the reading of its connection ends."""
    host, port = url.removeprefix("http://").removesuffix("/v1").split(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            return True
        signal.sigtimedwait([], 0.05)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_child_ends_with_the_command_however_that_ends(native: Path, sent: int, code: int) -> None:
    process, settings = started(native)
    assert settings["GROK_LS_MODEL"] == "qwen2.5-coder-0.5b-instruct"
    url = settings["GROK_LS_BASE_URL"]
    assert get(url.removesuffix("/v1") + "/health") == 200
    process.send_signal(sent)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in said
    assert gone(url)


def test_pull_prints_the_path_and_serves_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("grok_ls.local.fetch.ensure_model", lambda model: tmp_path / model.file)
    assert command.run_local(_arguments(model="0.5b", pull=True)) == 0
    assert capsys.readouterr().out.strip().endswith("qwen2.5-coder-0.5b-instruct-q4_k_m.gguf")


def test_unknown_model_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run_local(_arguments(model="70b")) == 1
    assert capsys.readouterr().err.count("\n") == 1


def _arguments(**given: Any) -> Any:
    return type("Arguments", (), {"model": None, "port": 0, "pull": False, **given})


def test_environment_of_a_server_points_grok_ls_at_it() -> None:
    server = serve.LocalServer("http://127.0.0.1:1/v1", "tiny", None)  # type: ignore[arg-type]
    assert json.loads(json.dumps(server.environment))["GROK_LS_BASE_URL"] == "http://127.0.0.1:1/v1"
