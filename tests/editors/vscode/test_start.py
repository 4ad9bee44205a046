"""What the extension costs an editor that starts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import version

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("vscode"), pytest.mark.timeout(240)]

_ACTIVATION = re.compile(r"(Startup )?Activation: (\d+)ms")


def test_it_is_activated_after_the_start_and_the_time_is_told(
    window: OpenWindow, record_property: Callable[[str, object], None]
) -> None:
    taken, others = [], []
    for _ in range(3):
        vscode = window()
        vscode.command("Developer: Show Running Extensions")
        rows = vscode.page.locator(".runtime-extensions-editor .extension")
        rows.filter(has_text="Grok").wait_for()
        times = {row.split("\n")[0]: _ACTIVATION.search(row) for row in rows.all_inner_texts()}
        ours, theirs = times.pop("Grok"), times.pop("GitHub")
        assert ours
        assert theirs
        assert ours[1] is None, "it holds the editor's start up"
        taken.append(int(ours[2]))
        others.append(int(theirs[2]))
        vscode.page.close()
    shown = f"{taken} ms, beside {others} ms of VS Code's own GitHub extension"
    record_property(f"activation of the extension in VS Code {version()}", shown)
