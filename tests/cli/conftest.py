"""A repository with a bug, and the command line in this process or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fake_xai import FakeXaiThread

APP = '''\
"""A small module."""


def area(width, height):
    """Of a rectangle."""
    return width + height
'''
FIXED = APP.replace("width + height", "width * height")
FIX = """```diff
--- a/app.py
+++ b/app.py
@@ @@
 def area(width, height):
     \"\"\"Of a rectangle.\"\"\"
-    return width + height
+    return width * height
```
"""
KEY = "xai-" + "Test0" * 16


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a git repository in which ``app.py`` is committed."""
    root = tmp_path / "repository"
    root.mkdir()
    (root / "app.py").write_text(APP)
    monkeypatch.chdir(root)
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "Begin"]):
        git(*command)
    return root


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=Dev", "-c", "user.email=dev@example.org", "-c", "core.hooksPath=/dev/null")
    return subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def environment(
    tmp_path: Path, fake_xai_thread: FakeXaiThread, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[str, str]]:
    """Sets the variables of a user with a key, in this process too; gives them for a child's."""
    monkeypatch.setenv("GROK_LS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GROK_LS_BASE_URL", fake_xai_thread.url)
    monkeypatch.setenv("XAI_API_KEY", KEY)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return lambda: dict(os.environ)
