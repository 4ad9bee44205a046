"""Files that are never sent: the built-in list, the ignore files of every tool that has one, the user's patterns, and everything outside.

Symbolic links are resolved first, and both ends count: a link is sent only if its own name and what it leads to may be.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grok_ls.workspace.builtin import holds_secrets
from grok_ls.workspace.ignoring import IgnoreFiles, spec_of_lines

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# A file of this size is no source code, and its redaction would hold the user up.
MOST_BYTES = 4 * 1024 * 1024
# Bytes of a file, characters of a text: git looks at as many.
_SNIFFED = 8192


class Exclusions:
    """``roots`` are the resolved workspace folders; ``extra`` the patterns of ``grok.privacy.exclude``; ``environment`` is where git's
    settings are looked up, the process's own by default.
    """

    def __init__(
        self, roots: Sequence[Path], extra: Sequence[str] = (), environment: Mapping[str, str] | None = None
    ) -> None:
        self._roots = tuple(roots)
        self._extra = tuple(extra)
        self._ignores = IgnoreFiles(os.environ if environment is None else environment)
        self._own: GitIgnoreSpec | None = None

    def reason(self, path: Path, *, opened: bool, text: str | None = None) -> str | None:
        """One sentence why ``path`` may not be sent, ``None`` if it may. ``opened``: the user has it open and acts on it;
        ``text``: what the editor holds of it, which is what would be sent, whatever is on the disk.
        """
        try:
            real = path.resolve()
            ways = [path, real] if path != real else [real]
            if path != real and (link := path.parent.resolve() / path.name) not in ways:
                ways.insert(1, link)
        except (OSError, RuntimeError, ValueError) as error:
            return f"{path.name} is never sent: it cannot be resolved ({type(error).__name__})."
        if any(holds_secrets(way) for way in ways):
            return f"{path.name} is never sent: files of this name hold secrets."
        if not any(real.is_relative_to(root) for root in self._roots) and (self._roots or not opened):
            return f"{path.name} is never sent: it is outside of the workspace folders."
        for way in ways:
            if way.is_absolute() and ".." not in way.parts and (named := self._named(way)) is not None:
                return named
        return _unfit_file(real) if text is None else unfit_text(path.name, text)

    def covers(self, path: Path) -> bool:
        """True if a rule speaks of ``path`` whatever its document is: its name is never sent, it is in a workspace folder, or there is
        such a file.
        """
        try:
            inside = any(path.resolve().is_relative_to(root) for root in self._roots)
            return holds_secrets(path) or inside or path.is_file()
        except (OSError, RuntimeError, ValueError):
            return True

    def _named(self, way: Path) -> str | None:
        """A pattern names it: of the user's setting, or of an ignore file from the repository's root, or the outermost workspace folder,
        down to it. Workspace folders in one another hold together, whatever their order.
        """
        around = sorted((root for root in self._roots if way.is_relative_to(root)), key=lambda root: len(root.parts))
        if self._roots and not around:
            return None
        shown = way.relative_to(around[-1]).as_posix() if around else way.name
        if any(self._own_spec().match_file(name) for name in self._names_of(way, around)):
            return f"{shown} is never sent: grok.privacy.exclude names it."
        top = self._ignores.top_of(around[0] if around else way.parent)
        own = any(part.lower() == ".git" for part in way.relative_to(top).parts)
        ignored = "the repository's own folder .git" if own else self._ignores.named_by(way, top)
        if ignored is None:
            return None
        if os.path.isabs(ignored):
            # Folders above are none of the reader's business.
            ignored = Path(os.path.relpath(ignored, around[-1] if around else way.parent)).as_posix()
        return f"{shown} is never sent: {ignored} names it."

    def _names_of(self, way: Path, around: Sequence[Path]) -> list[str]:
        """What patterns of the setting are held against: the path from each workspace folder on, and without one from any folder on."""
        if around:
            return [way.relative_to(root).as_posix() for root in around]
        return [Path(*way.parts[start:]).as_posix() for start in range(1, len(way.parts))]

    def _own_spec(self) -> GitIgnoreSpec:
        if self._own is None:
            self._own = spec_of_lines(self._extra)
        return self._own


def unfit_text(name: str, text: str) -> str | None:
    """A sentence if the text of a document is binary or very large: an editor shows both."""
    if "\0" in text[:_SNIFFED]:
        return f"{name} is never sent: it is a binary file."
    # Only a text that may be too large is encoded: this is asked for at every menu.
    size = len(text) if text.isascii() or len(text) * 4 <= MOST_BYTES else len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        return f"{name} is never sent: it is larger than {MOST_BYTES // 1024 // 1024} MB."
    return None


def _unfit_file(real: Path) -> str | None:
    """As ``unfit_text`` of a file on the disk, where there is one."""
    try:
        if not real.is_file():
            return None
        if real.stat().st_size > MOST_BYTES:
            return f"{real.name} is never sent: it is larger than {MOST_BYTES // 1024 // 1024} MB."
        with real.open("rb") as file:
            if b"\0" in file.read(_SNIFFED):
                return f"{real.name} is never sent: it is a binary file."
    except OSError as error:
        return f"{real.name} is never sent: it cannot be read ({error.strerror})."
    return None
