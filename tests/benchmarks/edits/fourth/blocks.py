"""Search/replace blocks in the dialects that models write, tags and JSON."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence

from tests.benchmarks.edits.fourth.case import Case, case, damage, fenced
from tests.benchmarks.edits.fourth.contexts import COMMENTS
from tests.benchmarks.edits.fourth.layouts import _margin, _rigid
from tests.benchmarks.edits.fourth.sources import Hunk, Task, Unfit

Pair = tuple[Sequence[str], Sequence[str]]
DIALECTS = (
    ("<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE"),
    ("<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE"),
    ("<<<<<<< ORIGINAL", "=======", ">>>>>>> UPDATED"),
    ("------- SEARCH", "=======", "+++++++ REPLACE"),
    ("<<<<<< SEARCH", "======", ">>>>>> REPLACE"),
    ("<<<<<<<< SEARCH", "========", ">>>>>>>> REPLACE"),
    ("<<<< SEARCH", "====", ">>>> REPLACE"),
)
TAGS = (
    ("search", "replace"),
    ("SEARCH", "REPLACE"),
    ("old", "new"),
    ("old_string", "new_string"),
    ("original", "updated"),
    ("find", "replace"),
    ("old_str", "new_str"),
    ("before", "after"),
)
KEYS = (
    ("search", "replace"),
    ("old_string", "new_string"),
    ("oldText", "newText"),
    ("old_str", "new_str"),
    ("find", "replace"),
    ("old", "new"),
    ("old_code", "new_code"),
)


def pairs(hunks: Sequence[Hunk]) -> list[Pair]:
    return [(hunk.old, hunk.new) for hunk in hunks]


def block(pair: Pair, dialect: tuple[str, str, str] = DIALECTS[0]) -> str:
    return "\n".join([dialect[0], *pair[0], dialect[1], *pair[1], dialect[2]]) + "\n"


@damage("search/replace blocks", most=3)
def plain(task: Task, dice: random.Random) -> Case:
    """Aider's form: the path above, all blocks in one fence or each in its own."""
    dialect = dice.choice(DIALECTS)
    made = [block(pair, dialect) for pair in pairs(task.hunks)]
    name = dice.choice(["", f"{task.path}\n", f"`{task.path}`\n", f"### {task.path}\n"])
    if dice.random() < 0.4:
        return case(task, name + fenced("\n".join(made), dice.choice(["", task.language])))
    if dice.random() < 0.5:
        return case(task, "".join(f"{name}{fenced(one, task.language)}\n" for one in made))
    return case(task, name + "".join(made))


@damage("path inside the fence, chatter around", most=2)
def inside_path(task: Task, dice: random.Random) -> Case:
    made = "".join(block(pair) for pair in pairs(task.hunks))
    return case(task, "I'll fix the bug:\n\n" + fenced(f"{task.path}\n{made}", "") + "\nThat removes the problem.\n")


@damage("search blocks with lost indentation", most=2)
def dedented_blocks(task: Task, dice: random.Random) -> Case:
    made = []
    for hunk in task.hunks:
        margin = _margin(hunk)
        if not margin or not _rigid(task, hunk):
            raise Unfit
        made.append(block(([x.removeprefix(margin) for x in hunk.old], [x.removeprefix(margin) for x in hunk.new])))
    return case(task, fenced("\n".join(made), task.language))


@damage("search blocks out of order", least=2, most=3)
def shuffled_blocks(task: Task, dice: random.Random) -> Case:
    return case(task, fenced("".join(block(pair) for pair in pairs(task.hunks)[::-1]), ""))


@damage("search blocks with odd white space", most=2)
def spaced_blocks(task: Task, dice: random.Random) -> Case:
    """Blank lines after the markers, or blanks at the end of the lines searched for."""
    made = []
    for old, new in pairs(task.hunks):
        if dice.random() < 0.5 and old[0].strip() and old[-1].strip() and new and new[0].strip() and new[-1].strip():
            made.append(block((["", *old, ""], ["", *new, ""])))
        else:
            made.append(block(([f"{x}  " if x.strip() else x for x in old], new)))
    return case(task, fenced("\n".join(made), ""))


@damage("search blocks with CRLF", most=2)
def crlf_blocks(task: Task, dice: random.Random) -> Case:
    answer = fenced("".join(block(pair) for pair in pairs(task.hunks)), task.language)
    text, want = task.text, task.want
    if dice.random() < 0.5:
        return case(task, answer.replace("\n", "\r\n"), want, text=text)
    return case(task, answer, want.replace("\n", "\r\n"), text=text.replace("\n", "\r\n"))


@damage("search block with elision in both halves", least=2, most=2)
def elided_blocks(task: Task, dice: random.Random) -> Case:
    first, second = task.hunks
    gap = second.start - first.start - len(first.old)
    sign = COMMENTS.get(task.language)
    if sign is None or not 3 <= gap <= 150:
        raise Unfit
    mark = _indent(second) + dice.choice(["...", f"{sign}...", f"{sign}... existing code ..."])
    return case(task, fenced(block(([*first.old, mark, *second.old], [*first.new, mark, *second.new])), task.language))


