"""Clients that make a part of an edit: it is taken back, and the user hears that the editor did it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from lsprotocol import types

from grok_ls.errors import DocumentChanged, EditRejected
from grok_ls.server import applying
from grok_ls.server.applying import Applied
from grok_ls.server.capabilities import Capabilities
from grok_ls.server.documents import Document
from grok_ls.text import Source
from tests.server.buffer import Answer, Editor, Edits, replaced

BASE = "one\ntwo\nthree\nfour\nfive\n"
INSERTED = BASE.replace("three\n", "three\nabcdefgh\nabcdef\n")
REPLACED = BASE.replace("three", "longer text here")
TWICE = BASE.replace("one", "ONE").replace("five", "FIVE")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "PATIENCE", applying.Patience(confirm_s=0.3, late_s=0.1))


@pytest.fixture
def document() -> Document:
    return Document("file:///a.py", "python", 1, Source(BASE))


def halved(edits: Edits) -> Edits:
    return [types.TextEdit(each.range, each.new_text[: len(each.new_text) // 2]) for each in edits]


def without_the_last(edits: Edits) -> Edits:
    return edits[:-1]


def without_removals(edits: Edits) -> Edits:
    return [types.TextEdit(types.Range(each.range.start, each.range.start), each.new_text) for each in edits]


def two_columns_further(edits: Edits) -> Edits:
    def moved(at: types.Position) -> types.Position:
        return types.Position(at.line, at.character + 2)

    return [
        types.TextEdit(types.Range(moved(each.range.start), moved(each.range.end)), each.new_text) for each in edits
    ]


def once(mangles: Callable[[Edits], Edits]) -> Callable[[Edits], Edits]:
    """The first edit only: the one that takes it back is made as it should be."""
    left = [mangles]
    return lambda edits: left.pop()(edits) if left else edits


@pytest.mark.parametrize(
    ("text", "mangles"),
    [
        (INSERTED, halved),
        (REPLACED, halved),
        (TWICE, halved),
        (TWICE, without_the_last),
        (REPLACED, without_removals),
        (INSERTED, two_columns_further),
    ],
)
async def test_a_part_of_an_edit_is_taken_back(
    document: Document, text: str, mangles: Callable[[Edits], Edits]
) -> None:
    editor = Editor(document)
    editor.mangles = once(mangles)
    with pytest.raises(EditRejected, match="only a part of the edit; that part was taken back"):
        await replaced(editor, BASE, text)
    assert (editor.text, document.source.text) == (BASE, BASE)
    # The edit and its inverse: it was not tried again.
    assert editor.asked == 2


async def test_what_is_typed_meanwhile_stays_where_a_part_is_taken_back(document: Document) -> None:
    editor = Editor(document, lambda _: None, lambda it: it.type("two", "two!"))

    def halved_under_typing(edits: Edits) -> Edits:
        editor.text = editor.text.replace("four", "four!")
        return halved(edits)

    editor.mangles = once(halved_under_typing)
    with pytest.raises(EditRejected, match="taken back"):
        await replaced(editor, BASE, REPLACED)
    assert editor.text == BASE.replace("two", "two!").replace("four", "four!")


async def test_what_may_be_the_users_own_stays_and_its_line_is_named(document: Document) -> None:
    editor = Editor(document)

    def spoil(edits: Edits) -> Edits:
        first, second = edits
        return [first, types.TextEdit(second.range, "mine")]

    editor.mangles = once(spoil)
    with pytest.raises(EditRejected, match="most of it was taken back, look at line 5"):
        await replaced(editor, BASE, TWICE)
    assert editor.text == BASE.replace("five", "mine")


@pytest.mark.parametrize("text", [INSERTED, REPLACED])
async def test_an_editor_that_does_no_better_the_other_way_round_is_named(document: Document, text: str) -> None:
    editor = Editor(document)
    editor.mangles = halved
    if text is INSERTED:
        # Taking an insertion back puts nothing in that could be cut; so nothing at all is done.
        editor.mangles = lambda edits: halved(edits) if editor.asked == 1 else []
    with pytest.raises(EditRejected, match="could not be taken back"):
        await replaced(editor, BASE, text)
    assert editor.asked == 2


async def test_a_refusal_that_left_a_part_behind_is_seen(document: Document) -> None:
    def half_then_refuse(it: Editor) -> Answer:
        it.type("three", "longer t")
        return Answer(applied=False, failure_reason="broken")

    editor = Editor(document, half_then_refuse)
    with pytest.raises(EditRejected, match="taken back"):
        await replaced(editor, BASE, REPLACED)
    assert editor.text == BASE


async def test_too_little_to_tell_is_left_alone_and_named_instead_of_done_again(document: Document) -> None:
    editor = Editor(document)
    editor.mangles = lambda edits: [types.TextEdit(each.range, each.new_text[:1]) for each in edits]
    with pytest.raises(EditRejected, match="Line 4 changed while the edit came"):
        await replaced(editor, BASE, INSERTED)
    assert editor.text == BASE.replace("four", "afour")
    assert editor.asked == 1


async def test_the_rest_of_an_edit_may_come_late(document: Document) -> None:
    def in_two_steps(it: Editor) -> Answer:
        it.type("one", "ONE")
        loop = asyncio.get_running_loop()
        loop.call_later(0.2, it.type, "five", "FIVE")
        return Answer(applied=True)

    editor = Editor(document, in_two_steps)
    applied = await replaced(editor, BASE, TWICE)
    assert isinstance(applied, Applied)
    assert (applied.before, applied.after, applied.count["hunks"]) == (BASE, TWICE, 2)
    assert editor.asked == 1


async def test_an_editor_without_versions_gets_its_part_back_too(document: Document) -> None:
    editor = Editor(document)
    editor.can = Capabilities(apply_edit=True)
    editor.mangles = once(halved)
    with pytest.raises(EditRejected, match="taken back"):
        await replaced(editor, BASE, REPLACED)
    assert editor.text == BASE


async def test_the_users_own_change_of_the_same_line_is_no_part_of_the_edit(document: Document) -> None:
    def dropped(it: Editor) -> Answer:
        it.type("three", "mine three")
        return Answer(applied=True)

    editor = Editor(document, dropped)
    with pytest.raises(DocumentChanged):
        await replaced(editor, BASE, REPLACED)
    assert editor.text == BASE.replace("three", "mine three")
