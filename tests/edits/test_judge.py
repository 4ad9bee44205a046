"""Doubts about a change: each kind is named, and honest changes raise none."""

import pytest

from grok_ls.edits.judge import judge
from grok_ls.edits.names import imported

CODE = "def f(x):\n    y = g(x)\n    return y\n\n\ndef g(x):\n    return x\n"


def doubts(old: str, new: str) -> list[str]:
    return [remark.doubt for remark in judge(old, new)]


def missing(old: str, new: str) -> list[str]:
    return [remark.name for remark in judge(old, new) if remark.doubt == "undefined"]


def test_an_honest_fix_raises_no_doubt() -> None:
    assert doubts(CODE, CODE.replace("return y", "return y + 1")) == []


def test_a_change_of_nothing_is_named() -> None:
    assert doubts(CODE, CODE) == ["empty"]


@pytest.mark.parametrize("left", ["    pass\n", "    return None\n", "    ...\n", "    # nothing\n" * 0])
def test_deleting_the_failing_code_is_named(left: str) -> None:
    assert doubts(CODE, CODE.replace("    y = g(x)\n    return y\n", left)) == ["only_deletes"]


def test_moving_code_is_no_deletion() -> None:
    assert doubts(
        CODE, CODE.replace("    y = g(x)\n", "").replace("    return y\n", "    y = g(x)\n    return y\n")
    ) == ["empty"]
    moved = "def g(x):\n    return x\n\n\ndef f(x):\n    y = g(x)\n    return y\n"
    assert doubts(CODE, moved) == []


def test_deleting_blank_lines_and_comments_is_no_deletion_of_code() -> None:
    assert doubts("a = 1\n\n\n\nb = 2\n", "a = 1\n\nb = 2\n") == []


def test_a_removed_definition_that_is_still_used_is_named() -> None:
    assert missing(CODE, CODE.replace("\n\ndef g(x):\n    return x\n", "\nz = 1\n")) == ["g"]


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("import os\nimport re\nx = os.sep\n", "import re\nx = os.sep\n", ["os"]),
        ("from a import (\n    b,\n    c,\n)\nb(c)\n", "from a import (\n    b,\n)\nb(c)\n", ["c"]),
        ("import { b, c } from 'a';\nb(c);\n", "import { b } from 'a';\nb(c);\n", ["c"]),
        ("import a.B;\nimport a.C;\nclass D { B b; C c; }\n", "import a.B;\nclass D { B b; C c; }\n", ["C"]),
        ("class A:\n    def f(self): self.g()\n    def g(self): pass\n", "class A:\n    def f(self): self.g()\n", ["g"]),
        ("const a = 1;\nconst b = a;\n", "const b = a;\n", ["a"]),
        # What follows is no fault.
        ("import os\nx = 1\n", "x = 1\n", []),
        ("import os\nx = os.sep\n", "from pathlib import Path as os\nx = os.sep\n", []),
        ("import os  # os\nx = 'os'\n", "# os\nx = 'os'\n", []),
        ("import os\nx = y.os\n", "x = y.os\n", []),
        ("x = 1\nprint(x)\n", "for x in y:\n    print(x)\n", []),
        ("x = 1\ndef f():\n    return x\n", "def f(x):\n    return x\n", []),
        ("function f() {}\nf();\n", "const f = () => {};\nf();\n", []),
        ("class A(B):\n    def g(self): pass\n    def f(self): self.g()\n", "class A(B):\n    def f(self): self.g()\n", []),
    ],
)  # fmt: skip
def test_names_that_lose_their_definition(old: str, new: str, names: list[str]) -> None:
    assert missing(old, new) == names


def test_imports_of_the_usual_languages_are_read() -> None:
    text = (
        "import os.path, re as r\nfrom a import b, c as d\nimport e, { f as g } from 'h';\nimport * as i from 'j';\n"
        "import k.l.M;\nuse n::O;\nuse p::{Q, R};\n"
    )
    assert imported(text) >= {"os", "r", "b", "d", "e", "g", "i", "M", "O", "Q", "R"}


