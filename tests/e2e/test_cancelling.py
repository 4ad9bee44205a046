"""All five ways to cancel: the connection to the model closes, nothing is applied, the ledger is settled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from tests.e2e.conftest import MAIN
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, Gate, answer

LONG = "```diff\n@@ @@\n-    return width + height\n+    return width * height\n```\n" + "x" * 4000


async def started(editor: Editor, uri: str, fake_xai: FakeXai, action: str = "refactor") -> asyncio.Task[Any]:
    """A job whose answer is half streamed, and held there."""
    fake_xai.script(answer(LONG, hold_at=25, gate=Gate()))
    editor.client.progress_reports["mine"] = []
    task = asyncio.ensure_future(
        editor.command("grok.run", editor.run_action(action, uri, "width + height"), token="mine")
    )
    await fake_xai.wait_for_events(20)
    await editor.wait_for_diff()
    return task


async def by_command(editor: Editor, uri: str) -> None:
    assert await editor.command("grok.cancel") == 1


async def by_job(editor: Editor, uri: str) -> None:
    usage = await editor.command("grok.usage")
    assert await editor.command("grok.cancel", {"jobId": usage["jobs"][0]["jobId"]}) == 1


async def by_progress(editor: Editor, uri: str) -> None:
    editor.client.window_work_done_progress_cancel(t.WorkDoneProgressCancelParams(token="mine"))


async def by_closing(editor: Editor, uri: str) -> None:
    editor.client.text_document_did_close(t.DidCloseTextDocumentParams(t.TextDocumentIdentifier(uri)))


@pytest.mark.parametrize("way", [by_command, by_job, by_progress, by_closing])
async def test_a_cancelled_job_closes_its_stream_and_applies_nothing(
    editor: Editor, opened: str, fake_xai: FakeXai, way: Callable[[Editor, str], Awaitable[None]]
) -> None:
    task = await started(editor, opened, fake_xai)
    await way(editor, opened)
    result = await task
    await fake_xai.wait_for_disconnect()
    assert result["status"] == "cancelled"
    assert result["usage"]["estimated"] is True
    assert result["usage"]["outputTokens"] > 0
    usage = await editor.command("grok.usage")
    assert usage["session"]["tokens"] >= fake_xai.tokens_spent
    assert usage["jobs"] == []
    assert not editor.applied
    assert editor.buffers[opened].text == MAIN
    assert isinstance(editor.client.progress_reports["mine"][-1], t.WorkDoneProgressEnd)


async def test_a_cancelled_request_is_answered_with_the_error_of_lsp(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    fake_xai.script(answer(LONG, hold_at=25, gate=Gate()))
    params = t.ExecuteCommandParams("grok.run", [editor.run_action("refactor", opened, "width + height")])
    future = editor.client.protocol.send_request(t.WORKSPACE_EXECUTE_COMMAND, params, msg_id="run-1")
    await editor.wait_for_diff()
    editor.client.cancel_request(t.CancelParams(id="run-1"))
    with pytest.raises(JsonRpcException) as caught:
        await asyncio.wrap_future(future)
    assert caught.value.code == -32800
    await fake_xai.wait_for_disconnect()
    assert (await editor.command("grok.usage"))["jobs"] == []
    assert not editor.applied


async def test_shutdown_stops_every_job_and_ends_the_process(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    task = await started(editor, opened, fake_xai)
    assert await editor.shut_down() == 0
    await fake_xai.wait_for_disconnect()
    assert (await task)["status"] == "cancelled"
    assert not editor.applied


async def test_an_equal_run_joins_the_one_that_is_running(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    gate = Gate()
    fake_xai.script(answer("NO_CHANGE\n", hold_at=1, gate=gate))
    runs = [asyncio.ensure_future(editor.run("refactor", opened, "width + height")) for _ in range(3)]
    await fake_xai.wait_for_request()
    while len((await editor.command("grok.usage"))["jobs"]) != 1:
        pass
    gate.open()
    results = await asyncio.gather(*runs)
    assert results[0]["status"] == "unchanged"
    assert results == [results[0]] * 3
    assert len(fake_xai.requests) == 1
