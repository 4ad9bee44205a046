"""``python -m tests.benchmarks.performance.profiles``: where the slowest rows of the table spend their time, by their own seconds.

The start by the imports of Python (``-X importtime``), the menu by cProfile around the real server while an editor types, redaction and
the application of an edit by cProfile in this process. cProfile makes calls dearer than they are: the shares count, not the seconds.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from grok_ls import apply_answer, redact
from tests.benchmarks.performance.client import Client
from tests.benchmarks.performance.editor import menus, text_of
from tests.benchmarks.performance.work import edit_case
from tests.benchmarks.redaction.loop import texts

_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
_WAITING = ("select.epoll", "_queue.SimpleQueue", "time.sleep", "_thread.lock")
MENUS = 100

Line = tuple[str, float]
"""What, and the share of the whole in percent."""


def start(folder: Path) -> list[Line]:
    """By package: what its modules took themselves."""
    log = folder / "imports"
    with log.open("wb") as file:
        # Ended without a goodbye: what a shutdown imports is no part of the start.
        Client([sys.executable, "-X", "importtime", "-m", "grok_ls", "--stdio"], folder, folder / "data", file).kill()
    spent: Counter[str] = Counter()
    for line in log.read_text().splitlines():
        if found := _IMPORT.match(line):
            package = found[2].split(".")[0]
            own = package not in sys.stdlib_module_names
            spent[package if own else "Python's library"] += int(found[1])
    return [(f"import of {name}", 100 * took / spent.total()) for name, took in spent.most_common()]


def menu(folder: Path) -> list[Line]:
    kept = folder / "menu.profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(kept), "-m", "grok_ls", "--stdio"]
    menus({"grok-ls": command}, folder, text_of(10_000), MENUS)
    return _lines(pstats.Stats(str(kept)))


def computed(work: Callable[[], object]) -> list[Line]:
    work()
    profile = cProfile.Profile()
    profile.runcall(work)
    return _lines(pstats.Stats(profile))


def _lines(stats: pstats.Stats) -> list[Line]:
    own: Counter[str] = Counter()
    # get_stats_profile() has one entry for all functions of one name.
    for (path, line, name), (_, _, seconds, _, _) in vars(stats)["stats"].items():
        if not any(each in name for each in _WAITING):
            own[_place(path, line, name)] += seconds
    return [(what, 100 * seconds / own.total()) for what, seconds in own.most_common()]


def _place(path: str, line: int, name: str) -> str:
    if path == "~":
        return name.strip("<>")
    for folder in (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), str(Path(__file__).parents[3])):
        if path.startswith(folder):
            path = path[len(folder) + 1 :]
            break
    return f"{path}:{line} {name}"


def profiles(folder: Path) -> Iterator[tuple[str, list[Line]]]:
    yield "start", start(folder)
    yield f"{MENUS} menus with typing at 10,000 lines, and the start before them", menu(folder)
    for kind in ("code", "json in json", "secrets"):
        text = texts()[kind]
        yield f"redaction of 100 kB: {kind}", computed(partial(redact, text))
    case = edit_case(20_000)
    yield "edit into 20,000 lines", computed(partial(apply_answer, case.text, case.answer, path=case.path))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.performance.profiles")
    parser.add_argument("--top", type=int, default=8)
    options = parser.parse_args()
    sys.stdout.write("| | share |\n| --- | ---: |\n")
    with tempfile.TemporaryDirectory() as folder:
        for title, lines in profiles(Path(folder)):
            sys.stdout.write(f"| **{title}** | |\n")
            sys.stdout.writelines(f"| `{what}` | {share:.1f} % |\n" for what, share in lines[: options.top])
            sys.stdout.flush()


if __name__ == "__main__":
    main()
