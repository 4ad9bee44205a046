"""``python -m tests.benchmarks.edits.second``: a smaller corpus of another hand, to see what the first is blind to.

Other files (Python's own library besides the releases), invented edits instead of true ones, and other kinds of damage: a model that
leaves lines out without a word, repeats itself, quotes half a line, swaps lines, or writes for a file that has moved on.
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
import sys
import sysconfig
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from grok_ls.edits import Resolved, resolve
from grok_ls.edits.buffer import indent_of
from tests.benchmarks.edits.releases import revisions

Lines = list[str]


@dataclass(frozen=True)
class Change:
    """``lines[start:end]`` of the old lines become ``new``."""

    old: Lines
    start: int
    end: int
    new: Lines

    @property
    def result(self) -> Lines:
        return [*self.old[: self.start], *self.new, *self.old[self.end :]]

    def around(self, count: int) -> tuple[Lines, Lines]:
        return self.old[max(0, self.start - count) : self.start], self.old[self.end : self.end + count]

    def hunk(self, context: int = 3, *, off: int = 0) -> Lines:
        """With its header as the first line; ``off`` is by how much its line number is wrong."""
        above, below = self.around(context)
        first, taken = self.start - len(above) + 1 + off, len(above) + self.end - self.start + len(below)
        return [
            f"@@ -{first},{taken} +{first},{len(above) + len(self.new) + len(below)} @@",
            *(" " + line for line in above),
            *("-" + line for line in self.old[self.start : self.end]),
            *("+" + line for line in self.new),
            *(" " + line for line in below),
        ]


# The answer and the lines that it should give; None: it must be refused.
Case = tuple[str, Lines | None]
Damage = Callable[[random.Random, Change], Case | None]
DAMAGES: dict[str, Damage] = {}


def damage(make: Damage) -> Damage:
    DAMAGES[make.__name__] = make  # type: ignore[attr-defined]
    return make


def fenced(lines: Lines) -> str:
    return "\n".join(["```diff", *lines, "```"])


def block(old: Lines, new: Lines) -> str:
    return "\n".join(["<<<<<<< SEARCH", *old, "=======", *new, ">>>>>>> REPLACE", ""])


def context_at(hunk: Lines, least: int = 0) -> list[int]:
    return [index for index, line in enumerate(hunk) if index and line[0] == " " and len(line.strip()) > least]


@damage
def little_context_and_no_number(rng: random.Random, change: Change) -> Case | None:
    return fenced(["@@ @@", *change.hunk(1)[1:]]), change.result


@damage
def outermost_line_from_elsewhere(rng: random.Random, change: Change) -> Case | None:
    hunk = change.hunk()
    places = context_at(hunk, -1)
    if len(places) < 4:
        return None
    hunk[rng.choice([places[0], places[-1]])] = " " + rng.choice(change.old)
    return fenced(hunk), change.result


@damage
def minus_forgotten(rng: random.Random, change: Change) -> Case | None:
    """The line that should go is quoted as context: it stays."""
    if not change.new or change.start == change.end:
        return None
    hunk = ["@@ @@", *(" " + line[1:] if line[0] == "-" else line for line in change.hunk()[1:])]
    return fenced(hunk), [*change.old[: change.end], *change.new, *change.old[change.end :]]


@damage
def number_of_another_place(rng: random.Random, change: Change) -> Case | None:
    return fenced(change.hunk(off=rng.choice([-40, 37, 120]))), change.result


def _bad_removal(change: Change, wrong: Callable[[str], str]) -> Case | None:
    """One removed line is not as the file has it: must be refused."""
    hunk = change.hunk()
    at = next((index for index, line in enumerate(hunk) if line[0] == "-" and len(line.strip()) > 14), None)
    if at is None:
        return None
    hunk[at] = "-" + wrong(hunk[at][1:])
    if hunk[at][1:].strip() in {line.strip() for line in change.old}:
        return None
    return fenced(hunk), None


@damage
def removal_cut_short(rng: random.Random, change: Change) -> Case | None:
    return _bad_removal(change, lambda line: line[: len(line) - rng.randrange(4, 8)])


@damage
def removal_in_other_case(rng: random.Random, change: Change) -> Case | None:
    return _bad_removal(change, str.swapcase)


@damage
def removal_with_a_remark(rng: random.Random, change: Change) -> Case | None:
    return _bad_removal(change, lambda line: f"{line}  <-- remove this")


@damage
def removal_of_another_version(rng: random.Random, change: Change) -> Case | None:
    return _bad_removal(change, lambda line: indent_of(line) + "quite_another_statement(7)")


@damage
def swapped_context(rng: random.Random, change: Change) -> Case | None:
    hunk = change.hunk()
    places = [index for index in context_at(hunk) if hunk[index + 1 : index + 2] and hunk[index + 1][0] == " "]
    places = [index for index in places if hunk[index + 1].strip() not in ("", hunk[index].strip())]
    if not places:
        return None
    at = rng.choice(places)
    hunk[at], hunk[at + 1] = hunk[at + 1], hunk[at]
    return fenced(hunk), change.result


@damage
def stutter(rng: random.Random, change: Change) -> Case | None:
    """The last added line stands once more behind itself, as context."""
    hunk = change.hunk()
    last = max((index for index, line in enumerate(hunk) if line[0] == "+"), default=len(hunk))
    if last + 1 >= len(hunk) or not hunk[last].strip("+ ") or hunk[last][1:] in change.old:
        return None
    hunk.insert(last + 1, " " + hunk[last][1:])
    return fenced(hunk), change.result


@damage
def line_missing_in_both_halves(rng: random.Random, change: Change) -> Case | None:
    above, below = change.around(3)
    if len(above) < 3 or not above[1].strip():
        return None
    kept = [above[0], above[2]]
    old = change.old[change.start : change.end]
    return block([*kept, *old, *below], [*kept, *change.new, *below]), change.result


@damage
def dedented_block(rng: random.Random, change: Change) -> Case | None:
    above, below = change.around(3)
    old, new = [*above, *change.old[change.start : change.end], *below], [*above, *change.new, *below]
    dedented = textwrap.dedent("\n".join([*old, *new])).split("\n")
    if dedented == [*old, *new]:
        return None
    return block(dedented[: len(old)], dedented[len(old) :]), change.result


@damage
def half_a_line(rng: random.Random, change: Change) -> Case | None:
    """A part of one line, as if blocks replaced characters. It begins between two words: what begins within one is refused by decision."""
    line = change.old[change.start].strip() if change.start < len(change.old) else ""
    starts = [at for at in range(3, min(len(line), 12)) if not re.match(r"\w\w", line[at - 1 : at + 1])]
    part = line[rng.choice(starts) :] if starts else ""
    if change.end != change.start + 1 or len(line) < 20 or not part or "\n".join(change.old).count(part) != 1:
        return None
    new = change.old[change.start].replace(part, f"{part}_y")
    return block([part], [f"{part}_y"]), Change(change.old, change.start, change.end, [new]).result


@damage
def two_changes_run_together(rng: random.Random, change: Change) -> Case | None:
    """Two hunks without anything between them, and the lines between left out without a word."""
    at = change.end + rng.randrange(9, 25)
    if at + 1 >= len(change.old) or not change.old[at].strip():
        return None
    other = Change(change.old, at, at + 1, [f"{change.old[at]} # q"])
    expected = [
        *change.old[: change.start],
        *change.new,
        *change.old[change.end : at],
        *other.new,
        *change.old[at + 1 :],
    ]
    return fenced(["@@ @@", *change.hunk()[1:], *other.hunk()[1:]]), expected


@damage
def stale_context(rng: random.Random, change: Change) -> Case | None:
    hunk = change.hunk()
    places = context_at(hunk, 8)
    if len(places) < 3:
        return None
    at = rng.choice(places)
    hunk[at] = f" {indent_of(hunk[at][1:])}quite_another_statement({rng.randrange(9)})"
    return fenced(hunk), change.result


@damage
def context_in_other_case(rng: random.Random, change: Change) -> Case | None:
    hunk = change.hunk()
    places = [index for index in context_at(hunk) if hunk[index].swapcase() != hunk[index]]
    if len(places) < 3:
        return None
    at = rng.choice(places)
    hunk[at] = hunk[at].swapcase()
    return fenced(hunk), change.result


@damage
def insertion_with_little_context(rng: random.Random, change: Change) -> Case | None:
    return (fenced(change.hunk(1)), change.result) if change.start == change.end else None


@damage
def tabs_for_blanks(rng: random.Random, change: Change) -> Case | None:
    if any("\t" in line for line in change.old):
        return None
    hunk = change.hunk()
    tabbed = [line[:1] + re.sub(r"^(?: {4})+", lambda match: "\t" * (len(match[0]) // 4), line[1:]) for line in hunk]
    return fenced(tabbed), change.result


@damage
def blank_context_left_out(rng: random.Random, change: Change) -> Case | None:
    hunk = change.hunk(4)
    dense = [line for line in hunk if line != " "]
    return (fenced(dense), change.result) if dense != hunk else None


@damage
def whole_file_rewritten(rng: random.Random, change: Change) -> Case | None:
    """Right or refused: what a fence stands for is not always certain."""
    if len(change.old) > 80 or any(line.startswith(("```", "~~~")) for line in change.old):
        return None
    return "\n".join(["```", *change.result, "```", ""]), change.result


def invented(rng: random.Random, lines: Lines) -> Change | None:
    """Some edit of some place."""
    start = rng.randrange(len(lines))
    end = min(len(lines), start + rng.choice([0, 1, 1, 1, 2, 3, 5]))
    old = lines[start:end]
    indent = indent_of(lines[start])
    kind = rng.choice(["other words", "insertion", "deletion", "copy"])
    if kind == "other words" and any(line.strip() for line in old):
        new = [re.sub(r"\w+", lambda match: match[0] + "_x" * (rng.random() < 0.3), line) for line in old]
        return Change(lines, start, end, new) if new != old else None
    if kind == "insertion":
        words = ("x = 1", "foo();", "return None", "}", "# note")
        return Change(
            lines, start, start, [f"{indent}{rng.choice(words)}{rng.randrange(99)}" for _ in range(rng.choice([1, 2]))]
        )
    if kind == "deletion" and any(line.strip() for line in old):
        return Change(lines, start, end, [])
    return Change(lines, end, end, list(old)) if kind == "copy" and old else None


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        yield path.name, path.read_text("utf-8", errors="replace")
    for revision in revisions(folder):
        yield revision.path, revision.old


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="keep what was downloaded here")
    parser.add_argument("--kind", action="append", default=[], help="only these kinds of damage")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong results of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() if options.cache is None else nullcontext(options.cache) as folder:
        known = [
            (path, text)
            for path, text in texts(Path(folder))
            if 15 < text.count("\n") < 3_000 and not set("\r\f") & set(text)
        ]
    rng = random.Random(options.seed)
    outcomes: dict[str, Counter[str]] = {}
    kinds = options.kind or list(DAMAGES)
    for number in range(options.cases):
        kind = kinds[number % len(kinds)]
        play(rng, kind, known, outcomes.setdefault(kind, Counter()), options.show)
    total: Counter[str] = Counter()
    for kind, counts in outcomes.items():
        total += counts
        sys.stdout.write(f"{kind:32} {dict(counts)}\n")
    shares = ", ".join(
        f"{name} {100 * total[name] / total.total():.2f} % ({total[name]})" for name in ("right", "refused", "wrong")
    )
    sys.stdout.write(f"{total.total()} cases of {len(outcomes)} kinds: {shares}\n")
    return 0


def play(rng: random.Random, kind: str, known: list[tuple[str, str]], counts: Counter[str], show: int) -> None:
    for _ in range(50):
        path, text = rng.choice(known)
        body = text.rstrip("\n")
        change = invented(rng, body.split("\n"))
        case = change and DAMAGES[kind](rng, change)
        if case and case[1] != body.split("\n"):
            break
    else:
        return
    answer, expected = case
    result = resolve(text, answer, path=path)
    got = result.text if isinstance(result, Resolved) else None
    want = None if expected is None else "\n".join(expected) + text[len(body) :]
    outcome = "right" if got == want else "refused" if got is None else "wrong"
    counts[outcome] += 1
    if outcome == "wrong" and counts["wrong"] <= show:
        difference = difflib.unified_diff(
            (want or text).split("\n"), (got or "").split("\n"), "want", "got", lineterm=""
        )
        sys.stdout.write(f"===== {kind} {path}\n{answer}\n-----\n" + "\n".join(difference) + "\n")


if __name__ == "__main__":
    sys.exit(main())
