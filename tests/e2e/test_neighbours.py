"""What other files of the workspace say goes along, redacted, and only what may be sent."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Start, workspace
from tests.fake_xai import FakeXai, answer

MAIN = "from shop.prices import gross_total\n\n\ndef bill(items):\n    return gross_total(items, 2)\n"
SECRET = "xai-" + "Q7w9Zk2LmN4pR8sT" * 5
PRICES = f'''KEY = "{SECRET}"


def gross_total(items, rate):
    """With tax, of https://user:{SECRET[4:20]}@shop.example/api."""
    return sum(items) * rate
'''


def filled(root: Path, many: int = 0) -> Path:
    (root / "shop").mkdir()
    (root / "shop" / "prices.py").write_text(PRICES)
    (root / "shop" / "hidden.py").write_text("def gross_total(items, rate):\n    return 'hidden'\n")
    (root / ".grokignore").write_text("hidden.py\n")
    for number in range(many):
        (root / f"filler_{number}.py").write_text(f"def filler_{number}():\n    return {number}\n")
    return root


async def sent(start: Start, fake_xai: FakeXai, root: Path | None, path: Path) -> str:
    editor = await start(root)
    fake_xai.default = answer("It adds.")
    uri = editor.open(path, MAIN)
    result = await editor.run("explain", uri, "gross_total(items, 2)")
    assert result["status"] == "explained", result
    return str(fake_xai.requests[-1].prompt)


async def test_definitions_of_other_files_go_along_without_their_secrets(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = filled(workspace(tmp_path))
    text = await sent(start, fake_xai, root, root / "main.py")
    assert "shop/prices.py" in text
    assert "def gross_total(items, rate):" in text
    assert "hidden" not in text
    assert SECRET not in text
    assert SECRET[4:20] not in text


async def test_a_large_workspace_is_quoted_from_its_index(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    root = filled(workspace(tmp_path), many=250)
    editor = await start(root)
    fake_xai.default = answer("It adds.")
    uri = editor.open(root / "main.py", MAIN)
    for _ in range(40):
        result = await editor.run("explain", uri, "gross_total(items, 2)")
        assert result["status"] == "explained", result
        if "def gross_total(items, rate):" in fake_xai.requests[-1].prompt:
            break
        editor.type(uri, 0, 0, "#\n")
    assert "def gross_total(items, rate):" in fake_xai.requests[-1].prompt
    assert "hidden" not in fake_xai.requests[-1].prompt
    assert list((tmp_path / "data" / "index").glob("*.sqlite3"))


async def test_without_a_workspace_folder_no_other_file_is_sent(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = filled(workspace(tmp_path))
    text = await sent(start, fake_xai, None, root / "main.py")
    assert "def bill" in text
    assert "def gross_total" not in text
