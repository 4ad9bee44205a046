"""Commands, menus and the walkthrough, several in one window because each is cheap and a window is not."""

from __future__ import annotations

import pytest

from tests.editors.neovim import TEST_KEY, until
from tests.editors.vscode.answers import DARK, EXPLANATION, FIX, FIXED, MAIN, THREE
from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import CodeServer, Window
from tests.fake_xai import answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]

DOCUMENTED = """\
```diff
--- a/stats.ts
+++ b/stats.ts
@@ -9,3 +9,4 @@
+/** The arithmetic mean; NaN of nothing. */
 export function mean(values: number[]): number {
   return total(values) / values.length;
 }
```
"""


def choose(vscode: Window, entry: str) -> None:
    """From an open menu or list."""
    vscode.page.locator(".quick-input-list .monaco-list-row", has_text=entry).first.click()


def explained(vscode: Window) -> None:
    vscode.inside("#status").filter(has_text="$0.").wait_for()
    vscode.status("Grok: ready").wait_for()
    vscode.page.get_by_role("tab", name="Grok: Explanation").locator(".codicon-close").click()


def test_fix_all_document_and_both_menus_act_on_the_code(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX), answer(DOCUMENTED), answer(EXPLANATION), answer(EXPLANATION))
    vscode = window(settings=DARK)
    vscode.at_the_problem()
    vscode.go_to(10)
    vscode.command("Grok: Fix All in File")
    vscode.wait_shown("sum: number = 0;")
    assert "is not assignable to type 'number'" in fake.requests[0].prompt
    vscode.status("Grok: ready").wait_for()
    vscode.go_to(10)
    vscode.command("Grok: Document")
    vscode.wait_shown("NaN of nothing")
    assert "documentation comments" in fake.requests[1].prompt
    vscode.status("Grok: ready").wait_for()
    line = "export function mean"
    assert vscode.save("stats.ts") == FIXED.replace(line, f"/** The arithmetic mean; NaN of nothing. */\n{line}")

    vscode.presses("Grok: ready")
    vscode.page.locator(".quick-input-list .monaco-list-row", has_text="Preview Request").wait_for()
    vscode.picture("menu")
    vscode.go_to(4)
    vscode.presses("Grok: ready")
    choose(vscode, "Explain")
    fake.wait_for_end(3)
    explained(vscode)

    vscode.page.locator(".monaco-editor .view-line", has_text="sum += value").click(button="right")
    vscode.page.get_by_role("menuitem", name="Grok").hover()
    # By key: a menu takes no click in its first moments.
    vscode.page.get_by_role("menuitem", name="Explain").hover()
    vscode.keys("Enter")
    fake.wait_for_end(4)
    explained(vscode)


def test_previous_change_and_discard_all_end_where_it_began(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(THREE))
    vscode = window(settings={"grok.review": "lens"})
    vscode.selects(1, 11)
    vscode.light("Grok: Refactor")
    lenses = vscode.page.locator(".codelens-decoration a", has_text="Keep this change")
    lenses.nth(2).wait_for()
    vscode.go_to(1)
    vscode.command("Grok: Previous Change")
    vscode.page.locator(".line-numbers.active-line-number", has_text="10").wait_for()
    vscode.command("Grok: Previous Change")
    vscode.page.locator(".line-numbers.active-line-number", has_text="3").wait_for()
    vscode.command("Grok: Discard All Changes")
    lenses.first.wait_for(state="detached")
    assert vscode.save("stats.ts") == MAIN


def test_doctor_log_and_restart_are_there_when_something_is_wrong(
    window: OpenWindow, fake: FakeXaiThread, code_server: CodeServer
) -> None:
    vscode = window()
    vscode.command("Grok: Doctor")
    vscode.page.get_by_role("tab", name="Grok doctor.txt").wait_for()
    vscode.page.get_by_text("redaction").first.wait_for()
    assert f"endpoint: {fake.url}" in vscode.shown(), "another endpoint than the setting's was asked"
    vscode.command("Grok: Show Log")
    vscode.page.locator(".output-view, .panel").get_by_text("answers").first.wait_for()
    before = set(code_server.servers())
    vscode.command("Grok: Restart Server")
    until(lambda: set(code_server.servers()) - before, "no other server was started")
    until(lambda: not before & set(code_server.servers()), "the old server goes on")
    vscode.status("Grok: ready").wait_for()
    assert not fake.requests


def test_a_command_that_comes_while_the_server_starts_waits_for_it(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(EXPLANATION))
    vscode = window()
    vscode.go_to(4)
    vscode.command("Grok: Restart Server")
    vscode.command("Grok: Explain")
    fake.wait_for_end()
    explained(vscode)


def test_a_removed_key_is_not_used_again(window: OpenWindow, fake: FakeXaiThread, code_server: CodeServer) -> None:
    fake.script(answer(EXPLANATION))
    vscode = window()

    def restarted(before: set[int]) -> None:
        until(lambda: set(code_server.servers()) - before, "the server was not started again")
        vscode.status("Grok: ready").wait_for()

    servers = set(code_server.servers())
    vscode.command("Grok: Set API Key")
    vscode.page.locator(".quick-input-widget input[type=password]").fill("-".join(("xai", "gone" * 16)))
    vscode.keys("Enter")
    restarted(servers)
    servers = set(code_server.servers())
    vscode.command("Grok: Remove API Key")
    restarted(servers)
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    assert fake.wait_for_end().key == TEST_KEY


def test_copy_takes_the_explanation_and_the_walkthrough_leads_to_the_commands(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    fake.script(answer("It *adds*.\n"))
    vscode = window()
    vscode.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    vscode.inside("#status").filter(has_text="$0.").wait_for()
    vscode.inside("#copy").click()
    until(lambda: vscode.page.evaluate("navigator.clipboard.readText()") == "It *adds*.\n", "nothing was copied")
    vscode.page.get_by_role("tab", name="Grok: Explanation").locator(".codicon-close").click()

    vscode.keys("Control+b")  # room for the words beside the steps
    vscode.command("Welcome: Open Walkthrough...")
    choose(vscode, "Get started with Grok")
    # A server that was ready before the page was is no event to VS Code; what the step offers is.
    vscode.page.get_by_role("button", name="Check what is there").click()
    vscode.page.get_by_role("tab", name="Grok doctor.txt").wait_for()
    vscode.page.get_by_role("tab", name="Walkthrough: Grok").click()
    server = vscode.page.get_by_role("button", name="Get the language server")
    server.locator(".codicon-getting-started-step-checked").wait_for()
    vscode.page.get_by_role("button", name="Choose what it may cost").click()
    vscode.page.get_by_text("The worst case of every request is reserved before it is sent.").wait_for()
    vscode.inside("body").filter(has_text="What does not fit is refused by name").wait_for()
    vscode.picture("walkthrough")
    vscode.page.get_by_role("button", name="Show usage").click()
    vscode.page.get_by_role("tab", name="Grok: Usage").wait_for()
