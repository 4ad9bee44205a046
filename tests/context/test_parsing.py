"""What tree-sitter leaves behind: an editor asks for a tree at every key press."""

from __future__ import annotations

import sys

import tree_sitter

from grok_ls.context.grammar import grammar_of
from grok_ls.context.languages import language_of
from grok_ls.context.parsing import parse_tree

PYTHON = language_of("a.py")
assert PYTHON
_found = grammar_of(PYTHON)
assert _found
GRAMMAR = _found
DATA = b"def area(width):\n    return width\n" * 500


def test_a_parse_keeps_no_piece_of_its_text() -> None:
    before = sys.getrefcount(DATA)
    trees = [parse_tree(DATA, GRAMMAR, None, None) for _ in range(3)]
    assert [tree.root_node.end_byte for tree in trees if tree] == [len(DATA)] * 3
    del trees
    assert sys.getrefcount(DATA) == before


def test_a_query_reads_the_text_of_a_tree_later() -> None:
    tree = parse_tree(DATA, GRAMMAR, None, None)
    assert tree is not None
    before = sys.getrefcount(DATA)
    query = tree_sitter.Query(GRAMMAR.language, '((identifier) @name (#eq? @name "area"))')
    assert len(tree_sitter.QueryCursor(query).matches(tree.root_node)) == 500
    assert sys.getrefcount(DATA) == before


def test_a_parse_that_gave_up_keeps_no_piece_of_its_text() -> None:
    before = sys.getrefcount(DATA)
    assert parse_tree(DATA, GRAMMAR, None, lambda: True) is None
    assert sys.getrefcount(DATA) == before


def test_tree_sitter_still_keeps_what_is_read_to_it() -> None:
    """The trap: when this fails, ``parse_tree`` may read plain bytes again."""
    piece = bytes(DATA)[:-1] + b" "
    before = sys.getrefcount(piece)
    tree_sitter.Parser(GRAMMAR.language).parse(lambda byte, _: piece if byte == 0 else piece[byte:])
    assert sys.getrefcount(piece) > before
