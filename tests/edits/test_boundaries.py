"""The smallest parts of placing and rendering, at their boundaries: each was changed by a mutant that no other test saw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import Edit, linediff
from grok_ls.edits.apply import _inside, _joined, apply, smallest
from grok_ls.edits.buffer import Buffer
from grok_ls.edits.indent import _written
from grok_ls.edits.linediff import changed_blocks
from grok_ls.edits.target import signature_of
from grok_ls.text import Span

MIXED = st.text(st.sampled_from("ab\r\n"), max_size=12)


@given(MIXED)
def test_a_buffer_finds_the_line_of_every_character(text: str) -> None:
    buffer = Buffer(text)
    for line in range(len(buffer.lines)):
        start = buffer.offset(line)
        # Its end belongs to the line, but for the second half of CRLF, where no edit begins.
        for at in range(start, start + max(1, len(buffer.lines[line]))):
            if at < len(text):
                assert buffer.line_of(at) == line


@pytest.mark.parametrize(
    ("columns", "tab", "tabs", "written"),
    [(9, 4, True, "\t\t "), (8, 4, True, "\t\t"), (3, 4, True, "   "), (7, 8, False, " " * 7), (18, 8, True, "\t\t  ")],
)
def test_columns_are_written_as_tabs_and_the_rest_as_blanks(columns: int, tab: int, tabs: bool, written: str) -> None:
    assert _written(columns, tab, tabs) == written


@pytest.mark.parametrize(
    ("text", "index", "inside"),
    [
        ("\r\n", 1, True),
        ("\rX", 1, False),
        ("a\n", 1, False),
        ("\n", 0, False),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}", 1, True),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}", 1, True),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-6}", 1, True),
        ("\N{THUMBS UP SIGN}\N{PARTY POPPER}", 1, False),
        ("e\N{COMBINING ACUTE ACCENT}", 1, True),
        ("e", 1, False),
    ],
)
def test_what_a_reader_takes_for_one_character_is_not_parted(text: str, index: int, inside: bool) -> None:
    assert _inside(text, index) is inside


def test_an_edit_grows_no_further_than_to_the_next_one() -> None:
    family = "a\N{ZERO WIDTH JOINER}b\N{ZERO WIDTH JOINER}c\N{ZERO WIDTH JOINER}d"
    edits = [Edit(Span(0, 1), "x"), Edit(Span(2, 3), "y"), Edit(Span(6, 7), "z")]
    assert apply(family, _joined(family, edits)) == family.replace("a", "x").replace("b", "y").replace("d", "z")


@given(MIXED, MIXED)
def test_the_smallest_edits_make_the_new_text_and_part_no_line_end(old: str, new: str) -> None:
    edits = smallest(old, new)
    assert apply(old, edits) == new
    for edit in edits:
        for at in (edit.span.start, edit.span.end):
            assert old[max(0, at - 1) : at + 1] != "\r\n"


def test_blocks_too_large_to_compare_are_taken_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    olds, news = ["a", "x", "a", "b"], ["b", "x", "b", "a"]
    fine = changed_blocks(olds, news)
    monkeypatch.setattr(linediff, "_PAIRS", 1)
    monkeypatch.setattr(linediff, "_anchors", lambda *_: [])
    (whole,) = changed_blocks(olds, news)
    assert (whole.old_start, whole.old_end, whole.new_start, whole.new_end) == (0, 4, 0, 4)
    assert len(fine) > 1


def test_the_signature_is_the_outermost_line_that_defines() -> None:
    assert signature_of(["@decorated", "    x = 1", "def f(x):", "    def g(): ..."]) == "def f(x):"
    assert signature_of(["", "# only words", "total = 0"]) == "total = 0"
    assert signature_of([]) == ""
