"""Answers that a careful human would send back: nothing may change."""

from __future__ import annotations

import re

from tests.benchmarks.edits.third.blocks import Block, blocks_of, written
from tests.benchmarks.edits.third.case import Made, damage
from tests.benchmarks.edits.third.dialects import copies
from tests.benchmarks.edits.third.draft import OLD, Draft, Line, drafted, dressed, places, squash
from tests.benchmarks.edits.third.lines import COMMENT, indent
from tests.benchmarks.edits.third.rewrites import definition_of, written_definition
from tests.benchmarks.edits.third.tasks import Change, Dice, Task, need


def _removed(draft: Draft) -> list[Line]:
    found = [line for line in draft.marked() if line.tag == "-" and re.search(r"[A-Za-z_]{5,}", line.text)]
    need(found)
    return found


def _renamed(text: str, task: Task, dice: Dice) -> str:
    """``text`` with one of its names replaced by another that makes it a line the file does not have."""
    names = list(re.findall(r"[A-Za-z_]{5,}", text))
    need(names)
    old = dice.choice(names)
    fresh = text.replace(
        old, dice.deal(("result_cache", "legacyHandler", "compute_total", "parseOptions", "user_input", "renderState"))
    )
    need(squash(fresh) not in {squash(line) for line in task.lines})
    return fresh


