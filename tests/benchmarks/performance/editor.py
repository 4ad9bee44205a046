"""What the editor waits for before a key is pressed, and at each menu: all language servers in turn.

- start: from spawning the process to its answer to ``initialize``;
- first menu: from opening a file of 10,000 lines behind that to the menu at its middle;
- menu: from sending ``didChange`` of one typed character and ``textDocument/codeAction`` behind it to the answer, so that taking
  over the change is part of the time; the cursor moves to another place at every twentieth character, and the next one comes
  50 ms later, which is faster than anybody types;
- processor time: what the answering thread computed, in a menu's case until the next character; other programs on the machine
  prolong the times, but not this. Servers that answer in several threads have none here;
- resident memory: after the start, and after the menus on the longest file.

The files are parts of Python's standard library, one after another.
"""

from __future__ import annotations

import random
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.performance.client import Client
from tests.benchmarks.performance.peers import BARE, COPILOT, RUFF
from tests.benchmarks.performance.table import Row, percentile

LINES = {5_000: "", 10_000: "10 ms", 50_000: "30 ms"}
FIRST = 10_000
_BETWEEN_S = 0.05
# A server whose menus have taken this long is asked for no more: its figures are of those that it gave.
_PATIENCE_S = 30.0
_SEVERAL_THREADS = {RUFF, COPILOT}

Values = dict[str, list[float]]
"""Milliseconds by server."""


def _time(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms" if milliseconds < 1_000 else f"{milliseconds / 1e3:.1f} s"


def text_of(lines: int) -> str:
    parts: list[str] = []
    for path in sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py")):
        if "site-packages" not in path.parts and len(parts) < lines:
            parts += path.read_text("utf-8", errors="replace").splitlines(keepends=True)
    return "".join(parts[:lines])


@dataclass
class Starts:
    """Of each start; the megabytes are those of the last process."""

    times: Values
    processor: Values
    first_menus: Values
    memory: dict[str, float] = field(default_factory=dict)


def starts(commands: dict[str, list[str]], folder: Path, rounds: int) -> Starts:
    found = Starts(*({name: [] for name in commands} for _ in range(3)))
    text = text_of(FIRST)
    # One start of each first: byte code and the disk's cache are warm in an editor's daily use.
    for number in range(rounds + 1):
        for name, command in commands.items():
            client = Client(command, folder, folder / "data")
            if number == rounds:
                # Two seconds later grok-ls has also loaded what its first job needs.
                time.sleep(2)
                found.memory[name] = client.resident_mb()
            if number:
                found.times[name].append(client.started_s * 1e3)
                found.processor[name].append(client.started_cpu_s * 1e3)
                if client.has_menu and number < rounds and sum(found.first_menus[name]) < _PATIENCE_S * 1e3:
                    began = time.perf_counter()
                    uri = open_document(client, text)
                    ask(client, uri, {"line": FIRST // 2, "character": 4})
                    found.first_menus[name].append((time.perf_counter() - began) * 1e3)
            client.close()
    return found


def start_rows(commands: dict[str, list[str]], folder: Path, rounds: int) -> Iterator[Row]:
    found = starts(commands, folder, rounds)
    for what, values in (("", found.times), (", processor time", found.processor)):
        shown = {name: each for name, each in values.items() if not what or name not in _SEVERAL_THREADS}
        yield Row(f"start{what}, p50", {name: f"{median(each):.0f} ms" for name, each in shown.items()})
        bare = median(shown[BARE])
        ratios = {name: f"{median(each) / bare:.2f}×" for name, each in shown.items()}
        yield Row(f"start{what}, against bare pygls", ratios, wanted="1.2×")
    yield Row("resident after start", {name: f"{mb:.0f} MB" for name, mb in found.memory.items()}, wanted="70 MB")
    answered = {name: _time(median(each)) for name, each in found.first_menus.items() if each}
    yield Row(f"first menu, with opening {FIRST:,} lines, p50", answered)


@dataclass(frozen=True)
class Menus:
    times: Values
    processor: Values
    memory: dict[str, float]


def open_document(client: Client, text: str) -> str:
    uri = (client.root / "long.py").as_uri()
    item = {"uri": uri, "languageId": "python", "version": 0, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": item})
    return uri


def ask(client: Client, uri: str, at: dict[str, int]) -> None:
    client.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": [], "triggerKind": 1},
        },
    )


def menu(client: Client, uri: str, version: int, at: dict[str, int], typed: str) -> float:
    """Milliseconds from a typed character to the menu at its place."""
    began = time.perf_counter()
    client.notify(
        "textDocument/didChange",
        {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": {"start": at, "end": at}, "text": typed}],
        },
    )
    ask(client, uri, at)
    return (time.perf_counter() - began) * 1e3


def menus(commands: dict[str, list[str]], folder: Path, text: str, rounds: int) -> Menus:
    """One character typed and one menu asked for in all servers in turn."""
    clients = {name: Client(command, folder, folder / "data") for name, command in commands.items()}
    for name in [name for name, client in clients.items() if not client.has_menu]:
        clients.pop(name).close()
    found = Menus({name: [] for name in clients}, {name: [] for name in clients}, {})
    uris = {name: open_document(client, text) for name, client in clients.items()}
    chance = random.Random(5)
    lines, line, character = text.count("\n"), 0, 0
    taken = dict.fromkeys(clients, 0.0)
    for number in range(rounds):
        if number % 20 == 0:
            line, character = chance.randrange(lines), 0
        typed = chance.choice("abc_ (=")
        for name, client in clients.items():
            if taken[name] > _PATIENCE_S * 1e3:
                continue
            before = client.cpu_s()
            took = menu(client, uris[name], number + 1, {"line": line, "character": character}, typed)
            taken[name] += took
            time.sleep(_BETWEEN_S)
            # The first one waits for the first parse of the whole file, which has a row of its own. Of a server that answers no second
            # one it is all there is.
            if number or taken[name] > _PATIENCE_S * 1e3:
                found.times[name].append(took)
                found.processor[name].append((client.cpu_s() - before) * 1e3)
        character += 1
    for name, client in clients.items():
        found.memory[name] = client.resident_mb()
        client.close()
    return found


def menu_rows(commands: dict[str, list[str]], folder: Path, rounds: int) -> Iterator[Row]:
    for lines, wanted in LINES.items():
        found = menus(commands, folder, text_of(lines), rounds)
        for what, values in (("", found.times), (", processor time", found.processor)):
            for share in (0.5, 0.99):
                cells = {
                    name: _time(percentile(each, share))
                    for name, each in values.items()
                    if not what or name not in _SEVERAL_THREADS
                }
                title = f"menu with typing at {lines:,} lines{what}, p{share * 100:.0f}"
                yield Row(title, cells, wanted if share > 0.5 and not what else "")
    yield Row(
        f"resident after {rounds} menus at {lines:,} lines", {n: f"{mb:.0f} MB" for n, mb in found.memory.items()}
    )
