"""An edit of several files: asked about first, made in one step, believed when it is seen, taken back where only a part of it went in."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from grok_ls.edits import Edit, rebase, smallest
from grok_ls.engine import FileChange, Proposal
from grok_ls.engine.report import counted_edit
from grok_ls.errors import DocumentChanged, EditRejected, ExcludedFile
from grok_ls.server import applying
from grok_ls.server.client import NotShown
from grok_ls.server.convert import text_edits
from grok_ls.server.documents import Document
from grok_ls.server.landing import Half, sent
from grok_ls.server.session import OtherFiles, Session
from grok_ls.text import Source, Span

log = logging.getLogger(__name__)

_ATTEMPTS = 4
# A file that is not open shows an edit on the disk, or by being opened: nobody tells us when.
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Several:
    """``before`` and ``after`` are the texts of the document itself; ``unseen`` files are changed by the editor's own word alone."""

    before: str
    after: str
    count: dict[str, int]
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Target:
    """One file of the edit. ``document`` if it is open, ``before`` is ``None`` if it is to be made."""

    name: str
    uri: str
    file: Path | None
    document: Document | None
    before: str | None
    after: str


async def confirmed(session: Session, proposal: Proposal, label: str) -> bool:
    """Whether the user wants all of it. Raises ``EditRejected`` where they cannot be asked, or the editor cannot do it."""
    if any(change.base is None for change in proposal.others) and not session.client.can.create_files:
        raise EditRejected(
            "The edit makes a new file, which this editor lets no server do; ask for it in an existing file."
        )
    question = f"{label}: this edit also {_listed(proposal.others)}. Apply all of it?"
    try:
        return await session.client.choose(question, "Apply", "Discard") == "Apply"
    except NotShown as error:
        raise EditRejected(
            "The editor could not ask whether to change other files, so nothing was applied; see its log."
        ) from error


def _listed(changes: Sequence[FileChange]) -> str:
    def one(change: FileChange) -> str:
        count = counted_edit(change.base or "", change.text)
        done = f"makes {change.path}" if change.base is None else f"changes {change.path}"
        return f"{done} (+{count['added']} −{count['removed']} lines)"

    return " and ".join(filter(None, [", ".join(map(one, changes[:-1])), one(changes[-1])]))


async def apply(
    session: Session, document: Document, proposal: Proposal, *, label: str, leaves: Callable[[bool], None]
) -> Several:
    """Make all of ``proposal``, or leave everything as it was. Raises ``DocumentChanged`` and ``EditRejected``; ``leaves`` as in
    ``applying.apply``.
    """
    files = session.files(document.uri)
    if files is None:
        raise EditRejected("This editor takes edits of one file at a time only; ask for a change of this file alone.")
    for _ in range(_ATTEMPTS):
        async with AsyncExitStack() as locks:
            # Always in the same order, so that two such edits cannot wait for each other.
            held = [document, *filter(None, (session.open_at(files.locate(each.path)) for each in proposal.others))]
            for one in sorted({one.uri: one for one in held}.values(), key=lambda one: one.uri):
                await locks.enter_async_context(one.applying)
            targets = await _targets(session, document, proposal, files)
            revisions = [target.document.revision for target in targets if target.document]
            leaves(True)
            applied, landed, unseen = await _sent(session, targets, label)
            if len(landed) == len(targets):
                return _done(document, targets, unseen)
            parts = [each for each in targets if each not in landed and await _has_a_part(session, each, applied)]
        if landed or parts:
            left = await _taken_back(session, landed, parts, label)
            raise EditRejected(
                f"The editor made only a part of the edit; {left or await _how_all_is(session, targets)}."
            )
        leaves(False)
        if revisions == [target.document.revision for target in targets if target.document]:
            raise EditRejected("The editor did not apply the edit; run the action again, or look at its log.")
    raise DocumentChanged("You kept typing while the edit came, so it was not applied; run the action again.")


