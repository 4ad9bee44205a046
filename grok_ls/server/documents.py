"""Open documents as the client sees them. Ours instead of pygls' ``Workspace``, whose ``lines`` split at form feed and U+2028 and so
corrupt the synced text (a test shows it), and which reads the disk for closed files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from lsprotocol import types

from grok_ls.text import Encoding, Source, Span


@dataclass(slots=True)
class Document:
    """One open document. ``source`` is replaced, never changed; ``version`` is the client's. ``revision`` is ours: no two
    states of a connection's documents share one, although versions start anew when a document is opened again.
    """

    uri: str
    language_id: str
    version: int
    source: Source
    revisions: Iterator[int] = field(default_factory=count)
    revision: int = field(init=False)
    # One edit at a time: the next is computed on the text that this one leaves.
    applying: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiters: set[asyncio.Event] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.revision = next(self.revisions)

    def update(self, source: Source, version: int) -> None:
        self.source = source
        self.version = version
        self.revision = next(self.revisions)
        for waiter in self._waiters:
            waiter.set()

    async def wait_until(self, landed: Callable[[str], bool], timeout_s: float) -> bool:
        """True as soon as the text satisfies ``landed``, now or after a change within ``timeout_s`` seconds."""
        changed = asyncio.Event()
        self._waiters.add(changed)
        try:
            async with asyncio.timeout(timeout_s):
                while not landed(self.source.text):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            return landed(self.source.text)
        finally:
            self._waiters.discard(changed)
        return True


class Documents:
    """All open documents of one connection."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self._revisions = count()
        self.encoding: Encoding = "utf-16"

    def get(self, uri: str) -> Document | None:
        return self._open.get(uri)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._open.values())

    def open(self, item: types.TextDocumentItem) -> None:
        language = str(getattr(item.language_id, "value", item.language_id))
        self._open[item.uri] = Document(item.uri, language, item.version, Source(item.text), self._revisions)

    def close(self, uri: str) -> None:
        self._open.pop(uri, None)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        document = self._open.get(params.text_document.uri)
        if document is None:
            return
        source = document.source
        for change in params.content_changes:
            source = self._changed(source, change)
        document.update(source, params.text_document.version)

    def _changed(self, source: Source, change: types.TextDocumentContentChangeEvent) -> Source:
        if not isinstance(change, types.TextDocumentContentChangePartial):
            return Source(change.text)
        return source.edited(self.span(source, change.range), change.text)

    def span(self, source: Source, range_: types.Range) -> Span:
        start = source.offset_at(range_.start.line, range_.start.character, self.encoding)
        end = source.offset_at(range_.end.line, range_.end.character, self.encoding)
        return Span(min(start, end), max(start, end))
