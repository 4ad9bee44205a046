"""The files of a folder that an index is about. Runs no git: a cloned repository's configuration can name programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from grok_ls.index.build import MAX_FILES, indexable

# Installed or made by tools, and large: even where no ignore file names them.
_NOT_OURS = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".tox",
        ".nox",
        ".gradle",
        ".idea",
        ".vscode-test",
        "__pycache__",
        "bower_components",
        "node_modules",
        "site-packages",
    }
)


def files_below(root: Path, allowed: Callable[[str], bool], limit: int = MAX_FILES) -> Iterator[str]:
    """Paths relative to ``root``, ``/`` between names, of files with definitions that ``allowed`` lets pass; links and
    virtual environments are not followed. Files near the root come first.
    """
    waiting, left = [""], limit
    while waiting:
        below = waiting.pop(0)
        files, folders = _entries(root, below)
        for path in files:
            if left and indexable(path) and allowed(path):
                left -= 1
                yield path
        if not left:
            return
        # An ignored folder ignores what is in it, whatever that is called.
        waiting += [folder for folder in folders if allowed(f"{folder}/_")]


def _entries(root: Path, below: str) -> tuple[list[str], list[str]]:
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(root / below) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                path = f"{below}/{entry.name}" if below else entry.name
                if entry.is_file(follow_symlinks=False):
                    files.append(path)
                elif entry.is_dir(follow_symlinks=False) and entry.name not in _NOT_OURS:
                    folders.append(path)
    except OSError:
        return [], []
    if below and any(path.endswith("/pyvenv.cfg") for path in files):
        return [], []
    return files, folders
