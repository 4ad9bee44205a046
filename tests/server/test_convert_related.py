"""What a diagnostic points to besides its own place: the document, another file of the workspace, or nothing of use."""

from typing import Any

import pytest

from grok_ls.server.convert import finding_of
from grok_ls.server.wire import WireRelated, parse_diagnostic
from grok_ls.text import Finding, Place, Source, Span

HERE = "file:///w/a.py"
RANGE = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 3}}
SOURCE = Source("one\ntwo\nthree\n", "a.py")


def finding(*related: Any) -> Finding:
    raw = {"range": RANGE, "message": "wrong", "relatedInformation": list(related)}
    beside = {"file:///w/b.py": "b.py", "file:///w/./a.py": "a.py"}.get
    return finding_of(SOURCE, parse_diagnostic(raw), "utf-16", uri=HERE, beside=beside)


def related(uri: str, message: str = "see") -> dict[str, Any]:
    return {"message": message, "location": {"uri": uri, "range": RANGE}}


@pytest.mark.parametrize("uri", [HERE, "file:///w/./a.py"])
def test_a_place_in_the_document_counts_in_its_text(uri: str) -> None:
    assert finding(related(uri)).places == (Place("see", "a.py", 2, 2, Span(4, 7)),)


def test_a_place_in_another_file_counts_in_lines() -> None:
    found = finding(related("file:///w/b.py"))
    assert found.places == (Place("see", "b.py", 2, 2),)
    assert found.related == ()


@pytest.mark.parametrize("uri", ["file:///elsewhere/c.py", "untitled:Untitled-1", "https://example.org/b.py"])
def test_a_place_outside_of_the_workspace_folder_leaves_its_message_alone(uri: str) -> None:
    found = finding(related(uri))
    assert found.places == ()
    assert found.related == ("see",)


def test_places_of_a_compiler_that_lists_hundreds_are_bounded() -> None:
    found = finding(*(related(HERE, str(number)) for number in range(300)))
    assert len(found.places) == 8
    assert len(found.related) == 292


@pytest.mark.parametrize(
    "location",
    [None, 7, "x", {}, {"uri": 7}, {"uri": HERE}, {"uri": HERE, "range": {"start": {"line": -1, "character": 0}}}],
)
def test_a_location_that_is_none_leaves_the_message(location: Any) -> None:
    raw = {"range": RANGE, "message": "wrong", "relatedInformation": [{"message": "see", "location": location}, 5]}
    assert parse_diagnostic(raw).related in ((WireRelated("see"),), (WireRelated("see", HERE),))
