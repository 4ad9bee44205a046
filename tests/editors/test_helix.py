"""Helix on a terminal, two language servers side by side: a linter that reports a problem, and ours that mends it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.editors.conftest import MAIN
from tests.editors.neovim import ROOT, TEST_KEY, EditorMissing, server_command, until
from tests.editors.terminal import Terminal
from tests.editors.test_neovim import FIX, FIXED
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = [pytest.mark.editor, pytest.mark.newest]

_LINTER = [sys.executable, "-m", "tests.editors.linter", "1", "add subtracts"]


def languages(settings: dict[str, object]) -> str:
    """``languages.toml`` as docs/editors/helix.md has it."""

    def server(name: str, command: list[str]) -> str:
        return f"[language-server.{name}]\ncommand = {json.dumps(command[0])}\nargs = {json.dumps(command[1:])}\n"

    values = ", ".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())
    return (
        server("grok-ls", server_command())
        + f"config = {{ grok = {{ {values} }} }}\n"
        + server("lint", _LINTER)
        + f"environment = {{ PYTHONPATH = {json.dumps(str(ROOT))} }}\n"
        + '[[language]]\nname = "python"\nlanguage-servers = ["lint", "grok-ls"]\n'
    )


@pytest.fixture
def helix(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> Iterator[Callable[..., Terminal]]:
    """Helix with main.py open and both servers there."""
    with ExitStack() as stack:

        def begin(size: tuple[int, int] = (100, 30), **settings: object) -> Terminal:
            executable = shutil.which("hx")
            if not executable:
                raise EditorMissing("Helix is missing: tests/editors/debian.sh has it.")
            home = tmp_path / "home"
            config = home / "xdg_config_home" / "helix"
            config.mkdir(parents=True)
            (config / "languages.toml").write_text(languages({"retries": 0, **settings}), "utf-8")
            env = {"XAI_API_KEY": TEST_KEY, "GROK_LS_BASE_URL": fake.url}
            terminal = Terminal(home, [executable, "main.py"], workspace, env, size)
            stack.enter_context(terminal)
            terminal.wait("def add(a, b):")
            terminal.wait("add subtracts")
            return terminal

        yield begin


def choose(terminal: Terminal, title: str) -> None:
    """From the menu of code actions, by keys. Helix does not say when a server is ready: ask until the action is there."""

    def opened() -> bool:
        # Not Escape, which with the key after it would be another one.
        if "Grok: " in terminal.seen():
            terminal.keys("C-c")
        terminal.keys("Space", "a")
        with suppress(AssertionError):
            terminal.wait(title, seconds=3)
        return title in terminal.seen()

    until(opened, f"{title} is not in the menu", 30)
    screen = terminal.seen()
    entries = [line for line in screen.splitlines() if "Grok: " in line]
    position = next(number for number, line in enumerate(entries) if title in line)
    terminal.keys(*["Tab"] * position, "Enter")  # the first is chosen already


def saved(terminal: Terminal) -> str:
    terminal.types(":w")
    terminal.keys("Enter")
    terminal.wait("written")
    return (terminal.folder / "main.py").read_text(encoding="utf-8")


def test_another_tools_diagnostic_is_fixed_and_one_undo_takes_it_back(
    helix: Callable[..., Terminal], fake: FakeXaiThread
) -> None:
    fake.script(answer(FIX))
    terminal = helix()
    terminal.keys("j", "x")
    choose(terminal, "Grok: Fix")
    terminal.wait("return a + b")
    assert "add subtracts" in fake.requests[0].prompt
    assert saved(terminal) == FIXED
    terminal.keys("u")
    terminal.wait("return a - b")
    assert saved(terminal) == MAIN


def test_a_selection_is_refactored(helix: Callable[..., Terminal], fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    terminal = helix()
    terminal.keys("x", "x")
    choose(terminal, "Grok: Refactor")
    terminal.wait("return a + b")
    assert saved(terminal) == FIXED


def test_an_explanation_opens_as_a_document(helix: Callable[..., Terminal], fake: FakeXaiThread) -> None:
    fake.script(answer("# What it does\n\nIt subtracts, wrongly.\n"))
    terminal = helix()
    choose(terminal, "Grok: Explain")
    terminal.wait("It subtracts, wrongly.")
    assert (terminal.folder / "main.py").read_text("utf-8") == MAIN


def test_the_workspace_command_cancels(helix: Callable[..., Terminal], fake: FakeXaiThread) -> None:
    fake.script(answer(FIX, hold_at=20, gate=Gate()))
    terminal = helix()
    terminal.keys("j", "x")
    choose(terminal, "Grok: Fix")
    fake.wait_for_events(20)
    terminal.types(":lsp-workspace-command grok.cancel")
    terminal.keys("Enter")
    assert fake.wait_for_disconnect().outcome == "disconnected"
    assert saved(terminal) == MAIN


def test_a_used_up_budget_is_said(helix: Callable[..., Terminal], fake: FakeXaiThread) -> None:
    terminal = helix(**{"budget.sessionTokens": 50})
    terminal.keys("j", "x")
    choose(terminal, "Grok: Fix")
    terminal.wait("budget")
    assert fake.requests == []
    assert saved(terminal) == MAIN
