"""The tree that a thread makes for the menu: of the text after the typing, once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from grok_ls.app import Composition
from grok_ls.context.syntax import Syntax
from grok_ls.server.session import Session
from grok_ls.text import Source
from tests.server.clockwork import Clockwork

URI = "file:///w/a.py"
# Too much for the menu: it goes by the look of the lines until there is a tree.
TEXT = "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(10_000))


@pytest.fixture
def loop() -> Iterator[Clockwork]:
    loop = Clockwork()
    # The server object asks for the running one.
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def session(loop: Clockwork, tmp_path: Path) -> Session:
    async def make() -> Session:
        session = Composition({"GROK_LS_DATA_DIR": str(tmp_path)}).server().session
        session.documents.open(types.TextDocumentItem(URI, "python", 0, TEXT))
        return session

    return loop.run_until_complete(make())


def parsed(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first lines of the texts that are parsed from now on."""
    found: list[str] = []
    real = session.trees.syntax

    def syntax(key: str, version: int, source: Source) -> Syntax | None:
        found.append(source.line_text(0))
        return real(key, version, source)

    monkeypatch.setattr(session.trees, "syntax", syntax)
    return found


def menu(session: Session) -> bool:
    """What a menu does with the tree; True if it had one."""
    document = session.document(URI)
    assert document
    source = document.source.named("a.py", "python")
    session.trees.definition_name(URI, document.revision, source, source.line_span(1))
    behind = session.trees.behind(URI, document.revision)
    if behind:
        session.parse_behind(URI, source.path)
    return not behind


def type_in_front(session: Session, version: int) -> None:
    start = types.Position(0, 0)
    change = types.TextDocumentContentChangePartial(types.Range(start, start), "(")
    session.documents.change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version, URI), [change])
    )


def test_nothing_is_parsed_while_somebody_types(
    loop: Clockwork, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = parsed(session, monkeypatch)

    async def typing() -> None:
        for version in range(1, 30):
            type_in_front(session, version)
            assert not menu(session)
            await asyncio.sleep(0.1)
        assert found == []
        await asyncio.sleep(1)
        assert menu(session)

    loop.run_until_complete(typing())
    assert found == ["(" * 29 + "def f0(x):"]


def test_a_document_that_is_closed_meanwhile_leaves_no_tree(loop: Clockwork, session: Session) -> None:
    async def closing() -> None:
        assert not menu(session)
        session.documents.close(URI)
        session.trees.drop(URI)
        await asyncio.sleep(1)

    loop.run_until_complete(closing())
    assert len(session.trees) == 0


def test_what_is_opened_again_meanwhile_has_its_own_tree(
    loop: Clockwork, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = parsed(session, monkeypatch)

    async def reopening() -> None:
        assert not menu(session)
        session.documents.close(URI)
        session.trees.drop(URI)
        session.documents.open(types.TextDocumentItem(URI, "python", 0, "# new\n" + TEXT))
        assert not menu(session)
        await asyncio.sleep(1)
        assert menu(session)

    loop.run_until_complete(reopening())
    assert found == ["# new"]
