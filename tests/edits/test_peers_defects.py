"""Defects that other tools are known for, each as a case that must not come back here."""

import pytest

from grok_ls.edits import NoChange, Refusal, Resolved, apply, resolve
from grok_ls.text import Span

TEXT = "".join(f"def f{n}(x):\n    y = {n}\n    return y\n\n\n" for n in range(6)) + "last = 1\n"


def fenced(diff: str) -> str:
    return f"```diff\n{diff}\n```\n"


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


def refusal_of(result: object) -> Refusal:
    assert isinstance(result, Refusal), result
    return result


@pytest.mark.parametrize(
    "answer", ["", "Done.", "```\n\n```", "<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE", "```diff\n```"]
)
def test_an_empty_extraction_deletes_nothing(answer: str) -> None:
    result = resolve(TEXT, answer, region=Span(0, 20))
    assert isinstance(result, Refusal | NoChange), result


def test_an_edit_for_the_file_that_was_touched_last_is_not_applied_here() -> None:
    diff = "--- a/lib/other.py\n+++ b/lib/other.py\n@@ -1,2 +1,2 @@\n def f0(x):\n-    y = 0\n+    y = 9"
    assert refusal_of(resolve(TEXT, fenced(diff), path="src/this.py")).code == "unmatched_edit"


@pytest.mark.parametrize(
    "named", ["a/src/this.py", "this.py", "./src/this.py", "src\\this.py", "project/src/this.py", "original.py"]
)
def test_another_spelling_of_the_same_file_is_the_same_file(named: str) -> None:
    diff = f"--- {named}\n+++ {named}\n@@ -1,2 +1,2 @@\n def f0(x):\n-    y = 0\n+    y = 9"
    assert "y = 9" in text_of(resolve(TEXT, fenced(diff), path="src/this.py"))


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_last_line_is_not_lost(end: str) -> None:
    text = TEXT.removesuffix("\n") + end
    new = text_of(resolve(text, fenced("@@ @@\n \n-last = 1\n+last = 2\n+more = 3")))
    assert new.replace("\r\n", "\n").removesuffix("\n").endswith("last = 2\nmore = 3")
    assert new.endswith("\n") == bool(end)


def test_offsets_count_characters_and_not_bytes() -> None:
    text = "# 😀 é 漢字\n" * 3 + "x = 1\ny = '漢字 😀'\n"
    result = resolve(text, fenced(" x = 1\n-y = '漢字 😀'\n+y = '漢字 😀!'"))
    assert isinstance(result, Resolved)
    assert apply(text, result.edits) == text.replace("😀'", "😀!'")


def test_the_first_of_several_equal_places_is_not_taken() -> None:
    answer = "<<<<<<< SEARCH\n    return y\n=======\n    return -y\n>>>>>>> REPLACE\n"
    refusal = refusal_of(resolve(TEXT, answer))
    assert refusal.code == "ambiguous_edit"
    assert "3, 8, 13" in refusal.message


def test_trailing_whitespace_of_the_file_stays() -> None:
    text = "a = 1   \nb = 2\t\nc = 3\n"
    assert text_of(resolve(text, fenced("@@ @@\n a = 1\n b = 2\n-c = 3\n+c = 4"))) == "a = 1   \nb = 2\t\nc = 4\n"


def test_trailing_whitespace_of_an_added_line_stays() -> None:
    assert text_of(resolve("a\n", fenced("@@ @@\n a\n+b  "))) == "a\nb  \n"


def test_line_numbers_gone_stale_after_an_earlier_hunk_do_not_matter() -> None:
    diff = (
        "@@ -1,2 +1,4 @@\n def f0(x):\n+    a = 1\n+    b = 2\n     y = 0\n"
        "@@ -28,2 +28,2 @@\n     y = 5\n-    return y\n+    return a"
    )
    assert text_of(resolve(TEXT, fenced(diff))).count("return a") == 1
    assert "    y = 5\n    return a\n" in text_of(resolve(TEXT, fenced(diff)))


