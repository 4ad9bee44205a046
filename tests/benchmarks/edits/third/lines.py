"""Diffs whose lines were not copied as they stand: markers, indentation, blank lines, context."""

from __future__ import annotations

import html
import math
import re

from tests.benchmarks.edits.third.case import Made, damage, diff_damage
from tests.benchmarks.edits.third.draft import OLD, Draft, Hunk, Line, drafted, need_clear, squash
from tests.benchmarks.edits.third.tasks import Dice, Task, indent_of, need

COMMENT = {"python": "#", "ruby": "#", "markdown": ""}


@diff_damage("context-without-space")
def no_space(draft: Draft, dice: Dice) -> None:
    need(not any(line.text[:1] in {"+", "-", "\\", "@", "`", "*"} for line in draft.marked() if line.tag == " "))
    draft.write = lambda line: (line.tag if line.tag != " " else "") + line.text


@diff_damage("context-some-without-space")
def some_without_space(draft: Draft, dice: Dice) -> None:
    need(not any(line.text[:1] in {"+", "-", "\\", "@", "`", "*"} for line in draft.marked() if line.tag == " "))
    chosen = {id(line) for line in draft.marked() if dice.random() < 0.4}
    draft.write = lambda line: (line.tag if line.tag != " " or id(line) not in chosen else "") + line.text


@diff_damage("blank-context-empty")
def bare_blank(draft: Draft, dice: Dice) -> None:
    need(any(line.tag == " " and not line.text.strip() for line in draft.marked()))
    draft.write = lambda line: (line.tag + line.text) if line.tag != " " or line.text.strip() else ""


@diff_damage("trailing-space-stripped")
def stripped(draft: Draft, dice: Dice) -> None:
    need(not any(line.tag == "+" and line.text != line.text.rstrip() for line in draft.marked()))
    draft.write = lambda line: (line.tag + line.text).rstrip()


@damage("trailing-space-in-file")
def trailing(task: Task, dice: Dice) -> Made:
    """The file has spaces at the ends of some lines, the answer has none. Lines that stay keep theirs."""
    draft = drafted(task, dice)
    ends = [dice.choice(("", "", " ", "  ", "\t")) for _ in task.lines]
    lines = [text + end for text, end in zip(task.lines, ends, strict=True)]
    dressed = Task(task.path, task.language, tuple(lines), task.changes, task.final)
    return Made(draft.answer(), dressed.want(), dressed.text())


@diff_damage("trailing-space-added")
def trailing_added(draft: Draft, dice: Dice) -> None:
    tail = dice.deal((" ", "  ", "\t", "   "))
    draft.write = lambda line: line.tag + line.text + (tail if line.tag != "+" else "")


@diff_damage("blank-context-dropped")
def blank_dropped(draft: Draft, dice: Dice) -> None:
    found = False
    for hunk in draft.hunks:
        kept = []
        for at, line in enumerate(hunk.lines):
            drop = line.tag == " " and not line.text.strip() and 0 < at < len(hunk.lines) - 1 and _may_drop(hunk, at)
            found |= drop
            kept += [] if drop else [line]
        hunk.lines = kept
    need(found)


def _may_drop(hunk: Hunk, at: int) -> bool:
    """Next to an insertion a blank line says on which side of it the new lines go, unless these have one themselves."""
    for step in (-1, 1):
        near = at + step
        run = []
        while 0 <= near < len(hunk.lines) and hunk.lines[near].tag != " ":
            run.append(hunk.lines[near])
            near += step
        if not run or any(line.tag == "-" for line in run):
            continue
        if not run[0].text.strip() or run[-1].text.strip():
            return False
    return True


@diff_damage("blank-context-invented")
def blank_invented(draft: Draft, dice: Dice) -> None:
    found = False
    for hunk in draft.hunks:
        spots = [at for at in range(1, len(hunk.lines)) if hunk.lines[at - 1].tag == " " == hunk.lines[at].tag]
        for at in sorted(dice.sample(spots, min(len(spots), 1)), reverse=True):
            hunk.lines.insert(at, Line(" ", ""))
            found = True
    need(found)


@diff_damage("space-after-marker")
def space_after(draft: Draft, dice: Dice) -> None:
    everywhere = dice.random() < 0.5
    if not everywhere:
        need(all(any(line.tag == "-" and line.text.strip() for line in hunk.lines) for hunk in draft.hunks))
    draft.write = lambda line: line.tag + (" " if (everywhere or line.tag != " ") and line.text else "") + line.text


@diff_damage("marker-over-indent")
def over_indent(draft: Draft, dice: Dice) -> None:
    need(all(line.text[:1] == " " or not line.text for line in draft.marked()))
    draft.write = lambda line: line.tag + line.text[1:]


