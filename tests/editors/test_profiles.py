"""The recorded introductions in ``profiles/`` are what the real editors say; other tests play these clients from them.

``python -m tests.editors.test_profiles`` records them anew; with ``EDITORS=newest`` those of the editors that Debian 12 has no package of.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.editors.neovim import PLUGIN, EditorMissing, environment, find_emacs, find_neovim, until
from tests.editors.terminal import Terminal

pytestmark = pytest.mark.editor

PROFILES = Path(__file__).with_name("profiles")
RECORDER = Path(__file__).with_name("recorder.py")


def record_neovim(folder: Path, *, plugin: bool) -> str:
    target, file = folder / "profile.json", folder / "main.py"
    file.touch()
    command = json.dumps([sys.executable, str(RECORDER), str(target)])
    lines = [
        f"vim.opt.runtimepath:prepend({json.dumps(str(PLUGIN))})",
        f"vim.lsp.config('grok_ls', {{ cmd = vim.json.decode({json.dumps(command)}) }})",
        "vim.lsp.enable('grok_ls')",
    ]
    (folder / "init.lua").write_text("\n".join(lines), encoding="utf-8")
    wait = "+lua vim.wait(10000, function() return (vim.lsp.get_clients()[1] or {}).initialized end, 10)"
    noplugin = [] if plugin else ["--noplugin"]
    subprocess.run(
        [find_neovim(), "--headless", *noplugin, "-u", str(folder / "init.lua"), str(file), wait, "+qall!"],
        env=environment(folder),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return target.read_text(encoding="utf-8")


def record_emacs(folder: Path) -> str:
    target, file = folder / "profile.json", folder / "main.py"
    file.touch()
    (folder / "forms.el").touch()
    server = json.dumps([sys.executable, str(RECORDER), str(target)])
    subprocess.run(
        [find_emacs(), "-q", "--batch", "-l", str(Path(__file__).with_name("eglot.el"))],
        env=environment(folder, {"FILE": str(file), "SERVER": server, "FORMS": str(folder / "forms.el")}),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return target.read_text(encoding="utf-8")


def record_helix(folder: Path) -> str:
    executable = shutil.which("hx")
    if not executable:
        raise EditorMissing("Helix is missing: tests/editors/debian.sh has it.")
    target, project, config = folder / "profile.json", folder / "project", folder / "xdg_config_home" / "helix"
    config.mkdir(parents=True)
    (project / ".git").mkdir(parents=True)
    (project / "main.py").touch()
    server = f"command = {json.dumps(sys.executable)}\nargs = {json.dumps([str(RECORDER), str(target)])}\n"
    language = '[[language]]\nname = "python"\nlanguage-servers = ["grok-ls"]\n'
    (config / "languages.toml").write_text(f"[language-server.grok-ls]\n{server}{language}", encoding="utf-8")
    with Terminal(folder, [executable, "main.py"], project):
        # Written at once, so whole when it is there.
        until(lambda: target.exists() and target.read_text("utf-8").endswith("}\n"), "Helix started no server")
    return target.read_text(encoding="utf-8")


RECORD: dict[str, Callable[[Path], str]] = {
    "neovim-0.11": lambda folder: record_neovim(folder, plugin=False),
    "neovim-0.11-plugin": lambda folder: record_neovim(folder, plugin=True),
    "emacs-28-eglot": record_emacs,
}
if os.environ.get("EDITORS") == "newest":
    RECORD = {
        "neovim-0.12": lambda folder: record_neovim(folder, plugin=False),
        "neovim-0.12-plugin": lambda folder: record_neovim(folder, plugin=True),
        "emacs-30-eglot": record_emacs,
        "helix-25": record_helix,
    }


@pytest.mark.parametrize("name", RECORD)
def test_the_recorded_profile_is_what_the_editor_says(name: str, tmp_path: Path) -> None:
    recorded: dict[str, Any] = json.loads((PROFILES / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(RECORD[name](tmp_path)) == recorded


if __name__ == "__main__":
    for profile, record in RECORD.items():
        with tempfile.TemporaryDirectory() as made:
            (PROFILES / f"{profile}.json").write_text(record(Path(made)), encoding="utf-8")
