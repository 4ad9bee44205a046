"""Damage to the dress of a diff: headers, hunk lines, marks, fences, chatter. The content is right."""

from __future__ import annotations

import html
import itertools
import random
import re
from dataclasses import replace

from tests.benchmarks.edits.fourth.case import (
    Case,
    at_line,
    body,
    case,
    damage,
    diff,
    dressed,
    fenced,
    section_of,
    usual,
)
from tests.benchmarks.edits.fourth.sources import Hunk, Part, Task, Unfit


@damage("clean diff", most=3)
def clean(task: Task, dice: random.Random) -> Case:
    return case(task, dressed(diff(task), dice))


@damage("wrong line numbers", most=3)
def wrong_numbers(task: Task, dice: random.Random) -> Case:
    shift = dice.choice([-40, -7, -1, 1, 3, 12, 200])
    moved = [replace(hunk, start=max(0, hunk.start + shift)) for hunk in task.hunks]
    return case(task, dressed(diff(task, moved, sections=False), dice))


@damage("wrong counts", most=3)
def wrong_counts(task: Task, dice: random.Random) -> Case:
    answer = re.sub(
        r"^(@@ -\d+),\d+ (\+\d+),\d+",
        lambda m: f"{m[1]},{dice.randint(1, 30)} {m[2]},{dice.randint(1, 30)}",
        diff(task),
        flags=re.M,
    )
    return case(task, dressed(answer, dice))


@damage("counts left out", most=3)
def no_counts(task: Task, dice: random.Random) -> Case:
    return case(task, dressed(re.sub(r"^(@@ -\d+),\d+ (\+\d+),\d+", r"\1 \2", diff(task), flags=re.M), dice))


@damage("hunk lines without numbers", most=3)
def bare(task: Task, dice: random.Random) -> Case:
    form = dice.choice(["bare", "double", "dots", "section"])
    return case(task, dressed(diff(task, form=form, header=dice.random() < 0.5), dice))


@damage("no header, no hunk line", most=1)
def headless(task: Task, dice: random.Random) -> Case:
    return case(task, dice.choice(["", "Change this:\n\n"]) + fenced("\n".join(body(task.hunks[0].parts)) + "\n"))


@damage("patch envelope", most=3)
def envelope(task: Task, dice: random.Random) -> Case:
    lines = ["*** Begin Patch", f"*** Update File: {task.path}"]
    for hunk in task.hunks:
        lines.append(dice.choice(["@@", f"@@ {section_of(task, hunk)}".rstrip()]))
        lines += body(hunk.parts)
    inside = "\n".join([*lines, *dice.choice([[], ["*** End of File"] if _last(task) else []]), "*** End Patch"]) + "\n"
    return case(task, dice.choice([inside, fenced(inside, ""), fenced(inside, "patch")]))


def _last(task: Task) -> bool:
    hunk = task.hunks[-1]
    return hunk.start + len(hunk.old) == len(task.lines)


@damage("git header with mode and index", most=3)
def git_header(task: Task, dice: random.Random) -> Case:
    mode = dice.choice(["", "old mode 100644\nnew mode 100755\n"])
    head = f"diff --git a/{task.path} b/{task.path}\n{mode}index 3f1c2d4..9ab77e0{'' if mode else ' 100644'}\n"
    return case(task, dressed(head + diff(task), dice))


@damage("svn style header", most=2)
def svn(task: Task, dice: random.Random) -> Case:
    head = f"Index: {task.path}\n{'=' * 67}\n--- {task.path}\t(revision 12)\n+++ {task.path}\t(working copy)\n"
    return case(task, dressed(head + diff(task, header=False), dice))


@damage("header with times or of another folder", most=2)
def other_header(task: Task, dice: random.Random) -> Case:
    name = task.path.rpartition("/")[2]
    if len(name.partition(".")[0]) < 9:
        # A short name may well be that of another file in another folder.
        raise Unfit
    stamp = "\t2024-03-05 10:11:12.000000000 +0000"
    head = dice.choice(
        [
            f"--- {task.path}.orig{stamp}\n+++ {task.path}{stamp}\n",
            f"--- {name}\n+++ {name}\n",
            f"--- a/src/{name}\n+++ b/src/{name}\n",
            f"--- /home/dev/{name}\n+++ /home/dev/{name}\n",
            f"+++ b/{task.path}\n",
        ]
    )
    return case(task, dressed(head + diff(task, header=False), dice))


