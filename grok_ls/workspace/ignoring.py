"""Ignore files: which of them say something of a path, and what. Reads the disk.

Patterns are gitignore's, by ``pathspec``. Each ignore file counts on its own, from its own folder down, and a ``!`` undoes only the
patterns of files of its own name. They count from the top folder on: the repository's, else the one that the caller gives.

A file is read again when its modification time or size differs. Which of the names a folder has is looked up again when the folder
itself has changed: one question for each folder instead of one for each name, and no client has to tell us.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from grok_ls.workspace.gitsettings import GitSettings, Signature, content_of, signature_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (
    ".gitignore",
    ".grokignore",
    ".aiignore",
    ".aiexclude",
    ".cursorignore",
    ".cursorindexingignore",
    ".copilotignore",
    ".codeiumignore",
    ".geminiignore",
    ".aiderignore",
    ".continueignore",
    ".clineignore",
    ".rooignore",
)
_LOOKED_FOR = (*IGNORE_FILES, ".git")
# A folder that changed so lately may change again without a new time: the coarsest file systems count in two seconds.
_SETTLED_NS = 3_000_000_000
# In one pattern; those that people write have fewer.
_MOST_STARS = 3
_MOST_ANYWHERE = 2


class IgnoreFiles:
    """``environment`` is the process's: it says where git's settings are."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._git = GitSettings(environment)
        self._files: dict[str, tuple[Signature, GitIgnoreSpec]] = {}
        self._folders: dict[str, tuple[tuple[int, int, int], int, frozenset[str]]] = {}

    def top_of(self, folder: Path) -> Path:
        """The root of the repository that ``folder`` is in, else ``folder``."""
        return next((above for above in (folder, *folder.parents) if ".git" in self._names(_text(above))), folder)

    def named_by(self, path: Path, top: Path) -> str | None:
        """The ignore file that excludes ``path``, which is below ``top``; in words if it is none of the tree's."""
        way = _way(path, top)
        there = [(folder, self._names(folder)) for folder in way[:-1]]
        for name in IGNORE_FILES if any(names for _, names in there) else ():
            specs = [
                (folder, spec)
                for folder, names in there
                if name in names and (spec := self._read(f"{folder}/{name}")) is not None
            ]
            decided = _deciding(way, specs) if specs else None
            if decided is not None:
                return f"{decided}/{name}"
        for folder, names in there:
            if ".git" in names and self._any_names(self._git.of_repository(folder), way, folder):
                return "the repository's own list (.git/info/exclude or its core.excludesFile)"
        if self._any_names(self._git.of_user(way[0]), way, way[0]):
            return "your git's list for all repositories (core.excludesFile)"
        return None

    def _any_names(self, files: Sequence[str], way: Sequence[str], folder: str) -> bool:
        specs = [(folder, spec) for file in files if (spec := self._read(file)) is not None]
        return any(_deciding(way, [spec]) is not None for spec in specs)

    def _names(self, folder: str) -> frozenset[str]:
        """Which ignore files a folder has, and whether it has a ``.git``."""
        try:
            found = os.stat(f"{folder}/")
        except OSError:
            return frozenset()
        signature = found.st_mtime_ns, found.st_ino, found.st_dev
        known = self._folders.get(folder)
        if known is not None and known[0] == signature and found.st_mtime_ns < known[1] - _SETTLED_NS:
            return known[2]
        now = time.time_ns()
        there = frozenset(name for name in _LOOKED_FOR if os.path.lexists(f"{folder}/{name}"))
        self._folders[folder] = (signature, now, there)
        return there

    def _read(self, path: str) -> GitIgnoreSpec | None:
        signature = signature_of(path)
        if signature is None:
            return None
        known = self._files.get(path)
        if known is None or known[0] != signature:
            known = self._files[path] = (signature, _spec_of(content_of(path)))
        return known[1]


def _text(folder: Path) -> str:
    """As text: thousands of files are asked about, and joining paths takes longer than looking at the disk."""
    return folder.as_posix().rstrip("/")


def _way(path: Path, top: Path) -> list[str]:
    """``top``, every folder between, and ``path``."""
    parts = path.parts[len(top.parts) :]
    return [*accumulate(parts, lambda above, name: f"{above}/{name}", initial=_text(top))]


def _deciding(way: Sequence[str], specs: Sequence[tuple[str, GitIgnoreSpec]]) -> str | None:
    """The folder whose ignore file excludes the end of ``way``. As in git the deepest file that says anything decides, level by level:
    nothing inside of an excluded folder comes back."""
    for target in way[1:]:
        for folder, spec in reversed(specs):
            if len(folder) >= len(target):
                continue
            verdict = spec.check_file(target[len(folder) + 1 :] + ("" if target is way[-1] else "/")).include
            if verdict is not None:
                if verdict:
                    return folder
                break
    return None


def _spec_of(raw: bytes | None) -> GitIgnoreSpec:
    """An ignore file that cannot be read may hide anything: then nothing below it is sent."""
    if raw is None:
        return spec_of_lines(("*",))
    # Redirecting into a file writes UTF-16 in Windows PowerShell; read as UTF-8 such a file would exclude nothing.
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    lines = raw.decode("utf-16" if wide else "utf-8-sig", "replace").splitlines()
    return spec_of_lines([tame for line in lines if (tame := _tamed(line)) is not None])


def _tamed(line: str) -> str | None:
    """A pattern that takes no time: with many stars the search tries every way to share a name among them, for minutes. What is put in its
    place excludes more, never less; one that lets files back in is left out (``None``).
    """
    segments = line.split("/")
    stars = sum(segment.count("*") for segment in segments if segment.strip() != "**")
    anywhere = [at for at, segment in enumerate(segments) if segment.strip() == "**"]
    if line.startswith("#") or (stars <= _MOST_STARS and len(anywhere) <= _MOST_ANYWHERE):
        return line
    if line.startswith("!"):
        return None
    if len(anywhere) > 1:
        segments = [*segments[: anywhere[0]], *segments[anywhere[-1] :]]
    return "/".join(re.sub(r"\*.*\*", "*", segment) if segment.strip() != "**" else segment for segment in segments)


def spec_of_lines(lines: Sequence[str]) -> GitIgnoreSpec:
    """A pattern that is none (a backslash at its end) matches nothing, as in git; it takes no other with it."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
