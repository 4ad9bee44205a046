"""What the third corpus found (``tests/benchmarks/edits/third``), one test each."""

from __future__ import annotations

import pytest

from grok_ls.edits import Refusal, Resolved, resolve
from grok_ls.edits.elision import is_elision

TEXT = (
    "import os\nimport re\n\n\ndef first(a):\n    size = len(a)\n    return size\n\n\n"
    "def second(b):\n    size = len(b)\n    return size + 1\n\n\ndef third(c):\n    return c\n"
)


def diff(*lines: str) -> str:
    return "\n".join(["```diff", *lines, "```", ""])


def block(old: str, new: str) -> str:
    return f"<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE\n"


def code(text: str, language: str = "python") -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


@pytest.mark.parametrize("header", ["--- a/pkg/one.py", "+++ b/pkg/one.py", "--- one.py", "+++ pkg/one.py"])
def test_one_file_name_without_the_other_is_a_header(header: str) -> None:
    answer = diff(header, "@@ -15,2 +15,2 @@", " def third(c):", "-    return c", "+    return -c")
    assert text_of(resolve(TEXT, answer, path="pkg/one.py")) == TEXT.replace("return c\n", "return -c\n")
    other = resolve(TEXT, answer, path="pkg/two.py")
    assert isinstance(other, Refusal)


def test_a_removed_line_that_begins_with_two_dashes_is_no_header() -> None:
    answer = diff("@@ @@", " select 1", "--- a note.sql", "+-- another", " select 2")
    assert text_of(resolve("select 1\n-- a note.sql\nselect 2\n", answer)) == "select 1\n-- another\nselect 2\n"


@pytest.mark.parametrize(
    "at", ["@@ -11 @@", "@@ -11,1 @@", "@@ line 11 @@", "@@ Lines 11-12 @@", "@@ -11 +11 @@", "@@ -13 @@"]
)
def test_a_line_number_alone_decides_between_equal_places(at: str) -> None:
    text = TEXT.replace("len(b)", "len(a)").replace("def second(b)", "# filler\n" * 80 + "def second(b)")
    answer = diff(at.replace("11", "91").replace("13", "93"), "-    size = len(a)", "+    size = 0")
    assert text_of(resolve(text, answer)).count("size = 0\n    return size + 1") == 1


def test_a_number_that_is_far_from_both_places_decides_nothing() -> None:
    text = TEXT.replace("len(b)", "len(a)")
    for number in (8, 9, 40):
        assert isinstance(resolve(text, diff(f"@@ -{number} @@", "-    size = len(a)", "+    size = 0")), Refusal)


@pytest.mark.parametrize("form", ["{n:>4} | {t}", "{n}: {t}", "{n:>6}→{t}", "{n}\t{t}", "{n:>3}  {t}", "{n}|{t}"])
@pytest.mark.parametrize("first", ["", "    "])
def test_line_numbers_of_a_listing_are_not_written_into_the_file(form: str, first: str) -> None:
    text = f"def f():\n    a = 1\n# about b\n    b = 2\n{first}c = 3\n"
    lines = [
        *(" " + form.format(n=2 + at, t=line) for at, line in enumerate(text.split("\n")[1:3])),
        "-" + form.format(n=4, t="    b = 2"),
        "+" + form.format(n=4, t="    b = 20"),
        "+" + form.format(n=5, t="    more = 5"),
        " " + form.format(n=5, t=f"{first}c = 3"),
    ]
    assert text_of(resolve(text, diff("@@ @@", *lines))) == text.replace("b = 2\n", "b = 20\n    more = 5\n")


def test_the_marker_in_the_place_of_the_first_blank_is_no_dedent() -> None:
    answer = diff("@@ @@", "    size = len(b)", "+   size += 1", "    return size + 1")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("len(b)\n", "len(b)\n    size += 1\n")


def test_context_that_lost_its_marker_says_nothing_of_the_added_lines() -> None:
    answer = diff("@@ @@", "    size = len(b)", "+    size += 1", "    return size + 1")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("len(b)\n", "len(b)\n    size += 1\n")


@pytest.mark.parametrize("extra", [" ", "  "])
def test_blanks_behind_the_markers_of_changed_lines_are_no_indentation(extra: str) -> None:
    added = ["    if (", "            b):", "        size = 2", "    return size + 2"]
    lines = [
        " def second(b):",
        f"-{extra}    size = len(b)",
        f"-{extra}    return size + 1",
        *(f"+{extra}{line}" for line in added),
    ]
    expected = TEXT.replace("    size = len(b)\n    return size + 1\n", "\n".join(added) + "\n")
    assert text_of(resolve(TEXT, diff("@@ @@", *lines, " ", " ", " def third(c):"))) == expected


