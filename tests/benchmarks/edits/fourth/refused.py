"""Answers that a careful person would not apply: nothing may be guessed."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from tests.benchmarks.edits.fourth.blocks import block
from tests.benchmarks.edits.fourth.case import Case, changed, damage, diff, dressed, fenced, refusal, usual
from tests.benchmarks.edits.fourth.contexts import COMMENTS
from tests.benchmarks.edits.fourth.sources import BRACES, Hunk, Task, Unfit

_WORD = re.compile(r"[A-Za-z_]{5,}")


def _false_removal(hunk: Hunk, dice: random.Random) -> Hunk:
    """One removed line says another word than the file."""
    fit = [at for at in hunk.having("-") if _WORD.search(hunk.parts[at][1])]
    if not fit:
        raise Unfit
    at = dice.choice(fit)
    line = hunk.parts[at][1]
    word = dice.choice(list(_WORD.finditer(line)))
    other = dice.choice(["legacy_value", "handle_request", "OldName", "previousState"])
    return changed(hunk, at, ("-", line[: word.start()] + other + line[word.end() :]))


@damage("refuse: removed line that does not exist", most=1)
def false_removal(task: Task, dice: random.Random) -> Case:
    return refusal(task, usual(task, dice, [_false_removal(task.hunks[0], dice)]))


@damage("refuse: one hunk of several is false", least=2, most=3)
def one_false(task: Task, dice: random.Random) -> Case:
    hunks = list(task.hunks)
    at = dice.randrange(len(hunks))
    hunks[at] = _false_removal(hunks[at], dice)
    return refusal(task, usual(task, dice, hunks))


@damage("refuse: an extra removed line", most=1)
def extra_removal(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    fit = hunk.having("-")
    if not fit:
        raise Unfit
    line = hunk.parts[fit[0]][1]
    lead = line[: len(line) - len(line.lstrip())]
    extra = lead + dice.choice(
        ["audit.log(previous, current);", "self._counter.reset_everything()", "value = compute_default(options)"]
    )
    return refusal(
        task, usual(task, dice, [replace(hunk, parts=(*hunk.parts[: fit[0]], ("-", extra), *hunk.parts[fit[0] :]))])
    )


@damage("refuse: search block that matches nothing", most=1)
def no_match(task: Task, dice: random.Random) -> Case:
    hunk = _false_removal(task.hunks[0], dice)
    return refusal(task, fenced(block((hunk.old, hunk.new)), ""))


@damage("refuse: search block that matches twice", most=1)
def two_matches(task: Task, dice: random.Random) -> Case:
    made = _doubled(task)
    return refusal(made, fenced(block((task.hunks[0].old, task.hunks[0].new)), ""))


@damage("refuse: hunk that fits in two places", most=1)
def two_places(task: Task, dice: random.Random) -> Case:
    made = _doubled(task)
    return refusal(made, dressed(diff(task, form=dice.choice(["bare", "double"])), dice))


def _doubled(task: Task) -> Task:
    hunk = task.hunks[0]
    if task.language not in BRACES or not hunk.old[0].strip():
        raise Unfit
    return task.with_text([*hunk.old, "", "// -----", "", *task.lines], ())


@damage("refuse: hunk of another file", most=1)
def other_file(task: Task, dice: random.Random) -> Case:
    words = {"previous": "nextOne", "value": "quantity", "self": "owner", "return": "yield", "this": "here"}
    hunk = task.hunks[0]
    parts = tuple(
        (mark, re.sub(r"[A-Za-z_]{4,}", lambda m: words.get(m[0], m[0][::-1]), line)) for mark, line in hunk.parts
    )
    if not hunk.having("-") or sum(a != b for a, b in zip(hunk.parts, parts, strict=True)) < len(parts) - 1:
        raise Unfit
    return refusal(task, usual(task, dice, [replace(hunk, parts=parts)]))


@damage("refuse: stream cut, told so", most=2)
def told(task: Task, dice: random.Random) -> Case:
    answer = dice.choice([usual(task, dice), fenced(block((task.hunks[0].old, task.hunks[0].new)), "")])
    return refusal(task, answer[: dice.randint(len(answer) // 3, len(answer))], complete=False)


@damage("refuse: fence never closed, cut in a line", most=1)
def cut_in_line(task: Task, dice: random.Random) -> Case:
    """The last line is half of an added line."""
    hunk = task.hunks[0]
    fit = [at for at in hunk.having("+") if len(hunk.parts[at][1].strip()) > 20]
    if not fit:
        raise Unfit
    at = dice.choice(fit)
    line = hunk.parts[at][1]
    cut = replace(hunk, parts=(*hunk.parts[:at], ("+", line[: len(line) - len(line.strip()) // 2])))
    numbered = re.sub(
        r"^@@ .*$",
        f"@@ -{hunk.start + 1},{len(hunk.old)} +{hunk.start + 1},{len(hunk.new)} @@",
        diff(task, [cut]),
        flags=re.M,
    )
    return refusal(task, "```diff\n" + numbered.rstrip("\n"))


@damage("refuse: search block without its end", most=1)
def block_cut(task: Task, dice: random.Random) -> Case:
    whole = block((task.hunks[0].old, task.hunks[0].new))
    lines = whole.split("\n")
    middle = lines.index("=======")
    keep = dice.choice([middle, dice.randint(middle + 1, len(lines) - 2)])
    return refusal(task, "```\n" + "\n".join(lines[:keep]))


@damage("refuse: search block without its divider", most=1)
def no_divider(task: Task, dice: random.Random) -> Case:
    return refusal(task, fenced(block((task.hunks[0].old, task.hunks[0].new)).replace("=======\n", ""), ""))


@damage("refuse: nothing changes", most=1)
def nothing(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    same = tuple(part for line in hunk.old[:4] for part in (("-", line), ("+", line)))
    forms = [
        diff(task, [Hunk(hunk.start, same)]),
        block((hunk.old, hunk.old)),
        diff(task, [Hunk(hunk.start, tuple((" ", x) for x in hunk.old))]),
    ]
    return refusal(task, fenced(dice.choice(forms)))


@damage("refuse: words without an edit", most=1)
def words(task: Task, dice: random.Random) -> Case:
    texts = [
        "The code is correct as it is; no change is needed.\n",
        "",
        "\n\n",
        "I'm sorry, but I can't help with that.\n",
    ]
    texts += [
        "You should check the bounds:\n\n- first\n- second\n",
        "```diff\n```\n",
        "```\n```\n",
        "Run it again:\n\n```sh\nmake clean && make test\n```\n",
    ]
    return refusal(task, dice.choice(texts))


@damage("refuse: placeholder in place of removed code", most=1)
def placeholder(task: Task, dice: random.Random) -> Case:
    """Real lines go and a comment that means them comes: the code would be lost."""
    hunk = task.hunks[0]
    sign = COMMENTS.get(task.language)
    if sign is None:
        raise Unfit
    lines = task.lines[hunk.start : hunk.start + len(hunk.old) + 6]
    if len(lines) < 9 or sum(len(x.strip()) > 6 for x in lines[2:-2]) < 4:
        raise Unfit
    lead = re.match(r"\s*", lines[2])
    assert lead is not None
    mark = (
        lead[0]
        + sign
        + dice.choice(
            ["... existing code ...", "... rest of the code unchanged ...", "... rest of the implementation ..."]
        )
    )
    parts = (
        *((" ", x) for x in lines[:2]),
        *(("-", x) for x in lines[2:-2]),
        ("+", mark),
        *((" ", x) for x in lines[-2:]),
    )
    made = Hunk(hunk.start, tuple(parts))
    return refusal(task, dice.choice([usual(task, dice, [made]), fenced(block((made.old, made.new)), "")]))


@damage("refuse: insertion beside lines that do not exist", most=1)
def lost_insertion(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    parts = tuple(
        (
            mark,
            line
            if mark == "+" or not line.strip()
            else re.sub(r"[A-Za-z_]{3,}", lambda m: m[0][::-1].swapcase(), line),
        )
        for mark, line in hunk.parts
        if mark != "-"
    )
    if not hunk.having("+") or sum(mark == " " and bool(re.search(r"[A-Za-z_]{3}", x)) for mark, x in hunk.parts) < 3:
        raise Unfit
    if any(mark == " " and line.strip() and line in task.lines and len(line.strip()) > 3 for mark, line in parts):
        raise Unfit
    return refusal(task, usual(task, dice, [replace(hunk, parts=parts)]))


@damage("refuse: result with one bracket too many", most=1)
def bracket(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    fit = [
        at
        for at in hunk.having("+")
        if re.search(r"\w\)[;:]?$", hunk.parts[at][1])
        and "#" not in hunk.parts[at][1]
        and "//" not in hunk.parts[at][1]
    ]
    if (
        not fit
        or task.language not in {"python", "javascript", "typescript", "java"}
        or any(s in task.text for s in ('"""', "'''", "`"))
    ):
        raise Unfit
    at = dice.choice(fit)
    line = hunk.parts[at][1]
    if line.lstrip().startswith(("*", "/", "'", '"')) or line.count('"') % 2 or line.count("'") % 2:
        raise Unfit
    wrong = re.sub(r"\)([;:]?)$", r"))\1", line)
    return refusal(task, usual(task, dice, [changed(hunk, at, ("+", wrong))]))


@damage("refuse: search block empty in a full file", most=1)
def empty_search(task: Task, dice: random.Random) -> Case:
    return refusal(task, fenced(block(([], task.hunks[0].new)), ""))
