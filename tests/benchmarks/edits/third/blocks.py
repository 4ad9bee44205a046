"""Search/replace blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.edits.third.case import Made, damage
from tests.benchmarks.edits.third.draft import AFTER, BEFORE, NEW, OLD, Hunk, drafted, dressed, name_of, places, squash
from tests.benchmarks.edits.third.lines import COMMENT
from tests.benchmarks.edits.third.tasks import Dice, Task, indent_of, need


@dataclass(slots=True)
class Block:
    search: list[str]
    replace: list[str]
    start: int


@dataclass(frozen=True, slots=True)
class Marks:
    search: str = "<<<<<<< SEARCH"
    middle: str = "======="
    replace: str = ">>>>>>> REPLACE"

    def written(self, block: Block) -> str:
        return "\n".join(
            [self.search.replace("{n}", str(block.start + 1)), *block.search, self.middle, *block.replace, self.replace]
        )


def blocks_of(task: Task, dice: Dice, context: int | None = None) -> list[Block]:
    context = dice.choice((1, 2, 3)) if context is None else context
    hunks = drafted(task, dice, context).hunks
    need(not any(re.match(r"(<{5,}|={5,}|>{5,}|-{5,}|\+{5,})", text) for text in task.lines + task.wanted))
    return [_block(hunk) for hunk in hunks]


def _block(hunk: Hunk) -> Block:
    return Block(hunk.side(OLD), hunk.side(NEW), hunk.start)


def written(blocks: Sequence[Block], dice: Dice, marks: Marks | None = None) -> str:
    body = "\n\n".join((marks or Marks()).written(block) for block in blocks)
    fence = None if dice.random() < 0.5 or "```" in body else "```"
    before = dice.deal(BEFORE) if dice.random() < 0.4 else ""
    after = dice.deal(AFTER) if dice.random() < 0.3 else ""
    return dressed(body, fence, "", before, after)


@damage("blocks")
def plain(task: Task, dice: Dice) -> Made:
    return Made(written(blocks_of(task, dice), dice), task.want())


@damage("blocks-mark-forms")
def mark_forms(task: Task, dice: Dice) -> Made:
    forms = (
        Marks("<<<<<<< ORIGINAL", "=======", ">>>>>>> UPDATED"), Marks("<<<<<<<< SEARCH", "========", ">>>>>>>> REPLACE"),
        Marks("<<<<<< SEARCH", "======", ">>>>>> REPLACE"), Marks("------- SEARCH", "=======", "+++++++ REPLACE"),
        Marks("<<<<<<< HEAD", "=======", ">>>>>>> UPDATED"), Marks("<<<<<<< SEARCH\n:start_line:{n}\n-------"),
        Marks("<<<<<<< search", "=======", ">>>>>>> replace"), Marks("<<<<<<< SEARCH ", "======= ", ">>>>>>> REPLACE "),
        Marks(f"<<<<<<< SEARCH {task.path}"), Marks("<<<<<<<SEARCH", "=======", ">>>>>>>REPLACE"),
        Marks(f"### {task.path}\n<<<<<<< SEARCH"), Marks("<<<<<<< SEARCH:", "=======", ">>>>>>> REPLACE:"),
    )  # fmt: skip
    return Made(written(blocks_of(task, dice), dice, dice.deal(forms)), task.want())


@damage("blocks-with-path")
def with_path(task: Task, dice: Dice) -> Made:
    path = dice.deal(
        (
            task.path,
            f"`{task.path}`",
            f"**{task.path}**",
            name_of(task),
            f"# {task.path}",
            f"./{task.path}",
            f"{task.path}:",
            f"File: {task.path}",
        )
    )
    blocks = blocks_of(task, dice)
    need("```" not in "".join(task.lines))
    if dice.random() < 0.5:
        text = "\n\n".join(f"{path}\n```{task.language}\n{Marks().written(block)}\n```" for block in blocks)
    else:
        text = "\n\n".join(f"```{task.language}\n{path}\n{Marks().written(block)}\n```" for block in blocks)
    return Made(text + "\n", task.want())


@damage("blocks-dedented")
def dedented(task: Task, dice: Dice) -> Made:
    blocks = blocks_of(task, dice)
    for block in blocks:
        texts = [text for text in block.search + block.replace if text.strip()]
        need(len({text[:1] for text in texts} & {" ", "\t"}) == 1 and {text[:1] for text in texts} <= {" ", "\t"})
        depth = min(indent_of(text) for text in texts)
        block.search = [text[depth:] for text in block.search]
        block.replace = [text[depth:] for text in block.replace]
    return Made(written(blocks, dice), task.want())


@damage("blocks-blank-edges")
def blank_edges(task: Task, dice: Dice) -> Made:
    """An empty line after the opening mark and before the closing one, on both sides."""
    blocks = blocks_of(task, dice)
    top, bottom = dice.choice(((1, 0), (0, 1), (1, 1)))
    for block in blocks:
        need(all(side and side[0].strip() and side[-1].strip() for side in (block.search, block.replace)))
        block.search = [""] * top + block.search + [""] * bottom
        block.replace = [""] * top + block.replace + [""] * bottom
    return Made(written(blocks, dice), task.want())


@damage("blocks-trailing-space")
def trailing(task: Task, dice: Dice) -> Made:
    blocks = blocks_of(task, dice)
    for block in blocks:
        block.search = [text + dice.choice(("", " ", "  ", "\t")) for text in block.search]
    return Made(written(blocks, dice), task.want())


@damage("blocks-blank-lines-dropped")
def blank_dropped(task: Task, dice: Dice) -> Made:
    """Blank lines between lines that stay are missing on both sides."""
    blocks = blocks_of(task, dice, 4)
    found = False
    for block in blocks:
        spots = [at for at in range(1, len(block.search) - 1) if not block.search[at].strip()]
        head = next((at for at, (a, b) in enumerate(zip(block.search, block.replace, strict=False)) if a != b), 0)
        for at in reversed([at for at in spots if at < head - 1]):
            found = True
            del block.search[at], block.replace[at]
    need(found)
    return Made(written(blocks, dice), task.want())


@damage("blocks-part-of-line")
def part_of_line(task: Task, dice: Dice) -> Made:
    """The search is a piece of one line, found once in the file; the replacement takes its place within the line."""
    lines = [at for at, text in enumerate(task.lines) if len(text.strip()) >= 16]
    need(lines)
    at = dice.choice(lines)
    text = task.lines[at]
    words = [match.span() for match in re.finditer(r"[\w.]+|\S", text)]
    need(len(words) >= 5)
    first = dice.randint(1, len(words) - 3)
    last = dice.randint(first + 1, len(words) - 2)
    begin, end = words[first][0], words[last][1]
    piece = text[begin:end]
    need(len(piece) >= 8 and re.search(r"\w{3}", piece) and "\n".join(task.lines).count(piece) == 1)
    need(sum(squash(piece) in squash(line) for line in task.lines) == 1)
    words_in = re.findall(r"[A-Za-z_]{3,}", piece)
    need(words_in)
    word = dice.choice(words_in)
    fresh = piece.replace(word, dice.deal((word + "Two", "other_" + word, "renamed", word.capitalize() + "s")), 1)
    need(fresh != piece and all(piece.count(one) == piece.count(other) for one, other in ("()", "[]", "{}", "<>")))
    lines_after = list(task.lines)
    lines_after[at] = text[:begin] + fresh + text[end:]
    want = Task(task.path, task.language, tuple(lines_after), (), task.final)
    return Made(written([Block([piece], [fresh], at)], dice), want.text())


@damage("blocks-part-of-lines")
def part_of_lines(task: Task, dice: Dice) -> Made:
    """The search begins within one line and ends within a later one, as an editor's selection would."""
    block = blocks_of(task.with_changes(dice.choice(task.changes)), dice, 2)[0]
    need(len(block.search) >= 3 and block.search[0] == block.replace[0] and block.search[-1] == block.replace[-1])
    top, bottom = block.search[0], block.search[-1]
    words = [match.start() for match in re.finditer(r"\b\w", top)]
    need(len(words) >= 2)
    begin = words[1]
    ends = [match.end() for match in re.finditer(r"\w\b", bottom)]
    need(len(ends) >= 2)
    end = ends[-2]
    for side in (block.search, block.replace):
        side[0], side[-1] = side[0][begin:], side[-1][:end]
    need("\n".join(task.lines).count("\n".join(block.search)) == 1)
    done = "\n".join(task.lines).replace("\n".join(block.search), "\n".join(block.replace))
    return Made(written([block], dice), done + ("\n" if task.final else ""))


