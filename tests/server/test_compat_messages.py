"""What odd clients send, as it arrives behind pygls' reading of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from grok_ls.server import compat, wire
from grok_ls.server.documents import Documents
from grok_ls.server.handlers.configuration import _ours
from grok_ls.server.jobs import Job, Jobs
from grok_ls.server.wire import Malformed, parse_run_action

RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}


@pytest.mark.parametrize(
    "odd",
    [
        {"tags": [99]},
        {"severity": 0},
        {"severity": 9},
        {"code": {"value": "E5"}},
        {"message": {"kind": "markdown", "value": "**boom**"}},
        {"source": None, "relatedInformation": None},
        {"data": [1, None], "ours": True},
    ],
)
def test_a_diagnostic_of_any_shape_is_read_and_given_back_as_it_came(odd: dict[str, Any]) -> None:
    sent = {"range": RANGE, "message": "boom", **odd}
    converter = compat.converter()
    params = converter.structure(
        {"textDocument": {"uri": "file:///a"}, "range": RANGE, "context": {"diagnostics": [sent]}},
        types.CodeActionParams,
    )
    (diagnostic,) = params.context.diagnostics
    assert "boom" in wire.parse_diagnostic(compat.as_sent(diagnostic)).message
    action = types.CodeAction(title="t", diagnostics=[diagnostic])
    assert converter.unstructure(action)["diagnostics"] == [sent]


@pytest.mark.parametrize(("sent", "read"), [(1, "Invoked"), (2, "Automatic"), (7, "Invoked"), (None, None)])
def test_a_menu_of_an_unknown_trigger_is_one_that_was_asked_for(sent: int | None, read: str | None) -> None:
    context = {"diagnostics": []} | ({} if sent is None else {"triggerKind": sent})
    params = compat.converter().structure(
        {"textDocument": {"uri": "file:///a"}, "range": RANGE, "context": context}, types.CodeActionParams
    )
    assert (params.context.trigger_kind and params.context.trigger_kind.name) == read


@pytest.fixture
async def protocol() -> compat.GrokProtocol:
    server = LanguageServer("t", "0", protocol_cls=compat.GrokProtocol, converter_factory=compat.converter)
    assert isinstance(server.protocol, compat.GrokProtocol)
    server.protocol.set_writer(_Nowhere())
    return server.protocol


class _Nowhere:
    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...


@pytest.mark.parametrize("answer", [{"result": None}, {"result": {}}, {"error": "no"}])
async def test_an_answer_that_cannot_be_read_ends_the_wait(
    protocol: compat.GrokProtocol, answer: dict[str, Any]
) -> None:
    params = types.ApplyWorkspaceEditParams(edit=types.WorkspaceEdit())
    future = asyncio.ensure_future(protocol.send_request_async(types.WORKSPACE_APPLY_EDIT, params))
    await asyncio.sleep(0)
    (identifier,) = protocol._request_futures
    protocol.handle_message(protocol.structure_message({"jsonrpc": "2.0", "id": identifier, **answer}))
    with pytest.raises(JsonRpcException):
        await asyncio.wait_for(future, 5)


@pytest.mark.parametrize("identifier", [{"uri": "file:///a", "version": None}, {"uri": "file:///a"}])
def test_a_change_without_a_version_is_not_lost(protocol: compat.GrokProtocol, identifier: dict[str, Any]) -> None:
    params = {"textDocument": identifier, "contentChanges": [{"text": "new"}]}
    message = protocol.structure_message({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
    documents = Documents()
    documents.open(types.TextDocumentItem("file:///a", "python", 0, "old"))
    documents.change(message.params)
    document = documents.get("file:///a")
    assert document is not None
    assert document.source.text == "new"


def test_no_two_states_of_the_documents_share_a_revision() -> None:
    documents, seen = Documents(), []
    for text in ("one", "two"):
        documents.open(types.TextDocumentItem("file:///a", "python", 0, text))
        document = documents.get("file:///a")
        assert document is not None
        seen.append(document.revision)
        document.update(document.source, 0)
        seen.append(document.revision)
    assert len(set(seen)) == 4


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 1.5, True, "1"])
def test_a_version_that_is_no_whole_number_is_malformed(number: Any) -> None:
    with pytest.raises(Malformed, match="version"):
        parse_run_action([{"action": "fix", "uri": "file:///a", "range": RANGE, "version": number}])


def test_other_sections_of_pushed_settings_are_not_ours() -> None:
    assert _ours({"python": {}, "grok": {"model": "m"}, "editor.x": 1}) == {"grok": {"model": "m"}}
    assert _ours({"model": "m"}) == {"model": "m"}


async def test_an_edit_that_the_editor_holds_is_given_up_some_time_after_a_cancel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grok_ls.server.jobs._APPLYING_S", 0.0)
    jobs, held = Jobs(), asyncio.Event()

    async def work(job: Job) -> Any:
        job.applying = True
        await held.wait()

    job, _ = jobs.start("k", "file:///a", "fix", work)
    await asyncio.sleep(0)
    assert jobs.cancel_all() == 0
    assert job.stop_asked
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(asyncio.shield(job.task), 5)


async def _broken_answer(server: LanguageServer) -> dict[str, Any]:
    @server.feature("textDocument/hover")
    def hover(params: types.HoverParams) -> None:
        raise ValueError("Token=hunter2-of-the-user")

    heard = _Heard()
    server.protocol.set_writer(heard)  # type: ignore[arg-type]
    for number, (method, params) in enumerate(
        (
            ("initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
            ("textDocument/hover", {"textDocument": {"uri": "file:///a"}, "position": {"line": 0, "character": 0}}),
        )
    ):
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        server.protocol.handle_message(server.protocol.structure_message(message))
    for _ in range(20):
        await asyncio.sleep(0)
    return next(said for said in heard.said if said.get("id") == 1)


class _Heard:
    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        self.said.append(json.loads(data.partition(b"\r\n\r\n")[2]))

    def close(self) -> None: ...


async def test_pygls_answers_an_error_of_ours_with_its_words() -> None:
    answer = await _broken_answer(LanguageServer("bare", "0"))
    assert "hunter2" in json.dumps(answer)


async def test_an_error_of_ours_is_answered_with_one_sentence() -> None:
    answer = await _broken_answer(LanguageServer("ours", "0", protocol_cls=compat.GrokProtocol))
    assert "hunter2" not in json.dumps(answer)
    assert answer["error"]["code"] == -32603
    assert answer["error"]["message"].startswith("Something in grok-ls broke; nothing was changed")
    assert not answer["error"].get("data")
