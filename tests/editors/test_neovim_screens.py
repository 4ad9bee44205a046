"""What a person sees: Neovim on a real terminal. PICTURES=1 draws the documentation's pictures."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editors.conftest import MAIN, StartNeovim
from tests.editors.neovim import ROOT, Neovim, until
from tests.editors.screen import Style, plain, runs, to_svg
from tests.editors.test_neovim import FIX, FIXED, SEVERAL, diagnose, text, wait_for_end
from tests.editors.test_neovim_review import BEFORE, DIFF
from tests.editors.test_neovim_trouble import servers_below
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

# Neovim's default colours on a terminal that has none of its own.
_DARK = ("#e0e2ea", "#14161b")
_LIGHT = ("#14161b", "#e0e2ea")
# As a person has it, not as the tests read it.
_MESSAGES = "vim.notify = _G.notify_of_neovim\n"
_LOOK = "vim.o.termguicolors = true vim.o.number = true vim.o.signcolumn = 'yes' vim.o.statusline = ' %t' vim.o.background = '{}'\n"

EXPLANATION = """\
## `add` subtracts

`add` takes two numbers and returns their **difference**, although its name and its only caller expect the sum:

- `twice(n)` calls `add(n, n)`, so it is always `0`
- `print(twice(2))` prints `0` instead of `4`

```python
def add(a, b):
    return a + b
```

