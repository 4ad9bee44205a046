"""Answers that give new code instead of a difference: whole files, definitions, with and without elision."""

from __future__ import annotations

import re

from tests.benchmarks.edits.third.case import Made, damage
from tests.benchmarks.edits.third.draft import AFTER, BEFORE, dressed, name_of, squash
from tests.benchmarks.edits.third.lines import COMMENT, indent
from tests.benchmarks.edits.third.tasks import (
    Change,
    Dice,
    Task,
    definition_at,
    definition_end,
    indent_of,
    joined,
    need,
)

ELISIONS = (
    "... existing code ...", "... rest of the code ...", "...", "existing code remains unchanged", "... (rest of the file stays the same)",
    "rest of the file unchanged", "[unchanged]", "... other methods ...",
)  # fmt: skip
IMPORT = re.compile(r"(import |from \S+ import|#include|using |use |const \w+ = require\()")


def _fenced(body: str, task: Task, dice: Dice, info: str | None = None) -> str:
    fence = "````" if "```" in body else "```"
    before = dice.deal(BEFORE) if dice.random() < 0.5 else ""
    after = dice.deal(AFTER) if dice.random() < 0.4 else ""
    return dressed(body.removesuffix("\n"), fence, task.language if info is None else info, before, after)


def _small(task: Task, most: int = 400) -> None:
    need(6 <= len(task.lines) <= most and task.language != "markdown" and task.changes[0].start > 0)


@damage("whole-file")
def whole(task: Task, dice: Dice) -> Made:
    _small(task)
    need(sum(change.end - change.start for change in task.changes) * 3 < len(task.lines))
    return Made(_fenced(task.want(), task, dice), task.want())


@damage("whole-file-named")
def whole_named(task: Task, dice: Dice) -> Made:
    _small(task)
    need(sum(change.end - change.start for change in task.changes) * 3 < len(task.lines))
    name = dice.deal(
        (
            task.path,
            f"**`{task.path}`**",
            f"`{name_of(task)}`",
            f"### {task.path}",
            f"Updated `{task.path}`:",
            f"File: {name_of(task)}",
        )
    )
    fence = "````" if "```" in task.want() else "```"
    return Made(f"{name}\n" + dressed(joined(task.wanted, final=False), fence, task.language), task.want())


@damage("whole-file-without-import")
def without_import(task: Task, dice: Dice) -> Made:
    """Imports that nothing needs any more are gone from the new text of the whole file."""
    _small(task)
    top = [at for at, text in enumerate(task.lines[:40]) if IMPORT.match(text) and text.rstrip()[-1:] not in "({,\\"]
    top = [at for at in top if at < task.changes[0].start]
    need(len(top) > 1)
    gone = sorted(dice.sample(top, min(len(top) - 1, dice.choice((1, 1, 2)))))
    made = task.with_changes(*(Change(at, at + 1, ()) for at in gone), *task.changes)
    need(sum(change.end - change.start for change in made.changes) * 3 < len(task.lines) and made.wanted[0].strip())
    return Made(_fenced(made.want(), task, dice), made.want())


@damage("whole-file-line-ends")
def whole_crlf(task: Task, dice: Dice) -> Made:
    _small(task)
    need(sum(change.end - change.start for change in task.changes) * 3 < len(task.lines))
    answer = _fenced(task.want(), task, dice)
    return Made(answer, task.want().replace("\n", "\r\n"), task.text().replace("\n", "\r\n"))


@damage("whole-file-elided")
def whole_elided(task: Task, dice: Dice) -> Made:
    """Only the surroundings of the changes are written; comments stand for the rest."""
    need(task.language != "markdown" and len(task.lines) > 30 and task.changes[0].start > 0)
    comment = COMMENT.get(task.language, "//")
    mark = f"{comment} {dice.deal(ELISIONS)}"
    wanted: list[str] = []
    done = 0
    for change in task.changes:
        first, last = max(change.start - 4, 0), min(change.end + 4, len(task.lines))
        if first - done >= 6 or (not wanted and first > 0):
            need(first - done >= 3)
            _anchors(task, first, change.start)
            wanted += [indent(task.lines[first]) + mark]
        else:
            first = done
        if first < done:
            first = done
        wanted += [*task.lines[first : change.start], *change.new]
        done = change.end
        following = next(
            (other.start for other in task.changes if other.start >= change.end and other is not change),
            len(task.lines),
        )
        stop = min(last, following)
        wanted += task.lines[done:stop]
        done = stop
        if following - done >= 10 or following == len(task.lines):
            _anchors(task, change.end, stop)
    if done < len(task.lines):
        need(len(task.lines) - done >= 3)
        wanted += [mark]
    need(sum(line.strip().endswith(mark) for line in wanted) >= 1 and not any(mark in text for text in task.lines))
    return Made(_fenced("\n".join(wanted), task, dice), task.want())


