from __future__ import annotations

from pathlib import Path

import pytest

from grok_ls.workspace.exclude import MOST_BYTES, Exclusions


def write(path: Path, text: str = "x = 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    [
        ".env", ".ENV", ".env.production", "deploy/prod.env", "a/server.PEM", "tls.key", "id_rsa", "id_ed25519_work", ".npmrc", ".pypirc", ".netrc",
        ".aws/credentials", ".ssh/config", ".kube/config", ".docker/config.json", "main.tfstate", "prod.tfvars", "secrets.yaml", "Secrets.json",
        "credentials-prod.json", "service-account-x.json", "config/master.key", ".git-credentials", ".htpasswd",
    ],
)  # fmt: skip
def test_stores_of_secrets_are_denied_whatever_the_ignore_files_say(tmp_path: Path, name: str) -> None:
    write(tmp_path / ".grokignore", "!*\n")
    reason = Exclusions([tmp_path]).reason(write(tmp_path / name), opened=True)
    assert reason is not None
    assert "hold secrets" in reason


@pytest.mark.parametrize(
    "name",
    [
        "main.py",
        ".env.example",
        ".env.sample",
        "secrets.py",
        "environment.ts",
        "keyboard.key.ts",
        "src/monkey.py",
    ],
)
def test_ordinary_files_may_be_sent(tmp_path: Path, name: str) -> None:
    assert Exclusions([tmp_path]).reason(write(tmp_path / name), opened=False) is None


@pytest.mark.parametrize("name", [".gitignore", ".grokignore", ".aiexclude", ".cursorignore", ".copilotignore"])
@pytest.mark.parametrize("opened", [True, False])
def test_ignore_files_exclude_opened_documents_too(tmp_path: Path, name: str, opened: bool) -> None:
    write(tmp_path / name, "*.gen.py\n")
    reason = Exclusions([tmp_path]).reason(write(tmp_path / "a" / "b.gen.py"), opened=opened)
    assert reason is not None
    assert name in reason


def test_a_folder_named_like_a_store_does_not_deny_the_code_in_it(tmp_path: Path) -> None:
    assert Exclusions([tmp_path]).reason(write(tmp_path / "credentials" / ".env" / "main.py"), opened=False) is None


def test_a_deeper_ignore_file_decides_over_a_higher_one(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "*.log\n")
    write(tmp_path / "keep" / ".gitignore", "!*.log\n")
    exclusions = Exclusions([tmp_path])
    assert exclusions.reason(write(tmp_path / "x.log"), opened=False) is not None
    assert exclusions.reason(write(tmp_path / "keep" / "x.log"), opened=False) is None


def test_nothing_comes_back_out_of_an_excluded_folder(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "build/\n!build/keep.py\n")
    assert Exclusions([tmp_path]).reason(write(tmp_path / "build" / "keep.py"), opened=False) is not None


def test_a_negation_in_one_ignore_file_does_not_undo_another(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "private.py\n")
    write(tmp_path / ".grokignore", "!private.py\n")
    assert Exclusions([tmp_path]).reason(write(tmp_path / "private.py"), opened=True) is not None


def test_a_changed_ignore_file_is_seen(tmp_path: Path) -> None:
    exclusions = Exclusions([tmp_path])
    file = write(tmp_path / "a.py")
    assert exclusions.reason(file, opened=True) is None
    write(tmp_path / ".grokignore", "a.py\n")
    assert exclusions.reason(file, opened=True) is not None
    (tmp_path / ".grokignore").unlink()
    assert exclusions.reason(file, opened=True) is None


def test_a_link_is_judged_by_what_it_points_to(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    (inside / "a.py").symlink_to(write(outside / "b.py"))
    (inside / "c.txt").symlink_to(write(inside / ".env"))
    exclusions = Exclusions([inside])
    assert "outside" in str(exclusions.reason(inside / "a.py", opened=True))
    assert "hold secrets" in str(exclusions.reason(inside / "c.txt", opened=True))


def test_outside_the_workspace_nothing_is_sent(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    assert Exclusions([root]).reason(write(tmp_path / "a.py"), opened=True) is not None
    assert Exclusions([root]).reason(root / ".." / "a.py", opened=True) is not None


def test_without_a_workspace_only_the_document_itself_is_sent(tmp_path: Path) -> None:
    exclusions = Exclusions([])
    assert exclusions.reason(write(tmp_path / "a.py"), opened=True) is None
    assert exclusions.reason(tmp_path / "a.py", opened=False) is not None
    assert exclusions.reason(write(tmp_path / ".env"), opened=True) is not None


def test_the_setting_adds_patterns(tmp_path: Path) -> None:
    exclusions = Exclusions([tmp_path], ["internal/**", "*.sql"])
    assert "grok.privacy.exclude" in str(exclusions.reason(write(tmp_path / "internal" / "x.py"), opened=True))
    assert exclusions.reason(write(tmp_path / "a" / "dump.sql"), opened=True) is not None


def test_binary_and_huge_files_are_not_sent(tmp_path: Path) -> None:
    binary = tmp_path / "a.dat"
    binary.write_bytes(b"abc\0def")
    huge = tmp_path / "b.txt"
    huge.write_bytes(b"x" * (MOST_BYTES + 1))
    exclusions = Exclusions([tmp_path])
    assert "binary" in str(exclusions.reason(binary, opened=True))
    assert "larger" in str(exclusions.reason(huge, opened=True))


def test_a_document_that_is_not_saved_yet_may_be_sent(tmp_path: Path) -> None:
    assert Exclusions([tmp_path]).reason(tmp_path / "new.py", opened=True) is None
