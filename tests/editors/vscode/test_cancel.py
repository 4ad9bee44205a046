"""Every visible way to cancel, in a real VS Code: the connection to the model is closed and nothing is applied."""

from __future__ import annotations

import pytest

from tests.editors.vscode.answers import EXPLANATION, FIX, MAIN, THREE
from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import Window
from tests.fake_xai import Gate, Hold, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]


def by_escape(vscode: Window) -> None:
    vscode.go_to(2)
    vscode.keys("Escape")


def by_the_notification(vscode: Window) -> None:
    vscode.answers("Grok: Fix", "Cancel")


def by_the_palette(vscode: Window) -> None:
    vscode.command("Grok: Cancel")


def by_the_menu_of_the_status_bar(vscode: Window) -> None:
    vscode.presses("Grok works")
    vscode.page.locator(".quick-input-list .monaco-list-row", has_text="Cancel").click()


def by_closing_the_file(vscode: Window) -> None:
    vscode.go_to(2)
    vscode.page.get_by_role("tab", name="stats.ts").first.locator(".codicon-close").click()


# The last one leaves nothing to go on with.
EDIT_WAYS = (by_escape, by_the_notification, by_the_palette, by_the_menu_of_the_status_bar, by_closing_the_file)


def test_an_edit_is_cancelled_by_every_means(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(*[answer(FIX, hold_at=20, gate=Gate())] * len(EDIT_WAYS))
    vscode = window()
    for number, cancel in enumerate(EDIT_WAYS, 1):
        vscode.at_the_problem()
        vscode.command("Grok: Fix")
        fake.wait_for_events(20, number)
        vscode.status("Grok works").wait_for()
        cancel(vscode)
        assert fake.wait_for_disconnect(number).outcome == "disconnected", cancel.__name__
        vscode.status("Grok: ready").wait_for()
        assert (vscode.folder / "stats.ts").read_text("utf-8") == MAIN, cancel.__name__
        assert vscode.page.locator(".tab.dirty").count() == 0, cancel.__name__


def test_the_first_escape_cancels_the_refactoring_of_a_selection(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(answer(THREE, hold_at=20, gate=Gate()))
    vscode = window()
    vscode.selects(1, 7)
    vscode.command("Grok: Refactor…")
    vscode.page.locator(".quick-input-widget input.input").fill("rename it")
    vscode.keys("Enter")
    fake.wait_for_events(20)
    vscode.status("Grok works").wait_for()
    vscode.keys("Control+1")
    selected = vscode.page.locator(".monaco-editor .selected-text").first
    selected.wait_for(state="attached")
    vscode.keys("Escape")
    assert fake.wait_for_disconnect().outcome == "disconnected"
    vscode.status("Grok: ready").wait_for()
    assert selected.is_visible()
    assert vscode.save("stats.ts") == MAIN


def by_its_button(vscode: Window) -> None:
    vscode.inside("#cancel").click()


def by_escape_in_it(vscode: Window) -> None:
    vscode.inside("#question").press("Escape")


def by_closing_it(vscode: Window) -> None:
    vscode.page.get_by_role("tab", name="Grok: Explanation").locator(".codicon-close").click()


EXPLAIN_WAYS = (by_its_button, by_escape_in_it, by_closing_it)


def test_an_explanation_is_cancelled_by_every_means(window: OpenWindow, fake: FakeXaiThread) -> None:
    fake.script(*[answer(EXPLANATION, hold_at=14, gate=Gate())] * len(EXPLAIN_WAYS))
    vscode = window()
    for number, cancel in enumerate(EXPLAIN_WAYS, 1):
        vscode.go_to(4)
        vscode.command("Grok: Explain")
        fake.wait_for_events(14, number)
        vscode.inside("h1").filter(has_text="What total does").wait_for()
        vscode.inside("#cancel").wait_for()
        cancel(vscode)
        assert fake.wait_for_disconnect(number).outcome == "disconnected", cancel.__name__
        vscode.status("Grok: ready").wait_for()


def test_escape_cancels_a_question_that_waits_and_the_next_goes_on_from_the_answer_that_there_is(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    fake.script(answer("It *adds*."), answer("Never.", hold_at=0, gate=Gate()), answer("Because *so*."))
    vscode = window()
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    vscode.inside("#status").filter(has_text="$0.").wait_for()
    question = vscode.inside("#question")
    question.fill("Why so?")
    question.press("Enter")
    fake.wait_for_request(2)
    vscode.inside("#text").get_by_text("Why so?").wait_for()
    vscode.inside("#cancel").wait_for()
    question.press("Escape")
    assert fake.wait_for_disconnect(2).outcome == "disconnected"
    vscode.status("Grok: ready").wait_for()
    vscode.inside("#cancel").wait_for(state="hidden")
    question.fill("And then?")
    question.press("Enter")
    vscode.inside("#text em").filter(has_text="so").wait_for()
    assert "It *adds*." in fake.requests[2].prompt
    assert "Why so?" not in fake.requests[2].prompt


def test_an_explanation_that_another_one_follows_is_not_paid_for_to_its_end(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    fake.script(answer(EXPLANATION, hold_at=14, gate=Gate()), answer("It *divides*."))
    vscode = window()
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    vscode.inside("h1").filter(has_text="What total does").wait_for()
    vscode.go_to(10)
    vscode.command("Grok: Explain")
    assert fake.wait_for_disconnect().outcome == "disconnected"
    vscode.inside("#text em").filter(has_text="divides").wait_for()
    vscode.status("Grok: ready").wait_for()
    assert vscode.inside("h1").count() == 0


def test_an_explanation_that_begins_late_does_not_take_the_page_from_a_later_one(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    late, last = Gate(), Gate()
    fake.script(
        answer(EXPLANATION, holds=(Hold(0, late), Hold(14, Gate()))),
        answer("# Second\n\nIt divides, and it *ends*.\n", hold_at=8, gate=last),
    )
    vscode = window()
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    fake.wait_for_request(1)
    vscode.go_to(10)
    vscode.command("Grok: Explain")
    vscode.inside("h1").filter(has_text="Second").wait_for()
    late.open()
    assert fake.wait_for_disconnect(1).outcome == "disconnected"
    last.open()
    vscode.inside("#text em").filter(has_text="ends").wait_for()
    vscode.inside("h1").filter(has_text="Second").wait_for()
