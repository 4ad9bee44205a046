import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from grok_ls.context.across import wanted
from grok_ls.context.callers import Thing
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.index.build import Progress, indexable
from grok_ls.index.workspace_index import WorkspaceIndex
from grok_ls.text import Source, Span

FILES = {
    "shop/prices.py": 'LIMIT = 10\n\n\ndef total(items):\n    """Sum of prices."""\n    return sum(items)\n',
    "shop/cart.py": "from shop.prices import total\n\n\nclass Cart:\n    def pay(self):\n        return total(1)\n",
    "web/app.ts": "export function render(name: string): string {\n  return name;\n}\n",
    "secret.py": "def total(items):\n    return 'not to be read'\n",
    "data.json": '{"a": {"b": 1}}\n',
}
# Its head, and its small body.
TOTAL = ['shop/prices.py:4: def total(items):\n    """Sum of prices."""', "shop/prices.py:6:     return sum(items)"]
CART = FILES["shop/cart.py"]


def database_in(folder: Path) -> Path:
    (database,) = (folder / "data" / "index").glob("*.sqlite3")
    return database


class Folder:
    """A workspace whose ``secret.py`` may not be read."""

    def __init__(self, root: Path, data: Path) -> None:
        self.root = root
        self.index = WorkspaceIndex(root, data, files=self.files, allowed=lambda path: path != "secret.py")

    def files(self) -> list[str]:
        found = [str(path.relative_to(self.root)) for path in sorted(self.root.rglob("*")) if path.is_file()]
        return [path for path in found if path != "secret.py"]

    async def used_by(self, text: str, path: str = "shop/cart.py") -> list[str]:
        language = language_of(path)
        assert language
        wants = wanted(Source(text, path), Span(0, len(text)), Syntax.parse(Source(text, path), language))
        return [f"{piece.path}:{piece.first_line}: {piece.text}" for piece in (await self.index.others(wants)).pieces]


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Folder]:
    root = tmp_path / "work"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    made = Folder(root, tmp_path / "data")
    yield made
    await made.index.aclose()


async def test_what_a_file_uses_is_found_in_other_files(folder: Folder) -> None:
    seen: list[Progress] = []
    await folder.index.build(seen.append)
    assert await folder.used_by(CART) == TOTAL
    assert seen[-1] == Progress(3, 3)
    assert (await folder.index.count())[0] == 3


async def test_saved_file_is_known_at_once(folder: Folder) -> None:
    await folder.index.build()
    (folder.root / "shop/prices.py").write_text("def total(items, tax):\n    return 0\n", "utf-8")
    await folder.index.update("shop/prices.py")
    assert await folder.used_by(CART) == ["shop/prices.py:1: def total(items, tax):", "shop/prices.py:2:     return 0"]


async def test_file_changed_behind_its_back_is_never_shown_by_old_lines(folder: Folder) -> None:
    await folder.index.build()
    (folder.root / "shop/prices.py").write_text("# moved\n\n\n\n\n\ndef total(a):\n    return 0\n", "utf-8")
    assert await folder.used_by(CART) == ["shop/prices.py:7: def total(a):", "shop/prices.py:8:     return 0"]


async def test_deleted_file_is_forgotten(folder: Folder) -> None:
    await folder.index.build()
    (folder.root / "shop/prices.py").unlink()
    assert await folder.used_by(CART) == []
    await folder.index.build()
    assert (await folder.index.count())[0] == 2


async def test_file_that_may_not_be_sent_is_never_read(folder: Folder) -> None:
    await folder.index.build()
    await folder.index.update("secret.py")
    assert all("secret" not in piece for piece in await folder.used_by("total(1)\n"))


async def test_unchanged_files_are_not_parsed_again(folder: Folder) -> None:
    await folder.index.build()
    first = await folder.index.count()
    os.utime(folder.root / "shop/prices.py")
    await folder.index.build()
    assert await folder.index.count() == first


async def test_text_that_comes_back_is_known_by_its_content(folder: Folder) -> None:
    await folder.index.build()
    path = folder.root / "shop/prices.py"
    old = path.read_text("utf-8")
    path.write_text("x = 1\n", "utf-8")
    await folder.index.update("shop/prices.py")
    path.write_text(old, "utf-8")
    await folder.index.update("shop/prices.py")
    assert await folder.used_by(CART) == TOTAL


async def test_broken_database_is_made_anew(folder: Folder, tmp_path: Path) -> None:
    await folder.index.build()
    await folder.index.aclose()
    database = database_in(tmp_path)
    database.write_bytes(b"no database at all" * 1000)
    for beside in database.parent.glob(f"{database.name}-*"):
        beside.unlink()
    await folder.index.build()
    assert await folder.used_by(CART) == TOTAL


async def test_index_of_an_older_layout_is_thrown_away(folder: Folder, tmp_path: Path) -> None:
    await folder.index.build()
    await folder.index.aclose()
    database = database_in(tmp_path)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert await folder.index.count() == (0, 0)


async def test_cancelled_build_leaves_no_process(folder: Folder) -> None:
    task = asyncio.ensure_future(folder.index.build())
    while folder.index._child is None:  # noqa: ASYNC110 (nothing to wait for: it is about to be set)
        await asyncio.sleep(0)
    child = folder.index._child
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert child.returncode is not None


async def test_file_names_are_bytes_to_the_system(folder: Folder) -> None:
    name = os.fsdecode(b"shop/na\xefve.py")
    try:
        (folder.root / name).write_text("def naive_total():\n    return 1\n", "utf-8")
    except OSError:
        pytest.fail("this test needs a file system that takes any name")
    await folder.index.build()
    assert (await folder.index.count())[0] == 3, "a name that is not text cannot be shown, and stops nothing"


def test_data_files_are_not_indexed() -> None:
    assert indexable("a/b.py")
    assert not indexable("a.json")
    assert not indexable("README")


async def test_who_uses_a_thing_is_found_in_other_files(folder: Folder) -> None:
    (folder.root / "secret_use.py").write_text("")
    await folder.index.build()
    thing = Thing("shop/prices.py", "python", "total", "", frozenset({"prices"}))
    found = (await folder.index.users(thing)).pieces
    assert [(piece.path, piece.text) for piece in found] == [
        ("shop/cart.py", "    def pay(self):\n        return total(1)")
    ]
    (folder.root / "shop/cart.py").write_text("def pay():\n    return 1\n", "utf-8")
    await folder.index.update("shop/cart.py")
    assert (await folder.index.users(thing)).pieces == ()


async def test_no_code_of_the_workspace_runs_while_it_is_indexed(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cloned repository may have a ``json.py`` of its own, and editors start the server in its folder."""
    for name in ("json.py", "sqlite3.py", "grok_ls.py"):
        (folder.root / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(folder.root)
    await folder.index.build()
    assert not (tmp_path / "ran").exists()
