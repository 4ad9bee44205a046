"""The built-in list: names and places that hold secrets, whatever an ignore file says. Data, and the look at one path; no disk.

Names are matched without regard to case, with the last part of a path only, so that a folder ``credentials`` keeps its code; places are
whole paths. Nothing undoes either.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAMES = (
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


def holds_secrets(path: Path) -> bool:
    """True if the name of ``path`` or where it stands says so."""
    lowered = PurePosixPath(*[part for part in path.parts if part != path.anchor]).as_posix().lower()
    if _places().match_file(lowered):
        return True
    found = _names().check_file(path.name.lower())
    # A module that is named after the secrets it handles is code, not a store of them.
    named_code = found.index is not None and NAMES[found.index] == "secrets.*" and path.suffix.lower() in _CODE
    return bool(found.include) and not named_code


@cache
def _names() -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(NAMES)


@cache
def _places() -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(PLACES)
