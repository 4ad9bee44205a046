"""Clients that do what the specification does not foresee: nobody waits for ever, and the document is what the editor shows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types as t
from pygls.exceptions import JsonRpcInternalError

from tests.e2e.conftest import FIX, MAIN, Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, answer


@pytest.fixture(params=["vscode"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_document_that_is_opened_again_offers_its_new_definitions(editor: Editor, opened: str) -> None:
    for name in ("surface", "expanse"):
        editor.client.text_document_did_open(
            t.DidOpenTextDocumentParams(t.TextDocumentItem(opened, "python", 0, MAIN.replace("area", name)))
        )
        await editor.command("grok.usage")
        params = t.CodeActionParams(
            t.TextDocumentIdentifier(opened), t.Range(t.Position(3, 6), t.Position(3, 6)), t.CodeActionContext([])
        )
        menu = await editor.client.text_document_code_action_async(params)
        assert any(name in action.title for action in menu or ())


async def test_a_job_that_waits_for_the_edit_of_another_can_be_cancelled(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    never: asyncio.Future[t.ApplyWorkspaceEditResult] = asyncio.get_running_loop().create_future()
    asked = asyncio.Event()

    async def hold(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        editor.applied.append(params)
        asked.set()
        return await never

    editor.client.protocol.fm._features[t.WORKSPACE_APPLY_EDIT] = hold
    fake_xai.script(answer(FIX), answer(FIX))
    first = asyncio.ensure_future(editor.command("grok.run", editor.run_action("fix", opened, "width + height")))
    await asked.wait()
    second = asyncio.ensure_future(editor.command("grok.run", editor.run_action("refactor", opened, "width + height")))
    while "applying" not in [each.delta for each in editor.streamed if each.action == "refactor"]:
        editor.stream_grew.clear()
        await editor.stream_grew.wait()
    assert await editor.command("grok.cancel") == 1
    assert (await second)["status"] == "cancelled"
    assert len(editor.applied) == 1
    never.set_result(t.ApplyWorkspaceEditResult(applied=False))
    assert (await first)["status"] in ("failed", "cancelled")
    assert editor.buffers[opened].text == MAIN


async def test_an_editor_that_takes_no_edits_is_told_before_anything_is_spent(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(profile="no-edits")
    path = tmp_path / "workspace" / "main.py"
    path.write_text(MAIN)
    result = await editor.command("grok.run", editor.run_action("fix", editor.open(path, MAIN), "width + height"))
    assert (result["status"], result["code"]) == ("failed", "edit_rejected")
    assert fake_xai.requests == []


async def test_progress_tells_the_tokens_and_the_price_while_the_model_writes(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    fake_xai.script(answer("word " * 120, delay_s=0.002, reasoning="hm " * 60))
    editor.client.progress_reports["mine"] = []
    await editor.command("grok.run", editor.run_action("explain", opened, "width + height"), token="mine")
    told = [getattr(report, "message", "") or "" for report in editor.client.progress_reports["mine"]]
    assert any("the model is" in message and "tokens, $" in message for message in told), told


async def test_a_preview_that_cannot_be_asked_about_is_not_applied_and_says_why(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(profile="neovim-0.11", settings={"review": "preview"})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)

    def fails(params: t.ShowMessageRequestParams) -> None:
        raise JsonRpcInternalError("no windows here")

    editor.client.protocol.fm._features[t.WINDOW_SHOW_MESSAGE_REQUEST] = fails
    fake_xai.script(answer(FIX))
    result = await editor.run("fix", uri, "width + height")
    assert (result["status"], result["code"]) == ("failed", "edit_rejected")
    assert "grok.review" in result["message"]
    assert editor.buffers[uri].text == MAIN
