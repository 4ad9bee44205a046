"""Diffs that are right in what they say, written as models write them."""

from __future__ import annotations

from tests.benchmarks.edits.third.case import Made, damage, diff_damage
from tests.benchmarks.edits.third.draft import OLD, Draft, Hunk, Line, drafted, dressed, name_of, places
from tests.benchmarks.edits.third.tasks import Dice, Task, definition_at, need

THOUGHTS = (
    "<think>\nThe bug is in the loop. I should change `i` to `j`.\n</think>",
    "*Thinking…* done.",
    "Thought for 4 seconds",
    "<!-- plan: one hunk -->",
)
COMMANDS = ("```bash\npytest -q\n```", "```sh\nnpm test\n```", "```console\n$ make check\nok\n```", "```\nall 12 tests passed\n```")  # fmt: skip


@diff_damage("diff-git")
def git(draft: Draft, dice: Dice) -> None:
    path = draft.task.path
    extra = dice.deal(
        (["index 3f2a1bc..9d8e7f6 100644"], [], ["old mode 100644", "new mode 100755"], ["similarity index 97%"])
    )
    draft.header = [f"diff --git a/{path} b/{path}", *extra, f"--- a/{path}", f"+++ b/{path}"]


@diff_damage("diff-bare")
def bare(draft: Draft, dice: Dice) -> None:
    draft.fence = None
    draft.before = draft.after = ""


@diff_damage("diff-fence-forms")
def fences(draft: Draft, dice: Dice) -> None:
    need(draft.fence == "```")
    draft.fence, draft.info = dice.deal((("~~~", "diff"), ("````", "diff"), ("```", ""), ("```", "patch"), ("```", "udiff"), ("```", f"diff {name_of(draft.task)}"), ("~~~~", ""), ("```", draft.task.language)))  # fmt: skip


@diff_damage("diff-headers-missing")
def no_headers(draft: Draft, dice: Dice) -> None:
    draft.header = []


@diff_damage("diff-header-forms")
def header_forms(draft: Draft, dice: Dice) -> None:
    path, name = draft.task.path, name_of(draft.task)
    draft.header = dice.deal((
        [f"--- {path}", f"+++ {path}"], [f"--- {name}\t2024-05-01 10:00:00.000000000 +0200", f"+++ {name}\t2024-05-01 10:00:01.000000000 +0200"],
        [f"--- original/{path}", f"+++ modified/{path}"], [f"+++ b/{path}"], [f"--- a/{path}"], [f"--- {path} (original)", f"+++ {path} (updated)"],
        [f"Index: {path}", "=" * 67, f"--- {path}\t(revision 12)", f"+++ {path}\t(working copy)"], [f'--- "a/{path}"', f'+++ "b/{path}"'],
    ))  # fmt: skip


@diff_damage("numbers-wrong")
def wrong_numbers(draft: Draft, dice: Dice) -> None:
    size = len(draft.task.lines)
    for hunk in draft.hunks:
        old, new = len(hunk.side(OLD)), len(hunk.side((" ", "+")))
        start = dice.choice((1, dice.randint(1, size * 2), max(1, hunk.start + dice.randint(-30, 30))))
        hunk.at = f"@@ -{start},{old} +{start},{new} @@"


@diff_damage("counts-wrong")
def wrong_counts(draft: Draft, dice: Dice) -> None:
    for hunk in draft.hunks:
        old, new = len(hunk.side(OLD)), len(hunk.side((" ", "+")))
        hunk.at = f"@@ -{hunk.start + 1},{max(old + dice.randint(-4, 6), 1)} +{hunk.start + 1},{max(new + dice.randint(-4, 6), 1)} @@"


@diff_damage("at-line-forms")
def at_forms(draft: Draft, dice: Dice) -> None:
    form = dice.deal(
        (
            "@@",
            "@@ ... @@",
            "@@ @@",
            "@@ -,+ @@",
            "@@ -0,0 +0,0 @@",
            "@@ -XX,XX +XX,XX @@",
            "@@ -1 +1 @@",
            "@@@@",
            "@@ … @@",
            "@@ -{n} @@",
        )
    )
    for hunk in draft.hunks:
        hunk.at = form.replace("{n}", str(hunk.start + 1))


@diff_damage("at-heading-only")
def heading_only(draft: Draft, dice: Dice) -> None:
    form = dice.deal(("@@ {h}", "@@ {h} @@", "@@ ... @@ {h}", "@@ @@ {h}"))
    for hunk in draft.hunks:
        at = definition_at(draft.task.lines, hunk.start)
        need(at is not None and at < hunk.start)
        hunk.at = form.replace("{h}", draft.task.lines[at or 0].strip())


@diff_damage("at-line-missing")
def no_at(draft: Draft, dice: Dice) -> None:
    need(len(draft.hunks) == 1)
    draft.hunks[0].at = ""


@diff_damage("codex-patch")
def codex(draft: Draft, dice: Dice) -> None:
    _codex(draft)
    draft.fence = dice.deal((None, None, "```", "```"))
    draft.info = dice.deal(("", "patch", "diff", "", "txt", "text"))


