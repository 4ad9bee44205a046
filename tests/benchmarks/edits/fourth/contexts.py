"""Damage to what a diff quotes: the context is lost, stale, paraphrased, mistyped or normalised."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace

from tests.benchmarks.edits.fourth.case import (
    Case,
    body,
    case,
    changed,
    damage,
    diff,
    dressed,
    fenced,
    inner_context,
    usual,
)
from tests.benchmarks.edits.fourth.sources import BRACES, Hunk, Part, Task, Unfit

_LETTER = re.compile(r"[a-z]{5,}")
COMMENTS = {"python": "# ", "ruby": "# ", "yaml": "# ", "toml": "# ", **dict.fromkeys(BRACES, "// ")}


def one(task: Task, at: int, part: Part | None) -> list[Hunk]:
    return [*task.hunks[:-1], changed(task.hunks[-1], at, part)]


@damage("typo in a context line")
def typo(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[-1]
    fit = [at for at in hunk.having(" ") if _LETTER.search(hunk.parts[at][1])]
    if not fit or len([at for at in hunk.having(" ") + hunk.having("-") if len(hunk.parts[at][1].strip()) > 8]) < 4:
        raise Unfit
    at = dice.choice(fit)
    line = hunk.parts[at][1]
    word = dice.choice(list(_LETTER.finditer(line)))
    middle = word.start() + dice.randint(1, len(word[0]) - 3)
    kind = dice.choice(["swap", "drop", "twice"])
    new = {
        "swap": line[middle + 1] + line[middle],
        "drop": line[middle + 1],
        "twice": line[middle] * 2 + line[middle + 1],
    }[kind]
    if line[:middle] + new + line[middle + 2 :] == line:
        raise Unfit
    return case(task, usual(task, dice, one(task, at, (" ", line[:middle] + new + line[middle + 2 :]))))


@damage("comment in the context reworded")
def reworded(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[-1]
    sign = COMMENTS.get(task.language, "\0")
    fit = [
        at
        for at in hunk.having(" ")
        if hunk.parts[at][1].lstrip().startswith(sign) and len(hunk.parts[at][1].split()) > 4
    ]
    if not fit:
        raise Unfit
    at = dice.choice(fit)
    words = hunk.parts[at][1].rstrip().rsplit(" ", 2)
    return case(task, usual(task, dice, one(task, at, (" ", words[0] + dice.choice(["", " here", " ..."])))))


@damage("context line left out")
def stale_less(task: Task, dice: random.Random) -> Case:
    """The file has a line that the diff does not know, away from what changes."""
    fit = inner_context(task.hunks[-1])
    if not fit:
        raise Unfit
    return case(task, usual(task, dice, one(task, dice.choice(fit), None)))


@damage("context line that is not there")
def stale_more(task: Task, dice: random.Random) -> Case:
    """The diff quotes a comment as context that the file does not hold, away from what changes."""
    hunk = task.hunks[-1]
    fit = inner_context(hunk)
    if not fit or task.language not in COMMENTS:
        raise Unfit
    at = dice.choice(fit)
    line = hunk.parts[at][1]
    extra = line[: len(line) - len(line.lstrip())] + COMMENTS[task.language] + "keep this in step with the docs"
    parts = (*hunk.parts[:at], (" ", extra), *hunk.parts[at:])
    return case(task, usual(task, dice, [*task.hunks[:-1], replace(hunk, parts=parts)]))


@damage("outermost context line from an older file")
def stale_edge(task: Task, dice: random.Random) -> Case:
    """The first or last context line reads otherwise than the file: two exact lines stay next to the change."""
    hunk = task.hunks[-1]
    at = dice.choice([0, len(hunk.parts) - 1])
    near = hunk.parts[1:3] if at == 0 else hunk.parts[-3:-1]
    if hunk.parts[at][0] != " " or any(mark != " " or len(line.strip()) < 6 for mark, line in near):
        raise Unfit
    line = hunk.parts[at][1]
    other = line[: len(line) - len(line.lstrip())] + dice.choice(
        ["legacy_setup(options)", "previous_value = None", "old_handler(event);"]
    )
    return case(task, usual(task, dice, one(task, at, (" ", other))))


@damage("context elided between two changes", least=2, most=2)
def elided(task: Task, dice: random.Random) -> Case:
    first, second = task.hunks
    sign = COMMENTS.get(task.language)
    if sign is None or second.start - first.start - len(first.old) < 3 or second.start - first.start > 200:
        raise Unfit
    indent = re.match(r"\s*", second.parts[0][1] or "")
    mark = dice.choice(["...", f"{sign}...", f"{sign}... existing code ...", f"{sign}... (unchanged)"])
    whole = Hunk(first.start, (*first.parts, (" ", (indent[0] if indent else "") + mark), *second.parts))
    return case(task, dressed(diff(task, [whole], form=dice.choice(["bare", "full"])), dice))


@damage("one line of context")
def narrow(task: Task, dice: random.Random) -> Case:
    hunks = [_cut(task, hunk, 1) for hunk in task.hunks]
    return case(task, usual(task, dice, hunks))


@damage("no context, right numbers")
def none(task: Task, dice: random.Random) -> Case:
    hunks = [_cut(task, hunk, 0) for hunk in task.hunks]
    return case(task, dressed(diff(task, hunks), dice))


def _cut(task: Task, hunk: Hunk, keep: int) -> Hunk:
    touched = [index for index, (mark, _) in enumerate(hunk.parts) if mark != " "]
    begin, end = max(0, touched[0] - keep), touched[-1] + 1 + keep
    cut = Hunk(hunk.start + begin, hunk.parts[begin:end])
    lines, old = [x.strip() for x in task.lines], [x.strip() for x in cut.old]
    if sum(len(x) > 8 for x in old) < (2 if keep else 1):
        raise Unfit
    if sum(lines[at : at + len(old)] == old for at in range(len(lines))) != 1 or not cut.having("-"):
        raise Unfit
    return cut


@damage("context only before the change")
def before_only(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[-1]
    last = max(index for index, (mark, _) in enumerate(hunk.parts) if mark != " ") + 1
    if sum(len(line.strip()) > 6 for line in Hunk(0, hunk.parts[:last]).old) < 3:
        raise Unfit
    cut = Hunk(hunk.start, hunk.parts[:last])
    if any(task.lines[at : at + len(cut.old)] == cut.old for at in range(len(task.lines)) if at != cut.start):
        raise Unfit
    return case(task, usual(task, dice, [*task.hunks[:-1], cut]))


@damage("much context", most=1)
def wide(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[0]
    lines, end = task.lines, hunk.start + len(hunk.old)
    begin = max(0, hunk.start - dice.randint(5, 60))
    after = lines[end : end + dice.randint(5, 60)]
    whole = Hunk(begin, (*((" ", x) for x in lines[begin : hunk.start]), *hunk.parts, *((" ", x) for x in after)))
    return case(task, usual(task, dice, [whole]))


@damage("blank context line left out")
def blank_dropped(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[-1]
    fit = [at for at in inner_context(hunk) if not hunk.parts[at][1].strip()]
    if not fit:
        raise Unfit
    return case(task, usual(task, dice, one(task, dice.choice(fit), None)))


@damage("blank context line invented")
def blank_added(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[-1]
    fit = inner_context(hunk)
    if not fit:
        raise Unfit
    at = dice.choice(fit)
    return case(
        task,
        usual(task, dice, [*task.hunks[:-1], replace(hunk, parts=(*hunk.parts[:at], (" ", ""), *hunk.parts[at:]))]),
    )


def planted(task: Task, line: str) -> tuple[Task, int]:
    """The task with a comment ``line`` in the file, and as a context line of its last hunk away from the change."""
    hunk = task.hunks[-1]
    fit = [at for at in inner_context(hunk, 0) if hunk.parts[at][1].strip()]
    if (
        not fit
        or task.language not in COMMENTS
        or any(sign in task.text for sign in ('"""', "'''", "/*", "`", "<<", "=begin"))
    ):
        raise Unfit
    at = fit[-1]
    beside = hunk.parts[at][1]
    whole = beside[: len(beside) - len(beside.lstrip())] + COMMENTS[task.language] + line
    old = sum(mark != "+" for mark, _ in hunk.parts[:at])
    grown = replace(hunk, parts=(*hunk.parts[:at], (" ", whole), *hunk.parts[at:]))
    if grown.parts[at - 1][1].rstrip().endswith("\\"):
        raise Unfit
    lines = task.lines
    lines.insert(hunk.start + old, whole)
    return task.with_text(lines, (*task.hunks[:-1], grown)), at


def _written(task: Task, dice: random.Random, one_line: str, other: str) -> Case:
    """The file says ``one_line``, the diff ``other``."""
    made, at = planted(task, one_line)
    hunk = made.hunks[-1]
    line = hunk.parts[at][1].replace(one_line, other)
    return case(made, usual(made, dice, one(made, at, (" ", line))))


@damage("quotes and dashes normalised in the context")
def punctuation(task: Task, dice: random.Random) -> Case:
    pairs = [("the user’s “own” list", 'the user\'s "own" list'), ("first — then second", "first - then second")]
    pairs += [("wait… then go", "wait... then go"), ("a → b if ‘c’ holds", "a -> b if 'c' holds")]
    one_line, other = dice.choice(pairs)
    return _written(task, dice, one_line, other)


@damage("non-ASCII context")
def unicode_context(task: Task, dice: random.Random) -> Case:
    line = dice.choice(
        [
            "größe in µm",
            "空のリスト 🎉🚀",
            "naïve café — déjà vu",
            "👩‍👩‍👧 family \U0001f1e9\U0001f1ea",
            "עברית and العربية",
        ]
    )
    return _written(task, dice, line, line)


@damage("composed and decomposed letters")
def decomposed(task: Task, dice: random.Random) -> Case:
    line = dice.choice(["résumé of the naïve café", "Ångström größer als übel"])
    forms = [unicodedata.normalize("NFC", line), unicodedata.normalize("NFD", line)]
    dice.shuffle(forms)
    return _written(task, dice, *forms)


@damage("no-break space in the file")
def no_break(task: Task, dice: random.Random) -> Case:
    return _written(task, dice, "10\u00a0km and 20\u00a0%", "10 km and 20 %")


@damage("trailing space in the file")
def trailing(task: Task, dice: random.Random) -> Case:
    """Context and removed lines end in blanks that the model did not write; the context keeps them."""
    hunk = task.hunks[-1]
    fit = [
        at
        for at, (mark, line) in enumerate(hunk.parts)
        if mark != "+" and line.strip() and not line.rstrip().endswith("\\")
    ]
    if task.language in {"markdown", "yaml"} or "`" in task.text or '"""' in task.text or not fit:
        raise Unfit
    spaced = set(dice.sample(fit, min(len(fit), 3)))
    blanks = dice.choice([" ", "  ", "\t"])
    real = replace(
        hunk, parts=tuple((mark, line + blanks if at in spaced else line) for at, (mark, line) in enumerate(hunk.parts))
    )
    lines = task.lines
    lines[hunk.start : hunk.start + len(hunk.old)] = real.old
    made = task.with_text(lines, (*task.hunks[:-1], real))
    return case(made, usual(made, dice, task.hunks))


@damage("trailing space in the diff")
def trailing_diff(task: Task, dice: random.Random) -> Case:
    """Blanks after context and removed lines only: what is added is as it should be."""
    hunks = [
        replace(hunk, parts=tuple((m, x + "  " if m != "+" and x.strip() else x) for m, x in hunk.parts))
        for hunk in task.hunks
    ]
    return case(task, usual(task, dice, hunks))


@damage("form feed in the context")
def form_feed(task: Task, dice: random.Random) -> Case:
    hunk = task.hunks[-1]
    fit = [at for at in inner_context(hunk, 0) if not hunk.parts[at][1]]
    if not fit or task.language not in {"python", "c", "cpp", "ruby"} or '"""' in task.text:
        raise Unfit
    at = dice.choice(fit)
    real = changed(hunk, at, (" ", "\f"))
    lines = task.lines
    lines[hunk.start : hunk.start + len(hunk.old)] = real.old
    made = task.with_text(lines, (*task.hunks[:-1], real))
    return case(made, usual(made, dice, [*task.hunks[:-1], dice.choice([hunk, real])]))


def closed(lines: list[str]) -> bool:
    """True if a copy of the lines may stand at the margin: every bracket and comment that opens in them closes there."""
    depth = 0
    for sign in re.findall(r"[()\[\]{}]", "\n".join(lines)):
        depth += 1 if sign in "([{" else -1
        if depth < 0:
            return False
    return depth == 0 and not any(line.lstrip().startswith(("*", "/*", "*/")) for line in lines)


