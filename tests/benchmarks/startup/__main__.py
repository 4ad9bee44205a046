"""``python -m tests.benchmarks.startup``: what the editor waits for before a key is pressed, and at each menu.

Side by side in one run, in turn: ``grok-ls --stdio``, a bare pygls server whose menu is empty (``bare.py``), and ``ruff server`` where it is installed.

- start: from spawning the process to its answer to ``initialize``;
- menu: from sending ``didChange`` of one typed character and ``textDocument/codeAction`` behind it to the answer, so that taking
  over the change is part of the time; the cursor moves to another place at every twentieth character, and the next one comes
  50 ms later, which is faster than anybody types;
- processor time: what the answering thread computed, in a menu's case until the next character; other programs on the machine
  prolong the times, but not this;
- resident memory: after the start, and after the menus on the longest file.

Prints a Markdown table; asserts nothing. The files are parts of Python's standard library, one after another.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.startup.client import Client

LINES = (5_000, 10_000, 50_000)
_BETWEEN_S = 0.05
BARE = Path(__file__).with_name("bare.py")


def servers() -> dict[str, list[str]]:
    found = {"grok-ls": [sys.executable, "-m", "grok_ls", "--stdio"], "bare pygls": [sys.executable, str(BARE)]}
    if ruff := shutil.which("ruff", path=f"{Path(sys.executable).parent}") or shutil.which("ruff"):
        found["ruff server"] = [ruff, "server"]
    return found


def text_of(lines: int) -> str:
    parts: list[str] = []
    for path in sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py")):
        if "site-packages" not in path.parts and len(parts) < lines:
            parts += path.read_text("utf-8", errors="replace").splitlines(keepends=True)
    return "".join(parts[:lines])


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def starts(
    commands: dict[str, list[str]], folder: Path, rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]], dict[str, float]]:
    """Milliseconds of each start, as the clock and as the processor counts them, and the megabytes of the last process of each."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    processor: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = {}
    # One start of each first: byte code and the disk's cache are warm in an editor's daily use.
    for number in range(rounds + 1):
        for name, command in commands.items():
            client = Client(command, folder, folder / "data")
            if number:
                times[name].append(client.started_s * 1e3)
                processor[name].append(client.started_cpu_s * 1e3)
            if number == rounds:
                # Two seconds later grok-ls has also loaded what its first job needs.
                time.sleep(2)
                memory[name] = client.resident_mb()
            client.close()
    return times, processor, memory


@dataclass(frozen=True)
class Menus:
    """Milliseconds of each menu, as the clock and as the processor counts them, and the megabytes in the end; by server."""

    times: dict[str, list[float]]
    processor: dict[str, list[float]]
    memory: dict[str, float]


def open_document(client: Client, text: str) -> str:
    uri = (client.root / "long.py").as_uri()
    item = {"uri": uri, "languageId": "python", "version": 0, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": item})
    return uri


def menu(client: Client, uri: str, version: int, line: int, character: int, typed: str) -> float:
    """Milliseconds from a typed character to the menu at its place."""
    at = {"line": line, "character": character}
    began = time.perf_counter()
    client.notify(
        "textDocument/didChange",
        {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": {"start": at, "end": at}, "text": typed}],
        },
    )
    client.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": [], "triggerKind": 1},
        },
    )
    return (time.perf_counter() - began) * 1e3


def menus(commands: dict[str, list[str]], folder: Path, text: str, rounds: int) -> Menus:
    """One character typed and one menu asked for in all servers in turn."""
    clients = {name: Client(command, folder, folder / "data") for name, command in commands.items()}
    found = Menus({name: [] for name in clients}, {name: [] for name in clients}, {})
    uris = {name: open_document(client, text) for name, client in clients.items()}
    chance = random.Random(5)
    lines, line, character = text.count("\n"), 0, 0
    for number in range(rounds):
        if number % 20 == 0:
            line, character = chance.randrange(lines), 0
        typed = chance.choice("abc_ (=")
        for name, client in clients.items():
            before = client.cpu_s()
            took = menu(client, uris[name], number + 1, line, character, typed)
            time.sleep(_BETWEEN_S)
            # The first one waits for the first parse of the whole file, which an editor's user does not notice.
            if number:
                found.times[name].append(took)
                found.processor[name].append((client.cpu_s() - before) * 1e3)
        character += 1
    for name, client in clients.items():
        found.memory[name] = client.resident_mb()
        client.close()
    return found


def row(name: str, cells: list[str]) -> None:
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.startup")
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--menus", type=int, default=400)
    arguments = parser.parse_args()
    commands = servers()
    row("", list(commands))
    row("---", ["---:"] * len(commands))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times, processor, memory = starts(commands, folder, arguments.starts)
        row("start, p50", [f"{median(values):.0f} ms" for values in times.values()])
        row("start, p90", [f"{percentile(values, 0.9):.0f} ms" for values in times.values()])
        row("start, processor time, p50", [f"{median(values):.0f} ms" for values in processor.values()])
        for name, counted in (("time", times), ("processor time", processor)):
            bare = median(counted["bare pygls"])
            row(f"start, {name} against bare pygls", [f"{median(values) / bare:.2f}×" for values in counted.values()])
        row("resident after start", [f"{value:.0f} MB" for value in memory.values()])
        for lines in LINES:
            found = menus(commands, folder, text_of(lines), arguments.menus)
            for what, counted in (("", found.times), (", processor time", found.processor)):
                for share in (0.5, 0.99):
                    # ruff answers in other threads than the one that the kernel counts here.
                    cells = [
                        "–" if what and name == "ruff server" else f"{percentile(values, share):.1f} ms"
                        for name, values in counted.items()
                    ]
                    row(f"menu at {lines:,} lines{what}, p{share * 100:.0f}", cells)
        row(
            f"resident after {arguments.menus} menus at {LINES[-1]:,} lines",
            [f"{value:.0f} MB" for value in found.memory.values()],
        )


if __name__ == "__main__":
    main()
