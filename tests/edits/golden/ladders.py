"""Answers that go wrong step by step, to files of a few lines: what is kept are the two steps between which the outcome changes.

A limit that no test names (how stale, how misspelt, how far off, how deep) is seen at such a step, and a small file brings its ends near.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.golden import Entry

STEPS = 9
_CODE = [
    "value = load(path)", "total += value", "return total", "print(total, file=log)", "if value:", "for item in items:",
    "else:", "}", "{", "});", "", "", "# keep the order", "@cached", "def first(self, name):", "def second(self):",
    "class Store:", "x = 1", "self.items.append(item)", "result[key] = compute(value, other)", "pass", "import os",
    "from json import loads", "function run(a, b) {", "const size = items.length;", "* a comment's line", "return x",
    "y = 2", "--count;", "close(handle)",
]  # fmt: skip
_FRESH = [
    "fresh = make()",
    "log.info('done')",
    "return None",
    "",
    "# why it is so",
    "@decorated",
    "check(value)",
    "}",
    "x = 2",
]
_STALE = ["nobody = knows(this)", "entirely(different)", "", "}", "was there once"]
_SWAPS = str.maketrans("aeiours", "eaousri")


@dataclass(slots=True)
class Draft:
    """An edit of ``lines``: ``low:high`` are quoted, of which ``first:last`` become ``new``. What it says of itself may be wrong."""

    lines: list[str]
    low: int
    first: int
    last: int
    high: int
    new: list[str]
    said: list[tuple[str, str]] = field(default_factory=list)
    start: int | None = None
    heading: str = ""
    end: str = "\n"
    foot: str = "\n"
    form: str = "fenced"
    region: list[int] | None = None
    path: str = "a.py"
    second: str = ""

    @property
    def context(self) -> list[int]:
        return [at for at, (sign, _) in enumerate(self.said) if sign == " "]

    @property
    def text(self) -> str:
        return self.end.join(self.lines) + (self.end if self.foot else "")


# Of a language: its file, how a definition begins, and how it ends.
_LANGUAGES = [
    ("a.py", ["def NAME(value):", "class NAME:", "async def NAME(self, *, path):"], ""),
    ("a.js", ["function NAME(value) {", "class NAME {", "export const NAME = (value) => {"], "}"),
    ("a.rb", ["def NAME(value)", "class NAME", "module NAME"], "end"),
    ("a.xyz", ["def NAME(value):", "fn NAME(value) {"], "}"),
]
_BODY = [
    "value = load(path)",
    "total += value",
    "return total",
    "print(total)",
    "",
    "# keep the order",
    "x = 1",
    "close(handle)",
]
_ABOVE = ["# what it is for", "@cached", "@cached(", "import os", "LIMIT = 3", "// what it is for", ""]


def definitions(dice: random.Random) -> Draft:
    """One of some definitions, written again."""
    path, heads, foot = dice.choice(_LANGUAGES)
    unit = dice.choice(["    ", "  ", "\t"])
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    for _ in range(dice.randint(1, 4)):
        for line in dice.sample(_ABOVE, dice.choice([0, 0, 1, 2])):
            lines += [line, "    size=3,", ")"] if line.endswith("(") else [line]
        start = len(lines)
        lines.append(dice.choice(heads).replace("NAME", dice.choice(["first", "second", "third", "fourth"])))
        for _ in range(dice.randint(1, 5)):
            line = dice.choice(_BODY)
            lines.append(unit + line if line else "")
        lines += [foot] if foot else []
        spans.append((start - dice.choice([0, 0, 0, 1, 2]), len(lines)))
        lines += [""] * dice.choice([0, 1, 2])
    low, high = dice.choice([*spans, (0, len(lines))])
    low = max(0, low)
    first = dice.randint(low, high)
    last = min(high, first + dice.choice([0, 1, 1, 2, 4]))
    new = [unit + line if line else "" for line in dice.choices(_FRESH, k=dice.choice([0, 1, 1, 2, 3]))]
    return Draft(lines, low, first, last, high, new, form="code", path=path)


Damage = Callable[[random.Random, Draft, int], None]


def draft(dice: random.Random) -> Draft:
    made = definitions(dice) if dice.random() < 0.35 else anything(dice)
    made.said = [(" ", line) for line in made.lines[made.low : made.first]]
    made.said += [("-", line) for line in made.lines[made.first : made.last]] + [("+", line) for line in made.new]
    made.said += [(" ", line) for line in made.lines[made.last : made.high]]
    if dice.random() < 0.5:
        made.start = made.low + 1
    made.end = dice.choice(["\n", "\n", "\n", "\r\n", "\r"])
    made.foot = dice.choice(["\n", "\n", ""])
    return made


def anything(dice: random.Random) -> Draft:
    unit = dice.choice(["    ", "  ", "\t"])
    lines: list[str] = []
    depth = 0
    for _ in range(dice.randint(2, 22)):
        line = dice.choice(_CODE if len(lines) < 4 or dice.random() < 0.6 else lines).strip()
        depth = max(0, depth - 1) if line.startswith("}") else depth
        lines.append(unit * depth + line if line else dice.choice(["", "", "", "  "]))
        depth = min(3, depth + 1) if line.endswith(("{", ":")) else max(0, depth - (dice.random() < 0.2))
    first = dice.randint(0, len(lines))
    last = min(len(lines), first + dice.choice([0, 0, 1, 1, 1, 2, 3]))
    around = dice.choice([0, 1, 2, 3, 3, 4])
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())] if first < len(lines) else ""
    new = [(indent + line) if line else "" for line in dice.choices(_FRESH, k=dice.choice([0, 1, 1, 2, 3]))]
    made = Draft(lines, max(0, first - around), first, last, min(len(lines), last + around), new)
    made.form = dice.choice(["fenced", "fenced", "fenced", "bare", "blocks", "blocks", "tags", "words", "labels"])
    return made


def _stale(dice: random.Random, made: Draft, step: int) -> None:
    for at in dice.sample(made.context, min(step, len(made.context))):
        made.said[at] = (" ", dice.choice(_STALE))


def _misspelt(dice: random.Random, made: Draft, step: int) -> None:
    if made.context:
        at = dice.choice(made.context)
        line = made.said[at][1]
        places = dice.sample(range(len(line)), min(2 * step, len(line)))
        made.said[at] = (" ", "".join(c.translate(_SWAPS) if i in places else c for i, c in enumerate(line)))


def _broken_off(dice: random.Random, made: Draft, step: int) -> None:
    if made.context:
        at = dice.choice(made.context)
        made.said[at] = (" ", made.said[at][1][: max(1, len(made.said[at][1]) - 2 * step)])


def _left_out(dice: random.Random, made: Draft, step: int) -> None:
    for _ in range(step):
        if made.context:
            del made.said[dice.choice(made.context)]


def _put_in(dice: random.Random, made: Draft, step: int) -> None:
    """Lines that the file has and the answer does not quote."""
    for _ in range(step):
        made.lines.insert(
            dice.randint(made.low, made.high), dice.choice(["", "", "between(lines)", "}", dice.choice(made.lines)])
        )


def _indented(dice: random.Random, made: Draft, step: int) -> None:
    signs = dice.choice([" -+", " -", "-+", " ", "+"])
    made.said = [(sign, " " * step + line if line and sign in signs else line) for sign, line in made.said]


def _dedented(dice: random.Random, made: Draft, step: int) -> None:
    made.said = [(sign, line[min(step, len(line) - len(line.lstrip())) :]) for sign, line in made.said]


def _scaled(dice: random.Random, made: Draft, step: int) -> None:
    unit = " " * step if step else "\t"
    old = next((old for old in ("\t", "    ", "  ") if any(line.startswith(old) for _, line in made.said)), "    ")
    for at, (sign, line) in enumerate(made.said):
        depth = (len(line) - len(line.lstrip())) // len(old)
        made.said[at] = (sign, unit * depth + line.lstrip())


def _off(dice: random.Random, made: Draft, step: int) -> None:
    made.start = max(0, made.low + 1 + dice.choice([-1, 1]) * dice.choice([step, 3 * step, step * step]))


def _twice(dice: random.Random, made: Draft, step: int) -> None:
    """The lines stand in the file once more, some lines further down."""
    between = [f"between_{number} = {number}" for number in range(dice.choice([step, 4 * step]))]
    made.lines += [*between, *made.lines[made.low : made.high]]
    if dice.random() < 0.5:
        made.start = dice.randint(1, len(made.lines))


def _headed(dice: random.Random, made: Draft, step: int) -> None:
    _twice(dice, made, 1)
    above = [line for line in made.lines[: made.first] if line.strip()]
    made.heading = above[-min(step + 1, len(above))] if above else ""
    made.start = None


def _placed(dice: random.Random, made: Draft, step: int) -> None:
    """The user has selected something near one of two equal places."""
    _twice(dice, made, 2)
    made.start = None
    at = min(len(made.text), sum(len(line) + len(made.end) for line in made.lines[: made.last]) + 2 * step - STEPS)
    made.region = [max(0, at), min(len(made.text), max(0, at) + dice.choice([0, 1, 5]))]


def _elided(dice: random.Random, made: Draft, step: int) -> None:
    context = made.context
    if context and step:
        at = dice.randrange(len(context))
        gone = context[at : at + step]
        mark = dice.choice(["...", "# ... existing code ...", "⋮ 4 lines not shown", "// rest of the code", "..."])
        made.said[gone[0]] = (" ", mark)
        for index in sorted(gone[1:], reverse=True):
            del made.said[index]


def _unmarked(dice: random.Random, made: Draft, step: int) -> None:
    made.said = [
        ("", line) if sign == " " and number in made.context[:step] else (sign, line)
        for number, (sign, line) in enumerate(made.said)
    ]


def _numbered(dice: random.Random, made: Draft, step: int) -> None:
    form = ("{}\t{}", "{:4} | {}", "{}: {}", "{}  {}")[step % 4]
    made.said = [
        (sign, line if sign == "+" else form.format(number, line))
        for number, (sign, line) in enumerate(made.said, made.low + 1)
    ]


def _moved(dice: random.Random, made: Draft, step: int) -> None:
    """Another line stands elsewhere than the answer says."""
    for _ in range(step):
        if len(made.context) > 1:
            one, two = dice.sample(made.context, 2)
            made.said[one], made.said[two] = made.said[two], made.said[one]


def _grown(dice: random.Random, made: Draft, step: int) -> None:
    """A second change, that far below the first."""
    below = made.said[-1:]
    made.said += [(" ", line) for line in made.lines[made.high : made.high + step]]
    made.said += [("+", dice.choice(_FRESH))] if made.high + step < len(made.lines) else below


def _equal(dice: random.Random, made: Draft, step: int) -> None:
    """Two equal places, and a line number that is off by some lines."""
    _twice(dice, made, dice.choice([3, 8, 15]))
    made.start = max(0, made.low + 1 + step * dice.choice([-2, 1, 2, 4]))


def _after(dice: random.Random, made: Draft, step: int) -> None:
    """A second hunk of a line that stands at several places, that far from the first."""
    line = dice.choice(made.lines)
    made.lines = [*made.lines, *[f"between_{number}()" for number in range(step)], line]
    if dice.random() < 0.5:
        made.lines, moved = [line, *made.lines], 1
        made.low, made.high = made.low + moved, made.high + moved
    made.second = line


def _as_json(dice: random.Random, made: Draft, step: int) -> None:
    made.form = "json"
    dice.choice([_stale, _left_out, _indented, _broken_off])(dice, made, step)


def _several(dice: random.Random, made: Draft, step: int) -> None:
    """Some of the file's lines, written again with so many new definitions among them."""
    made.form = "code"
    low, high = sorted((dice.randint(0, len(made.lines)), dice.randint(0, len(made.lines))))
    made.said = [(" ", line) for line in made.lines[low:high]]
    heads = [at for at, (_, line) in enumerate(made.said) if line[:3] in ("def", "cla", "fun", "exp", "mod")]
    for number in range(step):
        at = dice.choice([*heads, len(made.said)])
        made.said[at:at] = [("+", f"def new_{number}(value):"), ("+", "    return value"), ("+", "")]


