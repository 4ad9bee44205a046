"""What the user sees and may do while the endpoint makes them wait."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types as t

from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, answer, failure

LONG_PAUSE = failure(429, "resource-exhausted", "Too many requests", retry_after="100")
SHORT_PAUSE = failure(429, "resource-exhausted", "Too many requests", retry_after="0.3")


@pytest.fixture
def profile() -> str:
    """What is looked at here does not depend on the editor."""
    return "vscode"


def reported(editor: Editor, token: str) -> list[str]:
    return [str(getattr(value, "message", "")) for value in editor.client.progress_reports[token]]


async def test_a_cancel_in_a_pause_ends_the_job_at_once_and_nothing_is_asked_again(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(LONG_PAUSE)
    editor.client.progress_reports["mine"] = []
    run = editor.run_action("refactor", uri, "width + height")
    task = asyncio.ensure_future(editor.command("grok.run", run, token="mine"))
    while not any("trying again in" in message for message in reported(editor, "mine")):
        await editor.command("grok.usage")
    editor.client.window_work_done_progress_cancel(t.WorkDoneProgressCancelParams(token="mine"))
    async with asyncio.timeout(30):  # the pause is a hundred seconds
        result = await task
    assert result["status"] == "cancelled"
    assert len(fake_xai.requests) == 1
    usage = await editor.command("grok.usage")
    assert usage["jobs"] == []
    assert usage["session"]["remaining"] == usage["session"]["limit"] - usage["session"]["tokens"]
    assert editor.buffers[uri].text == MAIN


async def test_every_retry_is_told_in_the_progress(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(SHORT_PAUSE, failure(503, "unavailable", "down", retry_after="0.3"), answer(FIX))
    assert (await editor.run("refactor", uri, "width + height"))["status"] == "applied"
    assert editor.buffers[uri].text == FIXED
    told = "".join(params.delta for params in editor.streamed if params.kind == "status")
    assert "(1 of 3)" in told
    assert "(2 of 3)" in told


@pytest.mark.parametrize(("seconds", "total"), [("119", 60), ("500", 600)])
async def test_a_pause_that_is_too_long_is_not_waited_for(
    start: Start, tmp_path: Path, fake_xai: FakeXai, seconds: str, total: int
) -> None:
    editor = await start(settings={"timeout": {"total": total}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(failure(429, "resource-exhausted", "Too many requests", retry_after=seconds))
    async with asyncio.timeout(30):
        result = await editor.run("refactor", uri, "width + height")
    assert (result["status"], result["code"]) == ("failed", "rate_limited")
    assert len(fake_xai.requests) == 1


async def test_an_answer_that_began_is_never_asked_for_again(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX, end="error", error={"code": "internal", "message": "broke"}))
    result = await editor.run("refactor", uri, "width + height")
    assert (result["status"], result["code"]) == ("failed", "unavailable")
    assert len(fake_xai.requests) == 1
    assert editor.buffers[uri].text == MAIN


async def test_a_retired_name_is_told_where_the_endpoint_says_nothing_of_it(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    fake_xai.default = answer("It adds.", served_model="grok-code-fast-1")
    editor = await start()
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    for question in ("one", "two"):
        await editor.run("explain", uri, "width + height", instruction=question)
    told = [message for message in editor.messages if "is a retired name" in message]
    assert len(told) == 1, editor.messages
    assert "grok-build-0.1" in told[0]
    assert "$1.00 in, $2.00 out a million tokens" in told[0]


async def test_the_limit_near_is_told_once_and_so_is_the_retired_name(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(settings={"budget": {"sessionTokens": 20_000, "warnAt": 0.01}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("It adds.")
    for question in ("one", "two", "three"):
        await editor.run("explain", uri, "width + height", instruction=question)
    near = [message for message in editor.messages if "grok.budget.sessionTokens" in message]
    assert len(near) == 1, editor.messages
    retired = [message for message in editor.messages if "grok-build-0.1" in message]
    assert len(retired) == 1, editor.messages
    assert "$1.00 in, $2.00 out a million tokens" in retired[0]


async def test_failures_are_told_once_in_their_window(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings={"retries": 0})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = failure(500, "internal", "oops")
    for question in range(8):
        await editor.run("explain", uri, "width + height", instruction=str(question))
    assert len([message for message in editor.messages if "requests failed" in message]) == 1, editor.messages


async def test_a_flood_of_tokens_is_cut_and_the_updates_are_merged(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(settings={"maxOutputTokens": 3000})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("x" * 2_000_000, ignore_cap=True, token_chars=200, reasoning="I wonder. " * 200))
    began = asyncio.get_running_loop().time()
    result = await editor.run("explain", uri, "width + height")
    took_s = asyncio.get_running_loop().time() - began
    assert (result["status"], result["code"]) == ("refused", "truncated_answer")
    assert result["markdown"] is None
    shown = [params for params in editor.streamed if params.kind == "text"]
    # Ten a second, one at once and one at the end.
    assert len(shown) <= 10 * took_s + 2
    assert sum(len(params.delta) for params in shown) <= 3001 * 200
    assert "I wonder" not in "".join(params.delta for params in shown)


async def test_the_user_is_told_once_who_answered_instead_and_why(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    async with FakeXai(strict=False, default=answer("It adds.", served_model="other-model")) as second:
        fallbacks = [{"baseUrl": second.url, "model": "other-model"}]
        editor = await start(machine={"fallbacks": fallbacks}, settings={"retries": 0})
        uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
        fake_xai.default = failure(503, "unavailable", "down")
        for question in ("one", "two"):
            result = await editor.run("explain", uri, "width + height", instruction=question)
            assert (result["status"], result["usage"]["servedModel"]) == ("explained", "other-model")
        told = [message for message in editor.messages if message.startswith("Answered by")]
        assert len(told) == 1, editor.messages
        assert "(other-model), because: " in told[0]
        assert "503" in told[0]
        await editor.stop()
