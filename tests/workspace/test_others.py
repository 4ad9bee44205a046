"""Which files an edit may touch besides the document, and what is read of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grok_ls.errors import ExcludedFile
from grok_ls.workspace.exclude import Exclusions
from grok_ls.workspace.others import OtherFiles


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = (tmp_path / "project").resolve()
    folder.mkdir()
    (tmp_path / "outside.py").write_text("x = 1\n")
    os.symlink(tmp_path / "outside.py", folder / "leads_out.py")
    os.symlink(tmp_path, folder / "out")
    (folder / ".gitignore").write_text("build/\n")
    (folder / "a.py").write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    (folder / "latin.py").write_bytes(b"# caf\xe9\n")
    return folder


def others(root: Path, opened: dict[str, str] | None = None) -> OtherFiles:
    exclusions = Exclusions((root,))
    return OtherFiles(
        root,
        lambda file, text: exclusions.reason(file, opened=False, text=text),
        lambda file: (opened or {}).get(file.relative_to(root).as_posix()),
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../outside.py",
        "sub/../../outside.py",
        "leads_out.py",
        "out/outside.py",
        "out/new.py",
        "C:/Windows/x.py",
        "..\\outside.py",
        "a\0b.py",
        "a\nb.py",
        ".vscode/tasks.json",
        "sub/.git/hooks/pre-commit",
        ".env",
        "id_rsa",
        "build/out.py",
        "latin.py",
        "x" * 300,
    ],
)
async def test_what_is_outside_hidden_or_never_sent_is_never_touched(root: Path, path: str) -> None:
    with pytest.raises(ExcludedFile):
        await others(root).read(path)


async def test_an_open_document_is_read_as_the_editor_has_it(root: Path) -> None:
    assert await others(root).read("a.py") == "a = 1\r\n"
    assert await others(root, {"a.py": "a = 2\n"}).read("a.py") == "a = 2\n"


async def test_a_file_that_is_not_there_may_be_made(root: Path) -> None:
    assert await others(root).read("tests/test_new.py") is None


async def test_a_document_that_holds_no_text_is_not_changed(root: Path) -> None:
    (root / "b.py").write_text("b = 1\n")
    with pytest.raises(ExcludedFile, match="binary"):
        await others(root, {"b.py": "a\0b"}).read("b.py")
