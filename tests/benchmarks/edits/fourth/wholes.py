"""Rewritten definitions and files, whole or with comments that stand for what stays."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

from tests.benchmarks.edits.fourth.case import Case, case, damage, fenced, refusal
from tests.benchmarks.edits.fourth.contexts import COMMENTS
from tests.benchmarks.edits.fourth.layouts import _rigid
from tests.benchmarks.edits.fourth.sources import BRACES, Hunk, Task, Unfit

_WORDS = r"(?:export|default|public|private|protected|internal|static|async|final|override|abstract|pub|pub\(crate\)|unsafe|open|sealed|virtual|suspend|inline)\s+"
_HEAD = re.compile(
    rf"^([ \t]*)(?:{_WORDS})*(?:(?:def|function|fn|fun|func)\s+(?:self\.)?([A-Za-z_$][\w$]*)|class\s+([A-Z]\w*))\b"
)
_METHOD = re.compile(
    rf"^([ \t]+)(?:{_WORDS})*(?:[A-Za-z_][\w<>\[\], .?]*\s+)?([a-z]\w*)\([^;()|]*\)(?:\s*:\s*[\w<>\[\] |.]+|\s+throws [\w, ]+)?\s*\{{\s*$"
)
_NOT = {
    "if",
    "for",
    "while",
    "switch",
    "catch",
    "return",
    "else",
    "do",
    "synchronized",
    "foreach",
    "elseif",
    "using",
    "lock",
    "function",
    "with",
    "it",
    "describe",
    "test",
}
MARKS = (
    "{sign}... existing code ...",
    "{sign}... rest of the code ...",
    "{sign}...",
    "{sign}... (unchanged) ...",
    "{sign}existing code",
)


@dataclass(frozen=True, slots=True)
class Definition:
    """Lines ``first`` to before ``end`` of the old text, named ``name``."""

    name: str
    first: int
    end: int
    indent: str


def definition_around(task: Task, hunks: tuple[Hunk, ...], most: int = 150) -> Definition:
    """The smallest definition whose body holds all changed lines, or Unfit; its name is defined once in the file."""
    touched = [
        hunk.start + sum(m != "+" for m, _ in hunk.parts[:at])
        for hunk in hunks
        for at, (m, _) in enumerate(hunk.parts)
        if m != " "
    ]
    found = [
        each
        for each in definitions(task)
        if each.first < min(touched) and max(touched) < each.end - (task.language in BRACES)
    ]
    if not found:
        raise Unfit
    best = max(found, key=lambda each: each.first)
    same = sum(each.name == best.name for each in definitions(task))
    if same != 1 or best.end - best.first > most or best.end - best.first < 4:
        raise Unfit
    return best


def definitions(task: Task) -> list[Definition]:
    lines = task.lines
    found = []
    for at, line in enumerate(lines):
        match = _HEAD.match(line) or (_METHOD.match(line) if task.language in BRACES else None)
        if match is None or (name := next(x for x in match.groups()[1:] if x)) in _NOT:
            continue
        end = _end(task, lines, at, match[1])
        if end:
            found.append(Definition(name, at, end, match[1]))
    return found


def _end(task: Task, lines: list[str], at: int, indent: str) -> int | None:
    if task.language == "python":
        if not lines[at].rstrip().endswith(":"):
            return None
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > len(indent)):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        return end
    close = "end" if task.language == "ruby" else "}"
    if (task.language in BRACES and not lines[at].rstrip().endswith("{")) or task.language not in BRACES | {"ruby"}:
        return None
    return next((k + 1 for k in range(at + 1, len(lines)) if lines[k] == indent + close), None)


def new_lines(task: Task, one: Definition) -> list[str]:
    """The definition after the task's change, which lies within it."""
    grown = sum(len(hunk.new) - len(hunk.old) for hunk in task.hunks)
    return task.want.split("\n")[one.first : one.end + grown]


def _keeps_definitions(task: Task) -> None:
    """Whether a definition that a rewritten piece of code lacks is gone on purpose people do not agree."""
    old, new = ([line for hunk in task.hunks for line in lines(hunk)] for lines in (lambda h: h.old, lambda h: h.new))
    if sum(_names(new).values()) < sum(_names(old).values()) or _names(old) - _names(new):
        raise Unfit


def _names(lines: list[str]) -> Counter[str]:
    return Counter(
        name
        for line in lines
        if (match := _HEAD.match(line) or _METHOD.match(line))
        for name in match.groups()[1:]
        if name
    )


def _fit(task: Task, most: int = 150) -> Definition:
    _keeps_definitions(task)
    one = definition_around(task, task.hunks, most)
    new = new_lines(task, one)
    head = list(_HEAD.findall("\n".join(new)))
    if new[0] != task.lines[one.first] or not new[-1].strip() or len(head) > 30:
        raise Unfit
    if task.language != "python" and new[-1] != task.lines[one.end - 1]:
        raise Unfit
    return one


@damage("rewritten definition", most=2)
def whole(task: Task, dice: random.Random) -> Case:
    new = "\n".join(new_lines(task, _fit(task))) + "\n"
    before = dice.choice(["", "Here is the corrected function:\n\n", f"In `{task.path}`:\n\n"])
    after = dice.choice(["", "\nI kept everything else as it was.\n"])
    return case(task, before + fenced(new, dice.choice([task.language, task.language, ""])) + after)


