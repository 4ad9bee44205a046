"""A workspace with a bug, the fake xAI server, and a Neovim that works with both."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.editors.editions import Edition, editions, everyday
from tests.editors.neovim import TEST_KEY, Neovim, server_command
from tests.fake_xai.fixtures import fake_xai_thread
from tests.fake_xai.threaded import FakeXaiThread

__all__ = ["fake_xai_thread"]

MAIN = """\
def add(a, b):
    return a - b


def twice(n):
    return add(n, n)


print(twice(2))
"""

StartNeovim = Callable[..., Neovim]
RUNNING = pytest.StashKey[list[Neovim]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what its editor has to say, asked while it still runs."""
    report = yield
    if report.when == "call" and report.failed:
        report.sections += [("Neovim", nvim.evidence()) for nvim in item.stash.get(RUNNING, [])]
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Editors that a Debian 12 has no package of are driven when they are asked for: ``EDITORS=newest``."""
    if os.environ.get("EDITORS") == "newest":
        return
    asked_for = [item for item in items if item.get_closest_marker("newest") is None]
    if len(asked_for) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in asked_for])
        items[:] = asked_for


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of a marked function run once with each version of their editor that is asked for."""
    marked = metafunc.definition.get_closest_marker("newest_too") is not None
    asked_for = editions(os.environ, newest_too=marked)
    if "edition" in metafunc.fixturenames and len(asked_for) > 1:
        metafunc.parametrize("edition", asked_for, indirect=True, scope="session")


@pytest.fixture(scope="session")
def edition(request: pytest.FixtureRequest) -> Edition:
    """The version of the editor that is driven."""
    asked_for: Edition = getattr(request, "param", everyday())
    return asked_for


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    (folder / "main.py").write_text(MAIN, encoding="utf-8")
    return folder


@pytest.fixture
def fake(fake_xai_thread: FakeXaiThread) -> FakeXaiThread:
    return fake_xai_thread


@pytest.fixture
def start(
    request: pytest.FixtureRequest, tmp_path: Path, workspace: Path, fake: FakeXaiThread, edition: Edition
) -> Iterator[StartNeovim]:
    """``start(settings=…, plugin=True, …)``: a Neovim with main.py open and the server attached (with another ``server`` maybe not)."""
    with ExitStack() as stack:

        def begin(
            *,
            settings: dict[str, Any] | None = None,
            plugin: bool = True,
            init: str = "",
            env: dict[str, str] | None = None,
            screen: tuple[int, int] | None = None,
            server: list[str] | None = None,
        ) -> Neovim:
            config = json.dumps({"cmd": server or server_command(), "settings": {"grok": settings or {"retries": 0}}})
            enable = f"vim.lsp.config('grok_ls', vim.json.decode([==[{config}]==]))\nvim.lsp.enable('grok_ls')\n"
            environment = {"XAI_API_KEY": TEST_KEY, "GROK_LS_BASE_URL": fake.url, **(env or {})}
            nvim = Neovim(tmp_path / "home", workspace, init + enable, plugin, environment, screen, edition)
            stack.enter_context(nvim)
            request.node.stash.setdefault(RUNNING, []).append(nvim)
            if server is None:
                nvim.edit(workspace / "main.py")
            else:
                nvim.command(f"edit {workspace / 'main.py'}")
            return nvim

        yield begin
