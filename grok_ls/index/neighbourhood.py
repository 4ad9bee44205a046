"""The other files of one workspace folder, as the engine asks about them: read at once where they are few, else from the index.

Nothing is read before the first question. The index is then built in the background; until it is there, files near the document answer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from itertools import islice
from pathlib import Path, PurePosixPath

from grok_ls.context.across import Quotes, Wanted
from grok_ls.context.callers import Thing
from grok_ls.index.build import Progress, indexable
from grok_ls.index.conventions import conventions_of
from grok_ls.index.listing import files_below
from grok_ls.index.once import quotes_at, quotes_once, users_once
from grok_ls.index.workspace_index import IndexFailed, WorkspaceIndex

log = logging.getLogger(__name__)

# So many files are read within a quarter of a second, faster than an index of them could be asked for the first time.
FEW = 200
# A job does not wait longer for what is only a help to the model.
PATIENCE_S = 2.0
# Files that appear or go while nobody tells us of it are found out about this often, if there are questions.
_REBUILD_S = 600.0


class Neighbourhood:
    """``root``: the folder; ``allowed``: whether a path (relative to it) may be read and sent; ``data_dir``: where the index is kept,
    ``None`` for none (a command line that ends soon).
    """

    def __init__(self, root: Path, allowed: Callable[[str], bool], data_dir: Path | None) -> None:
        self._root = root
        self._allowed = allowed
        self._index: WorkspaceIndex | None = None
        if data_dir is not None:
            self._index = WorkspaceIndex(root, data_dir, files=lambda: files_below(root, allowed), allowed=allowed)
        self._building: asyncio.Task[None] | None = None
        self._built_s = float("-inf")
        self.on_progress: Callable[[Progress], None] = lambda _: None

    async def quote(self, wants: Wanted, thing: Thing | None = None) -> Quotes:
        """What a place uses of other files, best first, and then who uses ``thing``. Never raises: without an answer in time the
        document speaks for itself.
        """
        found = Quotes()
        try:
            async with asyncio.timeout(PATIENCE_S):
                async for quotes in self._quotes(wants, thing):
                    found = found.then(quotes)
        except TimeoutError:
            log.info("other files were not all quoted, because looking into them took longer than %g s", PATIENCE_S)
        except Exception:
            log.exception("other files could not be quoted")
        return found

    async def _quotes(self, wants: Wanted, thing: Thing | None) -> AsyncIterator[Quotes]:
        """Part by part, so that what was found in time is not lost."""
        if wants.places:
            yield await asyncio.to_thread(quotes_at, self._root, wants.places, self._allowed)
        if not wants.names and thing is None:
            return
        index, paths = await self._answering(wants.path)
        if wants.names and index is not None:
            yield await index.others(wants)
        elif wants.names:
            yield await asyncio.to_thread(quotes_once, self._root, wants, paths)
        if thing is not None and index is not None:
            yield await index.users(thing)
        elif thing is not None:
            yield await asyncio.to_thread(users_once, self._root, thing, paths)

    async def _answering(self, path: str) -> tuple[WorkspaceIndex | None, list[str]]:
        """The index where there is one by now and it is of use, else the files that are read instead."""
        few = await asyncio.to_thread(self._files, "")
        if len(few) <= FEW or self._index is None:
            return None, few
        self._keep_built(self._index)
        if (await self._index.count())[0]:
            return self._index, []
        folder = str(PurePosixPath(path).parent)
        near = await asyncio.to_thread(self._files, "" if folder == "." else folder)
        return None, near[:FEW]

    async def conventions(self, path: str, language: str) -> str:
        """One line about how the project of ``path`` is written, from its configuration files. Never raises."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await asyncio.to_thread(conventions_of, self._root, path, language, self._allowed)
        except Exception:
            log.exception("the project's configuration could not be read")
        return ""

    def _files(self, below: str) -> list[str]:
        """At most one more than ``FEW``, those near to ``below`` (and then to the root) first."""
        prefix = f"{below}/" if below else ""
        found = files_below(self._root / below, lambda path: self._allowed(prefix + path))
        return [prefix + path for path in islice(found, FEW + 1)]

    def _keep_built(self, index: WorkspaceIndex) -> None:
        if self._building is None and time.monotonic() - self._built_s > _REBUILD_S:
            self._building = asyncio.create_task(self._build(index), name="index of the workspace")

    async def _build(self, index: WorkspaceIndex) -> None:
        try:
            await index.build(self.on_progress)
        except IndexFailed as error:
            log.warning("%s", error)
        except Exception:
            log.exception("the index of the workspace could not be built")
        finally:
            self._built_s = time.monotonic()
            self._building = None

    def forget(self) -> None:
        """What may be read has changed: the next question looks again."""
        self._built_s = float("-inf")

    async def saved(self, path: str) -> None:
        """A file was saved, made or deleted."""
        if self._index is not None and self._built_s > 0 and indexable(path):
            try:
                await self._index.update(path)
            except Exception:
                log.exception("the index of the workspace could not be kept up to date")

    async def aclose(self) -> None:
        if self._building is not None:
            self._building.cancel()
            await asyncio.wait({self._building})
        if self._index is not None:
            await self._index.aclose()
