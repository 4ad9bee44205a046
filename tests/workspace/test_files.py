"""Where a document stands, also one that the editor shows by a URI of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grok_ls.workspace.files import WorkspaceFiles


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "my project"
    folder.mkdir()
    (folder / ".gitignore").write_text("private*.ipynb\n")
    for name in ("private.ipynb", "open.ipynb", ".env", "main.py"):
        (folder / name).write_text("x\n")
    (tmp_path / "outside.py").write_text("x\n")
    return folder


def files(root: Path) -> WorkspaceFiles[Any]:
    found: WorkspaceFiles[Any] = WorkspaceFiles(root / "config", lambda folder, allowed: None)
    found.set_roots((root,), ())
    return found


@pytest.mark.parametrize(
    ("uri", "sent"),
    [
        ("vscode-notebook-cell:{root}/private.ipynb#W0sZmlsZQ%3D%3D", False),
        ("vscode-notebook-cell:{root}/open.ipynb#W0sZmlsZQ%3D%3D", True),
        ("git:{root}/.env?%7B%22ref%22%3A%22HEAD%22%7D", False),
        ("git:{root}/main.py?ref=HEAD", True),
        ("untitled:{root}/.env", False),
        ("untitled:{root}/new.py", True),
        ("untitled:/elsewhere/.ssh/id_rsa", False),
        ("untitled:/elsewhere/notes.py", True),
        ("untitled:.env", False),
        ("{root}/.env", False),
        ("vscode-remote://ssh-remote+h{root}/.env", False),
        ("fugitive://{root}/.git//0/.env", False),
        ("git:{root}/../outside.py?ref=HEAD", False),
        ("vscode-notebook-cell:{root}/../outside.py#W0", False),
        ("untitled:Untitled-1", True),
        ("inmemory://model/1", True),
        ("jdt://contents/java.base/String.class", True),
    ],
)
def test_what_holds_for_a_file_holds_for_every_view_of_it(root: Path, uri: str, sent: bool) -> None:
    location = files(root).locate(None, uri.format(root=root.as_uri().removeprefix("file://")))
    assert (location.refusal is None) is sent
    assert location.relative == ""