def _codex(draft: Draft) -> None:
    task = draft.task
    draft.header, draft.footer = ["*** Begin Patch", f"*** Update File: {task.path}"], ["*** End Patch"]
    for hunk in draft.hunks:
        at = definition_at(task.lines, hunk.start)
        hunk.at = f"@@ {task.lines[at].strip()}" if at is not None and at < hunk.start else "@@"


@diff_damage("codex-stacked-at")
def stacked(draft: Draft, dice: Dice) -> None:
    _codex(draft)
    for hunk in draft.hunks:
        inner = definition_at(draft.task.lines, hunk.start)
        outer = definition_at(draft.task.lines, inner) if inner else None
        need(outer is not None and inner is not None and inner < hunk.start)
        hunk.at = f"@@ {draft.task.lines[outer or 0].strip()}\n@@ {draft.task.lines[inner or 0].strip()}"
    draft.fence = dice.choice((None, "```"))


@damage("codex-end-of-file")
def codex_end(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    _codex(draft)
    last = task.changes[-1]
    need(len(task.lines) - last.end <= 3)
    draft.hunks[-1].lines += []
    draft.footer = ["*** End of File", "*** End Patch"]
    return Made(draft.answer(), task.want())


@diff_damage("v4a-no-envelope")
def v4a(draft: Draft, dice: Dice) -> None:
    _codex(draft)
    draft.header, draft.footer = dice.deal((
        ([f"*** Update File: {draft.task.path}"], []), (["*** Begin Patch", f"*** Update File: ./{draft.task.path}"], []),
        ([f"*** Update File: {draft.task.path}"], ["*** End Patch"]), ([f"*** Update File: /repo/{draft.task.path}"], []),
    ))  # fmt: skip
    draft.fence = "```"


@diff_damage("additions-first")
def additions_first(draft: Draft, dice: Dice) -> None:
    for hunk in draft.hunks:
        out: list[Line] = []
        run: list[Line] = []
        for line in [*hunk.lines, Line(" ", "")]:
            if line.tag == " ":
                out += [*sorted(run, key=lambda each: "+-".index(each.tag)), line]
                run = []
            else:
                run.append(line)
        hunk.lines = out[:-1]


@diff_damage("context-as-pairs")
def pairs(draft: Draft, dice: Dice) -> None:
    for hunk in draft.hunks:
        hunk.lines = [part for line in hunk.lines for part in ([Line("-", line.text), Line("+", line.text)] if line.tag == " " and dice.random() < 0.5 else [line])]  # fmt: skip
    need(any(line.tag == " " for line in draft.marked()))


@diff_damage("hunks-shuffled")
def shuffled(draft: Draft, dice: Dice) -> None:
    need(len(draft.hunks) > 1)
    draft.hunks.reverse()
    if dice.random() < 0.5:
        for hunk in draft.hunks:
            hunk.at = "@@ @@"


@diff_damage("hunk-twice")
def twice(draft: Draft, dice: Dice) -> None:
    need(all("-" in {line.tag for line in hunk.lines} for hunk in draft.hunks))
    again = dice.choice(draft.hunks)
    draft.hunks.insert(dice.choice((draft.hunks.index(again), len(draft.hunks))), again)


@diff_damage("hunks-merged")
def merged(draft: Draft, dice: Dice) -> None:
    need(len(draft.hunks) > 1)
    head = draft.hunks[0].numbered()
    for hunk in draft.hunks[1:]:
        hunk.at = ""
    draft.hunks[0].at = dice.choice((head, "@@ @@"))


@damage("hunks-split")
def split(task: Task, dice: Dice) -> Made:
    """Two changes in one neighbourhood, as two hunks whose context overlaps, each written against the old text."""
    need(len(task.changes) > 1)
    first, second = task.changes[:2]
    need(0 < second.start - first.end <= 4)
    task = task.with_changes(first, second)
    parts = [drafted(task.with_changes(change), dice) for change in task.changes]
    drafts = parts[0]
    drafts.hunks += parts[1].hunks
    if dice.random() < 0.5:
        for hunk in drafts.hunks:
            hunk.at = "@@ @@"
    return Made(drafts.answer(), task.want())


@damage("hunks-one-after-another")
def successive(task: Task, dice: Dice) -> Made:
    """As ``hunks-split``, but the second is written against what the first leaves."""
    need(len(task.changes) > 1)
    first, second = task.changes[:2]
    need(0 < second.start - first.end <= 2 and first.new)
    task = task.with_changes(first, second)
    draft = drafted(task.with_changes(first), dice)
    later = drafted(task.with_changes(second), dice).hunks[0]
    shift = len(first.new) - (first.end - first.start)
    begin = second.start + shift - 3
    need(begin >= 0)
    seen = task.with_changes(first).wanted
    later.lines = [Line(" ", text) for text in seen[begin : second.start + shift]] + later.lines[
        second.start - later.start :
    ]
    need(sum(line.tag == "-" for line in later.lines) >= 1)
    later.at = "@@ @@"
    draft.hunks.append(later)
    return Made(draft.answer(), task.want())


@diff_damage("fence-each-hunk")
def fence_each(draft: Draft, dice: Dice) -> None:
    need(len(draft.hunks) > 1 and draft.fence == "```")
    words = dice.deal(("Then this one:", "And second,", "Next, update the caller:", "**Next**"))
    for hunk in draft.hunks[1:]:
        hunk.at = "\n".join(["```", "", words, "", "```diff", *draft.header, hunk.numbered()])


@diff_damage("file-header-each-hunk")
def header_each(draft: Draft, dice: Dice) -> None:
    need(len(draft.hunks) > 1)
    for hunk in draft.hunks[1:]:
        hunk.at = "\n".join([*draft.header, hunk.numbered()])


@diff_damage("old-code-fence-first")
def quote_first(draft: Draft, dice: Dice) -> None:
    need(draft.fence == "```")
    quoted = "\n".join(draft.hunks[0].side(OLD))
    words = dice.deal(("The code now:", "Currently we have", "The problem is here:", "This part is wrong:"))
    draft.before = f"{words}\n\n```{draft.task.language}\n{quoted}\n```\n\nand it becomes:"


@diff_damage("command-fence-after")
def command_after(draft: Draft, dice: Dice) -> None:
    need(draft.fence == "```")
    draft.after = "You can check it with\n\n" + dice.deal(COMMANDS)


@diff_damage("thoughts-before")
def thoughts(draft: Draft, dice: Dice) -> None:
    draft.before = dice.deal(THOUGHTS)


@diff_damage("no-newline-marker-stray")
def stray_marker(draft: Draft, dice: Dice) -> None:
    need(draft.task.changes[-1].end + 3 < len(draft.task.lines))
    draft.hunks[-1].lines.append(Line("\\", " No newline at end of file"))


@diff_damage("zero-context-replacement", context=0)
def zero_context(draft: Draft, dice: Dice) -> None:
    need(all(hunk.side(("-", "-")) for hunk in draft.hunks))


@damage("copies-number-right")
def copies_number(task: Task, dice: Dice) -> Made:
    draft, _ = copies(task, dice)
    draft.hunks[0].at = dice.choice((None, f"@@ -{draft.hunks[0].start + 1} @@"))
    return Made(draft.answer(), task.with_changes(draft.task.changes[0]).want())


@damage("copies-number-near")
def copies_near(task: Task, dice: Dice) -> Made:
    draft, others = copies(task, dice)
    hunk = draft.hunks[0]
    need(all(abs(at - hunk.start) > 60 for at in others))
    hunk.start = max(hunk.start + dice.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)), 0)
    return Made(draft.answer(), draft.task.want())


