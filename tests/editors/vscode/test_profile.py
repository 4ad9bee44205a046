"""How VS Code introduces itself: ``profiles/vscode.json`` is what it says, and other tests play this client from it.

``RECORD=1`` writes it anew.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grok_ls._version import __version__
from tests.editors.neovim import until
from tests.editors.vscode.driver import CodeServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.editor, pytest.mark.timeout(240)]

HERE = Path(__file__).parent
PROFILE = HERE.parent / "profiles" / "vscode.json"


def test_the_recorded_profile_is_what_vscode_says(chromium: Browser, tmp_path: Path) -> None:
    said, server = tmp_path / "profile.json", tmp_path / "grok-ls"
    server.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && exec echo "grok-ls {__version__}"\n'
        f"exec '{sys.executable}' '{HERE.parent / 'recorder.py'}' '{said}'\n"
    )
    server.chmod(0o755)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").touch()
    with CodeServer(tmp_path / "home", machine={"grok.server.path": str(server)}) as code_server:
        page = chromium.new_page()
        page.goto(f"{code_server.url}?folder={folder}")
        page.get_by_role("treeitem", name="main.py").dblclick(timeout=60_000)
        until(lambda: said.exists() and said.read_text().endswith("}\n"), "VS Code did not introduce itself", 60)
        page.close()
    if os.environ.get("RECORD"):
        PROFILE.write_text(said.read_text("utf-8"), "utf-8")
    spoken = json.loads(said.read_text("utf-8"))
    assert spoken["capabilities"] == json.loads(PROFILE.read_text("utf-8"))["capabilities"]
