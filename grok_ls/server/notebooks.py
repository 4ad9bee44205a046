"""Notebooks: each cell is a document of its own, and the other cells are the first that is looked into for what one uses.

The texts of the cells are kept with all others in ``documents.py``; here is what a notebook is made of, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from grok_ls.server.documents import Document
from grok_ls.text import Source

# The nearest cells of so much text are looked into: 30 ms of parsing.
_MOST_CHARACTERS = 300_000

SYNC = types.NotebookDocumentSyncOptions([types.NotebookDocumentFilterWithNotebook(notebook="*")])


@dataclass(slots=True)
class Notebook:
    """``cells`` are in their order, those of text among them."""

    uri: str
    cells: list[types.NotebookCell] = field(default_factory=list)

    @property
    def name(self) -> str:
        return PurePosixPath(unquote(urlsplit(self.uri).path)).name

    def change(self, array: types.NotebookCellArrayChange) -> None:
        self.cells[array.start : array.start + array.delete_count] = array.cells or ()


class Notebooks:
    """All open notebooks of one connection."""

    def __init__(self) -> None:
        self._open: dict[str, Notebook] = {}

    def open(self, notebook: types.NotebookDocument) -> None:
        self._open[notebook.uri] = Notebook(notebook.uri, list(notebook.cells))

    def change(self, uri: str, array: types.NotebookCellArrayChange) -> None:
        if (notebook := self._open.get(uri)) is not None:
            notebook.change(array)

    def update(self, uri: str, cells: Sequence[types.NotebookCell]) -> None:
        """These cells are of another kind now."""
        changed = {cell.document: cell for cell in cells}
        if changed and (notebook := self._open.get(uri)) is not None:
            notebook.cells = [changed.get(cell.document, cell) for cell in notebook.cells]

    def close(self, uri: str) -> None:
        self._open.pop(uri, None)

    def of(self, cell: str) -> Notebook | None:
        """The notebook that a document is a cell of."""
        return next((each for each in self._open.values() if any(cell == one.document for one in each.cells)), None)


def others(notebook: Notebook, cell: str, document: Callable[[str], Document | None]) -> list[Source]:
    """The other code cells in the language of ``cell``, those above first, each the nearest first."""
    own = document(cell)
    at = next(index for index, each in enumerate(notebook.cells) if each.document == cell)
    order = (*range(at - 1, -1, -1), *range(at + 1, len(notebook.cells)))
    found: list[Source] = []
    room = _MOST_CHARACTERS
    for index in order:
        each = notebook.cells[index]
        text = document(each.document)
        if own is None or text is None or each.kind != types.NotebookCellKind.Code:
            continue
        room -= len(text.source.text)
        if text.language_id == own.language_id and room >= 0:
            found.append(Source(text.source.text, f"{notebook.name} cell {index + 1}", text.language_id))
    return found