def test_the_files_own_context_lines_are_kept_and_not_the_answers() -> None:
    text = "def f():\n    # Says “what” it does\n    x = 1\n"
    diff = '@@ @@\n def f():\n     # Says "what" it does\n-    x = 1\n+    x = 2'
    assert text_of(resolve(text, fenced(diff))) == text.replace("x = 1", "x = 2")


def test_a_lost_marker_is_not_read_as_a_dedent() -> None:
    diff = "@@ @@\ndef f1(x):\n    y = 1\n+    z = 2\n    return y"
    assert "    y = 1\n    z = 2\n    return y\n" in text_of(resolve(TEXT, fenced(diff)))


def test_a_removed_line_that_almost_exists_is_not_removed() -> None:
    refusal = refusal_of(resolve(TEXT, fenced("@@ @@\n def f1(x):\n-    y = 1.0\n+    y = 2")))
    assert refusal.code == "unmatched_edit"
    assert "line 4 of the answer" in refusal.message
    assert "y = 1" in refusal.nearest


def test_a_hunk_that_was_applied_before_is_refused() -> None:
    text = TEXT.replace("y = 3", "y = 33")
    assert refusal_of(resolve(text, fenced("@@ @@\n def f3(x):\n-    y = 3\n+    y = 33"))).code == "unmatched_edit"


def test_hunks_may_come_in_any_order_and_twice() -> None:
    one = "@@ @@\n def f4(x):\n-    y = 4\n+    y = 44"
    two = "@@ @@\n def f1(x):\n-    y = 1\n+    y = 11"
    expected = TEXT.replace("y = 4\n", "y = 44\n").replace("y = 1\n", "y = 11\n")
    for order in ([one, two], [two, one], [one, two, one]):
        assert text_of(resolve(TEXT, fenced("\n".join(order)))) == expected


def test_as_many_equal_hunks_as_equal_places_change_them_all() -> None:
    text = "a\nb\nx\na\nb\ny\n"
    diff = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n@@ -4,2 +4,2 @@\n a\n-b\n+c"
    assert text_of(resolve(text, fenced(diff))) == "a\nc\nx\na\nc\ny\n"


def test_two_hunks_that_contradict_each_other_are_refused() -> None:
    diff = "@@ @@\n def f1(x):\n-    y = 1\n+    y = 2\n@@ @@\n def f1(x):\n-    y = 1\n+    y = 3"
    assert refusal_of(resolve(TEXT, fenced(diff))).code == "ambiguous_edit"


def test_a_hunk_may_quote_what_an_earlier_one_added() -> None:
    diff = "@@ @@\n def f2(x):\n+    z = 7\n     y = 2\n@@ @@\n     z = 7\n-    y = 2\n+    y = z"
    assert "def f2(x):\n    z = 7\n    y = z\n" in text_of(resolve(TEXT, fenced(diff)))


def test_a_placeholder_is_not_written_into_the_file() -> None:
    diff = "@@ @@\n def f2(x):\n-    y = 2\n+    # ... rest of the code unchanged ..."
    assert refusal_of(resolve(TEXT, fenced(diff))).code == "unmatched_edit"


def test_byte_order_mark_form_feed_and_mixed_line_ends_stay() -> None:
    text = "\ufeffimport a\r\n\f\nimport b\rx = 1\r\n"
    diff = "@@ @@\n-import a\n+import aa\n \n import b\n-x = 1\n+x = 2"
    assert text_of(resolve(text, fenced(diff))) == "\ufeffimport aa\r\n\f\nimport b\rx = 2\r\n"


def test_a_new_file_is_written_into_an_empty_document() -> None:
    diff = "--- /dev/null\n+++ b/x.py\n@@ -0,0 +1,2 @@\n+a = 1\n+b = 2"
    assert text_of(resolve("", fenced(diff), path="x.py")) == "a = 1\nb = 2\n"


def test_added_lines_alone_have_no_place_in_a_document() -> None:
    assert refusal_of(resolve(TEXT, fenced("@@ -3,0 +4,1 @@\n+a = 1"))).code == "unmatched_edit"
