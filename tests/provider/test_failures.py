"""The table: every row of the fact sheet by name, every body shape, nothing that may not be told to the user."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.errors import ProviderError
from grok_ls.provider.failures import RULES, Place, Said, classify, said_by, said_in
from tests.fake_xai.faults import FAULTS, TEAM

KEY = "xai-secret-0123456789"
PLACE = Place("xAI", "grok-4.3", "XAI_API_KEY", KEY)
PLAIN = [fault for fault in FAULTS if fault.reply.body is not None]


@pytest.mark.parametrize("fault", PLAIN, ids=lambda fault: fault.name)
def test_every_body_of_the_fact_sheet_finds_its_class(fault) -> None:
    said = said_by(fault.reply.status, fault.reply.body.decode(), fault.reply.headers["content-type"])
    error = classify(said, PLACE)
    assert fault.error in [kind.__name__ for kind in type(error).__mro__]
    assert error.retryable is fault.retries
    assert TEAM not in str(error)


@pytest.mark.parametrize(
    "body",
    [
        '{"code": "c", "error": "the text"}',
        '{"error": {"message": "the text", "type": "t", "code": "c"}}',
        '{"error": {"message": "the text", "type": "c", "code": null}}',
        '{"type": "error", "error": {"type": "c", "message": "the text"}}',
        '{"code": "c", "message": "the text"}',
        '[{"error": {"code": "c", "message": "the text"}}]',
        '{"code": "c", "detail": "the text"}',
    ],
)
def test_every_shape_gives_code_and_text(body: str) -> None:
    said = said_by(400, body)
    assert (said.code, said.text) == ("c", "the text")


def test_texts_that_are_no_json_are_the_text() -> None:
    assert said_by(400, "upstream connect error").text == "upstream connect error"
    assert said_by(400, '{"error": "only this"}').text == "only this"
    assert said_by(502, "<html><title>502\nBad</title>").html
    assert said_in("a bare string").text == "a bare string"


def test_the_key_is_in_no_detail() -> None:
    error = classify(Said(401, "", f"Incorrect API key provided: {KEY}"), PLACE)
    assert KEY not in str(error) + error.detail
    assert "[key]" in error.detail


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["error", "code", "message", "type", "x"]), inner),
)


@given(
    st.integers(100, 599),
    json_values.map(json.dumps) | st.text(),
    st.sampled_from(["", "text/html", "application/json"]),
)
def test_any_body_becomes_one_sentence(status: int, body: str, content_type: str) -> None:
    error = classify(said_by(status, body, content_type), PLACE)
    assert isinstance(error, ProviderError)
    assert str(error).endswith(".")
    assert "\n" not in str(error)
    assert "{" not in str(error)
    assert len(error.detail) <= 2000


def test_no_status_is_answered_by_chance() -> None:
    """4xx without a word is the request's fault, 5xx the endpoint's, whatever the number."""
    for status in range(400, 600):
        error = classify(Said(status), PLACE)
        assert error.retryable is (status in (408, 429) or (status >= 500 and status != 501)), status


def test_every_rule_can_be_reached() -> None:
    """A rule that an earlier one always hides is a mistake."""
    words = [
        "", "content violates usage guidelines", "out of credits", "certificate", "incorrect api key", "model",
        "maximum prompt length", "reasoning_effort", "unknown model", "at capacity", "rate limit", "invalid_request",
    ]  # fmt: skip
    reached = {
        next((rule for rule in RULES if rule.matches(said)), None)
        for status in range(200, 600)
        for text in words
        for said in (Said(status, "", text), Said(status, "", text, html=True))
    }
    assert set(RULES) <= reached
