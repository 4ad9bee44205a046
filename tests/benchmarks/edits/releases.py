"""Pairs of real releases, fetched from their registries: the edits that people really made.

Only ordinary clients are used: ``pip download`` and ``npm pack``. Nothing that was fetched is run.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = {
    ".py": "python", ".js": "javascript", ".cjs": "javascript", ".mjs": "javascript", ".ts": "typescript", ".tsx": "typescript",
    ".c": "c", ".h": "c", ".cc": "cpp", ".cpp": "cpp", ".hpp": "cpp", ".rs": "rust", ".java": "java", ".scss": "scss",
    ".md": "markdown", ".kt": "kotlin", ".swift": "swift", ".rb": "ruby",
}  # fmt: skip
# (registry, package, older, newer); of several, so that no project's habits decide.
PAIRS = (
    ("wheel", "flask", "2.3.3", "3.1.0"),
    ("wheel", "requests", "2.31.0", "2.32.3"),
    ("wheel", "httpx", "0.26.0", "0.28.1"),
    ("wheel", "rich", "13.6.0", "13.9.4"),
    ("wheel", "click", "8.1.7", "8.2.1"),
    ("npm", "express", "4.18.2", "5.1.0"),
    ("npm", "eslint", "8.56.0", "9.10.0"),
    ("npm", "axios", "1.6.0", "1.7.9"),
    ("npm", "rxjs", "7.5.0", "7.8.2"),
    ("npm", "zod", "4.0.5", "4.1.12"),
    ("sdist", "psutil", "5.9.5", "6.0.0"),
    ("sdist", "cffi", "1.15.1", "1.17.1"),
    ("sdist", "JPype1", "1.4.1", "1.5.2"),
    ("npm", "re2", "1.18.0", "1.21.4"),
    ("npm", "better-sqlite3", "8.7.0", "11.5.0"),
    ("sdist", "cryptography", "41.0.7", "42.0.8"),
    ("npm", "react-native-webview", "11.26.0", "13.12.0"),
    ("npm", "@react-native-community/netinfo", "9.3.10", "11.4.1"),
    ("npm", "bootstrap", "5.2.3", "5.3.3"),
)
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Revision:
    """One file in two releases of one package."""

    package: str
    path: str
    language: str
    old: str
    new: str


def revisions(cache: Path, pairs: Sequence[tuple[str, str, str, str]] = PAIRS) -> Iterator[Revision]:
    """Every text file that changed between two releases, in a fixed order."""
    for registry, package, older, newer in pairs:
        before, after = _files(cache, registry, package, older), _files(cache, registry, package, newer)
        for path in sorted(before.keys() & after.keys()):
            old, new = _text(before[path]), _text(after[path])
            if old is not None and new is not None and old != new and old.count("\n") <= _LONGEST:
                yield Revision(package, path, LANGUAGES[Path(path).suffix], old, new)


def _text(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _files(cache: Path, registry: str, package: str, version: str) -> dict[str, bytes]:
    archive = _fetched(cache, registry, package, version)
    found: dict[str, bytes] = {}
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if Path(name).suffix in LANGUAGES:
                    found[name] = wheel.read(name)
        return found
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and Path(member.name).suffix in LANGUAGES and ".min." not in member.name:
                stream = tar.extractfile(member)
                assert stream is not None
                # The first folder is the package's name, with the version in sdists.
                found[member.name.partition("/")[2]] = stream.read()
    return found


def _fetched(cache: Path, registry: str, package: str, version: str) -> Path:
    folder = cache / f"{package.replace('/', '-')}-{version}"
    if not folder.is_dir():
        folder.mkdir(parents=True)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", ".", f"{package}=={version}"]
        command = {
            "wheel": [*pip, "--only-binary", ":all:"],
            "sdist": [*pip, "--no-binary", ":all:"],
            "npm": ["npm", "pack", "--silent", f"{package}@{version}"],
        }[registry]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            folder.rmdir()
            raise RuntimeError(f"{package} {version} could not be fetched: {done.stderr.strip()[-300:]}")
    return next(path for path in sorted(folder.iterdir()) if path.suffix in {".whl", ".tgz", ".gz"})
