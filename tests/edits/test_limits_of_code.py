"""Rewritten code, doubts, what is typed meanwhile, and the smallest edits: on either side of each limit."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import (
    Hunk,
    Line,
    NoChange,
    Parsed,
    Part,
    Refusal,
    Resolved,
    Rewrite,
    Unparsed,
    judge,
    parse_answer,
    read,
    rebase,
    resolve,
    smallest,
)
from grok_ls.edits.apply import _inside
from grok_ls.edits.files import new_text
from grok_ls.edits.indent import step
from grok_ls.edits.names import function_around
from grok_ls.edits.written import written
from tests.edits.answers import FUNCTION, fenced, made

# -- rewritten code -----------------------------------------------------------------------------------------------------------------

MODULE = "import os\n\n\ndef first(x):\n    return one(x)\n\n\ndef second(x):\n    return two(x)\n\n\ndef third(x):\n    return three(x)\n"


def definition(name: str, body: str) -> str:
    return f"def {name}(x):\n    return {body}\n"


@pytest.mark.parametrize("fresh", [1, 2, 3])
def test_new_definitions_stand_where_the_code_has_them(fresh: int) -> None:
    new = [definition(f"new_{number}", f"{number}") for number in range(fresh)]
    first = definition("first", "one(x)")
    below = "\n\n".join([first, *new, definition("second", "two(x)")])
    assert made(MODULE, fenced(below)) == MODULE.replace(first, "\n\n".join([first, *new]))
    last = definition("third", "three(x)")
    assert made(MODULE, fenced("\n\n".join([last, *new]))) == MODULE.replace(last, "\n\n".join([last, *new]))
    above = "\n\n".join([*new, definition("second", "two(x)"), last])
    want = MODULE.replace(definition("second", "two(x)"), "\n\n".join([*new, definition("second", "two(x)")]))
    assert made(MODULE, fenced(above)) == want


@pytest.mark.parametrize(
    ("gone", "fresh", "taken"), [(1, 0, False), (1, 1, True), (1, 2, True), (2, 1, False), (2, 2, True)]
)
def test_a_file_written_again_may_lack_as_many_definitions_as_it_has_new_ones(
    gone: int, fresh: int, taken: bool
) -> None:
    names = [f"name_{number}" for number in range(12)]
    text = "import os\n\n\n" + "\n\n".join(definition(name, f"{name} + 1") for name in names)
    kept = names[:5] + names[5 + gone :]
    code = [definition(name, f"{name} + 1") for name in kept]
    code[5:5] = [definition(f"fresh_{number}", "0") for number in range(fresh)]
    whole = "import os\n\n\n" + "\n\n".join(code)
    result = resolve(text, fenced(whole), path="a.py")
    if taken:
        assert isinstance(result, Resolved)
        assert result.text == whole
    else:
        assert isinstance(result, Refusal)
        assert all(name in result.message for name in names[5 : 5 + gone])


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_imports_of_rewritten_code_go_below_the_files(name: str) -> None:
    body = f"sys.{name}(x)"
    code = f"import sys\n\n\n{definition(name, body)}"
    was = definition(name, {"first": "one", "second": "two", "third": "three"}[name] + "(x)")
    assert made(MODULE, fenced(code)) == MODULE.replace(was, definition(name, body)).replace(
        "import os\n", "import os\nimport sys\n"
    )


@pytest.mark.parametrize("heads", range(1, 13))
def test_a_head_of_some_lines_still_opens_its_block(heads: int) -> None:
    """A head that is longer ends by its indentation, as it does in languages without braces."""
    arguments = [f"  int argument{number}," for number in range(heads)]
    function = "\n".join(["int run(", *arguments, "  int last) {", "  one();", "}"])
    text = f"{function}\n\nint other() {{\n  two();\n}}\n"
    assert made(text, fenced(function.replace("one()", "three()"), "c"), "a.c") == text.replace("one()", "three()")


NESTED_CLASS = (
    "class A:\n    x = 1\n\n    def f(self):\n        if self.x:\n            go()\n\n    def g(self):\n        pass\n"
)


@pytest.mark.parametrize("columns", [0, 2, 4, 6, 8, 12])
def test_a_rewritten_method_stands_as_deep_as_it_stood(columns: int) -> None:
    method = ["def f(self):", "    if self.x:", "        stop()"]
    code = "\n".join(" " * columns + line for line in method)
    assert made(NESTED_CLASS, fenced(code)) == NESTED_CLASS.replace("go()", "stop()")


@pytest.mark.parametrize("columns", [2, 6])
def test_a_method_of_which_a_line_stands_left_of_its_head_is_refused(columns: int) -> None:
    code = "\n".join([" " * columns + "def f(self):", " if self.x:", " " * 8 + "stop()"])
    assert isinstance(resolve(NESTED_CLASS, fenced(code), path="a.py"), Refusal)


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        ([], 4),
        (["a", "  b", "c"], 2),
        (["a", "   b", "      c", "d"], 3),
        # As often as each other: the smaller one.
        (["a", "    b", "c", "  d"], 2),
        (["a", "  d", "a", "    b"], 2),
        (["a", "    b", "a", "    b", "a", "  b"], 4),
    ],
)
def test_a_file_is_indented_by_its_usual_step(lines: list[str], unit: int) -> None:
    assert step(lines) == unit


# -- doubts -------------------------------------------------------------------------------------------------------------------------


def doubts(old: list[str], new: list[str]) -> set[str]:
    return {remark.doubt for remark in judge("\n".join(old) + "\n", "\n".join(new) + "\n")}


@pytest.mark.parametrize(("count", "told"), [(19, False), (20, True)])
def test_a_reformat_is_told_from_twenty_lines_on(count: int, told: bool) -> None:
    old = [f"call_{number}('a', {number})" for number in range(count)]
    assert ("reformat" in doubts(old, [line.replace("'", '"') for line in old])) is told


@pytest.mark.parametrize(("others", "told"), [(0, True), (5, True), (6, False)])
def test_a_reformat_is_told_if_most_of_the_change_is_one(others: int, told: bool) -> None:
    old = [f"call_{number}('a', {number})" for number in range(20 + others)]
    new = [line.replace("'", '"') for line in old[:20]] + [f"other_{number}()" for number in range(others)]
    assert ("reformat" in doubts(old, new)) is told


@pytest.mark.parametrize(("places", "told"), [(1, False), (4, False), (5, True), (10, True)])
def test_one_block_of_a_long_file_that_moved_inwards_is_no_reformat(places: int, told: bool) -> None:
    old = [f"call_{number}('a', {number})" for number in range(100)]
    each = 20 // places
    at = {100 // places * place + line for place in range(places) for line in range(each)}
    new = [f"    {line}" if number in at else line for number, line in enumerate(old)]
    assert ("reformat" in doubts(old, new)) is told


@pytest.mark.parametrize(("around", "told"), [(19, True), (20, True), (21, False)])
def test_a_reformat_of_half_of_the_file_is_told(around: int, told: bool) -> None:
    old = [f"call_{number}('a', {number})" for number in range(20 + around)]
    new = [f"    {line}" for line in old[:20]] + old[20:]
    assert ("reformat" in doubts(old, new)) is told


# -- roles --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [0, 1, 2, 5])
def test_edits_in_json_are_code_and_the_rest_words(words: int) -> None:
    said = ["So."] * words
    edit = ["{", ' "old_string": "x = 1",', ' "new_string": "x = 2"', "}"]
    parsed = parse_answer("\n".join([*said, *edit, *said]))
    assert not isinstance(parsed, NoChange | Unparsed)
    assert list(parsed.roles) == ["prose"] * words + ["code"] * 4 + ["prose"] * words


@pytest.mark.parametrize("words", [0, 1, 2, 5])
def test_pairs_are_removed_and_added_lines_between_marks(words: int) -> None:
    said = ["So."] * words
    edit = ["<old_str>", "x = 1", "y", "</old_str>", "<new_str>", "x = 2", "y", "</new_str>"]
    parsed = parse_answer("\n".join([*said, *edit, *said]))
    assert not isinstance(parsed, NoChange | Unparsed)
    own = ["marker", "removal", "context", "marker", "marker", "addition", "marker", "marker"]
    assert list(parsed.roles) == ["prose"] * words + own + ["prose"] * words
    assert parsed.prose == "\n".join([*said, *said])


@pytest.mark.parametrize("blanks", [0, 1, 2])
def test_a_name_of_a_file_stands_right_above_the_code(blanks: int) -> None:
    parsed = parse_answer("src/a.py\n" + "\n" * blanks + fenced(FUNCTION))
    assert not isinstance(parsed, NoChange | Unparsed)
    assert [code.path for code in parsed.rewrites] == ["src/a.py" if blanks < 2 else ""]


@pytest.mark.parametrize("words", [1, 2, 3, 4])
def test_a_bare_change_that_does_not_fit_is_named_by_its_line(words: int) -> None:
    answer = "\n".join([*["So."] * words, "", " a = 1", "-b = one(2)", "+b = one(3)"])
    parsed = read("a = 0\nb = one(2)\n", answer)
    assert isinstance(parsed, Unparsed)
    assert parsed.line == words + 3
    assert f"Line {parsed.line} " in parsed.message


HUNK = parse_answer(fenced("--- a/one.py\n+++ b/one.py\n@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d\n@@ @@\n+e\n f", "diff"))
BLOCK = parse_answer("two.py\n<<<<<<< SEARCH\na\nb\n=======\na\nc\n>>>>>>> REPLACE\n")
CODE = parse_answer("three.py\n" + fenced("def f():\n    pass"))
QUOTING = parse_answer("`````md\n````\n```python\nx\n```\n````\n`````\n")


@pytest.mark.parametrize("some", [[HUNK], [BLOCK], [CODE], [QUOTING], [HUNK, BLOCK], [BLOCK, HUNK], [HUNK, HUNK]])
def test_parts_that_are_written_down_again_are_read_as_the_same(some: list[object]) -> None:
    parts: list[Part] = []
    for one in some:
        assert isinstance(one, Parsed)
        parts += [*one.hunks, *one.rewrites]

    def told(part: Part) -> tuple[object, ...]:
        said = part.lines if isinstance(part, Rewrite) else tuple((line.kind, line.text) for line in part.lines)
        return part.path, said

    again = parse_answer(written(parts))
    assert isinstance(again, Parsed)
    assert [told(part) for part in (*again.hunks, *again.rewrites)] == [told(part) for part in parts]


@pytest.mark.parametrize("blanks", [0, 1, 2])
@pytest.mark.parametrize("lines", [["x = 1"], ["x = 1", "", "y = 2"], ["", "x = 1"]])
def test_a_new_file_ends_in_one_line_end(lines: list[str], blanks: int) -> None:
    code = Rewrite((*lines, *[""] * blanks))
    hunk = Hunk(tuple(Line("addition", line, f"+{line}", number) for number, line in enumerate(code.lines, 1)))
    assert new_text([code]) == new_text([hunk]) == "\n".join(lines) + "\n"


# -- what is typed meanwhile --------------------------------------------------------------------------------------------------------

BASE = ["one", "two", "three", "four"]


def single(word: str) -> list[tuple[str, int, list[str]]]:
    """Every change of one line: sort, place, result."""
    return [
        *(("insert", at, [*BASE[:at], word, *BASE[at:]]) for at in range(5)),
        *(("replace", at, [*BASE[:at], word, *BASE[at + 1 :]]) for at in range(4)),
        *(("delete", at, [*BASE[:at], *BASE[at + 1 :]]) for at in range(4)),
    ]


def test_two_changes_of_different_lines_are_both_kept_and_of_one_line_refused() -> None:
    for kind, at, theirs in single("theirs"):
        for other, place, ours in single("ours"):
            base, one, two = ("\n".join(lines) + "\n" for lines in (BASE, theirs, ours))
            made = rebase(base, one, two)
            if at == place and (kind == "insert") == (other == "insert"):
                # One and the same deletion is made once.
                assert made == (one if kind == other == "delete" else None)
                continue
            slots: list[list[str]] = [list[str]() for _ in range(5)]
            kept: list[list[str]] = [[line] for line in BASE]
            for sort, where, word in ((kind, at, "theirs"), (other, place, "ours")):
                if sort == "insert":
                    slots[where].append(word)
                else:
                    kept[where] = [word] if sort == "replace" else []
            want = [line for slot, lines in zip(slots, [*kept, []], strict=True) for line in (*slot, *lines)]
            assert made == "\n".join(want) + "\n", (theirs, ours)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x\na\na\ny\nn\n", True),
        ("n\nx\na\na\ny\n", True),
        ("x\nn\na\na\ny\n", True),
        ("x\na\nn\na\ny\n", False),
        ("x\na\na\nn\ny\n", True),
    ],
)
def test_a_line_typed_between_repeated_ones_of_which_one_was_added_is_a_conflict(typed: str, kept: bool) -> None:
    made = rebase("x\na\na\ny\n", typed, "x\na\na\na\ny\n")
    assert made == (typed.replace("a\na\n", "a\na\na\n") if kept else None)
    # The same with the two sides changed.
    assert rebase("x\na\na\ny\n", "x\na\na\na\ny\n", typed) == made


# -- names --------------------------------------------------------------------------------------------------------------------------

NESTED = [
    "x = 0",
    "def outer():",
    "    a = 1",
    "    def inner():",
    "        b = 2",
    "",
    "        return b",
    "    return a",
    "y = 0",
]


@pytest.mark.parametrize(
    ("at", "first", "end"),
    [(0, 0, 0), (1, 1, 8), (2, 1, 8), (3, 3, 7), (4, 3, 7), (5, 3, 7), (6, 3, 7), (7, 1, 8), (8, 0, 0), (99, 0, 0)],
)
def test_the_function_around_a_line_is_the_innermost(at: int, first: int, end: int) -> None:
    assert function_around(NESTED, at) == "\n".join(NESTED[first:end])


# -- the smallest edits -------------------------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("ab \u0301\r\n"), max_size=12), st.text(st.sampled_from("ab \u0301\r\n"), max_size=12))
def test_no_edit_parts_a_character_of_the_new_text(old: str, new: str) -> None:
    moved = 0
    for edit in smallest(old, new):
        start = edit.span.start + moved
        end = start + len(edit.new_text)
        assert not any(at and _inside(new, at) for at in (start, end))
        moved += len(edit.new_text) - len(edit.span)


@pytest.mark.parametrize(("pairs", "edits"), [(15, 1), (16, 2), (10_000, 2)])
def test_lines_of_too_many_words_are_one_edit(pairs: int, edits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("grok_ls.edits.apply"), "_TOKEN_PAIRS", pairs)
    assert len(smallest("one, two", "1, 2")) == edits
