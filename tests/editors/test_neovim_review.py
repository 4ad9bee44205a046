"""Reviewing an edit of three hunks in a real Neovim: every choice gives exactly the text that it should."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from tests.editors.conftest import StartNeovim
from tests.editors.neovim import Neovim
from tests.editors.test_neovim import text, wait_for_end
from tests.fake_xai import answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

BEFORE = """\
def first():
    return 1


def second():
    note = "é😀"
    return 2


def third():
    return 3
"""
DIFF = """\
```diff
--- a/main.py
+++ b/main.py
@@ -1,2 +1,3 @@
 def first():
-    return 1
+    one = 1
+    return one
@@ -5,3 +6,2 @@
 def second():
-    note = "é😀"
     return 2
@@ -10,2 +10,2 @@
 def third():
-    return 3
+    return 3 + 0
```
"""
HUNKS = (
    ("    return 1\n", "    one = 1\n    return one\n"),
    ('    note = "é😀"\n', ""),
    ("    return 3\n", "    return 3 + 0\n"),
)


def with_hunks(wanted: tuple[bool, ...]) -> str:
    expected = BEFORE
    for (old, new), keep in zip(HUNKS, wanted, strict=True):
        expected = expected.replace(old, new) if keep else expected
    return expected


SUBSETS = list(product((True, False), repeat=3))
AFTER = with_hunks((True, True, True))


def begin(start: StartNeovim, fake: FakeXaiThread, workspace: Path, review: str, init: str = "") -> Neovim:
    (workspace / "main.py").write_text(BEFORE, encoding="utf-8")
    fake.script(answer(DIFF))
    nvim = start(settings={"review": review}, init=init)
    nvim.command("%Grok refactor")
    return nvim


def in_review(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> Neovim:
    nvim = begin(start, fake, workspace, "lens")
    wait_for_end(nvim)
    nvim.wait("require('grok.review').pending() == 3")
    assert text(nvim) == AFTER
    return nvim


def again(nvim: Neovim) -> None:
    """The document as it was, and the same action once more: the answer comes from the cache."""
    nvim.lua("vim.api.nvim_buf_set_lines(0, 0, -1, false, before) told = {}")
    nvim.command("%Grok refactor")


REMEMBER = f"_G.before = vim.split({json.dumps(BEFORE.rstrip(), ensure_ascii=False)}, '\\n')\n"


@pytest.mark.newest_too
def test_every_subset_of_three_hunks_gives_its_text(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = begin(start, fake, workspace, "lens", init=REMEMBER)
    for keep in SUBSETS:
        told = wait_for_end(nvim)
        nvim.wait("require('grok.review').pending() == 3")
        assert text(nvim) == AFTER, told
        for left, decision in zip((2, 1, 0), keep, strict=True):
            nvim.command("1 | Grok next")
            nvim.command("Grok keep" if decision else "Grok discard")
            nvim.wait(f"require('grok.review').pending() == {left}")
        assert text(nvim) == with_hunks(keep)
        again(nvim)
    assert len(fake.requests) == 1


def test_typing_during_a_review_survives_a_discard(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = in_review(start, fake, workspace)
    nvim.keys("ggO# mine<Esc>Go# end<Esc>")
    nvim.wait("vim.fn.getline('$') == '# end' and vim.fn.mode() == 'n'")
    nvim.command("Grok discard all")
    nvim.wait("require('grok.review').pending() == 0")
    assert text(nvim) == f"# mine\n{BEFORE}# end\n"


@pytest.mark.newest_too
def test_one_undo_takes_the_whole_edit_back(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = in_review(start, fake, workspace)
    nvim.undo()
    assert text(nvim) == BEFORE


@pytest.mark.parametrize("decisions", [("discard",), ("discard", "keep", "discard"), ("discard all",)])
def test_one_undo_takes_a_reviewed_edit_back_discards_and_all(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path, decisions: tuple[str, ...]
) -> None:
    nvim = in_review(start, fake, workspace)
    for left, decision in zip((2, 1, 0), decisions, strict=False):
        nvim.command("1 | Grok next")
        nvim.command(f"Grok {decision}")
        nvim.wait(f"require('grok.review').pending() == {0 if 'all' in decision else left}")
    reviewed = text(nvim)
    nvim.undo()
    assert text(nvim) == BEFORE
    nvim.keys("<C-r>")
    nvim.wait(f"vim.fn.line('$') == {len(reviewed.splitlines())}")
    assert text(nvim) == reviewed


def test_a_discard_after_typing_is_an_undo_step_of_its_own(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path
) -> None:
    nvim = in_review(start, fake, workspace)
    nvim.keys("ggO# mine<Esc>")
    nvim.wait("vim.fn.getline(1) == '# mine' and vim.fn.mode() == 'n'")
    nvim.command("Grok discard all")
    nvim.wait("require('grok.review').pending() == 0")
    seen = [text(nvim)]
    for _ in range(3):
        nvim.undo()
        seen.append(text(nvim))
    assert seen == ["# mine\n" + BEFORE, "# mine\n" + AFTER, AFTER, BEFORE]


_SELECT = """
_G.answers = {}
vim.ui.select = function(items, options, done)
  local number = table.remove(answers, 1)
  done(number and items[number], number)
end
"""


def test_every_subset_of_a_preview_gives_its_text(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    choices = [number for keep in SUBSETS for number in (3, *(1 if decision else 2 for decision in keep))]
    init = f"{_SELECT}answers = vim.json.decode('{choices}')\n{REMEMBER}"
    nvim = begin(start, fake, workspace, "preview", init=init)
    for number, keep in enumerate(SUBSETS, start=1):
        told = wait_for_end(nvim)
        assert text(nvim) == with_hunks(keep), told
        assert nvim.lua("return #answers") == len(choices) - 4 * number
        if number < len(SUBSETS):
            again(nvim)


def test_a_declined_preview_changes_nothing(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = begin(start, fake, workspace, "preview", init=_SELECT)
    told = wait_for_end(nvim)
    assert text(nvim) == BEFORE
    assert told
