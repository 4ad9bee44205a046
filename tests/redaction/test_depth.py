"""What is found does not depend on how far down a text it stands, nor on how much follows: every look around is bounded by the text's ends."""

from __future__ import annotations

import json

import pytest

from grok_ls.redaction.placeholder import TYPES, held_back, word
from tests.redaction.golden.__main__ import HERE, LAYERS

pytestmark = pytest.mark.slow


CASES = [json.loads(line)["text"] for line in (HERE / "cases.jsonl").read_text("utf-8").split("\n") if line]
# Words that none of the layers has anything to say about, and that end a paragraph.
LINE = "Nothing is said here.\n"
ABOVE = [LINE * lines + "\n" for lines in (1, 5, 37)]
# What breaks off at the end of the text is found because it does, and a key without its end goes on below.
BELOW = [name for name in LAYERS if name != "cut"]
WHOLE = [text for text in CASES if text.count("-----BEGIN") == text.count("-----END")]


@pytest.mark.parametrize("layer", LAYERS)
def test_what_stands_further_down_is_found_as_well(layer: str) -> None:
    find = LAYERS[layer]
    for number, text in enumerate(CASES):
        above = ABOVE[number % 3]
        want = [(one.start + len(above), one.end + len(above), one.kind) for one in find(text)]
        assert [(one.start, one.end, one.kind) for one in find(above + text)] == want, text


@pytest.mark.parametrize("layer", BELOW)
def test_what_more_follows_it_is_found_as_well(layer: str) -> None:
    find = LAYERS[layer]
    for number, text in enumerate(WHOLE):
        want = [(one.start, one.end, one.kind) for one in find(text + "\n")]
        found = find(text + "\n\n" + ABOVE[number % 3])
        assert [(one.start, one.end, one.kind) for one in found if one.start < len(text)] == want, text


# Further than any layer looks around; blank lines cost nothing.
FAR = "\n" * 8_400


@pytest.mark.parametrize("layer", BELOW)
def test_what_stands_far_away_says_nothing_of_it(layer: str) -> None:
    find = LAYERS[layer]
    for text in WHOLE[::24]:
        first = [(one.start, one.end, one.kind) for one in find(text + "\n" + FAR)]
        twice = [(one.start, one.end, one.kind) for one in find(text + "\n" + FAR + text + "\n")]
        assert [one for one in twice if one[0] < len(text)] == first, text


@pytest.mark.parametrize("above", [0, 1, 30, 300])
@pytest.mark.parametrize("number", [1, 42, 999_999_999])
def test_every_beginning_of_a_placeholder_is_held_back(above: int, number: int) -> None:
    for kind in TYPES:
        placeholder = word(kind, number, b"seed")
        for size in range(1, len(placeholder)):
            assert held_back("GG " * above + placeholder[:size]) == size
