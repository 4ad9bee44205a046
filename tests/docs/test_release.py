"""What is ready to be submitted elsewhere says the same as this repository."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from grok_ls._version import __version__
from tests.docs.pages import ROOT

NVIM = ROOT / "editors" / "nvim"


def test_the_mason_entry_installs_this_version_and_its_command() -> None:
    entry: dict[str, Any] = yaml.safe_load((NVIM / "mason" / "package.yaml").read_text("utf-8"))
    assert entry["source"]["id"] == f"pkg:pypi/grok-ls@{__version__}"
    assert entry["bin"] == {"grok-ls": "pypi:grok-ls"}
    assert (entry["licenses"], entry["categories"]) == (["MIT"], ["LSP"])
    assert (NVIM / "lsp" / f"{entry['neovim']['lspconfig']}.lua").exists()
    assert {"name", "description", "homepage", "languages"} <= entry.keys()


def test_the_extension_has_this_version() -> None:
    package = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))
    assert package["version"] == __version__


def test_the_entry_for_lspconfig_is_the_plugins_own_configuration(tmp_path: Path) -> None:
    """Compared as Neovim reads them, functions by their code."""
    script = tmp_path / "compare.lua"
    script.write_text(
        "local function load(file)\n"
        "  local config = dofile(file)\n"
        "  config.before_init = string.dump(config.before_init, true)\n"
        "  return config\n"
        "end\n"
        "print(vim.deep_equal(load(arg[1]), load(arg[2])))\n"
    )
    nvim = Path(sys.executable).parent / "nvim"
    files = (NVIM / "lsp" / "grok_ls.lua", NVIM / "lspconfig" / "grok_ls.lua")
    done = subprocess.run([nvim, "-l", script, *files], capture_output=True, text=True, check=False)
    assert (done.stdout + done.stderr).strip() == "true"
    assert files[1].read_text("utf-8").startswith("---@brief\n")
