"""Showing an explanation to a client that does not take the stream: a document that it asks us for, a read-only file, or a message."""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from grok_ls.server.client import Client

if TYPE_CHECKING:
    from grok_ls.redaction.vocabulary import Vocabulary

log = logging.getLogger(__name__)

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
        """The URI of a new read-only file. Blocks."""
        from grok_ls.workspace.temporary import private_folder

        if self._folder is None:
            self._folder = private_folder("explain")
        path = Path(self._folder.name) / f"{name}.md"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(markdown)
        return path.as_uri()

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def for_file(kept: str, vocabulary: Vocabulary) -> str:
    """The explanation as a file may hold it: a killed server leaves its files behind, and others read them. ``kept`` has its placeholders;
    what else looks like a value is replaced too. Raises whatever the redaction raises: then there is no file.
    """
    from grok_ls.redaction.placeholder import PLACEHOLDER, kind_of, spoken
    from grok_ls.redaction.redact import redact

    text = redact(kept, vocabulary).text
    words = dict.fromkeys(word for word in PLACEHOLDER.findall(text) if vocabulary.issued(word))
    if not words:
        return text
    told = ", ".join(f"`{word}` ({spoken(kind_of(word))})" for word in words)
    return f"> Your own values are not written to files. Here stand for them: {told}.\n\n{text}"


async def show(
    client: Client,
    served: ServedExplanations,
    folder: ExplanationFolder,
    name: str,
    markdown: str,
    written: Callable[[], str],
) -> None:
    """Put the explanation before the user's eyes, in the best way that this client has. ``written`` gives what a file may hold of it."""
    if client.can.show_document and client.can.text_document_content:
        uri = served.add(name, markdown)
        if await client.show_document(uri) and await served.was_asked_for(uri):
            return
        served.drop(uri)
    if client.can.show_document:
        try:
            uri = await asyncio.to_thread(lambda: folder.write(name, written()))
        except Exception as error:
            log.warning("an explanation is shown as a message, its file could not be written: %s", type(error).__name__)
            uri = ""
        if uri and await client.show_document(uri):
            return
    text = markdown if len(markdown) <= _MESSAGE_CHARACTERS else markdown[: _MESSAGE_CHARACTERS - 1] + "…"
    client.show(types.MessageType.Info, text)
