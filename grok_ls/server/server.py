"""One server object a connection: registers handlers, holds the session, has no logic of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from grok_ls._version import __version__
from grok_ls.server import compat, notebooks, wire
from grok_ls.server.client import Client
from grok_ls.server.compat import GrokProtocol
from grok_ls.server.handlers import code_action, code_lens, configuration
from grok_ls.server.session import Session

log = logging.getLogger(__name__)

CODE_ACTION_KINDS = ("quickfix.grok", "refactor.rewrite.grok", "grok.explain")


class GrokServer(LanguageServer):
    """``protocol.shell`` hands the messages that pygls handles itself to ``Shell``; the rest are registered here."""

    protocol: GrokProtocol

    def __init__(self, make_session: Callable[[Client], Session]) -> None:
        super().__init__(
            "grok-ls",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            notebook_document_sync=notebooks.SYNC,
            protocol_cls=GrokProtocol,
            converter_factory=compat.converter,
        )
        self.stopped = asyncio.Event()
        self.exit_code = 1
        self.session = make_session(Client(self.protocol))
        self.shell = Shell(self)
        self.protocol.shell = self.shell
        for name in wire.COMMANDS:
            # Dispatched by ``Shell.execute_command``; this entry only makes the name part of the announced capabilities.
            self.command(name)(_announced)
        _register(self)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """To the log only: a traceback helps nobody on the user's screen."""
        log.error("%s: %s", getattr(source, "__name__", source), type(error).__name__, exc_info=error)


def _announced() -> None:
    raise AssertionError("commands are dispatched by Shell.execute_command")


def _register(server: GrokServer) -> None:
    session = server.session

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        session.initialize(params)

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        session.spawn(configuration.initialized(session), "settings")
        session.spawn(configuration.warm(), "warm")

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        session.spawn(configuration.changed(session, params), "settings")

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        session.workspace.forget()

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(CODE_ACTION_KINDS)))
    def code_actions(params: types.CodeActionParams) -> list[types.CodeAction | types.Command] | None:
        return code_action.code_actions(session, params)

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions())
    def code_lenses(params: types.CodeLensParams) -> list[types.CodeLens]:
        return code_lens.code_lenses(session, params)

    @server.feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT)
    def text_document_content(params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
        return types.TextDocumentContentResult(text=session.served.text(params.uri))

    # Documents are kept by ``Shell``; these entries make open and close part of the announced capabilities.
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None: ...

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None: ...

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        session.saved(params.text_document.uri)


class Shell:
    """What ``compat.GrokProtocol`` calls for the messages whose handling pygls does not let us register."""

    def __init__(self, server: GrokServer) -> None:
        self._server = server
        self._session = server.session

    async def execute_command(self, params: types.ExecuteCommandParams) -> Any:
        from grok_ls.server.handlers import execute_command

        return await execute_command.execute(self._session, params)

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._session.documents.open(params.text_document)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._session.documents.change(params)

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._closed(params.text_document.uri)

    def notebook_did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        self._session.notebooks.open(params.notebook_document)
        for cell in params.cell_text_documents:
            self._session.documents.open(cell)

    def notebook_did_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        cells = params.change.cells
        if cells is None:
            return
        if (structure := cells.structure) is not None:
            self._session.notebooks.change(params.notebook_document.uri, structure.array)
            for cell in structure.did_open or ():
                self._session.documents.open(cell)
            for closed in structure.did_close or ():
                self._closed(closed.uri)
        self._session.notebooks.update(params.notebook_document.uri, cells.data or ())
        for change in cells.text_content or ():
            self._session.documents.change(types.DidChangeTextDocumentParams(change.document, change.changes))

    def notebook_did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        self._session.notebooks.close(params.notebook_document.uri)
        for cell in params.cell_text_documents:
            self._closed(cell.uri)

    def _closed(self, uri: str) -> None:
        self._session.jobs.cancel_uri(uri)
        self._session.documents.close(uri)
        self._session.reviews.drop(uri)
        self._session.trees.drop(uri)

    def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        self._session.folders_changed(params.event)

    def progress_cancelled(self, params: types.WorkDoneProgressCancelParams) -> None:
        self._session.jobs.cancel_token(params.token)

    async def shutdown_jobs(self) -> None:
        await self._session.close()

    async def close(self) -> None:
        await self._session.close()

    def exit_requested(self, code: int) -> None:
        self._server.exit_code = code
        self._server.stopped.set()
