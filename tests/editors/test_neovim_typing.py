"""Typing while the model thinks, in a real Neovim with the real server: nothing typed is lost, no edit is made twice.

``GAMES=200 pytest -n0 -s --timeout 0 tests/editors/test_neovim_typing.py`` plays more of them; docs/edits.md has the numbers.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass

import pytest

from tests.editors.conftest import StartNeovim
from tests.editors.neovim import Neovim
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

_GAMES = int(os.environ.get("GAMES", "8"))
_LINES = 24
_ENDED = "#require('grok.jobs').list() == 0"


@dataclass(frozen=True)
class Game:
    """The model changes the lines ``edited`` (from 0), the user those in ``before`` and ``after`` the answer's end."""

    number: int
    edited: tuple[int, ...]
    before: tuple[tuple[int, bool], ...]
    after: tuple[tuple[int, bool], ...]

    @classmethod
    def drawn(cls, number: int) -> Game:
        chance = random.Random(number)

        def typing() -> tuple[tuple[int, bool], ...]:
            # From the last line up, so that opened lines move no other.
            lines = sorted(chance.sample(range(_LINES), chance.randint(0, 2)), reverse=True)
            return tuple((line, chance.random() < 0.5) for line in lines)

        edited = tuple(sorted(chance.sample(range(_LINES), chance.randint(1, 3))))
        return cls(number, edited, typing(), typing())

    @property
    def base(self) -> list[str]:
        return [f"value_{self.number}_{line} = {line}" for line in range(_LINES)]

    @property
    def answer(self) -> str:
        hunks = [f"@@ @@\n-{self.base[line]}\n+{self.base[line]} + {self.model(line)}" for line in self.edited]
        return "```diff\n--- a/main.py\n+++ b/main.py\n" + "\n".join(hunks) + "\n```\n"

    def model(self, line: int) -> str:
        return f"model_{line}_"

    def keys(self, typing: tuple[tuple[int, bool], ...], when: str) -> str:
        """In Vim's notation; lines are found by what stands in them, because others have moved them by then."""
        return "".join(
            f":call search('^value_{self.number}_{line} ', 'wc')<CR>{'o' if opens else 'A # '}typed_{when}_{line}_<Esc>"
            for line, opens in typing
        )

    @property
    def marks(self) -> list[str]:
        return [f"typed_{when}_{line}_" for when in ("before", "after") for line, _ in getattr(self, when)]

    @property
    def is_apart(self) -> bool:
        return not set(self.edited) & {line for line, _ in (*self.before, *self.after)}


def play(nvim: Neovim, fake: FakeXaiThread, game: Game) -> bool:
    """True if the model's edit went in. Fails if a typed mark is lost or doubled, or an edit is there in part or twice."""
    lines = ", ".join(f"'{line}'" for line in game.base)
    nvim.lua(f"vim.api.nvim_buf_set_lines(0, 0, -1, false, {{ {lines} }}) vim.api.nvim_win_set_cursor(0, {{ 1, 0 }})")
    nvim.lua(
        "vim.diagnostic.set(vim.api.nvim_create_namespace('lint'), 0, "
        "{ { lnum = 0, col = 0, end_col = 5, message = 'wrong', source = 'lint' } })"
    )
    gate = Gate()
    fake.script(answer(game.answer, hold_at=4, gate=gate))
    nvim.command("Grok fix")
    fake.wait_for_events(4, game.number + 1)
    if game.before:
        nvim.keys(game.keys(game.before, "before"))
    gate.open()
    if game.after:
        nvim.keys(game.keys(game.after, "after"))
    nvim.wait(_ENDED)
    text = nvim.text()
    evidence = f"{game}\n{text}\n{nvim.told()[-2:]}"
    assert [text.count(mark) for mark in game.marks] == [1] * len(game.marks), evidence
    made = {text.count(game.model(line)) for line in game.edited}
    assert made in ({0}, {1}), evidence
    kept = [line.split(" + ")[0].split(" # ")[0] for line in text.split("\n")]
    assert [line for line in kept if line.startswith("value_")] == game.base, evidence
    return made == {1}


def test_nothing_typed_is_lost_and_no_edit_is_made_twice(start: StartNeovim, fake: FakeXaiThread) -> None:
    nvim = start(settings={"retries": 0, "cache": {"enabled": False}, "budget": {"sessionTokens": 0}})
    went = {game: play(nvim, fake, game) for game in map(Game.drawn, range(_GAMES))}
    apart = [through for game, through in went.items() if game.is_apart]
    print(
        f"{len(went)} games, {sum(went.values())} edits went in; of {len(apart)} that touched other lines {sum(apart)}"
    )
    assert sum(apart) >= 0.95 * len(apart)
