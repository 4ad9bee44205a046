"""The plugin's own specs, in a real Neovim with a language server inside it: no process, no network."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.editors.neovim import PLUGIN, environment, find_neovim

pytestmark = pytest.mark.editor


def run(home: Path, *arguments: str, **env: str) -> tuple[int, str]:
    """Exit code and output of a headless Neovim with nothing but the plugin."""
    done = subprocess.run(
        [find_neovim(), "--headless", "-u", str(PLUGIN / "tests" / "minimal_init.lua"), *arguments],
        env=environment(home, env),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=90,
        check=False,
    )
    return done.returncode, done.stdout


def test_every_spec_of_the_plugin_passes(tmp_path: Path) -> None:
    code, report = run(tmp_path, "-l", str(PLUGIN / "tests" / "run.lua"))
    assert code == 0, report
    assert " 0 failed" in report


def test_the_plugin_loads_nothing_until_it_is_used(tmp_path: Path) -> None:
    look = "for name in pairs(package.loaded) do if name:match('^grok') then io.write(name) end end io.write('looked')"
    assert run(tmp_path, f"+lua {look}", "+qall!") == (0, "looked")


def test_the_help_has_a_tag_for_every_command(tmp_path: Path) -> None:
    code, words = run(tmp_path, "+lua io.write(table.concat(vim.fn.getcompletion('Grok ', 'cmdline'), ' '))", "+qall!")
    assert code == 0
    assert "refactor" in words
    help_text = (PLUGIN / "doc" / "grok.txt").read_text(encoding="utf-8")
    assert [word for word in words.split() if f"*:Grok-{word}*" not in help_text] == []
