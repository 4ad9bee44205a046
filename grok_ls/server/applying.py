"""Getting an edit into the editor, and believing it only when the document says so.

Neovim answers ``applied: true`` to edits that it dropped and checks no version of 0; VS Code answers before the ``didChange`` that the
edit causes. So: compare our own text just before, send the smallest edits, then look at the document afterwards.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from lsprotocol import types

from grok_ls.edits import Edit, rebase, smallest
from grok_ls.engine import Proposal
from grok_ls.engine.report import counted_edit
from grok_ls.errors import DocumentChanged, EditRejected
from grok_ls.server.client import Client
from grok_ls.server.convert import text_edits
from grok_ls.server.documents import Document
from grok_ls.server.landing import Half, Sent, Unclear
from grok_ls.text import Encoding, Source

log = logging.getLogger(__name__)

# A user who types through so many attempts is asked to run the action again.
_ATTEMPTS = 8
_ANNOTATION = "grok"
_TAKEN_BACK = "that part was taken back, so run the action again, or look at its log"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an editor is given, in seconds."""

    # Neovim sends its changes 150 ms late, a busy editor later; an edit that has not shown up by then is not there.
    confirm_s: float = 5.0
    # How long a ``didChange`` may be on its way: when the client says that its document is newer than our edit, and from
    # the user's own characters to those of our edit.
    late_s: float = 1.5
    # How long the rest of a preview's edit may take once a part of it is there.
    rest_s: float = 0.5


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Applied:
    """What went in: ``before`` and ``after`` are the document's text around our edit, ``partly`` that the user took some hunks only."""

    before: str
    after: str
    count: dict[str, int]
    partly: bool = False


def rebased(proposal: Proposal, current: str) -> str:
    """The proposal's text over what the user typed meanwhile. Raises ``DocumentChanged`` where both touched the same lines."""
    if current == proposal.base:
        return proposal.text
    merged = rebase(proposal.base, current, proposal.text)
    if merged is None:
        raise DocumentChanged(
            "You changed the same lines while the model was thinking, so its edit was not applied; run the action again."
        )
    return merged


def require_edits(client: Client) -> None:
    """Raises ``EditRejected`` for a client that takes no edits from a server."""
    if not client.can.apply_edit:
        raise EditRejected(
            "This editor does not let a language server apply edits; use grok-ls run on the command line."
        )


class _Overtaken(Exception):
    """The user typed while the edit was made, or before the client could take it; their ``didChange`` is here by now."""


class _HalfMade(Exception):
    """The client made a part of the edit: the document is ``now``."""

    def __init__(self, now: str, half: Half) -> None:
        super().__init__()
        self.now, self.half = now, half


async def apply(
    client: Client,
    document: Document,
    make: Callable[[str], str],
    *,
    label: str,
    encoding: Encoding,
    confirm: bool = False,
    leaves: Callable[[bool], None] = lambda _: None,
) -> Applied | Literal["nothing"]:
    """Make ``make(text)`` the document's text, once more each time that the user's next characters were faster than our edit.

    ``make`` is called in a thread: half a megabyte takes a tenth of a second. One edit at a time for each document: two that cross would
    be computed on the same text. ``leaves`` hears when the edit goes to the client and when it came back untaken: in between nothing can
    be taken back, and it may raise ``CancelledError`` for a cancel of that time. Raises ``EditRejected`` if the document does not show
    the edit afterwards, and what ``make`` raises. A part of it that the client made is taken back before.
    """
    async with document.applying:
        for _ in range(_ATTEMPTS):
            before = document.source
            target = await asyncio.to_thread(make, before.text)
            try:
                return await _apply(
                    client, document, before, target, leaves, label=label, encoding=encoding, confirm=confirm
                )
            except _Overtaken:
                leaves(False)
            except _HalfMade as made:
                half = made.half
                back = await _took_back(client, document, made.now, half.restored, label=label, encoding=encoding)
                left = _TAKEN_BACK if half.line is None else f"most of it was taken back, look at line {half.line}"
                what = left if back else "undo it in the editor, it could not be taken back"
                raise EditRejected(f"The editor made only a part of the edit; {what}.") from None
    raise DocumentChanged("You kept typing while the edit came, so it was not applied; run the action again.")


async def take_back(
    client: Client, document: Document, now: str, restored: str, *, label: str, encoding: Encoding
) -> bool:
    """Whether ``restored`` is in the document again, where it was ``now``, under all that was typed since."""
    async with document.applying:
        return await _took_back(client, document, now, restored, label=label, encoding=encoding)


async def _took_back(
    client: Client, document: Document, now: str, restored: str, *, label: str, encoding: Encoding
) -> bool:
    for _ in range(_ATTEMPTS):
        before = document.source
        target = await asyncio.to_thread(rebase, now, before.text, restored)
        if target is None:
            return False
        try:
            await _apply(
                client, document, before, target, lambda _: None, label=label, encoding=encoding, confirm=False
            )
        except _Overtaken:
            continue
        except (_HalfMade, EditRejected) as error:
            log.warning("a part of an edit could not be taken back: %s", type(error).__name__)
            return False
        return True
    return False


