"""What an endpoint calls things, before it is written down."""

from __future__ import annotations

import pytest

from grok_ls.engine.named import as_name
from grok_ls.redaction.redact import Vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    known = Vocabulary(b"0" * 16)
    known.learn("API_KEY", "plain-words-of-the-key-77")
    return known


@pytest.mark.parametrize(
    "name",
    [
        "grok-4-0709",
        "x-ai/grok-4.5",
        "qwen2.5-coder:7b-instruct-q4_K_M",
        "accounts/fireworks/models/llama-v3p1-405b-instruct",
        "Qwen2.5 Coder (7B)",
        "gpt-4o-2024-08-06",
        "req_011CSHoEeqs5C35K2UUqR7Fy",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b",
        "0HMVB1G8P0K9A:00000001",
    ],
)
def test_a_name_stays(name: str, vocabulary: Vocabulary) -> None:
    assert as_name(name, vocabulary) == name


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "grok\n4",
        "x" * 101,
        "grok 4 <img src=x>",
        "[grok](command:evil)",
        "see https://e.vil/x",
        "plain-words-of-the-key-77",
        "grok-plain-words-of-the-key-77",
        "cGxhaW4td29yZHMtb2YtdGhlLWtleS03Nw==",
        "ghp_Zq8wYk3MnB5vR7tLx2Cd4Fg6Hj8Kl0Pq1sTu",
        "ann.miller@corp.io",
        "/home/jdoe/model",
    ],
)
def test_what_is_no_name_is_not_kept(said: str | None, vocabulary: Vocabulary) -> None:
    assert as_name(said, vocabulary) is None
