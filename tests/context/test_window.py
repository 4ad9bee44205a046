from __future__ import annotations

import random

import pytest

from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax, first_new_error, parses_no_worse
from grok_ls.context.window import changed_rows

PYTHON, SCRIPT = language_of("a.py"), language_of("a.js")
assert PYTHON is not None
assert SCRIPT is not None
ROW = 'def row_{0}(a, b):\n    """Row {0}."""\n    if a:\n        return [a, b, {0}]\n\n    return {{"b": b}}\n'
TEXT = "import os\n\n\n" + "\n\n".join(ROW.format(number) for number in range(260))
CODE = "\n".join(
    f"function row{n}(a, b) {{\n  if (a) {{\n    return [a, `${{b}}`];\n  }}\n\n  return b;\n}}\n" for n in range(400)
)


def test_the_rows_around_a_change_are_whole_definitions() -> None:
    rows = changed_rows(TEXT, TEXT.replace("[a, b, 100]", "[b, a, 100]"), PYTHON)
    assert rows is not None
    assert rows[0].startswith("def row_100(")
    assert rows[0].count("def ") == 1
    assert rows[0].replace("[a, b, 100]", "[b, a, 100]") == rows[1]


def test_short_texts_and_those_in_a_frame_are_read_whole() -> None:
    assert changed_rows(ROW.format(1), ROW.format(2), PYTHON) is None
    java = language_of("a.java")
    assert java is not None
    assert changed_rows(CODE, CODE.replace("row7(", "row8("), java) is None
    assert changed_rows(TEXT, TEXT.replace("import os", "import re").replace("[a, b, 259]", "[]"), PYTHON) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("[a, b, 9]", "[a, b, 9"), ("    if a:", "    if a"), ('"""Row 9."""', '"""Row 9.')],
)
def test_what_no_longer_parses_is_still_found(one: str, other: str) -> None:
    before = TEXT.index("def row_9(")
    new = TEXT[:before] + TEXT[before:].replace(one, other, 1)
    fault = first_new_error(TEXT, new, PYTHON)
    assert fault is not None


def test_an_else_below_a_blank_line_belongs_to_what_stands_above() -> None:
    odd = "if os:\n    a = 1\n\nelse:\n    a = 2\n\n\n"
    text = TEXT.replace("def row_100(", f"{odd}def row_100(")
    assert not parses_no_worse(text, text.replace("if os:", "with os:"), PYTHON)


def test_a_text_that_is_said_to_parse_no_worse_really_does() -> None:
    dice = random.Random(5)
    pieces = ["", ")", "{", "}", '"', '"""', "/*", "`", "\n\n", "else:\n", "\nfoo(\n", "\nx = 1\n", "\\\n", "#", "  "]
    for text, language in ((TEXT, PYTHON), (CODE, SCRIPT)):
        errors = Syntax.parse(text, language).error_count()
        for _ in range(25):
            at = dice.randrange(len(text))
            new = text[:at] + dice.choice(pieces) + text[at + dice.choice([0, 0, 1, 2, 30]) :]
            if first_new_error(text, new, language) is None:
                assert Syntax.parse(new, language).error_count() <= errors, (at, new[at - 20 : at + 20])
