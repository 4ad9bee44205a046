"""Files that are not plain: their line ends, marks, odd characters and missing final newlines stay as they are."""

from __future__ import annotations

from tests.benchmarks.edits.third.case import Made, damage
from tests.benchmarks.edits.third.draft import Line, drafted
from tests.benchmarks.edits.third.lines import COMMENT
from tests.benchmarks.edits.third.tasks import Change, Dice, Task, need, stands_alone


@damage("crlf-file")
def crlf_file(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    return Made(draft.answer(), _crlf(task.want()), _crlf(task.text()))


@damage("crlf-answer")
def crlf_answer(task: Task, dice: Dice) -> Made:
    return Made(_crlf(drafted(task, dice).answer()), task.want())


@damage("crlf-both")
def crlf_both(task: Task, dice: Dice) -> Made:
    return Made(_crlf(drafted(task, dice).answer()), _crlf(task.want()), _crlf(task.text()))


@damage("mixed-line-ends")
def mixed(task: Task, dice: Dice) -> Made:
    """The file changes its line ends somewhere away from the changes: new lines get those of their neighbours."""
    draft = drafted(task, dice)
    size = len(task.lines)
    first, last = max(task.changes[0].start - 8, 0), min(task.changes[-1].end + 8, size)
    need(first > 3 or last < size - 3)
    upper, inner, lower = dice.choice(
        (
            ("\n", "\r\n", "\n"),
            ("\r\n", "\n", "\r\n"),
            ("\r\n", "\n", "\n"),
            ("\n", "\n", "\r\n"),
            ("\n", "\r\n", "\r\n"),
        )
    )

    def ended(lines: tuple[str, ...], grown: int) -> str:
        ends = [upper if at < first else inner if at < last + grown else lower for at in range(len(lines))]
        text = "".join(line + end for line, end in zip(lines, ends, strict=True))
        return text if task.final else text.removesuffix("\n").removesuffix("\r")

    return Made(draft.answer(), ended(task.wanted, len(task.wanted) - size), ended(task.lines, 0))


@damage("byte-order-mark")
def mark(task: Task, dice: Dice) -> Made:
    """A change near the top of a file that begins with a mark; the answer does not show it."""
    first = dice.randrange(min(3, len(task.lines)))
    line = task.lines[first]
    need(line.strip() and task.changes[0].start > first + 1)
    draft = drafted(
        task.with_changes(Change(first, first + 1, (line + "  " + noted(task, dice),)), *task.changes[1:]),
        dice,
    )
    return Made(draft.answer(), "\ufeff" + draft.task.want(), "\ufeff" + task.text())


@damage("no-final-newline")
def no_final(task: Task, dice: Dice) -> Made:
    """The last line, without an end, is changed or followed by others; the answer marks it or not."""
    size = len(task.lines)
    need(size > 4 and task.lines[-1].strip())
    added = (noted(task, dice),)
    change = (
        Change(size - 1, size, (task.lines[-1] + "  " + added[0],))
        if dice.random() < 0.5
        else Change(size, size, added)
    )
    made = Task(task.path, task.language, task.lines, (change,), final=False)
    draft = drafted(made, dice)
    if dice.random() < 0.5:
        lines = draft.hunks[0].lines
        last_old = max(at for at, line in enumerate(lines) if line.tag != "+")
        lines.insert(last_old + 1, Line("\\", " No newline at end of file"))
        lines.append(Line("\\", " No newline at end of file"))
    return Made(draft.answer(), made.want(), made.text())


@damage("odd-characters")
def odd(task: Task, dice: Dice) -> Made:
    """A line of context and a new line hold a character that some tools take for a line end, or that takes two units."""
    odd_one = dice.deal(
        ("\u2028", "\x0c", "\u2029", "\x0b", "\x85", "🙂", "👩‍👩‍👧", "e\u0301", "\x1c", "\x1d", "\u00a0", "\u200b")
    )
    change = task.changes[0]
    need(change.new and change.start >= 2 and any(text.strip() for text in change.new))
    lines = list(task.lines)
    spot = change.start - dice.choice((1, 2))
    need(lines[spot].strip())
    opening, closing = ("# ", "") if task.language in {"python", "ruby"} else ("/* ", " */")
    need(not lines[spot].endswith("\\") and not change.new[-1].endswith("\\"))
    lines[spot] += f"  {opening}x{odd_one}y{closing}"
    fresh = list(change.new)
    fresh[-1] += f"  {opening}a{odd_one}b{closing}"
    made = Task(
        task.path,
        task.language,
        tuple(lines),
        (Change(change.start, change.end, tuple(fresh)), *task.changes[1:]),
        task.final,
    )
    return Made(drafted(made, dice).answer(), made.want(), made.text())


@damage("form-feed-line")
def form_feed(task: Task, dice: Dice) -> Made:
    """A line of nothing but a form feed in the context, shown, left blank or left out by the answer."""
    change = task.changes[0]
    need(change.start >= 3 and change.end > change.start)
    lines = list(task.lines)
    spot = change.start - 2
    need(lines[spot - 1].strip() and lines[spot].strip())
    lines.insert(spot, "\x0c")
    moved = tuple(Change(each.start + 1, each.end + 1, each.new) for each in task.changes)
    made = Task(task.path, task.language, tuple(lines), moved, task.final)
    draft = drafted(made, dice)
    form = dice.choice(("shown", "blank", "left out"))
    for hunk in draft.hunks:
        for line in [line for line in hunk.lines if line.text == "\x0c"]:
            if form == "blank":
                line.text = ""
            elif form == "left out":
                hunk.lines.remove(line)
    return Made(draft.answer(), made.want(), made.text())


@damage("emptied-to-end")
def last_lines(task: Task, dice: Dice) -> Made:
    """The last lines of the file go."""
    size = len(task.lines)
    count = dice.choice((1, 2, 3))
    need(size > 12 and any(text.strip() for text in task.lines[-count:]) and task.lines[-count - 1].strip())
    made = task.with_changes(Change(size - count, size, ()))
    need(stands_alone(made))
    return Made(drafted(made, dice).answer(), made.want())


@damage("first-lines")
def first_lines(task: Task, dice: Dice) -> Made:
    """New lines before the first line of the file."""
    need(task.lines[0].strip() and task.lines[0][:2] != "#!")
    made = task.with_changes(Change(0, 0, (noted(task, dice), *dice.choice(((), ("",))))))
    draft = drafted(made, dice)
    if dice.random() < 0.5:
        draft.hunks[0].at = "@@ @@"
    return Made(draft.answer(), made.want())


def noted(task: Task, dice: Dice) -> str:
    """A line that may stand anywhere."""
    word = dice.deal(("See LICENSE.", "Written by hand.", "Checked twice.", "Keep this line."))
    return f"{COMMENT.get(task.language, '//')} {word}".strip()


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")
