"""The composition root: reads the process's environment and builds provider, store, ledger, engine and server out of it.

Everything is built when it is first needed: start-up and the menu import neither openai nor a grammar nor SQLite.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grok_ls.config import Settings

if TYPE_CHECKING:
    from grok_ls.engine import Engine
    from grok_ls.provider.routing import Routed as Provider
    from grok_ls.redaction.redact import Vocabulary
    from grok_ls.server.client import Client
    from grok_ls.server.server import GrokServer
    from grok_ls.server.session import Session
    from grok_ls.storage.base import Store
    from grok_ls.workspace.files import WorkspaceFiles

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Composition:
    """One process. ``environment`` is a copy made at start; ``OPENAI_*`` variables are taken out of the process first."""

    environment: Mapping[str, str]
    _stores: dict[str, Store] = field(default_factory=dict)
    _engines: dict[str, Engine] = field(default_factory=dict)
    _providers: dict[object, Provider] = field(default_factory=dict)
    _problems: list[str] = field(default_factory=list)

    @classmethod
    def from_process(cls) -> Composition:
        environment = dict(os.environ)
        for name in [name for name in os.environ if name.startswith("OPENAI_")]:
            # The SDK would send another vendor's key, organisation and headers along (xai-api.md, 11.1).
            del os.environ[name]
        return cls(environment)

    @property
    def data_dir(self) -> Path:
        """``GROK_LS_DATA_DIR``, else the platform's user data folder."""
        if own := self.environment.get("GROK_LS_DATA_DIR"):
            return Path(own)
        from platformdirs import user_data_path

        return user_data_path("grok-ls", appauthor=False)

    @property
    def config_dir(self) -> Path:
        from platformdirs import user_config_path

        return user_config_path("grok-ls", appauthor=False)

    def vocabulary(self) -> Vocabulary:
        from grok_ls.redaction.redact import Vocabulary

        return Vocabulary(secrets.token_bytes(16))

    def keys_of(self, settings: Settings) -> tuple[str, ...]:
        """The keys of all configured endpoints: known secrets of every session."""
        names = (settings.api_key_env, *(fallback.api_key_env for fallback in settings.fallbacks))
        return tuple(key for name in names if name and (key := self.environment.get(name, "").strip()))

    def engine(self, settings: Settings) -> Engine:
        """One for each store: sessions that share a store share its limits."""
        engine = self._engines.get(settings.storage)
        if engine is None:
            from grok_ls.budget import Ledger
            from grok_ls.engine import Engine

            store = self.store(settings)
            engine = Engine(provider_for=self.provider, ledger=Ledger(store), store=store)
            self._engines[settings.storage] = engine
        return engine

    def store(self, settings: Settings) -> Store:
        store = self._stores.get(settings.storage)
        if store is None:
            from grok_ls.storage.open import open_store

            store = self._stores[settings.storage] = open_store(settings.storage, self.data_dir, self._problem)
        return store

    def _problem(self, message: str) -> None:
        log.warning("%s", message)
        self._problems.append(message)

    def take_problems(self) -> tuple[str, ...]:
        """What the stores had to say since the last call, for the user."""
        taken, self._problems[:] = tuple(self._problems), []
        return taken

    def provider(self, settings: Settings) -> Provider:
        """The layers over the endpoint of these settings and its fallbacks; kept, so that limits and breaker hold over all jobs."""
        shape = (
            settings.base_url,
            settings.api,
            settings.api_key_env,
            settings.fallbacks,
            settings.retries,
            settings.concurrency,
            settings.requests_per_minute,
        )
        provider = self._providers.get(shape)
        if provider is None:
            from grok_ls.provider.endpoint import Endpoint
            from grok_ls.provider.routing import Target, connect

            def endpoint(url: str, variable: str) -> Endpoint:
                return Endpoint(url, settings.api, self.environment.get(variable), variable)

            targets = [Target(endpoint(settings.base_url, settings.api_key_env))]
            targets += [Target(endpoint(f.base_url, f.api_key_env), f.model) for f in settings.fallbacks]
            provider = self._providers[shape] = connect(
                targets,
                retries=settings.retries,
                concurrency=settings.concurrency,
                requests_per_minute=settings.requests_per_minute,
            )
        return provider

    def workspace(self, root: Path, settings: Settings) -> WorkspaceFiles:
        """The files around a document, for a caller without a client."""
        from grok_ls.workspace.files import WorkspaceFiles

        files = WorkspaceFiles(self.config_dir)
        files.set_roots((root,), settings.privacy_exclude)
        return files

    def server(self) -> GrokServer:
        """A server object for one connection."""
        from grok_ls.server.server import GrokServer

        return GrokServer(self._session)

    def _session(self, client: Client) -> Session:
        from grok_ls.server.session import Session
        from grok_ls.workspace.files import WorkspaceFiles

        return Session(
            client=client,
            engines=self.engine,
            workspace=WorkspaceFiles(self.config_dir),
            environment=self.environment,
            vocabulary=self.vocabulary(),
            keys_of=self.keys_of,
            take_problems=self.take_problems,
        )

    async def aclose(self) -> None:
        """Close connections and stores; what was booked is on disk afterwards."""
        for provider in self._providers.values():
            await provider.aclose()
        for engine in self._engines.values():
            await engine.ledger.aclose()
        for store in self._stores.values():
            await store.aclose()
