"""What attacking the whole with inputs of one's own found: each was a wrong text before it was a test."""

from __future__ import annotations

import pytest

from grok_ls.edits import Definition, NoChange, Refusal, Resolved, resolve
from grok_ls.text import Span

TEXT = "import os\nimport sys\n\n\ndef f(x):\n    y = x + 1\n    return y\n\n\ndef g(a):\n    b = a * 2\n    return b\n"
CHANGED = TEXT.replace("y = x + 1", "y = x + 2")
HUNK = " def f(x):\n-    y = x + 1\n+    y = x + 2\n     return y\n"
REWRITTEN = "```python\ndef f(x):\n    y = x + 2\n    return y\n```\n"


def made(answer: str, text: str = TEXT) -> str | None:
    outcome = resolve(text, answer, path="a.py")
    return outcome.text if isinstance(outcome, Resolved) else None


@pytest.mark.parametrize(("unit", "own"), [("\t", "    "), ("\t", "  "), ("    ", "\t"), ("  ", "\t")])
def test_a_rewritten_definition_is_indented_with_the_files_own_characters(unit: str, own: str) -> None:
    text, wanted = TEXT.replace("    ", unit), CHANGED.replace("    ", unit)
    assert made(REWRITTEN.replace("    ", own), text) == wanted


def test_a_blank_line_is_taken_away_where_its_neighbours_stand_and_nowhere_else() -> None:
    assert made("```diff\n@@ @@\n def f(x):\n-\n```\n") is None
    assert made("```diff\n@@ @@\n-\n     y = x + 1\n```\n") is None
    # One of two, told by the line right below it.
    assert made("```diff\n@@ @@\n     return y\n \n-\n def g(a):\n```\n") == TEXT.replace("\n\n\ndef g", "\n\ndef g")


@pytest.mark.parametrize(
    "form", [f"@@ @@\n{HUNK}", f"--- a/a.py\n+++ b/a.py\n@@ @@\n{HUNK}", f"@@ -5,3 +5,3 @@\n{HUNK}"]
)
def test_a_diff_without_fence_that_stops_within_a_changed_line_is_cut(form: str) -> None:
    assert made(form) == CHANGED
    for end in range(form.index("-    "), form.index("     return")):
        # At the end of a line nothing tells that it goes on.
        if not form[:end].endswith("\n") and not form[:end].endswith("2"):
            outcome = resolve(TEXT, form[:end], path="a.py")
            assert isinstance(outcome, Refusal | NoChange), form[:end]


@pytest.mark.parametrize("other", ["b/b.py", "input.py", "b/new.py", "code.py"])
def test_a_name_that_says_nothing_is_another_file_beside_the_documents_own(other: str) -> None:
    own = f"--- a/a.py\n+++ b/a.py\n@@ @@\n{HUNK}"
    assert made(f"```diff\n{own}--- {other}\n+++ {other}\n@@ @@\n-import os\n+import re\n```\n") is None
    # Alone it is what models write where they do not know the name.
    assert made(f"```diff\n--- {other}\n+++ {other}\n@@ @@\n{HUNK}```\n") == CHANGED


def test_the_old_code_shown_beside_the_edit_stops_nothing() -> None:
    old = "```python\ndef f(x):\n    y = x + 1\n    return y\n```\n"
    diff = f"```diff\n{HUNK}```\n"
    assert made(f"The code now:\n{old}The fix:\n{diff}") == CHANGED
    # What was nowhere is another part of the edit.
    assert made(f"The code now:\n{old.replace('+ 1', '+ 5')}The fix:\n{diff}") is None


def test_a_form_feed_that_the_answer_does_not_quote_is_not_taken_away() -> None:
    text = TEXT.replace("\ndef g", "\f\ndef g")
    assert made("```diff\n@@ @@\n-\n def g(a):\n```\n", text) is None
    assert made("```diff\n@@ @@\n-\f\n def g(a):\n```\n", text) == text.replace("\f\ndef g", "def g")
    assert made("```diff\n@@ @@\n-\n+# two\n def g(a):\n```\n", text) == text.replace("\f\ndef g", "\f# two\ndef g")


NEW_PROXY = "  static Object newProxy()\n  {\n    if (x)\n    {\n      foo();\n    }\n    return proxy;\n  }\n\n"
NEW_INSTANCE = "  public Object newInstance()\n  {\n    return bar();\n  }\n\n"
OTHER = "  void one()\n  {\n    if (y)\n    {\n      baz();\n    }\n  }\n\n"


