"""Edits that nothing announces: diffs without header and fence, and indented or quoted ones; and words that only look so."""

from __future__ import annotations

from itertools import product
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import NoChange, Parser, Refusal, Resolved, parse_answer, resolve

TEXT = """import os
import sys

def f(x):
    y = x + 1
    return y


def g(a):
    b = a * 2

    return b
"""
CHANGED = TEXT.replace("y = x + 1", "y = x + 2")
HUNK = " def f(x):\n-    y = x + 1\n+    y = x + 2\n     return y\n"
PATCH = f"*** Begin Patch\n*** Update File: a.py\n@@\n{HUNK}*** End Patch\n"
FENCED = f"```diff\n{HUNK}```\n"


def outcome(answer: str, text: str = TEXT) -> str:
    made = resolve(text, answer, path="a.py")
    if isinstance(made, Resolved):
        return made.text
    return "" if isinstance(made, NoChange) else f"{made.code}: {made.message}"


@pytest.mark.parametrize(
    "answer",
    [
        HUNK,
        f"Here it is:\n\n{HUNK}\nThat adds two.\n",
        f"Here it is:\n{HUNK}",
        HUNK.replace("\n", "\r\n"),
        HUNK.rstrip("\n"),
        "-    y = x + 1\n+    y = x + 2\n",
        "Change it:\n\n-    y = x + 1\n+    y = x + 2\n\nDone.",
        "I changed:\n\n- the number\n\n" + HUNK + "\n- and nothing else\n",
    ],
)
def test_a_diff_without_header_and_fence_is_made(answer: str) -> None:
    assert outcome(answer) == CHANGED


def test_several_of_them_are_made_together() -> None:
    second = "-    b = a * 2\n+    b = a * 3\n\n     return b\n"
    both = CHANGED.replace("a * 2", "a * 3")
    assert outcome(f"First:\n\n{HUNK}\nand then:\n\n{second}") == both


def test_added_and_removed_lines_alone_need_the_lines_around_them() -> None:
    assert outcome(" def f(x):\n+    assert x\n     y = x + 1\n") == TEXT.replace("    y =", "    assert x\n    y =")
    assert outcome(" def f(x):\n-    y = x + 1\n     return y\n") == TEXT.replace("    y = x + 1\n", "")
    assert not outcome("+    assert x\n")
    assert "looks like a change" in outcome("-    y = x + 1\n\nNot needed.")


@pytest.mark.parametrize(
    "answer",
    [
        # One of its lines is not there, or not so.
        HUNK.replace(" def f(x):", " def f(z):"),
        "-    y = x + 1\n-    z = 3\n+    y = x + 2\n",
        # Where do the words end?
        "I changed:\n\n- the number\n" + HUNK.replace(" def f(x):\n", ""),
        # The mark and a blank: is it indented by one, or the item of a list?
        "- y = x + 1\n+ y = x + 2\n",
        "I did:\n\n- `y = x + 1`\n+ `y = x + 2`\n",
    ],
)
def test_what_looks_like_a_change_and_does_not_fit_is_refused_with_its_line(answer: str) -> None:
    said = outcome(answer)
    assert said.startswith("unmatched_edit: Line ")
    assert "looks like a change" in said


def test_code_beside_a_change_in_words_is_not_made_without_it() -> None:
    code = "```python\ndef g(a):\n    return a * 3\n```\n"
    assert outcome(code) != TEXT
    assert outcome(f"{code}\nAnd above:\n\n- y = x + 1\n+ y = x + 2\n").startswith("unmatched_edit")


@pytest.mark.parametrize("cut", [HUNK[: HUNK.index("\n     return")], HUNK[: HUNK.index("+  ")], HUNK[:-3], HUNK[:-15]])
def test_one_that_stops_is_not_made(cut: str) -> None:
    assert outcome(cut).startswith(("truncated_answer", "unmatched_edit"))


def test_cut_anywhere_nothing_else_is_made_of_it() -> None:
    answer = f"So:\n\n{HUNK}"
    for end in range(len(answer)):
        assert outcome(answer[:end]).startswith(("truncated_answer", "unmatched_edit")) or outcome(answer[:end]) in (
            "",
            CHANGED,
        ), answer[:end]


BLANKS = ["  ", "    ", "\t", "> ", ">"]


@pytest.mark.parametrize("blanks", BLANKS)
@pytest.mark.parametrize(
    "form", [PATCH, f"@@ @@\n{HUNK}", f"@@ def f(x): @@\n{HUNK}", f"@@ -4,3 +4,3 @@\n{HUNK}", FENCED]
)
def test_an_indented_or_quoted_diff_is_made(blanks: str, form: str) -> None:
    assert outcome(indent(form, blanks, lambda _: True)) == CHANGED
    assert outcome("1. Do it:\n\n" + indent(form, blanks, lambda _: True)) == CHANGED


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "10) ", "  - "])
def test_a_fence_that_begins_with_the_item_of_a_list_is_read(mark: str) -> None:
    item = mark + indent(FENCED, " " * len(mark)).lstrip()
    assert outcome(item) == CHANGED
    assert outcome(f"- First this:\n{item}- Then test it.\n") == CHANGED
    assert outcome(mark + indent(FENCED[:-4], " " * len(mark)).lstrip()).startswith("truncated_answer")


def test_a_removed_fence_of_a_patched_list_opens_none() -> None:
    old = "- ```\n  a = 1\n  ```\n- b\n"
    assert outcome("@@ -1,4 +1,1 @@\n-- ```\n-  a = 1\n-  ```\n - b\n", old) == "- b\n"


WORDS = st.sampled_from(
    [
        "import os",
        "y = x + 1",
        "return y",
        "b = a * 2",
        "f",
        "g",
        "the number",
        "`y`",
        "def f(x):",
        "sys",
        "",
        "x",
        "A + b",
    ]
)
ITEMS = st.builds(
    lambda blanks, mark, word: f"{blanks}{mark} {word}",
    st.sampled_from(["", "  ", "    "]),
    st.sampled_from("-+*"),
    WORDS,
)
PROSE = st.lists(ITEMS | WORDS.map(lambda word: f"So: {word}") | st.just(""), max_size=8)


@given(PROSE, st.sampled_from([TEXT, TEXT.replace("    ", "  "), TEXT.replace("    ", " "), "- a\n- b\n", "x\ny\n"]))
def test_no_list_in_words_is_taken_for_an_edit(lines: list[str], text: str) -> None:
    made = resolve(text, "\n".join(lines), path="a.py")
    assert isinstance(made, NoChange | Refusal), made


@pytest.mark.parametrize("count", range(1, 5))
def test_no_flags_and_numbers_in_words_are_taken_for_an_edit(count: int) -> None:
    said = ["-help", "-v", "--", "---", "+1", "-1", "-x y", "+++", " a", "-import os", ""]
    for lines in product(said, repeat=count):
        made = resolve("help\nv\n1\n-\nx y\na\n" + TEXT, "Flags:\n" + "\n".join(lines), path="a.py")
        assert isinstance(made, NoChange | Refusal), (lines, made)


@given(
    st.sampled_from([f"- First:\n{PATCH}", f"1. ```diff\n{indent(HUNK, '   ')}   ```\n", indent(PATCH, "  ")]),
    st.data(),
)
def test_however_it_streams_it_is_read_the_same(answer: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(answer)), max_size=6)))
    parser = Parser()
    for start, end in zip([0, *cuts], [*cuts, len(answer)], strict=True):
        parser.feed(answer[start:end])
    assert parser.finish() == parse_answer(answer)
