"""``python -m tests.benchmarks.stranger``: how long the README's way takes, from a clean clone to the first edit in Neovim and VS Code.

Each editor starts with a clone, a new virtual environment and a home of its own, and does what the README says in its words: the Lua
block is read from the page. What is fetched (wheels, npm's packages) is timed apart, because it says more of the line than of us. The
model is played on loopback and answers at once. Needs what the tests of the editors need.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.editors.neovim import TEST_KEY, Neovim, environment
from tests.editors.vscode.driver import CodeServer, Window, find_chromium
from tests.fake_xai import answer
from tests.fake_xai.threaded import FakeXaiThread

ROOT = Path(__file__).parents[3]
WANTED_S = 60.0


@dataclass(frozen=True)
class Bug:
    """A file with one line that is wrong, and the right one."""

    name: str
    wrong: str
    right: str
    text: str

    @property
    def answer(self) -> str:
        """What the model says."""
        lines = [f"-{line}\n+{self.right}" if line == self.wrong else f" {line}" for line in self.text.splitlines()]
        return f"```diff\n--- a/{self.name}\n+++ b/{self.name}\n@@ @@\n" + "\n".join(lines) + "\n```\n"

    @property
    def fixed(self) -> str:
        return self.text.replace(self.wrong, self.right)


PYTHON = Bug("main.py", "    return a - b", "    return a + b", "def add(a, b):\n    return a - b\n")
# VS Code finds this one itself.
TYPESCRIPT = Bug(
    "size.ts",
    'export const width: number = "3";',
    "export const width: number = 3;",
    'export const height = 2;\nexport const width: number = "3";\n',
)
# The only thing that a person does and a script cannot: to choose from the menu that `gra` opens.
CHOOSE = """
vim.ui.select = function(items, options, chosen)
  for _, item in ipairs(items) do
    if options.format_item(item):find('Grok: Fix', 1, true) then
      return chosen(item)
    end
  end
