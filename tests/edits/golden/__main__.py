"""``python -m tests.edits.golden [--write]``: what becomes of some hundred damaged answers, against the golden files, as a diff. A changed
engine is reviewed by it.

``answers.jsonl``: made-up edits of the files in ``documents/``, written with each damage of the benchmarks' three corpora.
``ladders.jsonl``: answers that go wrong step by step, at the step that changes what becomes of them.
``rebases.jsonl``: the same edits, made in a document in which somebody has typed meanwhile.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.edits import (
    Definition,
    Edit,
    NoChange,
    Parsed,
    Refusal,
    Unparsed,
    apply,
    judge,
    parse_answer,
    rebase,
    resolve,
    smallest,
)
from grok_ls.text import Span
from tests.edits.golden import ladders
from tests.golden import Entry, Golden, main

HERE = Path(__file__).parent
DOCUMENTS = {path.name: path.read_text("utf-8") for path in sorted((HERE / "documents").iterdir()) if path.is_file()}
EACH = 3
EACH_STEP = 30
LONGEST = 1_200
_LETTERS = {"context": " ", "removal": "-", "addition": "+"}


def answer(entry: Entry) -> Entry:
    """How the answer is read, and what it makes of the text."""
    text = DOCUMENTS[entry["doc"]] if "text" not in entry else entry["text"]
    region = Span(*entry["region"]) if "region" in entry else None
    shown = [Span(*entry["shown"])] if "shown" in entry else None
    language = language_of(entry["path"])
    definitions = () if language is None else Syntax.parse(text, language).definitions()
    complete = not entry.get("cut")
    result = resolve(
        text,
        entry["answer"],
        complete=complete,
        path=entry["path"],
        region=region,
        shown=shown,
        definitions=[Definition(name, span) for name, span in definitions],
    )
    outcome: Any
    if isinstance(result, NoChange):
        outcome = "no change"
    elif isinstance(result, Refusal):
        outcome = _refusal(result)
    else:
        assert apply(text, result.edits) == result.text
        assert apply(text, smallest(text, result.text)) == result.text
        remarks = [remark.message for remark in judge(text, result.text)]
        outcome = {"hunks": result.hunks, "edits": _edits(result.edits)} | ({"remarks": remarks} if remarks else {})
    inputs = {name: value for name, value in entry.items() if name not in ("read", "outcome")}
    return {**inputs, "read": _read(parse_answer(entry["answer"], complete=complete)), "outcome": outcome}


def _edits(edits: Sequence[Edit]) -> list[list[object]]:
    return [[edit.span.start, edit.span.end, edit.new_text] for edit in edits]


def _refusal(refusal: Refusal) -> dict[str, object]:
    told = {
        "code": refusal.code,
        "message": refusal.message,
        "hunk": refusal.hunk,
        "nearest": refusal.nearest,
        "others": [_refusal(other) for other in refusal.others],
        "accepted": len(refusal.accepted),
    }
    return {name: value for name, value in told.items() if value}


def _read(parsed: Parsed | NoChange | Unparsed) -> list[str]:
    """Each hunk by its header and marks, each rewrite by its length; then each line's role by its first letter."""
    if isinstance(parsed, NoChange):
        return ["no change"]
    if isinstance(parsed, Unparsed):
        return [f"{parsed.code} at {parsed.line}: {parsed.message}"]
    hunks = [
        f"{hunk.form} {hunk.path}:{hunk.start} {hunk.counts} {'/'.join(hunk.headings)}"
        f" |{''.join(_LETTERS[line.kind] if line.marked else '_' for line in hunk.lines)}|"
        f"{' open ' + str(hunk.tail) if hunk.open_ended else ''}"
        for hunk in parsed.hunks
    ]
    rewrites = [f"{code.language} {code.path}:{code.line} {len(code.lines)} lines" for code in parsed.rewrites]
    return [*hunks, *rewrites, "".join(role[0] for role in parsed.roles)]


def typed(entry: Entry) -> Entry:
    """``typing`` happened in the document while the model wrote ``edits``."""
    text = DOCUMENTS[entry["doc"]]
    theirs, ours = (apply(text, [Edit(Span(a, b), new) for a, b, new in entry[name]]) for name in ("typing", "edits"))
    merged = rebase(text, theirs, ours)
    outcome = None if merged is None else _edits(smallest(theirs, merged))
    return {"doc": entry["doc"], "typing": entry["typing"], "edits": entry["edits"], "outcome": outcome}


# -- the inputs ---------------------------------------------------------------------------------------------------------------------


