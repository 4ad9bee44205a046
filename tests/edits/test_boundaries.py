"""The smallest parts of placing and rendering, at their boundaries: each was changed by a mutant that no other test saw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import Edit, NoChange, Refusal, Resolved, linediff, resolve
from grok_ls.edits.apply import _inside, _joined, apply, smallest
from grok_ls.edits.buffer import Buffer
from grok_ls.edits.indent import _written
from grok_ls.edits.linediff import changed_blocks
from grok_ls.edits.placed import Change
from grok_ls.edits.reindent import reindented
from grok_ls.edits.render import rendered
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
        # A letter of another script beside a Latin one.
        ("aЖ", 1, False),
        ("aЖ", 0, False),
        ("\N{ZERO WIDTH JOINER}Ж", 1, True),
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


def test_a_line_put_before_an_empty_one_and_the_last_ones_taken_away_are_one_edit() -> None:
    diff = "```diff\n@@ -1,3 +1,2 @@\n+b\n \n-a\n-b\n```"
    made = resolve("\na\nb", diff)
    assert isinstance(made, Resolved)
    assert made.text == "b\n"


def test_a_rule_of_signs_makes_no_edit_of_words() -> None:
    text = "import os\nimport sys\n"
    assert isinstance(resolve(text, "Flags:\n-import os\n+++\n"), Refusal)
    assert isinstance(resolve(text, "These remain:\n---\n import os\n import sys\n---\n"), NoChange)


@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "  b"]), st.sampled_from(["\n", "\r\n"])), max_size=5),
    st.booleans(),
    st.lists(st.sampled_from(["c", "", " d"]), max_size=3),
    st.data(),
)
def test_changed_lines_leave_every_other_line_and_its_end(
    said: list[tuple[str, str]], final: bool, new: list[str], data: st.DataObject
) -> None:
    text = "".join(line + end for line, end in said)
    buffer = Buffer(text if final else text.removesuffix("\n").removesuffix("\r"))
    start = data.draw(st.integers(0, len(buffer.lines)))
    end = data.draw(st.integers(start, len(buffer.lines)))
    made, edits = rendered(buffer, [Change(start, end, tuple(new))])
    assert apply(buffer.text, edits) == made
    want = [*buffer.lines[:start], *new, *buffer.lines[end:]]
    after = Buffer(made)
    # What follows the last line end is a line only if there is something.
    assert after.lines == want or [*after.lines, ""] == want
    ends = [buffer.end_of(line) for line in range(len(buffer.lines))]
    for line, kept in enumerate(ends):
        at = line if line < start else line + len(new) - (end - start)
        if kept and not start <= line < end and at < len(after.lines) - 1:
            assert after.end_of(at) == kept
    added = {after.end_of(line) for line in range(start, min(start + len(new), len(after.lines) - 1))}
    assert added <= ({*ends} - {""} or {"\n"})
    if want and ends:
        assert made == "" or made.endswith("\n") is bool(ends[-1]) or not want[-1]


FEW = st.lists(st.sampled_from("abcde"), max_size=9)


@given(FEW, FEW)
def test_between_two_changed_blocks_are_equal_lines(olds: list[str], news: list[str]) -> None:
    old = new = 0
    for number, block in enumerate(changed_blocks(olds, news)):
        assert olds[old : block.old_start] == news[new : block.new_start]
        assert number == 0 or block.old_start > old
        old, new = block.old_end, block.new_end
    assert olds[old:] == news[new:]


@pytest.mark.parametrize(
    ("added", "indents"),
    [
        # Line by line in the place of others, whatever they open or close.
        (["a = 2", "b = 2"], ["    ", "        "]),
        (["if x:", "c = 2"], ["    ", "        "]),
        (["a = 1", "b = 2"], ["    ", "        "]),
        # One more: what the lines above and below do not say is not guessed.
        (["a = 1", "c = 3", "b = 1"], None),
    ],
)
def test_lines_without_indentation_take_that_of_those_they_replace(added: list[str], indents: list[str] | None) -> None:
    buffer = Buffer("def f():\n    a = 1\n        b = 1\n    end()\n")
    want = None if indents is None else [indent + line for indent, line in zip(indents, added, strict=True)]
    assert reindented(buffer, 1, 3, added) == want
