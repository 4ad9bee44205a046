"""The packaged extension in a real VS Code, with the real server and a model that is played on loopback."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from tests.editors.neovim import until
from tests.editors.vscode.answers import ATTACK, DARK, EXPLANATION, FIX, FIXED, MAIN, SEVERAL, THREE
from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import CodeServer, Window
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]


@pytest.mark.newest_too
def test_the_lightbulb_fixes_and_one_undo_takes_it_back(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    vscode = window()
    vscode.at_the_problem()
    vscode.light("Grok: Fix")
    vscode.wait_shown("sum: number = 0;")
    assert "is not assignable to type 'number'" in fake.requests[0].prompt
    assert vscode.save("stats.ts") == FIXED
    vscode.keys("Control+z")
    vscode.wait_shown('sum: number = "0";')
    assert vscode.save("stats.ts") == MAIN


@pytest.mark.newest_too
def test_the_edit_is_shown_as_it_is_written_and_cancel_closes_the_connection(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=48, gate=gate))
    vscode = window(settings=DARK)
    vscode.at_the_problem()
    vscode.command("Grok: Fix")
    live = vscode.page.get_by_role("tab", name="stats.ts (Grok).diff")
    live.wait_for()
    shown = vscode.page.locator(".editor-group-container", has=live).locator(".view-lines")
    shown.get_by_text('let sum: number = "0";').wait_for()
    assert "```" not in shown.inner_text()
    assert "A number is not a text." not in shown.inner_text()
    vscode.picture("live", keep=True)
    vscode.answers("Grok: Fix", "Cancel")
    assert fake.wait_for_disconnect().outcome == "disconnected"
    vscode.toast("Grok: Fix").wait_for(state="detached")
    live.wait_for(state="detached")
    vscode.status("Grok: ready").wait_for()
    assert vscode.save("stats.ts") == MAIN


@pytest.mark.newest_too
def test_an_explanation_streams_into_a_side_view_that_can_do_nothing(window: OpenWindow, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(EXPLANATION, hold_at=14, gate=gate))
    vscode = window()
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    vscode.inside("h1").filter(has_text="What total does").wait_for()
    assert "divides" not in vscode.inside("#text").inner_text()
    assert not vscode.inside("#announcement").inner_text(), "read out before it was whole"
    gate.open()
    vscode.inside("#text a[data-line='9']").wait_for()
    vscode.inside("#status").filter(has_text="$0.").wait_for()
    vscode.picture("explain")
    vscode.inside("#text a[data-line='9']").click()
    vscode.page.locator(".monaco-editor .line-numbers.active-line-number", has_text="9").wait_for()

    fake.script(answer("Because an *empty* list has no mean."))
    vscode.inside("#question").fill("Why may it fail?")
    vscode.inside("#question").press("Enter")
    vscode.inside("#text em").filter(has_text="empty").wait_for()
    vscode.inside("h1").wait_for()
    shown, sent = vscode.inside("#text").inner_text(), fake.requests[1].prompt
    assert "Why may it fail?" in shown
    assert "Why may it fail?" in sent
    assert "It *adds* the numbers" in sent, "the question has no antecedent"
    assert "Earlier answer" not in shown
    vscode.picture("follow-up")

    fake.script(answer(ATTACK))
    vscode.inside("#question").fill("And then?")
    vscode.inside("#question").press("Enter")
    vscode.inside("#text em").filter(has_text="all").wait_for()
    assert "<img" in vscode.inside("#text").inner_text()
    assert vscode.inside("#text img").count() == 0
    assert vscode.inside("#text a:not([data-file])").count() == 0
    assert vscode.save("stats.ts") == MAIN


def test_a_screen_reader_finds_names_for_everything_and_hears_an_answer_once(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    gate = Gate()
    fake.script(answer("# First\n\nIt adds.\n\nIt divides.\n", hold_at=8, gate=gate), answer("It is *empty*."))
    vscode = window()
    assert vscode.status("Grok: ready").get_attribute("role") == "button"
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    heading = vscode.inside("h1")
    heading.wait_for()
    vscode.inside("#text[aria-busy=true]").wait_for()
    heading.evaluate("it => { getSelection().selectAllChildren(it); it.mine = true; }")
    page = vscode.inside("body")
    page.get_by_role("document", name="Explanation").wait_for()
    page.get_by_role("button", name="Cancel").wait_for()
    heard = page.get_by_role("status")
    assert not heard.inner_text(), "it is read out while it is written"
    gate.open()
    heard.filter(has_text="It divides.").wait_for()
    assert heading.evaluate("it => it.mine"), "what did not change was put in anew"
    assert heading.evaluate("() => String(getSelection())") == "First"
    page.get_by_role("button", name="Copy").wait_for()
    page.get_by_role("textbox", name="Ask about this code").fill("When?")
    page.get_by_role("button", name="Ask", exact=True).click()
    heard.filter(has_text="It is empty.").wait_for()
    assert "It divides." not in heard.inner_text()


def test_refactor_takes_an_instruction_and_offers_it_again(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(THREE))
    vscode = window()
    vscode.selects(1, 7)
    vscode.command("Grok: Refactor…")
    box = vscode.page.locator(".quick-input-widget input.input")
    box.fill("rename it to sum")
    vscode.keys("Enter")
    vscode.wait_shown("export function sum")
    assert "rename it to sum" in fake.requests[0].prompt
    vscode.go_to(1)
    vscode.command("Grok: Refactor…")
    vscode.page.locator(".quick-input-list .monaco-list-row", has_text="rename it to sum").wait_for()
    vscode.keys("Escape")


def lens(vscode: Window, title: str, number: int = 0) -> None:
    vscode.page.locator(".codelens-decoration a", has_text=title).nth(number).click()


@pytest.mark.newest_too
def test_hunks_are_kept_and_discarded_one_by_one(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(THREE))
    vscode = window(settings={"grok.review": "lens", **DARK})
    vscode.selects(1, 11)
    vscode.light("Grok: Refactor")
    lenses = vscode.page.locator(".codelens-decoration a", has_text="Keep this change")
    lenses.nth(2).wait_for()
    vscode.page.locator(".glyph-margin-widgets .cgmr, .margin-view-overlays .cgmr").first.wait_for()
    vscode.go_to(1)
    vscode.picture("review")
    vscode.command("Grok: Next Change")
    vscode.page.locator(".line-numbers.active-line-number", has_text="3").wait_for()
    lens(vscode, "Discard this change", 1)
    vscode.wait_shown("for (const value of values)")
    lenses.nth(2).wait_for(state="detached")
    vscode.command("Grok: Keep All Changes")
    vscode.page.locator(".codelens-decoration a", has_text="this change").first.wait_for(state="detached")
    wanted = MAIN.replace("function total", "function sum").replace("return total", "return sum")
    assert vscode.save("stats.ts") == wanted


@pytest.mark.newest_too
def test_a_budget_that_is_too_small_is_said_with_its_setting(window: OpenWindow, fake: FakeXaiThread) -> None:
    vscode = window(settings={"grok.budget.sessionTokens": 100})
    vscode.at_the_problem()
    vscode.command("Grok: Fix")
    vscode.toast("grok.budget.sessionTokens").first.wait_for()
    vscode.status("Grok: the last request did not fit").wait_for()
    assert not fake.requests
    assert vscode.save("stats.ts") == MAIN


def test_a_small_window_has_room_for_a_long_explanation_and_a_long_message(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    fake.script(answer(EXPLANATION * 6))
    vscode = window(settings=DARK | {"grok.budget.sessionTokens": 5600}, size=(720, 540))
    vscode.keys("Control+b")
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    vscode.inside("#status").filter(has_text="$0.").wait_for()
    for part in ("#question", "#ask", "#copy"):
        assert vscode.inside(part).is_visible()
    sizes = vscode.inside("#text").evaluate(
        "it => [it.scrollWidth - it.clientWidth, it.scrollHeight - it.clientHeight]"
    )
    assert sizes[0] <= 0, "it has to be scrolled sideways"
    assert sizes[1] > 0
    vscode.go_to(2)
    vscode.command("Grok: Fix")
    place = vscode.place(vscode.toast("grok.budget.sessionTokens").first)
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 720
    vscode.picture("small", keep=True)


def test_the_key_reaches_the_server_and_no_log(
    window: OpenWindow, fake: FakeXaiThread, code_server: CodeServer
) -> None:
    fake.script(answer(FIX))
    key = "-".join(("xai", "other" * 16))
    vscode = window()
    before = set(code_server.servers())
    vscode.command("Grok: Set API Key")
    vscode.page.locator(".quick-input-widget input[type=password]").fill(key)
    vscode.keys("Enter")
    until(lambda: set(code_server.servers()) - before, "the server was not started with the key")
    vscode.status("Grok: ready").wait_for()
    vscode.at_the_problem()
    vscode.command("Grok: Fix")
    vscode.wait_shown("sum: number = 0;")
    assert fake.requests[0].key == key
    kept = [path for path in code_server.home.rglob("*.log") if key.encode() in path.read_bytes()]
    assert not kept


def test_what_would_be_sent_is_shown_and_not_sent(window: OpenWindow, fake: FakeXaiThread) -> None:
    vscode = window()
    vscode.at_the_problem()
    vscode.command("Grok: Preview Request")
    vscode.page.locator(".quick-input-list .monaco-list-row", has_text="fix").first.wait_for()
    vscode.keys("Enter")
    vscode.page.get_by_role("tab", name="Grok request (fix).md").wait_for()
    vscode.page.get_by_text("You are the code engine").first.wait_for()
    assert not fake.requests


def test_tests_open_as_a_new_document(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer("```ts\nimport { mean } from './stats';\n\ntest('mean', () => {});\n```\n"))
    vscode = window()
    vscode.go_to(10)
    vscode.command("Grok: Generate Tests")
    vscode.page.get_by_role("tab", name="Untitled-1").wait_for()
    vscode.page.get_by_text("test('mean', () => {});").first.wait_for()
    assert (vscode.folder / "stats.ts").read_text("utf-8") == MAIN


def test_the_usage_view_shows_the_ledger(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(EXPLANATION))
    vscode = window()
    vscode.go_to(10)
    vscode.command("Grok: Explain")
    status = vscode.inside("#status").filter(has_text="$0.")
    status.wait_for()
    model = status.inner_text().split(" · ")[0]
    vscode.page.get_by_role("tab", name="Grok: Explanation").get_by_role("button").first.click()
    vscode.command("Grok: Show Usage")
    names = vscode.inside("th[scope=row]")
    names.filter(has_text="explain").wait_for()
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for name in (today, "explain", model):
        row = vscode.inside("tbody tr").filter(has=vscode.inside("th").get_by_text(name, exact=True))
        assert re.search(r"\$0\.\d+\s+[\d,]{2,}", row.inner_text()), row.inner_text()
        for bar in ("money", "tokens"):
            box = row.locator(f"rect.{bar}").bounding_box()
            assert box
            assert box["width"] > 10
    vscode.picture("usage")
    assert vscode.inside("script").count() == 0


def test_an_edit_of_several_files_is_asked_about_and_made_in_all(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(SEVERAL))
    vscode = window(settings={"files.autoSave": "afterDelay", "files.autoSaveDelay": 200, **DARK})
    report = vscode.folder / "report.ts"
    report.write_text("import { mean } from './stats';\n\nconsole.log(mean([1, 2]));\n", encoding="utf-8")
    vscode.selects(9, 3)
    vscode.command("Grok: Refactor…")
    vscode.page.locator(".quick-input-widget input.input").fill("rename mean to average everywhere, and test it")
    vscode.keys("Enter")
    question = vscode.toast("report.ts (+2 −2 lines)")
    question.wait_for()
    vscode.picture("several", keep=True)
    assert "makes stats.test.ts (+3 −0 lines)" in question.inner_text()
    vscode.answers("report.ts (+2 −2 lines)", "Apply")
    vscode.wait_shown("function average")
    vscode.status("Grok: ready").wait_for()
    until(lambda: "average([1, 2])" in report.read_text("utf-8"), "report.ts was not changed")
    assert report.read_text("utf-8") == "import { average } from './stats';\n\nconsole.log(average([1, 2]));\n"
    made, own = vscode.folder / "stats.test.ts", vscode.folder / "stats.ts"
    until(lambda: "=== 2" in made.read_text("utf-8"), "stats.test.ts was not saved")
    until(lambda: "average" in own.read_text("utf-8"), "stats.ts was not saved")
    assert made.read_text("utf-8") == "import { average } from './stats';\n\nconsole.assert(average([1, 3]) === 2);\n"
    assert own.read_text("utf-8") == MAIN.replace("function mean", "function average")


def test_every_choice_among_three_hunks_gives_exactly_its_text(window: OpenWindow, fake: FakeXaiThread) -> None:
    parts = [("function total", "function sum"), ("const value", "const each"), ("return total", "return sum")]
    fake.script(*[answer(THREE)] * 8)
    vscode = window(settings={"grok.review": "lens"})
    lenses = vscode.page.locator(".codelens-decoration a", has_text="Keep this change")
    for chosen in range(8):
        vscode.selects(1, 11)
        vscode.command("Grok: Refactor…")
        vscode.page.locator(".quick-input-widget input.input").fill("rename")
        vscode.keys("Enter")
        lenses.nth(2).wait_for()
        kept = [bool(chosen >> number & 1) for number in range(3)]
        wanted = MAIN
        for number in reversed(range(3)):
            lens(vscode, "Keep this change" if kept[number] else "Discard this change", number)
            lenses.nth(number).wait_for(state="detached")
        for (old, new), keeps in zip(parts, kept, strict=True):
            wanted = wanted.replace(old, new) if keeps else wanted
        assert vscode.save("stats.ts") == wanted
        for _ in range(1 + kept.count(False)):
            vscode.keys("Control+z")
        assert vscode.save("stats.ts") == MAIN


def test_a_preview_lets_the_user_take_some_hunks_only(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(THREE))
    vscode = window(settings={"grok.review": "preview"})
    vscode.selects(1, 11)
    vscode.light("Grok: Refactor")
    boxes = vscode.page.locator(".monaco-list-row .edit-checkbox")
    boxes.first.wait_for()
    vscode.picture("preview")
    vscode.page.locator(".monaco-list-row", has_text="const value").locator(".edit-checkbox").click()
    vscode.page.get_by_role("button", name="Apply", exact=True).click()
    vscode.wait_shown("const each of values")
    assert vscode.save("stats.ts") == MAIN.replace("const value", "const each")
    vscode.status("Grok: ready").wait_for()
    vscode.keys("Control+z")
    assert vscode.save("stats.ts") == MAIN


def test_named_refactorings_are_in_the_list(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(THREE))
    vscode = window()
    vscode.selects(1, 7)
    vscode.command("Grok: Refactor…")
    entry = vscode.page.locator(".quick-input-list .monaco-list-row", has_text="extract function")
    entry.wait_for()
    entry.click()
    vscode.wait_shown("export function sum")
    assert "Extract the selected lines" in fake.requests[0].prompt


def test_a_cell_of_a_notebook_is_edited_with_the_other_cells_in_sight(
    window: OpenWindow, fake: FakeXaiThread, workspace: Path
) -> None:
    fake.script(answer("```diff\n@@ @@\n-volume = area(2, 3) + 4\n+volume = area(2, 3) * 4\n```"))
    cells = ["def area(width, height):\n", "    return width * height"], ["volume = area(2, 3) + 4\n", "print(volume)"]
    book = {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "id": str(number),
                "metadata": {},
                "outputs": [],
                "source": each,
            }
            for number, each in enumerate(cells)
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = workspace / "plot.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    vscode = window()
    vscode.page.get_by_role("treeitem", name="plot.ipynb").dblclick()
    cell = vscode.page.locator(".notebook-editor .monaco-editor", has_text="volume = area")
    cell.locator(".view-line").first.click()
    vscode.command("Grok: Refactor")
    vscode.page.locator(".quick-input-widget input.input").fill("Multiply instead.")
    vscode.keys("Enter")
    cell.get_by_text("* 4").wait_for()
    assert "plot.ipynb cell 1" in fake.requests[0].prompt
    assert "def area(width, height):" in fake.requests[0].prompt
    vscode.keys("Control+s")
    until(lambda: "* 4" in path.read_text("utf-8"), "the notebook was not saved")
    sources = [each["source"] for each in json.loads(path.read_text("utf-8"))["cells"]]
    assert sources == [cells[0], ["volume = area(2, 3) * 4\n", "print(volume)"]]
