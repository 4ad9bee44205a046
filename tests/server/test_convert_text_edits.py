"""Edits as LSP text edits: the same text comes out, and none stands where an editor gets it wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import smallest
from grok_ls.server.convert import text_edits
from grok_ls.text import Encoding, Source

TEXTS = st.lists(st.sampled_from(["", "a", "b", "é😀", "x\u2028y", "\x0c"]), max_size=6)


def applied(source: Source, new: str, encoding: Encoding) -> str:
    """As LSP has it: all positions are of the document before, and edits at one place go in in their order."""
    text, out, at = source.text, [], 0
    for edit in text_edits(source, smallest(text, new), encoding):
        first, last = edit.range.start, edit.range.end
        start = source.offset_at(first.line, first.character, encoding)
        out += [text[at:start], edit.new_text]
        at = source.offset_at(last.line, last.character, encoding)
        assert start >= 0
        assert at >= start
    return "".join([*out, text[at:]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@given(old=TEXTS, new=TEXTS)
def test_text_edits_give_the_new_text(encoding: Encoding, end: str, old: list[str], new: list[str]) -> None:
    before, after = (end.join([*lines, ""]) for lines in (old, new))
    assert applied(Source(before), after, encoding) == after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_at_the_end_go_in_before_the_last_line_end(end: str) -> None:
    """Neovim 0.11 adds an empty line to an insertion behind the last line end."""
    old = f"a{end}b{end}"
    (edit,) = text_edits(Source(old), smallest(old, f"{old}c{end}"), "utf-8")
    assert (edit.range.start.line, edit.range.start.character, edit.new_text) == (1, 1, f"{end}c")
