"""Files that are never sent: the built-in list, the ignore files of every tool that has one, the user's patterns, and everything outside.

Patterns are gitignore's, by ``pathspec``. Each ignore file counts on its own, from its own folder down, and a ``!`` undoes only its own
file's patterns; what one of them excludes is excluded. Built-in names are matched without regard to case and cannot be undone. Symbolic
links are resolved first. An ignore file is read again when its modification time or size differs: asking that costs some 0.1 ms a question,
and no client has to tell us.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (
    ".gitignore",
    ".grokignore",
    ".aiignore",
    ".aiexclude",
    ".cursorignore",
    ".cursorindexingignore",
    ".copilotignore",
    ".codeiumignore",
    ".geminiignore",
    ".aiderignore",
    ".continueignore",
    ".clineignore",
    ".rooignore",
)
BUILT_IN = (
    ".env",
    ".env*",
    "*.env",
    "!.env.example",
    "!.env.sample",
    "!.env.template",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "*.jks",
    "*.keystore",
    "*.kdbx",
    "*.ppk",
    "*.ovpn",
    "*.asc",
    "id_*",
    "!id_*.*",
    "id_rsa*",
    "id_dsa*",
    "id_ed25519*",
    "id_ecdsa*",
    ".netrc",
    "_netrc",
    ".pgpass",
    ".my.cnf",
    ".htpasswd",
    ".git-credentials",
    ".npmrc",
    ".pypirc",
    "*.tfstate",
    "*.tfstate.*",
    "*.tfvars",
    "*.tfvars.json",
    "secrets.*",
    "credentials",
    "credentials*.json",
    "service-account*.json",
    "service_account*.json",
    "master.key",
    "*.p8",
    "*.pkcs12",
    "*.bks",
    "*.agekey",
    "*.gpg",
    ".vault-token",
    ".vault_pass*",
    ".boto",
    ".s3cfg",
    ".authinfo*",
    ".terraformrc",
    "terraform.rc",
    "kubeconfig",
    "*.kubeconfig",
    ".dockercfg",
    ".dockerconfigjson",
    ".mylogin.cnf",
    "pgpass.conf",
    ".htdigest",
    ".rhosts",
    ".ftpconfig",
    ".*_history",
    "client_secret*.json",
    "*firebase-adminsdk*.json",
    "application_default_credentials.json",
)
# Whole paths; the names above are matched with the last part of a path only, so that a folder `credentials` keeps its code.
PLACES = (
    "**/.aws/**",
    "**/.ssh/**",
    "**/.gnupg/**",
    "**/.kube/config",
    "**/.docker/config.json",
    "**/.config/gcloud/**",
    "**/.config/gh/hosts.yml",
    "**/.cargo/credentials*",
    "**/.password-store/**",
    "**/.azure/**",
    "**/.oci/**",
    "**/.m2/settings*.xml",
    "**/.gem/credentials",
)
_CODE = frozenset(
    {".py", ".pyi", ".js", ".ts", ".jsx", ".tsx", ".go", ".rs", ".java", ".rb", ".php", ".cs", ".c", ".cpp", ".kt"}
)
# A file of this size is no source code, and its redaction would hold the user up.
MOST_BYTES = 4 * 1024 * 1024
_SNIFFED_BYTES = 8192


class Exclusions:
    """``roots`` are the resolved workspace folders; ``extra`` the patterns of ``grok.privacy.exclude``."""

    def __init__(self, roots: Sequence[Path], extra: Sequence[str] = ()) -> None:
        self._roots = tuple(roots)
        self._extra = tuple(extra)
        self._built_in: GitIgnoreSpec | None = None
        self._places: GitIgnoreSpec | None = None
        self._own: GitIgnoreSpec | None = None
        self._files: dict[str, tuple[tuple[int, int], GitIgnoreSpec]] = {}

    def reason(self, path: Path, *, opened: bool) -> str | None:
        """One sentence why ``path`` may not be sent, ``None`` if it may. ``opened``: the user has it open and acts on it."""
        try:
            real = path.resolve()
        except (OSError, RuntimeError) as error:
            return f"{path.name} is never sent: it cannot be resolved ({type(error).__name__})."
        root = next((root for root in self._roots if real.is_relative_to(root)), None)
        for candidate in (path,) if path == real else (path, real):
            if self._denied(candidate):
                return f"{path.name} is never sent: files of this name hold secrets."
        if root is None:
            if self._roots or not opened:
                return f"{path.name} is never sent: it is outside of the workspace folders."
            return self._unfit(real)
        relative = real.relative_to(root)
        if self._own_spec().match_file(relative.as_posix()):
            return f"{relative.as_posix()} is never sent: grok.privacy.exclude names it."
        ignored = self._ignored_by(root, real)
        if ignored is not None:
            return f"{relative.as_posix()} is never sent: {ignored} names it."
        return self._unfit(real)

    def covers(self, path: Path) -> bool:
        """True if a rule speaks of ``path`` whatever its document is: its name is never sent, or there are workspace folders and it is in
        one of them, or a file outside.
        """
        try:
            inside = any(path.resolve().is_relative_to(root) for root in self._roots)
            return self._denied(path) or inside or (bool(self._roots) and path.is_file())
        except (OSError, RuntimeError, ValueError):
            return True

    def _denied(self, path: Path) -> bool:
        if self._built_in is None:
            self._built_in = _spec(BUILT_IN)
        if self._places is None:
            self._places = _spec(PLACES)
        lowered = PurePosixPath(*[part for part in path.parts if part != path.anchor]).as_posix().lower()
        if self._places.match_file(lowered):
            return True
        found = self._built_in.check_file(path.name.lower())
        # A module that is named after the secrets it handles is code, not a store of them.
        named_code = found.index is not None and BUILT_IN[found.index] == "secrets.*" and path.suffix.lower() in _CODE
        return bool(found.include) and not named_code

    def _own_spec(self) -> GitIgnoreSpec:
        if self._own is None:
            self._own = _spec(self._extra)
        return self._own

    def _ignored_by(self, root: Path, real: Path) -> str | None:
        """The ignore file, relative to the root, that names ``real``; the closest to the root decides first."""
        relative = real.relative_to(root)
        if relative.parts and relative.parts[0] == ".git":
            return "the repository's own folder .git"
        # As text: thousands of files are asked about, and joining paths takes longer than looking whether they exist.
        folders = [
            *accumulate(relative.parts[:-1], lambda above, name: f"{above}/{name}", initial=str(root).rstrip("/"))
        ]
        for name in IGNORE_FILES:
            specs = [
                (Path(folder or root), spec)
                for folder in folders
                if (spec := self._ignore_file(f"{folder}/{name}")) is not None
            ]
            decided = _deciding(root, real, specs) if specs else None
            if decided is not None:
                return (decided / name).relative_to(root).as_posix()
        exclude = self._ignore_file(f"{root}/.git/info/exclude")
        return ".git/info/exclude" if exclude is not None and exclude.match_file(relative.as_posix()) else None

    def _ignore_file(self, path: str) -> GitIgnoreSpec | None:
        try:
            found = os.stat(path)
        except OSError:
            return None
        signature = (found.st_mtime_ns, found.st_size)
        known = self._files.get(path)
        if known is None or known[0] != signature:
            known = self._files[path] = (signature, _read(Path(path)))
        return known[1]

    def _unfit(self, real: Path) -> str | None:
        """Binary and very large files. One that is not on the disk yet has only the text that the editor holds."""
        try:
            if not real.is_file():
                return None
            if real.stat().st_size > MOST_BYTES:
                return f"{real.name} is never sent: it is larger than {MOST_BYTES // 1024 // 1024} MB."
            with real.open("rb") as file:
                if b"\0" in file.read(_SNIFFED_BYTES):
                    return f"{real.name} is never sent: it is a binary file."
        except OSError as error:
            return f"{real.name} is never sent: it cannot be read ({error.strerror})."
        return None


def _deciding(root: Path, real: Path, specs: list[tuple[Path, GitIgnoreSpec]]) -> Path | None:
    """The folder whose ignore file excludes ``real``. As in git the deepest file that says anything decides, level by level:
    nothing inside of an excluded folder comes back."""
    for target in [
        *reversed([parent for parent in real.parents if parent != root and parent.is_relative_to(root)]),
        real,
    ]:
        for folder, spec in reversed(specs):
            if target == folder or not target.is_relative_to(folder):
                continue
            below = target.relative_to(folder).as_posix() + ("" if target == real else "/")
            verdict = spec.check_file(below).include
            if verdict is not None:
                if verdict:
                    return folder
                break
    return None


def _read(path: Path) -> GitIgnoreSpec:
    """An ignore file that cannot be read may hide anything: then nothing below it is sent."""
    try:
        raw = path.read_bytes()
    except OSError:
        return _spec(("*",))
    # Redirecting into a file writes UTF-16 in Windows PowerShell; read as UTF-8 such a file would exclude nothing.
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _spec(raw.decode("utf-16" if wide else "utf-8-sig", "replace").splitlines())


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
