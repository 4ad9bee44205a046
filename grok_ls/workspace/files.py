"""Where a document stands, whether it may be sent, and the custom actions of workspace and user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grok_ls.actions import Action
from grok_ls.actions.custom import from_markdown
from grok_ls.workspace.exclude import Exclusions

_WORKSPACE_ACTIONS = Path(".grok") / "actions"
_MOST_ACTIONS = 50
_MOST_ACTION_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Location:
    """``relative`` to the workspace folder is what the model may see of a path; ``refusal``: one sentence why it is not sent."""

    path: Path | None
    relative: str
    refusal: str | None = None


class WorkspaceFiles:
    """``config_dir`` is the user's own folder, whose ``actions/*.md`` apply everywhere."""

    def __init__(self, config_dir: Path) -> None:
        self._config_dir = config_dir
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

    def locate(self, path: Path | None, uri: str) -> Location:
        """Without a workspace folder the document itself may be sent, and no other; an untitled one always may."""
        if path is None:
            # A document without a file has no name that a model's diff could be held against.
            return Location(None, "")
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