def _done(document: Document, targets: Sequence[_Target], unseen: tuple[str, ...]) -> Several:
    counts = [counted_edit(target.before or "", target.after) for target in targets]
    count = {name: sum(each[name] for each in counts) for name in counts[0]}
    before = next((t.before for t in targets if t.document is document), None)
    text = document.source.text
    return Several(text if before is None else before, text, count, unseen)


async def _targets(session: Session, document: Document, proposal: Proposal, files: OtherFiles) -> list[_Target]:
    """Every file as it stands now, with the edit over what was typed there meanwhile."""
    found = []
    if proposal.text != proposal.base:
        before = document.source.text
        after = await asyncio.to_thread(applying.rebased, proposal, before)
        found.append(_Target(document.uri, document.uri, None, document, before, after))
    for change in proposal.others:
        file = files.locate(change.path)
        opened = session.open_at(file)
        try:
            now = await files.read(change.path)
        except ExcludedFile as error:
            raise DocumentChanged(error.message) from error
        if (now is None) != (change.base is None):
            happened = "was made" if now is not None else "is gone"
            raise DocumentChanged(
                f"{change.path} {happened} meanwhile, so the edit was not applied; run the action again."
            )
        after = change.text
        if now is not None and change.base is not None and now != change.base:
            merged = await asyncio.to_thread(rebase, change.base, now, change.text)
            if merged is None:
                raise DocumentChanged(
                    f"{change.path} changed in the same lines, so the edit was not applied; run it again."
                )
            after = merged
        found.append(_Target(change.path, opened.uri if opened else file.as_uri(), file, opened, now, after))
    return found


async def _sent(
    session: Session, targets: Sequence[_Target], label: str
) -> tuple[bool, list[_Target], tuple[str, ...]]:
    """What the editor says, those of which the edit is seen afterwards, and the names of those that the editor alone vouches for."""
    edit = types.WorkspaceEdit(document_changes=[change for target in targets for change in _changes(session, target)])
    answer = await session.client.apply_edit(label, edit)
    until_s = time.monotonic() + applying.PATIENCE.confirm_s
    landed, unseen = [], []
    for target in targets:
        shown = await _shown(session, target, until_s if answer.applied else time.monotonic() + 10 * _LOOK_S)
        if shown or (shown is None and answer.applied):
            landed.append(target)
        if shown is None and answer.applied:
            unseen.append(target.name)
    return answer.applied, landed, tuple(unseen)


def _changes(
    session: Session, target: _Target, *, back: bool = False
) -> list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile]:
    old, new = (target.after, target.before or "") if back else (target.before or "", target.after)
    identifier = types.OptionalVersionedTextDocumentIdentifier(
        uri=target.uri, version=target.document.version if target.document else None
    )
    edits = [Edit(Span(0, 0), new)] if target.before is None else smallest(old, new)
    change = types.TextDocumentEdit(
        text_document=identifier, edits=list(text_edits(Source(old), edits, session.documents.encoding))
    )
    if target.before is not None:
        return [change]
    # ``overwrite`` is off by default: a file that appears at the last moment is not lost.
    return [types.CreateFile(uri=target.uri), change]


async def _shown(session: Session, target: _Target, until_s: float) -> bool | None:
    """Whether the file has the edit; ``None`` where it is neither open nor changed on the disk, so that nothing tells."""
    before = target.before or ""

    def landed(now: str) -> bool:
        return sent(before, target.after).landed(now)

    if target.document is not None:
        return await target.document.wait_until(landed, max(0.0, until_s - time.monotonic()))
    assert target.file is not None
    while True:
        opened = session.open_at(target.file)
        if opened is not None and _same(opened.source.text, target.after):
            return True
        if opened is not None and target.before is None and opened.source.text.strip("\n") == target.after.strip("\n"):
            # Neovim's empty file has a line end already, which stays behind the text that is put in.
            await applying.apply(
                session.client, opened, lambda _: target.after, label="Grok", encoding=session.documents.encoding
            )
            return True
        if opened is None and _same(await asyncio.to_thread(_on_disk, target.file), target.after):
            return True
        if time.monotonic() >= until_s:
            return False if opened is not None or (target.before is None and not target.file.exists()) else None
        await asyncio.sleep(_LOOK_S)


