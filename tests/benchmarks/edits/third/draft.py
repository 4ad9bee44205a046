"""A diff before it is written down: hunks of marked lines, to be damaged line by line, and how they are dressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.benchmarks.edits.third.tasks import Dice, Task, need

BEFORE = (
    "Here is the fix:", "The following diff does what you asked for.", "Sure! I've updated the code below.",
    "I looked at the function and found the problem. The patch:", "Certainly.\n\n**Changes**\n\n1. Handle the edge case\n2. Keep the rest",
    "Let me walk you through it.\n\n- the condition was wrong\n- the rest stays as it is", "## Solution\n", "> note: untested\n",
)  # fmt: skip
AFTER = (
    "This keeps the behaviour the same otherwise.", "Let me know if you want tests for it!", "**Why:** the old code was wrong in one case.",
    "- I did not touch anything else\n- run the tests before you merge", "Hope this helps 🙂", "---\n\nAnything else?",
    "### Notes\n\n* `None` is handled\n* no API change", "The change is minimal.",
)  # fmt: skip
OLD = (" ", "-")
NEW = (" ", "+")


@dataclass(slots=True)
class Line:
    tag: str
    text: str


@dataclass(slots=True)
class Hunk:
    """``start`` is the first old line, from 0. ``at`` replaces the ``@@`` line if it is not None; "" leaves it out."""

    start: int
    lines: list[Line]
    shift: int = 0
    at: str | None = None

    def side(self, tags: tuple[str, str]) -> list[str]:
        return [line.text for line in self.lines if line.tag in tags]

    def numbered(self, heading: str = "") -> str:
        old, new = len(self.side(OLD)), len(self.side(NEW))
        head = f" {heading}" if heading else ""
        first, second = self.start + (old > 0), self.start + self.shift + (new > 0)
        return f"@@ -{first},{old} +{second},{new} @@{head}"


@dataclass(slots=True)
class Draft:
    """What will be written: ``header`` and ``footer`` lines around the hunks, then a fence and prose around all."""

    task: Task
    hunks: list[Hunk]
    header: list[str]
    footer: list[str] = field(default_factory=list)
    fence: str | None = "```"
    info: str = "diff"
    before: str = ""
    after: str = ""
    write: Callable[[Line], str] = lambda line: line.tag + line.text

    def marked(self) -> Iterator[Line]:
        for hunk in self.hunks:
            yield from hunk.lines

    def body(self) -> list[str]:
        lines = list(self.header)
        for hunk in self.hunks:
            at = hunk.numbered() if hunk.at is None else hunk.at
            lines += [at] if at else []
            lines += [self.write(line) for line in hunk.lines]
        return lines + self.footer

    def answer(self) -> str:
        body = "\n".join(self.body())
        return dressed(body, self.fence, self.info, self.before, self.after)


def dressed(body: str, fence: str | None, info: str, before: str = "", after: str = "") -> str:
    text = f"{fence}{info}\n{body}\n{fence}\n" if fence else f"{body}\n"
    return (f"{before}\n\n" if before else "") + text + (f"\n{after}\n" if after else "")


def headers(task: Task) -> list[str]:
    return [f"--- a/{task.path}", f"+++ b/{task.path}"]


def drafted(task: Task, dice: Dice, context: int = 3, *, clear: bool = True) -> Draft:
    """The diff as ``diff -U`` writes it. With ``clear`` only if every hunk fits in one place, white space aside."""
    hunks: list[Hunk] = []
    shift = 0
    covered = -1
    for number, change in enumerate(task.changes):
        begin = max(change.start - context, 0)
        if begin >= covered or not hunks:
            hunks.append(Hunk(begin, [], shift))
        else:
            begin = covered
        lines = hunks[-1].lines
        lines += [Line(" ", text) for text in task.lines[max(begin, covered) : change.start]]
        lines += [Line("-", text) for text in task.lines[change.start : change.end]]
        lines += [Line("+", text) for text in change.new]
        following = task.changes[number + 1].start if number + 1 < len(task.changes) else len(task.lines)
        covered = min(change.end + context, following)
        lines += [Line(" ", text) for text in task.lines[change.end : covered]]
        shift += len(change.new) - (change.end - change.start)
    draft = Draft(task, hunks, headers(task))
    if "```" in "".join(line.text for line in draft.marked()):
        draft.fence = "````"
    if clear:
        for hunk in hunks:
            need_clear(task, hunk)
    if dice.random() < 0.3:
        draft.before = dice.deal(BEFORE)
    if dice.random() < 0.3:
        draft.after = dice.deal(AFTER)
    return draft


def places(task: Task, quoted: list[str], kept: set[int] | None = None, slack: int = 0) -> int:
    """In how many places of the file the ``quoted`` lines fit, white space aside, if ``slack`` of them may differ.

    Of the lines only those numbered in ``kept`` count, all of them if it is None.
    """
    pattern = [(squash(text), kept is None or at in kept) for at, text in enumerate(quoted) if text.strip()]
    file = [squash(text) for text in task.lines if text.strip()]
    counted = sum(counts for _, counts in pattern)
    if counted == 0:
        return len(file)
    found = 0
    for start in range(len(file) - len(pattern) + 1):
        missed = 0
        for at, (text, counts) in enumerate(pattern, start):
            if counts and file[at] != text:
                missed += 1
                if missed > slack:
                    break
        found += missed <= slack
    return found


def need_clear(task: Task, hunk: Hunk, touched: set[int] | None = None) -> None:
    """That the untouched old lines of ``hunk`` are found once, and nowhere else if one line of context differed."""
    old = [line for line in hunk.lines if line.tag in OLD]
    quoted = [line.text for line in old]
    solid = {at for at, line in enumerate(old) if line.text.strip() and at not in (touched or set())}
    need(len(solid) >= 2 and sum(len(squash(quoted[at])) for at in solid) >= 20)
    need(places(task, quoted, solid) == 1)
    if touched:
        need(len(solid) >= 3 and places(task, quoted, solid, slack=1) == 1)


def squash(text: str) -> str:
    return "".join(text.split())


def name_of(task: Task) -> str:
    return PurePosixPath(task.path).name
