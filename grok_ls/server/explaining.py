"""Showing an explanation to a client that does not take the stream: a document that it asks us for, a read-only file, or a message."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from lsprotocol import types

from grok_ls.server.client import Client

# Longer texts are cut in a message: most editors show a few lines.
_MESSAGE_CHARACTERS = 1500
# A client that shows a document of ours asks for its text while it does so. One that has not asked by then cannot.
_ASKED_S = 2.0

SCHEME = "grok-ls"


class ServedExplanations:
    """Explanations that the client asks for by their URI (``workspace/textDocumentContent``, LSP 3.18), in memory alone."""

    # A tab may stay open for long; a megabyte or two is the most that they take.
    KEPT = 100

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._asked: dict[str, asyncio.Event] = {}

    def add(self, name: str, markdown: str) -> str:
        """The URI of a new document. Its last part is what a tab shows."""
        uri = f"{SCHEME}:/{name}/explanation.md"
        self._texts[uri], self._asked[uri] = markdown, asyncio.Event()
        while len(self._texts) > self.KEPT:
            self.drop(next(iter(self._texts)))
        return uri

    def drop(self, uri: str) -> None:
        self._texts.pop(uri, None)
        self._asked.pop(uri, None)

    def text(self, uri: str) -> str:
        if uri not in self._texts:
            return "This explanation is no longer kept; run the action again.\n"
        self._asked[uri].set()
        return self._texts[uri]

    async def was_asked_for(self, uri: str) -> bool:
        try:
            async with asyncio.timeout(_ASKED_S):
                await self._asked[uri].wait()
        except TimeoutError:
            return False
        return True


class ExplanationFolder:
    """A private temporary folder of this connection, made when first needed and removed at its end."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def write(self, name: str, markdown: str) -> str:
        """The URI of a new read-only file."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="grok-ls-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / f"{name}.md"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(markdown)
        return path.as_uri()

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


async def show(client: Client, served: ServedExplanations, folder: ExplanationFolder, name: str, markdown: str) -> None:
    """Put the explanation before the user's eyes, in the best way that this client has."""
    if client.can.show_document and client.can.text_document_content:
        uri = served.add(name, markdown)
        if await client.show_document(uri) and await served.was_asked_for(uri):
            return
        served.drop(uri)
    if client.can.show_document:
        try:
            uri = folder.write(name, markdown)
        except OSError:
            uri = ""
        if uri and await client.show_document(uri):
            return
    text = markdown if len(markdown) <= _MESSAGE_CHARACTERS else markdown[: _MESSAGE_CHARACTERS - 1] + "…"
    client.show(types.MessageType.Info, text)