@damage("blocks-elided")
def elided(task: Task, dice: Dice) -> Made:
    """``...`` stands for the same lines of the file on both sides."""
    task = task.with_changes(dice.choice(task.changes))
    block = blocks_of(task, dice, 8)[0]
    head = next((at for at, (a, b) in enumerate(zip(block.search, block.replace, strict=False)) if a != b), 0)
    need(head >= 6)
    mark = dice.deal(("...", "    ...", COMMENT.get(task.language, "//") + " ...", "…"))
    need(task.language != "markdown")
    texts = ([text for text in part if text.strip()] for part in (block.search[:2], block.search[head - 2 :]))
    need(all(any(len(squash(text)) > 5 and task.lines.count(text) == 1 for text in part) for part in texts))
    need(block.search[0].strip() and places(task, block.search[head - 2 :]) == 1)
    for side in (block.search, block.replace):
        side[2 : head - 2] = [mark]
    return Made(written([block], dice), task.want())


@damage("blocks-deletion")
def deletion(task: Task, dice: Dice) -> Made:
    changes = [change for change in task.changes if change.end > change.start]
    need(changes)
    change = dice.choice(changes)
    quoted = list(task.lines[change.start : change.end])
    need(
        sum(len(squash(text)) for text in quoted) >= 16
        and places(task, quoted) == 1
        and quoted[0].strip()
        and quoted[-1].strip()
    )
    made = task.with_changes(type(change)(change.start, change.end, ()))
    need(any(text.strip() for text in made.wanted))
    return Made(written([Block(quoted, [], change.start)], dice), made.want())


