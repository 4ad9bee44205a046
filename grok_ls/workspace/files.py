"""Where a document stands, whether it may be sent, and the custom actions of workspace and user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Generic, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from grok_ls.actions import Action
from grok_ls.actions.custom import from_markdown
from grok_ls.workspace.checks import ProjectChecks
from grok_ls.workspace.exclude import Exclusions
from grok_ls.workspace.others import OtherFiles

_WORKSPACE_ACTIONS = Path(".grok") / "actions"
_MOST_ACTIONS = 50
_MOST_ACTION_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Location:
    """``relative`` to the workspace folder is what the model may see of a path; ``refusal``: one sentence why it is not sent."""

    path: Path | None
    relative: str
    refusal: str | None = None


class Neighbourhood(Protocol):
    """The other files of one folder; given by the composition root."""

    def forget(self) -> None: ...
    async def saved(self, path: str) -> None: ...
    async def aclose(self) -> None: ...


N = TypeVar("N", bound=Neighbourhood)


class WorkspaceFiles(Generic[N]):
    """``config_dir`` is the user's own folder, whose ``actions/*.md`` apply everywhere. ``around`` makes the neighbourhood of a folder;
    it gets the folder and whether a path in it may be read and sent.
    """

    def __init__(self, config_dir: Path, around: Callable[[Path, Callable[[str], bool]], N]) -> None:
        self._config_dir = config_dir
        self._around = around
        self._neighbourhoods: dict[Path, N] = {}
        self._roots: tuple[Path, ...] = ()
        self._exclude: tuple[str, ...] = ()
        self._exclusions = Exclusions((), ())
        self._actions: tuple[tuple[Action, ...], tuple[str, ...]] | None = None

    def set_roots(self, roots: tuple[Path, ...], exclude: tuple[str, ...]) -> None:
        resolved = tuple(root.resolve() for root in roots)
        if (resolved, exclude) != (self._roots, self._exclude):
            self._roots, self._exclude = resolved, exclude
            self.forget()

    def forget(self) -> None:
        """Something on the disk changed: look again when asked."""
        self._exclusions = Exclusions(self._roots, self._exclude)
        self._actions = None
        for neighbourhood in self._neighbourhoods.values():
            neighbourhood.forget()

    def neighbours(self, path: Path | None) -> N | None:
        """Of the document's workspace folder; ``None`` without one: then no other file may be sent."""
        root = self._root(path) if path is not None else None
        if root is None:
            return None
        if root not in self._neighbourhoods:
            self._neighbourhoods[root] = self._around(
                root, lambda name: self._exclusions.reason(root / name, opened=False) is None
            )
        return self._neighbourhoods[root]

    def beside(self, path: Path, other: Path) -> str | None:
        """``other`` relative to the workspace folder that ``path`` is in too, else ``None``. Whether it may be sent is another question."""
        try:
            root = self._root(path)
            return other.resolve().relative_to(root).as_posix() if root is not None else None
        except (OSError, RuntimeError, ValueError):
            return None

    def others(self, path: Path | None, opened: Callable[[Path], str | None]) -> OtherFiles | None:
        """The files beside a document that an edit may change; ``None`` without a workspace folder."""
        root = self._root(path) if path is not None else None
        if root is None:
            return None
        return OtherFiles(root, lambda file: self._exclusions.reason(file, opened=False), opened)

    def checks(
        self, path: Path | None, command: Sequence[str] | None, environment: Mapping[str, str]
    ) -> ProjectChecks | None:
        """``command`` in the document's workspace folder, or in its own; ``None`` without a command or a file."""
        if path is None or not command:
            return None
        return ProjectChecks(command, self._root(path) or path.parent, environment)

    async def saved(self, path: Path) -> None:
        """A file was saved, made or deleted."""
        root = self._root(path)
        if root is not None and (neighbourhood := self._neighbourhoods.get(root)) is not None:
            await neighbourhood.saved(self._relative(path))

    async def aclose(self) -> None:
        for neighbourhood in self._neighbourhoods.values():
            await neighbourhood.aclose()

    def _root(self, path: Path) -> Path | None:
        return next((root for root in self._roots if path.resolve().is_relative_to(root)), None)

    def locate(self, path: Path | None, uri: str) -> Location:
        """Without a workspace folder the document itself may be sent, and no other; an untitled one always may.

        Cells of notebooks, older states and the like show a file by a URI of their own: what holds for the file holds for them.
        """
        if path is None:
            shown = Path("/") / PurePosixPath(unquote(urlsplit(uri).path))
            refusal = self._exclusions.reason(shown, opened=True) if self._exclusions.covers(shown) else None
            # A document without a file has no name that a model's diff could be held against.
            return Location(None, "", refusal)
        refusal = self._exclusions.reason(path, opened=True)
        return Location(path, self._relative(path), refusal)

    def _relative(self, path: Path) -> str:
        for candidate in (path, path.resolve()):
            for root in self._roots:
                if candidate.is_relative_to(root):
                    return candidate.relative_to(root).as_posix()
        return path.name

    def custom_actions(self) -> tuple[tuple[Action, ...], tuple[str, ...]]:
        """The actions, the user's own first, and a sentence for each file that is none."""
        if self._actions is None:
            found: list[Action] = []
            problems: list[str] = []
            folders = [(self._config_dir / "actions", "user")]
            folders += [(root / _WORKSPACE_ACTIONS, "workspace") for root in self._roots]
            for folder, origin in folders:
                for stem, text in _markdown_files(folder):
                    action = from_markdown(stem, text, "user" if origin == "user" else "workspace")
                    if isinstance(action, Action):
                        found.append(action)
                    else:
                        problems.append(action)
            self._actions = tuple(found), tuple(problems)
        return self._actions


def _markdown_files(folder: Path) -> Sequence[tuple[str, str]]:
    try:
        paths = sorted(path for path in folder.glob("*.md") if path.is_file())[:_MOST_ACTIONS]
    except OSError:
        return ()
    texts = []
    for path in paths:
        try:
            texts.append((path.stem, path.read_bytes()[:_MOST_ACTION_BYTES].decode("utf-8", "replace")))
        except OSError:
            continue
    return texts
