"""Answers of which a part cannot be read, does not fit or is missing: all of it is done, or nothing."""

from __future__ import annotations

import pytest

from grok_ls.edits.locate import Refusal
from grok_ls.edits.resolve import Resolved, resolve

TEXT = "def f(x):\n    y = 1\n    return y\n\n\ndef g(x):\n    y = 2\n    return y\n"
F_FIXED = TEXT.replace("y = 1", "y = 3")
DIFF = "```diff\n@@ @@\n def f(x):\n-    y = 1\n+    y = 3\n     return y\n```\n"
BLOCK = "<<<<<<< SEARCH\n    y = 1\n=======\n    y = 3\n>>>>>>> REPLACE\n"
TAGS = "<old_str>\n    y = 2\n</old_str>\n<new_str>\n    y = 7\n</new_str>\n"
JSON = '```json\n{"edits": [{"old": "    y = 2", "new": "    y = 8"}]}\n```\n'
OF_G = "```python\ndef g(x):\n    y = 5\n    return y\n```\n"
HEADED = "--- a/m.py\n+++ b/m.py\n@@ -1,3 +1,3 @@\n def f(x):\n"
ALL_GONE = "".join(f"-{line}\n" for line in TEXT.splitlines())


def refused(answer: str, text: str = TEXT) -> Refusal:
    made = resolve(text, answer)
    assert isinstance(made, Refusal), made
    return made


def made_of(answer: str, text: str = TEXT) -> str:
    made = resolve(text, answer)
    assert isinstance(made, Resolved), made
    return made.text


@pytest.mark.parametrize(
    ("file", "search", "replace"),
    [
        ("def f():\n    timeout = 30\n", "    timeout = 3", "    timeout = 5"),
        ("def f():\n    return value\n", "return val", "return None"),
        ("my = 12\n", "y = 1", "y = 9"),
        ("user_id = 4\n", "id = 4", "id = 5"),
        ("discount = total + 1\n", "count = total + 1", "count = total"),
    ],
)
@pytest.mark.parametrize("form", ["blocks", "tags", "json"])
def test_a_part_of_another_word_is_no_place(file: str, search: str, replace: str, form: str) -> None:
    answer = {
        "blocks": f"<<<<<<< SEARCH\n{search}\n=======\n{replace}\n>>>>>>> REPLACE\n",
        "tags": f"<old_str>{search}</old_str>\n<new_str>{replace}</new_str>\n",
        "json": f'```json\n{{"old_string": "{search}", "new_string": "{replace}"}}\n```\n',
    }[form]
    assert refused(answer, file).code == "unmatched_edit"


def test_a_part_of_a_line_that_ends_between_words_is_a_place() -> None:
    answer = "<<<<<<< SEARCH\nreturn a\n=======\nreturn b\n>>>>>>> REPLACE\n"
    assert made_of(answer, "x = f(return a, 2)\n") == "x = f(return b, 2)\n"


@pytest.mark.parametrize(
    "answer",
    [
        f"{DIFF}\nand\n\n{OF_G}",
        f"{OF_G}\nand\n\n{DIFF}",
        f"{DIFF}\n{TAGS}",
        f"{BLOCK}\n{TAGS}",
        f"{BLOCK}\n{JSON}",
        f"{TAGS}\n{OF_G.replace('g(x)', 'f(x)')}",
        f"{DIFF}\n     return y\n-    y = 2\n+    y = 9\n",
    ],
    ids=range(7),
)
def test_edits_in_two_forms_are_not_half_done(answer: str) -> None:
    assert "line" in refused(answer).message


def test_an_indented_hunk_beside_a_fenced_one_is_made_with_it() -> None:
    answer = f"{DIFF}\n  @@ @@\n   def g(x):\n  -    y = 2\n  +    y = 9\n       return y\n"
    assert made_of(answer) == F_FIXED.replace("y = 2", "y = 9")


@pytest.mark.parametrize(
    "answer",
    [
        f"{DIFF}\nSo it is:\n\n```python\ndef f(x):\n    y = 3\n    return y\n```\n",
        f"It was:\n\n```python\n    y = 2\n    return y\n```\n\n{DIFF}",
        f"{DIFF}\nTry it:\n\n```python\nprint(f(2))\n```\n",
        f"{DIFF}\nRun:\n\n```sh\npytest -q\n```\n",
        f"{DIFF}\nWhat changed:\n- the first thing\n- another one\n+ and a sign\n",
    ],
    ids=range(5),
)
def test_what_is_only_shown_beside_an_edit_does_not_stop_it(answer: str) -> None:
    assert made_of(answer) == F_FIXED


@pytest.mark.parametrize(
    "answer",
    [
        f"```diff\ndiff --git a/m.py b/m.py\ndeleted file mode 100644\n--- a/m.py\n+++ /dev/null\n@@ -1,8 +0,0 @@\n{ALL_GONE}```\n",
        f"--- a/m.py\n+++ /dev/null\n@@ -1,8 +0,0 @@\n{ALL_GONE}",
        f"```diff\n@@ -1,8 +0,0 @@\n{ALL_GONE}```\n",
        "*** Begin Patch\n*** Update File: m.py\n*** Move to: n.py\n@@\n def f(x):\n-    y = 1\n+    y = 3\n*** End Patch\n",
    ],
    ids=range(4),
)
def test_a_file_is_neither_deleted_nor_moved(answer: str) -> None:
    assert refused(answer).code == "unmatched_edit"


@pytest.mark.parametrize(
    "answer",
    [
        "def f(x):\n    y = 10\n    ret",
        "@@ @@\n def f(x):\n-    yellow = 1\n+    yell",
        f"{HEADED}-    y = 1",
        f"{HEADED}-    y = 1\n",
    ],
    ids=range(4),
)
def test_an_answer_that_stops_early_is_cut(answer: str) -> None:
    text = TEXT.replace("    y = 1", "    yellow = 1") if "yell" in answer else TEXT
    assert refused(answer, text).code == "truncated_answer"


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_two_insertions_at_one_place_are_refused_whatever_blank_lines_are_around(blank: str, between: str) -> None:
    one, two = "@@ @@\n def f(x):\n+    q = 1\n     y = 1\n", "@@ @@\n def f(x):\n+    r = 1\n     y = 1\n"
    assert refused(f"```diff\n{one}{between}{two}{blank}```\n").code == "ambiguous_edit"


def test_words_after_a_hunk_that_is_complete_by_its_header_are_words() -> None:
    assert made_of(f"{HEADED}-    y = 1\n+    y = 3\n     return y\n\n+ This adds more.\n") == F_FIXED


@pytest.mark.parametrize(
    "answer",
    [
        "```diff\n@@ @@\n-    y = 1.0\n+    y = 3\n```\n",
        "<<<<<<< SEARCH\n    int y = 1;\n=======\n    y = 3\n>>>>>>> REPLACE\n",
    ],
)
def test_a_refusal_shows_the_true_lines(answer: str) -> None:
    assert "    y = 1" in refused(answer).nearest
