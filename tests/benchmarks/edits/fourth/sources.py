"""Tasks: what real people changed between two real releases, as one to three hunks with the one right result."""

from __future__ import annotations

import ast
import difflib
import random
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.benchmarks.edits.releases import Revision, _fetched

PAIRS = (
    ("npm", "@wordpress/block-library", "8.20.0", "9.0.0"),
    ("npm", "expo-modules-autolinking", "1.5.0", "1.11.0"),
    ("npm", "effect", "3.0.0", "3.5.0"),
    ("npm", "@reduxjs/toolkit", "1.9.5", "2.2.0"),
    ("npm", "mongoose", "7.0.0", "8.0.0"),
    ("npm", "webpack", "5.80.0", "5.94.0"),
    ("wheel", "sqlalchemy", "2.0.20", "2.0.30"),
    ("wheel", "scrapy", "2.9.0", "2.11.0"),
    ("wheel", "celery", "5.2.7", "5.4.0"),
    ("sdist", "pythonnet", "3.0.1", "3.0.5"),
    ("npm", "@capacitor/android", "5.0.0", "6.1.0"),
    ("npm", "node-addon-api", "5.0.0", "8.0.0"),
    ("npm", "usb", "2.5.0", "2.13.0"),
    ("npm", "@temporalio/core-bridge", "1.8.0", "1.11.0"),
    ("sdist", "pillow", "10.0.0", "10.3.0"),
    ("npm", "react-native", "0.72.0", "0.73.0"),
    ("npm", "react-native-maps", "1.7.0", "1.18.0"),
    ("sdist", "rapidfuzz", "3.0.0", "3.9.0"),
    ("sdist", "mercurial", "6.4", "6.7"),
)
LANGUAGES = {
    ".py": "python", ".js": "javascript", ".cjs": "javascript", ".mjs": "javascript", ".ts": "typescript", ".tsx": "typescript",
    ".c": "c", ".h": "cpp", ".cc": "cpp", ".cpp": "cpp", ".hpp": "cpp", ".rs": "rust", ".java": "java", ".kt": "kotlin",
    ".rb": "ruby", ".podspec": "ruby", ".php": "php", ".cs": "csharp", ".yml": "yaml", ".yaml": "yaml", ".toml": "toml",
    ".md": "markdown", ".scss": "scss", ".mm": "objc",
}  # fmt: skip
BRACES = {
    "javascript", "typescript", "c", "cpp", "rust", "java", "kotlin", "php", "csharp", "scss", "objc",
}  # fmt: skip
_MOST_LINES = 5_000
_AROUND = 3
Part = tuple[str, str]


