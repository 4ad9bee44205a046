"""Values that a settings file can hold and no setting can use: named, replaced, never fatal."""

from __future__ import annotations

from typing import Any

import pytest

from grok_ls.config import Layers, parse
from grok_ls.settings import SETTINGS


@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), -(10**400)])
@pytest.mark.parametrize("name", ["budget.sessionTokens", "budget.dailyUsd", "timeout.idle", "retries", "metrics.port"])
def test_a_number_beyond_all_bounds_is_named_and_replaced(name: str, value: Any) -> None:
    settings, problems = parse(Layers(machine={name: value}))
    assert [problem.name for problem in problems] == [name]
    assert settings == parse(Layers())[0]


@pytest.mark.parametrize("setting", [each.name for each in SETTINGS])
@pytest.mark.parametrize(
    "value", [[[]], {"a": {"b": []}}, object(), 10**400, "\0", [{"baseUrl": "http://[", "model": "m"}]]
)
def test_no_value_of_any_setting_is_fatal(setting: str, value: Any) -> None:
    parse(Layers(init={setting: value}, client={setting: value}, machine={setting: value}))


@pytest.mark.parametrize("name", ["xai-0123456789abcdef", "A B", "A=B", "X\0Y", "1A"])
def test_a_key_in_place_of_its_variables_name_is_refused_and_not_shown(name: str) -> None:
    settings, (problem,) = parse(Layers(machine={"apiKeyEnv": name}))
    assert settings.api_key_env == "XAI_API_KEY"
    assert name not in problem.message


@pytest.mark.parametrize("url", ["http://[::1", "http://host:99999/v1", "http://:80/v1", "http://host:0"])
def test_an_address_that_no_socket_can_have_is_refused(url: str) -> None:
    settings, problems = parse(Layers(machine={"baseUrl": url}))
    assert [problem.name for problem in problems] == ["baseUrl"]
    assert settings.base_url == "https://api.x.ai/v1"


@pytest.mark.parametrize("name", ["grok 4", "grok-4\nX-Header: 1", "g" * 5000, "grok\x00"])
def test_a_model_that_no_endpoint_can_have_is_refused(name: str) -> None:
    settings, problems = parse(
        Layers(machine={"model": name, "fallbacks": [{"baseUrl": "http://h/v1", "model": name}]})
    )
    assert [problem.name for problem in problems] == ["model", "fallbacks"]
    assert settings == parse(Layers())[0]