@damage("refuse-removed-line-differs")
def differs(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    line = dice.choice(_removed(draft))
    line.text = _renamed(line.text, task, dice)
    return Made(draft.answer(), None)


@damage("refuse-removed-value-differs")
def value_differs(task: Task, dice: Dice) -> Made:
    """A number or an operator in a removed line is not what the file says."""
    draft = drafted(task, dice)
    spots = [
        line
        for line in draft.marked()
        if line.tag == "-" and re.search(r"\d|==|!=| < | > |True|False|true|false", line.text)
    ]
    need(spots)
    line = dice.choice(spots)
    swaps = {
        "==": "!=",
        "!=": "==",
        " < ": " > ",
        " > ": " < ",
        "True": "False",
        "False": "True",
        "true": "false",
        "false": "true",
    }
    line.text = re.sub(r"\d|==|!=| < | > |True|False|true|false", lambda m: swaps.get(m[0], str((int(m[0]) + 3) % 10) if m[0].isdigit() else m[0]), line.text, count=1)  # fmt: skip
    need(squash(line.text) not in {squash(text) for text in task.lines})
    return Made(draft.answer(), None)


@damage("refuse-removed-line-invented")
def invented(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    hunk = dice.choice(draft.hunks)
    spots = [at for at, line in enumerate(hunk.lines) if line.tag == "-"]
    need(spots)
    at = dice.choice(spots)
    hunk.lines.insert(at, Line("-", indent(hunk.lines[at].text) + dice.deal(("log.debug('entering the loop')", "total = total + item.price;", "cleanup_temp_files()", "assert_ready(state, now);"))))  # fmt: skip
    return Made(draft.answer(), None)


@damage("refuse-two-places")
def two_places(task: Task, dice: Dice) -> Made:
    draft, _ = copies(task, dice)
    draft.hunks[0].at = dice.deal(("@@", "@@ @@", "@@ ... @@", "@@ -0,0 +0,0 @@"))
    return Made(draft.answer(), None)


@damage("refuse-two-places-block")
def two_places_block(task: Task, dice: Dice) -> Made:
    draft, _ = copies(task, dice)
    hunk = draft.hunks[0]
    return Made(written([Block(hunk.side(OLD), hunk.side((" ", "+")), hunk.start)], dice), None)


@damage("refuse-context-nowhere")
def nowhere(task: Task, dice: Dice) -> Made:
    """New lines between lines that the file does not have."""
    draft = drafted(task, dice)
    hunk = dice.choice(draft.hunks)
    need(any(line.tag == "+" for line in hunk.lines))
    hunk.lines = [line for line in hunk.lines if line.tag != "-"]
    names = iter(dice.sample(range(100, 999), len(hunk.lines)))
    for line in hunk.lines:
        if line.tag == " ":
            line.text = indent(line.text) + dice.deal(
                ("load_section({n})", "const row{n} = read({n});", "emit(event_{n}, queue)", "this.step{n}();")
            ).replace("{n}", str(next(names)))
    return Made(draft.answer(), None)


@damage("refuse-stream-cut")
def cut(task: Task, dice: Dice) -> Made:
    answer = drafted(task, dice).answer()
    return Made(answer[: dice.randint(len(answer) // 3, len(answer))], None, complete=False)


@damage("refuse-fence-not-closed")
def open_fence(task: Task, dice: Dice) -> Made:
    draft = drafted(task, dice)
    draft.before = draft.after = ""
    answer = draft.answer()
    body = answer.rindex(draft.fence or "")
    start = answer.index("@@")
    return Made(answer[: dice.randint(start, body - 1)], None)


@damage("refuse-block-not-closed")
def open_block(task: Task, dice: Dice) -> Made:
    answer = written(blocks_of(task, dice), dice)
    last, start = answer.rindex(">>>>>>> REPLACE"), answer.index("<<<<<<< SEARCH") + 15
    return Made(answer[: dice.randint(start, last)], None)


@damage("refuse-rewrite-cut")
def rewrite_cut(task: Task, dice: Dice) -> Made:
    need(20 <= len(task.lines) <= 400)
    body = task.want()
    return Made(
        f"Here is the file:\n\n````{task.language}\n{body[: dice.randint(len(body) // 3, len(body) - 2)]}", None
    )


@damage("refuse-other-file")
def other_file(task: Task, dice: Dice) -> Made:
    """A diff of a file that is not this one, and says so."""
    body = dice.deal((
        ("setup.cfg", [" [metadata]", "-name = old", "+name = new", " version = 1"]),
        ("src/other/handlers.go", [" func main() {", "-\tstart(8080)", "+\tstart(9090)", " }"]),
        ("tests/test_login.py", [" def test_login(client):", "-    assert client.get('/login').status == 200", "+    assert client.get('/login').status == 302", " "]),
        ("Makefile", [" all:", "-\tcc -O0 main.c", "+\tcc -O2 main.c", " "]),
    ))  # fmt: skip
    path, lines = body
    need(not any(line[1:].strip() in {text.strip() for text in task.lines} for line in lines if line[0] == "-"))
    return Made(dressed("\n".join([f"--- a/{path}", f"+++ b/{path}", "@@ -1,3 +1,3 @@", *lines]), "```", "diff"), None)


@damage("refuse-no-edit")
def no_edit(task: Task, dice: Dice) -> Made:
    return Made(dice.deal((
        "NO_CHANGE", "", "The code already handles this case, so there is nothing to change.", "I'm sorry, but I can't help with that.",
        "I need to see the definition of `Config` first. Could you share it?", "\n\n", "```diff\n```\n", "Looks good to me 👍",
        "```\n\n```", "The file has two problems:\n\n- it is long\n- it has no tests\n",
    )), None)  # fmt: skip


@damage("refuse-nothing-changes")
def nothing(task: Task, dice: Dice) -> Made:
    """A diff of context alone, or one that removes a line and adds the same."""
    draft = drafted(task, dice)
    for hunk in draft.hunks:
        hunk.lines = [Line(" ", line.text) if line.tag == "-" else line for line in hunk.lines if line.tag != "+"]
        if dice.random() < 0.5:
            at = dice.randrange(len(hunk.lines))
            hunk.lines[at : at + 1] = [Line("-", hunk.lines[at].text), Line("+", hunk.lines[at].text)]
    return Made(draft.answer(), None)


@damage("refuse-already-done")
def already(task: Task, dice: Dice) -> Made:
    """The file already has the change: what is to be removed is not there any more."""
    changes = [
        change for change in task.changes if change.new and squash("".join(task.lines[change.start : change.end]))
    ]
    need(changes)
    done = task.with_changes(dice.choice(changes))
    draft = drafted(done, dice)
    gone = [squash(line.text) for line in draft.marked() if line.tag == "-" and line.text.strip()]
    need(gone and not any(text in squash("".join(done.wanted)) for text in gone))
    return Made(draft.answer(), None, text=done.want())


@damage("refuse-hunks-disagree")
def disagree(task: Task, dice: Dice) -> Made:
    """Two hunks replace the same line by different ones."""
    changes = [change for change in task.changes if change.new and change.end > change.start]
    need(changes)
    change = dice.choice(changes)
    draft = drafted(task.with_changes(change), dice)
    other = Change(
        change.start,
        change.end,
        (_renamed(next((t for t in change.new if re.search(r"[A-Za-z_]{5,}", t)), ""), task, dice),),
    )
    need(other.new != change.new)
    draft.hunks += drafted(task.with_changes(other), dice).hunks
    return Made(draft.answer(), None)


@damage("refuse-lazy-addition")
def lazy(task: Task, dice: Dice) -> Made:
    """The removed lines exist, but what is added instead is a note that the rest stays as it was."""
    need(task.language != "markdown")
    changes = [change for change in task.changes if change.end - change.start >= 3 and change.new]
    need(changes)
    change = dice.choice(changes)
    note = f"{COMMENT.get(task.language, '//')} {dice.deal(('... existing code ...', '... rest of the function unchanged ...', '... rest of implementation ...', '... (rest of the code remains the same)'))}"
    fresh = (*change.new[:1], indent(change.new[0]) + note)
    return Made(drafted(task.with_changes(Change(change.start, change.end, fresh)), dice).answer(), None)


@damage("refuse-search-differs")
def search_differs(task: Task, dice: Dice) -> Made:
    """The search says something in a line that goes which the file does not say."""
    changes = [change for change in task.changes if change.end > change.start]
    need(changes)
    blocks = blocks_of(task.with_changes(dice.choice(changes)), dice)
    block = blocks[0]
    kept = set(block.replace)
    spots = [at for at, text in enumerate(block.search) if text not in kept and re.search(r"[A-Za-z_]{5,}", text)]
    need(spots)
    at = dice.choice(spots)
    block.search[at] = _renamed(block.search[at], task, dice)
    return Made(written(blocks, dice), None)


@damage("refuse-search-empty")
def search_empty(task: Task, dice: Dice) -> Made:
    return Made(written([Block([], list(task.changes[0].new) or ["x = 1"], 0)], dice), None)


@damage("refuse-unknown-definition")
def unknown(task: Task, dice: Dice) -> Made:
    """Code of a definition that the file does not have: where it should go is not said."""
    task, start, end = definition_of(task, dice)
    lines = written_definition(task, start, end)
    name = re.findall(r"\w+", re.split(r"[(:{<]", lines[0])[0])[-1]
    fresh = dice.deal(("brand_new_thing", "makeEverything", "quickPath", "newly_added"))
    need(fresh not in task.text() and len(lines) >= 3)
    own = [
        lines[0].replace(name, fresh, 1),
        indent(lines[1]) + dice.deal(("totally_other(1)", "return other.thing;", "yieldNothing();", "x.y.z()")),
        *lines[-1:],
    ]
    need(places(task, own) == 0 and own[1].strip() not in task.text())
    return Made(dressed("\n".join(own), "```", task.language), None)
