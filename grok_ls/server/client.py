"""What we ask of the client, each only if it declared that it can, each with a time limit unless a person has to answer."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

from grok_ls.server.capabilities import Capabilities
from grok_ls.server.outbox import Outbox
from grok_ls.server.wire import unlinked

log = logging.getLogger(__name__)

# A client that does not answer (ALE never does) must not hold a job up.
_ANSWER_S = 5.0
# Large edits take editors a while; one that is not asked about is not waited for without end.
_EDIT_S = 60.0


class NotShown(Exception):
    """The client could not put a question to the user."""


class Client:
    """The other end of one connection."""

    def __init__(self, protocol: LanguageServerProtocol) -> None:
        self._protocol = protocol
        self.can = Capabilities()
        self.out: Outbox | None = None

    @property
    def lags(self) -> bool:
        """It does not take what it is told: what can wait, should."""
        return self.out is not None and self.out.lags

    async def _ask(self, method: str, params: Any, timeout_s: float | None = _ANSWER_S) -> Any:
        async with asyncio.timeout(timeout_s):
            return await self._protocol.send_request_async(method, params)

    async def _ask_or_none(self, method: str, params: Any) -> Any:
        try:
            return await self._ask(method, params)
        except Exception as error:
            log.warning("%s was not answered: %s", method, type(error).__name__)
            return None

    async def apply_edit(
        self, label: str, edit: types.WorkspaceEdit, *, asks: bool = False
    ) -> types.ApplyWorkspaceEditResult:
        """``asks``: a preview, which stays unanswered while the user looks at it, so without a time limit."""
        params = types.ApplyWorkspaceEditParams(edit=edit, label=label)
        try:
            result = await self._ask(types.WORKSPACE_APPLY_EDIT, params, timeout_s=None if asks else _EDIT_S)
        except TimeoutError:
            reason = f"it did not answer for {_EDIT_S:g} s"
            return types.ApplyWorkspaceEditResult(applied=False, failure_reason=reason)
        except JsonRpcException as error:
            # eglot refuses a stale edit with an error.
            return types.ApplyWorkspaceEditResult(applied=False, failure_reason=error.message)
        if not isinstance(result, types.ApplyWorkspaceEditResult):
            return types.ApplyWorkspaceEditResult(applied=False, failure_reason="no answer")
        return result

    def show(self, kind: types.MessageType, message: str) -> None:
        self._protocol.notify(types.WINDOW_SHOW_MESSAGE, types.ShowMessageParams(type=kind, message=unlinked(message)))

    async def choose(self, message: str, *choices: str) -> str | None:
        """The user's choice; ``None`` if they closed the question. No time limit. Raises ``NotShown``."""
        actions = [types.MessageActionItem(title=choice) for choice in choices]
        params = types.ShowMessageRequestParams(
            type=types.MessageType.Warning, message=unlinked(message), actions=actions
        )
        try:
            answer = await self._ask(types.WINDOW_SHOW_MESSAGE_REQUEST, params, timeout_s=None)
        except JsonRpcException as error:
            log.warning("The question was not shown: %s", error.message)
            raise NotShown from error
        return answer.title if answer is not None else None

    async def show_document(self, uri: str) -> bool:
        if not self.can.show_document:
            return False
        params = types.ShowDocumentParams(uri=uri, take_focus=True)
        answer = await self._ask_or_none(types.WINDOW_SHOW_DOCUMENT, params)
        return bool(answer is not None and answer.success)

    async def configuration(self) -> Any:
        """Section ``grok`` as the client has it, ``None`` if it cannot say."""
        if not self.can.configuration:
            return None
        params = types.ConfigurationParams(items=[types.ConfigurationItem(section="grok")])
        answer = await self._ask_or_none(types.WORKSPACE_CONFIGURATION, params)
        return answer[0] if isinstance(answer, list | tuple) and answer else None

    async def register(self, *registrations: types.Registration) -> None:
        if registrations:
            params = types.RegistrationParams(registrations=list(registrations))
            await self._ask_or_none(types.CLIENT_REGISTER_CAPABILITY, params)

    async def create_progress(self, token: str) -> bool:
        try:
            await self._ask(types.WINDOW_WORK_DONE_PROGRESS_CREATE, types.WorkDoneProgressCreateParams(token=token))
        except Exception as error:
            log.warning("No progress: %s", type(error).__name__)
            return False
        return True

    def progress(self, token: str | int, value: Any) -> None:
        self._protocol.notify(types.PROGRESS, types.ProgressParams(token=token, value=value))

    async def refresh_lenses(self) -> None:
        if self.can.code_lens_refresh:
            await self._ask_or_none(types.WORKSPACE_CODE_LENS_REFRESH, None)

    def notify(self, method: str, params: dict[str, Any]) -> None:
        self._protocol.notify(method, params)
