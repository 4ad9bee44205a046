"""What Neovim makes of the edits that the server sends: hundreds of random ones, byte for byte."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from lsprotocol.converters import get_converter

from grok_ls.edits import smallest
from grok_ls.server.convert import text_edits
from grok_ls.text import Encoding, Source
from tests.editors.neovim import Neovim

pytestmark = pytest.mark.editor

_CASES = 150
_WORDS = ("a", "b", "\t", " ", "é", "😀", "e\u0301", "x = 1", "def f():", "\u2028", "\x0c", "日本", "")
_APPLY = """
local cases, told = vim.json.decode(table.concat(vim.fn.readfile(vim.env.CASES), '\\n')), {}
for number, case in ipairs(cases) do
  vim.cmd.edit(case.path)
  local bufnr = vim.api.nvim_get_current_buf()
  local edit = { documentChanges = { { textDocument = { uri = vim.uri_from_bufnr(bufnr), version = 0 }, edits = case.edits } } }
  vim.lsp.util.apply_workspace_edit(edit, case.encoding)
  vim.cmd('silent write! | bwipeout!')
end
"""


def some_text(chance: random.Random, end: str) -> str:
    lines = ["".join(chance.choices(_WORDS, k=chance.randint(0, 4))) for _ in range(chance.randint(1, 9))]
    return end.join(lines) + end * chance.randint(0, 1)


def changed(chance: random.Random, text: str, end: str) -> str:
    lines = text.split(end)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                lines.insert(at, "".join(chance.choices(_WORDS, k=3)))
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at] += chance.choice(_WORDS)
            case _:
                lines[at] = lines[at][1:]
    return end.join(lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_random_edits_come_out_as_the_server_meant_them(encoding: Encoding, tmp_path: Path) -> None:
    chance, converter = random.Random(f"edits {encoding}"), get_converter()
    workspace = tmp_path / "project"
    workspace.mkdir()
    cases: list[dict[str, Any]] = []
    wanted: list[str] = []
    while len(cases) < _CASES:
        end = chance.choice(("\n", "\n", "\r\n"))
        old = some_text(chance, end)
        new = changed(chance, old, end)
        # An edit keeps the end of the file as it was: so says the engine, and Neovim has it in an option, not in the text.
        # Nor can Neovim have a file without a line, or tell "\r\n" from "\n" in one of a single line.
        if old == new or old.endswith(end) != new.endswith(end) or not (end in old.strip() and end in new.strip()):
            continue
        path = workspace / f"{len(cases)}.txt"
        path.write_bytes(old.encode())
        source = Source(old)
        edits = converter.unstructure(text_edits(source, smallest(old, new), encoding))
        cases.append({"path": str(path), "edits": edits, "encoding": encoding})
        wanted.append(new)
    (tmp_path / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    init = "vim.o.fixendofline = false\n"
    with Neovim(tmp_path / "home", workspace, init, env={"CASES": str(tmp_path / "cases.json")}) as nvim:
        nvim.lua(_APPLY)
    for case, new in zip(cases, wanted, strict=True):
        assert Path(case["path"]).read_bytes().decode() == new, case