def _trimmed(dice: random.Random, made: Draft, step: int) -> None:
    """The file, written again without so many of its lines at one end."""
    made.form = "code"
    made.said = [(" ", line) for line in dice.choice([made.lines[step:], made.lines[: len(made.lines) - step]])]
    made.said.insert(dice.randint(0, len(made.said)), ("+", dice.choice(_FRESH)))


def _partly(dice: random.Random, made: Draft, step: int) -> None:
    """Both sides of a block begin and end within their lines."""
    made.form = dice.choice(["blocks", "tags", "json"])
    old = made.said[:1] or [(" ", made.lines[0])]
    cut = old[0][1].strip()[step:]
    made.said = (
        [("-", cut), ("+", cut.replace("e", "ee"))] if dice.random() < 0.5 else [("-", cut), ("+", ""), *made.said[1:]]
    )


DAMAGES: dict[str, Damage] = {
    "equal": _equal,
    "after": _after,
    "as json": _as_json,
    "several": _several,
    "trimmed": _trimmed,
    "partly": _partly,
    "stale": _stale,
    "misspelt": _misspelt,
    "broken off": _broken_off,
    "left out": _left_out,
    "put in": _put_in,
    "indented": _indented,
    "dedented": _dedented,
    "scaled": _scaled,
    "line number off": _off,
    "twice": _twice,
    "headed": _headed,
    "placed": _placed,
    "elided": _elided,
    "unmarked": _unmarked,
    "numbered": _numbered,
    "moved": _moved,
    "two changes": _grown,
}


