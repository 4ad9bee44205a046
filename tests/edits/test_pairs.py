"""Search/replace pairs in tags, as JSON, and as two fences that the words around them name."""

from __future__ import annotations

import json

import pytest

from grok_ls.edits import NoChange, Parser, Refusal, Resolved, parse_answer, resolve

TEXT = "import os\n\n\ndef f(a):\n    size = len(a)\n    return size\n\n\ndef g(b):\n    x = '<b>'\n    return x\n"
OLD, NEW = "    size = len(a)\n    return size", "    return len(a)"
WANT = TEXT.replace(OLD, NEW)
EDIT = {"old_string": OLD, "new_string": NEW}


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("search", "replace"),
        ("SEARCH", "REPLACE"),
        ("old_str", "new_str"),
        ("oldText", "newText"),
        ("original", "updated"),
    ],
)
def test_tags_that_belong_together_are_a_search_and_its_replacement(old: str, new: str) -> None:
    tags = f"<{old}>\n{OLD}\n</{old}>\n<{new}>\n{NEW}\n</{new}>\n"
    for answer in (tags, f"Here it is:\n\n{tags}\nDone.\n", f"```xml\n<edit>\n{tags}</edit>\n```\n", tags * 2):
        assert text_of(resolve(TEXT, answer)) == WANT


def test_a_tag_may_hold_its_text_in_one_line_in_a_fence_or_as_cdata() -> None:
    want = TEXT.replace("len(a)", "0")
    one, other = "    size = len(a)", "    size = 0"
    for before, after in (
        ("", ""),
        ("\n", "\n"),
        ("\n```python\n", "\n```\n"),
        ("<![CDATA[", "]]>"),
        ("<![CDATA[\n", "\n]]>"),
    ):
        answer = f"<old>{before}{one}{after}</old>\n<new>{before}{other}{after}</new>\n"
        assert text_of(resolve(TEXT, answer)) == want, answer


def test_the_path_beside_the_tags_counts() -> None:
    answer = f'<edit path="two.py">\n<old>\n{OLD}\n</old>\n<new>\n{NEW}\n</new>\n</edit>\n'
    assert isinstance(resolve(TEXT, answer, path="a.py"), Refusal)
    assert text_of(resolve(TEXT, answer, path="two.py")) == WANT


def test_a_replacement_without_its_end_is_cut() -> None:
    result = resolve(TEXT, f"<search>\n{OLD}\n</search>\n<replace>\n    return")
    assert isinstance(result, Refusal)
    assert result.code == "truncated_answer"


def test_a_page_that_has_a_search_element_is_no_edit() -> None:
    page = "<main>\n<search>\n<input>\n</search>\n<p>one</p>\n</main>\n"
    answer = f"```html\n{page.replace('one', 'two')}```\n"
    assert text_of(resolve(page, answer, path="a.html")) == page.replace("one", "two")


@pytest.mark.parametrize(
    "form",
    [
        EDIT,
        [EDIT],
        {"edits": [EDIT]},
        {"path": "a.py", "changes": [{"description": "why", **EDIT}]},
        {"name": "str_replace", "arguments": json.dumps({"path": "a.py", **EDIT})},
        [{"search": OLD, "replace": NEW}],
        {"command": "str_replace", "path": "a.py", "old_str": OLD, "new_str": NEW},
    ],
)
def test_json_of_known_keys_is_a_list_of_edits(form: object) -> None:
    for answer in (json.dumps(form), f"I edit it:\n\n```json\n{json.dumps(form, indent=2)}\n```\n\nDone.\n"):
        assert text_of(resolve(TEXT, answer, path="a.py")) == WANT


@pytest.mark.parametrize(
    "form",
    [
        {"path": "two.py", **EDIT},
        {"old_string": OLD},
        {"old_string": "", "new_string": NEW},
        {"edits": [EDIT, {"old_string": "x"}]},
    ],
)
def test_half_an_edit_and_one_of_another_file_are_refused(form: object) -> None:
    assert isinstance(resolve(TEXT, json.dumps(form), path="a.py"), Refusal)


def test_json_that_is_cut_is_said_to_be() -> None:
    whole = json.dumps({"edits": [EDIT, EDIT]})
    for end in range(40, len(whole)):
        result = resolve(TEXT, whole[:end])
        assert isinstance(result, Refusal), whole[:end]
        assert result.code == "truncated_answer"