@damage("blocks-typo-in-kept-line")
def typo(task: Task, dice: Dice) -> Made:
    """One line that stays is misquoted, the same way on both sides: the file keeps its own."""
    task = task.with_changes(dice.choice(task.changes))
    block = blocks_of(task, dice, 3)[0]
    head = next((at for at, (a, b) in enumerate(zip(block.search, block.replace, strict=False)) if a != b), 0)
    spots = [at for at in range(head) if len(squash(block.search[at])) >= 10]
    need(spots)
    at = dice.choice(spots)
    need(places(task, block.search, set(range(len(block.search))) - {at}, slack=1) == 1 and len(block.search) >= 5)
    text = block.search[at]
    spot = dice.choice([n for n, letter in enumerate(text) if letter.isalpha()] or [len(text) - 1])
    wrong = text[:spot] + text[spot + 1 :]
    block.search[at] = block.replace[at] = wrong
    return Made(written([block], dice), task.want())


@damage("blocks-out-of-order")
def out_of_order(task: Task, dice: Dice) -> Made:
    blocks = blocks_of(task, dice)
    need(len(blocks) > 1)
    return Made(written(blocks[::-1], dice), task.want())


@damage("blocks-successive")
def successive(task: Task, dice: Dice) -> Made:
    """The second block quotes what the first leaves."""
    change = dice.choice([change for change in task.changes if change.new and change.end > change.start] or [None])
    need(change)
    assert change is not None
    only = task.with_changes(change)
    first = blocks_of(only, dice, 2)[0]
    long = [at for at, text in enumerate(change.new) if len(text.strip()) >= 14 and text not in task.lines]
    need(long)
    at = dice.choice(long)
    old = change.new[at]
    need(sum(squash(old) in squash(text) for text in only.wanted) == 1)
    fresh = old + "  " + (COMMENT.get(task.language, "//") or "!") + " checked"
    changed = type(change)(change.start, change.end, (*change.new[:at], fresh, *change.new[at + 1 :]))
    return Made(written([first, Block([old], [fresh], 0)], dice), task.with_changes(changed).want())


@damage("blocks-prompt-quoted-indent")
def shifted_replace(task: Task, dice: Dice) -> Made:
    """All lines of a block one level deeper than in the file, as a model that 'sees' a class around them writes."""
    blocks = blocks_of(task, dice)
    extra = "\t" if any(text[:1] == "\t" for text in task.lines) else dice.deal(("    ", "  "))
    for block in blocks:
        block.search = [extra + text if text.strip() else text for text in block.search]
        block.replace = [extra + text if text.strip() else text for text in block.replace]
    return Made(written(blocks, dice), task.want())