async def _apply(
    client: Client,
    document: Document,
    before: Source,
    target: str,
    leaves: Callable[[bool], None],
    *,
    label: str,
    encoding: Encoding,
    confirm: bool,
) -> Applied | Literal["nothing"]:
    require_edits(client)
    edits = await asyncio.to_thread(smallest, before.text, target)
    if document.source is not before:
        raise _Overtaken
    if not edits:
        return "nothing"
    workspace_edit = to_workspace_edit(client, document, before, edits, label=label, encoding=encoding, confirm=confirm)
    leaves(True)
    answer = await client.apply_edit(label, workspace_edit, asks=confirm)
    sent = Sent(before.text, target, edits)
    if not answer.applied:
        await _refused(document, sent, answer.failure_reason, confirm=confirm)
        if not sent.landed(document.source.text):
            return "nothing"
        # Some clients apply the edit and answer with null.
    changed = await document.wait_until(lambda now: now != before.text, PATIENCE.confirm_s)
    landed = changed and await document.wait_until(sent.landed, PATIENCE.rest_s if confirm else PATIENCE.late_s)
    if landed or (changed and not confirm and await _made_after_all(document, sent, applied=True)):
        count = await asyncio.to_thread(counted_edit, before.text, target)
        return Applied(before.text, document.source.text, count)
    if confirm:
        return _partly(before.text, document.source.text)
    if changed and client.can.document_changes:
        # Neovim says ``applied`` for a stale edit that it dropped.
        raise _Overtaken
    raise _rejected("")


async def _made_after_all(document: Document, sent: Sent, *, applied: bool) -> bool:
    """Whether the rest of an edit came late. Raises ``_HalfMade`` where a part of it is all that comes, ``EditRejected`` where that is
    not to be told from typing.
    """
    if await asyncio.to_thread(sent.left, document.source.text, applied=applied) is None:
        return False
    if await document.wait_until(sent.landed, PATIENCE.confirm_s - PATIENCE.late_s):
        return True
    now = document.source.text
    match await asyncio.to_thread(sent.left, now, applied=applied):
        case Half() as half:
            raise _HalfMade(now, half)
        case Unclear(line):
            raise EditRejected(
                f"Line {line} changed while the edit came, and not as the edit says; look at it, then run the action again."
            )
    return False


async def _refused(document: Document, sent: Sent, reason: str | None, *, confirm: bool) -> None:
    """Returns only where a preview was declined, or where the document shows the edit all the same."""
    landed, before = sent.landed, sent.before
    if landed(document.source.text):
        return
    if confirm and document.source.text == before:
        return
    if confirm:
        raise DocumentChanged("You typed while the preview was open, so nothing was applied; run the action again.")
    if await document.wait_until(lambda now: now != before, PATIENCE.late_s):
        if landed(document.source.text) or await _made_after_all(document, sent, applied=False):
            return
        raise _Overtaken
    raise _rejected(f" ({reason})" if reason else "")


def _rejected(reason: str) -> EditRejected:
    return EditRejected(f"The editor did not apply the edit{reason}; run the action again, or look at its log.")


def _partly(before: str, now: str) -> Applied | Literal["nothing"]:
    """With a preview the user may tick some hunks only, or none: what is in the document is what counts."""
    if now == before:
        return "nothing"
    return Applied(before, now, counted_edit(before, now), partly=True)


def to_workspace_edit(
    client: Client,
    document: Document,
    source: Source,
    edits: Sequence[Edit],
    *,
    label: str,
    encoding: Encoding,
    confirm: bool,
) -> types.WorkspaceEdit:
    """Versioned ``documentChanges`` if the client takes them, with a confirmation for each hunk if it should and can ask."""
    changes = text_edits(source, edits, encoding)
    if not client.can.document_changes:
        return types.WorkspaceEdit(changes={document.uri: changes})
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    if not (confirm and client.can.change_annotations):
        return types.WorkspaceEdit(
            document_changes=[types.TextDocumentEdit(text_document=identifier, edits=list(changes))]
        )
    annotations: dict[str, types.ChangeAnnotation] = {}
    annotated: list[types.AnnotatedTextEdit] = []
    last_line = -2
    for edit, change in zip(edits, changes, strict=True):
        line = source.line_of(edit.span.start)
        if line > last_line + 1:
            # One box to tick for each run of lines, however many small edits it takes.
            description = f"line {line + 1}"
            annotations[f"{_ANNOTATION}.{len(annotations)}"] = types.ChangeAnnotation(
                label=label, needs_confirmation=True, description=description
            )
        last_line = source.line_of(edit.span.end)
        key = f"{_ANNOTATION}.{len(annotations) - 1}"
        annotated.append(types.AnnotatedTextEdit(annotation_id=key, range=change.range, new_text=change.new_text))
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(text_document=identifier, edits=list(annotated))],
        change_annotations=annotations,
    )
