"""The other files of a workspace folder, as an edit of several files may change them: whole, as they stand, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from grok_ls.errors import ExcludedFile

_MOST_CHARACTERS = 255


class OtherFiles:
    """``reason``: why a path, or the text that the editor has of it, may not be sent, as a sentence; ``opened``: that text, ``None`` for a
    document that is not open.
    """

    def __init__(
        self, root: Path, reason: Callable[[Path, str | None], str | None], opened: Callable[[Path], str | None]
    ) -> None:
        self._root = root
        self._reason = reason
        self._opened = opened

    def locate(self, path: str) -> Path:
        """The file of a path that a model wrote. Raises ``ExcludedFile`` for one that no edit may touch."""
        pure = PurePosixPath(path)
        odd = "\\" in path or ":" in path or any(not character.isprintable() for character in path)
        if odd or not path or pure.is_absolute() or ".." in pure.parts or len(path) > _MOST_CHARACTERS:
            raise ExcludedFile(
                "The answer changes a file outside of the workspace folder, which is never done; nothing was changed."
            )
        # Folders and files that begin with a dot configure tools and editors, and some of what they say is run.
        if any(part.startswith(".") for part in pure.parts):
            raise ExcludedFile(f"The answer changes {path}, a hidden file, which is never done; nothing was changed.")
        file = self._root / pure
        if not file.resolve().is_relative_to(self._root):
            raise ExcludedFile(
                f"The answer changes {path}, which leads out of the workspace folder; nothing was changed."
            )
        if (reason := self._reason(file, self._opened(file))) is not None:
            raise ExcludedFile(f"The answer changes {path}, which may not be read: {reason}")
        return file

    async def read(self, path: str) -> str | None:
        """The text as the editor has it, else as it is on the disk (without a byte-order mark, which editors hide); ``None``: there is no
        such file, but there may be. Raises ``ExcludedFile``.
        """
        file = self.locate(path)
        opened = self._opened(file)
        return opened if opened is not None else await asyncio.to_thread(_text, file, path)


def _text(file: Path, path: str) -> str | None:
    try:
        if not file.exists():
            return None
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = (
            "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"it cannot be read ({error.strerror})"
        )
        raise ExcludedFile(f"The answer changes {path}, but {why}; nothing was changed.") from error
