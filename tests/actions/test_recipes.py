"""Which named refactorings are offered where, and that only those get them who ask for them by name."""

import pytest

from grok_ls.actions import ACTIONS, RECIPE_KIND, RECIPES, REFACTOR, Situation, offers, recipe_offers
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source, Span

ALL = [RECIPE_KIND]
PYTHON = '''\
import os


def area(width, height):
    size = width * height
    if size < 0:
        raise ValueError(size)
    return size


def volume(width: int, height: int) -> int:
    """Of a box."""
    return area(width, height)
'''


def offered(text: str, needle: str, *, selected: bool = False, only: list[str] = ALL, path: str = "a.py") -> list[str]:
    start = text.index(needle)
    span = Span(start, start + len(needle) if selected else start)
    language = language_of(path)
    assert language
    source = Source(text, path)
    definition = Syntax.parse(source, language).definition_around(span)
    return [offer.kind.rpartition(".")[2] for offer in recipe_offers(source, span, language.id, definition, only)]


def test_what_applies_to_the_definition_around_the_cursor() -> None:
    assert offered(PYTHON, "size < 0") == ["simplify", "rename", "add-types", "document"]


def test_a_documented_and_typed_definition_is_not_offered_that_again() -> None:
    assert offered(PYTHON, "return area") == ["rename"]


def test_only_a_selection_can_be_extracted() -> None:
    body = PYTHON[PYTHON.index("    size = ") : PYTHON.index("    return size")]
    assert offered(PYTHON, body, selected=True) == ["extract-function", "simplify", "rename"]
    assert offered(PYTHON, "width * height", selected=True) == []


def test_a_long_definition_can_be_split() -> None:
    text = "def long(x):\n" + "".join(f"    x += {number}\n" for number in range(50)) + "    return x\n"
    assert "split" in offered(text, "x += 7")


def test_nothing_is_offered_outside_of_every_definition() -> None:
    assert offered(PYTHON, "import os") == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.ts", "function f(a: any): number {\n  return a;\n}\n", True),
        ("a.js", "function f(a) {\n  return a;\n}\n", False),
        ("a.go", "func f(a int) int {\n\treturn a\n}\n", False),
        ("a.php", "<?php\nfunction f($a) {\n  return $a;\n}\n", True),
        ("a.php", "<?php\nfunction f(int $a): int {\n  return $a;\n}\n", False),
        ("a.py", "def f(self, a: int = 1, *, b: str) -> int:\n    return a\n", False),
        ("a.py", "def f(a: int, b) -> int:\n    return a\n", True),
    ],
)
def test_types_are_offered_where_a_language_has_them_and_they_are_missing(path: str, text: str, expected: bool) -> None:
    assert ("add-types" in offered(text, "return", path=path)) is expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.go", "package a\n\n// F adds.\nfunc F(a int) int {\n\treturn a\n}\n"),
        ("a.rs", "/// Adds.\n#[inline]\nfn f(a: i32) -> i32 {\n    return a;\n}\n"),
        ("a.ts", "/** Adds. */\nexport function f(a: number): number {\n  return a;\n}\n"),
    ],
)
def test_a_comment_above_is_documentation(path: str, text: str) -> None:
    assert "document" not in offered(text, "return", path=path)
    without = "\n".join(line for line in text.split("\n") if not line.startswith("/"))
    assert "document" in offered(without, "return", path=path)


@pytest.mark.parametrize(
    "only", [[], [""], ["refactor"], ["refactor.rewrite"], ["refactor.rewrite.grok"], ["quickfix"]]
)
def test_who_does_not_ask_for_recipes_gets_the_one_refactor_action(only: list[str]) -> None:
    assert offered(PYTHON, "size < 0", only=only) == []


def test_one_recipe_can_be_asked_for() -> None:
    assert offered(PYTHON, "size < 0", only=[f"{RECIPE_KIND}.simplify"]) == ["simplify"]
    assert offered(PYTHON, "size < 0", only=[f"{RECIPE_KIND}.simp"]) == []


def test_the_plain_actions_are_not_below_the_kind_of_recipes() -> None:
    assert offers(ACTIONS, Situation(Span(0, 0), "python", "area", only=ALL)) == ()


def test_names_and_kinds_are_what_editors_rely_on() -> None:
    assert [recipe.name for recipe in RECIPES] == [
        "extract-function",
        "simplify",
        "rename",
        "add-types",
        "document",
        "split",
    ]
    assert all(recipe.kind.startswith(f"{REFACTOR.kind}.") for recipe in RECIPES)