@damage("copies-heading")
def copies_heading(task: Task, dice: Dice) -> Made:
    draft, others = copies(task, dice)
    hunk = draft.hunks[0]
    at = definition_at(task.lines, hunk.start)
    need(at is not None and at < hunk.start)
    heading = task.lines[at or 0].strip()
    need(task.lines.count(task.lines[at or 0]) == 1 and sum(heading in line for line in task.lines) == 1)
    need(all(definition_at(task.lines, other) not in {at, None} for other in others))
    hunk.at = dice.deal(("@@ {h}", "@@ @@ {h}", "@@ {h} @@", "@@ ... @@ {h}")).replace("{h}", heading)
    return Made(draft.answer(), draft.task.want())


def copies(task: Task, dice: Dice) -> tuple[Draft, list[int]]:
    """One hunk whose old side stands exactly in two or more places of the file, and the lines of the others."""
    change = dice.choice(task.changes)
    need(change.end > change.start)
    for context in dice.sample((3, 2, 1, 0), 4):
        draft = drafted(task.with_changes(change), dice, context, clear=False)
        others = twins(task, draft.hunks[0])
        if others and places(task, draft.hunks[0].side(OLD)) == len(others) + 1:
            return draft, others
    need(False)
    raise AssertionError


def twins(task: Task, hunk: Hunk) -> list[int]:
    old = tuple(hunk.side(OLD))
    need(any(text.strip() for text in old))
    size = len(old)
    return [at for at in range(len(task.lines) - size + 1) if at != hunk.start and task.lines[at : at + size] == old]


@damage("markdown-answer-in-list")
def in_list(task: Task, dice: Dice) -> Made:
    """The whole fence stands in an item of a list, indented as Markdown wants it."""
    draft = drafted(task, dice)
    indent = dice.deal(("  ", "   ", "    ", " "))
    body = dressed("\n".join(draft.body()), draft.fence, "diff")
    shifted = "".join(indent + line if line.strip() else line for line in body.splitlines(keepends=True))
    lead = dice.deal(("1. Change this:", "- Apply:", "* First the fix", "2) Then"))
    return Made(f"{lead}\n\n{shifted}\n{dice.deal(('Done.', 'That is all.'))}\n", task.want())