class Unfit(Exception):
    """This damage cannot be done to this task, or careful people would not agree on the outcome."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """``start`` is the zero-based line of the old text; ``parts`` are (mark, line) with the mark `` ``, ``-`` or ``+``."""

    start: int
    parts: tuple[Part, ...]

    @property
    def old(self) -> list[str]:
        return [line for mark, line in self.parts if mark != "+"]

    @property
    def new(self) -> list[str]:
        return [line for mark, line in self.parts if mark != "-"]

    def having(self, mark: str) -> list[int]:
        return [index for index, (each, _) in enumerate(self.parts) if each == mark]


@dataclass(frozen=True, slots=True)
class Task:
    """A text with LF and a final newline, hunks in order that do not touch, and what they make of it."""

    path: str
    language: str
    text: str
    hunks: tuple[Hunk, ...]

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")[:-1]

    @property
    def want(self) -> str:
        return applied(self.text, self.hunks)

    def with_text(self, lines: list[str], hunks: tuple[Hunk, ...]) -> Task:
        return replace(self, text="\n".join(lines) + "\n", hunks=hunks)


def applied(text: str, hunks: tuple[Hunk, ...]) -> str:
    lines = text.split("\n")[:-1]
    for hunk in sorted(hunks, key=lambda each: -each.start):
        assert lines[hunk.start : hunk.start + len(hunk.old)] == hunk.old
        lines[hunk.start : hunk.start + len(hunk.old)] = hunk.new
    return "".join(line + "\n" for line in lines)


def revisions(cache: Path) -> Iterator[Revision]:
    """Every text file that changed between two releases, in a fixed order, with LF."""
    for registry, package, older, newer in PAIRS:
        before, after = (
            _texts(_fetched(cache, registry, package, older)),
            _texts(_fetched(cache, registry, package, newer)),
        )
        for path in sorted(before.keys() & after.keys()):
            if before[path] != after[path]:
                yield Revision(package, path, LANGUAGES[Path(path).suffix], before[path], after[path])


def _texts(archive: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, data in _members(archive):
        try:
            text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
        longest = max(map(len, text.split("\n")))
        if text.strip() and "\r" not in text and text.count("\n") <= _MOST_LINES and longest < 400:
            found[name] = text if text.endswith("\n") else text + "\n"
    return found


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            yield from ((name, wheel.read(name)) for name in wheel.namelist() if Path(name).suffix in LANGUAGES)
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            built = ".min." in name or name.startswith(("build/", "build-module/", "dist/", "lib/typescript/"))
            if member.isfile() and Path(name).suffix in LANGUAGES and not built:
                stream = tar.extractfile(member)
                assert stream is not None
                yield name, stream.read()


@cache
def changes(old: str, new: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """(first line, line after the last, new lines) of the old text; those nearer than twice the context are one."""
    before, after = old.split("\n")[:-1], new.split("\n")[:-1]
    found: list[tuple[int, int, int, int]] = []
    for tag, first, last, begin, end in difflib.SequenceMatcher(None, before, after, autojunk=True).get_opcodes():
        if tag == "equal":
            continue
        if found and first - found[-1][1] <= 2 * _AROUND:
            found[-1] = (found[-1][0], last, found[-1][2], end)
        else:
            found.append((first, last, begin, end))
    return tuple((first, last, tuple(after[begin:end])) for first, last, begin, end in found)


def draw(revision: Revision, dice: random.Random, most: int = 3, least: int = 1) -> Task:
    """Some of the real changes as a task whose result is well formed and whose hunks fit in one place only."""
    lines = revision.old.split("\n")[:-1]
    small = [each for each in changes(revision.old, revision.new) if each[1] - each[0] <= 30 and len(each[2]) <= 40]
    wanted = dice.choice([number for number in (1, 1, 2, 3) if least <= number <= most] or [least])
    if len(small) < wanted:
        raise Unfit
    chosen = sorted(dice.sample(small, wanted))
    task = Task(revision.path, revision.language, revision.old, tuple(_hunk(lines, each) for each in chosen))
    if not all(sound(task, hunk) for hunk in task.hunks) or not well_formed(task):
        raise Unfit
    return task


def _hunk(lines: list[str], change: tuple[int, int, tuple[str, ...]], around: int = _AROUND) -> Hunk:
    first, last, new = change
    begin, end = max(0, first - around), min(len(lines), last + around)
    middle: list[Part] = []
    for tag, one, two, three, four in difflib.SequenceMatcher(
        None, lines[first:last], new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            middle += [(" ", line) for line in new[three:four]]
        else:
            middle += [("-", line) for line in lines[first + one : first + two]]
            middle += [("+", line) for line in new[three:four]]
    return Hunk(begin, (*((" ", x) for x in lines[begin:first]), *middle, *((" ", x) for x in lines[last:end])))


def squeezed(line: str) -> str:
    return re.sub(r"\s+", "", line)


def sound(task: Task, hunk: Hunk) -> bool:
    """The old side is distinctive: enough words, and nowhere else is even two thirds of it."""
    old = [squeezed(line) for line in hunk.old]
    if sum(len(re.sub(r"\W", "", line)) >= 6 for line in old) < 3:
        return False
    if squeezed("".join(hunk.old)) == squeezed("".join(hunk.new)):
        return False
    return alone([squeezed(line) for line in task.lines], old, hunk.start)


def alone(lines: list[str], old: list[str], start: int) -> bool:
    for offset in range(len(lines) - len(old) + 1):
        near = abs(offset - start) <= 1 or lines[offset] not in old
        if not near and sum(a == b for a, b in zip(lines[offset:], old, strict=False)) > len(old) * 0.6:
            return False
    return all(lines[start + shift : start + shift + len(old)] != old for shift in (-1, 1) if start + shift >= 0)


def well_formed(task: Task) -> bool:
    """Each hunk keeps the balance of brackets; Python compiles after as it did before."""
    for hunk in task.hunks:
        old, new = "\n".join(hunk.old), "\n".join(hunk.new)
        if task.language != "markdown" and any(
            old.count(a) - old.count(b) != new.count(a) - new.count(b) for a, b in ("()", "[]", "{}")
        ):
            return False
        if any(old.count(sign) % 2 != new.count(sign) % 2 for sign in ('"', "`", "/*", '"""')):
            return False
        if any(
            re.match(r"\s*(?:[<>=]{7}|\*\*\*|@@|```|~~~|---|\+\+\+)", line) or "existing code" in line
            for line in old.split("\n") + new.split("\n")
        ):
            return False
    if task.language == "python":
        try:
            ast.parse(task.text)
            ast.parse(task.want)
        except (SyntaxError, ValueError):
            return False
    return True
