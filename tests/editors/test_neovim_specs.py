"""The plugin's own specs, in a real Neovim with a language server inside it: no process, no network."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.editors.neovim import PLUGIN, environment, find_neovim

pytestmark = pytest.mark.editor


def test_every_spec_of_the_plugin_passes(tmp_path: Path) -> None:
    done = subprocess.run(
        [find_neovim(), "--headless", "-u", str(PLUGIN / "tests/minimal_init.lua"), "-l", str(PLUGIN / "tests/run.lua")],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    report = done.stdout + done.stderr
    assert done.returncode == 0, report
    assert " 0 failed" in report


def test_the_plugin_loads_nothing_until_it_is_used(tmp_path: Path) -> None:
    look = "lua local n = 0; for name in pairs(package.loaded) do if name:match('^grok') then n = n + 1 end end; io.write(n)"
    done = subprocess.run(
        [find_neovim(), "--headless", "-u", str(PLUGIN / "tests/minimal_init.lua"), f"+{look}", "+qall!"],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "0")


def test_the_help_has_a_tag_for_every_command(tmp_path: Path) -> None:
    check = (
        "lua for _, name in ipairs(vim.fn.getcompletion('Grok ', 'cmdline')) do "
        "if not vim.fn.join(vim.fn.readfile(vim.env.DOC), '\\n'):find('*:Grok-' .. name .. '*', 1, true) "
        "then io.write(name .. ' ') end end"
    )
    done = subprocess.run(
        [find_neovim(), "--headless", "-u", str(PLUGIN / "tests/minimal_init.lua"), f"+{check}", "+qall!"],
        env=environment(tmp_path, {"DOC": str(PLUGIN / "doc/grok.txt")}),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
