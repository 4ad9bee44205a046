"""What goes wrong, seen from a real Neovim: one sentence for the user, and not a byte of the document changed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.editors.conftest import MAIN, StartNeovim
from tests.editors.neovim import TEST_KEY, Neovim, processes_of, server_command
from tests.editors.test_neovim import FIX, FIXED, diagnose, float_text, text, wait_for_end
from tests.fake_xai import Gate, Reply, answer
from tests.fake_xai.faults import BY_NAME
from tests.fake_xai.server import Recorded
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor


@pytest.mark.newest_too
def test_a_missing_key_is_told_with_what_to_do(start: StartNeovim, fake: FakeXaiThread) -> None:
    nvim = start(env={"XAI_API_KEY": "", "GROK_LS_BASE_URL": "https://api.x.ai/v1"})
    diagnose(nvim)
    nvim.command("Grok fix")
    told = wait_for_end(nvim)
    assert any("XAI_API_KEY" in message for message in told), told
    assert text(nvim) == MAIN


@pytest.mark.newest_too
def test_a_server_killed_in_mid_job_is_told_and_restarts_on_the_same_session(
    start: StartNeovim, fake: FakeXaiThread, tmp_path: Path
) -> None:
    fake.script(answer("It subtracts.\n"), answer(FIX, hold_at=20, gate=Gate()), answer(FIX))
    nvim = start()
    nvim.command("Grok explain")
    wait_for_end(nvim)
    before = session_tokens(nvim)
    assert before > 0
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20, 2)
    (server,) = servers_below(tmp_path)
    os.kill(server, signal.SIGKILL)
    told = wait_for_end(nvim)
    assert any("The server ended while the job was running" in message for message in told), told
    assert text(nvim) == MAIN
    nvim.command("Grok restart")
    nvim.wait("(vim.lsp.get_clients({ name = 'grok_ls' })[1] or {}).initialized")
    # What was spent is still spent, and the request that nobody saw the end of holds what was reserved for it.
    count = session_count(nvim)
    assert count["tokens"] == before
    assert count["remaining"] < count["limit"] - before
    nvim.command("Grok fix")
    told = wait_for_end(nvim)
    assert text(nvim) == FIXED, told
    assert session_tokens(nvim) > before


def test_a_server_that_is_not_there_is_told_and_checkhealth_says_how_to_get_it(tmp_path: Path, workspace: Path) -> None:
    init = "vim.lsp.config('grok_ls', { cmd = { '/nowhere/grok-ls' } }) vim.lsp.enable('grok_ls')\n"
    with Neovim(tmp_path / "home", workspace, init) as nvim:
        nvim.command(f"edit {workspace / 'main.py'}")
        # Neovim itself writes that into its log and nowhere else.
        nvim.command("Grok fix")
        assert nvim.told()[-1] == "grok: No server is attached to this buffer; :checkhealth grok says why."
        assert text(nvim) == MAIN
        nvim.command("checkhealth grok")
        nvim.wait("vim.bo.filetype == 'checkhealth'")
        report = nvim.text()
        assert "ERROR /nowhere/grok-ls is not executable" in report
        assert "pip install grok-ls" in report


def session_count(nvim: Neovim) -> dict[str, int]:
    answer = nvim.lua(
        "local client = vim.lsp.get_clients({ name = 'grok_ls' })[1]"
        " return client:request_sync('workspace/executeCommand', { command = 'grok.usage' }, 20000).result"
    )
    return {name: int(answer["session"][name]) for name in ("tokens", "limit", "remaining")}


def session_tokens(nvim: Neovim) -> int:
    return session_count(nvim)["tokens"]


def test_a_restart_does_not_reset_the_budget(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    wait_for_end(nvim)
    before = session_tokens(nvim)
    assert before > 0
    old = nvim.lua("return vim.lsp.get_clients({ name = 'grok_ls' })[1].id")
    nvim.command("Grok restart")
    nvim.wait(
        f"(function(c) return c and c.initialized and c.id ~= {old} end)(vim.lsp.get_clients({{ name = 'grok_ls' }})[1])"
    )
    assert session_tokens(nvim) == before


def test_a_key_from_a_function_reaches_the_endpoint_and_nothing_else(
    tmp_path: Path, workspace: Path, fake: FakeXaiThread
) -> None:
    fake.script(answer(FIX))
    cmd = ", ".join(f"'{part}'" for part in server_command())
    key = f"table.concat({{ 'xai', ('{TEST_KEY[4:8]}'):rep({len(TEST_KEY[4:]) // 4}) }}, '-')"
    init = f"require('grok').setup({{ cmd = {{ {cmd} }}, key = function() return {key} end }})\n"
    env = {"GROK_LS_BASE_URL": fake.url, "GROK_LS_LOG_LEVEL": "debug"}
    home = tmp_path / "home"
    with Neovim(home, workspace, init + "vim.lsp.log.set_level('trace')\n", env=env) as nvim:
        nvim.edit(workspace / "main.py")
        diagnose(nvim)
        nvim.command("Grok fix")
        told = wait_for_end(nvim)
        assert text(nvim) == FIXED, told
        assert nvim.lua("return vim.env.XAI_API_KEY") is None
    assert fake.requests[0].key == TEST_KEY
    written = [path for path in home.rglob("*") if path.is_file() and TEST_KEY.encode() in path.read_bytes()]
    assert written == []


def servers_below(folder: Path) -> list[int]:
    """The servers of the Neovim that lives there."""
    return [
        pid for pid in processes_of(str(folder / "home")) if b"--stdio" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def test_a_refusal_of_the_endpoint_is_told(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(BY_NAME["401 expired credentials"].reply)
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    told = wait_for_end(nvim)
    assert any("key" in message for message in told), told
    assert text(nvim) == MAIN


def test_an_answer_cut_off_is_not_applied(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX, end="incomplete"))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    told = wait_for_end(nvim)
    assert text(nvim) == MAIN
    assert told


def test_the_log_page_has_what_the_server_said(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX, end="incomplete"))
    nvim = start(settings={"log": {"level": "info"}, "retries": 0})
    diagnose(nvim)
    nvim.command("Grok fix")
    wait_for_end(nvim)
    nvim.command("Grok log")
    assert "job-" in nvim.text()


def test_usage_and_preview_are_shown_without_a_request(start: StartNeovim, fake: FakeXaiThread) -> None:
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok preview fix")
    nvim.wait("vim.b.grok == 'page'")
    assert "add subtracts" in nvim.text()
    nvim.keys("q")
    nvim.command("Grok usage")
    nvim.wait("vim.b.grok == 'page'")
    page = float_text(nvim, "page")
    assert page is not None
    assert "This session: 0 of 200.0k tokens" in page
    assert fake.requests == []


def test_line_ends_and_astral_characters_survive_an_edit(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path
) -> None:
    before = "x = '😀é'\r\ny = 1\r\n"
    (workspace / "main.py").write_bytes(before.encode())
    fake.script(answer("```diff\n--- a/main.py\n+++ b/main.py\n@@ -1,2 +1,2 @@\n-x = '😀é'\n+x = '😀è'\n y = 1\n```\n"))
    nvim = start()
    nvim.command("%Grok refactor")
    told = wait_for_end(nvim)
    nvim.command("write")
    assert (workspace / "main.py").read_bytes().decode() == before.replace("é", "è"), told


def test_a_file_without_a_final_newline_keeps_that(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    (workspace / "main.py").write_bytes(b"x = 1\ny = 2")
    fake.script(answer("```diff\n--- a/main.py\n+++ b/main.py\n@@ -1,2 +1,2 @@\n x = 1\n-y = 2\n+y = 3\n```\n"))
    nvim = start(init="vim.o.fixendofline = false\n")
    nvim.command("%Grok refactor")
    told = wait_for_end(nvim)
    nvim.command("write")
    assert (workspace / "main.py").read_bytes() == b"x = 1\ny = 3", told


SECOND = """\
```diff
--- a/main.py
+++ b/main.py
@@ -5,2 +5,2 @@
 def twice(n):
-    return add(n, n)
+    return 2 * n
```
"""


def test_two_jobs_at_once_both_go_in(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()

    def reply(request: Recorded) -> Reply:
        return answer(SECOND if "multiply" in request.prompt else FIX, hold_at=5, gate=gate)

    fake.script(reply, reply)
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    nvim.command("5,6Grok refactor multiply")
    fake.wait_for_request(2)
    gate.open()
    told = wait_for_end(nvim)
    assert text(nvim) == FIXED.replace("return add(n, n)", "return 2 * n"), told


def test_checkhealth_reports_the_server_with_the_settings_of_this_neovim(
    start: StartNeovim, fake: FakeXaiThread
) -> None:
    nvim = start(settings={"model": "grok-4.3", "baseUrl": "http://127.0.0.1:1/v1"})
    nvim.command("checkhealth grok")
    nvim.wait("vim.bo.filetype == 'checkhealth'")
    report = nvim.text()
    assert "grok-ls" in report
    assert "running: version" in report
    assert "OK redaction: " in report
    assert "ERROR key" not in report
    assert "OK model: grok-4.3" in report
    # The variable wins over the setting, as it does for the server.
    assert f"OK endpoint: {fake.url}" in report
