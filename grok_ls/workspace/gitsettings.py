"""Which files git itself reads patterns from, besides ``.gitignore``: ``core.excludesFile`` and ``info/exclude``. Runs no git: a cloned
repository's configuration can name programs.

What a repository's own configuration says can only exclude more files, and only a file of the repository or of the user's home folder is
opened for it: a path that it chooses may lie on another machine. The format is read by the few lines below because the one library that
does (dulwich) is a whole git; a test holds them against ``git config``.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

# Of a configuration or an ignore file; a larger one is none that somebody wrote.
MOST_BYTES = 1024 * 1024
_DEEPEST = 5
_SECTION = re.compile(r'\s*\[\s*([\w.-]+)\s*("(?:\\.|[^"\\\n])*")?\s*\]')
_ENTRY = re.compile(
    r'[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:=[ \t]*((?:"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|[^"\\#;\n])*))?[^\n]*'
)
_PIECE = re.compile(r'"((?:\\[\s\S]|[^"\\])*)"|((?:\\[\s\S]|[^"\\])+)')
_ESCAPE = re.compile(r"\\(\r?\n|[\s\S])")
_ESCAPED = {"n": "\n", "t": "\t", "b": "\b", "\n": "", "\r\n": ""}

Signature = tuple[int, int, int]


def signature_of(path: str) -> Signature | None:
    """Changes whenever the file does; ``None`` if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_mode


def content_of(path: str) -> bytes | None:
    """A regular file of a usual size; ``None`` for everything else: a pipe would wait for ever."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            return None
        with open(path, "rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError):
        return None


class GitSettings:
    """``environment`` says where the user's configuration is. Files are read again when they change."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._home = environment.get("HOME") or str(Path.home())
        self._known: dict[str, tuple[Signature | None, tuple[tuple[str, str], ...]]] = {}
        self._linked: dict[str, tuple[Signature | None, str | None]] = {}

    def of_user(self, top: str) -> tuple[str, ...]:
        """The ignore files that the user's and the machine's settings name; a relative one is meant from ``top`` on."""
        named = [value for path in self._configurations() for value in self._excludes(path, 0)]
        if not named:
            return (f"{self._xdg()}/git/ignore",)
        return tuple(os.path.join(top, self._expanded(value)) for value in named if value)

    def of_repository(self, folder: str) -> tuple[str, ...]:
        """The ignore files of the repository whose ``.git`` is in ``folder``."""
        common = self._common(folder)
        if common is None:
            return ()
        named = [value for name, value in self._entries(f"{common}/config") if name == "core.excludesfile" and value]
        own = [
            path
            for value in named
            if not _is_remote(value)
            and (path := os.path.realpath(os.path.join(folder, self._expanded(value))))
            and any(Path(path).is_relative_to(os.path.realpath(base)) for base in (folder, common, self._home))
        ]
        return (f"{common}/info/exclude", *own)

    def _common(self, folder: str) -> str | None:
        """The folder with the repository's own files: a worktree's and a submodule's ``.git`` is a file that says where it is."""
        path = f"{folder}/.git"
        signature = signature_of(path)
        known = self._linked.get(path)
        if known is None or known[0] != signature:
            is_folder = signature is not None and stat.S_ISDIR(signature[2])
            known = self._linked[path] = (signature, path if is_folder else _linked(folder, content_of(path)))
        return known[1]

    def _configurations(self) -> list[str]:
        """Of the machine and of the user, as git finds them."""
        own = self._environment.get("GIT_CONFIG_GLOBAL")
        users = [own] if own is not None else [f"{self._xdg()}/git/config", f"{self._home}/.gitconfig"]
        system = self._environment.get("GIT_CONFIG_SYSTEM", "/etc/gitconfig")
        return [*([] if self._environment.get("GIT_CONFIG_NOSYSTEM") else [system]), *users]

    def _excludes(self, path: str, depth: int) -> Iterator[str]:
        """Every value, also those that git takes in some folders only: one too many excludes too much, never too little."""
        for name, value in self._entries(path):
            if name == "core.excludesfile":
                yield value
            elif name in ("include.path", "includeif.path") and value and depth < _DEEPEST:
                yield from self._excludes(os.path.join(os.path.dirname(path), self._expanded(value)), depth + 1)

    def _entries(self, path: str) -> tuple[tuple[str, str], ...]:
        signature = signature_of(path)
        known = self._known.get(path)
        if known is None or known[0] != signature:
            data = content_of(path) if signature is not None else None
            known = self._known[path] = (signature, tuple(entries((data or b"").decode("utf-8-sig", "replace"))))
        return known[1]

    def _xdg(self) -> str:
        return self._environment.get("XDG_CONFIG_HOME") or f"{self._home}/.config"

    def _expanded(self, value: str) -> str:
        if value == "~" or value.startswith(("~/", "~\\")):
            return self._home + value[1:]
        return os.path.expanduser(value)


def _linked(folder: str, data: bytes | None) -> str | None:
    """What ``gitdir: …`` leads to, and from there to the repository that worktrees share."""
    text = (data or b"").decode("utf-8", "replace").strip()
    if not text.startswith("gitdir:") or _is_remote(own := text[7:].strip()):
        return None
    own = os.path.join(folder, own)
    common = (content_of(f"{own}/commondir") or b"").decode("utf-8", "replace").strip()
    return own if not common or _is_remote(common) else os.path.join(own, common)


def _is_remote(path: str) -> bool:
    """A share of another machine: looking at it would already sign the user in there."""
    return path.startswith(("\\\\", "//", "\\/", "/\\"))


def entries(text: str) -> Iterator[tuple[str, str]]:
    """Names (in lower case, without the subsection) and values of a configuration file, as git reads them; a bare name has the value ''."""
    section, at = "", 0
    while at < len(text):
        if (head := _SECTION.match(text, at)) is not None:
            section, at = head[1].lower(), head.end()
            continue
        entry = _ENTRY.match(text, at)
        if entry is not None and section:
            yield f"{section}.{entry[1].lower()}", _value(entry[2] or "")
        end = text.find("\n", entry.end() if entry is not None else at)
        at = len(text) if end == -1 else end + 1


def _value(raw: str) -> str:
    pieces = [(match[1], match[2]) for match in _PIECE.finditer(raw)]
    if pieces and pieces[-1][1] is not None:
        pieces[-1] = (None, pieces[-1][1].rstrip())
    return "".join(
        _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), quoted if quoted is not None else plain or "")
        for quoted, plain in pieces
    )