@damage("context without its leading space", most=2)
def no_space(task: Task, dice: random.Random) -> Case:
    if any(
        mark == " " and line[:1] in {"+", "-", "@", "*", "#", "`", "\\", "<", ">", "="}
        for hunk in task.hunks
        for mark, line in hunk.parts
    ):
        raise Unfit
    answer = re.sub(r"^ ", "", diff(task, header=False), flags=re.M)
    return case(task, fenced(answer))


@damage("blank context without its leading space", most=3)
def blank_no_space(task: Task, dice: random.Random) -> Case:
    answer = re.sub(r"^ $", "", diff(task), flags=re.M)
    if answer == diff(task):
        raise Unfit
    return case(task, dressed(answer, dice))


@damage("first line stripped", most=1)
def stripped_answer(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    first = hunk.parts[0][1].strip()
    if hunk.parts[0][0] != " " or not first or first[0] in "-+@#*`\\" or not hunk.parts[0][1][0].isspace():
        raise Unfit
    return case(task, fenced("\n".join(body(hunk.parts)).strip() + "\n"))


@damage("a space after every mark", most=2)
def wide_marks(task: Task, dice: random.Random) -> Case:
    hunks = [replace(hunk, parts=tuple((mark, " " + line) for mark, line in hunk.parts)) for hunk in task.hunks]
    return case(task, dressed(diff(task, hunks, form=dice.choice(["full", "bare"])), dice))


@damage("removals and additions in turns", most=2)
def in_turns(task: Task, dice: random.Random) -> Case:
    return case(task, usual(task, dice, [replace(hunk, parts=tuple(_zipped(hunk, dice))) for hunk in task.hunks]))


def _zipped(hunk: Hunk, dice: random.Random) -> list[Part]:
    """Each run of changes with its additions first, or one by one: the new side keeps its order."""
    first = dice.random() < 0.5
    found: list[Part] = []
    run: list[Part] = []
    for mark, line in (*hunk.parts, (" ", "")):
        if mark != " ":
            run.append((mark, line))
            continue
        gone, came = [each for each in run if each[0] == "-"], [each for each in run if each[0] == "+"]
        if first:
            found += came + gone
        else:
            for index in range(max(len(gone), len(came))):
                found += gone[index : index + 1] + came[index : index + 1]
        found.append((mark, line))
        run = []
    return found[:-1]


@damage("unchanged lines removed and added", most=2)
def rewritten_context(task: Task, dice: random.Random) -> Case:
    def noisy(hunk: Hunk) -> Hunk:
        at = dice.choice(hunk.having(" ") or [-1])
        if at < 0:
            raise Unfit
        line = hunk.parts[at][1]
        return replace(hunk, parts=(*hunk.parts[:at], ("-", line), ("+", line), *hunk.parts[at + 1 :]))

    return case(task, usual(task, dice, [noisy(hunk) for hunk in task.hunks]))


@damage("fences of other kinds", most=2)
def fences(task: Task, dice: random.Random) -> Case:
    inside = diff(task, form=dice.choice(["full", "bare"]))
    fence, name = dice.choice(
        [("~~~", "diff"), ("````", "diff"), ("```", "patch"), ("```", task.language), ("```", "udiff"), ("```", "")]
    )
    return case(task, "The change:\n\n" + fenced(inside, name, fence) + dice.choice(["", "\nDone.\n"]))


@damage("indented or quoted answer", most=2)
def indented(task: Task, dice: random.Random) -> Case:
    mark = dice.choice(["    ", "   ", "> ", "  "])
    inside = fenced(diff(task))
    return case(task, "1. Apply this:\n\n" + "".join(f"{mark}{line}\n" for line in inside.split("\n")[:-1]))


@damage("diff in tags", most=2)
def tags(task: Task, dice: random.Random) -> Case:
    tag = dice.choice(["diff", "patch", "answer", "edit", "code_diff"])
    return case(task, f"<{tag}>\n{dice.choice([diff(task), fenced(diff(task))])}</{tag}>\n")


@damage("thoughts and headings around", most=3)
def thoughts(task: Task, dice: random.Random) -> Case:
    one = dice.choice(
        [
            "<thinking>\nThe loop - as written - runs once too often.\n+ the guard is missing\n</thinking>\n\n",
            "## Analysis\n\n- It fails on empty input\n- The name is wrong\n\n## Fix\n\n",
            "**Problem:** the check is missing.\n\n---\n\n**Fix:**\n\n",
        ]
    )
    two = dice.choice(
        [
            "\n### Notes\n\n* Nothing else changes.\n* Run `make test`.\n",
            "\n---\n\n- `a` is renamed\n",
            "\n1. Save.\n2. Restart.\n",
        ]
    )
    return case(task, one + fenced(diff(task)) + two)


@damage("sentence between the hunks", least=2, most=3)
def between(task: Task, dice: random.Random) -> Case:
    words = ["First, the top:", "Then the rest:", "And lastly:"]
    parts = [
        f"{word}\n\n{fenced(diff(task, [hunk], form=dice.choice(['full', 'bare'])))}\n"
        for word, hunk in zip(words, task.hunks, strict=False)
    ]
    return case(task, "".join(parts))


@damage("numbered lines", most=2)
def numbered(task: Task, dice: random.Random) -> Case:
    form = dice.choice(["{0:>5} | {1}", "{0:>4}: {1}", "{0}| {1}", "{0:>6}\t{1}"])
    hunks = [_numbered(hunk, form) for hunk in task.hunks]
    return case(task, dressed(diff(task, hunks), dice))


def _numbered(hunk: Hunk, form: str) -> Hunk:
    old = new = hunk.start
    parts: list[Part] = []
    for mark, line in hunk.parts:
        old, new = old + (mark != "+"), new + (mark != "-")
        parts.append((mark, form.format(new if mark == "+" else old, line)))
    return replace(hunk, parts=tuple(parts))


@damage("escaped for HTML", most=2)
def escaped(task: Task, dice: random.Random) -> Case:
    inside = diff(task, header=False)
    if re.search(r"&(?:lt|gt|amp|quot|#\d+);", task.text) or not any(
        re.search(r"[<>&]", line) for hunk in task.hunks for line in hunk.old
    ):
        raise Unfit
    return case(task, fenced(html.escape(inside, quote=False)))


@damage("coloured for a terminal", most=2)
def coloured(task: Task, dice: random.Random) -> Case:
    colours = {"-": "31", "+": "32", "@": "36"}
    lines = [
        f"\x1b[{colours[line[0]]}m{line}\x1b[m" if line[:1] in colours else line for line in diff(task).split("\n")
    ]
    return case(task, "\n".join(lines))


@damage("twice the same hunk", most=2)
def doubled(task: Task, dice: random.Random) -> Case:
    form = dice.choice(["full", "bare"])
    return case(task, dressed(diff(task, [*task.hunks, task.hunks[-1]], form=form), dice))


@damage("twice the whole answer", most=2)
def twice(task: Task, dice: random.Random) -> Case:
    one = fenced(diff(task, form=dice.choice(["full", "bare"])))
    return case(task, f"{one}\nHere is the complete diff again:\n\n{one}")


@damage("hunks out of order", least=2, most=3)
def shuffled(task: Task, dice: random.Random) -> Case:
    return case(task, dressed(diff(task, task.hunks[::-1], form=dice.choice(["full", "bare", "section"])), dice))


@damage("header before every hunk", least=2, most=3)
def many_headers(task: Task, dice: random.Random) -> Case:
    form = dice.choice(["full", "bare"])
    return case(task, dressed("".join(diff(task, [hunk], form=form) for hunk in task.hunks), dice))


@damage("overlapping hunks", most=2)
def overlapping(task: Task, dice: random.Random) -> Case:
    """A change with two changed runs, written as two hunks that share the context between them."""
    hunk = task.hunks[-1]
    touched = [index for index, (mark, _) in enumerate(hunk.parts) if mark != " "]
    gaps = [(a, b) for a, b in itertools.pairwise(touched) if b - a > 1]
    if not gaps:
        raise Unfit
    left, right = dice.choice(gaps)
    before = sum(mark != "+" for mark, _ in hunk.parts[: left + 1])
    halves = [Hunk(hunk.start, hunk.parts[:right]), Hunk(hunk.start + before, hunk.parts[left + 1 :])]
    if any(sum(len(line.strip()) > 5 for line in half.old) < 2 or half.old == half.new for half in halves):
        raise Unfit
    lines = [f"--- a/{task.path}", f"+++ b/{task.path}"]
    for each in (*task.hunks[:-1], *halves):
        lines += [at_line(each, 0, "full", ""), *body(each.parts)]
    return case(task, fenced("\n".join(lines) + "\n"))


@damage("one hunk over everything", least=2, most=2)
def joined(task: Task, dice: random.Random) -> Case:
    one, two = task.hunks
    gap = task.lines[one.start + len(one.old) : two.start]
    if len(gap) > 60:
        raise Unfit
    whole = Hunk(one.start, (*one.parts, *((" ", line) for line in gap), *two.parts))
    return case(task, usual(task, dice, [whole]))
