"""What the status bar says of budget and endpoint, and that a killed server's count goes on."""

from __future__ import annotations

import os
import re
import signal

import pytest

from tests.editors.neovim import until
from tests.editors.vscode.answers import EXPLANATION, FIX, MAIN
from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import CodeServer, Window
from tests.fake_xai import Gate, answer, failure
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]

# Below so many requests the server's breaker does not open.
FAILURES = 20


def tokens(vscode: Window) -> int:
    """What the session has used, as the status bar's tooltip says it."""
    found = re.search(r"Session: ([\d,]+)", vscode.tooltip())
    assert found
    return int(found[1].replace(",", ""))


def explain(vscode: Window) -> None:
    vscode.go_to(4)
    vscode.command("Grok: Explain")
    vscode.inside("#status").filter(has_text="$0.").wait_for()


def test_a_request_that_does_not_fit_is_told_apart_from_a_used_up_budget_until_the_count_is_reset(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    fake.script(answer(EXPLANATION), answer(FIX))
    vscode = window(settings={"grok.budget.sessionTokens": 5600})
    vscode.at_the_problem()
    explain(vscode)
    assert tokens(vscode) > 0
    vscode.go_to(2)
    vscode.command("Grok: Fix")
    vscode.toast("grok.budget.sessionTokens").first.wait_for()
    vscode.status("Grok: the last request did not fit").wait_for()
    assert re.search(r"Session: [\d,]+ / 5,600 tokens", vscode.tooltip())
    vscode.command("Notifications: Clear All Notifications")
    vscode.presses("Grok: the last request")
    vscode.page.locator(".quick-input-list .monaco-list-row", has_text="Reset Session Budget").click()
    vscode.answers("Start a new count", "Reset")
    vscode.status("Grok: ready").wait_for()
    assert tokens(vscode) == 0
    vscode.go_to(2)
    vscode.command("Grok: Fix")
    vscode.wait_shown("sum: number = 0;")


def test_an_endpoint_that_keeps_failing_is_shown_as_offline_and_later_tried_again(
    window: OpenWindow, fake: FakeXaiThread
) -> None:
    fake.script(*[failure(503, "unavailable", "The service is overloaded.")] * FAILURES)
    vscode = window()
    for number in range(FAILURES):
        vscode.command("Grok: Explain")
        fake.wait_for_end(number + 1)
        vscode.status("Grok works").wait_for(state="detached")
    vscode.status("Grok: the endpoint does not answer").wait_for()
    assert "Grok: the endpoint does not answer" in vscode.tooltip()
    vscode.status("Grok: ready").wait_for(timeout=60_000)
    assert len(fake.requests) == FAILURES
    assert vscode.save("stats.ts") == MAIN


def test_a_killed_server_is_started_again_and_the_budget_goes_on(
    window: OpenWindow, fake: FakeXaiThread, code_server: CodeServer
) -> None:
    fake.script(answer(EXPLANATION), answer(FIX, hold_at=20, gate=Gate()), answer(FIX))
    vscode = window()
    vscode.at_the_problem()
    explain(vscode)
    used = tokens(vscode)
    assert used > 0
    vscode.go_to(2)
    vscode.command("Notifications: Clear All Notifications")
    servers = set(code_server.servers())
    vscode.command("Grok: Fix")
    fake.wait_for_events(20, 2)
    for pid in servers:
        os.kill(pid, signal.SIGKILL)
    vscode.toast("nothing was changed").wait_for()
    vscode.picture("killed", keep=True)
    until(lambda: set(code_server.servers()) - servers, "the server did not come back")
    vscode.status("Grok: ready").wait_for()
    assert 'sum: number = "0";' in vscode.shown()
    # What the killed one had reserved may count until it is known to be gone; what was used before never gets less.
    assert tokens(vscode) >= used
    vscode.go_to(2)
    vscode.light("Grok: Fix")
    vscode.wait_shown("sum: number = 0;")
    vscode.status("Grok: ready").wait_for()
    until(lambda: tokens(vscode) > used, "the last job was not counted")
    # The editor's own console names the lost connection, and should.
    vscode.complaints.clear()
