"""Edits that meet the user's typing, or each other, on their way: all characters stay, and the edit goes in or is refused."""

from __future__ import annotations

import asyncio

import pytest

from grok_ls.errors import DocumentChanged, EditRejected
from grok_ls.server import applying
from grok_ls.server.applying import Applied
from grok_ls.server.documents import Document
from grok_ls.text import Source
from tests.server.buffer import Answer, Editor, replaced

URI = "file:///a.py"
BASE = "one\ntwo\nthree\n"


async def run(editor: Editor, old: str, new: str, *, confirm: bool = False) -> Applied | str:
    return await replaced(editor, BASE, BASE.replace(old, new), confirm=confirm)


@pytest.fixture
def document() -> Document:
    return Document(URI, "python", 1, Source(BASE))


async def test_an_edit_that_typing_overtook_goes_in_over_it(document: Document) -> None:
    editor = Editor(document, lambda it: it.type("three", "three!"))
    assert isinstance(await run(editor, "one", "1"), Applied)
    assert editor.text == "1\ntwo\nthree!\n"
    assert editor.asked == 2


async def test_typing_in_the_edited_line_wins(document: Document) -> None:
    editor = Editor(document, lambda it: it.type("one", "one!"))
    with pytest.raises(DocumentChanged):
        await run(editor, "one", "1")
    assert editor.text == "one!\ntwo\nthree\n"


async def test_two_edits_at_once_both_go_in(document: Document) -> None:
    editor = Editor(document)
    results = await asyncio.gather(run(editor, "one", "1"), run(editor, "three", "3"))
    assert all(isinstance(result, Applied) for result in results)
    assert editor.text == "1\ntwo\n3\n"
    assert editor.asked == 2


async def test_an_edit_dropped_without_a_word_goes_in_over_what_was_typed(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "PATIENCE", applying.Patience(late_s=0.05))

    def drop(it: Editor) -> Answer:
        it.type("three", "three!")
        return Answer(applied=True)

    editor = Editor(document, drop)
    assert isinstance(await run(editor, "one", "1"), Applied)
    assert editor.text == "1\ntwo\nthree!\n"


async def test_a_refusal_without_any_typing_is_an_edit_rejected(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "PATIENCE", applying.Patience(late_s=0.05))
    editor = Editor(document, lambda _: Answer(applied=False, failure_reason="read-only"))
    with pytest.raises(EditRejected, match="read-only"):
        await run(editor, "one", "1")
    assert (editor.text, editor.asked) == (BASE, 1)


async def test_a_user_who_types_through_every_attempt_keeps_every_character(document: Document) -> None:
    def type_more(it: Editor) -> None:
        it.type("three", "three!")

    editor = Editor(document, *[type_more] * 50)
    with pytest.raises(DocumentChanged):
        await run(editor, "one", "1")
    assert editor.text == "one\ntwo\nthree" + "!" * editor.asked + "\n"


async def test_a_declined_preview_is_nothing(document: Document) -> None:
    editor = Editor(document, lambda _: Answer(applied=False))
    assert await run(editor, "one", "1", confirm=True) == "nothing"


async def test_a_preview_that_was_typed_under_is_told_apart_from_a_declined_one(document: Document) -> None:
    def type_then_refuse(it: Editor) -> Answer:
        it.sync("one\ntwo\nthree!\n", 2)
        return Answer(applied=False)

    with pytest.raises(DocumentChanged):
        await run(Editor(document, type_then_refuse), "one", "1", confirm=True)
