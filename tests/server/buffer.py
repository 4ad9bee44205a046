"""A client with one buffer, without a connection: for what an edit may meet on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from lsprotocol import types

from grok_ls.engine import Proposal
from grok_ls.server.applying import Applied, apply, rebased
from grok_ls.server.capabilities import Capabilities
from grok_ls.server.client import Client
from grok_ls.server.documents import Document
from grok_ls.text import Source

Answer = types.ApplyWorkspaceEditResult
Edits = Sequence[types.TextEdit | types.AnnotatedTextEdit]


class Editor:
    """A client with a text of its own, which is ahead of what the server knows; ``meets`` runs before each edit is looked at."""

    def __init__(self, document: Document, *meets: Callable[[Editor], Answer | None]) -> None:
        self.can = Capabilities(apply_edit=True, document_changes=True)
        self.document, self.text, self.version = document, document.source.text, document.version
        self.asked = 0
        # What it makes of the edits that it gets.
        self.mangles: Callable[[Edits], Edits] = list
        self._meets = list(meets)

    def type(self, old: str, new: str) -> None:
        self.text = self.text.replace(old, new)
        self.version += 1
        asyncio.get_running_loop().call_soon(self.sync, self.text, self.version)

    def sync(self, text: str, version: int) -> None:
        self.document.update(Source(text), version)

    async def apply_edit(self, label: str, edit: types.WorkspaceEdit, *, asks: bool = False) -> Answer:
        del label
        self.asked += 1
        if self._meets and (answer := self._meets.pop(0)(self)) is not None:
            return answer
        (change,) = edit.document_changes or (None,)
        edits: Edits = [each for all_of_one in (edit.changes or {}).values() for each in all_of_one]
        if change is not None:
            assert isinstance(change, types.TextDocumentEdit)
            if change.text_document.version != self.version:
                return Answer(applied=False, failure_reason="stale")
            edits = [each for each in change.edits if not isinstance(each, types.SnippetTextEdit)]
        source = Source(self.text)
        for each in reversed(self.mangles(edits)):
            first, last = each.range.start, each.range.end
            start = source.offset_at(first.line, first.character, "utf-16")
            end = source.offset_at(last.line, last.character, "utf-16")
            self.text = self.text[:start] + each.new_text + self.text[end:]
        self.version += 1
        # As the editors do: the answer first, then the change.
        asyncio.get_running_loop().call_later(0.01, self.sync, self.text, self.version)
        return Answer(applied=True)


async def replaced(editor: Editor, base: str, text: str, *, confirm: bool = False) -> Applied | str:
    """``text``, which was made for ``base``, as the editor's text."""
    client = cast(Client, editor)
    make = partial(rebased, Proposal(base, text))
    return await apply(client, editor.document, make, label="Grok", encoding="utf-16", confirm=confirm)
