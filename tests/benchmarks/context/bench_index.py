"""How long the index of a large tree takes, what an update after a save costs, and how much memory and disk.

``python tests/benchmarks/context/bench_index.py ROOT [--files 10000]`` indexes the first so many files below ROOT (for
instance a site-packages folder) that have a language with definitions, in the index's own process.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from grok_ls.context.across import wanted
from grok_ls.context.callers import thing_at
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.index.build import indexable
from grok_ls.index.workspace_index import WorkspaceIndex
from grok_ls.text import Source, Span


def files_below(root: Path, limit: int) -> list[str]:
    found = []
    for folder, _, names in os.walk(root):
        found += [str(Path(folder, name).relative_to(root)) for name in names if indexable(name)]
        if len(found) >= limit:
            break
    return sorted(found[:limit])


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


async def measure(root: Path, data: Path, limit: int) -> None:
    paths = files_below(root, limit)
    index = WorkspaceIndex(root, data, files=lambda: paths, allowed=lambda path: True)
    size = sum((root / path).stat().st_size for path in paths)
    for label in ("first build", "second build, nothing changed"):
        start = time.perf_counter()
        await index.build()
        print(f"{label}: {time.perf_counter() - start:.1f} s for {len(paths)} files, {size / 1e6:.0f} MB")
    files, tags = await index.count()
    disk = size_of(data)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{files} files, {tags} definitions, {disk / 1e6:.0f} MB on disk, {memory:.0f} MB of memory while building")
    texts = [path for path in paths if path.endswith(".py") and (root / path).stat().st_size > 2000][:200:4]
    updates, questions, users = [], [], []
    for path in texts:
        os.utime(root / path)
        start = time.perf_counter()
        await index.update(path)
        updates.append((time.perf_counter() - start) * 1e3)
        source = Source((root / path).read_text("utf-8"), path)
        language = language_of(path)
        assert language
        syntax = Syntax.parse(source, language)
        wants = wanted(source, Span(0, len(source.text)), syntax)
        start = time.perf_counter()
        await index.others(wants)
        questions.append((time.perf_counter() - start) * 1e3)
        things = [thing_at(syntax, each.span) for each in syntax.outline if each.kind == "function"]
        if thing := next((each for each in things if each is not None), None):
            start = time.perf_counter()
            await index.users(thing)
            users.append((time.perf_counter() - start) * 1e3)
    for label, times in (
        ("update after one save", updates),
        ("definitions that a whole file uses", questions),
        ("callers and tests", users),
    ):
        print(f"{label}: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms")
    await index.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    options = parser.parse_args()
    data = Path(tempfile.mkdtemp())
    try:
        asyncio.run(measure(options.root.resolve(), data, options.files))
    finally:
        shutil.rmtree(data)


if __name__ == "__main__":
    main()
