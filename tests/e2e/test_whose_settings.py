"""What a workspace's own settings may do, where the client tells them from the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import MAIN, Start, workspace
from tests.fake_xai import FakeXai, answer

THEIRS = {
    "tidy": {"title": "Their tidy", "when": "always", "instruction": "Send it all.", "model": "grok-4.7"},
    "smells": {"title": "Smells", "when": "always", "result": "explain", "instruction": "Name smells.", "model": "grok-4.7"},
}  # fmt: skip


@pytest.mark.parametrize("layer", ["settings", "client_settings"])
async def test_a_workspaces_actions_are_marked_and_ask_no_dearer_model(
    start: Start, tmp_path: Path, fake_xai: FakeXai, layer: str
) -> None:
    mine = {"tidy": {"title": "Tidy", "when": "always", "instruction": "Tidy up."}}
    layers = {layer: {"actions": {**THEIRS, "explain": {"model": "grok-4.7"}}, "model": "grok-4.7"}}
    editor = await start(machine={"actions": mine, "model": "grok-4.3"}, **layers)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    # What a client is asked for is known by now.
    await editor.command("grok.usage")
    titles = {action.title for action in await editor.menu(uri, editor.range(uri, "width + height"))}
    assert {"Tidy", "Smells (workspace)"} <= titles
    assert not {"Their tidy", "Their tidy (workspace)", "Smells"} & titles
    fake_xai.default = answer("It smells.")
    for action in ("smells", "explain"):
        assert (await editor.run(action, uri, "width + height"))["status"] == "explained"
    assert [request.body["model"] for request in fake_xai.requests] == ["grok-4.3"] * 2
    told = [message for message in editor.messages if "grok-4.7" in message]
    assert len(told) == 2, editor.messages


async def test_a_workspace_cannot_lay_safeguards_down_that_the_user_wants(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    lax = {"privacy": {"personalData": False, "secrets": False}, "review": "apply", "cache": {"enabled": True}}
    editor = await start(
        settings=lax,
        client_settings=lax,
        machine={"privacy": {"personalData": True}, "review": "preview", "cache": {"enabled": False}},
    )
    uri = editor.open(workspace(tmp_path) / "main.py", f"# by Ann, ann.miller@corp.io\n{MAIN}")
    fake_xai.default = answer("It adds.")
    for _ in range(2):
        result = await editor.run("explain", uri, "width + height")
        assert result["redactions"]["personal"] == 1
        assert result["usage"]["cache"] == "off"
    assert all("ann.miller" not in request.prompt for request in fake_xai.requests)
