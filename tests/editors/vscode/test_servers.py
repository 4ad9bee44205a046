"""Servers that this extension has to get, or must not take: one that is installed on request, an old one, another one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.vscode.answers import FIX
from tests.editors.vscode.conftest import OPEN
from tests.editors.vscode.driver import ROOT, TYPESCRIPT, CodeServer, Window, without_server
from tests.fake_xai import answer
from tests.fake_xai.threaded import FakeXaiThread

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.editor, pytest.mark.timeout(400)]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """This version as it is installed from the registry."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, capture_output=True, check=True, timeout=120)
    return next(tmp_path.glob("*.whl"))


def test_install_makes_a_private_server_that_works(
    chromium: Browser,
    tmp_path: Path,
    workspace: Path,
    fake: FakeXaiThread,
    wheel: Path,
    request: pytest.FixtureRequest,
) -> None:
    fake.script(answer(FIX))
    machine = {"grok.server.package": str(wheel), "grok.baseUrl": fake.url, "typescript.tsdk": TYPESCRIPT}
    # Its dependencies come from where this machine gets its packages.
    registry = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    with CodeServer(tmp_path / "vscode", machine=machine, env={**registry, "PATH": without_server()}) as server:
        vscode = Window.open(chromium, server, workspace)
        request.node.stash[OPEN] = [(vscode, server)]
        vscode.status("Grok: the language server is not installed").wait_for(timeout=60_000)
        vscode.picture("no-server", keep=True)
        vscode.answers("did not find it", "Install")
        vscode.status("Grok: ready").wait_for(timeout=240_000)
        assert "(private)" in server.log()
        vscode.file("stats.ts")
        vscode.at_the_problem()
        vscode.command("Grok: Fix")
        vscode.wait_shown("sum: number = 0;")
        vscode.close()


def impostor(folder: Path, name: str, version: str) -> str:
    """A language server that says that it is ``name`` in ``version``."""
    program = folder / f"{name}-{version}"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT / 'tests' / 'editors')!r})\n"
        "from recorder import read_message, write_message\n"
        "while (message := read_message()) is not None and message.get('method') != 'exit':\n"
        "    if 'id' in message and 'method' in message:\n"
        f"        about = {{'capabilities': {{}}, 'serverInfo': {{'name': {name!r}, 'version': {version!r}}}}}\n"
        "        result = about if message['method'] == 'initialize' else None\n"
        "        write_message({'id': message['id'], 'result': result})\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return str(program)


def test_an_old_server_and_another_program_are_named_and_not_used(
    chromium: Browser, tmp_path: Path, workspace: Path, request: pytest.FixtureRequest
) -> None:
    old, other = impostor(tmp_path, "grok-ls", "0.0.9"), impostor(tmp_path, "pylsp", "1.13.0")
    with CodeServer(tmp_path / "vscode", machine={"grok.server.path": old}) as server:
        vscode = Window.open(chromium, server, workspace)
        request.node.stash[OPEN] = [(vscode, server)]
        told = vscode.toast("needs grok-ls 0.1.0 or newer")
        told.wait_for(timeout=60_000)
        assert f"{old} is 0.0.9" in told.inner_text().replace("\u00a0", " ")
        vscode.status("Grok: the language server stopped").wait_for()
        settings = tmp_path / "vscode" / "data" / "Machine" / "settings.json"
        settings.write_text(json.dumps({"grok.server.path": other}), encoding="utf-8")
        vscode.toast(f"{other} is not grok-ls").wait_for(timeout=60_000)
        vscode.status("Grok: the language server stopped").wait_for()
        vscode.close()
