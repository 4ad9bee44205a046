"""A real VS Code (code-server) in headless Chromium: the packaged extension installed, keys and clicks as a user makes them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.editors.editions import Edition, everyday
from tests.editors.neovim import TEST_KEY, EditorMissing, environment, processes_of, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, FloatRect, Locator, Page

ROOT = Path(__file__).parents[3]
VSIX = ROOT / "editors" / "vscode" / "grok-ls.vsix"
# code-server's package leaves TypeScript out; the extension's own build has it.
TYPESCRIPT = str(ROOT / "editors" / "vscode" / "node_modules" / "typescript" / "lib")
IMAGES = ROOT / "docs" / "images"

_QUIET = {
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": False,
    "workbench.tips.enabled": False,
    "files.autoSave": "off",
    "extensions.autoUpdate": False,
    "telemetry.telemetryLevel": "off",
    "git.enabled": False,
    "chat.commandCenter.enabled": False,
    "editor.minimap.enabled": False,
    "editor.accessibilitySupport": "off",
    "window.restoreWindows": "none",
    # Processes that no test looks at and that take a fifth of a window's time: TypeScript's second server, for syntax alone, and its third,
    # which fetches types; the host of extensions in the browser.
    "typescript.tsserver.useSyntaxServer": "never",
    "typescript.disableAutomaticTypeAcquisition": True,
    "extensions.webWorker": False,
}


@dataclass(frozen=True, slots=True)
class Installation:
    """A VS Code on this machine. ``installer``: the command that puts it into ``folder``."""

    folder: Path
    installer: str

    def command(self) -> list[str]:
        entry = self.folder / "node_modules" / "code-server" / "out" / "node" / "entry.js"
        if not entry.exists():
            raise EditorMissing(f"VS Code is missing: run {self.installer}.")
        node = self.folder / "bin" / "node"  # the newest needs another than the machine's
        return [str(node) if node.exists() else "node", str(entry)]

    def version(self) -> str:
        """Of the editor itself: ``1.100.3``."""
        about = self.folder / "node_modules" / "code-server" / "lib" / "vscode" / "package.json"
        return str(json.loads(about.read_text("utf-8"))["version"])


def installation(edition: Edition, cache: Path = ROOT / ".cache") -> Installation:
    script = "editors/vscode/scripts/code-server.sh"
    if edition == "newest":
        return Installation(cache / "code-server-newest", f"{script} newest")
    return Installation(cache / "code-server", script)


def find_chromium() -> str:
    # The first has no window of its own to draw, and so costs less.
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        raise EditorMissing("Chromium is missing: apt-get install chromium-headless-shell.")
    return found


@dataclass
class CodeServer:
    """One editor process for several windows. ``user``: settings of the user; ``machine``: those of the machine it runs on."""

    home: Path
    user: Mapping[str, Any] = field(default_factory=dict)
    machine: Mapping[str, Any] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    trusting: bool = True
    edition: Edition = field(default_factory=everyday)
    vsix: Path = VSIX
    url: str = ""

    def __enter__(self) -> CodeServer:
        if not self.vsix.exists():
            raise EditorMissing("The extension is not packaged: cd editors/vscode && npm ci && npm run package.")
        data = self.home / "data"
        for folder, settings in (("User", {**_QUIET, **self.user}), ("Machine", self.machine)):
            (data / folder).mkdir(parents=True)
            (data / folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        (self.home / "config.yaml").write_text("", encoding="utf-8")
        folders = ["--user-data-dir", str(data), "--extensions-dir", str(self.home / "extensions")]
        self._command = [
            *installation(self.edition).command(),
            *folders,
            "--config",
            str(self.home / "config.yaml"),
        ]
        self._env = environment(self.home / "user", {"XAI_API_KEY": TEST_KEY, **self.env})
        (self.home / "user").mkdir(parents=True, exist_ok=True)
        self._log = (self.home / "code-server.log").open("wb")
        install = [*self._command, "--install-extension", str(self.vsix)]
        subprocess.run(install, env=self._env, stdout=self._log, stderr=self._log, check=True, timeout=90)
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}/"
        options = [
            "--auth",
            "none",
            "--bind-addr",
            f"127.0.0.1:{port}",
            "--disable-telemetry",
            "--disable-update-check",
        ]
        options += ["--disable-workspace-trust"] if self.trusting else []
        self._process = subprocess.Popen(
            [*self._command, *options, "--disable-getting-started-override"],
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        until(self._answers, "VS Code did not start")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(20)
        self._log.close()
        # Extension hosts wait for their window to come back; nobody will.
        for pid in processes_of(str(self.home)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not processes_of(str(self.home)), "processes of VS Code were left behind", 20)

    def complaints(self) -> list[str]:
        """Errors that the extension host logged about our extension."""
        logs = sorted((self.home / "data" / "logs").rglob("*exthost*.log"))
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        return [line for line in lines if "[error]" in line and "grok-ls.grok-ls" in line]

    def _answers(self) -> bool:
        assert self._process.poll() is None, (self.home / "code-server.log").read_text(errors="replace")[-3000:]
        with suppress(OSError), urllib.request.urlopen(self.url, timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def servers(self) -> list[int]:
        """The processes of our language server."""
        found = []
        for pid in processes_of(str(self.home)):
            with suppress(OSError):  # it may end meanwhile
                if b"grok-ls\0--stdio" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(pid)
        return found

    def log(self) -> str:
        """What the extension and its server wrote, for the report of a failure."""
        parts = sorted((self.home / "data" / "logs").rglob("*Grok*.log"))
        return "\n".join(f"--- {part.name}\n{part.read_text(errors='replace')[-3000:]}" for part in parts)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass
class Window:
    """One window on one folder."""

    page: Page
    folder: Path
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, browser: Browser, server: CodeServer, folder: Path, size: tuple[int, int] = (1280, 800)) -> Window:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.set_default_timeout(30_000)
        window = cls(page, folder)
        page.on("console", window._heard)
        page.on("pageerror", window._failed)
        page.goto(f"{server.url}?folder={folder}")
        return window

    def close(self) -> None:
        """As a browser does: left first, so that VS Code takes its leave and ends the extensions of this window."""
        self.page.on("dialog", lambda dialog: dialog.accept())  # about what is not saved
        self.page.goto("about:blank")
        self.page.close()

    def _heard(self, message: ConsoleMessage) -> None:
        # The editor has errors of its own: parts that this build lacks, no network, a slow machine. Ours name us, or come from our pages.
        source = message.location.get("url", "")
        own = "/static/" in source or "open-vsx.org" in source
        if message.type == "error" and ("grok" in message.text.lower() or not own):
            self.complaints.append(f"{message.text} {source}")

    def _failed(self, error: Error) -> None:
        if "grok" in f"{error.message} {error.stack}".lower():
            self.complaints.append(str(error))

    def file(self, name: str) -> None:
        """Open a file by the explorer, with the cursor in it and the server ready."""
        self.page.get_by_role("treeitem", name=name).dblclick(timeout=60_000)
        self.page.wait_for_selector(".monaco-editor .view-line", timeout=60_000)
        self.status("Grok: ready").wait_for(timeout=60_000)

    def status(self, label: str) -> Locator:
        return self.page.locator(f".statusbar-item [aria-label^='{label}']")

    def go_to(self, line: int) -> None:
        """The cursor to the beginning of a line, from 1."""
        self.keys("Control+1", "Control+Home", *["ArrowDown"] * (line - 1))

    def at_the_problem(self) -> None:
        """The cursor on the line that TypeScript complains about."""
        self.page.wait_for_selector(".squiggly-error", timeout=60_000)
        self.go_to(2)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def command(self, title: str) -> None:
        """By the palette, as people do."""
        self.keys("F1")
        box = self.page.locator(".quick-input-widget input.input")
        box.fill(f">{title}")
        row = self.page.locator(".quick-input-list .monaco-list-row").first
        row.filter(has_text=title).wait_for()
        self.keys("Enter")

    def types(self, line: int, text: str) -> None:
        """At the end of a line, from 1."""
        self.go_to(line)
        self.keys("End")
        self.page.keyboard.type(text)

    def tooltip(self) -> str:
        """What the status bar says when the mouse is on it."""
        self.status("Grok").hover()
        hover = self.page.locator(".workbench-hover")
        hover.wait_for()
        told = hover.inner_text().replace("\u00a0", " ")
        self._away()
        return told

    def presses(self, label: str) -> None:
        """Click on the status bar. The mouse goes on: the tooltip would cover the notifications."""
        self.status(label).click()
        self._away()

    def _away(self) -> None:
        hover = self.page.locator(".workbench-hover")

        def gone() -> bool:
            # More than once: one that is drawn anew in the moment in which the mouse leaves it stays.
            self.page.mouse.move(600, 300)
            self.page.mouse.move(700, 400, steps=5)
            with suppress(Exception):
                hover.wait_for(state="detached", timeout=2000)
            if hover.count():
                self.page.locator(".statusbar").hover()
            return not hover.count()

        until(gone, "a tooltip stays", 30)

    def points_at(self, word: Locator, told: Locator) -> None:
        """Rest the mouse on a word until the editor tells something; asked before it knows, it tells nothing until the mouse moves."""

        def asked() -> bool:
            self.page.mouse.move(700, 700)
            word.hover()
            with suppress(Exception):
                told.wait_for(timeout=3000)
            return told.is_visible()

        until(asked, "the mouse is told nothing", 30)

    def selects(self, line: int, lines: int) -> None:
        self.go_to(line)
        self.keys(*["Shift+ArrowDown"] * lines)

    def light(self, title: str) -> None:
        """Choose from the lightbulb's menu. By keys: a layer above the menu takes the clicks."""
        menu = self.page.locator(".action-widget .monaco-list-row").first
        until(lambda: self._opened(menu), "the lightbulb's menu did not open")
        for _ in range(40):
            focused = self.page.locator(".action-widget .monaco-list-row.focused")
            if focused.count() and title in focused.inner_text():
                self.keys("Enter")
                return
            self.keys("ArrowDown")
        raise AssertionError(f"{title} is not in the menu: {self.page.locator('.action-widget').inner_text()}")

    def _opened(self, menu: Locator) -> bool:
        # Asked for in the moment that the problems change, the editor answers that there is nothing.
        self.keys("Control+Period")
        with suppress(Exception):
            menu.wait_for(timeout=3000)
        return menu.is_visible()

    def shown(self) -> str:
        """The text of the first editor as it is on the screen; lines by their place, not by their order in the page."""
        script = """() => [...document.querySelector('.monaco-editor .view-lines').querySelectorAll('.view-line')]
            .map(line => [parseFloat(line.style.top), line.textContent.replace(/\\u00a0/g, ' ')])
            .sort((a, b) => a[0] - b[0]).map(each => each[1]).join('\\n')"""
        return str(self.page.evaluate(script))

    def wait_shown(self, text: str) -> None:
        until(lambda: self._settled(text), f"never shown: {text!r}; there is:\n{self.shown()}", 30)

    def _settled(self, text: str) -> bool:
        self.page.wait_for_timeout(50)
        return text in self.shown()

    def save(self, name: str) -> str:
        """Save, and give what is on the disk then."""
        path = self.folder / name
        before = path.stat().st_mtime_ns
        self.keys("Control+1")
        self.page.locator(f".editor-group-container.active .tab.active[data-resource-name='{name}']").wait_for()
        self.keys("Control+s")
        # A file that was not changed is written too, and has no mark that goes away; all are emptied first, and filled then.
        until(lambda: path.stat().st_mtime_ns != before and path.stat().st_size > 0, f"{name} was not saved", 30)
        self.page.locator(".tab.dirty").first.wait_for(state="detached")
        return path.read_text(encoding="utf-8")

    def toast(self, text: str) -> Locator:
        return self.page.locator(".notification-toast", has_text=text)

    def answers(self, notification: str, button: str) -> None:
        """Press a button of a notification. By keys: on a busy machine a tooltip that is drawn late covers it."""
        self.toast(notification).get_by_role("button", name=button).press("Enter")

    def place(self, shown: Locator) -> FloatRect:
        """Where it is once it is drawn; a notification is taken away and drawn anew while others come."""
        found: list[FloatRect] = []

        def drawn() -> bool:
            if box := shown.bounding_box():
                found.append(box)
            return bool(box)

        until(drawn, "it is drawn nowhere", 30)
        return found[-1]

    def picture(self, name: str, *, keep: bool = False) -> None:
        """For the documentation, if it is wanted: ``PICTURES=1``. ``keep``: notifications are part of it."""
        if os.environ.get("PICTURES"):
            self.page.mouse.move(700, 600)
            self.page.wait_for_timeout(700)
            IMAGES.mkdir(parents=True, exist_ok=True)
            # Not by the page's own style: its content security policy would complain.
            self.page.evaluate(
                "shown => document.querySelector('.notifications-toasts')?.style.setProperty('visibility', shown)",
                "visible" if keep else "hidden",
            )
            self.page.screenshot(path=IMAGES / f"vscode-{name}.png")
            self.page.evaluate(
                "() => document.querySelector('.notifications-toasts')?.style.removeProperty('visibility')"
            )

    def inside(self, selector: str) -> Locator:
        """An element of the webview."""
        return self.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame").locator(selector)


def server_executable() -> str:
    return str(Path(sys.executable).parent / "grok-ls")


def without_server() -> str:
    """PATH without the folders that have a grok-ls."""
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if not (Path(folder) / "grok-ls").exists())
