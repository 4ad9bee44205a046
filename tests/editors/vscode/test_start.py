"""What the extension costs an editor that starts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import CodeServer, installation

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]

_ACTIVATION = re.compile(r"(Startup )?Activation: (\d+)ms")


def test_it_is_activated_after_the_start_and_the_time_is_told(
    window: OpenWindow, code_server: CodeServer, record_property: Callable[[str, object], None]
) -> None:
    vscode = window()
    vscode.command("Developer: Show Running Extensions")
    rows = vscode.page.locator(".runtime-extensions-editor .extension")
    rows.filter(has_text="Grok").wait_for()
    times = {row.split("\n")[0]: _ACTIVATION.search(row) for row in rows.all_inner_texts()}
    ours, theirs = times["Grok"], times["GitHub"]
    assert ours
    assert theirs
    assert ours[1] is None, "it holds the editor's start up"
    shown = f"{ours[2]} ms, beside {theirs[2]} ms of VS Code's own GitHub extension"
    record_property(f"activation of the extension in VS Code {installation(code_server.edition).version()}", shown)
