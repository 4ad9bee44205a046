"""Which configuration files are read: the nearest, those that may be sent, and none above the workspace folder."""

from pathlib import Path

import pytest

from grok_ls.index.conventions import conventions_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "pkg" / "deep").mkdir(parents=True)
    (tmp_path / "ruff.toml").write_text("line-length = 60\n")
    (root / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.11"\n[tool.ruff]\nline-length = 120\n')
    (root / "pkg" / "ruff.toml").write_text("line-length = 80\n")
    return root


def test_the_nearest_file_decides_topic_by_topic(root: Path) -> None:
    line = conventions_of(root, "pkg/deep/a.py", "python", lambda _: True)
    assert line == "Project: Python >=3.11; line length 80; linter ruff"
    assert conventions_of(root, "a.py", "python", lambda _: True).count("120") == 1


def test_nothing_above_the_workspace_folder_is_read(root: Path) -> None:
    (root / "pkg" / "ruff.toml").unlink()
    (root / "pyproject.toml").unlink()
    assert conventions_of(root, "pkg/a.py", "python", lambda _: True) == ""
    assert conventions_of(root / "pkg", "../../a.py", "python", lambda _: True) == ""


def test_a_file_that_may_not_be_sent_says_nothing(root: Path) -> None:
    line = conventions_of(root, "pkg/a.py", "python", lambda path: path != "pkg/ruff.toml")
    assert "line length 120" in line


def test_links_and_unreadable_files_say_nothing(root: Path) -> None:
    (root / "pkg" / "ruff.toml").write_bytes(b"line-length = 80\n\xff")
    (root / "pkg" / "deep" / "ruff.toml").symlink_to(root.parent / "ruff.toml")
    assert "line length 120" in conventions_of(root, "pkg/deep/a.py", "python", lambda _: True)


def test_one_project_file_of_any_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "Shop.csproj").write_text("<TargetFramework>net8.0</TargetFramework>")
    assert conventions_of(tmp_path, "Cart.cs", "csharp", lambda _: True) == "Project: net8.0"
