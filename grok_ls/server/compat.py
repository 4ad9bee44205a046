"""Every workaround for pygls 2.1.1, each in one place and each with a test that fails when it is no longer needed.

- A cancelled ``executeCommand`` lets its coroutine run on, and a ``CancelledError`` out of a command leaves it unanswered: commands are
  dispatched here as one async handler, which pygls cancels and answers like any other request.
- Every notification handled by a generator leaks an entry in ``_request_futures``: entries go when their handler is done.
- ``shutdown`` with work in flight fails ("dictionary changed size"): our handler stops all jobs first.
- A late answer to a request that we gave up ends as "Error in server" on the user's screen: it is dropped.
- A cancel of a request that has been answered meanwhile, which every editor sends, is a warning in its log: it is nothing.
- A request with unreadable parameters is never answered: it gets ``InvalidParams``.
- An answer of the client that cannot be read leaves us waiting for ever: it counts as an error.
- A diagnostic with an unknown tag or severity makes the whole menu fail, and a message in Markdown (LSP 3.18) becomes ``str`` of its
  dictionary: diagnostics are kept as the client sent them.
- ``version: null`` (allowed before LSP 3.16) drops the change and so corrupts the synced text: it counts as 0.
- A request after ``shutdown`` is never answered: it gets ``InvalidRequest``, as the specification says.
- ``doc.lines`` splits at form feed and U+2028: documents are kept in ``documents.py``, none in pygls' workspace.
- ``start_tcp`` is for one client, and stdin shares the thread pool: ``transport.py`` serves instead.
- An error of ours is answered with its message and its traceback, which may quote a secret: the answer is one sentence.
- INFO logs whole messages: the logger stays at WARNING.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.json_rpc import JsonRPCNotification, RPCRequest
from pygls.protocol.language_server import lsp_method

logging.getLogger("pygls").setLevel(logging.WARNING)
log = logging.getLogger(__name__)

_VERSIONED = frozenset({types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE})


def converter() -> Any:
    """pygls' converter, which keeps each diagnostic as the client sent it: ``as_sent`` gives it back."""
    ours = default_converter()  # type: ignore[no-untyped-call]
    ours.register_structure_hook(
        types.Diagnostic,
        lambda raw, _: types.Diagnostic(ours.structure(raw["range"], types.Range), "", data=dict(raw)),
    )
    ours.register_unstructure_hook(types.Diagnostic, as_sent)
    # A kind of a later protocol is no reason to have no menu.
    ours.register_structure_hook(
        types.CodeActionTriggerKind,
        lambda raw, _: types.CodeActionTriggerKind.Automatic if raw == 2 else types.CodeActionTriggerKind.Invoked,
    )
    return ours


def as_sent(diagnostic: types.Diagnostic) -> dict[str, Any]:
    """The JSON of a diagnostic that ``converter`` has read."""
    assert isinstance(diagnostic.data, dict)
    return diagnostic.data


def _with_version(data: dict[str, Any]) -> None:
    params = data.get("params")
    document = params.get("textDocument") if isinstance(params, dict) else None
    if isinstance(document, dict) and document.get("version") is None:
        document["version"] = 0


class Shell(Protocol):
    """What the protocol class hands messages to."""

    async def execute_command(self, params: types.ExecuteCommandParams) -> Any: ...
    def did_open(self, params: types.DidOpenTextDocumentParams) -> None: ...
    def did_change(self, params: types.DidChangeTextDocumentParams) -> None: ...
    def did_close(self, params: types.DidCloseTextDocumentParams) -> None: ...
    def notebook_did_open(self, params: types.DidOpenNotebookDocumentParams) -> None: ...
    def notebook_did_change(self, params: types.DidChangeNotebookDocumentParams) -> None: ...
    def notebook_did_close(self, params: types.DidCloseNotebookDocumentParams) -> None: ...
    def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None: ...
    def progress_cancelled(self, params: types.WorkDoneProgressCancelParams) -> None: ...
    async def shutdown_jobs(self) -> None: ...
    def exit_requested(self, code: int) -> None: ...


class GrokProtocol(LanguageServerProtocol):
    """pygls' protocol with the workarounds above."""

    shell: Shell
    # From the moment that ``shutdown`` arrives: pygls' own flag is set once it is answered, because it drops what the client still answers.
    _leaving = False

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Any:
        return await self.shell.execute_command(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self.shell.did_open(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self.shell.did_change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self.shell.did_close(params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        self.shell.notebook_did_open(params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        self.shell.notebook_did_change(params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        self.shell.notebook_did_close(params)

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        self.shell.folders_changed(params)

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: types.WorkDoneProgressCancelParams) -> None:
        self.shell.progress_cancelled(params)

    @lsp_method(types.SHUTDOWN)
    async def lsp_shutdown(self, *args: Any) -> None:
        await self.shell.shutdown_jobs()
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> None:
        self.shell.exit_requested(0 if self._leaving else 1)

    def _execute_handler(
        self,
        msg_id: str | int,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        def done(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    def _send_response(self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None) -> None:
        if error is not None and error.code == types.ErrorCodes.InternalError.value:
            # Its message and traceback quote whatever was at hand; they are in the log, redacted.
            message = "Something in grok-ls broke; nothing was changed, see the log and please report it."
            error = types.ResponseError(code=error.code, message=message)
        super()._send_response(msg_id, result, error)

    def handle_message(self, message: Any) -> None:
        if self._leaving and isinstance(message, RPCRequest):
            problem = JsonRpcInvalidRequest(f"{message.method} came after shutdown.")
            self._send_response(message.id, error=problem.to_response_error())
            return
        # Not in the handler: it begins a turn of the loop later, when ``exit`` may be here already.
        self._leaving = self._leaving or getattr(message, "method", "") == types.SHUTDOWN
        super().handle_message(message)

    def _handle_response(self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None) -> None:
        future = self._request_futures.get(msg_id)
        if future is not None and future.done():
            self._request_futures.pop(msg_id, None)
            return
        super()._handle_response(msg_id, result, error)

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        if msg_id in self._request_futures:
            super()._handle_cancel_notification(msg_id)

    def structure_message(self, data: dict[str, Any]) -> Any:
        if isinstance(data, dict) and data.get("method") in _VERSIONED:
            _with_version(data)
        try:
            return super().structure_message(data)
        except Exception:
            if "id" in data and "method" not in data:
                unreadable = types.ResponseError(
                    code=types.ErrorCodes.InternalError.value, message="its answer could not be read"
                )
                return types.ResponseErrorMessage(id=data["id"], jsonrpc=self.VERSION, error=unreadable)
            # The traceback is in the log already (pygls logs it); it may quote the user's text, so the answer does not.
            if "id" in data and "method" in data:
                problem = JsonRpcInvalidParams(f"The parameters of {data['method']} could not be read.")
                self._send_response(data["id"], error=problem.to_response_error())
            return JsonRPCNotification(method="$/unreadable", jsonrpc=self.VERSION, params=None)
