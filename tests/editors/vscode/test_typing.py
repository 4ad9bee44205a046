"""The user goes on typing while the model writes: no typed character is lost, whatever becomes of the edit."""

from __future__ import annotations

import pytest

from tests.editors.vscode.answers import FIX, FIXED, MAIN
from tests.editors.vscode.conftest import OpenWindow
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]

WORDS = " // my own words"


def test_what_is_typed_on_another_line_stays_and_the_edit_is_made(window: OpenWindow, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    vscode = window()
    vscode.at_the_problem()
    vscode.command("Grok: Fix")
    fake.wait_for_events(20)
    line = "export function mean(values: number[]): number {"
    vscode.types(9, WORDS)
    vscode.wait_shown(line + WORDS)
    gate.open()
    vscode.wait_shown("sum: number = 0;")
    assert vscode.save("stats.ts") == FIXED.replace(line, line + WORDS)


def test_what_is_typed_into_the_lines_of_the_edit_stays_and_the_edit_is_not_made(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    vscode = window()
    vscode.at_the_problem()
    vscode.command("Grok: Fix")
    fake.wait_for_events(20)
    line = '  let sum: number = "0";'
    vscode.types(2, WORDS)
    vscode.wait_shown(line + WORDS)
    gate.open()
    vscode.toast("changed").first.wait_for()
    vscode.status("Grok: ready").wait_for()
    assert vscode.save("stats.ts") == MAIN.replace(line, line + WORDS)
