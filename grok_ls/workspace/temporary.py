"""Private temporary folders, and those that earlier processes left behind when they were killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"grok-ls-(?:check|explain)-(?P<process>\d{1,10})-\w+")
# Where nothing tells whether the process still runs, and for a number that another one has got since.
_OLD_S = 24 * 3600


def private_folder(kind: str) -> tempfile.TemporaryDirectory[str]:
    """A new folder that only the user can read, named after its process; ``kind``: ``check`` or ``explain``. Blocks."""
    sweep()
    return tempfile.TemporaryDirectory(prefix=f"grok-ls-{kind}-{os.getpid()}-", ignore_cleanup_errors=True)


def sweep() -> None:
    """Remove the user's own folders of processes that are gone. Never raises."""
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            match = _NAME.fullmatch(entry.name)
            with suppress(OSError):
                if match is not None and entry.is_dir(follow_symlinks=False) and _is_left(entry, int(match["process"])):
                    shutil.rmtree(Path(entry.path), ignore_errors=True)


def _is_left(entry: os.DirEntry[str], process: int) -> bool:
    found = entry.stat(follow_symlinks=False)
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        return False
    return time.time() - found.st_mtime > _OLD_S or (process != os.getpid() and not _runs(process))


def _runs(process: int) -> bool:
    """True where nobody can tell: on Windows a signal would end it."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
