"""What a new user meets: no server, or a workspace that nobody vouched for."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.editions import Edition
from tests.editors.neovim import until
from tests.editors.vscode.answers import FIX
from tests.editors.vscode.conftest import OPEN
from tests.editors.vscode.driver import TYPESCRIPT, CodeServer, Window, server_executable, without_server
from tests.fake_xai import answer, failure
from tests.fake_xai.threaded import FakeXaiThread

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]


def test_a_missing_server_is_offered_for_installation(chromium: Browser, tmp_path: Path, workspace: Path) -> None:
    machine = {"grok.server.package": str(tmp_path / "no-such-package.whl")}
    with CodeServer(tmp_path / "vscode", machine=machine, env={"PATH": without_server()}) as server:
        vscode = Window.open(chromium, server, workspace)
        vscode.status("Grok: the language server is not installed").wait_for(timeout=60_000)
        vscode.answers("did not find it", "Install")
        vscode.toast("grok-ls could not be installed").wait_for(timeout=60_000)
        assert not list((tmp_path / "vscode").rglob("bin/pip")), "a half installed server was left"
        vscode.close()


@pytest.mark.newest_too
def test_a_missing_key_is_asked_for_and_the_next_request_has_it(
    chromium: Browser,
    tmp_path: Path,
    workspace: Path,
    fake: FakeXaiThread,
    edition: Edition,
    request: pytest.FixtureRequest,
) -> None:
    fake.script(answer(FIX))
    # By this address an endpoint is not taken for a model on this machine, which would need no key.
    elsewhere = fake.url.replace("127.0.0.1", "0.0.0.0")
    machine = {"grok.server.path": server_executable(), "grok.baseUrl": elsewhere, "typescript.tsdk": TYPESCRIPT}
    key = "-".join(("xai", "first" * 16))
    with CodeServer(tmp_path / "vscode", machine=machine, env={"XAI_API_KEY": ""}, edition=edition) as server:
        vscode = Window.open(chromium, server, workspace)
        request.node.stash[OPEN] = [(vscode, server)]
        vscode.file("stats.ts")
        vscode.at_the_problem()
        before = set(server.servers())
        vscode.command("Grok: Fix")
        vscode.toast("There is no key").wait_for()
        assert not fake.requests
        vscode.picture("no-key", keep=True)
        vscode.answers("There is no key", "Set API Key")
        vscode.page.locator(".quick-input-widget input[type=password]").fill(key)
        vscode.keys("Enter")
        until(lambda: set(server.servers()) - before, "the server was not started with the key")
        vscode.status("Grok: ready").wait_for()
        vscode.go_to(2)
        vscode.command("Grok: Fix")
        vscode.wait_shown("sum: number = 0;")
        assert fake.requests[0].key == key
        vscode.close()


@pytest.mark.newest_too
def test_an_untrusted_workspace_runs_nothing_of_its_own(
    chromium: Browser,
    tmp_path: Path,
    workspace: Path,
    fake: FakeXaiThread,
    edition: Edition,
    request: pytest.FixtureRequest,
) -> None:
    planted = workspace / ".venv" / "bin" / "grok-ls"
    planted.parent.mkdir(parents=True)
    planted.write_text(f"#!{sys.executable}\nopen({str(tmp_path / 'ran')!r}, 'w').close()\n", encoding="utf-8")
    planted.chmod(0o755)
    (workspace / ".vscode").mkdir()
    dear = {"grok.model": "grok-4", "grok.maxOutputTokens": 128000, "grok.reasoningEffort": "high", "grok.retries": 9}
    settings = {"grok.server.path": str(planted), "grok.budget.sessionTokens": 0, **dear}
    (workspace / ".vscode" / "settings.json").write_text(json.dumps(settings), "utf-8")
    fake.script(failure(503, "unavailable", "The service is overloaded."))
    # Not by PATH: VS Code takes it from a login shell.
    tool = tmp_path / "vscode" / "user" / ".local" / "bin" / "grok-ls"
    tool.parent.mkdir(parents=True)
    tool.symlink_to(server_executable())
    machine = {"grok.baseUrl": fake.url, "grok.retries": 0}
    with CodeServer(tmp_path / "vscode", machine=machine, trusting=False, edition=edition) as server:
        vscode = Window.open(chromium, server, workspace)
        request.node.stash[OPEN] = [(vscode, server)]
        if edition == "oldest":  # newer ones ask nobody, and begin restricted
            vscode.page.get_by_role("button", name="No, I don't trust the authors").click(timeout=60_000)
        vscode.page.get_by_text("Restricted Mode").first.wait_for(timeout=60_000)
        vscode.status("Grok: ready").wait_for(timeout=25_000)
        assert not (tmp_path / "ran").exists()
        assert f"{tool} (tool)" in server.log()
        vscode.file("stats.ts")
        vscode.picture("untrusted")
        vscode.go_to(4)
        vscode.command("Grok: Explain")
        sent = fake.wait_for_end()
        assert (sent.model, sent.cap) == ("grok-code-fast-1", 4096)
        assert "high" not in json.dumps(sent.body.get("reasoning"))
        vscode.status("Grok: ready").wait_for()
        assert len(fake.requests) == 1
        assert re.search("Session: [0-9,]+ / 200,000 tokens", vscode.tooltip())
        vscode.command("Workspaces: Manage Workspace Trust")
        vscode.page.get_by_role("button", name="Trust", exact=True).first.click()
        until(lambda: (tmp_path / "ran").exists(), "the trusted workspace's own server was not used")
        vscode.close()
