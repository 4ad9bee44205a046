"""``grok-ls doctor --bundle``: one archive for whoever helps, without a secret, a line of code, a home folder or a user name in it."""

from __future__ import annotations

import getpass
import json
import os
import platform
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from grok_ls._version import __version__
from grok_ls.app import Composition
from grok_ls.errors import ConfigError
from grok_ls.settings import ENV_PREFIX, Settings

_LOG_FILES = 3
_LOG_BYTES = 200_000
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s\"]*@")
_README = """\
Support archive of grok-ls. It holds no key, no code and no log line that was not redacted; read it before you send it.

doctor.json    what grok-ls doctor found
versions.json  grok-ls, Python, the operating system, installed dependencies
settings.json  effective settings of this machine's environment, without credentials in addresses;
               names of the variables that are set, without their values
log/           the end of the last log files, redacted a second time
"""


def write_bundle(
    path: Path, composition: Composition, settings: Settings, checks: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Write the archive; gives the names of what is in it. Raises ``ConfigError`` if ``path`` exists or cannot be written."""
    clean = _cleaner(composition, settings)
    files = {"README.txt": _README}
    values = {
        "doctor.json": list(checks),
        "versions.json": _versions(),
        "settings.json": _settings(settings, composition.environment),
    }
    # Cleaned before it becomes JSON, whose escapes would hide what is looked for.
    files |= {name: json.dumps(_cleaned(value, clean), indent=1) for name, value in values.items()}
    files |= {f"log/{log.name}": clean(_end_of(log)) for log in _logs(composition.data_dir / "log")}
    try:
        # Exclusive: never over a file of the user's; readable by the user alone.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise ConfigError(f"{path} exists and was left alone; choose another name for the archive.") from None
    except OSError as error:
        raise ConfigError(f"{path} could not be written: {error.strerror}; choose another folder.") from error
    with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return tuple(files)


def _cleaner(composition: Composition, settings: Settings) -> Any:
    from grok_ls.redaction.redact import redact

    vocabulary = composition.vocabulary()
    for key in composition.keys_of(settings):
        vocabulary.learn("API_KEY", key)
    home, user = str(Path.home()), _user()

    def clean(text: str) -> str:
        text = _CREDENTIALS.sub("…@", text)
        if home not in ("/", ""):
            text = text.replace(home, "~")
        if len(user) > 2:
            text = re.sub(rf"(?<![\w-]){re.escape(user)}(?![\w-])", "user", text)
        return redact(text, vocabulary).text

    return clean


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _cleaned(value: Any, clean: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case Mapping():
            return {name: _cleaned(one, clean) for name, one in value.items()}
        case list() | tuple():
            return [_cleaned(one, clean) for one in value]
        case None | bool() | int() | float():
            return value
        case _:
            return clean(str(value))


def _versions() -> dict[str, Any]:
    # An installation without metadata (a frozen copy) still gets its archive.
    try:
        required = metadata.requires("grok-ls") or []
    except metadata.PackageNotFoundError:
        required = []
    names = sorted(
        {re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in required if "dev" not in one.partition("extra ==")[2]}
    )
    installed = {}
    for name in names:
        try:
            installed[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return {
        "grok-ls": __version__,
        "python": sys.version,
        "platform": platform.platform(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "dependencies": installed,
    }


def _settings(settings: Settings, environment: Mapping[str, str]) -> dict[str, Any]:
    mine = (ENV_PREFIX, "XAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "NO_COLOR", "SSL_CERT")
    names = sorted(name for name in environment if name.upper().startswith(mine))
    return {"settings": asdict(settings), "variables": names}


def _logs(folder: Path) -> list[Path]:
    """The newest last."""
    try:
        found = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
        return sorted(found, key=lambda path: path.stat().st_mtime)[-_LOG_FILES:]
    except OSError:
        return []


def _end_of(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LOG_BYTES))
        raw = file.read()
    if len(raw) == _LOG_BYTES:
        # Half a line may be half a secret, which nothing recognises.
        raw = raw.partition(b"\n")[2]
    return raw.decode("utf-8", "replace")