def written(made: Draft) -> str:
    old = "\n".join(line for sign, line in made.said if sign != "+")
    new = "\n".join(line for sign, line in made.said if sign != "-")
    if made.form == "json":
        return json.dumps({"old_string": old, "new_string": new}, indent=1)
    if made.form == "blocks":
        return f"<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE\n"
    if made.form == "tags":
        return f"<old_str>\n{old}\n</old_str>\n<new_str>\n{new}\n</new_str>\n"
    if made.form == "labels":
        return f"Replace:\n\n```\n{old}\n```\n\nwith:\n\n```\n{new}\n```\n"
    if made.form == "code":
        return f"```{made.path[2:]}\n{new}\n```\n"
    diff = "\n".join(sign + line for sign, line in made.said)
    if made.form == "words":
        return f"This will do:\n\n{diff}\n\nIt keeps the rest.\n"
    if made.second:
        diff += f"\n@@ @@\n-{made.second}\n+{made.second}  # second"
    number = f"@@ -{made.start} +{made.start} @@" if made.start is not None else "@@ @@"
    head = f"{number} {made.heading}" if made.heading else number
    return f"--- a/a.py\n+++ b/a.py\n{head}\n{diff}\n" if made.form == "bare" else f"```diff\n{head}\n{diff}\n```\n"


