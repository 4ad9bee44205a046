"""Cells of a notebook: each is edited by itself, and the others say what it uses."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.e2e.conftest import Start, workspace
from tests.fake_xai import FakeXai, Gate, answer

SECRET = "xai-" + "Q7w9Zk2LmN4pR8sT" * 5
IMPORTS = f'import pandas as pd\nfrom shop.prices import gross_total\n\nKEY = "{SECRET}"\n'
HELPERS = "%matplotlib inline\nrate = 2\n\ndef area(width, height):\n    return width * height\n"
NOTES = "# Volume of the area\nThe rate is two."
BROKEN = "frame = pd.DataFrame()\nvolume = area(2, 3) + gross_total([1], rate)"
LATER = "print(volume)\nunrelated = 1\n"
CELLS = [IMPORTS, HELPERS, NOTES, BROKEN, LATER]
FIX = (
    "```diff\n@@ @@\n-volume = area(2, 3) + gross_total([1], rate)\n+volume = area(2, 3) * gross_total([1], rate)\n```"
)


@pytest.fixture
def profile() -> str:
    """The only recorded editor that has notebooks."""
    return "vscode"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    root = workspace(tmp_path)
    (root / "shop").mkdir()
    (root / "shop" / "prices.py").write_text("def gross_total(items, rate):\n    return sum(items) * rate\n")
    return root / "plot.ipynb"


async def test_an_edit_of_a_cell_knows_the_other_cells_and_the_files_beside(
    start: Start, path: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    cells = editor.open_notebook(path, CELLS)
    fake_xai.default = answer(FIX)
    result = await editor.run("refactor", cells[3], BROKEN)
    assert result["status"] == "applied", result
    assert [editor.buffers[cell].text for cell in cells] == [*CELLS[:3], BROKEN.replace(") +", ") *"), LATER]
    prompt = fake_xai.requests[-1].prompt
    assert "plot.ipynb cell 1" in prompt
    assert "import pandas as pd" in prompt
    assert "plot.ipynb cell 2" in prompt
    assert "def area(width, height):" in prompt
    assert "rate = 2" in prompt
    assert "shop/prices.py" in prompt
    assert "unrelated" not in prompt
    assert "Volume of the area" not in prompt
    assert SECRET not in prompt


async def test_a_whole_refactoring_sees_which_cells_use_the_function(
    start: Start, path: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    cells = editor.open_notebook(path, CELLS)
    fake_xai.default = answer("It multiplies.")
    assert (await editor.run("explain", cells[1], "width * height"))["status"] == "explained"
    assert "volume = area(2, 3)" in fake_xai.requests[-1].prompt


async def test_typing_in_a_cell_while_the_model_thinks_is_kept(start: Start, path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    cells = editor.open_notebook(path, CELLS)
    gate = Gate()
    fake_xai.script(answer(FIX, hold_at=3, gate=gate))
    job = asyncio.ensure_future(editor.run("refactor", cells[3], "area(2, 3) +"))
    await fake_xai.wait_for_events(2)
    editor.type(cells[3], 0, 0, "# typed é😀\n")
    editor.type(cells[4], 0, 0, "# and here\n")
    gate.open()
    result = await job
    assert result["status"] == "applied", result
    assert editor.buffers[cells[3]].text == "# typed é😀\n" + BROKEN.replace(") +", ") *")
    assert editor.buffers[cells[4]].text == "# and here\n" + LATER


async def test_cells_are_counted_as_they_stand_now(start: Start, path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    cells = editor.open_notebook(path, CELLS)
    editor.delete_cell(path, 0, cells[0])
    fresh = editor.insert_cell(path, 0, "def area(width, height):\n    return 'the new one'\n")
    editor.delete_cell(path, 1, cells[1])
    fake_xai.default = answer("It multiplies.")
    assert (await editor.run("explain", cells[3], "area(2, 3)"))["status"] == "explained"
    prompt = fake_xai.requests[-1].prompt
    assert "plot.ipynb cell 1" in prompt
    assert "def area(width, height):" in prompt
    assert "import pandas" not in prompt
    assert (await editor.run("explain", fresh, "the new one"))["status"] == "explained"


@pytest.mark.parametrize("gone", ["cell", "notebook"])
async def test_what_is_closed_cancels_its_job(start: Start, path: Path, fake_xai: FakeXai, gone: str) -> None:
    editor = await start()
    cells = editor.open_notebook(path, CELLS)
    fake_xai.script(answer(FIX + "x" * 4000, hold_at=20, gate=Gate()))
    job = asyncio.ensure_future(editor.run("refactor", cells[3], "volume"))
    await fake_xai.wait_for_events(3)
    if gone == "cell":
        editor.delete_cell(path, 3, cells[3])
    else:
        editor.close_notebook(path)
    assert (await job)["status"] == "cancelled"


async def test_a_notebook_that_may_not_be_sent_says_so_in_each_cell(
    start: Start, path: Path, tmp_path: Path, fake_xai: FakeXai
) -> None:
    (workspace(tmp_path) / ".grokignore").write_text("*.ipynb\n")
    editor = await start()
    cells = editor.open_notebook(path, CELLS)
    result = await editor.run("refactor", cells[3], "area(2, 3) +")
    assert result["code"] == "excluded_file", result
    assert not fake_xai.requests


async def test_notebooks_are_announced_to_editors_that_have_them(start: Start) -> None:
    assert (await start()).announced.notebook_document_sync is not None
    assert (await start(profile="neovim-0.11")).announced.notebook_document_sync is None
