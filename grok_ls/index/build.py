"""Files in, definitions into the tables. Blocks; runs in a child process (``python -m grok_ls.index``) or a thread."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grok_ls.context.across import tags_of
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.index.tables import Stamp, Tables, digest
from grok_ls.index.words import words_filter
from grok_ls.text import Source

# Larger files are data or generated: what they define is not what a person calls.
MAX_BYTES = 1_000_000
MAX_FILES = 50_000
# Languages whose "definitions" nobody refers to by name from elsewhere.
_NO_NAMES = frozenset({"json", "yaml", "toml", "html", "css", "markdown"})
_COMMIT_EVERY = 200


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int


def indexable(path: str) -> bool:
    """True for files whose definitions other files can use, as far as their name says."""
    language = language_of(path)
    return language is not None and language.id not in _NO_NAMES and _is_text(path)


def _is_text(path: str) -> bool:
    """False for a name whose bytes are no text: it cannot be shown to anybody."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def build(tables: Tables, root: Path, paths: Sequence[str], report: Callable[[Progress], None]) -> None:
    """Make the tables tell of exactly these files (relative to ``root``, ``/`` between names)."""
    wanted = [path for path in paths if indexable(path)][:MAX_FILES]
    known = tables.stamps()
    for number, path in enumerate(wanted):
        refresh(tables, root, path, known.get(path))
        if number % _COMMIT_EVERY == 0:
            tables.commit()
            report(Progress(number, len(wanted)))
    tables.remove(set(known) - set(wanted))
    tables.sweep()
    tables.commit()
    report(Progress(len(wanted), len(wanted)))


def refresh(tables: Tables, root: Path, path: str, known: Stamp | None) -> None:
    """Bring one file up to date; a file that is gone, too large or not text is forgotten."""
    try:
        status = os.stat(root / path, follow_symlinks=False)
        stamp = Stamp(status.st_mtime_ns, status.st_size)
        if stamp == known:
            return
        if stamp.size > MAX_BYTES or not os.path.isfile(root / path) or os.path.islink(root / path):
            tables.remove([path])
            return
        data = (root / path).read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        tables.remove([path])
        return
    # The language counts too: what a ``.h`` file defines depends on its name.
    language = language_of(path, "", text[:200].split("\n", 1)[0])
    mark = digest(f"{language.id if language else ''}\0".encode() + data)
    tags, words = None, b""
    if language is not None and not tables.knows(mark):
        tags, words = tags_of(Syntax.parse(Source(text, path), language)), words_filter(text)
    tables.put(path, mark, stamp, tags, words)
