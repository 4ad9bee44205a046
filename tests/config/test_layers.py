"""Who may set what: the four layers of settings over each other, for every setting there is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.config import Layers, parse
from grok_ls.settings import SETTINGS, Setting, Settings, default_of

# A value other than the default, and one that is wrong, for each setting.
OTHER: dict[str, Any] = {
    "model": "grok-4.3",
    "baseUrl": "http://127.0.0.1:1/v1",
    "api": "chat",
    "apiKeyEnv": "OTHER_KEY",
    "reasoningEffort": "low",
    "serviceTier": "priority",
    "escalateTo": "grok-4.7",
    "checks": {"python": ["ruff", "check", "-"]},
    "maxOutputTokens": 512,
    "contextTokens": 500,
    "editFormat": "rewrite",
    "review": "lens",
    "budget.sessionTokens": 1000,
    "budget.dailyUsd": 2.5,
    "budget.warnAt": 0.5,
    "timeout.connect": 1.0,
    "timeout.firstToken": 2.0,
    "timeout.idle": 3.0,
    "timeout.total": 4.0,
    "concurrency": 2,
    "requestsPerMinute": 7,
    "retries": 0,
    "fallbacks": [{"baseUrl": "http://127.0.0.1:2/v1", "model": "m", "apiKeyEnv": "K"}],
    "privacy.secrets": False,
    "privacy.personalData": False,
    "privacy.exclude": ["*.sql"],
    "cache.enabled": False,
    "cache.ttlHours": 1.0,
    "storage": "memory",
    "usage.keepDays": 7,
    "metrics.port": 9100,
    "actions": {"tidy": {"title": "Tidy", "instruction": "Tidy."}},
    "log.level": "debug",
}
WRONG: dict[str, Any] = {name: {"no": "such"} for name in OTHER} | {"actions": ["no"]}
MACHINE = [setting for setting in SETTINGS if setting.scope == "machine"]
FREE = [setting for setting in SETTINGS if setting.scope == "any"]
# Those of the contract, and two that raise the price.
STARRED = {
    "baseUrl",
    "apiKeyEnv",
    "budget.dailyUsd",
    "fallbacks",
    "storage",
    "usage.keepDays",
    "metrics.port",
    "serviceTier",
    "escalateTo",
    # It runs programs.
    "checks",
}


def by_name(setting: Setting) -> str:
    return setting.name


def value(settings: Settings, setting: Setting) -> Any:
    return getattr(settings, setting.attribute)


def nested(name: str, raw: Any) -> dict[str, Any]:
    """As editors send it: ``budget.warnAt`` in an object of an object."""
    first, _, rest = name.partition(".")
    return {first: nested(rest, raw) if rest else raw}


def as_variable(raw: Any) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw)


def test_the_machine_settings_are_those_of_the_contract() -> None:
    assert {setting.name for setting in MACHINE} == STARRED
    assert set(OTHER) == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("setting", SETTINGS, ids=by_name)
@pytest.mark.parametrize("shape", ["flat", "nested", "prefixed"])
def test_a_machine_may_set_everything(setting: Setting, shape: str) -> None:
    other = OTHER[setting.name]
    raw = {
        "flat": {setting.name: other},
        "nested": nested(setting.name, other),
        "prefixed": {f"grok.{setting.name}": other},
    }
    settings, problems = parse(Layers(machine=raw[shape]))
    assert (value(settings, setting), problems) == (setting.check(other), ())
    assert value(settings, setting) != default_of(setting)


@pytest.mark.parametrize("setting", SETTINGS, ids=by_name)
def test_a_variable_sets_everything_and_wins(setting: Setting) -> None:
    other = OTHER[setting.name]
    environment = {setting.variable: as_variable(other)}
    mine = {setting.name: default_of(setting)} if setting.name != "fallbacks" else {}
    settings, problems = parse(Layers(machine=mine, environment=environment))
    assert (value(settings, setting), problems) == (setting.check(other), ())
    if setting.scope == "any":
        settings, _ = parse(Layers(init=mine, client=mine, environment=environment))
        assert value(settings, setting) == setting.check(other)


@pytest.mark.parametrize("layer", ["init", "client"])
@pytest.mark.parametrize("setting", MACHINE, ids=by_name)
def test_a_workspace_cannot_set_what_is_the_machines(setting: Setting, layer: str) -> None:
    raw = {layer: nested(setting.name, OTHER[setting.name])}
    settings, problems = parse(Layers(**raw))
    assert settings == Settings()
    assert [problem.name for problem in problems] == [setting.name]
    assert f"grok.{setting.name}" in problems[0].message
    assert "workspace" in problems[0].message


@pytest.mark.parametrize("setting", MACHINE, ids=by_name)
def test_what_the_machine_says_stays_whatever_a_workspace_says(setting: Setting) -> None:
    mine = OTHER[setting.name]
    settings, _ = parse(Layers(client={setting.name: default_of(setting)}, machine={setting.name: mine}))
    assert value(settings, setting) == setting.check(mine)


@pytest.mark.parametrize("setting", MACHINE, ids=by_name)
def test_an_editor_that_sends_all_defaults_along_hears_nothing(setting: Setting) -> None:
    default = default_of(setting)
    sent = list(default) if isinstance(default, tuple) else default
    if sent is not None:
        assert parse(Layers(client={setting.name: sent})) == (Settings(), ())


@pytest.mark.parametrize("setting", FREE, ids=by_name)
def test_the_client_wins_over_the_machine_where_the_choice_is_free(setting: Setting) -> None:
    other = OTHER[setting.name]
    settings, problems = parse(Layers(client={setting.name: other}, machine={setting.name: default_of(setting)}))
    assert (value(settings, setting), problems) == (setting.check(other), ())


@pytest.mark.parametrize("layer", ["init", "client", "machine", "environment"])
@pytest.mark.parametrize("setting", SETTINGS, ids=by_name)
def test_a_wrong_value_is_named_and_the_default_used(setting: Setting, layer: str) -> None:
    wrong = WRONG[setting.name]
    if layer == "environment":
        raw: dict[str, Any] = {setting.variable: "[" if isinstance(default_of(setting), str) else json.dumps(wrong)}
        if setting.name in ("model", "apiKeyEnv"):
            raw = {setting.variable: "  "}
    else:
        raw = {setting.name: wrong}
    settings, problems = parse(Layers(**{layer: raw}))
    assert settings == Settings()
    assert len(problems) == 1
    assert problems[0].name == setting.name
    assert problems[0].message.startswith(f"The setting grok.{setting.name} must be ")
    assert problems[0].message.endswith("is used instead.")


def test_a_wrong_value_of_the_workspace_leaves_that_of_the_machine() -> None:
    settings, problems = parse(Layers(client={"retries": -1}, machine={"retries": 5}))
    assert settings.retries == 5
    assert "5 is used instead" in problems[0].message


@pytest.mark.parametrize(
    ("mine", "theirs", "used", "told"),
    [
        (None, 50, 50, False),
        (None, 900_000, 900_000, False),
        (None, 0, 0, False),
        (1000, 50, 50, False),
        (1000, 5000, 1000, True),
        (1000, 0, 1000, True),
        (1000, 200_000, 1000, False),
        (0, 900_000, 900_000, False),
    ],
)
def test_a_workspace_may_only_tighten_the_machines_session_limit(
    mine: int | None, theirs: int, used: int, told: bool
) -> None:
    machine = {} if mine is None else {"budget.sessionTokens": mine}
    settings, problems = parse(Layers(client={"budget": {"sessionTokens": theirs}}, machine=machine))
    assert settings.budget_session_tokens == used
    assert bool(problems) is told


@pytest.mark.parametrize(
    ("mine", "theirs", "used", "told"),
    [(None, False, True, True), (False, True, False, False), (False, False, False, False), (True, False, True, True)],
)
def test_a_workspace_cannot_switch_secrets_off(mine: bool | None, theirs: bool, used: bool, told: bool) -> None:
    machine = {} if mine is None else {"privacy.secrets": mine}
    settings, problems = parse(Layers(client={"privacy": {"secrets": theirs}}, machine=machine))
    assert settings.privacy_secrets is used
    assert bool(problems) is told


def test_excluded_files_of_all_layers_add_up() -> None:
    layers = Layers(
        init={"privacy.exclude": ["a"]}, client={"privacy.exclude": ["b", "a"]}, machine={"privacy.exclude": ["c"]}
    )
    assert set(parse(layers)[0].privacy_exclude) == {"a", "b", "c"}


def test_an_unknown_setting_is_named() -> None:
    settings, problems = parse(Layers(client={"budget": {"weekly": 3}, "modle": "x"}))
    assert settings == Settings()
    assert {problem.name for problem in problems} == {"budget.weekly", "modle"}


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 10**400])
@pytest.mark.parametrize("name", ["budget.sessionTokens", "budget.dailyUsd", "retries", "maxOutputTokens"])
def test_a_number_that_no_limit_can_be_is_a_wrong_value(name: str, number: float) -> None:
    settings, problems = parse(Layers(machine={name: number}))
    assert settings == Settings()
    assert [problem.name for problem in problems] == [name]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*OTHER, "budget", "timeout", "privacy", "grok", "cache", "metrics", "log"])
RAW = st.dictionaries(NAMES | st.text(max_size=8), JSON, max_size=4)
VARIABLES = st.dictionaries(st.sampled_from([setting.variable for setting in SETTINGS]), st.text(max_size=8))


# What a cloned repository may do with each setting: nothing (the machine's alone), anything (it costs, sends and runs nothing more), or
# only what is stricter than what the user said: (the user's, the workspace's, what is used).
ANYTHING = {
    "api",
    "reasoningEffort",
    "editFormat",
    "log.level",
    *(name for name in OTHER if name.startswith("timeout.")),
}
STRICTER: dict[str, list[tuple[Any, Any, Any]]] = {
    "budget.sessionTokens": [(1000, 50, 50), (1000, 5000, 1000), (1000, 0, 1000)],
    "budget.warnAt": [(0.5, 0.4, 0.4), (0.5, 0.9, 0.5)],
    "cache.enabled": [(False, True, False), (True, False, False)],
    "cache.ttlHours": [(2, 1, 1), (2, 100, 2)],
    "concurrency": [(2, 1, 1), (2, 50, 2)],
    "contextTokens": [(500, 400, 400), (500, 20_000, 500)],
    "maxOutputTokens": [(512, 100, 100), (512, 100_000, 512)],
    "requestsPerMinute": [(7, 3, 3), (7, 9000, 7)],
    "retries": [(1, 0, 0), (1, 20, 1)],
    "review": [("preview", "apply", "preview"), ("lens", "apply", "lens"), ("lens", "preview", "preview"), ("apply", "lens", "lens")],
    "privacy.secrets": [(True, False, True)],
    "privacy.personalData": [(True, False, True)],
    "privacy.exclude": [(["a"], ["b"], ("a", "b")), (["a"], [], ("a",))],
}  # fmt: skip
# Its models may not cost more (tests/engine/test_values.py), its actions are told apart (below).
ELSEWHERE = {"model", "actions"}


def test_every_setting_has_been_asked_what_a_cloned_repository_could_do_with_it() -> None:
    kinds = [ANYTHING, set(STRICTER), ELSEWHERE, STARRED]
    assert set().union(*kinds) == {setting.name for setting in SETTINGS}
    assert sum(map(len, kinds)) == len(SETTINGS)
    assert {setting.name for setting in SETTINGS if setting.scope == "tighten"} == {*STRICTER, "actions"}


@pytest.mark.parametrize("layer", ["init", "client"])
@pytest.mark.parametrize("trusted", ["machine", "environment"])
@pytest.mark.parametrize(
    ("name", "mine", "theirs", "used"), [(name, *case) for name, cases in STRICTER.items() for case in cases]
)
def test_a_workspace_may_only_make_stricter_what_the_machine_says(
    name: str, mine: Any, theirs: Any, used: Any, trusted: str, layer: str
) -> None:
    setting = next(setting for setting in SETTINGS if setting.name == name)
    own = {"machine": {name: mine}} if trusted == "machine" else {"environment": {setting.variable: as_variable(mine)}}
    settings, problems = parse(Layers(**{layer: nested(name, theirs)}, **own))
    assert value(settings, setting) == used
    if setting.check(theirs) not in (used, default_of(setting)) and name != "privacy.exclude":
        assert [problem.name for problem in problems] == [name]
        assert "machine" in problems[0].message


@pytest.mark.parametrize("name", [name for name in STRICTER if name not in ("privacy.secrets", "privacy.exclude")])
def test_an_editor_that_sends_defaults_along_changes_no_limit_of_the_machine(name: str) -> None:
    setting = next(setting for setting in SETTINGS if setting.name == name)
    mine = STRICTER[name][0][0]
    settings, problems = parse(Layers(client={name: default_of(setting)}, machine={name: mine}))
    assert (value(settings, setting), problems) == (setting.check(mine), ())


TIDY = {"title": "Tidy", "instruction": "Tidy."}
THEIRS = {"title": "Tidy", "instruction": "Something else.", "model": "grok-4.7"}


@pytest.mark.parametrize(
    ("machine", "theirs", "instruction", "defined", "chosen"),
    [
        # The user's own is the user's, whatever a workspace calls its own.
        ({"tidy": TIDY}, {"tidy": THEIRS}, "Tidy.", set(), set()),
        ({}, {"tidy": THEIRS}, "Something else.", {"tidy"}, {"tidy"}),
        # The user may choose the model of an action that a workspace defines.
        ({"tidy": {"model": "grok-4.3"}}, {"tidy": THEIRS}, "Something else.", {"tidy"}, set()),
        ({"tidy": TIDY}, {"fix": {"model": "grok-4.7"}}, "Tidy.", set(), {"fix"}),
        # A client that does not tell them apart.
        (None, {"tidy": THEIRS}, "Something else.", set(), set()),
    ],
)
def test_whose_an_action_is_is_known(
    machine: dict[str, Any] | None, theirs: dict[str, Any], instruction: str, defined: set[str], chosen: set[str]
) -> None:
    own = None if machine is None else {"actions": machine}
    settings, problems = parse(Layers(client={"actions": theirs}, machine=own))
    assert settings.actions["tidy"]["instruction"] == instruction
    assert (settings.workspace_actions, settings.workspace_models, problems) == (defined, chosen, ())


def test_a_workspace_takes_no_action_of_the_user_away() -> None:
    machine = {"actions": {"tidy": TIDY}}
    assert parse(Layers(client={"actions": {}}, machine=machine))[0].actions == {"tidy": TIDY}


@given(RAW, RAW, RAW, VARIABLES)
def test_no_input_makes_it_fail_or_lets_a_workspace_touch_the_machines(
    init: dict[str, Any], client: dict[str, Any], machine: dict[str, Any], environment: dict[str, str]
) -> None:
    settings, problems = parse(Layers(init, client, machine, environment))
    alone, _ = parse(Layers(machine=machine, environment=environment))
    for setting in MACHINE:
        assert value(settings, setting) == value(alone, setting)
    assert all(problem.name in problem.message for problem in problems)


def test_the_model_of_one_action_is_its_own() -> None:
    settings, _ = parse(Layers(client={"actions": {"fix": {"model": "grok-4.3"}, "explain": {"model": 5}}}))
    assert [settings.model_for(name) for name in ("fix", "explain", "refactor")] == [
        "grok-4.3",
        "grok-code-fast-1",
        "grok-code-fast-1",
    ]