Change the operator, and both lines below are right.
"""


def look(background: str) -> str:
    return _LOOK.format(background)


def on_screen(nvim: Neovim, *words: str) -> str:
    """The screen as soon as all of ``words`` are on it."""
    shown: list[str] = []

    def all_there() -> bool:
        shown[:] = [nvim.seen()]
        return all(word in plain(shown[0]) for word in words)

    try:
        until(all_there, f"never on the screen: {words}", 20)
    except AssertionError as error:
        raise AssertionError(f"{error}\n{plain(shown[0])}") from None
    return shown[0]


@pytest.fixture
def picture() -> Callable[[str, str, int, tuple[str, str]], None]:
    def draw(name: str, screen: str, columns: int, colours: tuple[str, str]) -> None:
        svg = to_svg(screen, columns, ink=colours[0], paper=colours[1])
        if os.environ.get("PICTURES"):
            (ROOT / "docs" / "images" / f"{name}.svg").write_text(svg, encoding="utf-8")

    return draw


Picture = Callable[[str, str, int, tuple[str, str]], None]


def test_a_fix_in_work_shows_its_note_and_the_diff(start: StartNeovim, fake: FakeXaiThread, picture: Picture) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=40, gate=gate))
    nvim = start(init=look("dark"), screen=(100, 24))
    diagnose(nvim)
    nvim.command("Grok fix")
    fake.wait_for_events(40)
    screen = on_screen(nvim, "Grok: fix", ":Grok cancel stops it", "Grok fix:", "-    return a - b")
    # The edit alone, without the words and the fence around it.
    assert "The operator was wrong" not in plain(screen)
    assert "```" not in plain(screen)
    picture("neovim-fix", screen, 100, _DARK)
    gate.open()
    wait_for_end(nvim)


def test_an_explanation_stands_beside_the_code(start: StartNeovim, fake: FakeXaiThread, picture: Picture) -> None:
    fake.script(answer(EXPLANATION))
    nvim = start(
        init=look("light") + "require('grok').setup({ enable = false, explain = { width = 58 } })\n", screen=(110, 26)
    )
    nvim.keys("1G:Grok explain<CR>")
    fake.wait_for_request()
    wait_for_end(nvim)
    screen = on_screen(nvim, "Grok: explain", "difference", "q close", "def add(a, b):")
    # Neovim brings no parser of Python: the colours are those of its syntax file, as in the document itself.
    (coloured,) = (line for line in screen.split("\n") if "return a + b" in plain(line))
    assert [style.bold for part, style in runs(coloured, Style()) if "return" in part] == [True]
    # The box ends with the text: lines of fences are concealed and take no room.
    lines = plain(screen).split("\n")
    (last,) = (number for number, line in enumerate(lines) if "q close" in line)
    assert "lines below are right" in lines[last - 1]
    picture("neovim-explain", screen, 110, _LIGHT)


@pytest.mark.newest_too
def test_a_review_shows_added_and_removed_lines(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path, picture: Picture
) -> None:
    (workspace / "main.py").write_text(BEFORE, encoding="utf-8")
    fake.script(answer(DIFF))
    nvim = start(settings={"review": "lens"}, init=look("dark"), screen=(100, 26))
    nvim.command("%Grok refactor")
    wait_for_end(nvim)
    nvim.wait("require('grok.review').pending() == 3")
    removed = ("-     return 1", '-     note = "é😀"', "-     return 3")
    screen = on_screen(nvim, "hunk 1 of 3", "hunk 3 of 3", ":Grok keep", *removed, "return 3 + 0")
    # Its note has the colour of the added line that it stands on.
    (noted,) = (line for line in screen.split("\n") if "hunk 1 of 3" in line)
    papers = {
        word: style.paper for part, style in runs(noted, Style()) for word in ("one = 1", "hunk 1") if word in part
    }
    assert papers["hunk 1"] == papers["one = 1"] is not None
    picture("neovim-review", screen, 100, _DARK)


def test_a_small_window_still_shows_a_long_explanation(
    start: StartNeovim, fake: FakeXaiThread, picture: Picture
) -> None:
    fake.script(answer(EXPLANATION * 4))
    nvim = start(init=look("dark"), screen=(50, 14))
    nvim.keys("1G:Grok explain<CR>")
    fake.wait_for_request()
    wait_for_end(nvim)
    screen = on_screen(nvim, "Grok: explain", "q close", "add subtracts")
    assert "return a - b" in plain(screen)
    picture("neovim-small", screen, 50, _DARK)


def test_a_follow_up_question_stands_below_the_answer(
    start: StartNeovim, fake: FakeXaiThread, picture: Picture
) -> None:
    fake.script(answer(EXPLANATION), answer("Because `n - n` is `0`, whatever `n` is.\n"))
    nvim = start(init=look("dark"), screen=(100, 30))
    nvim.keys(":Grok explain<CR>")
    fake.wait_for_request()
    wait_for_end(nvim)
    nvim.command("Grok show")
    nvim.keys("a")
    on_screen(nvim, "Ask about this code:")
    nvim.keys("Why is twice(n) always 0?<CR>")
    fake.wait_for_end(2)
    wait_for_end(nvim)
    screen = on_screen(nvim, "Why is twice(n) always 0?", "Because n - n is 0", "q close")
    # The earlier answer goes out with the question, and is not shown again.
    assert plain(screen).count("difference") == 1
    assert "Earlier answer" not in plain(screen)
    picture("neovim-question", screen, 100, _DARK)


def test_an_edit_of_several_files_asks_with_their_names(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path, picture: Picture
) -> None:
    (workspace / "other.py").write_text("from main import twice\n\nprint(twice(4))\n", encoding="utf-8")
    fake.script(answer(SEVERAL))
    nvim = start(init=look("light"), screen=(100, 24))
    nvim.keys(":Grok refactor rename twice to double everywhere and test it<CR>")
    fake.wait_for_end()
    screen = on_screen(
        nvim, "this edit also", "other.py", "test_main.py", "Apply", "Discard", "waiting for your decision"
    )
    picture("neovim-files", screen, 100, _LIGHT)
    nvim.keys("2<CR>")
    told = wait_for_end(nvim)
    assert any("Discarded; every file is as it was." in message for message in told), told


def test_a_preview_asks_beside_the_diff(start: StartNeovim, fake: FakeXaiThread, picture: Picture) -> None:
    fake.script(answer(FIX))
    nvim = start(settings={"review": "preview"}, init=look("light"), screen=(100, 24))
    diagnose(nvim)
    nvim.keys(":Grok fix<CR>")
    fake.wait_for_end()
    screen = on_screen(
        nvim, "Grok: Fix", "-    return a - b", "+    return a + b", "Discard", "waiting for your decision"
    )
    # The question takes nothing of the box away.
    assert "╰" in plain(screen)
    assert plain(screen).index("╰") < plain(screen).index("1: Apply")
    picture("neovim-preview", screen, 100, _LIGHT)
    nvim.keys("1<CR>")
    told = wait_for_end(nvim)
    assert text(nvim) == FIXED, told


def test_a_missing_key_stands_on_the_screen_with_what_to_do(
    start: StartNeovim, fake: FakeXaiThread, picture: Picture
) -> None:
    nvim = start(
        init=look("dark") + _MESSAGES,
        screen=(100, 24),
        env={"XAI_API_KEY": "", "GROK_LS_BASE_URL": "https://api.x.ai/v1"},
    )
    diagnose(nvim)
    nvim.keys(":Grok fix<CR>")
    screen = on_screen(nvim, "XAI_API_KEY")
    picture("neovim-no-key", screen, 100, _DARK)
    assert_goes_on(nvim, screen)


def test_a_missing_server_stands_on_the_screen_with_where_to_look(
    start: StartNeovim, fake: FakeXaiThread, picture: Picture
) -> None:
    nvim = start(server=["/nowhere/grok-ls"], init=look("light") + _MESSAGES, screen=(100, 24))
    nvim.keys(":Grok fix<CR>")
    screen = on_screen(nvim, "No server is attached to this buffer; :checkhealth grok says why.")
    picture("neovim-no-server", screen, 100, _LIGHT)
    assert_goes_on(nvim, screen)


def test_a_server_that_was_killed_stands_on_the_screen(
    start: StartNeovim, fake: FakeXaiThread, tmp_path: Path, picture: Picture
) -> None:
    fake.script(answer(FIX, hold_at=20, gate=Gate()))
    nvim = start(init=look("light") + _MESSAGES, screen=(100, 24))
    diagnose(nvim)
    nvim.keys(":Grok fix<CR>")
    fake.wait_for_events(20)
    (server,) = servers_below(tmp_path)
    os.kill(server, signal.SIGKILL)
    screen = on_screen(nvim, "The server ended while the job was running")
    picture("neovim-killed", screen, 100, _LIGHT)
    # Neovim's own word on it, with the path of its log, may be too long for one line: that asks for a key.
    if "Press ENTER" in plain(screen):
        nvim.keys("<CR>")
    assert text(nvim) == MAIN


def test_a_budget_that_is_used_up_stands_on_the_screen(
    start: StartNeovim, fake: FakeXaiThread, picture: Picture
) -> None:
    nvim = start(settings={"budget": {"sessionTokens": 100}}, init=look("dark") + _MESSAGES, screen=(100, 24))
    diagnose(nvim)
    nvim.keys(":Grok fix<CR>")
    screen = on_screen(nvim, "grok.budget.sessionTokens")
    picture("neovim-budget", screen, 100, _DARK)
    assert_goes_on(nvim, screen)
    assert not fake.requests


def test_what_is_typed_when_a_long_message_comes_is_not_taken_for_an_answer(
    start: StartNeovim, fake: FakeXaiThread
) -> None:
    gate = Gate()
    fake.script(answer(FIX, end="incomplete", hold_at=3, gate=gate))
    nvim = start(init=look("dark") + _MESSAGES, screen=(60, 20))
    diagnose(nvim)
    nvim.keys(":Grok fix<CR>")
    fake.wait_for_events(3)
    nvim.keys("Go")
    on_screen(nvim, "-- INSERT --")  # which would take the place of a message that came first
    gate.open()
    on_screen(nvim, "Grok: warning")
    nvim.keys("jkgfdub G<CR>")
    until(lambda: text(nvim) == MAIN + "jkgfdub G\n\n", "not all keys arrived")
    # Both sentences that came at once, also when they are no longer on the screen.
    kept = nvim.lua("return vim.fn.execute('messages')")
    assert "set grok.model to choose a model yourself" in kept
    assert "raise grok.maxOutputTokens or select less" in kept


def test_a_message_that_comes_while_another_is_drawn_is_not_lost(start: StartNeovim, fake: FakeXaiThread) -> None:
    nvim = start(init=look("dark") + _MESSAGES, screen=(60, 20))
    # What Neovim is doing in the moment in which it would ask for ENTER, had the first message not said otherwise.
    nvim.lua("""
        local mode, echo = vim.api.nvim_get_mode, vim.api.nvim_echo
        vim.api.nvim_echo = function(...)
          vim.api.nvim_echo = echo
          vim.api.nvim_get_mode = function() return { mode = 'r', blocking = true } end
          require('grok.errors').notify('the second one')
          vim.api.nvim_get_mode = mode
          return echo(...)
        end
        require('grok.errors').notify(('the first one, which is long. '):rep(5))
    """)
    on_screen(nvim, "the first one", "the second one")


@pytest.mark.parametrize("words", ["short", "a long one " * 12])
def test_a_message_waits_until_the_command_line_is_left(start: StartNeovim, fake: FakeXaiThread, words: str) -> None:
    nvim = start(init=look("dark") + _MESSAGES, screen=(100, 24))
    nvim.keys(":let g:x = ")
    for number in (1, 2, 3):
        nvim.lua(f"vim.schedule(function() require('grok.errors').notify('{words} {number}') end)")
    nvim.keys("4")
    screen = on_screen(nvim, ":let g:x = 4")
    assert "grok: " not in plain(screen)
    nvim.keys("<CR>")
    screen = on_screen(nvim, *(f"{words} {number}"[-8:] for number in (1, 2, 3)))
    assert nvim.lua("return vim.g.x") == 4
    assert_goes_on(nvim, screen)


def assert_goes_on(nvim: Neovim, screen: str) -> None:
    """The editor waits for no answer: the next key does what it always does."""
    assert "Press ENTER" not in plain(screen)
    nvim.keys("Gox<Esc>")
    until(lambda: text(nvim) == MAIN + "x\n", "the next keys were taken for an answer")
