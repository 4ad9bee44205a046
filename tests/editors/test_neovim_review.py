"""Reviewing an edit of three hunks in a real Neovim: every choice gives exactly the text that it should."""

from __future__ import annotations

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


@pytest.mark.parametrize("keep", list(product((True, False), repeat=3)))
def test_every_subset_of_three_hunks_gives_its_text(
    keep: tuple[bool, ...], start: StartNeovim, fake: FakeXaiThread, workspace: Path
) -> None:
    nvim = in_review(start, fake, workspace)
    nvim.keys("gg")
    for left, decision in zip((2, 1, 0), keep, strict=True):
        # The cursor may stand on the hunk already; going round finds the first one in any case.
        nvim.keys("gg:Grok next<CR>:Grok previous<CR>" if left else "G:Grok next<CR>")
        nvim.command("Grok keep" if decision else "Grok discard")
        nvim.wait(f"require('grok.review').pending() == {left}")
    assert text(nvim) == with_hunks(keep)


def test_typing_during_a_review_survives_a_discard(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = in_review(start, fake, workspace)
    nvim.keys("ggO# mine<Esc>Go# end<Esc>")
    nvim.command("Grok discard all")
    nvim.wait("require('grok.review').pending() == 0")
    assert text(nvim) == f"# mine\n{BEFORE}# end\n"


def test_one_undo_takes_the_whole_edit_back(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = in_review(start, fake, workspace)
    nvim.keys("u")
    assert text(nvim) == BEFORE


_SELECT = """
_G.answers = {}
vim.ui.select = function(items, options, done)
  local number = table.remove(answers, 1)
  done(number and items[number], number)
end
"""


@pytest.mark.parametrize("keep", list(product((True, False), repeat=3)))
def test_every_subset_of_a_preview_gives_its_text(
    keep: tuple[bool, ...], start: StartNeovim, fake: FakeXaiThread, workspace: Path
) -> None:
    answers = ", ".join(["3", *("1" if decision else "2" for decision in keep)])
    nvim = begin(start, fake, workspace, "preview", init=_SELECT + f"answers = {{ {answers} }}\n")
    told = wait_for_end(nvim)
    assert text(nvim) == with_hunks(keep), told
    assert nvim.lua("return #answers") == 0


def test_a_declined_preview_changes_nothing(start: StartNeovim, fake: FakeXaiThread, workspace: Path) -> None:
    nvim = begin(start, fake, workspace, "preview", init=_SELECT)
    told = wait_for_end(nvim)
    assert text(nvim) == BEFORE
    assert told
