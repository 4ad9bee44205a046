"""Whose a difference is, the editor's half of an edit or the user's typing: nothing that was typed is ever taken for the edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import Edit, apply, smallest
from grok_ls.server.landing import Half, Sent, Unclear, sent

BEFORE = "one\ntwo\nthree\nfour\nfive\n"


@pytest.mark.parametrize(
    ("target", "now"),
    [
        ("ONE\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nfive\n"),
        ("ONE\ntwo\nthree\nfour\nFIVE\n", "O\ntwo\nthree\nfour\nFI\n"),
        ("1\ntwo\nthree\nfour\n5\n", "\ntwo\nthree\nfour\nfive\n"),
        ("one\ntwo\nlonger text here\nfour\nfive\n", "one\ntwo\nlonger t\nfour\nfive\n"),
        ("one\ntwo\nthree\nabcdefgh\nabcdef\nfour\nfive\n", "one\ntwo\nthree\nabcdefgfour\nfive\n"),
        # Said by the shortest edit, the piece "foubar" begins behind the "fou" of the next line.
        ("one\ntwo\nthree\nfoubar baz\nfour\nfive\n", "one\ntwo\nthree\nfoubarfour\nfive\n"),
        # What is removed was, what takes its place did not come; and the other way round.
        ("one\ntwo\nlonger texts\nfour\nfive\n", "one\ntwo\n\nfour\nfive\n"),
        ("one\ntwo\nlonger texts\nfour\nfive\n", "one\ntwo\nlonger textsthree\nfour\nfive\n"),
        # In another place than it was sent to.
        ("one\ntwo\nthree\nabcdefgh\nabcdef\nfour\nfive\n", "one\ntwo\nthree\nfour\nfiabcdefgh\nabcdef\nve\n"),
    ],
)
def test_a_part_of_an_edit_is_found_and_would_be_taken_back(target: str, now: str) -> None:
    assert sent(BEFORE, target).left(now, applied=True) == Half(BEFORE)


def test_what_was_typed_elsewhere_stays() -> None:
    found = sent(BEFORE, "ONE\ntwo\nthree\nfour\nFIVE\n").left("ONE\ntwo\nthree!\nfour\nfive\n", applied=True)
    assert found == Half("one\ntwo\nthree!\nfour\nfive\n")


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize(
    "now",
    [
        "one!\ntwo\nthree\nfour\nfive\n",
        "one\ntwo\nthree!\nfour\nfive\n",
        "# ONE more thing\none\ntwo\nthree\nfour\nfive\n",
        "two\nthree\nfour\nfive\n",
        "on\ntwo\nthree\nfour\nfive\n",
        "mine\ntwo\nthree\nfour\nfive\n",
        "",
    ],
)
def test_typing_is_typing(now: str, applied: bool) -> None:
    assert sent(BEFORE, "ONE\ntwo\nthree\nfour\nFIVE\n").left(now, applied=applied) is None


def test_the_first_letter_of_an_insertion_may_be_the_users_own() -> None:
    target = BEFORE.replace("three\n", "three\nabcdefgh\n")
    now = BEFORE.replace("three\n", "three\na")
    assert sent(BEFORE, target).left(now, applied=True) == Unclear(4)
    # One that refuses an old version has typing in its way.
    assert sent(BEFORE, target).left(now, applied=False) is None


def test_half_an_edit_with_typing_grown_into_it_is_not_taken_back() -> None:
    target = BEFORE.replace("three\n", "three\nabcdefgh\n")
    assert sent(BEFORE, target).left(BEFORE.replace("three\n", "three\nabcdmine"), applied=True) == Unclear(4)


def test_an_editor_that_refuses_is_believed_unless_the_edit_is_there() -> None:
    edit = sent(BEFORE, "1\ntwo\nlonger text here\nfour\nfive\n")
    assert edit.left("\ntwo\nthree\nfour\nfive\n", applied=False) is None
    assert edit.left("1\ntwo\nlonger t\nfour\nfive\n", applied=False) == Half(BEFORE)


def test_what_is_neither_old_nor_of_the_edit_stays_and_is_named() -> None:
    found = sent(BEFORE, "ONE\ntwo\nthree\nfour\nFIVE\n").left("ONE\ntwo\nthree\nfour\nmine\n", applied=True)
    assert found == Half("one\ntwo\nthree\nfour\nmine\n", 5)


@pytest.mark.parametrize(
    ("target", "now", "restored"),
    [
        # An insertion that was made, with the user's own right above it, in the line above, and below it.
        (
            "one\nedited\ntwo\nthree\nfour\nFIVE\n",
            "one\nmine\nedited\ntwo\nthree\nfour\nfive\n",
            "one\nmine\ntwo\nthree\nfour\nfive\n",
        ),
        (
            "one\nedited\ntwo\nthree\nfour\nFIVE\n",
            "one mine\nedited\ntwo\nthree\nfour\nfive\n",
            "one mine\ntwo\nthree\nfour\nfive\n",
        ),
        (
            "one\nedited\ntwo\nthree\nfour\nFIVE\n",
            "one\nedited\nmine\ntwo\nthree\nfour\nfive\n",
            "one\nmine\ntwo\nthree\nfour\nfive\n",
        ),
        # A line that is gone, and what was typed in the next.
        ("one\ntwo\nfour\nFIVE\n", "one\ntwo\nfour mine\nfive\n", "one\ntwo\nthree\nfour mine\nfive\n"),
        # The beginning of what takes the place of a line, and a line above it.
        ("one\ntwo\nedited\nfour\nFIVE\n", "one\ntwo\nmine\nedit\nfour\nfive\n", "one\ntwo\nmine\nthree\nfour\nfive\n"),
    ],
)
def test_a_part_of_an_edit_is_found_beside_what_was_typed(target: str, now: str, restored: str) -> None:
    assert sent(BEFORE, target).left(now, applied=True) == Half(restored)


_WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "x = 1", "", "  y()", "end"]), max_size=8)
_TYPED = st.lists(
    st.tuples(st.integers(0, 200), st.text("«»§0123456789", min_size=1, max_size=6)), min_size=1, max_size=3
)


@given(_WORDS, _WORDS, _TYPED)
def test_no_typed_character_is_taken_back(
    lines: Sequence[str], wanted: Sequence[str], typed: Sequence[tuple[int, str]]
) -> None:
    before, target = "".join(f"{line}\n" for line in lines), "".join(f"{line}\n" for line in wanted)
    edit = sent(before, target)
    for text in (before, target, *(apply(before, edit.edits[:n]) for n in range(len(edit.edits)))):
        now = text
        for at, words in typed:
            now = now[: at % (len(now) + 1)] + words + now[at % (len(now) + 1) :]
        left = edit.left(now, applied=True)
        if isinstance(left, Half):
            assert sorted(c for c in left.restored if c in "«»§") == sorted(c for c in now if c in "«»§")


@given(_WORDS, _WORDS, st.data())
def test_without_typing_what_is_taken_back_is_the_whole_part(
    lines: Sequence[str], wanted: Sequence[str], data: st.DataObject
) -> None:
    before, target = "".join(f"{line}\n" for line in lines), "".join(f"{line}\n" for line in wanted)
    edit = sent(before, target)
    made = [one for one in edit.edits if data.draw(st.booleans())]
    cut = [Edit(one.span, one.new_text[: data.draw(st.integers(0, len(one.new_text)))]) for one in made]
    now = apply(before, cut)
    left = edit.left(now, applied=True)
    if now != before and not edit.landed(now) and isinstance(left, Half) and left.line is None:
        assert left.restored == before


def test_typing_at_the_end_of_an_inserted_part_is_not_a_part_of_the_edit() -> None:
    before = "".join(f"value_{number} = {number}\n" for number in range(9))
    target = before.replace("= 5\n", "= 5 + model_5_\n").replace("= 7\n", "= 7 + model_7_\n")
    edit = Sent(before, target, smallest(before, target))
    assert edit.landed(target.replace("model_5_", "model_5_ # typed"))
    assert edit.landed(target.replace("model_5_", "model_5_t"))
    assert not edit.landed(target.replace("model_5_", "model_5"))
    assert not edit.landed(before.replace("= 5\n", "= 5 # typed\n"))


def test_half_an_edit_of_alike_lines_is_taken_back_whole() -> None:
    edit = sent("alpha\nalpha\nalpha\n", "beta\nbeta\n\n")
    assert edit.left("a\nalpha\n\n", applied=True) == Half("alpha\nalpha\nalpha\n")


_STATES = st.sampled_from(["_1_", "_1", "1_", " # t_1_", "_1_ # t_1_", "\n", "_"])


@given(
    st.lists(st.booleans(), min_size=2, max_size=6),
    st.dictionaries(st.integers(0, 11), _STATES, max_size=4),
)
def test_an_insertion_is_there_whatever_was_typed_at_its_ends_and_elsewhere(
    edited: Sequence[bool], typed: Mapping[int, str]
) -> None:
    """The even places are behind each line's end, the odd ones behind what the edit puts in there."""
    lines = [f"v_{number}_ = 1" for number in range(len(edited))]
    new = [" + m_1_" if one else "" for one in edited]
    edit = sent("\n".join(lines), "\n".join(map("".join, zip(lines, new, strict=True))))
    now = "\n".join(
        f"{line}{typed.get(2 * number, '')}{put_in}{typed.get(2 * number + 1, '')}"
        for number, (line, put_in) in enumerate(zip(lines, new, strict=True))
    )
    assert not edit.edits or edit.landed(now)


