"""Explanations that a client asks for by their URI."""

from __future__ import annotations

from grok_ls.server.explaining import ServedExplanations


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
