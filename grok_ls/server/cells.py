"""What the model sees beside a cell of a notebook. Apart from ``notebooks.py``, because the start imports no parser."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from grok_ls.context.across import Quotes, Wanted
from grok_ls.context.callers import Thing
from grok_ls.context.cells import Cells
from grok_ls.engine.values import Neighbours
from grok_ls.text import Source

log = logging.getLogger(__name__)


class CellNeighbours:
    """The other cells of a notebook, and then the files beside it. ``path`` is the notebook's own."""

    def __init__(self, cells: Sequence[Source], path: str, files: Neighbours | None) -> None:
        self._cells = cells
        self._path = path
        self._files = files

    async def quote(self, wants: Wanted, thing: Thing | None = None) -> Quotes:
        try:
            cells, found = await asyncio.to_thread(self._of_cells, wants, thing)
        except Exception:
            log.exception("the other cells could not be quoted")
            return Quotes()
        if self._files is None:
            return found
        return found.then(await self._files.quote(replace(cells, path=self._path), thing))

    def _of_cells(self, wants: Wanted, thing: Thing | None) -> tuple[Wanted, Quotes]:
        cells = Cells(self._cells)
        return cells.importing(wants), cells.quotes(wants, thing)

    async def conventions(self, path: str, language: str) -> str:
        return await self._files.conventions(self._path, language) if self._files is not None else ""
