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


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "untitled:/elsewhere/notes.py", "git:{root}/main.py?ref=HEAD"])
def test_a_document_without_a_file_is_judged_by_its_text(root: Path, uri: str) -> None:
    uri = uri.format(root=root.as_uri().removeprefix("file://"))
    assert "binary" in str(files(root).locate(None, uri, "a\0b").refusal)
    assert files(root).locate(None, uri, "a").refusal is None


def test_a_link_out_of_the_workspace_is_no_action(root: Path, tmp_path: Path) -> None:
    action = "---\ntitle: Tidy\n---\nTidy {selection}.\n"
    (tmp_path / "diary.md").write_text(action)
    actions = root / ".grok" / "actions"
    actions.mkdir(parents=True)
    (root / "own.md").write_text(action)
    (actions / "own.md").symlink_to(root / "own.md")
    (actions / "diary.md").symlink_to(tmp_path / "diary.md")
    found, problems = files(root).custom_actions()
    assert [(each.name, each.origin) for each in found] == [("own", "workspace")]
    assert problems == ()


def test_a_folder_of_actions_outside_the_workspace_is_not_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions" / "diary.md").write_text("---\ntitle: Tidy\n---\nTidy {selection}.\n")
    (root / ".grok").mkdir()
    (root / ".grok" / "actions").symlink_to(tmp_path / "actions")
    assert files(root).custom_actions() == ((), ())
