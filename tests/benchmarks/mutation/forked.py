"""One package's mutants, each in a fork of this process: ``python -m tests.benchmarks.mutation.forked PACKAGE SAMPLE SEED [show]``, in a copy
of the tree.
"""

from __future__ import annotations

import ast
import compileall
import difflib
import importlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.benchmarks.mutation.covering import Checks, Covering
from tests.benchmarks.mutation.run import PACKAGES, Package, sampled

TIMEOUT_S = 300
# Of a process; a mutant that never stops collecting takes no machine down.
_MEMORY = 4 * 1024**3
_LEFT_OUT = ("core/RemoveDecorator",)
# What the tests of several packages load, and no mutated package is part of.
_PRELOADED = (
    "hypothesis",
    "hypothesis.strategies",
    "tests.golden",
    "grok_ls.text",
    "grok_ls.errors",
    "grok_ls.usage",
)
_GRAMMARS = ("grok_ls.context.syntax", "grok_ls.context.languages")


@dataclass(frozen=True, slots=True)
class Mutant:
    path: Path
    operator: str
    occurrence: int
    line: int


def mutants(source: Path) -> Iterator[Mutant]:
    files = sorted(source.rglob("*.py")) if source.is_dir() else [source]
    for path in files:
        text = path.read_text("utf-8")
        idle = _annotated(text)
        tree = get_ast(text)
        for name in sorted(operator_names()):
            if name in _LEFT_OUT:
                continue
            operator = get_operator(name)
            number = 0
            if operator.arguments():
                continue
            made = operator()
            for node in ast_nodes(tree):
                for start, _ in made.mutation_positions(node):
                    if start not in idle:
                        yield Mutant(path, name, number, start[0])
                    number += 1


def _annotated(text: str) -> set[tuple[int, int]]:
    """Every place inside of an annotation."""
    places: set[tuple[int, int]] = set()
    for node in ast.walk(ast.parse(text)):
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(note, ast.expr):
                assert note.end_lineno is not None
                assert note.end_col_offset is not None
                for line in range(note.lineno, note.end_lineno + 1):
                    low = note.col_offset if line == note.lineno else 0
                    high = note.end_col_offset if line == note.end_lineno else 400
                    places.update((line, column) for column in range(low, high + 1))
    return places


def mutated(mutant: Mutant) -> str | None:
    code = mutate_code(mutant.path.read_text("utf-8"), get_operator(mutant.operator)(), mutant.occurrence)
    return None if code is None else str(code)


def forked(work: Callable[[], int], seconds: int, *, quiet: bool = True) -> int:
    """The exit code of ``work`` in a child, ``quiet`` without output; whatever it raises, more than ``seconds`` of processor time, and
    silence for too long, is not 0.
    """
    child = os.fork()
    if child:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.alarm(max(TIMEOUT_S, 10 * seconds))
        _, status = os.waitpid(child, 0)
        signal.alarm(0)
        return status
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2) if quiet else (0,):
            os.dup2(null, stream)
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> int:
    name, sample, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    package = PACKAGES[name]
    compileall.compile_dir("grok_ls", quiet=2)
    compileall.compile_dir("tests", quiet=2)
    sys.dont_write_bytecode = True
    for module in (*_PRELOADED, *(_GRAMMARS if name == "edits" else ())):
        importlib.import_module(module)
    for plugin in entry_points(group="pytest11"):
        plugin.load()
    notes = Path("covering.json")
    if forked(lambda: Checks(package).measured(notes), TIMEOUT_S, quiet=False):
        print(f"{name}: the golden files or the tests fail without a mutation, so a score would mean nothing.")
        return 1
    covering = Covering.read(notes)
    known = list(mutants(Path(package.source)))
    chosen = [known[at] for at in sampled(len(known), sample, seed)]
    survived = made = 0
    began = time.monotonic()
    # Stopped by Ctrl-C or a signal, it tells the score of what it has done.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        for mutant in chosen:
            plain = mutant.path.read_text("utf-8")
            text = mutated(mutant)
            if text is None or text == plain:
                continue
            alive = survives(mutant, plain, text, package, covering)
            made += 1
            survived += alive
            if alive and "show" in sys.argv:
                lines = difflib.unified_diff(plain.split("\n"), text.split("\n"), lineterm="", n=1)
                print(
                    f"survived: {mutant.path}:{mutant.line} {mutant.operator} {mutant.occurrence}",
                    *list(lines)[3:],
                    sep="\n",
                )
                print(f"({survived} of {made})", flush=True)
    spent = time.monotonic() - began
    score = (made - survived) / max(made, 1)
    print(f"| {name} | {len(known)} | {made} | {made - survived} | {score:.0%} | {spent:.0f} s |", flush=True)
    return 0


def survives(mutant: Mutant, plain: str, text: str, package: Package, covering: Covering) -> bool:
    """Byte code is kept by a file's time: the mutant gets another one, and the original its own back."""
    checks = covering.of(mutant.path, mutant.line)
    if not checks:
        return True
    # They were measured under a tracer, which takes three times as long.
    seconds = 10 + int(3 * sum(covering.seconds[check] for check in checks))
    times = mutant.path.stat()
    mutant.path.write_text(text, "utf-8")
    try:
        os.utime(mutant.path, ns=(times.st_atime_ns, times.st_mtime_ns + 10_000_000_000))
        return forked(lambda: Checks(package).judged(checks, covering), seconds) == 0
    finally:
        mutant.path.write_text(plain, "utf-8")
        os.utime(mutant.path, ns=(times.st_atime_ns, times.st_mtime_ns))


if __name__ == "__main__":
    sys.exit(main())
