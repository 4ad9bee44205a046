"""An answer that names several files is taken apart, and nothing of it is lost."""

from __future__ import annotations

import pytest

from grok_ls.edits import Parsed, parse_answer
from grok_ls.edits.files import DOCUMENT, by_file, new_text

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
SPELLINGS = ["src/other.py", "./src/other.py", "src//other.py", "src\\other.py", "a/src/other.py"]


def parts_of(answer: str, path: str) -> dict[str, Parsed]:
    parsed = parse_answer(answer)
    assert isinstance(parsed, Parsed)
    return by_file(parsed, path)


def test_each_part_goes_to_its_file() -> None:
    parts = parts_of(TWO, "src/main.py")
    assert list(parts) == [DOCUMENT, "src/other.py"]
    assert len(parts[DOCUMENT].hunks) == 2
    assert [line.text for line in parts["src/other.py"].hunks[0].lines] == [
        "from main import area",
        "from main import surface",
    ]


def test_a_diff_of_one_file_has_no_other_parts() -> None:
    parts = parts_of(TWO.partition("--- a/src/other.py")[0] + "```\n", "src/main.py")
    assert list(parts) == [DOCUMENT]


def test_an_answer_about_another_file_alone_has_no_own_part() -> None:
    assert list(parts_of(TWO, "lib/third.py")) == ["src/main.py", "src/other.py"]


@pytest.mark.parametrize(
    "answer",
    [
        "src/other.py\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n\n<<<<<<< SEARCH\nc\n=======\nd\n>>>>>>> REPLACE\n",
        "src/other.py\n```\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```\n\n"
        "```\n<<<<<<< SEARCH\nc\n=======\nd\n>>>>>>> REPLACE\n```\n",
        "src/other.py\n```diff\n-a\n+b\n```\n\n```diff\n-c\n+d\n```\n",
        "**src/other.py**\n\n```diff\n@@ @@\n-a\n+b\n@@ @@\n-c\n+d\n```\n",
        "In the caller:\n\n### `other.py`\n```diff\n@@ @@\n-a\n+b\n@@ @@\n-c\n+d\n```\n",
    ],
)
def test_a_part_without_a_name_is_about_the_file_named_above_it(answer: str) -> None:
    parts = parts_of(answer, "main.py")
    assert [len(part.hunks) for part in parts.values()] == [2]
    assert [name.removeprefix("src/") for name in parts] == ["other.py"]


def test_the_name_of_a_method_above_a_diff_is_no_file() -> None:
    assert list(parts_of("### `Parser.feed`\n```diff\n-a\n+b\n```\n", "main.py")) == [DOCUMENT]


def test_two_spellings_of_one_path_are_one_file() -> None:
    blocks = [f"{name}\n<<<<<<< SEARCH\n{n}\n=======\n{n}{n}\n>>>>>>> REPLACE\n" for n, name in enumerate(SPELLINGS)]
    parts = parts_of("\n".join(blocks), "main.py")
    assert list(parts) == ["src/other.py"]
    assert len(parts["src/other.py"].hunks) == len(SPELLINGS)


@pytest.mark.parametrize(
    "answer",
    [
        "```diff\n--- /dev/null\n+++ b/tests/test_area.py\n@@ -0,0 +1,2 @@\n+import main\n+assert main\n```\n",
        "*** Begin Patch\n*** Add File: tests/test_area.py\n+import main\n+assert main\n*** End Patch\n",
        "tests/test_area.py\n<<<<<<< SEARCH\n=======\nimport main\nassert main\n>>>>>>> REPLACE\n",
    ],
)
def test_a_new_file_has_the_lines_that_are_added(answer: str) -> None:
    parts = parts_of(answer, "main.py")
    assert list(parts) == ["tests/test_area.py"]
    assert new_text(parts["tests/test_area.py"].hunks) == "import main\nassert main\n"


def test_a_part_with_lines_that_should_be_there_makes_no_file() -> None:
    assert new_text(parts_of(TWO, "src/main.py")["src/other.py"].hunks) is None


def test_a_name_that_says_nothing_is_a_file_of_its_own_beside_others() -> None:
    answer = (
        "```diff\n--- a/main.py\n+++ b/main.py\n@@ @@\n-a\n+b\n--- a/input.py\n+++ b/input.py\n@@ @@\n-c\n+d\n```\n"
    )
    assert list(parts_of(answer, "main.py")) == [DOCUMENT, "input.py"]