def ladder(seed: str, kind: str) -> list[Entry]:
    """The same edit, damaged by 0, 1, 2, ... steps."""
    rungs = []
    for step in range(STEPS):
        dice = random.Random(seed)
        made = draft(dice)
        if dice.random() < 0.3:
            DAMAGES[dice.choice(list(DAMAGES))](dice, made, 1)
        DAMAGES[kind](dice, made, step)
        entry: Entry = {"kind": f"{kind} {step}", "path": made.path, "text": made.text, "answer": written(made)}
        rungs.append(entry | ({"region": made.region} if made.region else {}))
    return rungs


def drawn(filled: Callable[[Entry], Entry], each: int) -> Iterator[Entry]:
    """``each`` pairs of steps of every kind between which the outcome becomes another one; ``filled`` gives an entry its outcome."""
    for kind in DAMAGES:
        count = 0
        for number in range(20 * each):
            rungs = [filled(rung) for rung in ladder(f"{kind} {number}", kind)]
            for one, two in pairwise(rungs):
                if _sort(one) != _sort(two) and count < each:
                    count += 1
                    yield one
                    yield two
                    break


def _sort(entry: Entry) -> object:
    """What became of it, wherever: the texts put in, or the sort of refusal."""
    outcome = entry["outcome"]
    if isinstance(outcome, str):
        return outcome
    return [new for *_, new in outcome["edits"]] if "edits" in outcome else outcome["code"]
