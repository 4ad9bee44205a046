"""One edit that was really made: some of the changes between two releases of one file, and the file after them."""

from __future__ import annotations

import ast
import difflib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from tests.benchmarks.edits.releases import Revision

PAIRS = (
    ("wheel", "jinja2", "3.0.3", "3.1.5"),
    ("wheel", "marshmallow", "3.13.0", "3.21.3"),
    ("wheel", "starlette", "0.27.0", "0.37.2"),
    ("wheel", "aiohttp-jinja2", "1.5", "1.6"),
    ("wheel", "networkx", "3.0", "3.3"),
    ("npm", "fastify", "4.10.2", "5.0.0"),
    ("npm", "undici", "5.20.0", "6.19.8"),
    ("npm", "koa", "2.13.4", "2.15.3"),
    ("npm", "mobx", "6.6.2", "6.13.5"),
    ("npm", "immer", "9.0.21", "10.1.1"),
    ("npm", "tree-sitter", "0.20.6", "0.21.1"),
    ("npm", "node-pty", "0.10.1", "1.0.0"),
    ("npm", "sharp", "0.31.3", "0.33.5"),
    ("npm", "react-native-svg", "13.14.0", "15.8.0"),
    ("npm", "react-native-gesture-handler", "2.9.0", "2.20.2"),
    ("npm", "@stripe/stripe-react-native", "0.28.0", "0.38.6"),
    ("npm", "foundation-sites", "6.6.3", "6.8.1"),
    ("sdist", "zstandard", "0.19.0", "0.23.0"),
)
MOST_LINES = 3_000
Item = TypeVar("Item")
_DEFINITION = re.compile(
    r"^\s*(?:export |default |public |private |protected |internal |static |async |final |override |abstract |pub(?:\(\w+\))? |unsafe |open )*"
    r"(?:def|class|function|fn|func|fun|struct|enum|trait|impl|interface)\b[ *]*[\w$]+"
)


class Unfit(Exception):
    """This damage cannot be done to this task, or a careful human would not be sure of the outcome."""


def need(condition: object) -> None:
    if not condition:
        raise Unfit


class Dice(random.Random):
    """Chance that knows whether it is held out: wordings are dealt to even and odd seeds in turn."""

    def __init__(self, seed: int, name: str) -> None:
        super().__init__(f"{seed}/{name}")
        self.half = seed % 2

    def deal(self, options: Sequence[Item]) -> Item:
        return self.choice(options[self.half :: 2])


@dataclass(frozen=True, slots=True)
class Change:
    """Lines ``start`` to ``end`` of the file become ``new``."""

    start: int
    end: int
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A file as lines without their ends, and the changes that belong to the answer, in order."""

    path: str
    language: str
    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    final: bool = True

    @property
    def wanted(self) -> tuple[str, ...]:
        result = list(self.lines)
        for change in reversed(self.changes):
            result[change.start : change.end] = change.new
        return tuple(result)

    def text(self) -> str:
        return joined(self.lines, self.final)

    def want(self) -> str:
        return joined(self.wanted, self.final)

    def with_changes(self, *changes: Change) -> Task:
        return replace(self, changes=changes)


def joined(lines: Sequence[str], final: bool = True) -> str:
    return "\n".join(lines) + ("\n" if final else "")


@lru_cache(maxsize=4_096)
def changes_of(revision: Revision) -> tuple[Change, ...]:
    """The changes of a revision that say more than white space and fit on a screen."""
    old, new = _lines(revision.old), _lines(revision.new)
    head = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    blocks = difflib.SequenceMatcher(None, old[head:], new[head:], autojunk=False).get_opcodes()
    found = []
    for kind, i1, i2, j1, j2 in blocks:
        before, after = old[head + i1 : head + i2], new[head + j1 : head + j2]
        if kind != "equal" and len(before) <= 12 and len(after) <= 16 and squeezed(before) != squeezed(after):
            found.append(Change(head + i1, head + i2, after))
    return tuple(found)


def squeezed(lines: Sequence[str]) -> str:
    return "".join("".join(lines).split())


def draw(revision: Revision, dice: Dice) -> Task:
    """One to four neighbouring changes of ``revision``."""
    changes = changes_of(revision)
    need(changes)
    count = dice.choice((1, 1, 1, 2, 2, 3, 4))
    first = dice.randrange(len(changes))
    lines, chosen = _lines(revision.old), changes[first : first + count]
    task = Task(revision.path, revision.language, lines, chosen, revision.old.endswith("\n"))
    # A new line of nothing but blanks does not survive most damages, and nobody could say that it should.
    need(all(not text or text.strip() for change in chosen for text in change.new))
    need(stands_alone(task))
    return task


def stands_alone(task: Task) -> bool:
    """That the changes do not leave half of a bigger one undone: brackets still close, Python still compiles.

    Said without a grammar, because what a grammar does not know of C++ must not decide which cases there are.
    """
    removed = "".join(text for change in task.changes for text in task.lines[change.start : change.end])
    added = "".join(text for change in task.changes for text in change.new)
    if any(mark in removed + added for mark in ('"""', "'''", "/*", "*/", "#if", "#e", "`")):
        return task.language in {"python", "markdown"} and closes(task.language, task.text(), task.want())
    return closes(task.language, task.text(), task.want())


def closes(language: str, old: str, new: str) -> bool:
    """That ``new`` leaves no more brackets open than ``old``, and compiles if it is Python."""
    for opening, closing in ("()", "[]", "{}"):
        if old.count(opening) - old.count(closing) != new.count(opening) - new.count(closing):
            return False
    if language != "python":
        return True
    try:
        ast.parse(new)
    except (SyntaxError, ValueError):
        return False
    return True


def fit_for_corpus(revision: Revision) -> bool:
    return revision.old.count("\n") <= MOST_LINES and "<<<<<<<" not in revision.old + revision.new


def definition_at(lines: Sequence[str], line: int) -> int | None:
    """The nearest line above that opens what encloses ``line``."""
    depth = next((indent_of(text) for text in lines[line:] if text.strip()), 0)
    for at in range(min(line, len(lines)) - 1, -1, -1):
        text = lines[at]
        if text.strip() and indent_of(text) < depth:
            if _DEFINITION.match(text):
                return at
            depth = min(depth, indent_of(text))
    return None


def definition_end(lines: Sequence[str], start: int) -> int:
    """The line after the definition that begins at ``start``, by its indentation."""
    depth = indent_of(lines[start])
    end = start + 1
    for at in range(start + 1, len(lines)):
        text = lines[at]
        if not text.strip():
            continue
        if indent_of(text) < depth or (indent_of(text) == depth and not text.strip().startswith((")", "}", "]"))):
            break
        end = at + 1
        if indent_of(text) == depth and text.strip()[0] == "}":
            break
    return end


def indent_of(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _lines(text: str) -> tuple[str, ...]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return tuple(text.removesuffix("\n").split("\n"))
