"""A program on a terminal of its own: keys as a person types them, and the screen as a person sees it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.editors.neovim import EditorMissing, environment, processes_of, until


@dataclass
class Terminal:
    """``home`` is the program's own, and nothing of it is left at the end. ``size``: columns, rows."""

    home: Path
    command: Sequence[str]
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    size: tuple[int, int] = (100, 30)

    def __enter__(self) -> Terminal:
        self._env = environment(self.home, {"TERM": "xterm-256color", **self.env})
        columns, rows = map(str, self.size)
        settings = ["set", "-g", "default-terminal", "tmux-256color", ";", "set", "-g", "status", "off", ";"]
        settings += ["set", "-s", "escape-time", "0", ";"]
        self._tmux(*settings, "new-session", "-d", "-x", columns, "-y", rows, shlex.join(self.command))
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server", check=False)
        until(lambda: not processes_of(str(self.home)), f"processes of {self.home} were left behind", 20)

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        tmux = shutil.which("tmux")
        if not tmux:
            raise EditorMissing("tmux is missing, so there is no terminal to draw on: apt-get install tmux.")
        done = subprocess.run(
            [tmux, "-S", str(self.home / "tmux.sock"), "-f", os.devnull, *arguments],
            cwd=self.folder,
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=check,
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        """By tmux' names: ``Escape``, ``Enter``, ``C-n``, ``Space``."""
        self._tmux("send-keys", *keys)

    def types(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def seen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait(self, *words: str, gone: bool = False, seconds: float = 30) -> str:
        """The screen as soon as all of ``words`` are on it, or none of them."""
        shown: list[str] = []

        def there() -> bool:
            shown[:] = [self.seen()]
            return all((word in shown[0]) != gone for word in words)

        try:
            until(there, f"{'still' if gone else 'never'} on the screen: {words}", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{shown[0]}") from None
        return shown[0]