_KINDS = {
    "keep": "value_{0} = {0}\n",
    "append": "value_{0} = {0} + model_{0}_\n",
    "replace": "model_{0}_()\n",
    "word": "model_{0} = {0}\n",
    "insert": "value_{0} = {0}\nmodel_{0}_ = {0}\n",
    "delete": "",
}
_TYPED = st.sampled_from([" # typed_1_", "\ntyped_1_", "v"])


@st.composite
def _edited(draw: st.DrawFn) -> tuple[Sent, list[str], list[int]]:
    """An edit, its target in pieces, one of each line, and which of them are as before."""
    kinds = draw(st.lists(st.sampled_from(["keep", *_KINDS]), min_size=3, max_size=9))
    pieces = [_KINDS[kind].format(number) for number, kind in enumerate(kinds)]
    before = "".join(_KINDS["keep"].format(number) for number in range(len(kinds)))
    return sent(before, "".join(pieces)), pieces, [number for number, kind in enumerate(kinds) if kind == "keep"]


@given(_edited(), st.data())
def test_an_edit_is_there_whatever_was_typed_in_the_lines_that_it_left_alone(
    drawn: tuple[Sent, list[str], list[int]], data: st.DataObject
) -> None:
    edit, pieces, kept = drawn
    for number in data.draw(st.sets(st.sampled_from(kept), max_size=3)) if kept and edit.edits else ():
        pieces[number] = pieces[number][:-1] + data.draw(_TYPED) + "\n"
    assert not edit.edits or edit.landed("".join(pieces))


@given(_edited(), st.data())
def test_an_edit_is_not_there_if_a_part_was_not_made_whatever_was_typed(
    drawn: tuple[Sent, list[str], list[int]], data: st.DataObject
) -> None:
    edit, _, _ = drawn
    made = [
        Edit(one.span, one.new_text if whole else one.new_text[: len(one.new_text) // 2])
        for one in edit.edits
        if (whole := data.draw(st.booleans())) or data.draw(st.booleans())
    ]
    now = apply(edit.before, made)
    if now == edit.target:
        return
    at = data.draw(st.integers(0, len(now)))
    now = now[:at] + data.draw(st.sampled_from(["", "§", " §§§", "\n§§§\n"])) + now[at:]
    assert now == edit.target or not edit.landed(now)


def test_new_text_beside_the_old_is_not_taken_for_typing() -> None:
    before, target = "a = 12\nb = 1\n", "a = 345\nb = 2\n"
    edit = Sent(before, target, smallest(before, target))
    assert not edit.landed("a = 34512\nb = 2\n")
