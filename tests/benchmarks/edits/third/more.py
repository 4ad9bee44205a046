"""A second round of damages: several at once, context that was retyped, blocks and rewrites told in other ways."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import normalize

from tests.benchmarks.edits.third import dialects, lines
from tests.benchmarks.edits.third.blocks import blocks_of, written
from tests.benchmarks.edits.third.case import Made, damage, diff_damage
from tests.benchmarks.edits.third.draft import OLD, Draft, Hunk, Line, drafted, dressed, squash
from tests.benchmarks.edits.third.lines import alter_context, indent
from tests.benchmarks.edits.third.rewrites import definition_of, written_definition
from tests.benchmarks.edits.third.tasks import Change, Dice, Task, indent_of, need

# Each changes something else of the draft, so that any two go together.
_AT = (dialects.wrong_numbers, dialects.wrong_counts, dialects.at_forms, dialects.heading_only)
_FILE = (dialects.no_headers, dialects.header_forms, dialects.git)
_LINES = (lines.no_space, lines.bare_blank, lines.stripped, lines.trailing_added, lines.space_after, lines.over_indent)
_INDENT = (lines.dedented, lines.deeper, lines.tabs)
_CONTEXT = (lines.typo, lines.stale, lines.left_out, lines.typographic, lines.blank_dropped, lines.blank_invented)
_ORDER = (dialects.shuffled, dialects.twice, dialects.additions_first, dialects.thoughts, dialects.command_after)


@diff_damage("two-damages")
def two(draft: Draft, dice: Dice) -> None:
    for group in dice.sample((_AT, _FILE, _LINES, _INDENT, _CONTEXT, _ORDER), 2):
        dice.choice(group)(draft, dice)


@diff_damage("three-damages")
def three(draft: Draft, dice: Dice) -> None:
    for group in dice.sample((_AT, _FILE, _LINES, _CONTEXT, _ORDER), 3):
        dice.choice(group)(draft, dice)


@damage("two-damages-crlf-file")
def two_crlf(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    for group in dice.sample((_AT, _FILE, _LINES, _CONTEXT, _ORDER), 2):
        dice.choice(group)(draft, dice)
    return Made(draft.answer(), task.want().replace("\n", "\r\n"), task.text().replace("\n", "\r\n"))


@diff_damage("wide-context", context=14)
def wide(draft: Draft, dice: Dice) -> None:
    dice.choice((dialects.wrong_numbers, dialects.at_forms, dialects.no_headers))(draft, dice)


@diff_damage("whole-file-as-hunk", context=5_000)
def all_of_it(draft: Draft, dice: Dice) -> None:
    need(len(draft.task.lines) < 400)
    dice.choice((dialects.at_forms, dialects.git, lines.stripped))(draft, dice)


@diff_damage("one-sided-context", context=4)
def one_sided(draft: Draft, dice: Dice) -> None:
    """Only what stands above the changes is quoted, or only what stands below."""
    above = dice.random() < 0.6
    for hunk in draft.hunks:
        changed = [at for at, line in enumerate(hunk.lines) if line.tag != " "]
        kept = hunk.lines[: changed[-1] + 1] if above else hunk.lines[changed[0] :]
        side = hunk.lines[: changed[0]] if above else hunk.lines[changed[-1] + 1 :]
        need(len(side) >= 3 and side[-1 if above else 0].text.strip())
        need(any(line.tag == "-" for line in kept) or len([line for line in side if line.text.strip()]) >= 3)
        hunk.start += 0 if above else changed[0]
        hunk.lines = kept
        quoted = "".join(squash(text) for text in hunk.side(OLD))
        need("".join(map(squash, draft.task.lines)).count(quoted) == 1 and len(quoted) > 30)


@damage("indentation-is-the-change")
def reindent(task: Task, dice: Dice) -> Made:
    """Some lines go one step deeper, or to the margin, and nothing else."""
    spots = [at for at in range(3, len(task.lines) - 6) if all(text.strip() for text in task.lines[at : at + 3])]
    need(spots and task.language not in {"markdown", "python"})
    at = dice.choice(spots)
    body = task.lines[at : at + 3]
    step = "\t" if any(text[:1] == "\t" for text in task.lines) else "    "
    need(not any(mark in "".join(body) for mark in "*`#\\"))
    fresh = tuple(step + text for text in body) if dice.random() < 0.7 else tuple(text.lstrip() for text in body)
    need(fresh != body)
    made = task.with_changes(Change(at, at + 3, fresh))
    return Made(drafted(made, dice).answer(), made.want())


@diff_damage("blank-runs-collapsed", context=5)
def collapsed(draft: Draft, dice: Dice) -> None:
    """Two blank lines of the context became one."""
    found = False
    for hunk in draft.hunks:
        kept: list[Line] = []
        for at, line in enumerate(hunk.lines):
            quiet = at + 1 < len(hunk.lines) and hunk.lines[at + 1].tag == " " and at > 0
            if (
                line.tag == " "
                and not line.text.strip()
                and kept
                and kept[-1].tag == " "
                and not kept[-1].text.strip()
                and quiet
            ):
                found = True
                continue
            kept.append(line)
        hunk.lines = kept
    need(found)


@diff_damage("context-line-broken-in-two", context=4)
def broken(draft: Draft, dice: Dice) -> None:
    def alter(hunk: Hunk, at: int) -> None:
        text = hunk.lines[at].text
        spaces = [match.start() for match in re.finditer(r"(?<=\S) (?=\S)", text)]
        need(len(text.strip()) > 24 and spaces)
        middle = min(spaces, key=lambda spot: abs(spot - len(text) // 2))
        hunk.lines[at : at + 1] = [Line(" ", text[:middle]), Line(" ", indent(text) + "  " + text[middle + 1 :])]

    alter_context(draft, dice, alter, far=True)


@diff_damage("context-other-quotes")
def other_quotes(draft: Draft, dice: Dice) -> None:
    def alter(hunk: Hunk, at: int) -> None:
        text = hunk.lines[at].text
        fresh = text.translate(str.maketrans("'\"", "\"'"))
        need(fresh != text)
        hunk.lines[at] = Line(" ", fresh)

    need(any(line.tag == " " and set(line.text) & {"'", '"'} for line in draft.marked()))
    alter_context(draft, dice, alter)


@diff_damage("no-break-spaces")
def no_break(draft: Draft, dice: Dice) -> None:
    """Copied from a page: all indentation is of spaces that do not break."""
    need(not any("\t" in line.text for line in draft.marked()))
    need(any(line.tag == "-" and line.text[:1] == " " for line in draft.marked()))
    for line in draft.marked():
        line.text = "\u00a0" * indent_of(line.text) + line.text.lstrip(" ")


@diff_damage("quoted-as-reply")
def quoted(draft: Draft, dice: Dice) -> None:
    body = "\n".join("> " + line for line in draft.body())
    draft.header, draft.hunks, draft.fence = [body], [], None
    draft.before, draft.after = dice.deal(("You wrote:", "Like this:")), ""


@damage("decomposed-letters")
def decomposed(task: Task, dice: Dice) -> Made:
    """The file has letters in one piece, the answer letter and accent apart, or the other way round."""
    change = task.changes[0]
    need(change.start >= 2 and task.lines[change.start - 1].strip() and task.language not in {"markdown"})
    mark = " # " if task.language == "python" else " // "
    need(not task.lines[change.start - 1].endswith("\\"))
    words = dice.deal(("café", "naïve", "Größe", "señor"))
    forms: tuple[Literal["NFC", "NFD"], Literal["NFC", "NFD"]] = dice.choice((("NFC", "NFD"), ("NFD", "NFC")))
    rows = list(task.lines)
    rows[change.start - 1] += mark + normalize(forms[0], words)
    made = Task(task.path, task.language, tuple(rows), task.changes, task.final)
    draft = drafted(made, dice)
    for line in draft.marked():
        line.text = normalize(forms[1], line.text)
    need(all(normalize("NFC", text) == text for each in task.changes for text in each.new))
    return Made(draft.answer(), made.want(), made.text())


@damage("blocks-crlf-file")
def blocks_crlf(task: Task, dice: Dice) -> Made:
    answer = written(blocks_of(task, dice), dice)
    return Made(answer, task.want().replace("\n", "\r\n"), task.text().replace("\n", "\r\n"))


@damage("blocks-twice")
def blocks_twice(task: Task, dice: Dice) -> Made:
    blocks = blocks_of(task.with_changes(dice.choice(task.changes)), dice)
    change = task.changes[0]
    need(change.end > change.start)
    first = blocks_of(task.with_changes(change), dice)
    return Made(written([*first, *first], dice), task.with_changes(change).want()) if blocks else Made("", None)


@damage("blocks-line-numbers")
def blocks_numbers(task: Task, dice: Dice) -> Made:
    task = task.with_changes(dice.choice(task.changes))
    blocks = blocks_of(task, dice)
    form = dice.deal(("{n:>4} | {t}", "{n}: {t}", "{n:>5}\t{t}", "{n:>6}→{t}"))
    for block in blocks:
        need(all(text.strip() for text in block.search[:1]))
        block.search = [form.format(n=block.start + 1 + at, t=text) for at, text in enumerate(block.search)]
        block.replace = [form.format(n=block.start + 1 + at, t=text) for at, text in enumerate(block.replace)]
    return Made(written(blocks, dice), task.want())


@damage("blocks-tabs")
def blocks_tabs(task: Task, dice: Dice) -> Made:
    unit = lines.unit_of(task)
    blocks = blocks_of(task, dice)
    need(any(text[:1] == " " for block in blocks for text in block.search))
    for block in blocks:
        block.search = [lines.tabbed(text, unit) for text in block.search]
        block.replace = [lines.tabbed(text, unit) for text in block.replace]
    return Made(written(blocks, dice), task.want())


@damage("code-before-and-after")
def before_and_after(task: Task, dice: Dice) -> Made:
    """A fence with the definition as it is, then one with what it becomes."""
    task, start, end = definition_of(task, dice)
    old, new = "\n".join(task.lines[start:end]), "\n".join(written_definition(task, start, end))
    need("```" not in old + new)
    first, second = dice.deal(
        (("Before:", "After:"), ("Replace", "with"), ("Current code:", "New code:"), ("Change this", "to this:"))
    )
    return Made(
        f"{first}\n\n```{task.language}\n{old}\n```\n\n{second}\n\n```{task.language}\n{new}\n```\n", task.want()
    )


@damage("definition-with-usage")
def usage(task: Task, dice: Dice) -> Made:
    """The rewritten definition, then a shell command that shows that it works."""
    task, start, end = definition_of(task, dice)
    new = "\n".join(written_definition(task, start, end))
    need("```" not in new)
    tail = dice.deal(
        ("```bash\npytest -q\n```", "```sh\nmake test\n```", "```console\n$ run\nok\n```", "```text\nall passed\n```")
    )
    return Made(dressed(new, "```", task.language) + f"\nTo check:\n\n{tail}\n", task.want())


@damage("definition-crlf-file")
def definition_crlf(task: Task, dice: Dice) -> Made:
    task, start, end = definition_of(task, dice)
    answer = dressed("\n".join(written_definition(task, start, end)), "````", task.language)
    return Made(answer, task.want().replace("\n", "\r\n"), task.text().replace("\n", "\r\n"))


@damage("refuse-two-damages-and-a-wrong-removal")
def wrong_removal(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    removed = [line for line in draft.marked() if line.tag == "-" and re.search(r"[A-Za-z_]{5,}", line.text)]
    need(removed)
    line = dice.choice(removed)
    line.text = re.sub(
        r"[A-Za-z_]{5,}", dice.deal(("something_else", "otherName", "legacy_value", "tempResult")), line.text, count=1
    )
    need(squash(line.text) not in {squash(text) for text in task.lines})
    for group in dice.sample((_AT, _FILE, _LINES, _ORDER), 2):
        dice.choice(group)(draft, dice)
    return Made(draft.answer(), None)


@damage("refuse-block-changes-nothing")
def block_nothing(task: Task, dice: Dice) -> Made:
    blocks = blocks_of(task, dice)
    for block in blocks:
        block.replace = list(block.search)
    return Made(written(blocks, dice), None)