@diff_damage("marker-over-indent-changes-only")
def over_indent_changes(draft: Draft, dice: Dice) -> None:
    """``-   x`` for a line with four spaces: the marker took the place of the first, in changed lines only."""
    need(all(line.text[:2] == "  " or not line.text for line in draft.marked() if line.tag != " "))
    need(all(any(line.tag == "-" and line.text.strip() for line in hunk.lines) for hunk in draft.hunks))
    draft.write = lambda line: line.tag + (line.text if line.tag == " " else line.text[1:])


def _common(hunk: Hunk) -> int:
    depths = [indent_of(line.text) for line in hunk.lines if line.text.strip()]
    first = {line.text[:1] for line in hunk.lines if line.text.strip()}
    need(len(first & {" ", "\t"}) == 1)
    return min(depths, default=0)


@diff_damage("dedented")
def dedented(draft: Draft, dice: Dice) -> None:
    for hunk in draft.hunks:
        depth = _common(hunk)
        need(depth >= 1)
        for line in hunk.lines:
            line.text = line.text[depth:]


@diff_damage("indented-deeper")
def deeper(draft: Draft, dice: Dice) -> None:
    for hunk in draft.hunks:
        extra = (
            dice.deal(("    ", "  ", "        ", " ", "\t", "   "))
            if not any(line.text[:1] == "\t" for line in hunk.lines)
            else "\t"
        )
        for line in hunk.lines:
            line.text = extra + line.text if line.text.strip() else line.text


def unit_of(task: Task) -> int:
    depths = [indent_of(text) for text in task.lines if text[:1] == " " and not text.strip().startswith(("*", "/"))]
    need(depths and not any(text[:1] == "\t" for text in task.lines))
    unit = math.gcd(*depths)
    need(unit in {2, 4})
    return unit