def test_a_marker_over_the_first_blank_of_changed_lines_only_is_none_either() -> None:
    lines = [
        "     return size",
        " ",
        " ",
        " def second(b):",
        "-   size = len(b)",
        "+   size = (len(b) +",
        "+           1)",
        "     return size + 1",
    ]
    expected = TEXT.replace("    size = len(b)\n", "    size = (len(b) +\n            1)\n")
    assert text_of(resolve(TEXT, diff("@@ @@", *lines))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("second(b)", "second(b, c)"),
        ("len(b)\n    return size + 1", "len(b)\n    return size + 2"),
        ("second(b):\n    size", "second(b=1):\n    size"),
        ("  + 1  ", " + 2"),
        (" + 1", ""),
    ],
)
def test_a_search_that_begins_or_ends_within_a_line_is_replaced_within_it(old: str, new: str) -> None:
    expected = TEXT.replace(old if old in TEXT else old.strip(), new if old in TEXT else new.strip())
    assert text_of(resolve(TEXT, block(old, new))) == expected
    assert text_of(resolve(TEXT.replace("\n", "\r\n"), block(old, new))) == expected.replace("\n", "\r\n")


def test_a_part_of_a_line_that_stands_in_several_places_is_ambiguous() -> None:
    result = resolve(TEXT, block("size = len(", "length = len("))
    assert isinstance(result, Refusal)
    assert result.code == "ambiguous_edit"


def test_a_diff_quotes_whole_lines() -> None:
    assert isinstance(resolve(TEXT, diff("@@ @@", "-    return size +", "+    return size -")), Refusal)


def test_two_parts_of_one_line_are_replaced_one_after_the_other() -> None:
    text = "total = price(first) + price(second)\n"
    answer = block("price(first)", "cost(first)") + "\n" + block("price(second)", "cost(second)")
    assert text_of(resolve(text, answer)) == "total = cost(first) + cost(second)\n"


def test_a_block_that_quotes_what_an_earlier_one_leaves_waits_for_it() -> None:
    answer = block("def third(c):\n    return c", "def third(c):\n    return c.lower()") + "\n"
    answer += block("    return c.lower()", "    return c.upper()")
    text = TEXT + "    # return c.lower() once\n"
    assert "    return c.upper()\n    # return c.lower() once\n" in text_of(resolve(text, answer))


def test_the_last_line_is_searched_with_and_without_its_end() -> None:
    for text in (TEXT, TEXT.removesuffix("\n")):
        assert text_of(resolve(text, block("third(c):\n    return c\n", "third(c):\n    return d\n"))).rstrip() == (
            TEXT.replace("return c\n", "return d\n").rstrip()
        )


@pytest.mark.parametrize("dropped", ["import os\n", "import re\n"])
def test_a_whole_file_without_one_of_its_imports_is_the_whole_file(dropped: str) -> None:
    new = TEXT.replace(dropped, "").replace("return c", "return -c")
    assert text_of(resolve(TEXT, code(new))) == new


def test_a_whole_file_of_one_class_without_an_import_is_not_put_in_the_place_of_the_class() -> None:
    text = "/* eslint-disable */\nimport { A } from './a';\n\nexport default class B {\n  f(): A {\n    return new A();\n  }\n}\n"
    new = text.replace("import { A } from './a';\n", "").replace("new A()", "make()")
    assert text_of(resolve(text, code(new, "ts"))) == new


def test_rewritten_functions_without_the_files_imports_leave_the_imports() -> None:
    new = TEXT.partition("\n\n\n")[2].replace("return c", "return -c")
    assert text_of(resolve(TEXT, code(new))) == TEXT.replace("return c", "return -c")


def test_a_licence_above_the_code_is_not_dropped() -> None:
    text = "# Licensed to you.\n" + TEXT
    new = TEXT.replace("return c", "return -c")
    assert text_of(resolve(text, code(new))) == "# Licensed to you.\n" + new


def test_a_whole_file_without_a_function_in_its_middle_is_refused() -> None:
    new = TEXT.replace("def second(b):\n    size = len(b)\n    return size + 1\n\n\n", "")
    long = "".join(f"def more_{n}(x):\n    return x + {n}\n\n\n" for n in range(6))
    result = resolve(TEXT.replace("def third", long + "def third"), code(new.replace("def third", long + "def third")))
    assert isinstance(result, Refusal)
    assert "second" in result.message


