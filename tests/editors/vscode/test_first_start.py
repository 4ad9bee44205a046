"""What a new user meets: no server, or a workspace that nobody vouched for."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim import until
from tests.editors.vscode.conftest import OPEN
from tests.editors.vscode.driver import NEWEST, CodeServer, Window, server_executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("vscode"), pytest.mark.timeout(240)]


def without_server() -> str:
    """PATH without the folders that have a grok-ls."""
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if not (Path(folder) / "grok-ls").exists())


def test_a_missing_server_is_offered_for_installation(chromium: Browser, tmp_path: Path, workspace: Path) -> None:
    machine = {"grok.server.package": str(tmp_path / "no-such-package.whl")}
    with CodeServer(tmp_path / "vscode", machine=machine, env={"PATH": without_server()}) as server:
        vscode = Window.open(chromium, server, workspace)
        vscode.status("Grok: the language server is not installed").wait_for(timeout=60_000)
        vscode.toast("did not find it").get_by_role("button", name="Install").click()
        vscode.toast("grok-ls could not be installed").wait_for(timeout=60_000)
        assert not list((tmp_path / "vscode").rglob("bin/pip")), "a half installed server was left"
        vscode.page.close()


def test_an_untrusted_workspace_runs_nothing_of_its_own(
    chromium: Browser, tmp_path: Path, workspace: Path, request: pytest.FixtureRequest
) -> None:
    planted = workspace / ".venv" / "bin" / "grok-ls"
    planted.parent.mkdir(parents=True)
    planted.write_text(f"#!{sys.executable}\nopen({str(tmp_path / 'ran')!r}, 'w').close()\n", encoding="utf-8")
    planted.chmod(0o755)
    (workspace / ".vscode").mkdir()
    (workspace / ".vscode" / "settings.json").write_text(json.dumps({"grok.server.path": str(planted)}), "utf-8")
    # Not by PATH: VS Code takes it from a login shell.
    tool = tmp_path / "vscode" / "user" / ".local" / "bin" / "grok-ls"
    tool.parent.mkdir(parents=True)
    tool.symlink_to(server_executable())
    with CodeServer(tmp_path / "vscode", trusting=False) as server:
        vscode = Window.open(chromium, server, workspace)
        request.node.stash[OPEN] = [(vscode, server)]
        if not NEWEST:  # newer ones ask nobody, and begin restricted
            vscode.page.get_by_role("button", name="No, I don't trust the authors").click(timeout=60_000)
        vscode.page.get_by_text("Restricted Mode").first.wait_for(timeout=60_000)
        vscode.status("Grok: ready").wait_for(timeout=25_000)
        assert not (tmp_path / "ran").exists()
        assert f"{tool} (tool)" in server.log()
        vscode.command("Workspaces: Manage Workspace Trust")
        vscode.page.get_by_role("button", name="Trust", exact=True).first.click()
        until(lambda: (tmp_path / "ran").exists(), "the trusted workspace's own server was not used")
        vscode.page.close()
