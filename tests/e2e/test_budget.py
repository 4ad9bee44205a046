"""Money: the session's limit, the ledger, and many jobs at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.e2e.conftest import FIX, MAIN, Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, answer


async def test_a_request_that_may_cost_too_much_is_refused_by_the_settings_name(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(settings={"budget": {"sessionTokens": 3000}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    result = await editor.run("refactor", uri, "width + height")
    assert (result["status"], result["code"]) == ("refused", "budget_exceeded")
    assert "grok.budget.sessionTokens" in result["message"]
    assert not fake_xai.requests
    assert editor.buffers[uri].text == MAIN
    # A new count would not help.
    await editor.command("grok.usage")
    assert not editor.questions


async def test_at_the_limit_the_user_is_asked_whether_to_start_a_new_count(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(settings={"budget": {"sessionTokens": 6000}, "maxOutputTokens": 3500})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("word " * 700)
    editor.answers = ["Reset"]
    results = [await editor.run("explain", uri, "width + height", instruction=str(n)) for n in range(4)]
    stopped = next(n for n, result in enumerate(results) if result["code"] == "budget_exceeded")
    assert 0 < stopped < 3
    assert "grok.budget.sessionTokens" in editor.questions[0].message
    assert results[stopped + 1]["status"] == "explained"


async def test_at_the_limit_the_user_may_allow_as_much_again(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings={"maxOutputTokens": 3500}, machine={"budget": {"sessionTokens": 6000}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("word " * 700)
    editor.answers = ["Raise"]
    results = [await editor.run("explain", uri, "width + height", instruction=str(n)) for n in range(4)]
    stopped = next(n for n, result in enumerate(results) if result["code"] == "budget_exceeded")
    assert [action.title for action in editor.questions[0].actions or ()] == ["Reset", "Raise", "Keep"]
    assert "6,000 more" in editor.questions[0].message
    assert results[stopped + 1]["status"] == "explained"
    session = (await editor.command("grok.usage"))["session"]
    assert session["limit"] == 12_000
    # What was used before is still counted.
    assert session["tokens"] >= sum(
        r["usage"]["inputTokens"] + r["usage"]["outputTokens"] for r in results if r["usage"]
    )


def dear(money: float) -> dict[str, object]:
    """A day of which a request may take a third at most, at $1.25 and $2.50 a million."""
    return {"budget": {"sessionTokens": 0, "dailyUsd": money}, "model": "grok-4.3", "maxOutputTokens": 3500}


async def test_at_the_limit_of_the_day_the_user_may_allow_more_for_today(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(machine=dear(0.03))
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("word " * 2500)
    editor.answers = ["Raise for today"]
    codes = []
    while "budget_exceeded" not in codes:
        result = await editor.run("explain", uri, "width + height", instruction=str(len(codes)))
        codes.append(result["code"])
    assert 1 < len(codes) < 6
    assert "grok.budget.dailyUsd" in result["message"]
    async with asyncio.timeout(30):
        while (await editor.command("grok.usage"))["today"]["limit"] == 0.03:
            pass
    (question,) = editor.questions
    assert [action.title for action in question.actions or ()] == ["Raise for today", "Keep the limit"]
    assert "of $0.03 (grok.budget.dailyUsd). Allow $0.02 more until midnight" in question.message
    assert (await editor.run("explain", uri, "width + height", instruction="once more"))["status"] == "explained"
    today = (await editor.command("grok.usage"))["today"]
    assert today["limit"] == pytest.approx(0.05)
    assert today["costUsd"] == pytest.approx(fake_xai.usd_spent)


async def test_a_limit_of_the_day_that_is_kept_stays_and_a_workspace_cannot_raise_it(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(machine=dear(0.001), settings={"budget": {"dailyUsd": 100}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    editor.answers = ["Keep the limit", None]
    for n in range(2):
        result = await editor.run("explain", uri, "width + height", instruction=str(n))
        assert (result["status"], result["code"]) == ("refused", "budget_exceeded")
        await editor.command("grok.usage")
    assert len(editor.questions) == 2
    assert not fake_xai.requests
    assert (await editor.command("grok.usage"))["today"]["limit"] == 0.001


async def test_who_wants_nothing_that_costs_is_not_asked(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(machine=dear(0))
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    assert (await editor.run("explain", uri, "width + height"))["code"] == "budget_exceeded"
    await editor.command("grok.usage")
    assert not editor.questions
    assert not fake_xai.requests


async def test_twenty_jobs_at_once_never_spend_more_than_the_limit(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    limit = 12_000
    editor = await start(
        settings={"budget": {"sessionTokens": limit}, "maxOutputTokens": 1000, "cache": {"enabled": False}}
    )
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.default = answer("word " * 2000)
    runs = [editor.run("explain", uri, "width + height", instruction=f"question {n}") for n in range(20)]
    results = await asyncio.gather(*runs)
    assert fake_xai.tokens_spent <= limit
    assert {result["code"] for result in results} <= {"budget_exceeded", "truncated_answer"}
    assert len(fake_xai.requests) >= 3
    usage = await editor.command("grok.usage")
    assert fake_xai.tokens_spent <= usage["session"]["tokens"] <= limit
    assert usage["session"]["remaining"] == limit - usage["session"]["tokens"]


async def test_the_session_survives_a_restart_of_the_server(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    fake_xai.default = answer("It adds.")
    options = {"session_id": "window-1", "machine": {"storage": "sqlite"}}
    spent = []
    for _ in range(2):
        editor = await start(**options)
        uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
        await editor.run("explain", uri, "width + height", instruction=f"again {len(spent)}")
        spent.append((await editor.command("grok.usage"))["session"]["tokens"])
    assert spent[1] == fake_xai.tokens_spent
    assert spent[1] > spent[0] > 0


async def test_an_equal_question_is_answered_from_the_cache_for_nothing(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    fake_xai.script(answer("It adds."))
    first = await editor.run("explain", opened, "width + height")
    second = await editor.run("explain", opened, "width + height")
    assert (first["usage"]["cache"], second["usage"]["cache"]) == ("miss", "hit")
    assert second["markdown"] == first["markdown"]
    assert second["usage"]["costUsd"] == 0
    assert len(fake_xai.requests) == 1


async def test_a_reset_asks_first(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX))
    await editor.run("refactor", uri, "width + height")
    editor.answers = ["Keep", "Reset"]
    assert (await editor.command("grok.resetBudget"))["session"]["tokens"] > 0
    assert (await editor.command("grok.resetBudget"))["session"]["tokens"] == 0
    assert len(editor.questions) == 2
