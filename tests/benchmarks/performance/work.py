"""What is computed around a job: redaction, the application of an edit, the index. Peers are asked to do the same work in turn."""

from __future__ import annotations

import asyncio
import difflib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from grok_ls import Applied, apply_answer
from grok_ls.index.workspace_index import WorkspaceIndex
from tests.benchmarks.context.bench_index import files_below
from tests.benchmarks.edits.corpus import Case
from tests.benchmarks.edits.peers import peers as appliers
from tests.benchmarks.performance.editor import text_of
from tests.benchmarks.performance.peers import ctags
from tests.benchmarks.performance.table import OURS, Row
from tests.benchmarks.redaction.attack.peers import PEERS, Finder
from tests.benchmarks.redaction.loop import SIZE, texts

EDITED = (500, 5_000, 20_000)


def redaction_rows(packages: Path, rounds: int) -> Iterator[Row]:
    """The least of all rounds, by the clock: some peers compute in threads, and kingfisher in a process of its own."""
    sys.path.append(str(packages))
    finders = dict(_finders())
    for kind, text in texts().items():
        least = dict.fromkeys(finders, float("inf"))
        for _ in range(rounds):
            for name, find in finders.items():
                began = time.perf_counter()
                find(text)
                least[name] = min(least[name], time.perf_counter() - began)
        values = {
            name: f"{seconds * 1e3:.0f} ms ({len(text) / 1e6 / seconds:.1f} MB/s)" for name, seconds in least.items()
        }
        yield Row(f"redaction, {SIZE // 1000} kB: {kind}", values, wanted="100 ms")


def _finders() -> Iterator[tuple[str, Finder]]:
    for name, make in PEERS:
        try:
            found = make()
            found("key = 'a'\n")
        except ImportError as error:
            sys.stderr.write(f"{name} is not installed: {error}\n")
            continue
        yield (OURS if name == PEERS[0][0] else name), found


def edit_rows(folder: Path, rounds: int) -> Iterator[Row]:
    """A diff of three hunks into a file: milliseconds to the new text, ours with the check of its syntax, which the peers do not make.
    Those that are programs of their own are started for it.
    """
    others = appliers(folder)
    for lines in EDITED:
        case = edit_case(lines)
        values = {}
        for name, edited in {OURS: _ours, **others}.items():
            times = []
            for _ in range(rounds):
                began = time.perf_counter()
                got = edited(case)
                times.append((time.perf_counter() - began) * 1e3)
            values[name] = f"{median(times):.1f} ms" + ("" if got == case.expected else " (not the right text)")
        yield Row(f"edit of three hunks into {lines:,} lines, p50", values)


def _ours(case: Case) -> str | None:
    result = apply_answer(case.text, case.answer, path=case.path)
    return result.text if isinstance(result, Applied) else None


def edit_case(lines: int) -> Case:
    """Three lines that occur once get a comment."""
    old = text_of(lines).splitlines(keepends=True)
    new = list(old)
    for part in (1, 4, 7):
        at = next(n for n in range(lines * part // 8, lines) if old[n].strip() and old.count(old[n]) == 1)
        new[at] = old[at].rstrip("\n") + "  # looked at\n"
    diff = "".join(difflib.unified_diff(old, new, "a/long.py", "b/long.py"))
    return Case("three hunks", "python", "long.py", "".join(old), f"```diff\n{diff}```\n", "".join(new))


def index_rows(root: Path, limit: int) -> Iterator[Row]:
    """The first build of the definitions of so many files."""
    paths = files_below(root, limit)
    megabytes = sum((root / path).stat().st_size for path in paths) / 1e6
    values = {}
    with tempfile.TemporaryDirectory() as folder:
        values[OURS] = _rate(asyncio.run(_built(root, Path(folder), paths)), megabytes)
        if program := ctags():
            names = "\n".join(str(root / path) for path in paths)
            began = time.perf_counter()
            command = [program, "-L", "-", "-f", str(Path(folder, "tags")), "--fields=+ne"]
            subprocess.run(command, input=names, text=True, check=True, stderr=subprocess.DEVNULL)
            values["universal-ctags"] = _rate(time.perf_counter() - began, megabytes)
    yield Row(f"first build of the index, {len(paths):,} files, {megabytes:.0f} MB", values)


def _rate(seconds: float, megabytes: float) -> str:
    return f"{seconds:.1f} s ({megabytes / seconds:.1f} MB/s)"


async def _built(root: Path, data: Path, paths: list[str]) -> float:
    index = WorkspaceIndex(root, data, files=lambda: paths, allowed=lambda path: True)
    began = time.perf_counter()
    await index.build()
    seconds = time.perf_counter() - began
    await index.aclose()
    return seconds
