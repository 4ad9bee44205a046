from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from grok_ls.redaction.piece import Piece
from grok_ls.redaction.rule import Rule
from grok_ls.redaction.rules import RULES
from grok_ls.redaction.shapes import find_shapes

_FILE = Path(__file__).parent.parent / "benchmarks" / "redaction" / "corpus.py"


def _fill(template: str) -> str:
    import sys

    spec = importlib.util.spec_from_file_location("redaction_corpus", _FILE)
    assert spec is not None
    assert spec.loader is not None
    corpus = sys.modules.get("redaction_corpus")
    if corpus is None:
        corpus = importlib.util.module_from_spec(spec)
        sys.modules["redaction_corpus"] = corpus
        spec.loader.exec_module(corpus)
    return str(corpus.fill(template, random.Random(11)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_of_a_rule_is_found_and_its_counter_example_is_not(rule: Rule) -> None:
    example = f'x = "{_fill(rule.example)}"'
    assert list(find_shapes(example))
    # In a long text its keys are looked for among the names first.
    long = "def area(width, height):\n    return width * height  # plain\n\n" * 70 + example
    assert list(find_shapes(Piece.whole(long))) == list(find_shapes(long)) != []
    assert not list(find_shapes(f'x = "{rule.miss}"'))
