"""Which model a request asks, when settings, the action and the repository it comes from say different things."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grok_ls.actions.action import Action, Origin
from grok_ls.config import Layers, parse
from grok_ls.engine import Request
from grok_ls.redaction.redact import Vocabulary
from grok_ls.settings import Settings
from grok_ls.text import Source, Span


def model(own: str | None, origin: Origin = "workspace", settings: Settings | None = None) -> str:
    action = Action("tidy", "refactor.rewrite.grok", "Tidy", "edit", "selection", "Tidy up.", model=own, origin=origin)
    settings = settings or Settings(model="grok-4.3")
    return Request("job", action, Source("", "", ""), Span(0, 0), settings, "session", Vocabulary(b"0" * 16)).model


def test_an_action_asks_its_own_model() -> None:
    assert model(None) == "grok-4.3"
    assert model("grok-build-0.1") == "grok-build-0.1"
    assert model("grok-4.20") == "grok-4.20"


@pytest.mark.parametrize("dear", ["grok-4.7", "x-ai/grok-4.5", "some-model-without-a-price"])
def test_a_repository_cannot_choose_a_dearer_model_than_the_user(dear: str) -> None:
    assert model(dear) == "grok-4.3"
    assert model(dear, "user") == dear


def test_what_the_user_set_for_an_action_wins_over_what_its_file_says() -> None:
    settings = replace(Settings(), actions={"tidy": {"model": "grok-4.7"}})
    assert model("grok-4.3", "user", settings) == "grok-4.7"


def settings_of(machine: dict[str, object], workspace: dict[str, object]) -> Settings:
    return parse(Layers(client=workspace, machine=machine))[0]


@pytest.mark.parametrize(
    ("mine", "theirs", "used"),
    [
        ({"model": "grok-4.3"}, {"model": "grok-4.7"}, "grok-4.3"),
        ({"model": "grok-4.3"}, {"model": "nobody-knows"}, "grok-4.3"),
        ({"model": "grok-4.3"}, {"model": "grok-4.20"}, "grok-4.20"),
        ({"model": "grok-4.3"}, {"actions": {"tidy": {"model": "grok-4.7"}}}, "grok-4.3"),
        ({"model": "grok-4.3"}, {"actions": {"tidy": {"model": "grok-4.20"}}}, "grok-4.20"),
        ({"actions": {"tidy": {"model": "grok-4.7"}}}, {"actions": {"tidy": {"model": "grok-4.20"}}}, "grok-4.7"),
        # What the user says nothing of is the workspace's to choose, within the limits of money and tokens.
        ({}, {"model": "grok-4.7"}, "grok-4.7"),
    ],
)
def test_a_workspaces_settings_choose_no_dearer_model_than_the_users(
    mine: dict[str, object], theirs: dict[str, object], used: str
) -> None:
    assert model(None, "user", settings_of(mine, theirs)) == used


def test_dear_by_steps_is_dear() -> None:
    """A workspace's model may cost as much as the user's, not as much as the one that the workspace chose before."""
    theirs = {"model": "grok-4.20", "actions": {"tidy": {"model": "grok-4.7"}}}
    assert model(None, "user", settings_of({"model": "grok-build-0.1"}, theirs)) != "grok-4.7"