def test_a_new_stub_is_no_elision() -> None:
    new = TEXT.replace("def third", "@overload\ndef third(c: int) -> int:\n    ...\n\n\ndef third")
    assert text_of(resolve(TEXT, code(new))) == new


def test_surroundings_of_a_change_between_elisions_are_found_in_the_middle_of_code() -> None:
    gap = "# [unchanged]"
    answer = code(f"{gap}\n    return size\n\n\ndef second(b):\n    size = len(b) * 2\n    return size + 1\n{gap}")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("len(b)", "len(b) * 2")
    answer = code(f"{gap}\n    size = len(a)\n    return size\n\n\ndef third(c):\n    return c\n{gap}")
    assert isinstance(resolve(TEXT, answer), Refusal)


@pytest.mark.parametrize(
    "line",
    [
        "# [unchanged]", "// (unchanged)", "  // ... existing code ...", "/* rest of the file stays the same */", "# [...]",
        "// existing code here", "# rest of the code remains unchanged", "<!-- existing content -->", "# code omitted for brevity",
        "// <rest of file unchanged>", "# everything else is unchanged", "// ... other methods ...", "-- same as before",
    ],
)  # fmt: skip
def test_many_words_stand_for_code_that_is_left_out(line: str) -> None:
    assert is_elision(line)


@pytest.mark.parametrize(
    "line",
    [
        "# the rest parameter is optional",
        "// keep existing users logged in",
        "# previous",
        "x = existing",
        "# same",
        "# the code of the file",
    ],
)
def test_remarks_about_other_things_do_not(line: str) -> None:
    assert not is_elision(line)


@pytest.mark.parametrize(("new", "gap"), [(["import sys", ""], "above"), (["", "import sys"], "below")])
def test_lines_added_next_to_blank_lines_that_were_left_out_bring_their_own(new: list[str], gap: str) -> None:
    text = "import os\n\nx = compute(os)\ny = 2\n"
    answer = diff("@@ @@", " import os", *(f"+{line}" for line in new), " x = compute(os)", " y = 2")
    expected = "import os\n\nimport sys\n\nx = compute(os)\ny = 2\n"
    assert text_of(resolve(text, answer)) == expected


def test_a_kotlin_function_and_a_structure_that_its_parser_does_not_know_are_found() -> None:
    text = "class A {\n  fun <T> f(x: T): T {\n    return x\n  }\n\n  fun g() = 1\n}\n\nclass B {\n  fun h() = 2\n}\n"
    answer = code("  fun <T> f(x: T): T {\n    return y\n  }", "kotlin")
    assert text_of(resolve(text, answer)) == text.replace("return x", "return y")


BLOCK_MARKS = [
    ("------- SEARCH", "=======", "+++++++ REPLACE"),
    ("<<<<<<< SEARCH\n:start_line:11\n-------", "=======", ">>>>>>> REPLACE"),
    ("<<<<<<< SEARCH\n:start_line:11\n:end_line:11\n-------", "=======", ">>>>>>> REPLACE"),
    ("<<<<<<< SEARCH", "======= REPLACE", ">>>>>>> REPLACE"),
    ("<<<<<<< SEARCH", "=======", ">>>>>>>"),
    ("<<<<<<<", "=======", ">>>>>>>"),
    ("<<<<<<< a/one.py", "=======", ">>>>>>> b/one.py"),
    ("<<<<<<< current", "=======", ">>>>>>> fixed"),
]


@pytest.mark.parametrize("marks", BLOCK_MARKS)
@pytest.mark.parametrize("fence", ["", "```\n"])
def test_blocks_have_many_marks(marks: tuple[str, str, str], fence: str) -> None:
    answer = f"{fence}{marks[0]}\n    size = len(b)\n{marks[1]}\n    size = 2 * len(b)\n{marks[2]}\n{fence}"
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("len(b)", "2 * len(b)")


def test_the_line_number_of_a_block_decides_between_equal_places() -> None:
    text = TEXT.replace("len(b)", "len(a)")
    answer = "<<<<<<< SEARCH\n:start_line:11\n-------\n    size = len(a)\n=======\n    size = 0\n>>>>>>> REPLACE\n"
    assert text_of(resolve(text, answer)) == text.replace("second(b):\n    size = len(a)", "second(b):\n    size = 0")


@pytest.mark.parametrize(
    "header",
    [
        "--- one.py (before)\n+++ one.py (after)",
        "--- current code\n+++ fixed code",
        "--- a/one.py:10\n+++ b/one.py:10",
        "From 1a2b Mon Sep 17\nSubject: [PATCH] size\n\n---\n one.py | 2 +-\n\ndiff --git a/one.py b/one.py\n--- a/one.py\n+++ b/one.py",
    ],
)
def test_what_stands_around_a_file_name_is_no_part_of_it(header: str) -> None:
    answer = diff(*header.split("\n"), "@@ @@", " def third(c):", "-    return c", "+    return -c")
    assert text_of(resolve(TEXT, answer, path="pkg/one.py")) == TEXT.replace("return c\n", "return -c\n")


