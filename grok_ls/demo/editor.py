"""A small editor: the client side of LSP, over a pipe to the real server in a process of its own.

It holds one document, applies what the server sends with ``workspace/applyEdit``, and reports the change back as every
editor does. It knows nothing that a user's editor would not know.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter
from pygls.workspace import PositionCodec, TextDocument

from grok_ls._version import __version__
from grok_ls.errors import ProviderUnavailable

if TYPE_CHECKING:
    from cattrs import Converter

_CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16]),
    text_document=types.TextDocumentClientCapabilities(
        code_action=types.CodeActionClientCapabilities(
            code_action_literal_support=types.ClientCodeActionLiteralOptions(
                code_action_kind=types.ClientCodeActionKindOptions(value_set=[types.CodeActionKind.QuickFix])
            )
        )
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        workspace_folders=True,
    ),
)


_T = TypeVar("_T")


def _converter() -> Converter:
    """lsprotocol takes every action that carries a command for a bare ``Command``; an action has a kind or nests it."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]

    def structure(value: Any, _: Any) -> types.Command | types.CodeAction:
        if isinstance(value.get("command"), str):
            return converter.structure(value, types.Command)
        return converter.structure(value, types.CodeAction)

    converter.register_structure_hook(types.Command | types.CodeAction, structure)
    return converter


class Editor:
    """One window with one file. ``streamed`` gets every ``grok/stream`` notification, ``said`` every message."""

    def __init__(self, folder: Path, *, streamed: Callable[[Any], None], said: Callable[[str], None]) -> None:
        self._folder = folder
        self._client = LanguageClient("grok-ls demo", __version__, converter_factory=_converter)
        self._path = folder
        self._document: TextDocument | None = None
        self.applied = 0
        self._client.feature(types.WORKSPACE_APPLY_EDIT)(lambda params: self._apply(params))
        self._client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: said(params.message))
        for method in (types.WINDOW_LOG_MESSAGE, types.WINDOW_WORK_DONE_PROGRESS_CREATE, types.PROGRESS):
            self._client.feature(method)(lambda _: None)
        # pygls writes attributes on what it is given, which a bound method does not take: hence functions.
        self._client.feature("grok/stream")(lambda params: streamed(params))

    @property
    def text(self) -> str:
        assert self._document is not None
        return self._document.source

    async def start(self, environment: Mapping[str, str]) -> types.InitializeResult:
        """Starts ``python -m grok_ls --stdio`` and introduces itself."""
        # A session of its own: Ctrl-C is ours, and we shut the server down in order.
        await self._client.start_io(
            sys.executable, "-P", "-m", "grok_ls", "--stdio", env=dict(environment), start_new_session=True
        )
        server = self._client._server
        assert server is not None
        assert server.stderr is not None
        self._log = asyncio.create_task(server.stderr.read())
        folder = types.WorkspaceFolder(self._folder.as_uri(), self._folder.name)
        hello = types.InitializeParams(
            capabilities=_CAPABILITIES,
            client_info=types.ClientInfo("grok-ls demo", __version__),
            process_id=os.getpid(),
            root_uri=folder.uri,
            workspace_folders=[folder],
            initialization_options={"grok": {"stream": True}},
        )
        answer = await self._answer(self._client.initialize_async(hello))
        self._client.initialized(types.InitializedParams())
        return answer

    def open(self, path: Path) -> None:
        self._path = path
        # newline="": the document is the file's characters, line endings included.
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        codec = PositionCodec(types.PositionEncodingKind.Utf16)
        self._document = TextDocument(path.as_uri(), text, 1, "python", position_codec=codec)
        item = types.TextDocumentItem(self._document.uri, "python", 1, text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def line_range(self, line: int) -> types.Range:
        """The visible part of a line (from 0)."""
        assert self._document is not None
        words = self._document.lines[line].rstrip("\r\n")
        units = self._document.position_codec.client_num_units
        start = units(words[: len(words) - len(words.lstrip())])
        return types.Range(types.Position(line, start), types.Position(line, units(words)))

    async def code_actions(self, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        """The menu on the diagnostic, as when a user asks for it."""
        assert self._document is not None
        context = types.CodeActionContext([diagnostic], trigger_kind=types.CodeActionTriggerKind.Invoked)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self._document.uri), diagnostic.range, context)
        answer = await self._answer(self._client.text_document_code_action_async(params))
        return [entry for entry in answer or [] if isinstance(entry, types.CodeAction)]

    async def command(self, name: str, arguments: Sequence[Any] | None = None) -> Any:
        """The answer of ``workspace/executeCommand``."""
        params = types.ExecuteCommandParams(name, list(arguments or []))
        return await self._answer(self._client.workspace_execute_command_async(params))

    async def _answer(self, request: Awaitable[_T]) -> _T:
        """The server's answer; its error, or its end, as one sentence with the last line of its log."""
        try:
            return await request
        except JsonRpcException as error:
            raise ProviderUnavailable(f"The server answered with an error: {error}.") from error
        except RuntimeError as error:
            # pygls fails what is open when the process ends.
            log = (await self._log).decode("utf-8", "replace").strip().splitlines()
            raise ProviderUnavailable(f"The server ended ({log[-1] if log else error}).") from error

    def _apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        """All edits of the document from the end to the start, then saved and told; a stale version changes nothing."""
        document = self._document
        assert document is not None
        edits: list[types.TextEdit] = []
        for change in params.edit.document_changes or []:
            if not isinstance(change, types.TextDocumentEdit) or change.text_document.uri != document.uri:
                return types.ApplyWorkspaceEditResult(False, "the edit is for another file")
            if change.text_document.version not in (None, document.version):
                return types.ApplyWorkspaceEditResult(False, "the edit is for another version")
            edits += [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
        for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
            document.apply_change(types.TextDocumentContentChangePartial(edit.range, edit.new_text))
        document.version = (document.version or 0) + 1
        self.applied += 1
        with self._path.open("w", encoding="utf-8", newline="") as file:
            file.write(document.source)
        identifier = types.VersionedTextDocumentIdentifier(document.version, document.uri)
        whole = types.TextDocumentContentChangeWholeDocument(document.source)
        self._client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(document.uri))
        self._client.text_document_did_save(saved)
        return types.ApplyWorkspaceEditResult(True)

    async def stop(self) -> None:
        """Shutdown and exit, as the protocol wants; a server that does not go is killed."""
        server = self._client._server
        if server is None:
            return
        try:
            async with asyncio.timeout(10):
                if server.returncode is None:
                    await self._client.shutdown_async(None)
                    self._client.exit(None)
                await self._client.stop()  # type: ignore[no-untyped-call]
        except Exception:
            if server.returncode is None:
                server.kill()
            await server.wait()
