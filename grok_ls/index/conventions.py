"""The configuration files near a document, read for ``grok_ls/context/conventions.py``. Blocks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from grok_ls.context.conventions import MOST_CHARACTERS, facts_of, family_of, line_of


def conventions_of(root: Path, path: str, language: str, allowed: Callable[[str], bool]) -> str:
    """One line about how the project of ``path`` (relative to ``root``) is written: the nearest file that says something
    of a topic decides. Files that ``allowed`` does not let pass, links and whatever is above ``root`` are not read.
    """
    family = family_of(language)
    facts: dict[str, str] = {}
    for folder in PurePosixPath(path).parents if family else ():
        if ".." in folder.parts:
            return ""
        there = _files(root / folder)
        for pattern in family:
            for name in _matching(pattern, there):
                text = _read(root / folder / name) if allowed((folder / name).as_posix()) else None
                for topic, said in facts_of(pattern, text, family).items() if text is not None else ():
                    facts.setdefault(topic, said)
    return line_of(facts)


def _matching(pattern: str, there: set[str]) -> list[str]:
    if not pattern.startswith("*"):
        return [pattern] if pattern in there else []
    return sorted(name for name in there if name.endswith(pattern[1:]))[:1]


def _files(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_file(follow_symlinks=False)}
    except OSError:
        return set()


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_CHARACTERS + 1)
        return data.decode("utf-8") if len(data) <= MOST_CHARACTERS else None
    except (OSError, UnicodeDecodeError):
        return None
