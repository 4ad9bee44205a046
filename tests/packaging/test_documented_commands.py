"""Every command line of the README and the pages, run as written by a fresh installation of the wheel."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import APP, KEY, git
from tests.docs.test_examples import BLOCKS, COMMANDS, LINES
from tests.fake_xai import FakeXaiThread, answer

pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.timeout(400)]

# What a page leaves to its reader.
PLACEHOLDERS = {"NAME": "explain", "FILE:LINE": "src/app.py:6", "FILE": "src/app.py", "…": "because it is wrong"}
# The recipes of docs/hooks.md are run as whole scripts (tests/cli/test_recipes.py).
WRITTEN = sorted({tuple(words) for _, words in LINES if words[1:] != ["…"] and not any("$" in word for word in words)})
# Alone they are the name of a command, in prose.
NAMES = {(name,) for name in COMMANDS} - {("doctor",), ("usage",), ("demo",), ("local",)}
SERVING = {(), ("--stdio",)}
BEHIND_AN_EXTRA = {"local", "demo"}


def typed(words: tuple[str, ...]) -> list[str]:
    """With the reader's own words in place of the page's."""
    if "--bundle" in words:
        return ["doctor", "--bundle", "support.zip"]
    # The page's file has more lines than ours.
    return [re.sub(r":\d+$", ":6", PLACEHOLDERS.get(word, word)) if word[:2] != "--" else word for word in words]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project as the pages speak of: ``src/app.py``, ``src/shop.py`` and the page's own action."""
    root = tmp_path / "shop"
    (root / "src").mkdir(parents=True)
    for name in ("app.py", "shop.py"):
        (root / "src" / name).write_text(APP)
    actions = root / ".grok" / "actions"
    actions.mkdir(parents=True)
    page = (code for code in BLOCKS if code.page == "docs/custom-actions.md" and code.language == "markdown")
    (actions / "docstring.md").write_text(next(page).text)
    git("-C", str(root), "init", "-q", "-b", "main")
    git("-C", str(root), "add", ".")
    git("-C", str(root), "commit", "-qm", "Begin")
    return root


@pytest.fixture
def environment(shop: Path, fake_xai_thread: FakeXaiThread) -> dict[str, str]:
    # Fits both files. Asked again, the model stays with it.
    fix = "```diff\n@@ @@\n-    return width + height\n+    return width * height\n```\n"
    fake_xai_thread.script(*[answer(fix)] * 3)
    ours = {"XAI_API_KEY": KEY, "GROK_LS_BASE_URL": fake_xai_thread.url, "GROK_LS_DATA_DIR": str(shop.parent / "data")}
    return {name: value for name, value in os.environ.items() if not name.startswith("GROK_LS_")} | ours


@pytest.mark.parametrize(
    "words",
    [
        words
        for words in WRITTEN
        if words not in NAMES | SERVING and words[0] not in ("--tcp", "--write") and words[0] not in BEHIND_AN_EXTRA
    ],
    ids=" ".join,
)
def test_a_documented_command_does_its_work(
    installed: Path, shop: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    before = (shop / "src" / "app.py").read_text()
    command = [installed / "grok-ls", *typed(words)]
    done = subprocess.run(
        command, cwd=shop, env=environment, capture_output=True, text=True, timeout=120, check=False, stdin=-3
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()
    assert ((shop / "src" / "app.py").read_text() != before) == ("--write" in words)


# To fetch the model alone takes no extra, but a gigabyte; tests/local does it with the smaller one.
@pytest.mark.parametrize(
    "words",
    [words for words in WRITTEN if words and words[0] in BEHIND_AN_EXTRA and "--pull" not in words],
    ids=" ".join,
)
def test_a_command_of_an_extra_says_how_to_get_it(
    installed: Path, shop: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    del environment["XAI_API_KEY"]
    done = subprocess.run(
        [installed / "grok-ls", *words],
        cwd=shop,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "grok-ls[local]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", sorted(SERVING), ids=" ".join)
def test_a_server_whose_editor_leaves_ends(
    installed: Path, shop: Path, environment: dict[str, str], words: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [installed / "grok-ls", *words],
        cwd=shop,
        env=environment,
        input="",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_the_documented_socket_is_served(installed: Path, shop: Path, environment: dict[str, str]) -> None:
    (words,) = (words for words in WRITTEN if words and words[0] == "--tcp")
    host, _, port = words[1].partition(":")
    with subprocess.Popen([installed / "grok-ls", *words], cwd=shop, env=environment, stderr=-1) as server:
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection((host, int(port)), timeout=5).close()
                    break
                except ConnectionRefusedError:
                    assert time.monotonic() < until
                    assert server.poll() is None
                    time.sleep(0.1)
        finally:
            server.terminate()
            server.wait(30)
