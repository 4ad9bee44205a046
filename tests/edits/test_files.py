"""An answer that names several files is taken apart, and nothing of it is lost."""

from __future__ import annotations

import pytest

from grok_ls.edits.files import by_file, new_text

TWO = """I rename it in both.

```diff
--- a/src/main.py
+++ b/src/main.py
@@ @@
-def area(w, h):
+def surface(w, h):
@@ @@
-print(area(1, 2))
+print(surface(1, 2))
--- a/src/other.py
+++ b/src/other.py
@@ @@
-from main import area
+from main import surface
```
"""


def test_each_part_goes_to_its_file() -> None:
    own, others = by_file(TWO, "src/main.py")
    assert own is not None
    assert len(own.hunks) == 2
    assert list(others) == ["src/other.py"]
    assert [line.text for line in others["src/other.py"].hunks[0].lines] == [
        "from main import area",
        "from main import surface",
    ]


def test_a_diff_of_one_file_has_no_other_parts() -> None:
    own, others = by_file(TWO.partition("--- a/src/other.py")[0] + "```\n", "src/main.py")
    assert own is not None
    assert others == {}


def test_an_answer_about_another_file_alone_has_no_own_part() -> None:
    own, others = by_file(TWO, "lib/third.py")
    assert own is None
    assert list(others) == ["src/main.py", "src/other.py"]


@pytest.mark.parametrize("answer", ["", "Words alone.", "NO_CHANGE", "```diff\n-a\n+b\n"])
def test_what_is_no_edit_has_no_parts(answer: str) -> None:
    assert by_file(answer, "main.py") == (None, {})


@pytest.mark.parametrize(
    "answer",
    [
        "```diff\n--- /dev/null\n+++ b/tests/test_area.py\n@@ -0,0 +1,2 @@\n+import main\n+assert main\n```\n",
        "*** Begin Patch\n*** Add File: tests/test_area.py\n+import main\n+assert main\n*** End Patch\n",
        "tests/test_area.py\n<<<<<<< SEARCH\n=======\nimport main\nassert main\n>>>>>>> REPLACE\n",
    ],
)
def test_a_new_file_has_the_lines_that_are_added(answer: str) -> None:
    own, others = by_file(answer, "main.py")
    assert own is None
    assert new_text(others["tests/test_area.py"]) == "import main\nassert main\n"


def test_a_part_with_lines_that_should_be_there_makes_no_file() -> None:
    assert new_text(by_file(TWO, "src/main.py")[1]["src/other.py"]) is None
