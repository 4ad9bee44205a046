"""The seeded corpus: true edits from real releases, written down as a model would, and damaged in one known way.

Every case has one right outcome: a text, or a refusal. A case whose damage leaves more than one sensible reading is
not made.
"""

from __future__ import annotations

import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.benchmarks.edits.releases import Revision

_HEADER = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$")
_LARGEST_HUNK = 200


@dataclass(frozen=True, slots=True)
class Case:
    """``expected`` is the right new text, or None where only a refusal is right."""

    kind: str
    language: str
    path: str
    text: str
    answer: str
    expected: str | None
    complete: bool = True


@dataclass(slots=True)
class Piece:
    """One true hunk: ``first`` counts lines of the old text from 0."""

    first: int
    lines: list[tuple[str, str]]
    heading: str = ""
    numbers: tuple[int, int, int, int] | None = None

    @property
    def old(self) -> list[str]:
        return [text for mark, text in self.lines if mark != "+"]

    @property
    def new(self) -> list[str]:
        return [text for mark, text in self.lines if mark != "-"]

    def copy(self) -> Piece:
        return Piece(self.first, list(self.lines), self.heading, self.numbers)


@dataclass(slots=True)
class Draft:
    """A case in the making. ``old`` and ``new`` are lines; ``written`` are the hunks as the model will write them."""

    revision: Revision
    old: list[str]
    new: list[str]
    pieces: list[Piece]
    written: list[Piece] = field(default_factory=list)
    certain: bool = True
    bare: bool = False
    answer: str | None = None
    wrap: Callable[[str], str] | None = None
    text: str | None = None
    expected: str | None = None
    refuse: bool = False
    complete: bool = True
    path: str = ""


Damage = Callable[[random.Random, Draft], bool]


def pieces_of(revision: Revision) -> list[Piece]:
    """The hunks that git finds between the two releases of one file."""
    with tempfile.TemporaryDirectory() as folder:
        suffix = Path(revision.path).suffix
        for name, text in (("old", revision.old), ("new", revision.new)):
            Path(folder, name + suffix).write_text(text, encoding="utf-8", newline="")
        command = ["git", "diff", "--no-index", "--no-color", "--patience", "old" + suffix, "new" + suffix]
        shown = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout.decode("utf-8")
    found: list[Piece] = []
    for line in shown.split("\n"):
        if match := _HEADER.match(line):
            numbers = (int(match[1]), int(match[2] or 1), int(match[3]), int(match[4] or 1))
            found.append(Piece(numbers[0] - 1, [], match[5], numbers))
        elif found and line[:1] in {" ", "+", "-"}:
            found[-1].lines.append((line[0], line[1:]))
    return found


def header(piece: Piece) -> str:
    if piece.numbers is None:
        return "@@ ... @@"
    start, count, new_start, new_count = piece.numbers
    return f"@@ -{start},{count} +{new_start},{new_count} @@" + (f" {piece.heading}" if piece.heading else "")


def diff(draft: Draft, names: bool = True) -> str:
    out = [f"--- a/{draft.path}", f"+++ b/{draft.path}"] if names else []
    for piece in draft.written:
        out.append(header(piece))
        out += [mark + text for mark, text in piece.lines]
    return "\n".join(out)


def applied(old: Sequence[str], pieces: Sequence[Piece]) -> list[str]:
    new, line = [], 0
    for piece in sorted(pieces, key=lambda one: one.first):
        new += [*old[line : piece.first], *piece.new]
        line = piece.first + len(piece.old)
    return [*new, *old[line:]]


def _normal(line: str) -> str:
    return " ".join(line.split())


def copies(old: Sequence[str], wanted: Sequence[str]) -> int:
    """How often ``wanted`` stands in ``old`` if spacing does not count."""
    forms, needle = [_normal(line) for line in old], [_normal(line) for line in wanted]
    if not needle:
        return 2
    return sum(forms[start : start + len(needle)] == needle for start, form in enumerate(forms) if form == needle[0])


def drafts(revisions: Sequence[Revision], rng: random.Random) -> Iterator[Draft]:
    """Endless: one to four true hunks of one file, numbered as if only they had been made."""
    known: dict[int, list[Piece]] = {}
    languages = sorted({revision.language for revision in revisions})
    by_language = {name: [i for i, one in enumerate(revisions) if one.language == name] for name in languages}
    while True:
        number = rng.choice(by_language[rng.choice(languages)])
        revision = revisions[number]
        if "\r" in revision.old + revision.new or not (revision.old.endswith("\n") and revision.new.endswith("\n")):
            continue
        if re.search(r"[\x0c\x0b\x1c-\x1e\x85\u2028\u2029]", revision.old):
            continue
        if number not in known:
            known[number] = [p for p in pieces_of(revision) if len(p.lines) <= _LARGEST_HUNK and p.old]
        if not known[number]:
            continue
        chosen = rng.sample(known[number], min(len(known[number]), rng.choice((1, 1, 1, 2, 2, 3, 4, 8, 20))))
        pieces = [piece.copy() for piece in sorted(chosen, key=lambda one: one.first)]
        grown = 0
        for piece in pieces:
            piece.numbers = (piece.first + 1, len(piece.old), piece.first + 1 + grown, len(piece.new))
            grown += len(piece.new) - len(piece.old)
        old = revision.old.split("\n")[:-1]
        yield Draft(revision, old, applied(old, pieces), pieces, [p.copy() for p in pieces], path=revision.path)


def finished(kind: str, draft: Draft, rng: random.Random) -> Case | None:
    """The case, or None if nobody could say what is right."""
    text = draft.text if draft.text is not None else "\n".join(draft.old) + "\n"
    expected = draft.expected if draft.expected is not None else "\n".join(draft.new) + "\n"
    if not draft.refuse and (expected == text or (not draft.certain and not _single(draft))):
        return None
    answer = draft.answer
    if answer is None:
        body = diff(draft, names=not draft.bare)
        answer = draft.wrap(body) if draft.wrap else fenced(body, rng)
    return Case(
        kind, draft.revision.language, draft.path, text, answer, None if draft.refuse else expected, draft.complete
    )


def _single(draft: Draft) -> bool:
    return all(copies(draft.old, piece.old) == 1 for piece in draft.pieces) and all(
        copies(draft.old, piece.old) <= 1 for piece in draft.written
    )


_BEFORE = (
    "Here is the fix:",
    "Sure! The problem is the missing check.\n\nI changed this:",
    "",
    "**Changes**\n\n- see below",
)
_AFTER = (
    "",
    "This keeps the behaviour otherwise.",
    "Let me know if you want tests.\n\n- Point one\n- Point two",
    "Done.",
)


def fenced(body: str, rng: random.Random, info: str = "diff") -> str:
    before, after = rng.choice(_BEFORE), rng.choice(_AFTER)
    return (f"{before}\n\n" if before else "") + f"```{info}\n{body}\n```\n" + (f"\n{after}\n" if after else "")


def cases(revisions: Sequence[Revision], damages: dict[str, Damage], count: int, seed: int) -> Iterator[Case]:
    """``count`` cases, the kinds in turn; the same for the same seed and releases."""
    rng = random.Random(seed)
    source = drafts(revisions, rng)
    kinds = sorted(damages)
    made = tried = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        draft = next(source)
        tried += 1
        if tried > 400 * count:
            raise RuntimeError(f"no case of kind {kind} can be made")
        if damages[kind](rng, draft) and (case := finished(kind, draft, rng)) is not None:
            made += 1
            yield case


__all__ = ["Case", "Damage", "Draft", "Piece", "applied", "cases", "copies", "diff", "fenced", "header", "replace"]
