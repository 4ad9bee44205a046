"""An honest editor on the other end: a typed client with a buffer of its own that applies edits in its own position encoding."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as t
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import default_converter
from pygls.uris import to_fs_path
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

from grok_ls.text import Encoding, Source

PROFILES = Path(__file__).parents[1] / "editors" / "profiles"
KEY = "xai-" + "Test0" * 16
SERVER = ("-m", "grok_ls")
# The same server, that waits a second for an edit where others wait five: for edits that never come, or only in part.
IMPATIENT = (
    "-c",
    "from grok_ls.__main__ import main; from grok_ls.server import applying;"
    " applying.PATIENCE = applying.Patience(confirm_s=1.0, late_s=0.3); raise SystemExit(main())",
)


def capabilities(profile: str) -> t.ClientCapabilities:
    """What a real editor declared (``tests/editors/profiles``), ``no-edits`` apart."""
    if profile == "no-edits":
        return t.ClientCapabilities(window=t.WindowClientCapabilities(work_done_progress=True))
    return default_converter().structure(recorded(profile)["capabilities"], t.ClientCapabilities)


def recorded(profile: str) -> dict[str, Any]:
    """``capabilities``, ``clientInfo`` and ``initializationOptions`` as the editor sent them."""
    found: dict[str, Any] = json.loads((PROFILES / f"{profile}.json").read_text(encoding="utf-8"))
    return found


def client_info(profile: str) -> t.ClientInfo | None:
    info = None if profile == "no-edits" else recorded(profile)["clientInfo"]
    return t.ClientInfo(info["name"]) if info else None


def _converter() -> Any:
    converter = default_converter()
    # lsprotocol reads every code action with a command as a Command.
    converter.register_structure_hook(
        t.Command | t.CodeAction,
        lambda raw, _: converter.structure(raw, t.Command if isinstance(raw.get("command"), str) else t.CodeAction),
    )
    return converter


@dataclass
class Buffer:
    uri: str
    text: str
    version: int
    # The notebook that it is a cell of: then its changes are the notebook's.
    notebook: str | None = None


@dataclass
class Editor:
    """``on_apply`` may take an edit's place: gives the answer and leaves the buffer as it likes."""

    profile: str
    client: LanguageClient = field(init=False)
    announced: t.ServerCapabilities = field(init=False)
    buffers: dict[str, Buffer] = field(default_factory=dict)
    encoding: Encoding = "utf-16"
    applied: list[t.ApplyWorkspaceEditParams] = field(default_factory=list)
    streamed: list[Any] = field(default_factory=list)
    questions: list[t.ShowMessageRequestParams] = field(default_factory=list)
    answers: list[str | None] = field(default_factory=list)
    ticked: Callable[[str], bool] = lambda annotation: True
    on_apply: Callable[[t.ApplyWorkspaceEditParams], t.ApplyWorkspaceEditResult] | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    stream_grew: asyncio.Event = field(default_factory=asyncio.Event)
    has_shut_down: bool = False
    registered: list[t.Registration] = field(default_factory=list)
    # Whether it asks for the text of documents that the server said it has, as a client that offers this does.
    asks_for_contents: bool = True
    contents: dict[str, str] = field(default_factory=dict)

    async def start(
        self,
        root: Path | None,
        *,
        base_url: str,
        settings: dict[str, Any] | None = None,
        machine: dict[str, Any] | None = None,
        client_settings: dict[str, Any] | None = None,
        stream: bool = True,
        environment: dict[str, str] | None = None,
        session_id: str | None = None,
        tcp: tuple[str, int] | None = None,
        program: tuple[str, ...] = SERVER,
    ) -> t.InitializeResult:
        self.client = LanguageClient(
            converter_factory=_converter, configuration={"": {"grok": client_settings} if client_settings else {}}
        )
        register_lsp_features(self.client)
        self.client.feature(t.WORKSPACE_APPLY_EDIT)(lambda params: self._apply(params))
        self.client.feature(t.WINDOW_SHOW_MESSAGE_REQUEST)(lambda params: self._ask(params))
        self.client.feature(t.CLIENT_REGISTER_CAPABILITY)(lambda params: self.registered.extend(params.registrations))

        # pytest-lsp's own only counts.
        self.client.protocol.fm.features.pop(t.WINDOW_SHOW_DOCUMENT)

        @self.client.feature(t.WINDOW_SHOW_DOCUMENT)
        async def show_document(params: t.ShowDocumentParams) -> t.ShowDocumentResult:
            return await self._show(params)

        self.client.feature(t.WORKSPACE_CODE_LENS_REFRESH)(lambda params: None)
        self.client.feature("grok/stream")(lambda params: self._stream(params))
        if tcp is not None:
            await self.client.start_tcp(*tcp)
        else:
            await self.client.start_io(sys.executable, *program, env=server_environment(environment))
        grok: dict[str, Any] = {
            "machine": {"baseUrl": base_url, "storage": "memory", **(machine or {})},
            "stream": stream,
        }
        if settings:
            grok["settings"] = settings
        if session_id:
            grok["sessionId"] = session_id
        result = await self.client.initialize_session(
            t.InitializeParams(
                capabilities=capabilities(self.profile),
                client_info=client_info(self.profile),
                workspace_folders=[t.WorkspaceFolder(root.as_uri(), root.name)] if root else None,
                initialization_options={"grok": grok},
            )
        )
        self.announced = result.capabilities
        encoding = result.capabilities.position_encoding or "utf-16"
        # lsprotocol gives a plain string or a member of its enumeration.
        self.encoding = str(getattr(encoding, "value", encoding))  # type: ignore[assignment]
        return result

    async def stop(self) -> None:
        if not self.has_shut_down:
            self.has_shut_down = True
            await self.client.shutdown_session()
        await self.disconnect()

    async def disconnect(self) -> None:
        await self.client.stop()
        if self.client._server is None and isinstance(writer := self.client.protocol.writer, asyncio.StreamWriter):
            # pygls leaves its end of a connection open.
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def shut_down(self) -> int:
        """``shutdown`` as a test looks at it; ``stop`` only cleans up afterwards. Gives the server's exit code."""
        self.has_shut_down = True
        await self.client.shutdown_async(None)
        with pytest.raises(JsonRpcException) as caught:
            await self.command("grok.usage")
        assert caught.value.code == JsonRpcInvalidRequest.CODE
        self.client.exit(None)
        assert self.client._server is not None
        return await self.client._server.wait()

    async def wait_for_diff(self) -> None:
        """Until a part of the edit has arrived here: only then has the server counted what it cost."""
        while not any(getattr(params, "kind", None) == "diff" for params in self.streamed):
            self.stream_grew.clear()
            await self.stream_grew.wait()

    def open(self, path: Path | str, text: str, language: str = "python", version: int = 1) -> str:
        uri = path.as_uri() if isinstance(path, Path) else path
        self.buffers[uri] = Buffer(uri, text, version)
        self.client.text_document_did_open(
            t.DidOpenTextDocumentParams(t.TextDocumentItem(uri, language, version, text))
        )
        return uri

    def open_notebook(self, path: Path, cells: list[str], language: str = "python") -> list[str]:
        """The URIs of its cells; one that begins with ``# `` is of text."""
        uri = path.as_uri()
        made = [self._cell(uri, f"{number:04}", text, language) for number, text in enumerate(cells)]
        self.client.notebook_document_did_open(
            t.DidOpenNotebookDocumentParams(
                t.NotebookDocument(uri, "jupyter-notebook", 1, [cell for cell, _ in made]), [text for _, text in made]
            )
        )
        return [cell.document for cell, _ in made]

    def insert_cell(self, notebook: Path, at: int, text: str, language: str = "python") -> str:
        cell, item = self._cell(notebook.as_uri(), f"new{at}", text, language)
        array = t.NotebookCellArrayChange(at, 0, [cell])
        structure = t.NotebookDocumentCellChangeStructure(array, did_open=[item])
        self.change_notebook(notebook.as_uri(), t.NotebookDocumentCellChanges(structure=structure))
        return item.uri

    def delete_cell(self, notebook: Path, at: int, uri: str) -> None:
        self.buffers.pop(uri)
        structure = t.NotebookDocumentCellChangeStructure(
            t.NotebookCellArrayChange(at, 1), did_close=[t.TextDocumentIdentifier(uri)]
        )
        self.change_notebook(notebook.as_uri(), t.NotebookDocumentCellChanges(structure=structure))

    def change_notebook(self, uri: str, cells: t.NotebookDocumentCellChanges) -> None:
        identifier = t.VersionedNotebookDocumentIdentifier(2, uri)
        self.client.notebook_document_did_change(
            t.DidChangeNotebookDocumentParams(identifier, t.NotebookDocumentChangeEvent(cells=cells))
        )

    def close_notebook(self, path: Path) -> None:
        uri = path.as_uri()
        cells = [buffer.uri for buffer in self.buffers.values() if buffer.notebook == uri]
        self.client.notebook_document_did_close(
            t.DidCloseNotebookDocumentParams(
                t.NotebookDocumentIdentifier(uri),
                [t.TextDocumentIdentifier(self.buffers.pop(cell).uri) for cell in cells],
            )
        )

    def _cell(self, notebook: str, name: str, text: str, language: str) -> tuple[t.NotebookCell, t.TextDocumentItem]:
        # As VS Code writes them.
        uri = f"vscode-notebook-cell:{notebook.removeprefix('file://')}#W{name}"
        self.buffers[uri] = Buffer(uri, text, 1, notebook)
        kind = t.NotebookCellKind.Markup if text.startswith("# ") else t.NotebookCellKind.Code
        item = t.TextDocumentItem(uri, "markdown" if kind is t.NotebookCellKind.Markup else language, 1, text)
        return t.NotebookCell(kind, uri), item

    def type(self, uri: str, start: int, end: int, new: str) -> None:
        """Replace ``start``..``end`` (code points) as the user, as one incremental change."""
        buffer = self.buffers[uri]
        source = Source(buffer.text)
        range_ = t.Range(
            t.Position(*source.position_of(start, self.encoding)), t.Position(*source.position_of(end, self.encoding))
        )
        buffer.text = buffer.text[:start] + new + buffer.text[end:]
        self._changed(buffer, [t.TextDocumentContentChangePartial(range_, new)])

    def _changed(self, buffer: Buffer, changes: list[Any]) -> None:
        buffer.version += 1
        identifier = t.VersionedTextDocumentIdentifier(buffer.version, buffer.uri)
        if buffer.notebook is None:
            self.client.text_document_did_change(t.DidChangeTextDocumentParams(identifier, changes))
        else:
            texts = t.NotebookDocumentCellContentChanges(identifier, changes)
            self.change_notebook(buffer.notebook, t.NotebookDocumentCellChanges(text_content=[texts]))
        self.changed.set()

    def _apply(self, params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        self.applied.append(params)
        if self.on_apply is not None:
            return self.on_apply(params)
        return self.take(params)

    def take(self, params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        """Apply as VS Code does: all of it, and only to the version that it was made for."""
        edit = params.edit
        todo: list[tuple[Buffer, list[Any]]] = []
        for change in edit.document_changes or ():
            if isinstance(change, t.CreateFile):
                path_of(change.uri).touch(exist_ok=False)
                continue
            if isinstance(change, t.DeleteFile):
                path_of(change.uri).unlink()
                self.close(change.uri)
                continue
            assert isinstance(change, t.TextDocumentEdit)
            uri = change.text_document.uri
            if uri not in self.buffers:
                # A file that is edited is opened.
                self.open(uri, path_of(uri).read_bytes().decode("utf-8-sig"))
            buffer = self.buffers[uri]
            if change.text_document.version not in (None, buffer.version):
                return t.ApplyWorkspaceEditResult(applied=False)
            todo.append((buffer, [e for e in change.edits if self._is_ticked(e)]))
        for uri, edits in (edit.changes or {}).items():
            todo.append((self.buffers[uri], list(edits)))
        for buffer, edits in todo:
            if edits:
                self._edit(buffer, edits)
        return t.ApplyWorkspaceEditResult(applied=True)

    def close(self, uri: str) -> None:
        if self.buffers.pop(uri, None) is not None:
            self.client.text_document_did_close(t.DidCloseTextDocumentParams(t.TextDocumentIdentifier(uri)))

    def _is_ticked(self, edit: Any) -> bool:
        return not isinstance(edit, t.AnnotatedTextEdit) or self.ticked(edit.annotation_id)

    def _edit(self, buffer: Buffer, edits: list[Any]) -> None:
        source = Source(buffer.text)
        spans = []
        for edit in edits:
            start = source.offset_at(edit.range.start.line, edit.range.start.character, self.encoding)
            end = source.offset_at(edit.range.end.line, edit.range.end.character, self.encoding)
            spans.append((start, end, edit))
        spans.sort(key=lambda item: (item[0], item[1]), reverse=True)
        text, changes = buffer.text, []
        for start, end, edit in spans:
            text = text[:start] + edit.new_text + text[end:]
            changes.append(t.TextDocumentContentChangePartial(edit.range, edit.new_text))
        buffer.text = text
        self._changed(buffer, changes)

    def _ask(self, params: t.ShowMessageRequestParams) -> t.MessageActionItem | None:
        self.questions.append(params)
        answer = self.answers.pop(0) if self.answers else None
        return t.MessageActionItem(answer) if answer else None

    async def _show(self, params: t.ShowDocumentParams) -> t.ShowDocumentResult:
        """A file is opened from the disk, a document of the server's by asking for its text."""
        if not params.uri.startswith("file:") and self.asks_for_contents:
            asked = t.TextDocumentContentParams(params.uri)
            self.contents[params.uri] = (await self.client.workspace_text_document_content_async(asked)).text
        self.client.shown_documents.append(params)
        return t.ShowDocumentResult(success=True)

    def _stream(self, params: Any) -> None:
        self.streamed.append(params)
        self.stream_grew.set()

    # -- what a test asks for -------------------------------------------------------------------------------------------------

    def range(self, uri: str, needle: str) -> t.Range:
        source = Source(self.buffers[uri].text)
        start = source.text.index(needle)
        return t.Range(
            t.Position(*source.position_of(start, self.encoding)),
            t.Position(*source.position_of(start + len(needle), self.encoding)),
        )

    def diagnostic(self, uri: str, needle: str, message: str = "this is wrong") -> t.Diagnostic:
        return t.Diagnostic(self.range(uri, needle), message, t.DiagnosticSeverity.Error, source="check")

    async def menu(self, uri: str, range_: t.Range, **context: Any) -> list[t.CodeAction]:
        found = await self.client.text_document_code_action_async(
            t.CodeActionParams(
                t.TextDocumentIdentifier(uri), range_, t.CodeActionContext(context.pop("diagnostics", []), **context)
            )
        )
        return list(found or [])  # type: ignore[arg-type]

    def run_action(self, action: str, uri: str, needle: str, **more: Any) -> dict[str, Any]:
        range_ = default_converter().unstructure(self.range(uri, needle))
        return {"action": action, "uri": uri, "range": range_, "version": self.buffers[uri].version, **more}

    async def command(self, name: str, *arguments: Any, token: str | None = None) -> Any:
        return await self.client.workspace_execute_command_async(
            t.ExecuteCommandParams(name, list(arguments), work_done_token=token)
        )

    async def run(self, action: str, uri: str, needle: str, **more: Any) -> Any:
        return await self.command("grok.run", self.run_action(action, uri, needle, **more))

    @property
    def messages(self) -> list[str]:
        return [message.message for message in self.client.messages]


def path_of(uri: str) -> Path:
    path = to_fs_path(uri)
    assert path
    return Path(path)


def server_environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """A key for the fake server, and a proxy that leads nowhere for everything that is not loopback."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {
        "XAI_API_KEY": KEY,
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1,localhost",
        "PYTHONWARNINGS": "default",
    }
    return environment | (extra or {})