def tabbed(text: str, unit: int) -> str:
    depth = indent_of(text)
    need(depth % unit == 0 and "\t" not in text)
    return "\t" * (depth // unit) + text[depth:]


@diff_damage("tabs-for-spaces")
def tabs(draft: Draft, dice: Dice) -> None:
    unit = unit_of(draft.task)
    need(any(line.text[:1] == " " for line in draft.marked()))
    for line in draft.marked():
        line.text = tabbed(line.text, unit)


@damage("spaces-for-tabs")
def spaces(task: Task, dice: Dice) -> Made:
    unit = unit_of(task)
    draft = drafted(task, dice)
    need(any(line.text[:1] == " " for line in draft.marked()))
    lines = [text if indent_of(text) % unit else tabbed(text, unit) for text in task.lines]
    changes = [
        type(change)(change.start, change.end, tuple(tabbed(text, unit) for text in change.new))
        for change in task.changes
    ]
    need(all(indent_of(line.text) % unit == 0 for line in draft.marked()))
    made = Task(task.path, task.language, tuple(lines), tuple(changes), task.final)
    return Made(draft.answer(), made.want(), made.text())


@diff_damage("html-escaped")
def escaped(draft: Draft, dice: Dice) -> None:
    quote = dice.random() < 0.5
    need(any(line.tag in OLD and re.search("[<>]", line.text) for line in draft.marked()))
    need("&" not in "".join(draft.task.lines) and "&" not in "".join(line.text for line in draft.marked()))
    for line in draft.marked():
        line.text = html.escape(line.text, quote)


@diff_damage("typographic-context")
def typographic(draft: Draft, dice: Dice) -> None:
    marks = {"'": "’", '"': "”", "-": "–", "...": "…", " ": "\u00a0"}
    chosen = dice.deal((("'", '"'), ("'",), ('"', "..."), ("-",), (" ",), ("'", '"', "...")))
    touched = False
    for line in draft.marked():
        if line.tag == " ":
            before, depth = line.text, indent_of(line.text)
            for mark in chosen:
                line.text = line.text[:depth] + line.text[depth:].replace(mark, marks[mark])
            touched |= line.text != before
    need(touched)


def _near_context(hunk: Hunk, dice: Dice, *, far: bool = False) -> int:
    """A line of context with something to say; with ``far`` not one that touches a change."""
    spots = [at for at, line in enumerate(hunk.lines) if line.tag == " " and len(squash(line.text)) >= 8]
    if far:
        spots = [
            at
            for at in spots
            if all(hunk.lines[near].tag == " " for near in (at - 1, at + 1) if 0 <= near < len(hunk.lines))
        ]
        spots = [at for at in spots if 0 < at < len(hunk.lines) - 1]
    need(spots)
    return dice.choice(spots)


def alter_context(draft: Draft, dice: Dice, alter: object, *, far: bool = False) -> None:
    assert callable(alter)
    hunk = dice.choice(draft.hunks)
    at = _near_context(hunk, dice, far=far)
    old = [line for line in hunk.lines if line.tag in OLD]
    need_clear(draft.task, hunk, {next(n for n, line in enumerate(old) if line is hunk.lines[at])})
    alter(hunk, at)


@diff_damage("context-typo")
def typo(draft: Draft, dice: Dice) -> None:
    def alter(hunk: Hunk, at: int) -> None:
        text = hunk.lines[at].text
        spot = dice.choice([n for n, letter in enumerate(text) if letter.isalpha()] or [len(text) - 1])
        swap = text[:spot] + text[spot + 1 : spot + 2] + text[spot] + text[spot + 2 :]
        changed = dice.choice(
            (
                text[:spot] + text[spot + 1 :],
                text[:spot] + text[spot] + text[spot:],
                swap,
                text[:spot] + "x" + text[spot + 1 :],
            )
        )
        need(squash(changed) != squash(text))
        hunk.lines[at] = Line(" ", changed)

    alter_context(draft, dice, alter)


@diff_damage("context-stale")
def stale(draft: Draft, dice: Dice) -> None:
    """The user renamed something in a line of context after the model saw it."""

    def alter(hunk: Hunk, at: int) -> None:
        names = re.findall(r"[A-Za-z_]{4,}", hunk.lines[at].text)
        need(names)
        name = dice.choice(names)
        hunk.lines[at] = Line(
            " ",
            hunk.lines[at].text.replace(name, dice.deal(("previous_value", "handler", "old" + name, name + "2")), 1),
        )

    alter_context(draft, dice, alter)


@diff_damage("context-comment-paraphrased")
def paraphrased(draft: Draft, dice: Dice) -> None:
    words = dice.deal(("handle the rest", "as before", "set things up first", "see the docs for details"))

    def alter(hunk: Hunk, at: int) -> None:
        match = re.match(r"(\s*(?:#|//|\*)\s*)\S.*", hunk.lines[at].text)
        need(match)
        assert match is not None
        hunk.lines[at] = Line(" ", match[1] + words)

    spots = [line for line in draft.marked() if line.tag == " " and re.match(r"\s*(?:#|//|\*)\s*\S", line.text)]
    need(spots)
    alter_context(draft, dice, alter)


@diff_damage("context-line-left-out", context=4)
def left_out(draft: Draft, dice: Dice) -> None:
    alter_context(draft, dice, lambda hunk, at: hunk.lines.pop(at), far=True)


@diff_damage("context-line-invented", context=4)
def invented(draft: Draft, dice: Dice) -> None:
    comment = COMMENT.get(draft.task.language, "//")
    need(comment)
    alter_context(draft, dice, lambda hunk, at: hunk.lines.insert(at, Line(" ", indent(hunk.lines[at].text) + comment + dice.deal((" process it", " main logic", " step 2", " update state")))), far=True)  # fmt: skip


@diff_damage("context-elided", context=9)
def elided(draft: Draft, dice: Dice) -> None:
    comment = COMMENT.get(draft.task.language, "//")
    need(comment)
    mark = dice.deal(
        (
            "...",
            comment + " ...",
            comment + " ... existing code ...",
            "…",
            comment + " rest of the code",
            comment + " (unchanged)",
        )
    )
    need(len(draft.hunks) == 1)
    hunk = draft.hunks[0]
    runs = [at for at in range(len(hunk.lines) - 5) if all(line.tag == " " for line in hunk.lines[at : at + 5])]
    runs = [
        at
        for at in runs
        if hunk.lines[at].text.strip() and hunk.lines[at + 4].text.strip() and at + 5 < len(hunk.lines) and at > 0
    ]
    need(runs)
    at = dice.choice(runs)
    old = [line for line in hunk.lines if line.tag in OLD]
    gone = hunk.lines[at + 1 : at + 4]
    need_clear(draft.task, hunk, {n for n, line in enumerate(old) if any(line is other for other in gone)})
    near, far = (hunk.lines[: at + 1], hunk.lines[at + 4 :])
    for part in (near, far):
        texts = [line.text for line in part if line.tag in OLD]
        need(any(len(squash(text)) > 5 and draft.task.lines.count(text) == 1 for text in texts))
    hunk.lines[at + 1 : at + 4] = [Line(" ", indent(gone[0].text) + mark)]


@diff_damage("line-numbers-in-lines")
def line_numbers(draft: Draft, dice: Dice) -> None:
    form = dice.deal(("{n:>4} | {t}", "{n}: {t}", "{n:>5}\t{t}", "{n:>3}  {t}", "{n:>6}→{t}", "{n}|{t}"))
    for hunk in draft.hunks:
        old, new = hunk.start + 1, hunk.start + 1 + hunk.shift
        for line in hunk.lines:
            number = new if line.tag == "+" else old
            old, new = old + (line.tag != "+"), new + (line.tag != "-")
            line.text = form.format(n=number, t=line.text)


@diff_damage("letter-case-of-context")
def letter_case(draft: Draft, dice: Dice) -> None:
    def alter(hunk: Hunk, at: int) -> None:
        text = hunk.lines[at].text
        other = dice.choice((text.upper(), text.lower(), text[: indent_of(text)] + text.strip().capitalize()))
        need(other != text)
        hunk.lines[at] = Line(" ", other)

    alter_context(draft, dice, alter)


def indent(text: str) -> str:
    return text[: indent_of(text)]
