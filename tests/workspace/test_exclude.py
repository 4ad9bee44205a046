"""Which files are never sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grok_ls.workspace.exclude import MOST_BYTES, Exclusions


def exclusions(root: Path, *extra: str) -> Exclusions:
    return Exclusions((root.resolve(),), extra)


def put(root: Path, name: str, text: str = "x = 1\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".env.local",
        ".ENV",
        "deploy/Server.PEM",
        "id_rsa",
        "id_ed25519.pub",
        ".aws/credentials",
        "home/.ssh/config",
        "infra/prod.tfvars",
        "secrets.yaml",
        "config/master.key",
        "service-account-prod.json",
        ".npmrc",
        "Id_Rsa",
        ".Env.Production",
        "deploy/KUBECONFIG",
        "home/.Azure/accessTokens.json",
        "app-firebase-adminsdk-x1.json",
        ".bash_history",
        "client_secret_1.json",
    ],
)
def test_built_in_names_are_never_sent_whatever_an_ignore_file_says(tmp_path: Path, name: str) -> None:
    put(tmp_path, ".gitignore", f"!{name}\n!*\n")
    assert exclusions(tmp_path).reason(put(tmp_path, name), opened=True)


@pytest.mark.parametrize("name", [".env.example", "src/app.py", "keyboard.py", "environment.py", "secret_santa.py"])
def test_ordinary_files_may_be_sent(tmp_path: Path, name: str) -> None:
    assert exclusions(tmp_path).reason(put(tmp_path, name), opened=True) is None


@pytest.mark.parametrize("ignore", [".gitignore", ".grokignore", ".aiexclude", ".cursorignore"])
def test_an_ignore_file_counts_from_its_own_folder_down(tmp_path: Path, ignore: str) -> None:
    put(tmp_path, f"sub/{ignore}", "/private/\n*.gen.py\n!keep.gen.py\n")
    checked = exclusions(tmp_path)
    assert checked.reason(put(tmp_path, "sub/private/a.py"), opened=True)
    assert checked.reason(put(tmp_path, "sub/deep/b.gen.py"), opened=True)
    assert checked.reason(put(tmp_path, "sub/keep.gen.py"), opened=True) is None
    assert checked.reason(put(tmp_path, "private/a.py"), opened=True) is None


def test_one_ignore_file_cannot_undo_another(tmp_path: Path) -> None:
    put(tmp_path, ".grokignore", "a.py\n")
    put(tmp_path, ".gitignore", "!a.py\n")
    assert exclusions(tmp_path).reason(put(tmp_path, "a.py"), opened=True)


def test_a_changed_ignore_file_counts_at_once(tmp_path: Path) -> None:
    checked, path = exclusions(tmp_path), put(tmp_path, "a.py")
    assert checked.reason(path, opened=True) is None
    put(tmp_path, ".grokignore", "a.py\n")
    assert checked.reason(path, opened=True)
    (tmp_path / ".grokignore").unlink()
    assert checked.reason(path, opened=True) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_ignore_file_counts_in_the_encodings_that_shells_write(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".grokignore").write_bytes("private.py\r\nä.py\r\n".encode(encoding))
    checked = exclusions(tmp_path)
    assert checked.reason(put(tmp_path, "private.py"), opened=True)
    assert checked.reason(put(tmp_path, "ä.py"), opened=True)
    assert checked.reason(put(tmp_path, "public.py"), opened=True) is None


def test_a_folder_that_is_a_link_is_judged_by_where_it_leads(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root, "a.py")
    put(tmp_path, "elsewhere/b.py")
    put(root, ".gitignore", "private/\n")
    put(root, "private/c.py")
    os.symlink(tmp_path / "elsewhere", root / "away")
    os.symlink(root / "private", root / "open")
    assert exclusions(root).reason(root / "away" / "b.py", opened=True)
    assert exclusions(root).reason(root / "open" / "c.py", opened=True)


def test_the_users_own_patterns_count(tmp_path: Path) -> None:
    checked = exclusions(tmp_path, "vendor/", "*.sql")
    assert checked.reason(put(tmp_path, "vendor/a.py"), opened=True)
    assert checked.reason(put(tmp_path, "db/dump.sql"), opened=True)


def test_outside_of_the_workspace_nothing_is_sent(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    assert exclusions(inside).reason(put(tmp_path, "b.py"), opened=True)


def test_a_link_is_judged_by_what_it_points_to(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root, "a.py")
    secret = put(root, ".env")
    outside = put(tmp_path, "outside.py")
    for name, target in (("link.py", secret), ("out.py", outside)):
        os.symlink(target, root / name)
        assert exclusions(root).reason(root / name, opened=True)


def test_without_a_folder_only_the_open_document_may_be_sent(tmp_path: Path) -> None:
    alone = Exclusions((), ())
    path = put(tmp_path, "a.py")
    assert alone.reason(path, opened=True) is None
    assert alone.reason(path, opened=False)
    assert alone.reason(put(tmp_path, ".env"), opened=True)


def test_binary_and_huge_files_are_never_sent(tmp_path: Path) -> None:
    binary, huge = tmp_path / "a.bin", tmp_path / "b.py"
    binary.write_bytes(b"a\0b")
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    checked = exclusions(tmp_path)
    assert checked.reason(binary, opened=True)
    assert checked.reason(huge, opened=True)


@pytest.mark.parametrize(
    ("text", "word"),
    [("a\0b", "binary"), ("x" * (MOST_BYTES + 1), "larger"), ("é" * (MOST_BYTES // 2 + 1), "larger"), ("\ud800", None)],
    ids=["binary", "large", "large in bytes", "half a character"],
)
def test_what_the_editor_holds_is_judged_not_what_is_on_the_disk(tmp_path: Path, text: str, word: str | None) -> None:
    checked = exclusions(tmp_path)
    for path in (put(tmp_path, "a.py"), tmp_path / "new.py"):
        said = checked.reason(path, opened=True, text=text)
        assert (said is None) if word is None else (word in str(said))


def test_a_file_that_the_editor_shows_as_text_is_text(tmp_path: Path) -> None:
    wide = tmp_path / "wide.txt"
    wide.write_bytes("x = 1\n".encode("utf-16"))
    assert exclusions(tmp_path).reason(wide, opened=True)
    assert exclusions(tmp_path).reason(wide, opened=True, text="x = 1\n") is None


def test_a_reason_names_the_file_and_not_the_folders_above_the_workspace(tmp_path: Path) -> None:
    put(tmp_path, ".gitignore", "build/\n")
    reason = exclusions(tmp_path).reason(put(tmp_path, "build/x.py"), opened=True)
    assert reason is not None
    assert "build/x.py" in reason
    assert str(tmp_path) not in reason
