"""An edit on its way into the editor, as a model: editors of every kind, typing at every moment, and the real code between them.

What the user types and what the edit adds is marked. In the end every typed mark is in the editor's text once, no mark of the edit is there
twice, and an edit that was refused has left nothing.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from lsprotocol import types

from grok_ls.engine import Proposal
from grok_ls.errors import DocumentChanged, EditRejected
from grok_ls.server.applying import Applied, apply, rebased
from grok_ls.server.capabilities import Capabilities
from grok_ls.server.client import Client
from grok_ls.server.documents import Document
from grok_ls.text import Source
from tests.server.clockwork import Clockwork

MARK = re.compile(r"(?:user|model)\d+x")
# An editor that keeps to the protocol, whether or not its answer is true, or comes before the change.
HONEST = ("makes", "makes", "makes", "makes later", "makes and denies", "makes as the user types")
DISHONEST = ("drops", "refuses", "makes the first", "makes a half of each")
# What the sentence says where a part of the edit had to be left to the user.
LEFT = ("undo it in the editor", "look at line", "look at it")


@dataclass(frozen=True)
class Change:
    """Of one line of the base, by the user or the model. ``mark`` is what it writes."""

    line: int
    kind: str
    mark: str

    def made_in(self, text: str) -> str | None:
        """``text`` with it, ``None`` where the line is no longer there."""
        lines = text.split("\n")
        at = next((at for at, line in enumerate(lines) if line.split(" ")[:2] == ["line", str(self.line)]), None)
        if at is None:
            return None
        new = {
            "append": [f"{lines[at]} {self.mark}"],
            "insert": [lines[at], self.mark],
            "replace": [f"{self.mark} instead"],
            "delete": [],
        }[self.kind]
        return "\n".join([*lines[:at], *new, *lines[at + 1 :]])


def made_in(text: str, changes: Sequence[Change]) -> str:
    for change in changes:
        text = change.made_in(text) or text
    return text


@dataclass
class Editor:
    """A client whose text is ahead of what the server knows: ``lag_s`` is how late the server hears of a change."""

    document: Document
    rng: random.Random
    # What it does with its edits, one after the other; further ones it makes.
    habits: list[str]
    # What it says of an edit that was made for an older text: Neovim that it made it.
    stale: bool
    can: Capabilities = field(default_factory=lambda: Capabilities(apply_edit=True, document_changes=True))
    text: str = ""
    version: int = 1
    typed: list[Change] = field(default_factory=list)
    waiting: list[Change] = field(default_factory=list)
    _heard_s: float = 0.0

    def __post_init__(self) -> None:
        self.text = self.document.source.text

    def becomes(self, text: str) -> None:
        self.text, self.version = text, self.version + 1
        loop = asyncio.get_running_loop()
        # Never two at one time: of those a loop may take the later one first.
        self._heard_s = max(self._heard_s + 1e-6, loop.time() + self.rng.choice([0.0, 0.01, 0.15]))
        loop.call_at(self._heard_s, self.document.update, Source(text), self.version)

    def type(self) -> None:
        """The next of what the user types, if there still is where."""
        if self.waiting:
            change = self.waiting.pop(0)
            if (text := change.made_in(self.text)) is not None:
                self.typed.append(change)
                self.becomes(text)

    async def apply_edit(
        self, label: str, edit: types.WorkspaceEdit, *, asks: bool = False
    ) -> types.ApplyWorkspaceEditResult:
        del label, asks
        (change,) = edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        await asyncio.sleep(self.rng.choice([0.0, 0.02, 0.3]))
        habit = self.habits.pop(0) if self.habits else "makes"
        edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
        if habit == "makes the first":
            edits = edits[: (len(edits) + 1) // 2]
        elif habit == "makes a half of each":
            edits = [types.TextEdit(each.range, each.new_text[: (len(each.new_text) + 1) // 2]) for each in edits]
        made = partial(self._make, change.text_document.version, edits)
        if habit in ("drops", "refuses"):
            return types.ApplyWorkspaceEditResult(applied=habit == "drops")
        if habit == "makes later":
            asyncio.get_running_loop().call_later(self.rng.choice([0.01, 0.3, 2.0]), made)
            return types.ApplyWorkspaceEditResult(applied=True)
        if not made():
            return types.ApplyWorkspaceEditResult(applied=self.stale)
        if habit == "makes as the user types":
            self.type()
        return types.ApplyWorkspaceEditResult(applied=habit != "makes and denies")

    def _make(self, version: int | None, edits: Sequence[types.TextEdit]) -> bool:
        if version != self.version:
            return False
        source, text = Source(self.text), self.text
        for each in reversed(edits):
            start = source.offset_at(each.range.start.line, each.range.start.character, "utf-16")
            end = source.offset_at(each.range.end.line, each.range.end.character, "utf-16")
            text = text[:start] + each.new_text + text[end:]
        self.becomes(text)
        return True


@dataclass(frozen=True)
class Game:
    """``apart``: user and model changed different lines, in an editor that does as the protocol says. ``went``: the edit went in."""

    apart: bool
    went: bool
    said: str


def changes_of(rng: random.Random, count: int, name: str, most: int) -> list[Change]:
    lines = rng.sample(range(count), min(count, rng.randrange(1, most)))
    kinds = ["append", "insert", "replace", "delete"] if name == "model" else ["append", "append", "insert"]
    return [Change(line, rng.choice(kinds), f"{name}{line}x") for line in lines]


def play(seed: int, loop: asyncio.AbstractEventLoop) -> Game:
    rng = random.Random(seed)
    base = "".join(f"line {number}\n" for number in range(rng.randrange(1, 25)))
    count = base.count("\n")
    edit = changes_of(rng, count, "model", 6)
    habits = [rng.choice(HONEST)] if rng.random() < 0.7 else [rng.choice(DISHONEST)]
    document = Document("file:///a.py", "python", 1, Source(base))
    editor = Editor(document, rng, list(habits), stale=rng.random() < 0.5)
    editor.waiting = changes_of(rng, count, "user", rng.choice([2, 4, 12]))
    said = loop.run_until_complete(_played(rng, editor, Proposal(base, made_in(base, edit))))
    _judged(seed, base, edit, editor, said)
    apart = {change.line for change in edit}.isdisjoint(change.line for change in (*editor.typed, *editor.waiting))
    return Game(apart and habits[0] in HONEST, not said, said)


async def _played(rng: random.Random, editor: Editor, proposal: Proposal) -> str:
    """What was said of the edit; nothing if it went in."""
    loop = asyncio.get_running_loop()
    for _ in editor.waiting:
        # Before the model's answer, while the edit is on its way, and afterwards.
        loop.call_later(rng.uniform(0.0, rng.choice([1.0, 1.5, 9.0])), editor.type)
    await asyncio.sleep(1.0)
    try:
        made = await apply(
            cast(Client, editor), editor.document, partial(rebased, proposal), label="Grok", encoding="utf-16"
        )
        assert isinstance(made, Applied) or proposal.text == proposal.base
        return ""
    except (DocumentChanged, EditRejected) as error:
        return error.message
    finally:
        await asyncio.sleep(30.0)


def _judged(seed: int, base: str, edit: Sequence[Change], editor: Editor, said: str) -> None:
    told = f"seed {seed}: {said}\n{editor.text}"
    marks = Counter(MARK.findall(editor.text))
    assert editor.document.source.text == editor.text, told
    assert [change.mark for change in editor.typed if marks[change.mark] != 1] == [], told
    assert [change.mark for change in edit if marks[change.mark] > 1] == [], told
    if said and not any(words in said for words in LEFT):
        assert editor.text == made_in(base, editor.typed), told
    elif not said:
        assert [change.mark for change in edit if change.kind != "delete" and not marks[change.mark]] == [], told


def test_typing_and_edits_that_meet_lose_nothing_and_nothing_is_made_twice() -> None:
    loop = Clockwork()
    try:
        games = [play(seed, loop) for seed in range(800)]
    finally:
        loop.close()
    apart = [game.went for game in games if game.apart]
    assert len(apart) > 200
    assert sum(apart) >= 0.95 * len(apart)
    # All endings were seen.
    assert len({game.said for game in games}) > 4