def drawn() -> Iterator[Entry]:
    from tests.benchmarks.edits import corpus, damage, second
    from tests.benchmarks.edits.releases import Revision
    from tests.benchmarks.edits.third import blocks, dialects, documents, more, refusals, rewrites  # noqa: F401
    from tests.benchmarks.edits.third import case as third
    from tests.benchmarks.edits.third.tasks import Dice, Unfit, draw

    dice = random.Random(2)
    revisions = [
        Revision("golden", name, language.id if (language := language_of(name)) else "", text, _changed(dice, text))
        for name, text in DOCUMENTS.items()
        for _ in range(12)
    ]
    for kind, make in sorted(damage.damages_of([]).items()):
        rng = random.Random(f"2 {kind}")
        source = corpus.drafts(revisions, rng)
        yield from _first(
            dice,
            (
                ("first", kind, case.path, case.text, case.answer, case.complete)
                for draft in (next(source) for _ in range(300))
                if make(rng, draft) and (case := corpus.finished(kind, draft, rng)) is not None
            ),
        )
    for kind in sorted(third.DAMAGES):

        def cases(kind: str = kind) -> Iterator[tuple[str, str, str, str, str, bool]]:
            rng = Dice(2, kind)
            for _ in range(300):
                try:
                    case = third.made_case(kind, draw(rng.choice(revisions), rng), rng)
                except Unfit:
                    continue
                yield "third", kind, case.path, case.text, case.answer, case.complete

        yield from _first(dice, cases())
    for kind, make_second in sorted(second.DAMAGES.items()):

        def more_cases(
            kind: str = kind, make: second.Damage = make_second
        ) -> Iterator[tuple[str, str, str, str, str, bool]]:
            rng = random.Random(f"2 {kind}")
            for _ in range(300):
                name = rng.choice(list(DOCUMENTS))
                change = second.invented(rng, DOCUMENTS[name].removesuffix("\n").split("\n"))
                if change and (made := make(rng, change)):
                    yield "second", kind, name, DOCUMENTS[name], made[0], True

        yield from _first(dice, more_cases())


def _first(dice: random.Random, cases: Iterator[tuple[str, str, str, str, str, bool]]) -> Iterator[Entry]:
    count = 0
    for corpus, kind, path, text, said, complete in cases:
        same = DOCUMENTS.get(path) == text
        if len(said) > LONGEST or count == EACH:
            continue
        count += 1
        entry: Entry = {"kind": f"{corpus} {kind}", "path": path}
        entry |= {"doc": path} if same else {"text": text}
        entry["answer"] = said
        if not complete:
            entry["cut"] = True
        if dice.random() < 0.4:
            start = dice.randrange(len(text))
            entry["region"] = [start, min(len(text), start + dice.choice([0, 1, 40, 200]))]
        if dice.random() < 0.2:
            start = dice.randrange(len(text) // 2)
            entry["shown"] = [start, min(len(text), start + len(text) // 2)]
        yield entry


def _changed(dice: random.Random, text: str) -> str:
    from tests.benchmarks.edits import second

    lines = text.removesuffix("\n").split("\n")
    for _ in range(dice.choice([2, 4, 6])):
        change = second.invented(dice, lines)
        lines = change.result if change else lines
    return "\n".join(lines) + "\n"


def drawn_typing() -> Iterator[Entry]:
    dice = random.Random(2)
    for name, text in DOCUMENTS.items():
        for number in range(30):
            ours = [[edit.span.start, edit.span.end, edit.new_text] for edit in smallest(text, _changed(dice, text))]
            if not ours:
                continue
            # Most of it near the edits: what does not touch is simple.
            at = min(len(text), max(0, int(dice.choice(ours)[0]) + dice.randrange(-60, 60)))  # type: ignore[call-overload]
            end = min(len(text), at + dice.choice([0, 0, 1, 3, 25]))
            words = dice.choice(["x", "\n", "    y = 2\n", "", "\n\n", text[at : at + 30]])
            if number % 5 == 0:
                start = len(re.sub(r"[^\n]*$", "", text[:at]))
                at, end, words = start, start, "    # typed\n"
            yield {"doc": name, "typing": [[at, end, words]], "edits": ours}


FILES = (
    Golden(HERE / "answers.jsonl", answer, drawn),
    Golden(HERE / "ladders.jsonl", answer, lambda: ladders.drawn(answer, EACH_STEP)),
    Golden(HERE / "rebases.jsonl", typed, drawn_typing),
)

if __name__ == "__main__":
    sys.exit(main(FILES))
