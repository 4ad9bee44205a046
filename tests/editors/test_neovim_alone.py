"""``lsp/grok_ls.lua`` by itself, in Neovim's own code action menu: what one has who copied a file and no plugin."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.editors.conftest import MAIN, RUNNING
from tests.editors.neovim import PLUGIN, TEST_KEY, Neovim, server_command
from tests.editors.test_neovim import FIX, FIXED, publish, text
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

_LOOK = """
_G.tokens, _G.messages, _G.ended = {}, {}, 0
vim.api.nvim_create_autocmd('LspProgress', { callback = function(event)
  local params = event.data.params
  table.insert(tokens, params.token)
  table.insert(messages, params.value.message or '')
  if params.value.kind == 'end' then
    ended = ended + 1
  end
end })
_G.choose = function(kind)
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.kind == kind end })
end
"""


@pytest.fixture
def alone(
    request: pytest.FixtureRequest, tmp_path: Path, workspace: Path, fake: FakeXaiThread
) -> Iterator[Callable[..., Neovim]]:
    with ExitStack() as stack:

        def begin(config: str = "", env: dict[str, str] | None = None) -> Neovim:
            folder = tmp_path / "home" / "xdg_config_home" / "nvim" / "lsp"
            folder.mkdir(parents=True)
            shutil.copy(PLUGIN / "lsp" / "grok_ls.lua", folder)
            environment = {"XAI_API_KEY": TEST_KEY, **({"GROK_LS_BASE_URL": fake.url} if env is None else env)}
            init = f"{_LOOK}{config}\nvim.lsp.enable('grok_ls')\n"
            nvim = Neovim(tmp_path / "home", workspace, init, plugin=False, env=environment)
            stack.enter_context(nvim)
            request.node.stash.setdefault(RUNNING, []).append(nvim)
            nvim.edit(workspace / "main.py")
            assert nvim.lua("return vim.fn.exists(':Grok')") == 0
            return nvim

        yield begin


def test_enable_alone_fixes_a_diagnostic_with_the_installed_command(
    alone: Callable[..., Neovim], fake: FakeXaiThread
) -> None:
    fake.script(answer(FIX))
    nvim = alone()
    assert nvim.lua("return vim.lsp.get_clients()[1].config.cmd") == ["grok-ls"]
    publish(nvim)
    nvim.lua("choose('quickfix.grok')")
    nvim.wait("ended > 0")
    assert text(nvim) == FIXED
    nvim.undo()
    assert text(nvim) == MAIN


def test_machine_settings_of_the_config_table_count(alone: Callable[..., Neovim], fake: FakeXaiThread) -> None:
    settings = json.dumps({"baseUrl": fake.url, "model": "grok-4.3", "budget": {"dailyUsd": 3}})
    config = (
        f"vim.lsp.config('grok_ls', {{ cmd = vim.json.decode([==[{json.dumps(server_command())}]==]),"
        f" settings = {{ grok = vim.json.decode([==[{settings}]==]) }} }})"
    )
    fake.script(answer(FIX))
    nvim = alone(config, env={})
    publish(nvim)
    nvim.lua("choose('quickfix.grok')")
    nvim.wait("ended > 0")
    assert text(nvim) == FIXED
    assert fake.requests[0].model == "grok-4.3"
    usage = nvim.lua(
        "return vim.lsp.get_clients()[1]:request_sync('workspace/executeCommand', { command = 'grok.usage' }).result"
    )
    assert usage["today"]["limit"] == 3
    assert "taken from the user's" not in nvim.lua("return vim.fn.execute('messages')")


def test_an_explanation_opens_as_a_read_only_markdown_file(alone: Callable[..., Neovim], fake: FakeXaiThread) -> None:
    fake.script(answer("# What it does\n\nIt adds.\n"))
    nvim = alone()
    nvim.lua("choose('grok.explain')")
    nvim.wait("vim.bo.filetype == 'markdown'")
    assert "It adds." in nvim.text()
    assert nvim.lua("return vim.fn.filewritable(vim.api.nvim_buf_get_name(0)) == 0 or vim.bo.readonly")


def test_a_progress_token_cancels(alone: Callable[..., Neovim], fake: FakeXaiThread) -> None:
    fake.script(answer(FIX, hold_at=20, gate=Gate()))
    nvim = alone()
    publish(nvim)
    nvim.lua("choose('quickfix.grok')")
    fake.wait_for_events(20)
    nvim.wait("#tokens > 0")
    nvim.lua("vim.lsp.get_clients()[1]:notify('window/workDoneProgress/cancel', { token = tokens[#tokens] })")
    assert fake.wait_for_disconnect().outcome == "disconnected"
    nvim.wait("ended > 0")
    assert text(nvim) == MAIN


def test_a_failure_is_told(alone: Callable[..., Neovim], fake: FakeXaiThread) -> None:
    nvim = alone("vim.lsp.config('grok_ls', { settings = { grok = { budget = { sessionTokens = 50 } } } })")
    publish(nvim)
    nvim.lua("choose('quickfix.grok')")
    nvim.wait("ended > 0")
    nvim.wait("(vim.fn.execute('messages') .. table.concat(told, ' ')):lower():find('budget') ~= nil", 5)
    assert fake.requests == []


def test_typing_in_the_edited_lines_wins(alone: Callable[..., Neovim], fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = alone()
    publish(nvim)
    nvim.lua("choose('quickfix.grok')")
    fake.wait_for_events(20)
    nvim.keys("2GA  # mine<Esc>")
    # Keys are only queued when this returns; an edit that comes before them is in no one's way.
    nvim.wait("vim.fn.getline(2):find('# mine', 1, true) ~= nil")
    # Neovim tells the server of changes some time after them, but before it asks for anything.
    nvim.lua("vim.lsp.get_clients()[1]:request_sync('workspace/executeCommand', { command = 'grok.usage' })")
    gate.open()
    nvim.wait("ended > 0")
    assert text(nvim) == MAIN.replace("a - b", "a - b  # mine")


def test_no_character_is_lost_when_the_edit_comes_while_the_user_types(
    alone: Callable[..., Neovim], fake: FakeXaiThread
) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = alone()
    publish(nvim)
    nvim.lua("choose('quickfix.grok')")
    fake.wait_for_events(20)
    nvim.keys("Go")
    words = [f"word{number}" for number in range(12)]
    for number, word in enumerate(words):
        nvim.keys(f"{word} ")
        if number == 3:
            gate.open()
    nvim.keys("<BS><Esc>")
    nvim.wait("ended > 0 and vim.fn.mode() == 'n'")
    assert text(nvim) == f"{FIXED}{' '.join(words)}\n"
