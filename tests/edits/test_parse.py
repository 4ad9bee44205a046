"""Reading answers: every line gets a role, and pieces make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import Hunk, NoChange, Parsed, Parser, Unparsed, parse_answer

LINES = st.sampled_from(
    [
        "", " ", "Here is the fix:", "```diff", "```python", "```", "~~~", "    ```", "--- a/x.py", "+++ b/x.py", "@@ -1,2 +1,3 @@",
        "@@",
        "@@ ... @@", "@@ def f(): @@", " context", "context", "-removed", "+added", "-", "+", "- bullet of prose here",
        "\\ No newline at end of file",
        "*** Begin Patch", "*** Update File: x.py", "*** End Patch",
        "diff --git a/x b/x", "index 83db48f..bf269f4 100644", "<<<<<<< SEARCH",
        "=======", ">>>>>>> REPLACE", "x.py", "NO_CHANGE", "# ... existing code ...", "def f():", "\ufeffx", "\f", "a\u2028b",
    ]
)  # fmt: skip
ANSWERS = st.lists(LINES, max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)


def in_pieces(answer: str, cuts: list[int]) -> object:
    parser = Parser()
    start = 0
    for cut in [*sorted(cuts), len(answer)]:
        parser.feed(answer[start:cut])
        start = cut
    return parser.finish()


@given(ANSWERS | st.text(max_size=80), st.data())
def test_a_streamed_answer_is_read_like_a_whole_one(answer: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(answer)), max_size=6))
    assert in_pieces(answer, cuts) == parse_answer(answer)


def test_every_cut_of_an_answer_gives_the_same_reading() -> None:
    answer = "Fix:\r\n```diff\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n```\r\n"
    assert {repr(in_pieces(answer, [cut])) for cut in range(len(answer) + 1)} == {repr(parse_answer(answer))}


@given(ANSWERS)
def test_every_line_of_an_answer_has_a_role(answer: str) -> None:
    parsed = parse_answer(answer)
    if not isinstance(parsed, Parsed):
        return
    body = answer.replace("\r\n", "\n").replace("\r", "\n")
    assert len(parsed.roles) == len(body.removesuffix("\n").split("\n"))
    written = [line for hunk in parsed.hunks for line in hunk.lines if line.kind != "context"]
    for line in written:
        assert parsed.roles[line.number - 1] == line.kind


@given(ANSWERS)
def test_a_stream_that_broke_off_is_always_cut(answer: str) -> None:
    read = parse_answer(answer, complete=False)
    assert isinstance(read, Unparsed)
    assert read.code == "truncated_answer"


def hunks_of(answer: str) -> tuple[Hunk, ...]:
    parsed = parse_answer(answer)
    assert isinstance(parsed, Parsed), parsed
    return parsed.hunks


BODY = " def f():\n-    a\n+    b"


@pytest.mark.parametrize(
    "answer",
    [
        f"```diff\n{BODY}\n```",
        f"```\n--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n{BODY}\n```",
        f"--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n{BODY}\n",
        f"diff --git a/x.py b/x.py\nindex 83db48f..bf269f4 100644\n--- a/x.py\n+++ b/x.py\n@@ -7 +9 @@ class A\n{BODY}",
        f"*** Begin Patch\n*** Update File: x.py\n@@\n{BODY}\n*** End Patch",
        f"1. Do this:\n\n   ```diff\n   @@ -1,2 +1,2 @@\n{chr(10).join('   ' + line for line in BODY.split(chr(10)))}\n   ```",
        f"    @@ -1,2 +1,2 @@\n{chr(10).join('    ' + line for line in BODY.split(chr(10)))}\n",
        f"> @@ -1,2 +1,2 @@\n{chr(10).join('> ' + line for line in BODY.split(chr(10)))}\n",
        "x.py\n```python\n<<<<<<< SEARCH\ndef f():\n    a\n=======\ndef f():\n    b\n>>>>>>> REPLACE\n```",
        "<<<<<<< ORIGINAL\ndef f():\n    a\n=======\ndef f():\n    b\n>>>>>>> UPDATED",
    ],
)
def test_all_dialects_say_the_same(answer: str) -> None:
    (hunk,) = hunks_of(answer)
    assert [(line.kind, line.text) for line in hunk.lines] == [
        ("context", "def f():"),
        ("removal", "    a"),
        ("addition", "    b"),
    ]


def test_a_removed_comment_with_two_dashes_is_no_file_header() -> None:
    (hunk,) = hunks_of("```diff\n@@ -1,3 +1,2 @@\n local x\n--- old comment\n return x\n```")
    assert [line.kind for line in hunk.lines] == ["context", "removal", "context"]


def test_a_fence_in_a_patched_markdown_file_does_not_end_the_answer() -> None:
    (hunk,) = hunks_of("```diff\n@@ -1,4 +1,4 @@\n ```sh\n-npm i\n+npm ci\n ```\n text\n```\nDone.")
    assert len(hunk.lines) == 5


def test_words_after_an_unfenced_diff_are_not_lost_in_it() -> None:
    parsed = parse_answer("@@ @@\n a\n-b\n+c\n\nThis makes it work again.\n")
    assert isinstance(parsed, Parsed)
    assert parsed.hunks[0].tail == 3
    # The header says where the hunk ends.
    parsed = parse_answer("@@ -1,2 +1,2 @@\n a\n-b\n+c\n\nThis makes it work again.\n")
    assert isinstance(parsed, Parsed)
    assert len(parsed.hunks[0].lines) == 3
    assert parsed.roles[-2:] == ("prose", "prose")


@pytest.mark.parametrize(
    "answer",
    [
        "```diff\n@@ -1 +1 @@\n-a\n+b\n",
        "<<<<<<< SEARCH\na\n=======\nb\n",
        "*** Begin Patch\n*** Update File: x\n@@\n-a\n+b\n",
        "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n",
        "@@ -1,3 +1,3 @@\n a",
        "```python\ndef f():\n    return",
    ],
)
def test_an_answer_that_stops_early_is_cut(answer: str) -> None:
    read = parse_answer(answer)
    assert isinstance(read, Unparsed), read
    assert read.code == "truncated_answer"


@pytest.mark.parametrize(
    "answer", ["NO_CHANGE", "All good.\n\nNO_CHANGE\n", "I would leave it.", "```\nNO_CHANGE\n```", "**NO_CHANGE**"]
)
def test_an_answer_may_say_that_nothing_needs_to_change(answer: str) -> None:
    assert isinstance(parse_answer(answer), NoChange)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("NO_CHANGE", True),
        ("All good.\n\nNO_CHANGE\n", True),
        ("**NO_CHANGE**", True),
        ("`NO_CHANGE`.", True),
        ("<no_change>", True),
        ("- NO_CHANGE", True),
        ("It is right, so NO_CHANGE for it.", True),
        ("```\nNO_CHANGE\n```", True),
        ("I would leave it.", False),
        ("There is no change to make.", False),
    ],
)
def test_whether_an_answer_says_so_itself_is_told(answer: str, said: bool) -> None:
    read = parse_answer(answer)
    assert isinstance(read, NoChange)
    assert read.said is said


@pytest.mark.parametrize("answer", ["", " \n\n"])
def test_an_empty_answer_says_nothing_at_all(answer: str) -> None:
    assert isinstance(parse_answer(answer), Unparsed)
