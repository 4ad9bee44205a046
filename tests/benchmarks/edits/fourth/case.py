"""A case and the register of damages; what every damage needs to write a diff."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.edits.fourth.sources import Hunk, Part, Task


@dataclass(frozen=True, slots=True)
class Case:
    """``want`` is the whole new text, or None where a careful person would refuse."""

    kind: str
    path: str
    language: str
    text: str
    answer: str
    want: str | None
    complete: bool = True


Damage = Callable[[Task, random.Random], Case]


@dataclass(frozen=True, slots=True)
class Entry:
    make: Damage
    least: int
    most: int


DAMAGES: dict[str, Entry] = {}


def damage(name: str, least: int = 1, most: int = 2) -> Callable[[Damage], Damage]:
    """Register a kind; its task has between ``least`` and ``most`` hunks."""

    def register(make: Damage) -> Damage:
        assert name not in DAMAGES
        DAMAGES[name] = Entry(make, least, most)
        return make

    return register


def case(task: Task, answer: str, want: str | None = None, *, text: str | None = None, complete: bool = True) -> Case:
    """Without ``want`` the outcome is what the task's hunks make."""
    return Case("", task.path, task.language, text or task.text, answer, want or task.want, complete)


def refusal(task: Task, answer: str, *, complete: bool = True) -> Case:
    return Case("", task.path, task.language, task.text, answer, None, complete)


def at_line(hunk: Hunk, delta: int, form: str, section: str) -> str:
    old, new = len(hunk.old), len(hunk.new)
    first = hunk.start + 1
    return {
        "full": f"@@ -{first},{old} +{first + delta},{new} @@" + (f" {section}" if section else ""),
        "bare": "@@",
        "double": "@@ @@",
        "dots": "@@ ... @@",
        "section": f"@@ {section}".rstrip(),
    }[form]


def section_of(task: Task, hunk: Hunk) -> str:
    """As git shows it: the nearest line above that begins at the margin with a letter."""
    for line in reversed(task.lines[: hunk.start]):
        if line[:1].isalpha() or line[:1] in "_$":
            return line[:72].rstrip()
    return ""


def body(parts: Sequence[Part]) -> list[str]:
    return [mark + line for mark, line in parts]


def diff(
    task: Task, hunks: Sequence[Hunk] | None = None, *, form: str = "full", header: bool = True, sections: bool = True
) -> str:
    """The task's hunks (or those given) as a unified diff; ends with a newline."""
    lines = [f"--- a/{task.path}", f"+++ b/{task.path}"] if header else []
    delta = 0
    for hunk in task.hunks if hunks is None else hunks:
        lines.append(at_line(hunk, delta, form, section_of(task, hunk) if sections else ""))
        lines += body(hunk.parts)
        delta += len(hunk.new) - len(hunk.old)
    return "\n".join(lines) + "\n"


def fenced(inside: str, language: str = "diff", fence: str = "```") -> str:
    return f"{fence}{language}\n{inside}{fence}\n"


def dressed(inside: str, dice: random.Random, language: str = "diff") -> str:
    """As models dress an answer: bare, fenced, or fenced with a sentence before or after."""
    before = dice.choice(["Here is the fix:\n\n", "I changed the lines below.\n\n", "Sure! The updated code:\n\n"])
    after = dice.choice(["\nThis should do it.\n", "\nLet me know if you need anything else!\n"])
    return dice.choice(
        [inside, fenced(inside, language), before + fenced(inside, language), before + fenced(inside, language) + after]
    )


def usual(task: Task, dice: random.Random, hunks: Sequence[Hunk] | None = None) -> str:
    """A diff in one of the usual forms, numbered or not."""
    form = dice.choice(["full", "full", "bare", "double", "section"])
    return dressed(diff(task, hunks, form=form, header=dice.random() < 0.7), dice)


def changed(hunk: Hunk, index: int, part: Part | None) -> Hunk:
    """The hunk with one part replaced, or left out."""
    parts = list(hunk.parts)
    parts[index : index + 1] = [] if part is None else [part]
    return replace(hunk, parts=tuple(parts))


def inner_context(hunk: Hunk, distance: int = 1) -> list[int]:
    """Context lines with context (or the border) on both sides at least ``distance`` wide, not first nor last."""
    touched = [index for index, (mark, _) in enumerate(hunk.parts) if mark != " "]
    return [
        index
        for index in range(1, len(hunk.parts) - 1)
        if hunk.parts[index][0] == " " and all(abs(index - other) > distance for other in touched)
    ]
