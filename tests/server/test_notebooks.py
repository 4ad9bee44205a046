"""The order of a notebook's cells, as the editor tells it."""

from __future__ import annotations

from lsprotocol import types as t

from grok_ls.server.documents import Documents
from grok_ls.server.notebooks import Notebooks, others

CODE, TEXT = t.NotebookCellKind.Code, t.NotebookCellKind.Markup


def opened(cells: str, *, language: str = "python") -> tuple[Notebooks, Documents]:
    """``cells``: a letter each; a capital one is of text."""
    notebooks, documents = Notebooks(), Documents()
    made = [t.NotebookCell(TEXT if each.isupper() else CODE, f"cell:{each}") for each in cells]
    notebooks.open(t.NotebookDocument("file:///w/my%20plot.ipynb", "jupyter-notebook", 1, made))
    for each in cells:
        documents.open(t.TextDocumentItem(f"cell:{each}", language, 1, each))
    return notebooks, documents


def seen(notebooks: Notebooks, documents: Documents, cell: str) -> list[str]:
    notebook = notebooks.of(f"cell:{cell}")
    return [] if notebook is None else [each.text for each in others(notebook, f"cell:{cell}", documents.get)]


def test_the_nearest_cells_above_come_first() -> None:
    assert seen(*opened("abcde"), "c") == ["b", "a", "d", "e"]


def test_cells_of_text_or_another_language_are_left_out() -> None:
    notebooks, documents = opened("aBcd")
    documents.open(t.TextDocumentItem("cell:d", "sql", 1, "d"))
    assert seen(notebooks, documents, "c") == ["a"]


def test_a_cell_is_named_after_its_notebook_and_number() -> None:
    notebooks, documents = opened("ab")
    notebook = notebooks.of("cell:b")
    assert notebook is not None
    assert [each.path for each in others(notebook, "cell:b", documents.get)] == ["my plot.ipynb cell 1"]


def test_inserted_moved_and_deleted_cells_keep_the_order() -> None:
    notebooks, documents = opened("abcd")
    uri = "file:///w/my%20plot.ipynb"
    notebooks.change(
        uri, t.NotebookCellArrayChange(1, 2, [t.NotebookCell(CODE, "cell:c"), t.NotebookCell(CODE, "cell:b")])
    )
    assert seen(notebooks, documents, "d") == ["b", "c", "a"]
    notebooks.change(uri, t.NotebookCellArrayChange(0, 1))
    assert seen(notebooks, documents, "d") == ["b", "c"]


def test_a_cell_that_becomes_text_is_left_out() -> None:
    notebooks, documents = opened("abc")
    notebooks.update("file:///w/my%20plot.ipynb", [t.NotebookCell(TEXT, "cell:a")])
    assert seen(notebooks, documents, "c") == ["b"]


def test_what_was_never_opened_is_nothing() -> None:
    notebooks, documents = opened("ab")
    notebooks.change("file:///w/other.ipynb", t.NotebookCellArrayChange(0, 1))
    notebooks.update("file:///w/other.ipynb", [t.NotebookCell(TEXT, "cell:a")])
    notebooks.close("file:///w/other.ipynb")
    assert seen(notebooks, documents, "b") == ["a"]
    notebooks.close("file:///w/my%20plot.ipynb")
    assert notebooks.of("cell:b") is None


def test_only_the_nearest_text_is_looked_into() -> None:
    notebooks, documents = opened("abc")
    documents.open(t.TextDocumentItem("cell:b", "python", 1, "b" * 200_000))
    documents.open(t.TextDocumentItem("cell:a", "python", 1, "a" * 200_000))
    assert seen(notebooks, documents, "c") == ["b" * 200_000]
