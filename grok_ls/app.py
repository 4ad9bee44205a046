"""The composition root: reads the process's environment and builds provider, store, ledger, engine and server out of it.

Everything is built when it is first needed: start-up and the menu import neither openai nor a grammar nor SQLite.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from grok_ls import collector
from grok_ls.loading import LOADING
from grok_ls.observability import last_resort
from grok_ls.settings import Settings

if TYPE_CHECKING:
    from grok_ls.engine import Engine
    from grok_ls.index.neighbourhood import Neighbourhood
    from grok_ls.observability.start import Observability
    from grok_ls.provider.limits import Places
    from grok_ls.provider.routing import Routed as Provider
    from grok_ls.provider.xai import Found
    from grok_ls.record import Record
    from grok_ls.redaction.vocabulary import Vocabulary
    from grok_ls.scanner.process import ScannerProcess
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
    # Of endpoints; outlives their providers, which change with settings that say nothing of them.
    _found: dict[str, Found] = field(default_factory=dict)
    _problems: list[str] = field(default_factory=list)
    # Replaced, never changed: the log's thread reads it.
    _sessions: tuple[Session, ...] = ()
    _observability: Observability | None = None
    _scanner: ScannerProcess | None = None
    _billed: dict[str, int] = field(default_factory=dict)
    # For what is logged outside of a session, on the command line above all.
    _keys: set[str] = field(default_factory=set)

    @classmethod
    def from_process(cls) -> Composition:
        environment = dict(os.environ)
        for name in [name for name in os.environ if name.startswith("OPENAI_")]:
            # The SDK would send another vendor's key, organisation and headers along (xai-api.md, 11.1).
            del os.environ[name]
        composition = cls(environment)
        last_resort.use(composition.clean, lambda: composition.data_dir / "log")
        return composition

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
        from grok_ls.redaction.vocabulary import Vocabulary

        return Vocabulary(secrets.token_bytes(16))

    def keys_of(self, settings: Settings) -> tuple[str, ...]:
        """The keys of all configured endpoints: known secrets of every session, and of all logs from now on."""
        names = (settings.api_key_env, *(fallback.api_key_env for fallback in settings.fallbacks))
        keys = tuple(key for name in names if name and (key := self.environment.get(name, "").strip()))
        self._keys.update(keys)
        return keys

    def engine(self, settings: Settings) -> Engine:
        """One for each store: sessions that share a store share its limits."""
        engine = self._engines.get(settings.storage)
        if engine is None:
            from grok_ls.budget import Ledger
            from grok_ls.engine import Engine

            store = self.store(settings)
            engine = Engine(
                provider_for=self.provider,
                ledger=Ledger(store),
                store=store,
                detectors=(self.scanner,),
                on_record=self._recorded,
                on_turned_down=self._turned_down,
                warm=_warm,
            )
            self._engines[settings.storage] = engine
        return engine

    def store(self, settings: Settings) -> Store:
        store = self._stores.get(settings.storage)
        if store is None:
            from grok_ls.storage.open import open_store

            store = self._stores[settings.storage] = open_store(
                settings.storage, self.data_dir, self._problem, on_return=self._over
            )
        return store

    @property
    def scanner(self) -> ScannerProcess:
        """The optional long tail of provider rules; finds nothing until it is warm."""
        if self._scanner is None:
            from platformdirs import user_cache_path

            from grok_ls.scanner.process import ScannerProcess

            # Compiled rules are the same for every user of them, and no data of theirs.
            self._scanner = ScannerProcess(user_cache_path("grok-ls", appauthor=False) / "rules")
        return self._scanner

    def _problem(self, message: str) -> None:
        """One sentence for the user: at once where somebody is connected, else when the command line asks."""
        log.info("%s", message)
        if not self._sessions:
            self._problems.append(message)
        for session in self._sessions:
            session.warn(message)

    def _over(self, message: str) -> None:
        """A trouble of which somebody was told is over."""
        log.info("%s", message)
        for session in self._sessions:
            session.inform(message)

    def take_problems(self) -> tuple[str, ...]:
        """What nobody was told yet."""
        taken, self._problems[:] = tuple(self._problems), []
        return taken

    def remove_files(self) -> bool:
        """Logs and indexes: everything in the data folder that is not the store's. False if some stay."""
        for name in ("log", "index"):
            shutil.rmtree(self.data_dir / name, ignore_errors=True)
        return not any((self.data_dir / name).exists() for name in ("log", "index"))

    # -- what sessions tell their process (``server.session.Host``) -------------------------------------------------------------

    def settings_known(self, session: Session) -> None:
        if session not in self._sessions:
            self._sessions = (*self._sessions, session)
        for message in self.take_problems():
            session.warn(message)
        if self._observability is None:
            self._observe(session.settings)
            Thread(target=self.warm_scanner, name="grok-ls rules", daemon=True).start()
        assert self._observability is not None
        self._observability.limit_day(session.settings.budget_daily_usd)
        self._observability.log.set_level(session.settings.log_level)
        logging.getLogger("grok_ls").setLevel(session.settings.log_level.upper())

    def left(self, session: Session) -> None:
        self._sessions = tuple(one for one in self._sessions if one is not session)

    def crashed(self, error: BaseException) -> None:
        if self._observability is not None:
            self._observability.crashed(error)

    def open_log(self, settings: Settings) -> None:
        """For a command line: its log, and nothing else that watches."""
        from grok_ls.observability.log import LogFile

        kept = LogFile(self.data_dir / "log", self.clean, level=settings.log_level)
        atexit.register(kept.close)

    def _observe(self, settings: Settings) -> None:
        """Log file, alerts, and what the machine's settings and the environment switch on."""
        from grok_ls._version import __version__
        from grok_ls.observability.metrics import Gauges
        from grok_ls.observability.start import Wanted, start

        self._observability = start(
            Wanted(settings.log_level, settings.metrics_port, settings.budget_daily_usd),
            environment=self.environment,
            data_dir=self.data_dir,
            version=__version__,
            clean=self.clean,
            on_message=self._problem,
            gauges=Gauges(
                jobs=lambda: sum(len(tuple(session.jobs)) for session in self._sessions),
                session_tokens=lambda: sum(self._billed.get(session.key, 0) for session in self._sessions),
                breaker_open=lambda: any(provider.breaker == "open" for provider in tuple(self._providers.values())),
                storage_degraded=lambda: any(getattr(s, "degraded", False) for s in tuple(self._stores.values())),
            ),
        )

    def warm_scanner(self) -> None:
        """Half a second, five the first time on a machine; call it in a thread. A server does so while the user looks at the code; who has
        one text and no time before it waits for this.
        """
        try:
            if missing := self.scanner.warm():
                log.warning("%s", missing)
        except Exception:
            log.exception("the optional secret scanner could not be set up; the built-in rules work alone")

    def _recorded(self, record: Record) -> None:
        self._billed[record.session] = self._billed.get(record.session, 0) + record.usage.billed_tokens
        if self._observability is not None:
            self._observability.see(record)

    def _turned_down(self) -> None:
        if self._observability is not None:
            self._observability.turned_down()

    def clean(self, text: str) -> str:
        """``text`` fit for a log: without secrets, those that any session knows included. Called in any thread."""
        from grok_ls.redaction.redact import redact

        for vocabulary in {id(v): v for v in (session.vocabulary for session in self._sessions)}.values():
            text = redact(text, vocabulary).text
        if self._sessions:
            return text
        vocabulary = self.vocabulary()
        for key in {*self._keys, *self.keys_of(Settings())}:
            vocabulary.learn("API_KEY", key)
        return redact(text, vocabulary).text

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
            settings.storage,
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
                places=self._places(settings),
                list_models=True,
                found=self._found,
            )
        return provider

    def _places(self, settings: Settings) -> Callable[[str], Places]:
        """A team's requests share one gate, in its Redis; else each process keeps its own."""
        from grok_ls.provider.limits import LocalPlaces, SharedPlaces

        if settings.storage in ("sqlite", "memory"):
            return LocalPlaces
        from grok_ls.storage.gate import Gate

        return lambda name: SharedPlaces(
            Gate(self.store(settings), name), LocalPlaces(name), at_once=settings.concurrency
        )

    def _files(self, data_dir: Path | None) -> WorkspaceFiles[Neighbourhood]:
        from grok_ls.workspace.files import WorkspaceFiles

        def around(root: Path, allowed: Callable[[str], bool]) -> Neighbourhood:
            from grok_ls.index.neighbourhood import Neighbourhood

            return Neighbourhood(root, allowed, data_dir)

        return WorkspaceFiles(self.config_dir, around, self.environment)

    def workspace(self, root: Path, settings: Settings) -> WorkspaceFiles[Neighbourhood]:
        """The files around a document, for a caller without a client: it ends too soon for an index."""
        files = self._files(None)
        files.set_roots((root,), settings.privacy_exclude)
        return files

    def server(self) -> GrokServer:
        """A server object for one connection."""
        from grok_ls.server.server import GrokServer

        return GrokServer(self._session)

    def _session(self, client: Client) -> Session:
        from grok_ls.server.session import Session

        return Session(
            client=client,
            engines=self.engine,
            workspace=self._files(self.data_dir),
            environment=self.environment,
            vocabulary=self.vocabulary(),
            keys_of=self.keys_of,
            host=self,
        )

    async def aclose(self) -> None:
        """Close connections and stores; what was booked is on disk afterwards."""
        if self._scanner is not None:
            await asyncio.to_thread(self._scanner.close)
        for provider in self._providers.values():
            await provider.aclose()
        for engine in self._engines.values():
            await engine.ledger.aclose()
        for store in self._stores.values():
            await store.aclose()
        if self._observability is not None:
            await asyncio.to_thread(self._observability.close)


@cache
def _warm() -> None:
    from grok_ls.provider.rehearsal import rehearse

    # Under the lock, so that no other thread's end of loading comes between.
    with LOADING:
        collector.loading()
        try:
            rehearse()
        finally:
            collector.loaded()
