"""The site: built as a release builds it, where a warning is an error."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

DOCS = ROOT / "docs"


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", str(out / "trees")]
    return subprocess.run([*command, str(source), str(out / "site")], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    done = build(DOCS, out)
    assert done.returncode == 0, done.stderr
    return out / "site"


@pytest.mark.xdist_group("site")
def test_the_site_is_built_without_a_warning_and_holds_every_page(site: Path) -> None:
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md") if "changes" not in path.parts}
    assert not [str(page) for page in pages if not (site / page).exists()]


@pytest.mark.xdist_group("site")
def test_every_page_of_the_site_leads_to_every_other(site: Path) -> None:
    text = (site / "editors" / "neovim.html").read_text("utf-8")
    for page in ("budget", "settings", "hooks", "release"):
        assert f'href="../{page}.html"' in text


@pytest.mark.xdist_group("site")
def test_a_reader_of_the_site_tells_nobody(site: Path) -> None:
    """No page loads a script, a style, a font or a picture from another server."""
    loaded = re.compile(r'<(?:script|img|iframe|link rel="(?:stylesheet|preload|icon)")[^>]*(?:src|href)="(https?:)?//')
    assert not [path.name for path in site.rglob("*.html") if loaded.search(path.read_text("utf-8"))]


WRONG = {
    "anchor": "[a](other.md#nothing)",
    "page": "[a](missing.md)",
    "picture": "![a](missing.png)",
    "example": '```json\n{"a": …}\n```',
    "orphan": "No list names this page.",
}


def test_what_is_wrong_with_a_page_stops_the_build(tmp_path: Path) -> None:
    source = tmp_path / "repository" / "docs"
    source.mkdir(parents=True)
    shutil.copy(DOCS / "conf.py", source)
    (tmp_path / "repository" / "grok_ls").mkdir()
    shutil.copy(ROOT / "grok_ls" / "_version.py", tmp_path / "repository" / "grok_ls")
    listed = "".join(f"- [{name}]({name}.md)\n" for name in ("other", *WRONG) if name != "orphan")
    (source / "index.md").write_text(f"# Start\n\n## All\n\n{listed}")
    (source / "other.md").write_text("# Other\n")
    for name, text in WRONG.items():
        (source / f"{name}.md").write_text(f"# A page\n\n{text}\n")
    done = build(source, tmp_path)
    assert done.returncode != 0
    assert not [name for name in WRONG if f"{name}.md" not in done.stderr], done.stderr