def _on_disk(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _same(one: str, other: str) -> bool:
    """Editors open a file with line ends of one kind."""
    return one == other or one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


async def _now(session: Session, target: _Target) -> str | None:
    """The file as it is: what the editor has, otherwise what the disk has; ``None`` if it is not there."""
    opened = _opened(session, target)
    if opened is not None:
        return opened.source.text
    assert target.file is not None
    return await asyncio.to_thread(_on_disk, target.file) if target.file.exists() else None


def _opened(session: Session, target: _Target) -> Document | None:
    return target.document or (session.open_at(target.file) if target.file is not None else None)


async def _is_before(session: Session, target: _Target) -> bool:
    now = await _now(session, target)
    if now is None or target.before is None:
        return now is target.before
    return _same(now, target.before)


async def _has_a_part(session: Session, target: _Target, applied: bool) -> bool:
    """Whether a file in which the edit did not land has something of it all the same; ``applied`` as in ``Sent.left``."""
    now = await _now(session, target)
    if target.before is None or now is None:
        return now is not None and _is_begun(target, now)
    if _same(now, target.before):
        return False
    # Nobody types in a file that is not open.
    vouched = target.document is None and applied
    left = sent(target.before, target.after).left
    return vouched or await asyncio.to_thread(left, now, applied=applied) is not None


def _is_begun(target: _Target, now: str) -> bool:
    """Whether a new file has the beginning of its text, or none; one that has other text is somebody else's."""
    return target.after.replace("\r\n", "\n").startswith(now.replace("\r\n", "\n").rstrip("\n"))


async def _how_all_is(session: Session, targets: Sequence[_Target]) -> str:
    """What is said when no part is left: compared once more, because nothing else proves it."""
    if all([await _is_before(session, target) for target in targets]):
        return "it was taken back, and every file is as it was"
    return "it was taken back, and what else changed meanwhile is kept"


async def _taken_back(session: Session, landed: Sequence[_Target], parts: Sequence[_Target], label: str) -> str:
    """Undo what went in, all of a file's edit or a part. Gives what could not be undone, in words for the user; nothing if all was."""
    left = [
        target.file.name if target.file is not None else "this document"
        for target in (*landed, *parts)
        if not await _took_back(session, target, label, whole=target in landed)
    ]
    return f"look at {', '.join(left)} and undo it there" if left else ""


async def _took_back(session: Session, target: _Target, label: str, *, whole: bool) -> bool:
    if target.before is None:
        return await _removed(session, target, label)
    opened = _opened(session, target)
    if opened is None:
        if not whole:
            # On the disk, where an edit that was made for another text could do more harm.
            return False
        edit = types.WorkspaceEdit(document_changes=_changes(session, target, back=True))
        return (await session.client.apply_edit(label, edit)).applied
    now = opened.source.text
    restored = await asyncio.to_thread(_restored, target, now, whole)
    if restored is None:
        return False
    encoding = session.documents.encoding
    back = await applying.take_back(session.client, opened, now, restored.restored, label=label, encoding=encoding)
    return back and restored.line is None


def _restored(target: _Target, now: str, whole: bool) -> Half | None:
    """The file without what it has of the edit, and with all that was typed; ``None`` where the two cannot be told apart."""
    assert target.before is not None
    before, after = target.before, target.after
    if "\r\n" in before and "\r" not in now:
        # The editor opened it with line ends of its own.
        before, after = before.replace("\r\n", "\n"), after.replace("\r\n", "\n")
    if whole:
        merged = rebase(after, now, before)
        return None if merged is None else Half(merged)
    left = sent(before, after).left(now, applied=True)
    return left if isinstance(left, Half) else None


async def _removed(session: Session, target: _Target, label: str) -> bool:
    """Whether the file that the edit was to make is gone again; it stays where somebody wrote in it."""
    now = await _now(session, target)
    if (now is not None and not _is_begun(target, now)) or not session.client.can.delete_files:
        return False
    edit = types.WorkspaceEdit(document_changes=[types.DeleteFile(uri=target.uri)])
    return (await session.client.apply_edit(label, edit)).applied
