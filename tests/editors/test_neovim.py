"""The plugin in a real Neovim, with the real server and a model that is played on loopback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.conftest import MAIN, StartNeovim
from tests.editors.neovim import Neovim
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

FIXED = MAIN.replace("a - b", "a + b")
FIX = """\
The operator was wrong.

```diff
--- a/main.py
+++ b/main.py
@@ -1,2 +1,2 @@
 def add(a, b):
-    return a - b
+    return a + b
```
"""
ENDED = "#require('grok.jobs').list() == 0"


def diagnose(nvim: Neovim, line: int = 2, message: str = "add subtracts") -> None:
    """A diagnostic of another tool, as a linter plugin sets it; the cursor goes to its line (from 1)."""
    nvim.lua(
        f"vim.diagnostic.set(vim.api.nvim_create_namespace('lint'), 0, "
        f"{{ {{ lnum = {line - 1}, col = 4, end_col = 16, message = '{message}', source = 'lint' }} }})"
        f" vim.api.nvim_win_set_cursor(0, {{ {line}, 0 }})"
    )


def publish(nvim: Neovim) -> None:
    """The same diagnostic as this server's own: the only ones that Neovim's menu sends along."""
    nvim.lua(
        "vim.lsp.handlers['textDocument/publishDiagnostics'](nil, { uri = vim.uri_from_bufnr(0), diagnostics = { {"
        " range = { start = { line = 1, character = 4 }, ['end'] = { line = 1, character = 16 } },"
        " message = 'add subtracts', severity = 1 } } }, { client_id = vim.lsp.get_clients()[1].id })"
        " vim.api.nvim_win_set_cursor(0, { 2, 4 })"
    )


def wait_for_end(nvim: Neovim) -> list[str]:
    nvim.wait(ENDED)
    return nvim.told()


def text(nvim: Neovim) -> str:
    return nvim.text() + "\n"


@pytest.mark.newest_too
def test_neovims_own_menu_fixes_another_tools_diagnostic(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    nvim = start()
    diagnose(nvim)
    nvim.lua(
        "vim.ui.select = function(items, how, chosen) _G.offered = vim.tbl_map(how.format_item, items) chosen(items[1]) end"
    )
    nvim.keys("2Ggra")
    nvim.wait("offered ~= nil")
    assert nvim.lua("return offered[1]").startswith("Grok: Fix: add subtracts"), nvim.lua("return offered")
    wait_for_end(nvim)
    assert text(nvim) == FIXED
    assert "add subtracts" in fake.requests[0].prompt
    # The other entries are there as ever, and without a problem there is nothing to fix.
    nvim.lua("offered = nil vim.ui.select = function(items, how) _G.offered = vim.tbl_map(how.format_item, items) end")
    nvim.keys("1Ggra")
    nvim.wait("offered ~= nil")
    assert not any("Fix" in title for title in nvim.lua("return offered"))


@pytest.mark.newest_too
def test_another_tools_diagnostic_is_fixed_and_one_undo_takes_it_back(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    told = wait_for_end(nvim)
    assert text(nvim) == FIXED, told
    assert "add subtracts" in fake.requests[0].prompt
    assert any("Applied 1 change" in message for message in told)
    nvim.undo()
    assert text(nvim) == MAIN


def test_the_code_action_menu_runs_the_same_job(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    nvim = start()
    publish(nvim)
    nvim.lua("vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.kind == 'quickfix.grok' end })")
    nvim.wait("vim.api.nvim_buf_get_lines(0, 1, 2, false)[1] == '    return a + b'")
    wait_for_end(nvim)
    assert text(nvim) == FIXED


def test_a_selection_is_refactored_with_an_instruction(start: StartNeovim, fake: FakeXaiThread) -> None:
    diff = "--- a/main.py\n+++ b/main.py\n@@ -5,2 +5,2 @@\n def twice(n):\n-    return add(n, n)\n+    return 2 * n\n"
    fake.script(answer(f"```diff\n{diff}```\n"))
    nvim = start()
    nvim.keys("5GVj:Grok refactor multiply instead<CR>")
    fake.wait_for_request()
    told = wait_for_end(nvim)
    assert text(nvim) == MAIN.replace("return add(n, n)", "return 2 * n"), told
    assert "multiply instead" in fake.requests[0].prompt


def float_text(nvim: Neovim, name: str) -> str | None:
    found = nvim.lua(
        "for _, winid in ipairs(vim.api.nvim_list_wins()) do local bufnr = vim.api.nvim_win_get_buf(winid)"
        f" if vim.b[bufnr].grok == '{name}' then"
        " return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\\n') end end"
    )
    return None if found is None else str(found)


@pytest.mark.newest_too
def test_an_explanation_streams_into_a_float(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer("# What it does\n\nIt *adds* numbers, and it is wrong about it.\n", hold_at=8, gate=gate))
    nvim = start()
    nvim.keys("1G:Grok explain<CR>")
    fake.wait_for_events(8)
    nvim.wait(
        "vim.iter(vim.api.nvim_list_bufs()):any(function(b) return vim.b[b].grok == 'explain'"
        " and vim.api.nvim_buf_get_lines(b, 0, 1, false)[1] ~= '' end)"
    )
    streamed = float_text(nvim, "explain")
    assert streamed
    assert "# What it does".startswith(streamed.splitlines()[0])
    assert "wrong about it" not in streamed
    gate.open()
    told = wait_for_end(nvim)
    final = float_text(nvim, "explain")
    assert final is not None
    assert "It *adds* numbers, and it is wrong about it." in final
    assert not any("xplained" in message for message in told), told
    assert text(nvim) == MAIN


def test_a_follow_up_question_is_sent_with_what_it_goes_on_from(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer("It *subtracts*, wrongly.\n"), answer("Because of the minus.\n"))
    nvim = start()
    nvim.command("1Grok explain is it right")
    wait_for_end(nvim)
    nvim.lua("vim.ui.input = function(_, done) done('and why is that?') end")
    nvim.command("Grok show")
    nvim.keys("a")
    fake.wait_for_end(2)
    wait_for_end(nvim)
    prompt = fake.requests[1].prompt
    at = [prompt.index(part) for part in ("is it right", "It *subtracts*, wrongly.", "and why is that?")]
    assert at == sorted(at)
    assert "def add(a, b):" in prompt
    shown = float_text(nvim, "explain")
    assert shown == "It *subtracts*, wrongly.\n\n---\n\n**and why is that?**\n\nBecause of the minus."


def test_a_cancelled_job_closes_the_stream_and_applies_nothing(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20)
    nvim.command("Grok cancel")
    assert fake.wait_for_disconnect().outcome == "disconnected"
    told = wait_for_end(nvim)
    assert any("ancelled" in message for message in told), told
    assert text(nvim) == MAIN
    assert nvim.lua("return vim.lsp.util.buf_versions[vim.api.nvim_get_current_buf()]") == 0


@pytest.mark.parametrize(
    "means",
    [
        "vim.api.nvim_set_current_win(explained()) vim.api.nvim_feedkeys('c', 'xt', false)",
        "require('grok').cancel(true)",
        "vim.cmd('bdelete! ' .. main)",
        "vim.lsp.get_clients({ name = 'grok_ls' })[1]:request('workspace/executeCommand', { command = 'grok.cancel' })",
    ],
    ids=["c in the float", "from Lua", "closing the file", "the server's command"],
)
@pytest.mark.newest_too
def test_every_means_of_cancelling_closes_the_stream(start: StartNeovim, fake: FakeXaiThread, means: str) -> None:
    fake.script(answer("word " * 200, hold_at=20, gate=Gate()))
    nvim = start()
    nvim.lua(
        "_G.main = vim.api.nvim_get_current_buf()"
        " _G.explained = function() for _, winid in ipairs(vim.api.nvim_list_wins()) do"
        " if vim.b[vim.api.nvim_win_get_buf(winid)].grok == 'explain' then return winid end end end"
    )
    nvim.command("Grok explain")
    fake.wait_for_events(20)
    nvim.lua(means)
    assert fake.wait_for_disconnect().outcome == "disconnected"
    told = wait_for_end(nvim)
    assert any("ancelled" in message for message in told), told


def test_leaving_neovim_closes_the_stream(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX, hold_at=20, gate=Gate()))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20)
    nvim.keys(":qall!<CR>")
    assert fake.wait_for_disconnect().outcome == "disconnected"


def test_an_action_of_the_workspace_explains_in_a_float(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path
) -> None:
    folder = workspace / ".grok" / "actions"
    folder.mkdir(parents=True)
    (folder / "smells.md").write_text(
        "---\ntitle: Name the smells\nwhen: always\nresult: explain\n---\nName what smells here.\n", encoding="utf-8"
    )
    fake.script(answer("It *smells* of subtraction.\n"))
    nvim = start()
    nvim.command("Grok run smells")
    wait_for_end(nvim)
    assert float_text(nvim, "explain") == "It *smells* of subtraction."
    assert "Name what smells here." in fake.requests[0].prompt


def test_the_names_of_ones_own_actions_are_completed(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path, tmp_path: Path
) -> None:
    own = tmp_path / "home" / "xdg_config_home" / "grok-ls" / "actions"
    for folder, name, when in (
        (workspace / ".grok" / "actions", "smells", "selection"),
        (workspace / ".grok" / "actions", "unlint", "diagnostics"),
        (own, "shorten", "definition"),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text(f"---\ntitle: Do {name}\nwhen: {when}\n---\nDo it.\n", encoding="utf-8")
    nvim = start(
        settings={"retries": 0, "actions": {"praise": {"title": "Praise", "when": "always", "instruction": "P"}}}
    )
    diagnose(nvim, line=2)
    complete = "return vim.fn.getcompletion('{}', 'cmdline')"
    # The server reads the workspace's actions beside its start.
    nvim.wait("#vim.fn.getcompletion('Grok run ', 'cmdline') >= 7")
    assert nvim.lua(complete.format("Grok run ")) == [
        "fix",
        "refactor",
        "explain",
        "praise",
        "shorten",
        "smells",
        "unlint",
    ]
    assert nvim.lua(complete.format("Grok preview s")) == ["shorten", "smells"]
    # Outside of a definition there is no "shorten".
    nvim.keys("9G")
    nvim.wait("vim.fn.line('.') == 9")
    assert nvim.lua(complete.format("Grok run s")) == ["smells"]
    assert fake.requests == []


@pytest.mark.newest_too
def test_a_spent_budget_refuses_without_a_request(start: StartNeovim, fake: FakeXaiThread) -> None:
    nvim = start(settings={"budget": {"sessionTokens": 50}})
    diagnose(nvim)
    nvim.command("Grok fix")
    told = wait_for_end(nvim)
    assert any("budget" in message.lower() for message in told), told
    assert fake.requests == []
    assert text(nvim) == MAIN


@pytest.mark.newest_too
def test_typing_in_the_edited_lines_wins_over_the_edit(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20)
    nvim.keys("2GA  # mine<Esc>")
    # Keys are only queued when this returns; an edit that comes before them is in no one's way.
    nvim.wait("vim.fn.getline(2):find('# mine', 1, true) ~= nil")
    gate.open()
    told = wait_for_end(nvim)
    assert text(nvim) == MAIN.replace("a - b", "a - b  # mine")
    assert any("changed" in message for message in told), told


def test_typing_elsewhere_is_kept_and_the_edit_goes_in(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20)
    nvim.keys("ggO# typed é😀<Esc>G")
    nvim.wait("vim.fn.getline(1) == '# typed é😀' and vim.fn.mode() == 'n'")
    gate.open()
    told = wait_for_end(nvim)
    assert text(nvim) == "# typed é😀\n" + FIXED, told


def test_no_character_is_lost_when_the_edit_comes_while_the_user_types(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20)
    nvim.keys("Go")
    words = [f"word{number}" for number in range(12)]
    for number, word in enumerate(words):
        nvim.keys(f"{word} ")
        if number == 3:
            gate.open()
    nvim.keys("<BS><Esc>")
    told = wait_for_end(nvim)
    nvim.wait("vim.fn.mode() == 'n'")
    typed = MAIN + " ".join(words) + "\n"
    assert text(nvim) == typed.replace("a - b", "a + b"), told


def test_undo_tells_the_edit_from_the_typing_around_it(start: StartNeovim, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    nvim = start()
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(20)
    nvim.keys("Gofirst")
    nvim.wait("vim.fn.getline('$') == 'first'")
    gate.open()
    wait_for_end(nvim)
    nvim.keys(" second<Esc>")
    nvim.wait("vim.fn.mode() == 'n'")
    seen = [text(nvim)]
    for _ in range(3):
        nvim.undo()
        seen.append(text(nvim))
    assert seen == [FIXED + "first second\n", FIXED + "first\n", MAIN + "first\n", MAIN]


SEVERAL = """```diff
--- a/main.py
+++ b/main.py
@@ @@
-def twice(n):
+def double(n):
@@ @@
-print(twice(2))
+print(double(2))
--- a/other.py
+++ b/other.py
@@ @@
-from main import twice
+from main import double
--- /dev/null
+++ b/test_main.py
@@ -0,0 +1,3 @@
+from main import double
+
+assert double(2) == 4
```
"""


@pytest.mark.newest_too
def test_an_edit_of_several_files_is_asked_about_and_made_in_all(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(SEVERAL))
    nvim = start()
    folder = Path(nvim.lua("return vim.fn.getcwd()"))
    (folder / "other.py").write_text("from main import twice\n\nprint(twice(4))\n")
    nvim.lua("""
    vim.ui.select = function(items, options, done)
      _G.asked = options.prompt
      _G.offered = vim.tbl_map(options.format_item or tostring, items)
      done(items[1], 1)
    end
    """)
    nvim.command("Grok refactor rename twice to double everywhere and test it")
    nvim.wait("_G.asked ~= nil and table.concat(told or {}, ' '):find('Applied') ~= nil")
    assert "other.py (+1 −1 lines)" in nvim.lua("return asked")
    assert "makes test_main.py" in nvim.lua("return asked")
    assert nvim.lua("return offered") == ["Apply", "Discard"]
    assert text(nvim) == MAIN.replace("twice", "double")
    nvim.command("silent wall")
    assert (folder / "other.py").read_text() == "from main import double\n\nprint(twice(4))\n"
    assert (folder / "test_main.py").read_text() == "from main import double\n\nassert double(2) == 4\n"


def test_a_named_refactoring_is_asked_for_by_name_or_chosen(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX), answer("NO_CHANGE"))
    nvim = start()
    assert "simplify" in nvim.lua("return vim.fn.getcompletion('Grok recipe ', 'cmdline')")
    nvim.lua("""
    vim.ui.select = function(items, options, done)
      _G.offered = vim.tbl_map(options.format_item or tostring, items)
      done(items[1])
    end
    """)
    nvim.command("1,2Grok recipe")
    nvim.wait("_G.offered ~= nil")
    assert "Grok: Refactor: extract function" in nvim.lua("return offered")
    fake.wait_for_end()
    assert "Extract the selected lines" in fake.requests[0].prompt
    # The end of the answer is not yet the edit, and the next menu is one of the text after it.
    nvim.wait("table.concat(told or {}, ' '):find('Applied') ~= nil")
    nvim.command("1,2Grok recipe rename")
    fake.wait_for_end(2)
    assert "Rename local names" in fake.requests[1].prompt
    nvim.command("5,5Grok recipe split")
    nvim.wait("table.concat(told or {}, ' '):find('Nothing to split here') ~= nil")


def test_cursor_marks_and_folds_survive_an_edit(start: StartNeovim, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    nvim = start()
    diagnose(nvim)
    nvim.lua(
        "_G.space = vim.api.nvim_create_namespace('breakpoints')"
        " _G.marks = vim.tbl_map(function(at) return vim.api.nvim_buf_set_extmark(0, space, at[1], at[2], {}) end,"
        " { { 0, 4 }, { 1, 4 }, { 1, 11 }, { 1, 15 }, { 5, 4 } })"
        " vim.cmd('5,6fold') vim.api.nvim_win_set_cursor(0, { 2, 15 }) vim.cmd('normal! ma')"
    )
    nvim.command("Grok fix")
    wait_for_end(nvim)
    assert text(nvim) == FIXED
    places = "return vim.tbl_map(function(id) return vim.api.nvim_buf_get_extmark_by_id(0, space, id, {}) end, marks)"
    # The one character that is another one now stands between the third and the fourth.
    assert nvim.lua(places) == [[0, 4], [1, 4], [1, 11], [1, 15], [5, 4]]
    assert nvim.lua("return vim.api.nvim_win_get_cursor(0)") == [2, 15]
    assert nvim.lua('return vim.fn.getpos("\'a")')[1:3] == [2, 16]
    assert nvim.lua("return { vim.fn.foldclosed(5), vim.fn.foldclosedend(5) }") == [5, 6]
