"""Where model files are kept, who may write there, and which of them are known to be whole.

``GROK_LS_MODELS_DIR`` names the folder, otherwise it is ``models`` in the platform's user cache folder, shared by all
projects and virtual environments of the user. ``GROK_LS_DATA_DIR`` does not move it: tests point that at a fresh folder
each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from grok_ls.errors import ConfigError
from grok_ls.local.models import LocalModel

CHUNK_BYTES = 1 << 20
_LOCK_POLL_S = 0.5


def models_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder; it need not exist."""
    if own := environment.get("GROK_LS_MODELS_DIR"):
        return Path(own).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("grok-ls", appauthor=False) / "models"


def sha256_of(path: Path, seen: Callable[[int], None] = lambda _: None) -> str:
    """Hex digest of the file; ``seen`` gets the number of bytes of each chunk."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            seen(len(chunk))
    return digest.hexdigest()


def is_verified(path: Path, model: LocalModel) -> bool:
    """The file is there and its digest was checked since it was last written. Cheap: reads the stamp only."""
    with contextlib.suppress(OSError):
        return _stamp(path).read_text() == _mark(path, model)
    return False


def mark_verified(path: Path, model: LocalModel) -> None:
    """Remember that this very file had the pinned digest. A folder that cannot be written only costs the next check."""
    with contextlib.suppress(OSError):
        _stamp(path).write_text(_mark(path, model))


def forget(path: Path) -> None:
    """Delete a file that is not what it should be, with its stamp."""
    _stamp(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _stamp(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def _mark(path: Path, model: LocalModel) -> str:
    status = path.stat()
    return f"{model.sha256} {status.st_size} {status.st_mtime_ns}\n"


@contextlib.contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold ``path`` as a lock file against other processes; ``waiting`` is called once if somebody has it. The lock
    dies with its holder. Raises ``ConfigError`` if the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise ConfigError(
            f"The model folder {path.parent} cannot be written: {error.strerror}; set GROK_LS_MODELS_DIR to another."
        ) from error
    with file:
        told = False
        while not _try_lock(file):
            if not told:
                waiting()
                told = True
            time.sleep(_LOCK_POLL_S)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
