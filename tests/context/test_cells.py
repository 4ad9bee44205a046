"""What a cell of a notebook is told of the others."""

from __future__ import annotations

from grok_ls.context.across import Quotes, wanted
from grok_ls.context.callers import Thing, thing_at
from grok_ls.context.cells import Cells
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source, Span


def quotes(cell: str, others: list[str]) -> Quotes:
    source = Source(cell, "", "python")
    language = language_of("", "python", "")
    assert language is not None
    syntax = Syntax.parse(source, language)
    place = Span(0, len(cell))
    thing: Thing | None = thing_at(syntax, syntax.enclosing_definition(Span(0, 0)) or place)
    cells = Cells([Source(text, f"a.ipynb cell {number}", "python") for number, text in enumerate(others, 1)])
    return cells.quotes(wanted(source, place, syntax), thing)


def shown(found: Quotes) -> list[str]:
    return [f"{piece.path}: {piece.text}" for piece in found.pieces]


def test_imports_come_before_definitions_and_values() -> None:
    found = quotes("plot(np.sqrt(rate))", ["rate = 2", "def plot(x):\n    pass", "import os\nimport numpy as np"])
    assert shown(found)[0] == "a.ipynb cell 3: import numpy as np"
    assert {piece.path for piece in found.pieces} == {f"a.ipynb cell {number}" for number in (1, 2, 3)}


def test_cells_that_say_nothing_about_a_cell_are_not_shown() -> None:
    assert shown(quotes("x1 = 1", ["import numpy as np", "y = 2", ""])) == []


def test_commands_of_the_notebook_do_not_hide_what_a_cell_defines() -> None:
    found = quotes("area(1, 2)", ["%matplotlib inline\n!pip install shapely\n\ndef area(w, h):\n    return w * h\n"])
    assert "def area(w, h):" in shown(found)[0]


def test_uses_of_a_function_in_later_cells_are_shown() -> None:
    found = quotes("def area(w, h):\n    return w * h\n", ["print(area(1, 2))", "def other():\n    return 1"])
    assert shown(found) == ["a.ipynb cell 1: print(area(1, 2))"]


def test_an_import_of_another_cell_says_which_file_is_meant() -> None:
    source = Source("load(3)", "", "python")
    language = language_of("", "python", "")
    assert language is not None
    wants = wanted(source, Span(0, 7), Syntax.parse(source, language))
    cells = Cells([Source("from shop.files import load", "a.ipynb cell 1", "python")])
    assert {"shop", "files"} <= cells.importing(wants).imported["load"]


def test_a_cell_of_an_unknown_language_says_nothing() -> None:
    assert Cells([Source("area = 1", "a.ipynb cell 1", "klingon")]).quotes(wanted(*_python("area()"))) == Quotes()


def _python(text: str) -> tuple[Source, Span, Syntax]:
    source = Source(text, "", "python")
    language = language_of("", "python", "")
    assert language is not None
    return source, Span(0, len(text)), Syntax.parse(source, language)
