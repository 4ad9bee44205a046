"""Words that stand nowhere are not looked for, and nothing is missed by that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.redaction.assignments import find_assignments
from grok_ls.redaction.beside import find_beside
from grok_ls.redaction.personal import find_personal
from grok_ls.redaction.piece import Piece, like, standing
from grok_ls.redaction.shapes import find_shapes
from grok_ls.redaction.span import Detector
from grok_ls.redaction.structure import find_structure

LAYERS = (find_shapes, find_structure, find_assignments, find_beside, find_personal)
FILLER = "def area(width, height):\n    return width * height  # plain\n\n\n" * 80


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_finds_the_same_in_a_text_that_knows_its_names(layer: Detector) -> None:
    from tests.benchmarks.redaction.seventh import measure
    from tests.benchmarks.redaction.sixth.generate import samples

    texts = [sample.text for sample in samples(8, each=1)] + [text for _, _, text, _ in measure.samples(8, each=1)]
    for at in range(0, len(texts), 12):
        text = FILLER + "\n\n".join(texts[at : at + 12])
        piece = Piece.whole(text)
        assert isinstance(piece, Piece)
        assert list(layer(piece)) == list(layer(text))


@given(st.text(alphabet="ab _.-|$/É\n", max_size=60), st.lists(st.text(alphabet="ab _.-|$/é", max_size=5)))
def test_a_word_that_stands_in_the_text_is_always_looked_for(text: str, words: list[str]) -> None:
    for lowered in (False, True):
        whole = Piece.whole(text + FILLER)
        there = standing(whole, words, lowered=lowered)
        searched = whole.lower() if lowered else whole
        assert [word for word in words if word in searched and word not in there] == []
        assert standing(like(whole, text), words, lowered=lowered) == there
        assert standing(text, words, lowered=lowered) == words
