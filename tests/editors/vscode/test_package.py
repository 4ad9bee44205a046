"""The package itself: generated settings, its size, what it may do, and the parts that need no editor."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import zipfile

import pytest

from grok_ls.config import SETTINGS
from tests.editors.neovim import EditorMissing
from tests.editors.vscode.driver import ROOT, VSIX

FOLDER = ROOT / "editors" / "vscode"
_SPEC = importlib.util.spec_from_file_location("vscode_settings", FOLDER / "scripts" / "settings.py")
assert _SPEC is not None
assert _SPEC.loader is not None
generator = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(generator)

PACKAGE = json.loads((FOLDER / "package.json").read_text("utf-8"))
WORDS = json.loads((FOLDER / "package.nls.json").read_text("utf-8"))


def test_the_settings_are_what_the_server_says() -> None:
    assert generator.generated() == (PACKAGE, WORDS), "run python editors/vscode/scripts/settings.py"


def test_what_a_workspace_may_not_set_has_machine_scope_and_is_restricted() -> None:
    properties = PACKAGE["contributes"]["configuration"]["properties"]
    machine = {f"grok.{setting.name}" for setting in SETTINGS if setting.scope == "machine"}
    assert machine <= {name for name, schema in properties.items() if schema["scope"] == "machine"}
    assert machine <= set(PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"])


def test_every_text_of_the_package_can_be_translated() -> None:
    keys = set(re.findall(r'"%([\w.-]+)%"', json.dumps(PACKAGE)))
    assert keys == set(WORDS)


def test_every_command_of_the_palette_is_built() -> None:
    source = (FOLDER / "src" / "commands.ts").read_text("utf-8")
    table = source[source.index("const table") : source.index("return Object.entries(table)")]
    built = set(re.findall(r"^ {6}(\w+): \(", table, re.M))
    assert {f"grok-ls.{name}" for name in built} == {each["command"] for each in PACKAGE["contributes"]["commands"]}


@pytest.mark.editor
def test_the_packaged_extension_is_small_and_carries_no_sources() -> None:
    if not VSIX.exists():
        raise EditorMissing("The extension is not packaged: cd editors/vscode && npm ci && npm run package.")
    assert VSIX.stat().st_size < 1_000_000
    package = zipfile.ZipFile(VSIX)
    names = package.namelist()
    assert not [name for name in names if "node_modules" in name or name.endswith((".ts", ".map"))]
    # What VS Code loads at its start; the language client (0.4 MB) is loaded after it.
    assert package.getinfo("extension/dist/extension.js").file_size < 80_000
    assert "extension/dist/client.js" in names


@pytest.mark.editor
def test_its_parts_pass_their_own_tests() -> None:
    npm = shutil.which("npm")
    if npm is None or not (FOLDER / "node_modules").exists():
        raise EditorMissing("The extension is not built: install Node.js 20, then cd editors/vscode && npm ci.")
    done = subprocess.run(
        [npm, "test", "--silent"], cwd=FOLDER, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