def test_a_whole_file_in_another_indentation_is_named() -> None:
    code = "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(30))
    assert doubts(code, code.replace("    ", "  ")) == ["reformat"]


def test_a_whole_file_in_another_style_of_quotes_and_line_breaks_is_named() -> None:
    code = "".join(f"call_{n}('a', {n})\nother({n})\n\n" for n in range(30))
    new = "".join(f'call_{n}(\n    "a",\n    {n},\n)\nother({n})\n\n' for n in range(30)).replace(
        "other(3)", "other(4)"
    )
    assert doubts(code, new) == ["reformat"]


def test_a_block_that_moved_inwards_is_no_reformat() -> None:
    body = [f"    step({n})" for n in range(40)]
    rest = [f"x{n} = {n}" for n in range(100)]
    old = "\n".join(["def f():", *body, *rest])
    new = "\n".join(["def f():", "    with lock:", *("    " + line for line in body), *rest])
    assert doubts(old, new) == []


def test_a_comment_in_the_place_of_code_is_named() -> None:
    assert "placeholder" in doubts(CODE, CODE.replace("    y = g(x)\n", "    # ... existing code ...\n"))


@pytest.mark.parametrize("comment", ["# {}", "// {}", "/* {} */", "-- {}", "#{}"])
def test_code_that_is_only_commented_out_is_deleted(comment: str) -> None:
    (remark,) = judge("a = 1\nb = 2\n", f"a = 1\n{comment.format('b = 2')}\n")
    assert remark.doubt == "only_deletes"


def test_a_comment_of_its_own_is_an_addition() -> None:
    assert not judge("a = 1\nb = 2\n", "a = 1\n# two is enough\n")


OTHER = "\n\ndef g():\n    total = 1\n    return total\n"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("def f():\n    y = 1\n    return y\n", "def f():\n    return y\n", "y"),
        (
            "def f(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n" + OTHER,
            "def f(xs):\n    result = 0\n    for x in xs:\n        result += x\n    return total\n" + OTHER,
            "total",
        ),
        ("func f() int {\n\ty := 1\n\treturn y\n}\n", "func f() int {\n\treturn y\n}\n", "y"),
        ("int f(void) {\n  int y = 1;\n  return y;\n}\n", "int f(void) {\n  return y;\n}\n", "y"),
        (
            "class A {\n  f() {\n    const y = 1;\n    return y;\n  }\n}\n",
            "class A {\n  f() {\n    return y;\n  }\n}\n",
            "y",
        ),
    ],
    ids=["python", "renamed in part", "go", "c", "javascript"],
)
def test_a_local_name_that_is_gone_and_still_used_is_named(old: str, new: str, name: str) -> None:
    assert name in [remark.name for remark in judge(old, new) if remark.doubt == "undefined"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def f(y):\n    y = 1\n    return y\n", "def f(y):\n    return y\n"),
        ("y = 2\n\n\ndef f():\n    y = 1\n    return y\n", "y = 2\n\n\ndef f():\n    return y\n"),
        (
            "def f(a):\n    if a:\n        y = 1\n    else:\n        y = 2\n    return y\n",
            "def f(a):\n    y = 2\n    return y\n",
        ),
        ("def f(a):\n    y = a\n    return y\n", "def f(a):\n    return a\n"),
        (
            "def f(a):\n    y = a\n    with open(a) as y:\n        return y\n",
            "def f(a):\n    with open(a) as y:\n        return y\n",
        ),
        ("func f(y int) int {\n\ty = 1\n\treturn y\n}\n", "func f(y int) int {\n\treturn y\n}\n"),
        ("def f(a):\n    b(key=a, other=1)\n", "def f(a):\n    b(key=a)\n"),
    ],
    ids=range(7),
)
def test_a_local_name_that_is_still_there_is_not(old: str, new: str) -> None:
    assert not [remark for remark in judge(old, new) if remark.doubt == "undefined"]