def _indent(hunk: Hunk) -> str:
    line = hunk.parts[0][1]
    return line[: len(line) - len(line.lstrip())]


@damage("search block with numbered lines", most=1)
def numbered_blocks(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    old = [f"{hunk.start + 1 + at:>4} | {line}" for at, line in enumerate(hunk.old)]
    return case(task, fenced(block((old, hunk.new)), ""))


@damage("search block with a typo in what stays", most=1)
def typo_block(task: Task, dice: random.Random) -> Case:
    """The line with the typo stands in both halves alike: nothing is to change there."""
    hunk = task.hunks[0]
    fit = [at for at in hunk.having(" ") if len(re.findall(r"[a-z]{6,}", hunk.parts[at][1])) >= 2]
    if not fit or len(hunk.old) < 6:
        raise Unfit
    at = dice.choice(fit)
    line = hunk.parts[at][1]
    wrong = re.sub(r"([a-z]{3})([a-z])([a-z])", r"\1\3\2", line, count=1)
    if wrong == line:
        raise Unfit
    parts = [(mark, wrong if index == at else line) for index, (mark, line) in enumerate(hunk.parts)]
    old, new = ([x for mark, x in parts if mark != other] for other in ("+", "-"))
    return case(task, fenced(block((old, new)), ""))


@damage("search and replace tags", most=2)
def tag_pairs(task: Task, dice: random.Random) -> Case:
    one, two = dice.choice(TAGS)
    outer = dice.choice(["", "edit", "change"])
    made = []
    for old, new in pairs(task.hunks):
        inner = "\n".join([f"<{one}>", *old, f"</{one}>", f"<{two}>", *new, f"</{two}>"]) + "\n"
        made.append(f"<{outer}>\n{inner}</{outer}>\n" if outer else inner)
    answer = "\n".join(made)
    return case(task, dice.choice([answer, fenced(answer, "xml"), f"Here is the edit:\n\n{answer}"]))


@damage("edits as JSON", most=2)
def as_json(task: Task, dice: random.Random) -> Case:
    one, two = dice.choice(KEYS)
    if any((old[-1:] == [""]) != (new[-1:] == [""]) for old, new in pairs(task.hunks)):
        # Whether the last line break of one string alone is a blank line people do not agree.
        raise Unfit
    edits: list[dict[str, str]] = [{one: "\n".join(old), two: "\n".join(new)} for old, new in pairs(task.hunks)]
    if dice.random() < 0.4:
        edits = [{"path": task.path, **each} for each in edits]
    form: object = dice.choice([edits, {"edits": edits}, {"path": task.path, "edits": edits}, {"changes": edits}])
    if len(edits) == 1 and dice.random() < 0.4:
        form = edits[0]
    answer = json.dumps(form, indent=dice.choice([None, 2]), ensure_ascii=dice.random() < 0.5) + "\n"
    return case(
        task, dice.choice([answer, fenced(answer, "json"), "I will apply this edit:\n\n" + fenced(answer, "json")])
    )


@damage("replace this with that in prose", most=1)
def in_prose(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    if not hunk.new:
        raise Unfit
    words = dice.choice(
        [
            ("Replace:", "With:"),
            ("Replace this:", "with this:"),
            ("Find:", "Replace with:"),
            ("**Before:**", "**After:**"),
            ("Original:", "Updated:"),
        ]
    )
    old, new = ("\n".join(lines) + "\n" for lines in (hunk.old, hunk.new))
    return case(task, f"{words[0]}\n\n{fenced(old, task.language)}\n{words[1]}\n\n{fenced(new, task.language)}")


@damage("search block that deletes", most=1)
def deletes(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    gone = [line for mark, line in hunk.parts if mark == "-"]
    if hunk.having("+") or not hunk.having("-") or hunk.having("-")[-1] - hunk.having("-")[0] >= len(gone):
        raise Unfit
    lines = task.lines
    if (
        sum(lines[at : at + len(gone)] == gone for at in range(len(lines))) != 1
        or sum(len(x.strip()) > 8 for x in gone) < 1
    ):
        raise Unfit
    return case(task, fenced(block((gone, [])), ""))


@damage("the same search block twice", most=2)
def twice_blocks(task: Task, dice: random.Random) -> Case:
    made = "".join(block(pair) for pair in pairs(task.hunks))
    return case(task, f"{fenced(made, '')}\nTo sum up:\n\n{fenced(made, '')}")


@damage("search blocks of changed lines alone", most=2)
def short_blocks(task: Task, dice: random.Random) -> Case:
    """No context: the removed lines stand once in the file."""
    made = []
    for hunk in task.hunks:
        touched = [index for index, (mark, _) in enumerate(hunk.parts) if mark != " "]
        cut = Hunk(0, hunk.parts[touched[0] : touched[-1] + 1])
        old, lines = [x.strip() for x in cut.old], [x.strip() for x in task.lines]
        if sum(len(x) > 10 for x in old) < 1 or sum(lines[at : at + len(old)] == old for at in range(len(lines))) != 1:
            raise Unfit
        made.append(block((cut.old, cut.new)))
    return case(task, fenced("\n".join(made), task.language))
