"""Damage to white space and line ends: what the file has wins over what the model wrote."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.edits.fourth.case import Case, body, case, damage, diff, dressed, fenced, usual
from tests.benchmarks.edits.fourth.sources import Hunk, Task, Unfit


def rewritten(hunk: Hunk, change: Callable[[str], str]) -> Hunk:
    return replace(hunk, parts=tuple((mark, change(line)) for mark, line in hunk.parts))


def _margin(hunk: Hunk) -> str:
    """The indentation that all lines of the hunk share."""
    full = [line for _, line in hunk.parts if line.strip()]
    first = re.match(r"[ \t]*", full[0])
    assert first is not None
    margin = first[0]
    while not all(line.startswith(margin) for line in full):
        margin = margin[:-1]
    return margin


def _rigid(task: Task, hunk: Hunk) -> bool:
    """Nothing that depends on the column: no open text of several lines."""
    return task.language not in {"markdown", "yaml"} and not any(
        "`" in line or '"""' in line or "'''" in line for line in hunk.old + hunk.new
    )


@damage("indentation lost", most=2)
def dedented(task: Task, dice: random.Random) -> Case:
    hunks = []
    for hunk in task.hunks:
        margin = _margin(hunk)
        if not margin or not _rigid(task, hunk):
            raise Unfit
        keep = margin[: dice.choice([0, 0, len(margin) // 2])]
        hunks.append(
            rewritten(
                hunk, lambda line, margin=margin, keep=keep: keep + line.removeprefix(margin) if line.strip() else line
            )
        )  # type: ignore[misc]
    return case(task, usual(task, dice, hunks))


@damage("indented deeper", most=2)
def deeper(task: Task, dice: random.Random) -> Case:
    unit = "\t" if "\n\t" in task.text else dice.choice(["    ", "  "])
    if not all(_rigid(task, hunk) for hunk in task.hunks):
        raise Unfit
    hunks = [rewritten(hunk, lambda line: unit + line if line.strip() else line) for hunk in task.hunks]
    return case(task, usual(task, dice, hunks))


def _leading(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


@damage("tabs written as spaces", most=2)
def tabs_to_spaces(task: Task, dice: random.Random) -> Case:
    leads = {_leading(line) for line in task.lines if line.strip()}
    touched = [line for hunk in task.hunks for line in hunk.old + hunk.new if line.strip()]
    if any(" " in lead for lead in leads) or any(" " in _leading(line) for line in touched):
        raise Unfit
    if not all(any(x.startswith("\t") for x in hunk.old) for hunk in task.hunks):
        raise Unfit
    width = dice.choice([2, 4, 4, 8])
    hunks = [
        rewritten(hunk, lambda line: _leading(line).replace("\t", " " * width) + line.lstrip("\t"))
        for hunk in task.hunks
    ]
    return case(task, usual(task, dice, hunks))


@damage("spaces written as tabs", most=2)
def spaces_to_tabs(task: Task, dice: random.Random) -> Case:
    unit = 4 if task.language in {"python", "rust", "java", "c", "cpp", "csharp", "php"} else 2
    lines = [line for hunk in task.hunks for line in hunk.old + hunk.new if line.strip()]
    whole = [x for x in task.lines if x.strip()]
    if (
        any("\t" in x for x in whole)
        or any(len(_leading(x)) % unit for x in (*whole, *lines))
        or task.language == "yaml"
    ):
        raise Unfit
    if (
        not all(any(len(_leading(x)) == unit for x in hunk.old) and _rigid(task, hunk) for hunk in task.hunks)
        or not lines
    ):
        raise Unfit
    hunks = [
        rewritten(hunk, lambda line: "\t" * (len(_leading(line)) // unit) + line.lstrip(" ")) for hunk in task.hunks
    ]
    return case(task, usual(task, dice, hunks))


@damage("file with CRLF", most=2)
def crlf_file(task: Task, dice: random.Random) -> Case:
    return case(task, usual(task, dice), task.want.replace("\n", "\r\n"), text=task.text.replace("\n", "\r\n"))


@damage("diff with CRLF", most=2)
def crlf_diff(task: Task, dice: random.Random) -> Case:
    return case(task, usual(task, dice).replace("\n", "\r\n"))


@damage("file and diff with CRLF", most=2)
def crlf_both(task: Task, dice: random.Random) -> Case:
    return case(
        task,
        usual(task, dice).replace("\n", "\r\n"),
        task.want.replace("\n", "\r\n"),
        text=task.text.replace("\n", "\r\n"),
    )


@damage("mixed line ends", most=1)
def mixed(task: Task, dice: random.Random) -> Case:
    """CRLF, but for some lines far from the change: what is added gets CRLF."""
    hunk = task.hunks[0]
    far = [at for at in range(len(task.lines)) if at < hunk.start - 20 or at > hunk.start + len(hunk.old) + 20]
    if len(far) < 20:
        raise Unfit
    plain = set(dice.sample(far, len(far) // 5))
    shift = len(hunk.new) - len(hunk.old)
    text = "".join(line + ("\n" if at in plain else "\r\n") for at, line in enumerate(task.lines))
    moved = {at if at < hunk.start else at + shift for at in plain}
    want = "".join(line + ("\n" if at in moved else "\r\n") for at, line in enumerate(task.want.split("\n")[:-1]))
    return case(task, usual(task, dice), want, text=text)


@damage("byte-order mark", most=2)
def mark(task: Task, dice: random.Random) -> Case:
    return case(task, usual(task, dice), "\ufeff" + task.want, text="\ufeff" + task.text)


@damage("change of the first lines below a byte-order mark", most=1)
def mark_first(task: Task, dice: random.Random) -> Case:
    """The file is cut so that the change is at its top."""
    hunk = task.hunks[0]
    if task.language not in {"markdown", "yaml", "toml", "python"} or _leading(hunk.old[0]) or not hunk.old[0]:
        raise Unfit
    made = task.with_text(task.lines[hunk.start :], (replace(hunk, start=0),))
    if made.language == "python":
        raise Unfit
    return case(made, usual(made, dice), "\ufeff" + made.want, text="\ufeff" + made.text)


@damage("no final newline in the file", most=2)
def no_final(task: Task, dice: random.Random) -> Case:
    if task.lines[-1] == "" or task.want.endswith("\n\n"):
        raise Unfit
    return case(task, usual(task, dice), task.want[:-1], text=task.text[:-1])


@damage("change of a last line without newline", most=1)
def last_line(task: Task, dice: random.Random) -> Case:
    """The file ends with the hunk; the model may mark that no newline follows, or forget it, on either side."""
    hunk = task.hunks[0]
    end = hunk.start + len(hunk.old)
    if task.language not in {"markdown", "yaml", "toml", "scss", "ruby"} and end != len(task.lines):
        raise Unfit
    keep = max(at for at, (mark, _) in enumerate(hunk.parts) if mark != " ") + 1
    cut = replace(hunk, parts=hunk.parts[:keep])
    made = task.with_text(task.lines[: hunk.start + len(cut.old)], (cut,))
    if (
        not cut.having("-")
        or not cut.having("+")
        or not made.lines[-1].strip()
        or not cut.new[-1].strip()
        or made.language == "ruby"
    ):
        raise Unfit
    lines = body(cut.parts)
    note = "\\ No newline at end of file"
    if dice.random() < 0.5:
        last = max(at for at, (mark, _) in enumerate(cut.parts) if mark != "+")
        lines = [*lines[: last + 1], note, *lines[last + 1 :], note]
    inside = "\n".join(
        [
            f"--- a/{task.path}",
            f"+++ b/{task.path}",
            dice.choice(["@@", f"@@ -{hunk.start + 1},9 +{hunk.start + 1},9 @@"]),
            *lines,
        ]
    )
    return case(made, fenced(inside + "\n"), made.want[:-1], text=made.text[:-1])


@damage("answer ends without newline", most=2)
def no_end(task: Task, dice: random.Random) -> Case:
    return case(task, dice.choice([diff(task), fenced(diff(task))]).rstrip("\n"))


@damage("all added lines lost their trailing newline markers", most=2)
def odd_notes(task: Task, dice: random.Random) -> Case:
    """The marker of a missing newline after a hunk that does not reach the end of the file is noise."""
    if any(hunk.start + len(hunk.old) >= len(task.lines) - 1 for hunk in task.hunks):
        raise Unfit
    return case(task, dressed(diff(task) + "\\ No newline at end of file\n", dice))


@damage("context dedented, changes not", most=1)
def uneven(task: Task, dice: random.Random) -> Case:
    """Only the context lost its indentation: removed and added lines are as in the file."""
    hunk = task.hunks[0]
    margin = _margin(hunk)
    if len(margin) < 2 or not hunk.having("-") or not _rigid(task, hunk):
        raise Unfit
    parts = tuple((mark, line.removeprefix(margin) if mark == " " else line) for mark, line in hunk.parts)
    return case(task, usual(task, dice, [replace(hunk, parts=parts)]))