def test_json_with_other_keys_is_code() -> None:
    text = '{\n  "search": "a",\n  "replace": "b",\n  "more": 1\n}\n'
    answer = f"```json\n{text.replace('1', '2')}```\n"
    assert text_of(resolve(text, answer, path="a.json")) == text.replace("1", "2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Replace this:", "with this:"),
        ("**Before:**", "**After:**"),
        ("In `a.py`, replace the following lines:", "With:"),
        ("### Original code", "### Updated code"),
        ("Find:", "Replace with:"),
    ],
)
def test_two_fences_called_before_and_after_are_a_pair(one: str, other: str) -> None:
    answer = f"{one}\n\n```python\n{OLD}\n```\n\n{other}\n\n```python\n{NEW}\n```\n"
    assert text_of(resolve(TEXT, answer, path="a.py")) == WANT


def test_a_fence_beside_a_pair_leaves_a_doubt() -> None:
    pair = f"Before:\n```python\n{OLD}\n```\nAfter:\n```python\n{NEW}\n```\n"
    assert isinstance(resolve(TEXT, f"{pair}And:\n```python\ndef g(b):\n    return 1\n```\n"), Refusal)


def test_equal_halves_are_no_change() -> None:
    assert isinstance(parse_answer(f"<old>\n{OLD}\n</old>\n<new>\n{OLD}\n</new>\n"), NoChange)


def test_a_streamed_pair_is_read_like_a_whole_one() -> None:
    for answer in (
        json.dumps([EDIT]),
        f"<old>\n{OLD}\n</old>\n<new>\n{NEW}\n</new>\n",
        f"Old:\n```\n{OLD}\n```\nNew:\n```\n{NEW}\n```\n",
    ):
        for cut in range(len(answer)):
            parser = Parser()
            parser.feed(answer[:cut])
            parser.feed(answer[cut:])
            assert parser.finish() == parse_answer(answer)


@pytest.mark.parametrize("line", ["5", '"5"'])
def test_a_line_that_a_tag_names_decides_between_equal_places(line: str) -> None:
    text = "a = 1\nb = 2\nc = 3\n" * 20
    answer = f"<old_text line={line}>\nb = 2\n</old_text>\n<new_text>\nb = 5\n</new_text>\n"
    assert text_of(resolve(text, answer)).split("\n")[4] == "b = 5"


def test_parameters_of_a_tool_are_tags_too() -> None:
    old, new = f'<parameter name="old_str">{OLD}</parameter>', f'<parameter name="new_str">{NEW}</parameter>'
    answer = f'<invoke name="edit">\n<parameter name="path">one.py</parameter>\n{old}\n{new}\n</invoke>\n'
    assert text_of(resolve(TEXT, answer, path="one.py")) == WANT
    assert isinstance(resolve(TEXT, answer, path="two.py"), Refusal)


@pytest.mark.parametrize("broken", ["</old>\n</old>\n", "", "</old\n"])
def test_half_a_pair_beside_a_whole_one_is_not_passed_over(broken: str) -> None:
    whole = f"<old>\n{OLD}\n</old>\n<new>\n{NEW}\n</new>\n"
    half = f"<old>\n    x = '<b>'\n{broken}<new>\n    x = 1\n</new>\n"
    for answer in (whole + half, half + whole):
        assert isinstance(resolve(TEXT, answer), Refusal), answer


def test_a_replacement_without_its_end_does_not_swallow_the_next_pair() -> None:
    one = f"<old>\n{OLD}\n</old>\n<new>\n{NEW}\n/new>\n"
    assert isinstance(resolve(TEXT, f"{one}<old>\n    x = '<b>'\n</old>\n<new>\n    x = 1\n</new>\n"), Refusal)


def test_a_block_without_its_first_mark_is_not_passed_over() -> None:
    whole = f"```\n<<<<<<< SEARCH\n{OLD}\n=======\n{NEW}\n>>>>>>> REPLACE\n```\n"
    half = "```\n    x = '<b>'\n=======\n    x = 1\n>>>>>>> REPLACE\n```\n"
    assert isinstance(resolve(TEXT, whole + half), Refusal)
    assert text_of(resolve(TEXT, whole)) == WANT
