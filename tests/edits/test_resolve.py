from grok_ls.edits import NoChange, Refusal, Resolved, resolve

TEXT = """import os


def a(x):
    y = x
    return y


def b(x):
    y = x
    return y
"""


def fenced(diff: str) -> str:
    return f"Here is the change:\n\n```diff\n{diff}\n```\n\nIt works now.\n"


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


def code_of(result: object) -> str:
    assert isinstance(result, Refusal), result
    return result.code


def test_line_numbers_decide_between_equal_places() -> None:
    hunk = "@@ -10,2 +10,2 @@\n-    y = x\n+    y = x + 1\n     return y"
    assert text_of(resolve(TEXT, fenced(hunk))) == TEXT[:-23] + "    y = x + 1\n    return y\n"


def test_equal_places_without_a_hint_are_refused() -> None:
    assert code_of(resolve(TEXT, fenced("@@ ... @@\n-    y = x\n+    y = x + 1\n     return y"))) == "ambiguous_edit"


def test_a_heading_decides_between_equal_places() -> None:
    assert "def b(x):\n    y = 2\n" in text_of(resolve(TEXT, fenced("@@ def b(x): @@\n-    y = x\n+    y = 2")))


def test_lost_indentation_comes_back_from_the_file() -> None:
    assert "def b(x):\n    y = 2\n" in text_of(resolve(TEXT, fenced("@@ def b(x): @@\n-y = x\n+y = 2\nreturn y")))


def test_a_removed_line_that_does_not_exist_is_refused() -> None:
    assert code_of(resolve(TEXT, fenced("@@\n def a(x):\n-    y = z\n+    y = 2"))) == "unmatched_edit"


def test_an_unclosed_fence_is_a_cut_answer() -> None:
    assert code_of(resolve(TEXT, "```diff\n@@\n-import os\n+import sys\n")) == "truncated_answer"


def test_a_cut_stream_is_refused_whatever_it_looks_like() -> None:
    assert code_of(resolve(TEXT, fenced("-import os\n+import sys"), complete=False)) == "truncated_answer"


def test_a_hunk_for_another_file_is_refused() -> None:
    diff = "--- a/other.py\n+++ b/other.py\n@@ -1 +1 @@\n-import os\n+import sys"
    assert code_of(resolve(TEXT, fenced(diff), path="src/x.py")) == "unmatched_edit"


def test_prose_alone_changes_nothing() -> None:
    assert resolve(TEXT, "This is fine as it is.") == NoChange("This is fine as it is.")


def test_a_search_replace_block_is_applied() -> None:
    answer = "x.py\n<<<<<<< SEARCH\ndef a(x):\n    y = x\n=======\ndef a(x):\n    y = 2\n>>>>>>> REPLACE\n"
    assert "def a(x):\n    y = 2\n" in text_of(resolve(TEXT, answer, path="x.py"))


def test_a_rewritten_function_replaces_the_old_one() -> None:
    assert text_of(resolve(TEXT, "```python\ndef a(x):\n    return 1\n```")).count("return y") == 1


def test_line_ends_and_missing_final_newline_are_the_files() -> None:
    text = TEXT.replace("\n", "\r\n").removesuffix("\r\n")
    new = text_of(resolve(text, fenced("@@\n def b(x):\n     y = x\n-    return y\n+    return 1\n+    # end")))
    assert new.endswith("    return 1\r\n    # end")
    assert "\n" not in new.replace("\r\n", "")
