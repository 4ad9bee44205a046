"""The cookbook: every action is one, and works from its file to the document."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from grok_ls.actions import ACTIONS, Action
from grok_ls.actions.custom import from_mapping, from_markdown
from tests.docs.pages import ROOT, page
from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.fake_xai import FakeXai, answer

PAGE = page(ROOT / "docs" / "custom-actions.md")
FILES = dict(re.findall(r"`\.grok/actions/([\w-]+)\.md`\n\n```markdown\n(.*?)```", PAGE.text, re.DOTALL))
CONFIGURED: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", PAGE.text, re.DOTALL)[0])["grok.actions"]


def test_the_cookbook_is_read() -> None:
    assert len(FILES) == PAGE.text.count("```markdown")
    assert len(FILES) >= 6


@pytest.mark.parametrize("name", FILES)
def test_an_action_of_the_cookbook_is_one(name: str) -> None:
    action = from_markdown(name, FILES[name], "user")
    assert isinstance(action, Action), action
    assert action.name == name
    assert action.kind not in {built_in.kind for built_in in ACTIONS} or "kind:" not in FILES[name]
    keys = set(re.findall(r"^(\w+):", FILES[name].split("---")[1], re.MULTILINE))
    assert keys <= {"title", "result", "when", "kind", "languages", "model"}, "the parser would ignore it"


def test_an_action_of_the_settings_is_one() -> None:
    assert isinstance(from_mapping("guard", CONFIGURED["guard"], "user"), Action)


def test_the_table_names_every_key_and_value_of_the_parser() -> None:
    refusal = from_mapping("x", {"title": "t", "instruction": "i", "when": "never"}, "user")
    table = PAGE.text.partition("## What a file says")[2].partition("\n\nBelow")[0]
    assert isinstance(refusal, str)
    for word in re.findall(r"selection|definition|diagnostics|always", refusal):
        assert f"`{word}`" in table


async def test_the_actions_of_a_workspace_are_in_its_menu_and_one_edits(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    folder = workspace(tmp_path) / ".grok" / "actions"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / f"{name}.md").write_text(text)
    editor = await start(machine={"actions": CONFIGURED})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    problem = editor.diagnostic(uri, "width + height")
    offered = [
        action.command.arguments[0]["action"]
        for range_ in (problem.range, editor.range(uri, "area"))
        for action in await editor.menu(uri, range_, diagnostics=[problem])
        if action.command is not None and action.command.arguments
    ]
    cursor = editor.range(uri, "area(")
    cursor.end = cursor.start
    in_definition = await editor.menu(uri, cursor)
    offered += [action.command.arguments[0]["action"] for action in in_definition]  # type: ignore[union-attr,index]
    assert {*FILES, "guard"} <= set(offered)
    docstring = next(action for action in in_definition if action.title.startswith("Write a docstring"))
    assert docstring.title == "Write a docstring (workspace)"
    fake_xai.script(answer(FIX))
    assert docstring.command is not None
    result = await editor.command(docstring.command.command, *(docstring.command.arguments or ()))
    assert (result["status"], editor.buffers[uri].text) == ("applied", FIXED)
    assert "in Google style" in fake_xai.requests[0].prompt


async def test_an_action_of_the_users_folder_explains_with_its_own_model(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    folder = tmp_path / "config" / "grok-ls" / "actions"
    folder.mkdir(parents=True)
    (folder / "review.md").write_text(FILES["review"])
    editor = await start(environment={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("Line 6 adds where it should multiply."))
    result = await editor.run("review", uri, "    return width + height\n")
    assert (result["status"], result["markdown"]) == ("explained", "Line 6 adds where it should multiply.")
    assert fake_xai.requests[0].model == "grok-4.3"
    assert "as a careful colleague" in fake_xai.requests[0].prompt


async def test_an_action_of_the_settings_edits(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings={"actions": CONFIGURED})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX), answer("It multiplies."))
    assert (await editor.run("guard", uri, "area"))["status"] == "applied"
    assert (await editor.run("explain", uri, "area"))["status"] == "explained"
    assert "early returns" in fake_xai.requests[0].prompt
    assert fake_xai.requests[1].model == CONFIGURED["explain"]["model"]
