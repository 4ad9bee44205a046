"""One VS Code and one browser for all tests of this folder; a window and a workspace for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.editions import Edition
from tests.editors.neovim import until
from tests.editors.vscode.answers import MAIN
from tests.editors.vscode.driver import TYPESCRIPT, CodeServer, Window, find_chromium, server_executable
from tests.fake_xai.threaded import FakeXaiThread

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPEN = pytest.StashKey[list[tuple[Window, CodeServer]]]()

OpenWindow = Callable[..., Window]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test leaves its last screen, and shows what the extension wrote."""
    report = yield
    if report.when == "call" and report.failed:
        for window, server in item.stash.get(OPEN, []):
            report.sections.append(("VS Code", f"screen: {_screen(window, server, item.name)}\n{server.log()}"))
    return report


def _screen(window: Window, server: CodeServer, name: str) -> str:
    """Where the last screen is, or why there is none: a window that is gone must not hide what failed."""
    from playwright.sync_api import Error

    screen = server.home / f"{name}.png"
    try:
        window.page.screenshot(path=screen)
    except Error as error:
        return f"none ({error})"
    return str(screen)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The tests that share a VS Code share a worker; those of another version, or with one of their own, may run beside them.

    Waits within them end after half a minute each: on a busy machine a test that starts a VS Code takes longer than the others may.
    """
    item.add_marker(pytest.mark.timeout(300))
    if isinstance(item, pytest.Function) and "code_server" in item.fixturenames:
        version = item.callspec.params.get("edition", "") if hasattr(item, "callspec") else ""
        item.add_marker(pytest.mark.xdist_group(f"vscode {version}".strip()))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Not for the whole session: as long as Playwright runs, no test of this process can run an event loop of its own.
    # Imported here and not above, so that the other tests can be collected without it.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_fake() -> Iterator[FakeXaiThread]:
    with FakeXaiThread() as fake:
        yield fake


@pytest.fixture(scope="session")
def code_server(
    tmp_path_factory: pytest.TempPathFactory, shared_fake: FakeXaiThread, edition: Edition
) -> Iterator[CodeServer]:
    home = tmp_path_factory.mktemp("vscode")
    machine = {
        "grok.server.path": server_executable(),
        "grok.baseUrl": shared_fake.url,
        "typescript.tsdk": TYPESCRIPT,
    }
    with CodeServer(home, machine=machine, edition=edition) as server:
        yield server
        assert not server.complaints()


@pytest.fixture
def fake(shared_fake: FakeXaiThread) -> FakeXaiThread:
    """The model's side, with nothing left of the tests before."""
    shared_fake.inner.requests.clear()
    shared_fake.inner._script.clear()
    return shared_fake


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "stats.ts").write_text(MAIN, encoding="utf-8")
    return folder


@pytest.fixture
def window(
    request: pytest.FixtureRequest, chromium: Browser, code_server: CodeServer, workspace: Path, fake: FakeXaiThread
) -> Iterator[OpenWindow]:
    """``window(settings={…})``: VS Code on the workspace, stats.ts open and the server ready."""
    opened: list[Window] = []

    def begin(*, settings: dict[str, object] | None = None, size: tuple[int, int] = (1280, 800)) -> Window:
        folder = workspace / ".vscode"
        folder.mkdir(exist_ok=True)
        values = {"grok.cache.enabled": False, "grok.retries": 0, **(settings or {})}
        (folder / "settings.json").write_text(json.dumps(values), encoding="utf-8")
        found = Window.open(chromium, code_server, workspace, size)
        opened.append(found)
        request.node.stash.setdefault(OPEN, []).append((found, code_server))
        found.file("stats.ts")
        return found

    yield begin
    for each in opened:
        each.close()
        assert not each.complaints, each.complaints
    until(lambda: not code_server.servers(), "the server of a closed window goes on", 20)
