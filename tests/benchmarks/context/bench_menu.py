"""What the menu and the context cost on long files, with typing in between.

``python tests/benchmarks/context/bench_menu.py`` prints milliseconds: the menu's question "is the cursor on or in a
definition" while a character is typed before each, the first parse, the context of a job, and the longest time that a
job in a thread keeps the event loop waiting. The files are parts of the standard library, one after another.
"""

from __future__ import annotations

import random
import sysconfig
import threading
import time
from collections.abc import Callable
from pathlib import Path

from grok_ls.context.collect import collect
from grok_ls.context.languages import language_of
from grok_ls.context.trees import TreeCache
from grok_ls.text import Source, Span

PYTHON = language_of("a.py")
assert PYTHON


def text_of(lines: int) -> str:
    parts: list[str] = []
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        parts += path.read_text("utf-8").splitlines(keepends=True)
        if len(parts) >= lines:
            break
    return "".join(parts[:lines])


def milliseconds(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return (time.perf_counter() - start) * 1e3


def menu(text: str, rounds: int = 300) -> list[float]:
    """Times of the menu's question, the text changed by one character before each; the line table is made before, as an
    editor's server has it from placing the cursor.
    """
    random_ = random.Random(5)
    trees = TreeCache(time.perf_counter)
    trees.syntax("a", 0, Source(text, "a.py"))
    times = []
    at = len(text) // 2
    for number in range(rounds):
        if number % 20 == 0:
            at = random_.randrange(len(text))
        text = text[:at] + random_.choice("abc_ (=") + text[at:]
        source = Source(text, "a.py")
        source.line_starts  # noqa: B018
        start = time.perf_counter()
        trees.definition_at("a", number + 1, source, Span(at, at))
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)


def longest_wait(task: Callable[[], object]) -> float:
    """How long the main thread waits at most for its turn while ``task`` runs in another."""
    ended = threading.Event()

    def run() -> None:
        task()
        ended.set()

    longest, last = 0.0, time.perf_counter()
    threading.Thread(target=run).start()
    while not ended.is_set():
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1e3


def main() -> None:
    print("lines    menu p50  p99   max    first parse  context  longest wait beside it")
    for lines in (10_000, 20_000, 50_000):
        text = text_of(lines)
        times = menu(text)
        first = milliseconds(lambda text=text: TreeCache(time.perf_counter).syntax("a", 0, Source(text, "a.py")))
        middle = Span(len(text) // 2, len(text) // 2)

        def job(text: str = text, middle: Span = middle) -> None:
            collect(Source(text, "a.py"), middle, tokens=12_000, language=PYTHON)

        print(
            f"{lines:6}   {times[len(times) // 2]:7.1f}  {times[int(len(times) * 0.99)]:5.1f}  {times[-1]:5.1f}"
            f"  {first:8.0f}  {milliseconds(job):9.0f}  {longest_wait(job):9.1f}"
        )


if __name__ == "__main__":
    main()
