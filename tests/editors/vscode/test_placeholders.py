"""A previewed request in the real VS Code: what stands for a secret is framed and explained, in every theme, and nowhere else."""

from __future__ import annotations

import re

import pytest

from tests.editors.neovim import until
from tests.editors.vscode.answers import DARK, MAIN
from tests.editors.vscode.conftest import OpenWindow
from tests.editors.vscode.driver import Window
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

SECRET = "ghp_" + "Q7w8E9r0T1y2U3i4O5p6A7s8D9f0G1h2J3k4"
# The word that stands in the file already stands for nothing.
WITH_SECRET = (
    f"const token = '{SECRET}';\nconst owner = 'jane.doe@shop-of-jane.org';\nconst pasted = 'GROKLS_JWT_77_zz';\n{MAIN}"
)
# What the editor draws for a decoration: a layer behind the text.
FRAMES = """() => [...document.querySelectorAll('.monaco-editor .cdr')].map(each => getComputedStyle(each))
    .filter(style => style.borderTopWidth === '1px' && style.borderRadius === '3px').map(style => style.borderTopColor)"""


def preview(vscode: Window) -> None:
    vscode.go_to(1)
    vscode.command("Grok: Preview Request")
    row = vscode.page.locator(".quick-input-list .monaco-list-row", has_text="Explain")
    row.first.click()
    vscode.page.get_by_role("tab", name="Grok request (explain).md").wait_for()


def frames(vscode: Window) -> list[str]:
    """The colours of the frames on the screen."""
    found: list[str] = []

    def some() -> bool:
        found[:] = vscode.page.evaluate(FRAMES)
        return bool(found)

    until(some, "no placeholder is framed", 20)
    return found


@pytest.mark.parametrize("theme", ["Default Dark Modern", "Default Light Modern", "Default High Contrast"])
def test_placeholders_are_framed_in_every_theme(window: OpenWindow, fake: FakeXaiThread, theme: str) -> None:
    vscode = window(settings={"workbench.colorTheme": theme})
    (vscode.folder / "stats.ts").write_text(WITH_SECRET, encoding="utf-8")
    vscode.wait_shown("const pasted")
    preview(vscode)
    vscode.page.get_by_text("GitHub token (1):").first.wait_for()
    assert all(re.fullmatch(r"rgb\(\d+, \d+, \d+\)", colour) for colour in frames(vscode)), "a frame that can be seen"
    if theme == DARK["workbench.colorTheme"]:
        vscode.picture("placeholders")
    assert not fake.requests


def test_the_mouse_is_told_what_a_placeholder_stands_for(window: OpenWindow, fake: FakeXaiThread) -> None:
    vscode = window()
    (vscode.folder / "stats.ts").write_text(WITH_SECRET, encoding="utf-8")
    vscode.wait_shown("const pasted")
    preview(vscode)
    word = vscode.page.locator(".monaco-editor .view-line span", has_text="GROKLS_GITHUB_TOKEN_").last
    word.wait_for()
    told = vscode.page.locator(
        ".monaco-hover", has_text="Stands for a value that does not leave your machine: GitHub token"
    )
    vscode.points_at(word, told)
    assert not fake.requests


def test_only_the_preview_is_marked(window: OpenWindow, fake: FakeXaiThread) -> None:
    vscode = window()
    (vscode.folder / "stats.ts").write_text(WITH_SECRET, encoding="utf-8")
    vscode.wait_shown("const pasted")
    assert vscode.page.evaluate(FRAMES) == []
    preview(vscode)
    frames(vscode)
    vscode.page.get_by_role("tab", name="Grok request (explain).md").get_by_role("button").first.click()
    until(lambda: vscode.page.evaluate(FRAMES) == [], "something is framed in the user's own file", 20)
    assert "GROKLS_JWT_77_zz" in vscode.shown()