@damage("rewritten definition, dedented", most=2)
def dedented(task: Task, dice: random.Random) -> Case:
    one = _fit(task)
    new = new_lines(task, one)
    if (
        not one.indent
        or not _rigid(task, Hunk(0, tuple((" ", x) for x in new)))
        or any(x.strip() and not x.startswith(one.indent) for x in new)
    ):
        raise Unfit
    return case(task, fenced("".join(x.removeprefix(one.indent) + "\n" for x in new), task.language))


@damage("rewritten definition with CRLF file", most=2)
def crlf(task: Task, dice: random.Random) -> Case:
    new = "\n".join(new_lines(task, _fit(task))) + "\n"
    return case(task, fenced(new, task.language), task.want.replace("\n", "\r\n"), text=task.text.replace("\n", "\r\n"))


def _stretch(task: Task, one: Definition) -> tuple[int, int]:
    """The longest unchanged run of old lines inside, two lines from the changes and the ends; at least four long."""
    busy = {one.first, one.end - 1, one.first + 1, one.end - 2}
    for hunk in task.hunks:
        at = hunk.start
        for mark, _ in hunk.parts:
            if mark != " ":
                busy |= {at - 2, at - 1, at, at + 1, at + 2} if mark == "-" else {at - 2, at - 1, at, at + 1}
            at += mark != "+"
    runs: list[tuple[int, int]] = []
    for at in range(one.first, one.end):
        if at not in busy:
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    begin, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    if end - begin < 4:
        raise Unfit
    return begin, end


def _elide(task: Task, one: Definition, dice: random.Random) -> list[str]:
    """The new definition with its longest unchanged run as one comment; the lines beside it stand once in it."""
    begin, end = _stretch(task, one)
    lines, new = task.lines, new_lines(task, one)
    old = lines[one.first : one.end]
    beside = [lines[begin - 1], lines[end]]
    if any(old.count(x) != 1 or new.count(x) != 1 or len(x.strip()) < 6 for x in beside):
        raise Unfit
    gap = lines[begin:end]
    at = next(k for k in range(len(new)) if new[k : k + len(gap)] == gap)
    inside = next(x for x in gap if x.strip())
    sign = COMMENTS[task.language]
    mark = inside[: len(inside) - len(inside.lstrip())] + dice.choice(MARKS).format(sign=sign)
    return [*new[:at], mark, *new[at + len(gap) :]]


@damage("rewritten definition with an elision comment", most=2)
def elided(task: Task, dice: random.Random) -> Case:
    one = _fit(task, 400)
    return case(task, fenced("\n".join(_elide(task, one, dice)) + "\n", task.language))


@damage("rewritten file", most=3)
def whole_file(task: Task, dice: random.Random) -> Case:
    if len(task.lines) > 700 or task.language == "markdown":
        raise Unfit
    before = dice.choice(["", "The whole file:\n\n", f"**{task.path}**\n\n"])
    return case(task, before + fenced(task.want, task.language))


@damage("rewritten file with elisions", most=1)
def file_elided(task: Task, dice: random.Random) -> Case:
    """A comment for all above, the changed stretch with its context, a comment for all below."""
    hunk, lines = task.hunks[0], task.lines
    end = hunk.start + len(hunk.old)
    sign = COMMENTS.get(task.language)
    if sign is None or hunk.start < 5 or len(lines) - end < 5 or hunk.parts[0][0] != " " or hunk.parts[-1][0] != " ":
        raise Unfit
    if (
        any(len(x.strip()) < 6 or lines.count(x) != 1 for x in (hunk.old[0], hunk.old[-1]))
        or hunk.old[0] not in hunk.new
    ):
        raise Unfit
    _keeps_definitions(task)
    mark = sign + dice.choice(["... existing code ...", "...", "... rest of the file ..."])
    return case(task, fenced("\n".join([mark, *hunk.new, mark]) + "\n", task.language))


@damage("refuse: definition that is not in the file", most=1)
def unknown(task: Task, dice: random.Random) -> Case:
    one = _fit(task)
    name = one.name + "_renamed_elsewhere"
    new = [re.sub(rf"\b{re.escape(one.name)}\b", name, x) for x in new_lines(task, one)]
    if one.name not in task.lines[one.first] or task.lines[one.first].count(one.name) != 1:
        raise Unfit
    body = [re.sub(r"[A-Za-z_]{5,}", lambda m: m[0][::-1], x) for x in new[1:]]
    if "class" in new[0] or task.language in {"rust", "c", "cpp", "csharp"}:
        raise Unfit
    return refusal(task, fenced("\n".join([new[0], *body]) + "\n", task.language))


@damage("refuse: definition cut before its end", most=1)
def cut(task: Task, dice: random.Random) -> Case:
    one = _fit(task)
    if task.language not in BRACES:
        raise Unfit
    new = new_lines(task, one)
    keep = new[: max(2, len(new) * 2 // 3)]
    text = "\n".join(keep)
    if text.count("{") <= text.count("}"):
        raise Unfit
    return refusal(task, f"```{task.language}\n{text}")


@damage("refuse: elision where nothing of the old code is left to stand for", most=1)
def empty_elision(task: Task, dice: random.Random) -> Case:
    """The body is nothing but a comment that says to put code there."""
    one = _fit(task)
    line = task.lines[one.first + 1]
    lead = line[: len(line) - len(line.lstrip())]
    sign = COMMENTS[task.language]
    last = [task.lines[one.end - 1]] if task.language != "python" else []
    return refusal(
        task,
        fenced(
            "\n".join([task.lines[one.first], f"{lead}{sign}TODO: implement the rest here", *last]) + "\n",
            task.language,
        ),
    )
