"""What functions of installed Python packages really use, by jedi: for the recall benchmark.

``python tests/benchmarks/context/oracle.py SITE_PACKAGES PACKAGE... --count 240 > samples.jsonl`` samples functions of
at least six lines with a fixed seed and writes, one a line, the function's place and the places of all definitions in
the same package (functions, classes, methods, module-level names) that its code names. Needs ``jedi``.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jedi


def functions(path: Path) -> Iterator[tuple[int, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if 6 <= node.end_lineno - first <= 120:
                yield first, node.end_lineno


def used(script: jedi.Script, package: Path, path: Path, first: int, last: int) -> list[tuple[str, int, str]]:
    """``(path, line, name)`` of every definition of the package outside the function that a name in it leads to."""
    found = set()
    for name in script.get_names(all_scopes=True, references=True, definitions=False):
        if not first <= name.line <= last:
            continue
        try:
            targets = name.goto(follow_imports=True)
        except Exception as error:  # jedi fails on some code in its own ways; the name is then not counted.
            print(f"{path}:{name.line}: {error!r}", file=sys.stderr)
            continue
        for target in targets:
            where = target.module_path
            if where is None or target.line is None or target.type in ("param", "module"):
                continue
            outside = Path(where) != path or not first <= target.line <= last
            if outside and package in Path(where).parents and _is_definition(target):
                found.add((str(Path(where).relative_to(package.parent)), target.line, target.name))
    return sorted(found)


def _is_definition(target: Any) -> bool:
    if target.type in ("function", "class", "property"):
        return True
    parent = target.parent()
    return target.type == "statement" and parent is not None and parent.type in ("module", "class")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    candidates = []
    for name in options.packages:
        package = (options.root / name).resolve()
        for path in sorted(package.rglob("*.py")):
            candidates += [(package, path, *place) for place in functions(path)]
    random.Random(22).shuffle(candidates)
    written: Counter[str] = Counter()
    for package, path, first, last in candidates:
        if written[package.name] >= options.count // len(options.packages):
            continue
        targets = used(jedi.Script(path=path), package, path, first, last)
        if len(targets) < 2:
            continue
        sample = {"package": package.name, "path": str(path.relative_to(package.parent)), "first": first, "last": last}
        print(json.dumps({**sample, "used": targets}), flush=True)
        written[package.name] += 1


if __name__ == "__main__":
    main()
