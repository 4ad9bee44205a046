"""One action after another in a document: the later prompt begins with the earlier one's context, and shows nothing that is not so."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grok_ls.context.collect import Context, Piece, collect
from grok_ls.context.continued import MOST, continued, still_true
from grok_ls.context.languages import language_of
from grok_ls.context.pieces import is_elision
from grok_ls.text import Source, Span

FUNCTIONS = 60
TEXT = "import os\n\n" + "".join(
    f"\ndef f_{number}(x):\n    y = x + {number}\n    return y * os.sep\n\n" for number in range(FUNCTIONS)
)
SOURCE = Source(TEXT, "main.py", "python")


def at(word: str, *others: Piece, tokens: int = 1500) -> Context:
    start = TEXT.index(word)
    return collect(SOURCE, Span(start, start), tokens=tokens, language=language_of("main.py", "", ""), others=others)


def lines_of(context: Context) -> list[tuple[str, int, str]]:
    return [
        (piece.path, number, line)
        for piece in context.shown
        for number, line in enumerate(piece.text.split("\n"), piece.first_line)
    ]


def beginnings(context: Context | None) -> list[str]:
    return [context.text, *beginnings(context.before)] if context is not None else []


ONE, OTHER = at("def f_3(", tokens=400), at("def f_50(", tokens=400)


def test_a_second_place_begins_with_the_bytes_of_the_first_and_adds_what_it_lacks() -> None:
    both = continued(ONE, OTHER, 4000)
    assert both.text.startswith(ONE.text + "\n\nMore of File: main.py\n⋮ ")
    assert set(lines_of(both)) == {*lines_of(ONE), *lines_of(OTHER)}
    assert len(lines_of(both)) == len(set(lines_of(both)))


def test_the_same_place_again_is_asked_with_the_same_bytes() -> None:
    both = continued(ONE, OTHER, 4000)
    assert continued(both, ONE, 4000).text == ONE.text
    assert continued(both, OTHER, 4000).text == both.text


def test_a_mark_says_how_many_lines_are_left_out() -> None:
    piece = Piece("main.py", 10, 11, "a\nb")
    first = Context((piece,), False, 40)
    second = continued(first, Context((replace(piece, first_line=20, last_line=21),), False, 40), 4000)
    assert second.text.removeprefix(first.text) == (
        "\n\nMore of File: main.py\n⋮ 19 lines not shown here\na\nb\n⋮ 19 lines not shown here"
    )
    assert all(is_elision(line) for line in second.text.split("\n") if "not shown" in line)


def test_what_another_file_has_more_of_follows_under_its_name() -> None:
    helper = Piece("helper.py", 4, 4, "def help(): ...")
    first = at("def f_3(", helper, tokens=600)
    second = continued(first, at("def f_3(", helper, replace(helper, first_line=9, last_line=9), tokens=600), 4000)
    assert second.text == first.text + "\n\nMore of File: helper.py\n⋮ 8 lines not shown here\ndef help(): ..."


def test_two_versions_of_a_line_are_never_shown() -> None:
    other = replace(OTHER, pieces=(replace(ONE.pieces[0], text=ONE.pieces[0].text.replace("import os", "import re")),))
    assert continued(ONE, other, 4000) == other


def test_a_beginning_that_makes_the_prompt_too_long_is_dropped() -> None:
    assert continued(ONE, OTHER, OTHER.tokens) == OTHER
    grown, now = ONE, ONE
    for number in range(4, FUNCTIONS):
        now = at(f"def f_{number}(", tokens=400)
        grown = continued(grown, now, 100_000)
        assert grown.tokens <= MOST * now.tokens


def test_part_of_a_line_is_not_gone_on_from() -> None:
    cut = Context((Piece("main.py", 1, 1, "x" * 10, cut=True),), False, 1)
    assert continued(ONE, cut, 4000) == cut


def test_only_what_is_still_true_comes_first() -> None:
    both = continued(ONE, OTHER, 4000)
    assert still_true(both, lambda _: True, ONE.line_count) == both
    assert still_true(both, lambda _: True, ONE.line_count + 1) is None
    assert still_true(both, lambda piece: piece in ONE.pieces, ONE.line_count) == ONE
    assert still_true(both, lambda piece: piece not in ONE.pieces, ONE.line_count) is None


@given(st.lists(st.tuples(st.integers(0, FUNCTIONS - 1), st.integers(100, 2000)), min_size=2, max_size=6))
def test_every_line_of_every_prompt_is_the_files_own_and_shown_once(asked: list[tuple[int, int]]) -> None:
    before: Context | None = None
    for number, tokens in asked:
        now = at(f"def f_{number}(", tokens=tokens)
        after = continued(before, now, 3000)
        seen = lines_of(after)
        assert len(seen) == len(set(seen))
        assert all(SOURCE.line_text(line - 1) == text for _, line, text in seen)
        assert set(seen) >= set(lines_of(now))
        assert after == now or any(after.text.startswith(earlier) for earlier in beginnings(before))
        before = after