@damage("equal places told apart by numbers", most=1)
def by_number(task: Task, dice: random.Random) -> Case:
    """The block stands twice in the file; the exact number and the heading say which one is meant."""
    hunk = task.hunks[0]
    lines = task.lines
    if task.language not in BRACES or not hunk.old[0].strip() or not closed(hunk.old):
        raise Unfit
    apart = ["", "// -----", ""]
    if dice.random() < 0.5:
        made = task.with_text([*lines, *apart, *hunk.old], task.hunks)
        return case(made, fenced(diff(made)))
    made = task.with_text([*hunk.old, *apart, *lines], (replace(hunk, start=hunk.start + len(hunk.old) + 3),))
    return case(made, fenced(diff(made, sections=False)))


@damage("equal places told apart by order", least=3, most=3)
def by_order(task: Task, dice: random.Random) -> Case:
    """The middle hunk fits before the first hunk too, but the hunks are in the order of the file."""
    if task.language not in BRACES or not task.hunks[1].old[0].strip() or not closed(task.hunks[1].old):
        raise Unfit
    extra = [*task.hunks[1].old, "", "// -----", ""]
    made = task.with_text(
        [*extra, *task.lines], tuple(replace(hunk, start=hunk.start + len(extra)) for hunk in task.hunks)
    )
    return case(made, fenced(diff(made, form="bare")))


@damage("headless diff in prose of lists", most=1)
def listed(task: Task, dice: random.Random) -> Case:
    inside = "\n".join(body(task.hunks[0].parts)) + "\n"
    return case(task, "What changes:\n\n- the old call goes\n- the new call comes\n\n" + fenced(inside) + "\n- done\n")