end
"""


@dataclass
class Steps:
    """What was done, how long it took, and whether that was fetching. ``env`` is what programs are started with."""

    env: dict[str, str]
    done: list[tuple[str, float, bool]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, *, fetches: bool = False) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.done.append((name, time.monotonic() - begun, fetches))

    def run(self, name: str, *command: str | Path, within: Path, fetches: bool = False) -> None:
        with self.step(name, fetches=fetches):
            ended = subprocess.run(command, cwd=within, env=self.env, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise SystemExit(f"{name} failed:\n{ended.stdout[-3000:]}{ended.stderr[-3000:]}")

    def seconds(self, *, fetches: bool) -> float:
        return sum(seconds for _, seconds, fetched in self.done if fetched == fetches)


def begin(home: Path, bug: Bug) -> tuple[Steps, Path, Path]:
    """A clone with an installed server and a project with a bug: the steps so far, the clone and the project."""
    home.mkdir()
    steps = Steps(environment(home / "user", {"PATH": os.environ["PATH"], "PIP_CACHE_DIR": str(home / "pip")}))
    clone, project = home / "grok-ls", home / "project"
    (project / ".git").mkdir(parents=True)
    (project / bug.name).write_text(bug.text, "utf-8")
    steps.run("git clone", "git", "clone", "-q", ROOT, clone, within=home, fetches=True)
    steps.run("python -m venv .venv", sys.executable, "-m", "venv", ".venv", within=project)
    python = project / ".venv" / "bin" / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check")
    steps.run("fetch the wheels", *pip, "wheel", "-q", "-w", home / "wheels", clone, within=home, fetches=True)
    offline = ("--no-index", "--find-links", home / "wheels")
    steps.run("pip install grok-ls", *pip, "install", "-q", *offline, "grok-ls", within=project)
    steps.env["PATH"] = f"{python.parent}{os.pathsep}{steps.env['PATH']}"
    return steps, clone, project


def neovim(home: Path, fake: FakeXaiThread) -> Steps:
    fake.script(answer(PYTHON.answer))
    steps, clone, project = begin(home, PYTHON)
    block = re.search(r"```lua\n(.*?)```", (clone / "README.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    init = block[1].replace("/path/to/grok-ls", str(clone))
    env = {"PATH": steps.env["PATH"], "XAI_API_KEY": TEST_KEY, "GROK_LS_BASE_URL": fake.url}
    problem = "{ lnum = 1, col = 4, end_col = 16, message = 'add subtracts', severity = 1 }"
    with steps.step("start Neovim, open the file"):
        nvim = Neovim(home / "editor", project, f"{CHOOSE}{init}", plugin=False, env=env)
        nvim.__enter__()
        nvim.edit(project / PYTHON.name)
    try:
        with steps.step("cursor on the problem, gra, the edit is there"):
            nvim.lua(f"vim.diagnostic.set(vim.api.nvim_create_namespace('linter'), 0, {{ {problem} }})")
            nvim.keys("2Ggra")
            nvim.wait("vim.fn.getline(2):find('a + b', 1, true) ~= nil")
        assert nvim.text() + "\n" == PYTHON.fixed, nvim.evidence()
    finally:
        nvim.__exit__()
    return steps


def vscode(home: Path, fake: FakeXaiThread) -> Steps:
    from playwright.sync_api import sync_playwright

    fake.script(answer(TYPESCRIPT.answer))
    steps, clone, project = begin(home, TYPESCRIPT)
    extension = clone / "editors" / "vscode"
    steps.run("npm ci", "npm", "ci", "--no-audit", "--no-fund", within=extension, fetches=True)
    steps.run("npm run package", "npm", "run", "package", within=extension)
    (project / ".vscode").mkdir()
    # This build of VS Code leaves TypeScript out; the extension's own build has it.
    machine = {"grok.baseUrl": fake.url, "typescript.tsdk": str(extension / "node_modules" / "typescript" / "lib")}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        server = CodeServer(home / "editor", machine=machine, env={"XAI_API_KEY": ""}, vsix=extension / "grok-ls.vsix")
        with steps.step("install the extension, start VS Code"):
            server.__enter__()
        try:
            with steps.step("open the file"):
                window = Window.open(chromium, server, project)
                window.page.get_by_role("treeitem", name=TYPESCRIPT.name).dblclick(timeout=60_000)
                window.page.wait_for_selector(".monaco-editor .view-line", timeout=60_000)
            with steps.step("Grok: Set API Key"):
                window.command("Grok: Set API Key")
                window.page.locator(".quick-input-widget input[type=password]").fill(TEST_KEY)
                window.keys("Enter")
                window.status("Grok: ready").wait_for(timeout=60_000)
            window.page.wait_for_selector(".squiggly-error", timeout=60_000)
            with steps.step("cursor on the problem, lightbulb, the edit is there"):
                window.go_to(2)
                window.keys(*["ArrowRight"] * TYPESCRIPT.wrong.index("width"))
                window.light("Grok: Fix")
                window.wait_shown(TYPESCRIPT.right)
            assert window.save(TYPESCRIPT.name) == TYPESCRIPT.fixed
        finally:
            server.__exit__()
        chromium.close()
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the steps there, too")
    options = parser.parse_args()
    found = {}
    for name, way in (("Neovim", neovim), ("VS Code", vscode)):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, FakeXaiThread() as fake:
            found[name] = way(Path(folder) / "home", fake)
    for name, steps in found.items():
        print(f"| {name} | seconds |\n| --- | ---: |")
        for step, seconds, fetches in steps.done:
            print(f"| {step}{' (fetching)' if fetches else ''} | {seconds:.1f} |")
        total, fetching = steps.seconds(fetches=False), steps.seconds(fetches=True)
        print(
            f"| **README to the first edit** (wanted: {WANTED_S:.0f}) | **{total:.1f}** |\n| fetched | {fetching:.1f} |\n"
        )
    if options.json:
        options.json.write_text(json.dumps({name: steps.done for name, steps in found.items()}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
