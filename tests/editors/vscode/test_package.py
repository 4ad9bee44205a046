"""The package itself: generated settings, its size, what it may do, and the parts that need no editor."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from grok_ls.settings import SETTINGS
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


def test_every_other_setting_of_an_untrusted_workspace_costs_and_weakens_nothing() -> None:
    """A new setting has to be put on one side or the other."""
    restricted = set(PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"])
    # How an answer is asked for, shown and waited for, what is logged, and files that are kept back besides ours.
    harmless = {"api", "editFormat", "review", "livePreview", "log.level", "trace.server", "privacy.exclude"}
    harmless |= {f"timeout.{name}" for name in ("connect", "firstToken", "idle", "total")}
    names = {name.removeprefix("grok.") for name in PACKAGE["contributes"]["configuration"]["properties"]}
    assert names - {name.removeprefix("grok.") for name in restricted} == harmless


@pytest.mark.editor
def test_the_bundle_for_translators_has_every_text_of_the_code(tmp_path: Path) -> None:
    exporter = FOLDER / "node_modules" / ".bin" / "vscode-l10n-dev"
    if not exporter.exists():
        raise EditorMissing("The extension is not built: install Node.js 20, then cd editors/vscode && npm ci.")
    subprocess.run(
        [exporter, "export", "--outDir", tmp_path, "src"], cwd=FOLDER, capture_output=True, check=True, timeout=60
    )
    bundle = FOLDER / PACKAGE["l10n"] / "bundle.l10n.json"
    found = json.loads((tmp_path / bundle.name).read_text("utf-8"))
    assert found == json.loads(bundle.read_text("utf-8")), "run npm run l10n in editors/vscode"
    # What is no literal is not found by the exporter.
    calls = [
        call
        for path in (FOLDER / "src").glob("*.ts")
        for call in re.findall(r"l10n\.t\(\s*(.)", path.read_text("utf-8"))
    ]
    assert set(calls) == {"'"}
    assert len(found) > 50


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
