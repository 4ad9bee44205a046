"""The extension is the same file, byte for byte, whoever packages the same tree."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from tests.editors.neovim import EditorMissing

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
VSCE = FOLDER / "node_modules" / ".bin" / "vsce"


@pytest.mark.editor
def test_two_packages_of_one_tree_are_the_same_bytes(tmp_path: Path) -> None:
    if not VSCE.exists():
        raise EditorMissing("vsce is not installed: cd editors/vscode && npm ci.")
    pack = [VSCE, "package", "--no-dependencies", "--allow-missing-repository", "--out"]
    # As docs/release.md says: the archive holds local times.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000", "TZ": "UTC"}
    digests = []
    for name in ("one", "two"):
        out = tmp_path / f"{name}.vsix"
        subprocess.run([*pack, out], cwd=FOLDER, env=environment, capture_output=True, check=True, timeout=110)
        digests.append(hashlib.sha256(out.read_bytes()).hexdigest())
        os.utime(FOLDER / "README.md")
    assert digests[0] == digests[1]
