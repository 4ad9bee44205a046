"""What the client is told in a message."""

from __future__ import annotations

from typing import Any, cast

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol

from grok_ls.engine import Report
from grok_ls.server.client import Client
from grok_ls.server.wire import JobResult

TEXT = "See [the fix](command:workbench.action.quit) and ![x](https://example.invalid/p.png); f(x)[0](y)"


class Wire:
    def __init__(self) -> None:
        self.told: list[Any] = []

    def notify(self, method: str, params: Any) -> None:
        self.told.append(params.message)

    async def send_request_async(self, method: str, params: Any) -> None:
        self.told.append(params.message)


async def test_no_message_has_a_link() -> None:
    wire = Wire()
    client = Client(cast(LanguageServerProtocol, wire))
    client.show(types.MessageType.Info, TEXT)
    await client.choose(TEXT, "Yes")
    assert len(wire.told) == 2
    assert not any("](" in message for message in wire.told)
    assert all("the fix" in message for message in wire.told)


def test_no_result_of_a_job_has_a_link_in_its_message() -> None:
    message = JobResult("job", "unchanged", TEXT, Report()).to_json()["message"]
    assert "the fix" in message
    assert "](" not in message
