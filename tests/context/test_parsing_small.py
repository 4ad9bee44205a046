"""A server parses for days: nothing of a text may stay when its tree is gone."""

from __future__ import annotations

import sys
import tracemalloc

from grok_ls.context.grammar import grammar_of
from grok_ls.context.languages import language_of
from grok_ls.context.parsing import parse_tree

TEXT = b"def area(w, h):\n    return w * h\n\n\n" * 40


def test_a_small_text_is_kept_by_nobody_and_neither_is_anything_that_was_read_of_it() -> None:
    language = language_of("main.py", "python", "")
    assert language is not None
    grammar = grammar_of(language)
    assert grammar is not None
    data = bytes(bytearray(TEXT))
    known = sys.getrefcount(data)
    parse_tree(data, grammar, None, None)
    assert sys.getrefcount(data) == known
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(100):
            assert parse_tree(data, grammar, None, None) is not None
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 100 * 50