@pytest.mark.parametrize("order", [OTHER + NEW_PROXY + NEW_INSTANCE, NEW_PROXY + NEW_INSTANCE + OTHER])
def test_a_change_beside_braces_that_stand_elsewhere_too_goes_where_the_words_are(order: str) -> None:
    text = f"class A\n{{\n{order}}}\n"
    # The line between the two braces is missing: both halves stand in the file, one of them in the wrong place.
    old = "    }\n  }\n\n  public Object newInstance()\n  {"
    new = old.replace("}\n\n", "}\n  // two\n\n")
    answer = f"<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE\n"
    assert made(answer, text) == text.replace("\n\n  public Object", "\n  // two\n\n  public Object")


def test_a_line_of_the_file_that_begins_like_a_hunk_header_is_context() -> None:
    text = "class A\n@@count = 0\n@name = 1\nend\n"
    assert made("```diff\n@@ @@\n @@count = 0\n-@name = 1\n+@name = 2\n end\n```\n", text) == text.replace("1", "2")
    # One that is a header stands for none, with a blank before it or not.
    assert made(f"```diff\n @@ -5,3 +5,3 @@\n{HUNK}```\n") == CHANGED


SCAN = "def scan(c, j):\n    if c:\n        one()\n        two()\n        # the end\n        return 1\n"


def test_lines_are_not_added_beyond_one_that_the_hunk_leaves_out() -> None:
    # Written right below "one()"; right above "# the end" stands another line.
    assert (
        made("```diff\n@@ @@\n         one()\n+        new()\n         # the end\n         return 1\n```\n", SCAN)
        is None
    )
    # Where nothing says that a line was left out the hunk's own lines are beside each other.
    assert made("```diff\n@@ @@\n         two()\n+        new()\n         # the end\n```\n", SCAN) == SCAN.replace(
        "# the", "new()\n        # the"
    )


def test_a_copy_that_fits_worse_is_no_place_where_the_better_one_leaves_doubt() -> None:
    copy = "def hint(x):\n    Return it.\n    This is useful.\ndef ge(a):\n    pass\n\n\n"
    true = 'def hint(x):\n    """\n    Return it.\n    This is useful.\n\n    If it is there.\n    """\n'
    hunk = " def hint(x):\n     Return it.\n     This is useful.\n+    new\n     If it is there.\n"
    assert made(f"```diff\n@@ @@\n{hunk}```\n", copy + true) is None


@pytest.mark.parametrize(
    "code", ["def f(x):\n    return 2\n", "def f(x):\n    # ... existing code ...\n    return 2\n"]
)
def test_a_comment_behind_the_last_line_of_a_definition_stays(code: str) -> None:
    text = "def f(x):\n    y = 1\n    return 1\n    # never here\n\n\ndef g():\n    pass\n"
    found = Definition("f", Span(0, text.index("\n\n\n")))
    outcome = resolve(text, f"```python\n{code}```\n", path="a.py", definitions=[found])
    assert isinstance(outcome, Resolved)
    assert "    return 2\n    # never here\n" in outcome.text
    quoted = code + "    # never here\n"
    outcome = resolve(text, f"```python\n{quoted}```\n", path="a.py", definitions=[found])
    assert isinstance(outcome, Resolved)
    assert outcome.text.count("never here") == 1


RST = "Title\n=======\n\nWords.\n\nOther\n=======\n"


def block(search: str, replace: str) -> str:
    return f"<<<<<<< SEARCH\n{search}\n=======\n{replace}\n>>>>>>> REPLACE\n"


def test_a_divider_of_the_file_is_not_the_blocks_own() -> None:
    assert made(block("Title\n=======\n\nWords.", "New\n=======\n\nWords."), RST) == RST.replace("Title", "New")
    assert made(block("Words.", "More words."), RST) == RST.replace("Words", "More words")
    assert made(block("Words.", "Words.\n\nMore\n======="), RST) == RST.replace("Words.", "Words.\n\nMore\n=======")
    # Of the readings none fits: what stands before the first is in the file, and is not what is meant.
    assert (
        made(block("Title\n=======\n\nOther words.", "New\n=======\n\nOther words."), RST.replace("Title", "T")) is None
    )
    conflict = "a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\nd\n"
    assert made(block("a\n=======\nb", "a"), "a\n=======\nb\nc\n") == "a\nc\n"
    assert made(block("<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs", "b"), conflict) in (None, "a\nb\nd\n")


def test_two_folders_are_not_both_the_documents() -> None:
    one, two = (f"--- {folder}/a.py\n+++ {folder}/a.py\n@@ @@\n" for folder in ("src", "lib"))
    both = f"```diff\n{one}{HUNK}{two}-import os\n+import re\n```\n"
    assert made(both) is None
    assert made(f"```diff\n{one}{HUNK}```\n") == CHANGED
