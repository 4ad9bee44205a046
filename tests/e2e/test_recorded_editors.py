"""One fix, one explanation and one cancel as each editor that introduced itself (``tests/editors/profiles``), CI has no package of some."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.e2e.editor import PROFILES, Editor, path_of, recorded
from tests.fake_xai import FakeXai, Gate, answer

EDITORS = sorted(path.stem for path in PROFILES.glob("*.json"))
# What tells the encodings apart, before the place that changes.
FACES = "# é😀 "


@pytest.fixture(params=EDITORS)
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def streams(profile: str) -> bool:
    options = recorded(profile)["initializationOptions"] or {}
    return bool((options.get("grok") or {}).get("stream"))


async def has_text(editor: Editor, uri: str, text: str) -> None:
    """Some of them are answered before the edit comes."""
    while editor.buffers[uri].text != text:
        editor.changed.clear()
        await editor.changed.wait()


def test_the_editors_that_there_are_packages_of_are_all_recorded() -> None:
    assert {"vscode", "neovim-0.11", "neovim-0.12", "emacs-28-eglot", "emacs-30-eglot", "helix-25"} <= set(EDITORS)


async def test_a_fix_goes_from_the_menu_into_the_document(
    start: Start, tmp_path: Path, fake_xai: FakeXai, streams: bool
) -> None:
    editor = await start(stream=streams)
    uri = editor.open(workspace(tmp_path) / "main.py", FACES + MAIN)
    fake_xai.script(answer(FIX))
    problem = editor.diagnostic(uri, "width + height")
    action = (await editor.menu(uri, problem.range, diagnostics=[problem]))[0]
    assert action.title.startswith("Grok: Fix")
    assert action.command is not None
    result = await editor.command(action.command.command, *(action.command.arguments or ()))
    assert result["status"] in ("applied", "started")
    await has_text(editor, uri, FACES + FIXED)
    assert editor.questions == []


async def test_an_explanation_reaches_the_user(start: Start, tmp_path: Path, fake_xai: FakeXai, streams: bool) -> None:
    editor = await start(stream=streams)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("It *adds* them."))
    result = await editor.run("explain", uri, "width + height")
    if streams:
        assert "".join(each.delta for each in editor.streamed if each.kind == "text") == "It *adds* them."
        assert result["markdown"] == "It *adds* them."
        return

    def seen() -> list[str]:
        shown = [each.uri for each in editor.client.shown_documents]
        files = [path_of(each).read_text(encoding="utf-8") for each in shown if each.startswith("file:")]
        return [*editor.messages, *files, *editor.contents.values()]

    while not any("It *adds* them." in each for each in seen()):
        await editor.command("grok.usage")


async def test_a_cancel_closes_the_stream_and_changes_nothing(
    start: Start, tmp_path: Path, fake_xai: FakeXai, streams: bool
) -> None:
    editor = await start(stream=streams)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX, hold_at=4, gate=Gate()))
    task = asyncio.ensure_future(editor.run("refactor", uri, "width + height"))
    await fake_xai.wait_for_events(4)
    assert await editor.command("grok.cancel") == 1
    assert (await fake_xai.wait_for_disconnect()).outcome == "disconnected"
    assert (await task)["status"] in ("cancelled", "started")
    assert editor.buffers[uri].text == MAIN
    assert editor.applied == []
