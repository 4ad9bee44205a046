"""What is uploaded: built from this tree, looked at, and used in an environment where nothing else was installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

from grok_ls._version import __version__
from tests.packaging.conftest import Built, run

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.timeout(400)]


def test_the_wheel_holds_the_package_and_nothing_else(built: Built) -> None:
    run(sys.executable, "-m", "check_wheel_contents", built.wheel)
    names = built.in_wheel()
    assert {name.partition("/")[0] for name in names} == {"grok_ls", f"grok_ls-{__version__}.dist-info"}
    listed = run("git", "ls-files", "grok_ls", cwd=ROOT).stdout.split() if (ROOT / ".git").exists() else None
    if listed is not None:
        assert sorted(name for name in names if name.startswith("grok_ls/")) == sorted(listed)
    assert "grok_ls/py.typed" in names


def test_the_sdist_can_be_tested_and_carries_no_build_products(built: Built) -> None:
    names = built.in_sdist()
    for needed in ("tests/conftest.py", "docs/protocol.md", "editors/nvim/lsp/grok_ls.lua", "LICENSE", "CHANGELOG.md"):
        assert needed in names
    unwanted = ("node_modules", "__pycache__", ".vsix", ".gguf", ".venv", ".pyc")
    assert not [name for name in names if any(part in name for part in unwanted)]


def test_the_registry_would_show_both_files(built: Built) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", built.wheel, built.sdist)


def test_the_metadata_says_what_the_project_says(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        raw = archive.read(f"grok_ls-{__version__}.dist-info/METADATA").decode()
    metadata = HeaderParser().parsestr(raw)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert metadata["Version"] == __version__
    assert set(metadata.get_all("Provides-Extra", [])) == set(extras)
    assert {"local", "redis", "otel", "sentry", "dev"} <= set(extras)
    assert "## [Unreleased]" in (changes := (ROOT / "CHANGELOG.md").read_text("utf-8")) or f"[{__version__}]" in changes


def test_a_fresh_installation_knows_its_version(installed: Path) -> None:
    assert run(installed / "grok-ls", "--version").stdout == f"grok-ls {__version__}\n"
    assert run(installed / "python", "-m", "grok_ls", "--version").stdout == f"grok-ls {__version__}\n"


def test_a_fresh_installation_passes_its_own_checks(installed: Path, tmp_path: Path) -> None:
    # A loopback port that nothing listens on: the endpoint is the one check that cannot be ok.
    environment = {
        **os.environ,
        "GROK_LS_DATA_DIR": str(tmp_path),
        "GROK_LS_BASE_URL": "http://127.0.0.1:9/v1",
    }
    done = subprocess.run(
        [installed / "grok-ls", "doctor", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    checks = {check["name"]: check["level"] for check in json.loads(done.stdout)["checks"]}
    assert {"redaction": "ok", "storage": "ok", "key": "ok", "endpoint": "error"}.items() <= checks.items()
    assert done.returncode == 1, "a check that is an error is exit code 1"


def _frame(message: dict[str, object]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _answer(server: subprocess.Popen[bytes], to: int) -> object:
    assert server.stdout is not None
    while True:
        length = 0
        while line := server.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name == b"Content-Length" else length
        message = json.loads(server.stdout.read(length))
        if message.get("id") == to and "method" not in message:
            return message["result"]


def test_a_fresh_installation_serves_lsp(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "GROK_LS_DATA_DIR": str(tmp_path)}
    with subprocess.Popen([installed / "grok-ls"], env=environment, stdin=-1, stdout=-1, stderr=-1) as server:
        assert server.stdin is not None
        initialize = {"processId": None, "rootUri": None, "capabilities": {}}
        server.stdin.write(_frame({"id": 1, "method": "initialize", "params": initialize}))
        server.stdin.flush()
        told = _answer(server, 1)
        server.stdin.write(_frame({"method": "initialized", "params": {}}) + _frame({"id": 2, "method": "shutdown"}))
        server.stdin.flush()
        assert _answer(server, 2) is None
        server.stdin.write(_frame({"method": "exit"}))
        _, stderr = server.communicate(timeout=60)
    assert isinstance(told, dict)
    assert told["serverInfo"] == {"name": "grok-ls", "version": __version__}
    assert "grok.run" in told["capabilities"]["executeCommandProvider"]["commands"]
    assert (server.returncode, stderr) == (0, b"")
