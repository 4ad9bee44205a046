"""Showing an explanation to a client that does not take the stream: a read-only Markdown file, or a message."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lsprotocol import types

from grok_ls.server.client import Client

# Longer texts are cut in a message: most editors show a few lines.
_MESSAGE_CHARACTERS = 1500


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


async def show(client: Client, folder: ExplanationFolder, name: str, markdown: str) -> None:
    """Put the explanation before the user's eyes, in the best way that this client has."""
    if client.can.show_document:
        try:
            uri = folder.write(name, markdown)
        except OSError:
            uri = ""
        if uri and await client.show_document(uri):
            return
    text = markdown if len(markdown) <= _MESSAGE_CHARACTERS else markdown[: _MESSAGE_CHARACTERS - 1] + "…"
    client.show(types.MessageType.Info, text)
