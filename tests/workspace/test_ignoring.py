"""Ignore files above the workspace folder, of folders in one another, and without any folder."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

import pytest

from grok_ls.workspace.exclude import Exclusions
from grok_ls.workspace.files import WorkspaceFiles
from grok_ls.workspace.ignoring import IGNORE_FILES

ACTION = "---\ntitle: Tidy\n---\nTidy {selection}.\n"


def put(path: Path, text: str = "x = 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    return tmp_path / "repository"


@pytest.mark.parametrize("name", IGNORE_FILES)
def test_a_part_of_a_repository_has_the_ignore_files_above_it(repository: Path, name: str) -> None:
    put(repository / name, "private.py\n/services/web/made/\n")
    root = repository / "services" / "web"
    checked = Exclusions([root])
    said = checked.reason(put(root / "private.py"), opened=True)
    assert f"../../{name} names it" in str(said)
    assert str(repository) not in str(said)
    assert checked.reason(put(root / "made" / "a.py"), opened=False)
    assert checked.reason(put(root / "a.py"), opened=True) is None


def test_a_workspace_folder_that_its_repository_ignores_is_not_sent(repository: Path) -> None:
    put(repository / ".gitignore", "build/\n")
    assert Exclusions([repository / "build"]).reason(put(repository / "build" / "a.py"), opened=True)


def test_what_is_above_the_repository_says_nothing(repository: Path) -> None:
    put(repository.parent / ".gitignore", "*\n")
    assert Exclusions([repository]).reason(put(repository / "a.py"), opened=True) is None


def test_an_ignore_file_above_counts_as_soon_as_it_is_there(repository: Path) -> None:
    root = repository / "part"
    path = put(root / "a.py")
    os.utime(repository, (1_000_000, 1_000_000))
    checked = Exclusions([root])
    assert checked.reason(path, opened=True) is None
    put(repository / ".grokignore", "a.py\n")
    assert checked.reason(path, opened=True)
    (repository / ".grokignore").unlink()
    assert checked.reason(path, opened=True) is None


@pytest.mark.parametrize("order", list(itertools.permutations((0, 1, 2))))
def test_folders_in_one_another_hold_together_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    roots = [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    put(tmp_path / ".grokignore", "one.py\n")
    put(tmp_path / "a" / ".gitignore", "two.py\n")
    inner = roots[2]
    checked = Exclusions([roots[place] for place in order], ["a/b/three.py"])
    for name in ("one.py", "two.py", "three.py"):
        assert checked.reason(put(inner / name), opened=True), name
    assert checked.reason(put(inner / "four.py"), opened=True) is None


@pytest.mark.parametrize("inner_first", [True, False])
def test_a_path_is_relative_to_the_innermost_folder(tmp_path: Path, inner_first: bool) -> None:
    found: WorkspaceFiles[Any] = WorkspaceFiles(tmp_path / "config", lambda folder, allowed: None)
    roots = (tmp_path / "a", tmp_path)
    found.set_roots(roots if inner_first else roots[::-1], ())
    path = put(tmp_path / "a" / "b" / "c.py")
    assert found.locate(path, path.as_uri()).relative == "b/c.py"


@pytest.mark.parametrize("setting", ["secret/**", "docs/secret/a.py", "/docs/secret/", "*.py"])
def test_without_a_folder_the_users_patterns_count(tmp_path: Path, setting: str) -> None:
    path = put(tmp_path / "docs" / "secret" / "a.py")
    assert "grok.privacy.exclude" in str(Exclusions([], [setting]).reason(path, opened=True))


def test_without_a_folder_the_repositorys_ignore_files_count(repository: Path) -> None:
    put(repository / ".gitignore", "made/\n")
    put(repository / "src" / ".grokignore", "b.py\n")
    checked = Exclusions([])
    assert "../../.gitignore" in str(checked.reason(put(repository / "src" / "made" / "a.py"), opened=True))
    assert checked.reason(put(repository / "src" / "b.py"), opened=True)
    assert checked.reason(put(repository / "src" / "c.py"), opened=True) is None


def test_without_folder_and_repository_the_ignore_files_beside_it_count(tmp_path: Path) -> None:
    put(tmp_path / ".grokignore", "*\n")
    put(tmp_path / "notes" / ".aiexclude", "diary.md\n")
    checked = Exclusions([])
    assert checked.reason(put(tmp_path / "notes" / "diary.md"), opened=True)
    assert checked.reason(put(tmp_path / "notes" / "todo.md"), opened=True) is None


@pytest.mark.parametrize("name", [".git/config", "part/.git/config", ".git/COMMIT_EDITMSG", ".GIT/config"])
def test_a_repositorys_own_folder_is_never_sent(repository: Path, name: str) -> None:
    path = put(repository / name, "[core]\n")
    assert ".git" in str(Exclusions([repository]).reason(path, opened=True))
    assert ".git" in str(Exclusions([]).reason(path, opened=True))


def test_another_view_of_an_ignored_file_is_not_sent_without_a_folder(repository: Path) -> None:
    put(repository / ".gitignore", "private.py\n")
    path = put(repository / "private.py")
    found: WorkspaceFiles[Any] = WorkspaceFiles(repository / "config", lambda folder, allowed: None)
    assert found.locate(None, f"git:{path.as_posix()}?HEAD").refusal


@pytest.mark.parametrize("where", [".gitignore", "setting"])
def test_a_pattern_that_is_none_takes_no_other_with_it(repository: Path, where: str) -> None:
    lines = ["[", "bad\\", "x[", "!", "/", "private.py"]
    if where == ".gitignore":
        put(repository / where, "\n".join(lines))
    checked = Exclusions([repository], lines if where == "setting" else [])
    assert checked.reason(put(repository / "private.py"), opened=True)
    assert checked.reason(put(repository / "a.py"), opened=True) is None


@pytest.mark.parametrize(
    ("pattern", "name", "sent"),
    [
        ("*a" * 12 + "b", "a" * 200, True),
        ("*a" * 12 + "b", "a" * 200 + "b", False),
        ("x/" + "*a" * 12 + "b/" + "*a" * 12 + "b", "x/" + "a" * 200 + "/" + "a" * 200, True),
        ("**/a/" * 10 + "b", "a/" * 200 + "c", True),
        ("**/a/" * 10 + "b", "a/" * 200 + "b", False),
        ("# " + "*a" * 12, "a.py", True),
        ("*.py\n!" + "*a" * 12, "a" * 30 + ".py", False),
        ("*one*two*.py", "x-one-two.py", False),
        ("*one*two*.py", "x-two-one.py", True),
        ("**/src/**/*.gen.*", "src/a/b.gen.py", False),
    ],
)  # fmt: skip
def test_a_pattern_of_a_repository_takes_no_time(tmp_path: Path, pattern: str, name: str, sent: bool) -> None:
    put(tmp_path / ".gitignore", pattern + "\n")
    assert (Exclusions([tmp_path]).reason(tmp_path / name, opened=True) is None) is sent


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_an_ignore_file_that_cannot_be_read_excludes_everything(repository: Path, kind: str) -> None:
    ignore = repository / "sub" / ".gitignore"
    ignore.parent.mkdir()
    if kind == "folder":
        ignore.mkdir()
    elif kind == "pipe":
        os.mkfifo(ignore)
    else:
        ignore.symlink_to("/dev/zero")
    assert Exclusions([repository]).reason(put(repository / "sub" / "a.py"), opened=True)


# -- links ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["private/a.py", ".env", "made.py", "chain", "folder/a.py", ".git/config"])
def test_a_link_to_what_is_never_sent_is_not_followed(repository: Path, target: str) -> None:
    put(repository / ".gitignore", "private/\nmade.py\n")
    for name in ("private/a.py", ".env", "made.py", ".git/config"):
        put(repository / name)
    (repository / "folder").symlink_to(repository / "private")
    (repository / "second").symlink_to(repository / "made.py")
    (repository / "chain").symlink_to("second")
    link = repository / "link.py"
    link.symlink_to(repository / target)
    for roots in ([repository], []):
        assert Exclusions(roots).reason(link, opened=True)


def test_a_link_whose_own_name_is_excluded_is_not_followed(repository: Path) -> None:
    put(repository / ".grokignore", "link.py\n/away\n")
    put(repository / "src" / "a.py")
    (repository / "link.py").symlink_to(repository / "src" / "a.py")
    (repository / "away").symlink_to(repository / "src")
    assert Exclusions([repository]).reason(repository / "link.py", opened=True)
    assert Exclusions([repository]).reason(repository / "away" / "a.py", opened=True)
    assert Exclusions([repository]).reason(repository / "src" / "a.py", opened=True) is None


def test_a_circle_of_links_is_answered(repository: Path) -> None:
    (repository / "a.py").symlink_to("b.py")
    (repository / "b.py").symlink_to("a.py")
    (repository / "loop").symlink_to(".")
    put(repository / "c.py")
    checked = Exclusions([repository])
    checked.reason(repository / "a.py", opened=True)
    assert checked.reason(repository / "loop" / "loop" / "c.py", opened=True) is None


def actions(root: Path) -> WorkspaceFiles[Any]:
    found: WorkspaceFiles[Any] = WorkspaceFiles(root / "config", lambda folder, allowed: None)
    found.set_roots((root,), ())
    return found


@pytest.mark.parametrize("target", [".env", "private/notes.md", "folder/notes.md", "chain", "loop"])
def test_an_action_that_is_a_link_to_what_is_never_sent_is_none(repository: Path, target: str) -> None:
    put(repository / ".gitignore", "private/\n.grok/\n")
    put(repository / ".env", ACTION)
    put(repository / "private" / "notes.md", ACTION)
    (repository / "folder").symlink_to("private")
    (repository / "chain").symlink_to("private/notes.md")
    (repository / "loop").symlink_to("loop")
    # The user's own actions may well be ignored by git: they are no link.
    put(repository / ".grok" / "actions" / "own.md", ACTION)
    (repository / ".grok" / "actions" / "link.md").symlink_to(repository / target)
    assert [action.name for action in actions(repository).custom_actions()[0]] == ["own"]


def test_a_folder_of_actions_that_is_a_link_into_an_ignored_one_is_not_read(repository: Path) -> None:
    put(repository / ".grokignore", "private/\n")
    put(repository / "private" / "actions" / "a.md", ACTION)
    (repository / ".grok").symlink_to("private")
    assert actions(repository).custom_actions() == ((), ())


def test_an_action_goes_when_what_its_link_leads_to_is_excluded(repository: Path) -> None:
    put(repository / "shared" / "a.md", ACTION)
    put(repository / ".grok" / "actions" / "b.md", ACTION)
    (repository / ".grok" / "actions" / "a.md").symlink_to(repository / "shared" / "a.md")
    found = actions(repository)
    assert [action.name for action in found.custom_actions()[0]] == ["a", "b"]
    put(repository / ".grokignore", "shared/\n")
    assert [action.name for action in found.custom_actions()[0]] == ["b"]
    (repository / ".grokignore").unlink()
    assert [action.name for action in found.custom_actions()[0]] == ["a", "b"]
