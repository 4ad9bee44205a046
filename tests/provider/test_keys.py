"""Which key goes where, and what is said if none can."""

from __future__ import annotations

import pytest

from grok_ls.errors import AuthFailed
from grok_ls.provider.endpoint import Endpoint
from grok_ls.provider.keys import DUMMY, check

KEY = "xai-0123456789"
XAI = "https://api.x.ai/v1"


def endpoint(url: str, key: str | None, variable: str = "XAI_API_KEY") -> Endpoint:
    return Endpoint(url, "auto", key, variable)


def test_a_good_key_goes_to_xai() -> None:
    assert check(endpoint(XAI, KEY)).value == KEY


def test_blanks_around_it_are_left_out_with_a_warning() -> None:
    key = check(endpoint(XAI, f"  {KEY}\r\n"))
    assert key.value == KEY
    assert key.warnings == ("The key in XAI_API_KEY had blanks around it; they were left out.",)


@pytest.mark.parametrize(
    "key", [None, "", "   ", "sk-other", "xai-with blank", "xai-schlüssel", "xai-a\nb", "Bearer xai-1"]
)
def test_what_cannot_be_a_key_is_refused_with_the_next_step(key: str | None) -> None:
    with pytest.raises(AuthFailed) as caught:
        check(endpoint(XAI, key))
    sentence = str(caught.value)
    assert caught.value.code == "auth"
    assert "XAI_API_KEY" in sentence
    assert "restart" in sentence
    assert not key or not key.strip() or key not in sentence


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "http://localhost:11434/v1", "http://[::1]:1/v1"])
def test_local_servers_need_no_key_and_get_the_configured_one(url: str) -> None:
    assert check(endpoint(url, None)).value == DUMMY
    assert check(endpoint(url, None, "MY_KEY")).value == DUMMY
    assert check(endpoint(url, "a-local-key", "MY_KEY")).value == "a-local-key"


@pytest.mark.parametrize("url", ["http://api.x.ai/v1", "http://us.api.x.ai/v1"])
def test_no_key_travels_to_xai_in_clear_text(url: str) -> None:
    with pytest.raises(AuthFailed, match="https://"):
        check(endpoint(url, KEY))


@pytest.mark.parametrize(
    "url", ["https://openrouter.ai/api/v1", "https://api.anthropic.com/v1", "https://api.openai.com/v1"]
)
def test_the_xai_key_is_not_shown_to_other_vendors(url: str) -> None:
    with pytest.raises(AuthFailed, match=r"grok\.apiKeyEnv"):
        check(endpoint(url, KEY))
    assert check(endpoint(url, "sk-or-1", "OPENROUTER_API_KEY")).value == "sk-or-1"


def test_a_company_gateway_takes_the_key_it_is_given() -> None:
    assert check(endpoint("https://grok.company.example/v1", KEY)).value == KEY
    with pytest.raises(AuthFailed, match=r"grok\.company\.example"):
        check(endpoint("https://grok.company.example/v1", None))


@pytest.mark.parametrize("url", ["https://x.ai.evil.example/v1", "https://evilx.ai/v1"])
def test_look_alikes_are_not_xai(url: str) -> None:
    assert not endpoint(url, KEY).is_xai


@pytest.mark.parametrize("url", ["", "http://[::1", "http://a:b:c/v1", "nonsense"])
def test_broken_urls_still_have_a_name(url: str) -> None:
    assert endpoint(url, KEY).name
    assert not endpoint(url, KEY).is_xai
