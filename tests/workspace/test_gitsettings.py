"""git's own ignore files, read without git, and held against what git says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from grok_ls.workspace.exclude import Exclusions
from grok_ls.workspace.gitsettings import entries


def put(path: Path, text: str = "x = 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def git(*arguments: str, home: Path) -> str:
    return subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"},
    ).stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / ".git" / "info").mkdir(parents=True)
    put(folder / "a.py")
    return folder


def reason(root: Path, path: Path, home: Path, **environment: str) -> str | None:
    given = {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", **environment}
    return Exclusions([root], (), given).reason(path, opened=True)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".config/git/ignore", None),
        ("xdg/git/ignore", None),
        ("mine", "[core]\n\texcludesFile = ~/mine\n"),
        ("mine", "[CORE] ExcludesFile=~/mine # my own\n"),
        ("mine", '[core]\n  excludesfile = "~/mine" ; my own\n'),
        ("a mine", '[core]\n  excludesfile = "~/a mine"\n'),
        ("mine", "[core]\n  excludesfile = ~/mi\\\nne\n"),
        ("mine", "[include]\n\tpath = other\n"),
        ("mine", '[includeIf "gitdir:~/sources/"]\n\tpath = ~/other\n'),
    ],
)
def test_the_users_list_for_all_repositories_counts(home: Path, repository: Path, file: str, text: str | None) -> None:
    put(home / "other", "[core]\n\texcludesFile = ~/mine\n")
    if text is not None:
        put(home / ".gitconfig", text)
    assert reason(repository, repository / "a.py", home, XDG_CONFIG_HOME=str(home / file.split("/")[0])) is None
    put(home / file, "a.py\n")
    xdg = {"XDG_CONFIG_HOME": str(home / "xdg")} if file.startswith("xdg") else {}
    assert "core.excludesFile" in str(reason(repository, repository / "a.py", home, **xdg))


def test_a_changed_list_counts_at_once(home: Path, repository: Path) -> None:
    exclusions = Exclusions([repository], (), {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"})
    path = repository / "a.py"
    assert exclusions.reason(path, opened=True) is None
    put(home / "mine", "a.py\n")
    put(home / ".gitconfig", "[core]\n\texcludesFile = ~/mine\n")
    assert exclusions.reason(path, opened=True)
    put(home / "mine", "b.py\n")
    assert exclusions.reason(path, opened=True) is None
    put(repository / ".git" / "info" / "exclude", "a.py\n")
    assert exclusions.reason(path, opened=True)
    (repository / ".git" / "info" / "exclude").unlink()
    assert exclusions.reason(path, opened=True) is None


def test_a_worktree_has_the_list_of_its_repository(home: Path, tmp_path: Path) -> None:
    main, tree = tmp_path / "main", tmp_path / "tree"
    git("init", "-q", str(main), home=home)
    git("-C", str(main), "commit", "-q", "--allow-empty", "-m", "first", home=home)
    git("-C", str(main), "worktree", "add", "-q", str(tree), home=home)
    path = put(tree / "a.py")
    assert reason(tree, path, home) is None
    put(main / ".git" / "info" / "exclude", "a.py\n")
    assert ".git/info/exclude" in str(reason(tree, path, home))


def test_a_repositorys_settings_can_only_exclude_more(home: Path, repository: Path, tmp_path: Path) -> None:
    put(home / ".config" / "git" / "ignore", "a.py\n")
    put(repository / "nothing", "")
    put(repository / "own", "b.py\n")
    put(repository / "b.py")
    put(repository / ".git" / "config", "[core]\n\texcludesFile = nothing\n\texcludesFile = own\n")
    assert reason(repository, repository / "a.py", home)
    assert reason(repository, repository / "b.py", home)


def test_a_repository_does_not_choose_what_is_opened_elsewhere(
    home: Path, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "elsewhere", "a.py\n")
    put(tmp_path / "included", "[core]\n\texcludesFile = own\n")
    put(repository / "own", "a.py\n")
    put(
        repository / ".git" / "config",
        f"[core]\n\texcludesFile = {tmp_path}/elsewhere\n\texcludesFile = //server/share/x\n"
        f"\texcludesFile = \\\\\\\\server\\\\share\n[include]\n\tpath = {tmp_path}/included\n",
    )
    asked: list[str] = []
    real = os.stat
    monkeypatch.setattr(os, "stat", lambda path, **more: asked.append(str(path)) or real(path, **more))
    assert reason(repository, repository / "a.py", home) is None
    assert not [path for path in asked if "server" in path or path.endswith(("elsewhere", "included"))]


@pytest.mark.parametrize(
    "link", ["gitdir: //server/share\n", "gitdir: \\\\server\\share\n", "gitdir: nowhere\n", "x", ""]
)
def test_a_git_file_that_leads_nowhere_excludes_nothing(home: Path, tmp_path: Path, link: str) -> None:
    put(tmp_path / "tree" / ".git", link)
    path = put(tmp_path / "tree" / "a.py")
    assert reason(tmp_path / "tree", path, home) is None


def test_a_list_that_is_a_pipe_is_not_waited_for(home: Path, repository: Path) -> None:
    os.mkfifo(home / "mine")
    put(home / ".gitconfig", "[core]\n\texcludesFile = ~/mine\n")
    assert reason(repository, repository / "a.py", home)


@pytest.mark.parametrize(
    "text",
    [
        "[core]\n\texcludesFile = /a/b\n",
        "[core]excludesfile=/a/b\n",
        "[core]\n\texcludesFile = /a b/c   \n",
        '[core]\n\texcludesFile = "/a b/c "   # x\n',
        '[core]\n\texcludesFile = /a" b "c ; x\n',
        "[core]\n\texcludesFile = /a\\\\b\\tc\n",
        "[core]\n\texcludesFile = /a\\\n/b\n",
        '[core]\n\texcludesFile = "/a#b;c"\n',
        "# [core]\n[Core]\n; excludesFile = /no\n\tEXCLUDESFILE = /a\n[other]\nexcludesFile = /b\n",
        '[core "sub"]\n\texcludesFile = /no\n[core]\n\tbare\n\texcludesFile = /a\n\texcludesFile = /b\n',
        "[core]\r\n\texcludesFile = /a/b\r\n",
        "\ufeff[core]\n\texcludesFile = /a\n",
        "[core]\n\texcludesFile =\n",
    ],
)
def test_settings_are_read_as_git_reads_them(home: Path, text: str) -> None:
    file = home / "config"
    file.write_bytes(text.encode())
    said = git("config", "--file", str(file), "--null", "--get-all", "core.excludesFile", home=home).split("\0")[:-1]
    ours = [value for name, value in entries(text.removeprefix("\ufeff")) if name == "core.excludesfile"]
    assert [value for value in ours if value != "/no"] == said
