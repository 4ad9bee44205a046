"""Marks of the context (``⋮ 28 lines not shown``) in an answer: what they stand for stays, and none of them lands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.context.pieces import ELISION, elision
from grok_ls.edits import Definition, Refusal, Resolved, resolve
from grok_ls.edits.marks import MARK, is_mark
from grok_ls.text import Span

BODY = [f"    step_{number} = work({number})" for number in range(40)]
LINES = [
    "import os",
    "",
    "def run():",
    "    before = 1",
    *BODY,
    "    after = 2",
    "    return after",
    "",
    "def stop():",
    "    pass",
]
TEXT = "\n".join(LINES) + "\n"
WRITTEN = st.sampled_from(
    [
        "⋮ 40 lines not shown",
        "⋮",
        "⋮ ...",
        "    ⋮ 40 lines not shown",
        "# ⋮ 40 lines not shown",
        "  // ⋮",
        "... 40 lines not shown",
    ]
)


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


def fenced(*lines: str) -> str:
    return "\n".join(["```diff", *lines, "```"])


def blocks(old: list[str], new: list[str]) -> str:
    return "\n".join(["<<<<<<< SEARCH", *old, "=======", *new, ">>>>>>> REPLACE"])


def test_the_mark_is_the_one_of_the_prompts() -> None:
    assert MARK == ELISION
    assert is_mark(elision(1))
    assert is_mark(elision(28))


@pytest.mark.parametrize("line", ["a ⋮ b", "x = '⋮ 3'", "# three lines are not shown to you", "", "..."])
def test_other_lines_are_no_marks(line: str) -> None:
    assert not is_mark(line)


@given(WRITTEN, st.sampled_from([" ", ""]))
def test_a_mark_in_a_diff_is_a_gap(mark: str, sign: str) -> None:
    answer = fenced(
        "@@ @@", " def run():", "-    before = 1", "+    before = 10", sign + mark, "-    after = 2", "+    after = 20",
        "     return after",
    )  # fmt: skip
    expected = TEXT.replace("before = 1", "before = 10").replace("after = 2", "after = 20")
    assert text_of(resolve(TEXT, answer)) == expected


@given(WRITTEN)
def test_a_mark_in_a_block_is_a_gap(mark: str) -> None:
    answer = blocks(
        ["def run():", "    before = 1", mark, "    after = 2"],
        ["def run():", "    before = 10", mark, "    after = 20"],
    )
    expected = TEXT.replace("before = 1", "before = 10").replace("after = 2", "after = 20")
    assert text_of(resolve(TEXT, answer)) == expected


@given(WRITTEN, WRITTEN)
def test_a_mark_that_is_taken_away_and_put_back_is_a_gap(mark: str, other: str) -> None:
    diff = fenced(
        "@@ @@", " def run():", "-    before = 1", f"-{mark}", "-    after = 2", "+    before = 10", f"+{other}", "+    after = 20",
    )  # fmt: skip
    expected = TEXT.replace("before = 1", "before = 10").replace("after = 2", "after = 20")
    assert text_of(resolve(TEXT, diff)) == expected
    assert text_of(resolve(TEXT, blocks(["    before = 1", mark], ["    before = 10", other]))) == TEXT.replace(
        "before = 1", "before = 10"
    )


@given(WRITTEN)
def test_what_a_mark_stands_for_is_never_deleted(mark: str) -> None:
    for answer in (
        fenced("@@ @@", " def run():", "     before = 1", f"-{mark}", "     after = 2"),
        fenced("@@ @@", " def run():", "-    before = 1", f"-{mark}", "-    after = 2", "+    pass"),
        blocks(["    before = 1", mark, "    after = 2"], ["    pass"]),
    ):
        result = resolve(TEXT, answer)
        assert isinstance(result, Refusal), result
        assert "line " in result.message


@given(WRITTEN)
def test_a_mark_is_never_written(mark: str) -> None:
    for answer in (
        fenced("@@ @@", " def run():", "-    before = 1", "+    before = 10", f"+{mark}"),
        blocks(["    before = 1"], ["    before = 10", mark]),
    ):
        assert isinstance(resolve(TEXT, answer), Refusal)


@given(WRITTEN)
def test_a_mark_in_rewritten_code_keeps_what_it_stands_for(mark: str) -> None:
    code = "\n".join(
        ["```python", "def run():", "    before = 10", mark, "    after = 2", "    return after + 1", "```"]
    )
    expected = TEXT.replace("before = 1", "before = 10").replace("return after", "return after + 1")
    assert text_of(resolve(TEXT, code)) == expected


@given(WRITTEN, st.booleans())
def test_rewritten_code_that_loses_its_way_at_a_mark_is_refused(mark: str, region: bool) -> None:
    code = "\n".join(["```python", "def run():", "    other()", mark, "    unknown()", "```"])
    result = resolve(TEXT, code, region=Span(11, len(TEXT)) if region else None)
    assert isinstance(result, Refusal), result


def test_a_document_may_have_such_lines_of_its_own() -> None:
    text = "a\n⋮ 3 lines not shown\nb\n"
    assert text_of(resolve(text, fenced("@@ @@", " a", "-⋮ 3 lines not shown", "+c", " b"))) == "a\nc\nb\n"
    assert text_of(resolve(text, fenced("@@ @@", " ⋮ 3 lines not shown", "-b", "+c"))) == text.replace("b", "c")


def test_a_piece_of_a_long_line_is_neither_removed_nor_written() -> None:
    text = "x = 1\nlong = '" + "a" * 200 + "'\n"
    piece = "⋮" + "a" * 50 + "⋮"
    for answer in (fenced("@@ @@", " x = 1", f"-{piece}", "+y = 2"), fenced("@@ @@", "-x = 1", f"+x = '{'a' * 50}⋮")):
        assert isinstance(resolve(text, answer), Refusal)


def test_rewritten_code_deletes_no_line_that_was_not_shown() -> None:
    start, end = TEXT.index("def run"), TEXT.index("\n\ndef stop")
    code = "```python\ndef run():\n    before = 10\n    after = 2\n    return after\n```"
    hidden = TEXT.index("    step_3 =")
    shown = [Span(0, hidden), Span(TEXT.index("    after"), len(TEXT))]
    definitions = [Definition("run", Span(start, end))]
    result = resolve(TEXT, code, definitions=definitions, shown=shown)
    assert isinstance(result, Refusal)
    assert "line 8 " in result.message
    assert isinstance(resolve(TEXT, code, definitions=definitions), Resolved)
    assert isinstance(resolve(TEXT, code, definitions=definitions, shown=[Span(0, len(TEXT))]), Resolved)


@given(st.lists(st.sampled_from([*LINES[2:8], "⋮ 40 lines not shown", "⋮", "    new()"]), max_size=12), st.data())
def test_whatever_the_answer_no_mark_lands_and_no_hidden_line_goes(lines: list[str], data: st.DataObject) -> None:
    """Lines from ``step_4`` on were not shown, and no answer quotes them."""
    signs = data.draw(st.lists(st.sampled_from([" ", "-", "+", ""]), min_size=len(lines), max_size=len(lines)))
    cut = data.draw(st.integers(0, len(lines)))
    shown = [Span(0, TEXT.index(BODY[4])), Span(TEXT.index("    after"), len(TEXT))]
    for answer in (
        fenced("@@ @@", *(sign + line for sign, line in zip(signs, lines, strict=True))),
        blocks(lines[:cut], lines[cut:]),
        "\n".join(["```python", *lines, "```"]),
    ):
        for region in (None, Span(11, len(TEXT))):
            result = resolve(TEXT, answer, region=region, shown=shown)
            if isinstance(result, Resolved):
                assert MARK not in result.text
                assert all(line in result.text.split("\n") for line in BODY[4:])