def test_a_blank_line_that_was_left_out_between_two_replaced_lines_stays() -> None:
    text = "def f():\n    one = 1\n\n    two = 2\n    return one\n"
    answer = diff(
        "@@ @@", " def f():", "-    one = 1", "+    one = 10", "-    two = 2", "+    two = 20", "     return one"
    )
    assert text_of(resolve(text, answer)) == text.replace("= 1\n", "= 10\n").replace("= 2\n", "= 20\n")
    both = diff("@@ @@", " def f():", "-    one = 1", "-    two = 2", "+    both = 3", "     return one")
    assert isinstance(resolve(text, both), Refusal)


def test_lines_of_a_listing_that_are_all_indented_keep_their_indentation() -> None:
    rest = ["10\t    size = len(b)", "11\t    return size + 1"]
    answer = diff("@@ @@", f" {rest[0]}", "+11\t    size += 1", f" {rest[1]}")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("len(b)\n", "len(b)\n    size += 1\n")


def test_what_is_missing_between_two_elisions_is_meant_to_go() -> None:
    text = "import a\nimport b\nimport c\nimport d\nimport e\n\nx = a\n"
    answer = code("# ... existing code ...\nimport b\nimport d\nimport e\n# ... existing code ...")
    assert text_of(resolve(text, answer)) == text.replace("import c\n", "")


def test_a_line_at_the_top_that_the_rewritten_function_has_too_does_not_make_it_the_whole_file() -> None:
    text = "# Licensed.\n\n#[cfg(not(x))]\nuse a::b;\n\n#[cfg(x)]\nextern {\n    fn g();\n}\n\n"
    text += "pub fn f() -> i64 {\n    #[cfg(x)]\n    let one = 1;\n"
    text += "    let two = one + g();\n    let three = two * two;\n    let four = three - 1;\n    four\n}\n"
    new = text[text.index("pub fn") :].replace("let one = 1;", "let one = 10;")
    assert text_of(resolve(text, code(new, "rust"))) == text.replace("let one = 1;", "let one = 10;")


def test_a_command_that_tries_the_code_out_is_no_code_of_the_file() -> None:
    answer = code("def third(c):\n    return -c") + "\nTry it:\n\n" + code("pytest -q", "bash")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("return c\n", "return -c\n")


def test_the_bars_of_a_table_are_not_those_of_a_listing() -> None:
    text = "| a | b |\n| - | - |\n| 1 | 2 |\n"
    answer = diff("@@ @@", " 1\t| a | b |", " 2\t| - | - |", "-3\t| 1 | 2 |", "+3\t| 1 | 3 |")
    assert text_of(resolve(text, answer)) == text.replace("| 2 |", "| 3 |")


GAP = "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("    @cached", "        return 1\n\n    @cached\n    def g"),
        ("    # about g", "        return 1\n\n    # about g\n    def g"),
        ("        more()", "        return 1\n        more()\n\n    def g"),
    ],
)
def test_lines_stand_on_the_side_of_a_left_out_blank_line_where_they_belong(added: str, expected: str) -> None:
    answer = diff("@@ @@", "         return 1", f"+{added}", "     def g(self):", "         return 2")
    assert expected in text_of(resolve(GAP, answer))


def test_lines_that_belong_to_neither_side_of_a_left_out_blank_line_are_refused() -> None:
    for added in ("    x = 1", "      y = 2"):
        assert isinstance(resolve(GAP, diff("@@ @@", "         return 1", f"+{added}", "     def g(self):")), Refusal)
    assert isinstance(resolve("a = 1\n\nb = 2\n", diff("@@ @@", " a = 1", "+c = 3", " b = 2")), Refusal)


def test_an_argument_that_is_called_as_a_keyword_defines_nothing() -> None:
    text = "def main():\n    parser = make()\n"
    text += "    parser.add('dir', type=str,\n               help='x')\n    a = 1\n    b = 2\n    return a\n"
    answer = code(
        "def main():\n    parser = make()\n    parser.add(\n        'dir', help='x'\n    )\n    a = 1\n    # ...\n    return a"
    )
    expected = text.replace("'dir', type=str,\n               help='x')", "\n        'dir', help='x'\n    )")
    assert text_of(resolve(text, answer)) == expected
