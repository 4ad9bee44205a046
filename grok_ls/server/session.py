"""The state of one connection: settings, capabilities, documents, jobs, and the key its budget is counted under."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from lsprotocol import types
from pygls.uris import to_fs_path

from grok_ls import config
from grok_ls.actions import ACTIONS, Action
from grok_ls.actions.custom import from_mapping
from grok_ls.config import Layers, without_keys
from grok_ls.context.trees import TreeCache
from grok_ls.server import capabilities
from grok_ls.server.client import Client
from grok_ls.server.documents import Document, Documents
from grok_ls.server.explaining import ExplanationFolder, ServedExplanations
from grok_ls.server.jobs import Jobs
from grok_ls.server.notebooks import Notebooks, others
from grok_ls.server.progress import Progress
from grok_ls.server.review import Reviews
from grok_ls.settings import Settings

if TYPE_CHECKING:
    from grok_ls.engine import Engine
    from grok_ls.engine.values import Checks, Neighbours
    from grok_ls.redaction.vocabulary import Vocabulary

log = logging.getLogger(__name__)

# How long a job waits for the client to say its settings before it runs with those at hand.
_SETTINGS_S = 3.0
# Without a key for so long, nobody types: a thread that parses meanwhile would hold Python's lock when the next menu is asked for.
_TYPING_S = 0.2


class Location(Protocol):
    """Where a document stands: ``relative`` to its workspace folder (what the model may see), and why it may not be sent, if so."""

    @property
    def relative(self) -> str: ...
    @property
    def refusal(self) -> str | None: ...


class OtherFiles(Protocol):
    """The files beside a document that an edit of several files may change."""

    def locate(self, path: str) -> Path: ...
    async def read(self, path: str) -> str | None: ...


class Workspace(Protocol):
    """The files around the documents; given by the composition root."""

    def set_roots(self, roots: tuple[Path, ...], exclude: tuple[str, ...]) -> None: ...
    def locate(self, path: Path | None, uri: str, text: str | None = None) -> Location: ...
    def shortened(self, text: str) -> str: ...
    def custom_actions(self) -> tuple[tuple[Action, ...], tuple[str, ...]]: ...
    def forget(self) -> None: ...
    def neighbours(self, path: Path | None) -> Neighbours | None: ...
    def beside(self, path: Path, other: Path) -> str | None: ...
    async def saved(self, path: Path) -> None: ...
    def others(self, path: Path | None, opened: Callable[[Path], str | None]) -> OtherFiles | None: ...
    def checks(
        self, path: Path | None, command: Sequence[str] | None, environment: Mapping[str, str]
    ) -> Checks | None: ...
    async def aclose(self) -> None: ...


class Host(Protocol):
    """The process that sessions live in; given by the composition root."""

    def settings_known(self, session: Session) -> None:
        """Its settings were learned, for the first time or anew."""

    def left(self, session: Session) -> None:
        """Its connection has ended."""

    def crashed(self, error: BaseException) -> None:
        """Something is wrong with the program itself."""


def file_of(uri: str) -> str | None:
    """The path of a ``file:`` URI, however the scheme is written; ``None`` for every other document."""
    return to_fs_path(f"file{uri[4:]}") if uri[:5].lower() == "file:" else None


@dataclass(slots=True, eq=False)
class Session:
    """Everything a handler needs. ``environment`` is the process environment, read once."""

    client: Client
    engines: Callable[[Settings], Engine]
    workspace: Workspace
    environment: Mapping[str, str]
    vocabulary: Vocabulary
    keys_of: Callable[[Settings], tuple[str, ...]]
    host: Host
    key: str = field(default_factory=lambda: secrets.token_hex(8))
    documents: Documents = field(default_factory=Documents)
    notebooks: Notebooks = field(default_factory=Notebooks)
    jobs: Jobs = field(default_factory=Jobs)
    reviews: Reviews = field(default_factory=Reviews)
    explanations: ExplanationFolder = field(default_factory=ExplanationFolder)
    served: ServedExplanations = field(default_factory=ServedExplanations)
    trees: TreeCache = field(default_factory=lambda: TreeCache(time.perf_counter))
    settings: Settings = field(default_factory=Settings)
    progresses: dict[str, Progress] = field(default_factory=dict)
    wants_stream: bool = False
    # What the user allowed at the limit besides ``grok.budget.sessionTokens``, until this connection ends.
    _raised_tokens: int = 0
    # One such question at a time, however many jobs the limit stops.
    asks_for_budget: bool = False
    _layers: Layers = field(default_factory=Layers)
    _roots: dict[str, Path] = field(default_factory=dict)
    _odd: list[str] = field(default_factory=list)
    _reported: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)
    _settings_known: asyncio.Event = field(default_factory=asyncio.Event)
    _parsing: set[str] = field(default_factory=set)
    _background: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def engine(self) -> Engine:
        """Of the storage that the machine's settings name; it opens nothing before the first job."""
        return self.engines(self.settings)

    def initialize(self, params: types.InitializeParams) -> None:
        self.client.can = capabilities.resolve(
            params.capabilities, params.client_info.name if params.client_info else ""
        )
        self.documents.encoding = self.client.can.encoding
        options = params.initialization_options
        grok = self._options(options, "grok")
        self.wants_stream = grok.get("stream") is True
        if isinstance(name := grok.get("sessionId"), str) and name:
            self.key = name
        self._layers = Layers(
            init=self._options(grok, "settings"),
            machine=self._options(grok, "machine") if "machine" in grok else None,
            environment=self.environment,
        )
        folders = params.workspace_folders
        uris = [f.uri for f in folders] if folders else [params.root_uri] if params.root_uri else []
        self._roots = {uri: Path(path) for uri in uris if (path := to_fs_path(uri))}
        if not self._roots and params.root_path and not params.root_uri:
            self._roots = {params.root_path: Path(params.root_path)}
        self._use_layers()

    def spawn(self, work: Any, name: str) -> None:
        """Run something beside the message loop; its failure is logged, not lost."""
        task: asyncio.Task[None] = asyncio.create_task(work, name=name)
        self._background.add(task)
        task.add_done_callback(self._background_done)

    def _background_done(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)
            self.host.crashed(error)

    async def learn_settings(self) -> None:
        """Ask the client for section ``grok``; jobs wait for the answer."""
        try:
            answer = await self.client.configuration()
            if isinstance(answer, Mapping):
                self.client_settings(answer)
        finally:
            self._settings_known.set()
            self.report_problems()
            self.host.settings_known(self)

    def client_settings(self, raw: Mapping[str, Any]) -> None:
        self._layers = Layers(self._layers.init, raw, self._layers.machine, self._layers.environment)
        self._use_layers()
        if self._settings_known.is_set():
            self.host.settings_known(self)

    async def settings_known(self) -> None:
        try:
            async with asyncio.timeout(_SETTINGS_S):
                await self._settings_known.wait()
        except TimeoutError:
            self._settings_known.set()

    def _use_layers(self) -> None:
        settings, _ = config.parse(self._layers)
        limit = settings.budget_session_tokens
        self.settings = replace(settings, budget_session_tokens=limit + self._raised_tokens if limit else 0)
        self.workspace.set_roots(tuple(self._roots.values()), self.settings.privacy_exclude)
        for key in self.keys_of(self.settings):
            # The user's own key is a known secret of every session: it stands in no prompt, even if it stands in the file.
            self.vocabulary.learn("API_KEY", key)

    def _options(self, options: Any, name: str) -> Mapping[str, Any]:
        """An object of ``initializationOptions``; what is none is reported and ignored."""
        found = options.get(name) if isinstance(options, Mapping) else None
        if isinstance(found, Mapping):
            return found
        if found is not None:
            below = "" if name == "grok" else "grok."
            self._odd.append(
                f"initializationOptions.{below}{name} must be an object, so it is ignored; correct it in your editor's configuration."
            )
        return {}

    def report_problems(self) -> None:
        """Tell each invalid setting once by name, with the value that is used instead."""
        for message in (*self._odd, *(problem.message for problem in config.parse(self._layers)[1])):
            if message not in self._reported:
                self._reported.add(message)
                self.client.show(types.MessageType.Warning, message)

    def raise_limit(self, tokens: int) -> None:
        """The user's own decision, so above the machine's ceiling too; it changes no settings file."""
        self._raised_tokens += tokens
        self._use_layers()

    def warn(self, message: str) -> None:
        """One sentence of the process: of its storage, its alerts, its log."""
        self.client.show(types.MessageType.Warning, message)

    def inform(self, message: str) -> None:
        """Good news of the process."""
        self.client.show(types.MessageType.Info, message)

    def tell_once(self, key: str, message: str) -> None:
        """An information that is worth one message a session."""
        if key not in self._told:
            self._told.add(key)
            self.client.show(types.MessageType.Info, message)

    def folders_changed(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        for folder in event.removed:
            self._roots.pop(folder.uri, None)
        for folder in event.added:
            if path := to_fs_path(folder.uri):
                self._roots[folder.uri] = Path(path)
        self._use_layers()

    def locate(self, uri: str) -> Location:
        path, document = file_of(uri), self.documents.get(uri)
        return self.workspace.locate(Path(path) if path else None, uri, document.source.text if document else None)

    def neighbours(self, uri: str) -> Neighbours | None:
        """Of a cell: the other cells of its notebook, and the files beside that."""
        notebook = self.notebooks.of(uri)
        path = file_of(notebook.uri if notebook is not None else uri)
        files = self.workspace.neighbours(Path(path)) if path else None
        if notebook is None:
            return files
        from grok_ls.server.cells import CellNeighbours

        return CellNeighbours(others(notebook, uri, self.documents.get), self.locate(notebook.uri).relative, files)

    def beside(self, uri: str, other: str) -> str | None:
        """The path of ``other`` relative to the workspace folder that both are in, else ``None``."""
        paths = [file_of(each) for each in (uri, other)]
        return self.workspace.beside(Path(paths[0]), Path(paths[1])) if paths[0] and paths[1] else None

    def checks(self, uri: str, language: str) -> Checks | None:
        """Of a document's language, where the machine's settings name one; it is not given the keys."""
        path = file_of(uri)
        command = self.settings.checks.get(language)
        return self.workspace.checks(
            Path(path) if path else None, command, without_keys(self.environment, self.settings)
        )

    def files(self, uri: str) -> OtherFiles | None:
        """The files beside a document; those that are open as the editor has them."""
        path = file_of(uri)
        return (
            self.workspace.others(Path(path) if path else None, self._opened)
            if self.client.can.document_changes
            else None
        )

    def open_at(self, file: Path) -> Document | None:
        """The open document of a file, whatever way its uri is written."""
        for document in self.documents:
            path = file_of(document.uri)
            if path and (path == str(file) or Path(path).resolve() == file.resolve()):
                return document
        return None

    def _opened(self, file: Path) -> str | None:
        document = self.open_at(file)
        return document.source.text if document is not None else None

    def saved(self, uri: str) -> None:
        if path := file_of(uri):
            self.spawn(self.workspace.saved(Path(path)), "saved")

    def parse_behind(self, uri: str, path: str) -> None:
        """Give the menu a tree to go by, in a thread, when nobody types: what it answers until then is by the look of the lines."""
        if uri not in self._parsing:
            self._parsing.add(uri)
            self.spawn(self._parse(uri, path), "parse")

    async def _parse(self, uri: str, path: str) -> None:
        try:
            seen = None
            while (document := self.documents.get(uri)) is not None and document.revision != seen:
                seen = document.revision
                await asyncio.sleep(_TYPING_S)
            if document is not None:
                source = document.source.named(path, document.language_id)
                await asyncio.to_thread(self.trees.syntax, uri, document.revision, source)
        finally:
            self._parsing.discard(uri)
            if self.documents.get(uri) is None:
                self.trees.drop(uri)

    def actions(self) -> tuple[Action, ...]:
        """Built-in, then the user's own, then the workspace's, which cannot take the name of another."""
        found = {action.name: action for action in ACTIONS}
        custom, problems = self.workspace.custom_actions()
        configured = [
            from_mapping(name, raw, "workspace" if name in self.settings.workspace_actions else "user")
            for name, raw in self.settings.actions.items()
            if name not in found and raw.keys() - {"model"}
        ]
        problems = (*problems, *(each for each in configured if isinstance(each, str)))
        own = [each for each in (*configured, *custom) if isinstance(each, Action)]
        for action in sorted(own, key=lambda each: each.origin == "workspace"):
            found.setdefault(action.name, action)
        for problem in problems:
            self.tell_once(problem, problem)
        return tuple(found.values())

    def vocabulary_safe(self, text: str) -> str:
        """``text`` fit for a log: error details quote the user's code and the endpoint's words."""
        from grok_ls.redaction.redact import redact

        return redact(text, self.vocabulary).text if text else ""

    def document(self, uri: str) -> Document | None:
        return self.documents.get(uri)

    async def close(self) -> None:
        """Stop every job and wait for its settlement. The ports belong to the composition root and stay open."""
        await self.jobs.drain()
        for task in tuple(self._background):
            task.cancel()
        self.reviews.clear()
        self.explanations.close()
        await self.workspace.aclose()
        self.host.left(self)
