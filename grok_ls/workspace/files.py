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
from grok_ls.workspace.exclude import Exclusions, unfit_text
from grok_ls.workspace.others import OtherFiles
from grok_ls.workspace.shortening import Shortener

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
    it gets the folder and whether a path in it may be read and sent. ``environment``: the process's own by default.
    """

    def __init__(
        self,
        config_dir: Path,
        around: Callable[[Path, Callable[[str], bool]], N],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._config_dir = config_dir
        self._around = around
        self._environment = environment
        self._neighbourhoods: dict[Path, N] = {}
        self._roots: tuple[Path, ...] = ()
        self._shortener = Shortener(())
        self._exclude: tuple[str, ...] = ()
        self._exclusions = Exclusions((), (), environment)
        self._actions: tuple[tuple[Action, ...], tuple[str, ...]] | None = None
        # Links among the workspace's actions, and whether what they lead to may be sent.
        self._links: dict[Path, bool] = {}

    def set_roots(self, roots: tuple[Path, ...], exclude: tuple[str, ...]) -> None:
        resolved = tuple(root.resolve() for root in roots)
        self._shortener = Shortener((*roots, *resolved))
        if (resolved, exclude) != (self._roots, self._exclude):
            self._roots, self._exclude = resolved, exclude
            self.forget()

    def forget(self) -> None:
        """Something on the disk changed: look again when asked."""
        self._exclusions = Exclusions(self._roots, self._exclude, self._environment)
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
        return OtherFiles(root, lambda file, text: self._exclusions.reason(file, opened=False, text=text), opened)

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
        """The innermost workspace folder around ``path``, in whatever order they were given."""
        real = path.resolve()
        return max(
            (root for root in self._roots if real.is_relative_to(root)), key=lambda root: len(root.parts), default=None
        )

    def locate(self, path: Path | None, uri: str, text: str | None = None) -> Location:
        """Without a workspace folder the document itself may be sent, and no other; an untitled one always may, if its ``text`` is fit.

        Cells of notebooks, older states and the like show a file by a URI of their own: what holds for the file holds for them.
        """
        if path is None:
            shown = Path("/") / PurePosixPath(unquote(urlsplit(uri).path))
            if self._exclusions.covers(shown):
                refusal = self._exclusions.reason(shown, opened=True, text=text)
            else:
                refusal = unfit_text(shown.name, text) if text is not None else None
            # A document without a file has no name that a model's diff could be held against.
            return Location(None, "", refusal)
        refusal = self._exclusions.reason(path, opened=True, text=text)
        return Location(path, self._relative(path), refusal)

    def shortened(self, text: str) -> str:
        """``text`` with paths of the workspace relative to their folders, as the model sees all others."""
        return self._shortener.shortened(text)

    def _relative(self, path: Path) -> str:
        for candidate in (path, path.resolve()):
            around = [root for root in self._roots if candidate.is_relative_to(root)]
            if around:
                return candidate.relative_to(max(around, key=lambda root: len(root.parts))).as_posix()
        return path.name

    def custom_actions(self) -> tuple[tuple[Action, ...], tuple[str, ...]]:
        """The actions, the user's own first, and a sentence for each file that is none."""
        if any(self._may_be_followed(link) != followed for link, followed in self._links.items()):
            self._actions = None
        if self._actions is None:
            found: list[Action] = []
            problems: list[str] = []
            self._links.clear()
            folders: list[tuple[Path, Path | None]] = [(self._config_dir / "actions", None)]
            folders += [(root / _WORKSPACE_ACTIONS, root) for root in self._roots]
            for folder, root in folders:
                for stem, text in _markdown_files(folder, (lambda _: True) if root is None else self._is_readable):
                    action = from_markdown(stem, text, "user" if root is None else "workspace")
                    if isinstance(action, Action):
                        found.append(action)
                    else:
                        problems.append(action)
            self._actions = tuple(found), tuple(problems)
        return self._actions

    def _is_readable(self, path: Path) -> bool:
        """A workspace's own file is; a link, also one above it, only if what it leads to may be sent: its text would be."""
        try:
            if path.resolve() == path:
                return True
        except (OSError, RuntimeError):
            return False
        return self._links.setdefault(path, self._may_be_followed(path))

    def _may_be_followed(self, link: Path) -> bool:
        try:
            return self._exclusions.reason(link.resolve(), opened=False) is None
        except (OSError, RuntimeError):
            return False


def _markdown_files(folder: Path, readable: Callable[[Path], bool]) -> Sequence[tuple[str, str]]:
    """Names and texts."""
    try:
        paths = sorted(path for path in folder.glob("*.md") if path.is_file())
    except OSError:
        return ()
    texts = []
    for path in paths[:_MOST_ACTIONS]:
        try:
            if readable(path):
                with path.open("rb") as file:
                    texts.append((path.stem, file.read(_MOST_ACTION_BYTES).decode("utf-8", "replace")))
        except OSError:
            continue
    return texts
