"""The real server as a child process, an honest editor, and the fake xAI server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai

Start = Callable[..., Awaitable[Editor]]

MAIN = '''\
"""A small module."""


def area(width, height):
    """Of a rectangle."""
    return width + height


def volume(width, height, depth):
    return area(width, height) * depth
'''
FIX = """```diff
--- a/main.py
+++ b/main.py
@@ @@
 def area(width, height):
     \"\"\"Of a rectangle.\"\"\"
-    return width + height
+    return width * height
```
"""
FIXED = MAIN.replace("width + height", "width * height")


@pytest.fixture(params=["vscode", "neovim-0.11"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def start(tmp_path: Path, fake_xai: FakeXai, profile: str) -> AsyncIterator[Start]:
    """Start an editor with its own server; every one is stopped in the end, and its exit code looked at."""
    editors: list[Editor] = []

    async def make(root: Path | str | None = "workspace", **options: Any) -> Editor:
        editor = Editor(options.pop("profile", profile))
        environment = {"GROK_LS_DATA_DIR": str(tmp_path / "data"), **options.pop("environment", {})}
        folder = workspace(tmp_path) if root == "workspace" else root
        await editor.start(folder, base_url=fake_xai.url, environment=environment, **options)  # type: ignore[arg-type]
        editors.append(editor)
        return editor

    yield make
    for editor in editors:
        await editor.stop()


def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    root.mkdir(exist_ok=True)
    return root


@pytest_asyncio.fixture
async def editor(start: Start) -> Editor:
    return await start()


@pytest.fixture
def opened(editor: Editor, tmp_path: Path) -> str:
    """The URI of the open document with the bug."""
    path = workspace(tmp_path) / "main.py"
    path.write_text(MAIN)
    return editor.open(path, MAIN)
