"""Positions in every encoding, line tables, and texts that are edited, against plain and slow counting."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grok_ls.text import Encoding, Source, Span

# All that splits lines somewhere, what does so in LSP, characters of one to four bytes, a lone surrogate, and NUL.
ALPHABET = "ab \n\r\t\f\v\x1c\x85\u2028\u2029\u00e9\u4e2d\u0301\U0001f600\ud800\0"
TEXTS = st.text(ALPHABET, max_size=40)
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def units(text: str, encoding: Encoding) -> int:
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    name = encoding if encoding == "utf-8" else f"{encoding}-le"
    return len(text.encode(name, "surrogatepass")) // width


def lines(text: str) -> list[str]:
    return re.split("(?<=\n)|(?<=\r)(?!\n)", text)


@given(TEXTS)
@example("\r\n\r\r\n\n")
@example("a\r\nb\nc")
@example("")
def test_lines_end_where_lsp_says_and_nowhere_else(text: str) -> None:
    source = Source(text)
    found = [source.slice(source.line_span(line)) for line in range(source.line_count)]
    assert found == lines(text)
    assert [source.line_text(line) for line in range(source.line_count)] == [line.rstrip("\r\n") for line in found]


@given(TEXTS, st.data())
def test_an_offset_comes_back_from_its_position(text: str, data: st.DataObject) -> None:
    source = Source(text)
    offset = data.draw(st.integers(0, len(text)))
    for encoding in ENCODINGS:
        line, character = source.position_of(offset, encoding)
        start = source.line_starts[line]
        assert (line, character) == (source.line_of(offset), units(text[start:offset], encoding))
        # Between \r and \n there is no place in the protocol: it means the end of the line.
        expected = offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset
        assert source.offset_at(line, character, encoding) == expected


@given(TEXTS, st.integers(0, 12), st.integers(0, 60))
def test_any_position_means_the_last_place_that_is_not_behind_it(text: str, line: int, character: int) -> None:
    source = Source(text)
    for encoding in ENCODINGS:
        offset = source.offset_at(line, character, encoding)
        if line >= source.line_count:
            assert offset == len(text)
            continue
        start, content = source.line_starts[line], source.line_text(line)
        fitting = [n for n in range(len(content) + 1) if units(content[:n], encoding) <= character]
        assert offset == start + max(fitting)


@given(TEXTS, st.integers(-5, 200))
def test_bytes_and_code_points_agree_with_utf_8(text: str, byte: int) -> None:
    source = Source(text)
    data = text.encode("utf-8", "surrogatepass")
    for offset in range(len(text) + 1):
        assert source.byte_of(offset) == len(text[:offset].encode("utf-8", "surrogatepass"))
        assert source.offset_of_byte(source.byte_of(offset)) == offset
    wanted = max(0, min(byte, len(data)))
    assert source.offset_of_byte(byte) == max(n for n in range(len(text) + 1) if source.byte_of(n) <= wanted)


@given(TEXTS, TEXTS, st.data())
@example("a\rb", "\n", None)
@example("a\r\nb", "", None)
@example("a\r\nb", "x", None)
def test_an_edited_text_has_the_line_table_of_a_new_one(text: str, new: str, data: st.DataObject | None) -> None:
    spans = [Span(2, 2)] if data is None else None
    if spans is None:
        start = data.draw(st.integers(0, len(text)))  # type: ignore[union-attr]
        spans = [Span(start, data.draw(st.integers(start, len(text))))]  # type: ignore[union-attr]
    for span in spans:
        edited = Source(text, "a.py", "python").edited(span, new)
        whole = Source(text[: span.start] + new + text[span.end :])
        assert (edited.text, edited.line_starts) == (whole.text, whole.line_starts)
        assert (edited.path, edited.language) == ("a.py", "python")


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), TEXTS), max_size=12))
def test_many_edits_one_after_another_keep_the_line_table_right(edits: list[tuple[int, int, str]]) -> None:
    source = Source("one\r\ntwo\nthree\rfour")
    for one, other, new in edits:
        start, end = sorted((min(one, len(source.text)), min(other, len(source.text))))
        source = source.edited(Span(start, end), new)
    assert source.line_starts == Source(source.text).line_starts


def test_another_name_changes_nothing_but_the_name() -> None:
    source = Source("a\nb").named("src/a.py", "python")
    assert (source.text, source.path, source.language, source.line_starts) == ("a\nb", "src/a.py", "python", (0, 2))
    assert Source("a").path == ""


@given(TEXTS, st.data())
def test_whole_lines_are_the_lines_that_a_span_touches(text: str, data: st.DataObject) -> None:
    source = Source(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = source.whole_lines(Span(start, end))
    assert whole.contains(Span(start, end))
    assert whole.start in source.line_starts
    assert whole.end in (*source.line_starts, len(text))
    if end > start:
        # A line that the span only reaches the beginning of is not one that it touches.
        assert source.line_of(whole.end - 1) == source.line_of(end - 1)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (3, 2)])
def test_a_span_that_runs_backwards_is_none(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
def test_spans_overlap_when_they_share_a_character_or_a_place(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    if len(one) and len(other):
        shared = bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))
    else:
        shared = bool(set(range(one.start, one.end + 1)) & set(range(other.start, other.end + 1)))
    assert one.overlaps(other) is other.overlaps(one) is shared


@pytest.mark.parametrize("line", [-1, 2])
def test_a_line_that_does_not_exist_is_an_index_error(line: int) -> None:
    with pytest.raises(IndexError):
        Source("a\nb").line_span(line)


def test_a_negative_position_is_the_beginning() -> None:
    source = Source("a\U0001f600\nb")
    assert [source.offset_at(-1, 5, encoding) for encoding in ENCODINGS] == [0, 0, 0]
    assert [source.offset_at(0, -3, encoding) for encoding in ENCODINGS] == [0, 0, 0]
