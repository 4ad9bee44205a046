"""Explanations that a client asks for by their URI."""

from __future__ import annotations

import pytest

from grok_ls.redaction.redact import Vocabulary, redact
from grok_ls.server.explaining import ServedExplanations, for_file


def test_the_oldest_of_many_explanations_goes() -> None:
    served = ServedExplanations()
    uris = [served.add(f"job-{number}", f"text {number}") for number in range(served.KEPT + 1)]
    assert "no longer kept" in served.text(uris[0])
    assert [served.text(uri) for uri in uris[1:]] == [f"text {number}" for number in range(1, served.KEPT + 1)]


async def test_a_document_counts_as_asked_for_once_its_text_was_given() -> None:
    served = ServedExplanations()
    uri = served.add("job-1", "text")
    served.text(uri)
    assert await served.was_asked_for(uri)


def test_a_file_holds_placeholders_and_says_what_they_are() -> None:
    vocabulary = Vocabulary(b"0" * 16)
    kept = redact('It logs in with password = "Zq8wYk3MnB5vR7tL" as ann.miller@corp.io.', vocabulary).text
    written = for_file(kept, vocabulary)
    first, _, rest = written.partition("\n\n")
    assert rest == kept
    assert first.startswith("> Your own values are not written to files.")
    assert "(password)" in first
    assert "(e-mail address)" in first
    assert "Zq8wYk3MnB5vR7tL" not in written


def test_a_file_holds_no_value_that_the_model_wrote_itself() -> None:
    vocabulary = Vocabulary(b"0" * 16)
    vocabulary.learn("API_KEY", "plain-words-of-the-key-77")
    assert "plain-words" not in for_file("The key is plain-words-of-the-key-77.", vocabulary)


def test_a_file_without_values_is_as_the_model_wrote_it() -> None:
    assert for_file("It adds.\n", Vocabulary(b"0" * 16)) == "It adds.\n"


def test_what_cannot_be_looked_at_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("grok_ls.redaction.redact.redact", broken)
    with pytest.raises(ValueError):
        for_file("It adds.", Vocabulary(b"0" * 16))
