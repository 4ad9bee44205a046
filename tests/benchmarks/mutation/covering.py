"""Which entries of the golden files and which tests run a line, and what they cost: a mutant meets only those, the cheap ones first."""

from __future__ import annotations

import ast
import importlib
import json
import random
import time
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

from tests.benchmarks.mutation.run import Package


@dataclass(frozen=True, slots=True)
class Covering:
    """``seconds`` of processor time of each check (an entry or a test, by its name), and the checks that run each line of a file."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[str, Sequence[str]]]

    @classmethod
    def read(cls, path: Path) -> Covering:
        return cls(**json.loads(path.read_text("utf-8")))

    def of(self, path: Path, line: int) -> set[str]:
        """The checks that run the statement that ``line`` is part of; all of them if it runs when the module is imported."""
        rows = _statement(path, line)
        if rows is None:
            return set(self.seconds)
        known = self.lines.get(str(path.resolve()), {})
        checks = {check for row in rows for check in known.get(str(row), ())}
        # Called when a module is imported, before the first check.
        return set(self.seconds) if checks == {""} else checks - {""}


def _statement(path: Path, line: int) -> range | None:
    """The lines of the smallest statement around ``line``, of a compound one only its head; None outside of functions."""
    rows: range | None = None

    def visit(node: ast.AST, within: bool) -> None:
        nonlocal rows
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
                body = getattr(child, "body", None)
                start = child.pattern.lineno if isinstance(child, ast.match_case) else child.lineno
                end = child.body[-1].end_lineno if isinstance(child, ast.match_case) else child.end_lineno
                if not start <= line <= (end or start):
                    continue
                last = max(start, body[0].lineno - 1) if isinstance(body, list) and body else end or start
                rows = range(start, last + 1) if within else None
            visit(child, within or isinstance(child, ast.FunctionDef))

    visit(ast.parse(path.read_text("utf-8")), False)
    return rows


class Checks:
    """The checks of one package, run in this process."""

    def __init__(self, package: Package) -> None:
        from hypothesis import settings

        # A busy machine kills no mutant.
        settings.register_profile("patient", deadline=None, database=None)
        settings.load_profile("patient")
        self.package = package

    def measured(self, to: Path) -> int:
        """Runs all of them, writes the ``Covering``; 0 if they pass."""
        source = Path(self.package.source).resolve()
        tracer = coverage.Coverage(data_file=None, include=[f"{source}/*" if source.is_dir() else str(source)])
        tracer.start()
        seconds: dict[str, float] = {}

        @contextmanager
        def timed(name: str) -> Iterator[None]:
            tracer.switch_context(name)
            began = time.process_time()
            yield
            seconds[name] = time.process_time() - began

        class Measure:
            @pytest.hookimpl(wrapper=True)
            def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
                with timed(item.nodeid):
                    result = yield
                return result

        failed = 0
        for name, golden, entry in self._entries():
            with timed(name):
                failed += golden.fill(entry) != entry
        failed += self._tested(Measure())
        tracer.stop()
        data = tracer.get_data()
        lines = {path: data.contexts_by_lineno(path) for path in data.measured_files()}
        to.write_text(json.dumps({"seconds": seconds, "lines": lines}), "utf-8")
        return failed

    def judged(self, chosen: Collection[str], covering: Covering) -> int:
        """0 if nothing of ``chosen`` notices. As in pytest's settings a warning is an error: ``is`` beside a literal does not compile."""
        warnings.simplefilter("error", SyntaxWarning)
        if any(golden.fill(entry) != entry for name, golden, entry in self._entries() if name in chosen):
            return 1

        class Choose:
            def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
                items[:] = sorted(
                    (item for item in items if item.nodeid in chosen), key=lambda item: covering.seconds[item.nodeid]
                )

        status = self._tested(Choose())
        return 0 if status == pytest.ExitCode.NO_TESTS_COLLECTED else status

    def _entries(self) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        """In a random order, which notices sooner."""
        if not self.package.golden:
            return
        for golden in importlib.import_module(self.package.golden).FILES:
            entries = list(enumerate(golden.entries()))
            random.Random(1).shuffle(entries)
            yield from ((f"{golden.path.stem} {number}", golden, entry) for number, entry in entries)

    def _tested(self, plugin: object) -> int:
        ignored = [f"--ignore={path}" for path in self.package.left_out]
        options = ["-q", "-x", "-n0", "--assert=plain", "-p", "no:cacheprovider"]
        return int(pytest.main([*options, *ignored, *self.package.tests], plugins=[plugin]))
