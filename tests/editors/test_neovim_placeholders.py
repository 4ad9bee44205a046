"""What would be sent, in a real Neovim: which words stand for a secret is seen, also without the colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.conftest import MAIN, StartNeovim
from tests.editors.screen import Style, plain, runs
from tests.editors.test_neovim import diagnose
from tests.editors.test_neovim_screens import _LIGHT, Picture, look, on_screen, picture
from tests.fake_xai.threaded import FakeXaiThread

__all__ = ["picture"]

pytestmark = pytest.mark.editor

SECRET = "ghp_" + "Q7w8E9r0T1y2U3i4O5p6A7s8D9f0G1h2J3k4"
WITH_SECRET = MAIN.replace("print(", f'TOKEN = "{SECRET}"\nOWNER = "jane.doe@shop-of-jane.org"\nprint(')
MARKED = """(function()
  local found = {}
  for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
    if name == 'grok.placeholders' then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
        local row, column, details = mark[2], mark[3], mark[4]
        local text = vim.api.nvim_buf_get_text(0, row, column, details.end_row, details.end_col, {})[1]
        found[#found + 1] = details.hl_group .. ' ' .. text
      end
    end
  end
  return found
end)()"""


@pytest.mark.newest_too
def test_placeholders_of_a_preview_are_marked_wherever_they_stand(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path
) -> None:
    (workspace / "main.py").write_text(WITH_SECRET, encoding="utf-8")
    nvim = start()
    nvim.command("Grok preview explain")
    nvim.wait("vim.b.grok == 'page'")
    shown = nvim.text()
    assert SECRET not in shown
    marked = [each.removeprefix("GrokPlaceholder ") for each in nvim.lua(f"return {MARKED}")]
    words = sorted(set(marked))
    assert [word.rpartition("_")[0].rpartition("_")[0] for word in words] == ["GROKLS_EMAIL", "GROKLS_GITHUB_TOKEN"]
    # In the list above the request, and each time in it.
    assert len(marked) == sum(shown.count(word) for word in words) >= 4
    assert "- GitHub token (1): `GROKLS_GITHUB_TOKEN_" in shown
    assert nvim.lua("return vim.api.nvim_get_hl(0, { name = 'GrokPlaceholder' }).link") == "Substitute"


def test_a_preview_shows_its_placeholders_on_the_screen(
    start: StartNeovim, fake: FakeXaiThread, workspace: Path, picture: Picture
) -> None:
    (workspace / "main.py").write_text(WITH_SECRET, encoding="utf-8")
    nvim = start(init=look("light"), screen=(100, 28))
    diagnose(nvim)
    nvim.keys(":Grok preview fix<CR>")
    screen = on_screen(nvim, "Grok: what fix would send", "e-mail address (1)", "GitHub token (1)", "nothing was sent")
    assert "2 replaced" in plain(screen)
    (line,) = (line for line in screen.split("\n") if "e-mail address" in plain(line))
    papers = {text.strip(): style.paper for text, style in runs(line, Style()) if text.strip()}
    (word,) = (text for text in papers if text.startswith("GROKLS_EMAIL"))
    assert papers[word] != papers[next(text for text in papers if "e-mail address" in text)]
    nvim.keys("/TOKEN = <CR>:noh<CR>zz")
    screen = on_screen(nvim, "OWNER = ", "print(twice(2))")
    picture("neovim-placeholders", screen, 100, _LIGHT)
    assert fake.requests == []
