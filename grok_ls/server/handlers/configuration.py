"""Settings from the client: asked for after ``initialized``, and again or taken as pushed at each change. And what is registered then."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from grok_ls import collector
from grok_ls.loading import LOADING
from grok_ls.server.explaining import SCHEME
from grok_ls.server.session import Session

# By then an editor has opened its documents and shown them.
_QUIET_S = 1.0


async def warm() -> None:
    """Load what the first job needs, in a thread, when the editor has started: neither start nor first job waits for it."""
    await asyncio.sleep(_QUIET_S)
    await asyncio.to_thread(_load)


def _load() -> None:
    with LOADING:
        collector.loading()
        try:
            importlib.import_module("grok_ls.server.handlers.execute_command")
        finally:
            collector.loaded()


async def initialized(session: Session) -> None:
    can = session.client.can
    registrations = []
    if can.register_configuration:
        registrations.append(
            types.Registration(
                id="grok-configuration",
                method=types.WORKSPACE_DID_CHANGE_CONFIGURATION,
                register_options=types.DidChangeConfigurationRegistrationOptions(section="grok"),
            )
        )
    if can.register_watched_files:
        patterns = ("**/.*ignore", "**/.aiexclude", "**/.grok/actions/*.md")
        registrations.append(
            types.Registration(
                id="grok-files",
                method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                register_options=types.DidChangeWatchedFilesRegistrationOptions(
                    watchers=[types.FileSystemWatcher(glob_pattern=pattern) for pattern in patterns]
                ),
            )
        )
    # A client that takes the stream shows explanations itself.
    if can.text_document_content and not session.wants_stream:
        registrations.append(
            types.Registration(
                id="grok-explanations",
                method=types.WORKSPACE_TEXT_DOCUMENT_CONTENT,
                register_options=types.TextDocumentContentRegistrationOptions(schemes=[SCHEME]),
            )
        )
    await session.learn_settings()
    await session.client.register(*registrations)


async def changed(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """Clients without ``workspace/configuration`` push the values, the others only say that something changed."""
    if session.client.can.configuration:
        await session.learn_settings()
    elif isinstance(params.settings, Mapping):
        session.client_settings(_ours(params.settings))
        session.report_problems()


def _ours(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Section ``grok`` where a client pushes all that it has; the others push the section alone."""
    found = {name: value for name, value in settings.items() if name == "grok" or name.startswith("grok.")}
    return found or settings