def _anchors(task: Task, first: int, last: int) -> None:
    """That the lines between a change and an elision say where they stand."""
    texts = [text for text in task.lines[first:last] if text.strip()]
    need(len(texts) >= 2 and texts[0] and any(len(squash(text)) > 8 and task.lines.count(text) == 1 for text in texts))
    edges = {task.lines[first], task.lines[last - 1]}
    need(all(text.strip() and task.lines.count(text) == 1 for text in edges))


def definition_of(task: Task, dice: Dice) -> tuple[Task, int, int]:
    """The definition that holds one change wholly, and the task of only what changes in it."""
    need(task.language not in {"markdown", "scss", "css"})
    change = dice.choice(task.changes)
    start = definition_at(task.lines, change.start)
    need(start is not None)
    assert start is not None
    end = definition_end(task.lines, start)
    need(start < change.start and change.end < end and end - start <= 150)
    head = task.lines[start]
    name = re.findall(r"\w+", re.split(r"[(:{<]", head)[0])
    need(name and len(name[-1]) > 3)
    opener = re.compile(rf"\b{re.escape(name[-1])}\b")
    need(sum(bool(opener.search(text)) and indent_of(text) == indent_of(head) for text in task.lines) == 1)
    need(head.rstrip()[-1:] in ":{")
    inside = [each for each in task.changes if start < each.start and each.end < end]
    removed = sum(each.end - each.start for each in inside)
    need(removed * 2 < end - start)
    return task.with_changes(*inside), start, end


def written_definition(task: Task, start: int, end: int) -> list[str]:
    grown = len(task.wanted) - len(task.lines)
    return list(task.wanted[start : end + grown])


@damage("definition")
def definition(task: Task, dice: Dice) -> Made:
    task, start, end = definition_of(task, dice)
    return Made(_fenced("\n".join(written_definition(task, start, end)), task, dice), task.want())


@damage("definition-dedented")
def definition_dedented(task: Task, dice: Dice) -> Made:
    task, start, end = definition_of(task, dice)
    lines = written_definition(task, start, end)
    depth = indent_of(lines[0])
    need(depth > 0 and all(indent_of(text) >= depth for text in lines if text.strip()))
    return Made(_fenced("\n".join(text[depth:] for text in lines), task, dice), task.want())


@damage("definition-elided")
def definition_elided(task: Task, dice: Dice) -> Made:
    """Inside the definition a comment stands for lines that stay."""
    task, start, end = definition_of(task, dice)
    first, last = task.changes[0].start, task.changes[-1].end
    comment = COMMENT.get(task.language, "//")
    mark = f"{comment} {dice.deal(ELISIONS)}"
    grown = len(task.wanted) - len(task.lines)
    head, tail = list(task.wanted[start:first]), list(task.wanted[last + grown : end + grown])
    core = list(task.wanted[first : last + grown])
    if len(head) >= 8 and dice.random() < 0.6:
        _anchors(task, first - 3, first)
        head[1:-3] = [indent(task.lines[first - 3]) + mark]
    else:
        need(len(tail) >= 8)
        _anchors(task, last, last + 3)
        closing = tail[-1:] if tail[-1].strip().startswith(("}", ")")) else []
        tail = [*tail[:3], indent(tail[3]) + mark, *closing]
    return Made(_fenced("\n".join([*head, *core, *tail]), task, dice), task.want())


@damage("two-definitions")
def two_definitions(task: Task, dice: Dice) -> Made:
    """Two definitions of the file, rewritten one after the other in one fence, with nothing said about what is between."""
    need(len(task.changes) > 1)
    one, start, end = definition_of(task.with_changes(task.changes[0]), dice)
    two, begin, stop = definition_of(task.with_changes(task.changes[-1]), dice)
    need(end <= begin and indent_of(task.lines[start]) == indent_of(task.lines[begin]))
    body = [*written_definition(one, start, end), "", *written_definition(two, begin, stop)]
    need(begin - end >= 4)
    return Made(_fenced("\n".join(body), task, dice), task.with_changes(*one.changes, *two.changes).want())


@damage("definition-fence-each")
def fence_each(task: Task, dice: Dice) -> Made:
    need(len(task.changes) > 1)
    one, start, end = definition_of(task.with_changes(task.changes[0]), dice)
    two, begin, stop = definition_of(task.with_changes(task.changes[-1]), dice)
    need(end <= begin)
    first, second = "\n".join(written_definition(one, start, end)), "\n".join(written_definition(two, begin, stop))
    words = dice.deal(("And:", "The second function:", "Then the caller becomes", "**2.**"))
    text = f"```{task.language}\n{first}\n```\n\n{words}\n\n```{task.language}\n{second}\n```\n"
    need("```" not in first + second)
    return Made(text, task.with_changes(*one.changes, *two.changes).want())
