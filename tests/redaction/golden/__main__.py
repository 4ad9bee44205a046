"""``python -m tests.redaction.golden [--write]``: what each layer of the redaction finds in some thousand made-up inputs, against the golden
files, as a diff. A changed rule is reviewed by it.

``cases.jsonl``: short snippets of the benchmarks' corpora (even seeds; the odd ones stay held out), and lines that only look like secrets.
``numbers.jsonl``: numbers of persons that differ in the digit that checks the others.
``judgements.jsonl``: what is said of values and names one by one.
``around.jsonl``: which characters around a value its finding rests on, and how far from each other they may stand.
``ladders.jsonl``: values that grow by one character, so that every length from which something counts is pinned.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from grok_ls.redaction.assignments import find_assignments
from grok_ls.redaction.beside import find_beside
from grok_ls.redaction.personal import find_personal
from grok_ls.redaction.redact import Vocabulary, redact
from grok_ls.redaction.rules import RULES
from grok_ls.redaction.rules_rare import RARE
from grok_ls.redaction.shapes import find_shapes
from grok_ls.redaction.span import Found
from grok_ls.redaction.structure import find_cut_blocks, find_structure
from tests.golden import Entry, Golden, main
from tests.redaction.golden.around import amid, reaching, resting
from tests.redaction.golden.judgements import judged, strings
from tests.redaction.golden.numbers import TAILS, numbers

HERE = Path(__file__).parent
BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "redaction"
LONGEST = 400
LAYERS: dict[str, Callable[[str], Iterable[Found]]] = {
    "shapes": find_shapes,
    "structure": find_structure,
    "assignments": find_assignments,
    "beside": find_beside,
    "personal": find_personal,
    "cut": find_cut_blocks,
}


def case(entry: Entry) -> Entry:
    """Each layer's places, and the text as it would be sent."""
    text = entry["text"]
    clean = redact(text, Vocabulary(b"golden"), path=entry["path"])
    assert clean.restore(clean.text) == text
    found = {name: places for name, layer in LAYERS.items() if (places := _places(layer(text)))}
    return {
        "kind": entry["kind"],
        "path": entry["path"],
        "text": text,
        "clean": clean.text,
        "layers": found,
    }


def _places(found: Iterable[Found]) -> list[str]:
    return [f"{one.start}-{one.end} {one.kind}" for one in found]


def ladder(entry: Entry) -> Entry:
    """For each layer: from which length on it sees what."""
    before, value, after = entry["before"], entry["value"], entry["after"]
    texts = [before + value[:size] + after for size in range(1, len(value) + 1)]
    names = entry.get("only") or list(LAYERS)
    seen = {name: _runs(texts, LAYERS[name]) for name in names}
    inputs = {name: told for name, told in entry.items() if name != "seen"}
    return {**inputs, "seen": {name: runs for name, runs in seen.items() if runs != {"1": ""}}}


def around(entry: Entry) -> Entry:
    """For each layer that finds something in the text; of a text without a secret, for each that would with another letter."""
    text = entry["text"]
    found = [name for name, layer in LAYERS.items() if any(layer(text))]
    rests = {name: resting(LAYERS[name], text) for name in found or LAYERS}
    rests = {name: signs for name, signs in rests.items() if signs.strip(". ")}
    reach = {name: reaching(LAYERS[name], text) for name in rests} if entry["far"] else {}
    long = {name: amid(LAYERS[name], text) for name in rests}
    return {"text": text, "far": entry["far"], "rests": rests, "reach": reach, "long": long}


def number(entry: Entry) -> Entry:
    """With which of its ends a number is one of a person."""
    found: dict[str, list[str]] = {}
    for tail in TAILS.get(entry["tails"], entry["tails"].split("|")):
        text = entry["line"].format(entry["head"] + tail)
        if places := _places(find_personal(text)):
            found[tail] = places
    return {**{name: entry[name] for name in ("line", "head", "tails")}, "found": found}


def _runs(texts: list[str], layer: Callable[[str], Iterable[Found]]) -> dict[str, str]:
    """First length -> the text with marks for what was found; empty for nothing."""
    runs: dict[str, str] = {}
    size = 1
    for marked, same in groupby(_marked(text, layer(text)) for text in texts):
        runs[str(size)] = marked
        size += len(list(same))
    return runs


def _marked(text: str, found: Iterable[Found]) -> str:
    """Places that overlap are told one after the other."""
    places = list(found)
    marks = [f"{text[max(0, one.start - 4) : one.start]}<{one.kind}>{text[one.end : one.end + 4]}" for one in places]
    return " ".join(marks)


def drawn_cases() -> Iterator[Entry]:
    yield from _of_early_corpora()
    yield from _of_late_corpora()
    import clean  # type: ignore[import-not-found]

    dice = random.Random(2)
    for line in [*clean.tempting(), *list(clean.noise(dice))[:80]]:
        yield from _drawn("no secret", "", line)


def _of_early_corpora() -> Iterator[Entry]:
    sys.path.insert(0, str(BENCHMARKS / "attack"))
    import run  # type: ignore[import-not-found]

    from tests.benchmarks.redaction import corpus
    from tests.benchmarks.redaction.fourth import generate

    for seed in (2, 4):
        for one in generate.cases(seed, 1):
            yield from _drawn(one.kind, one.path, one.snippet)
    for number, one in enumerate(run.corpus(2, 1)):
        if number % 6 == 0:
            yield from _drawn(one.kind, "", one.text)
    for number, one in enumerate(corpus.cases(2)):
        if number % 12 == 0:
            yield from _drawn(one.kind, one.path, one.text)


def _of_late_corpora() -> Iterator[Entry]:
    """Two short texts of each kind."""
    from tests.benchmarks.redaction.fifth import generate
    from tests.benchmarks.redaction.sixth.generate import samples

    for one in generate.cases(2, 1):
        yield from _drawn(f"5 {one.kind}", one.path, one.text)
    for sample in samples(2, 2):
        yield from _drawn(f"6 {sample.kind}", "", sample.text)
    for number, name in enumerate(("seventh", "eighth", "ninth", "tenth", "eleventh"), 7):
        drawn = importlib.import_module(f"tests.benchmarks.redaction.{name}.measure").samples(2)
        seen = Counter[str]()
        for _, kind, text, _ in drawn:
            seen[kind] += len(text) <= LONGEST
            if seen[kind] <= 2:
                yield from _drawn(f"{number} {kind}", "", text)


def _drawn(kind: str, path: str, text: str) -> Iterator[Entry]:
    if len(text) <= LONGEST:
        yield {"kind": kind, "path": path, "text": text}


def drawn_around() -> Iterator[Entry]:
    """A case of each kind, all of those with personal data, which are of many countries, and some that hold no secret."""
    seen: set[str] = set()
    for count, one in enumerate(drawn_cases()):
        is_one_of_many = one["kind"] == "no secret" or one["kind"][0].isdigit()
        known = count % 4 if is_one_of_many else one["kind"] in seen
        if len(one["text"]) < 160 and (not known or any(find_personal(one["text"]))):
            seen.add(one["kind"])
            yield {"text": one["text"], "far": len(seen) % 2 == 0}


def drawn_ladders() -> Iterator[Entry]:
    sys.path.insert(0, str(BENCHMARKS / "attack"))
    import values  # type: ignore[import-not-found]

    from tests.benchmarks.redaction import corpus

    dice = random.Random(2)
    for rule in (*RULES, *RARE):
        yield {"before": "x = ", "value": corpus.fill(rule.example, dice)[:160] + "7a", "after": "", "only": ["shapes"]}
    for _, form, names in values.NAMED:
        name = dice.choice(names.split())
        before, after = dice.choice(
            [(f'{name} = "', '"'), (f"{name}: ", ""), (f'"{name}": "', '",'), (f"{name}=", "\n")]
        )
        yield {"before": before, "value": values.fill(form, dice)[:100], "after": after}
    for before, alphabet, after in EDGES:
        yield {"before": before, "value": "".join(dice.choices(alphabet, k=48)), "after": after}


_HEX, _LOWER, _MIXED, _DIGITS = (
    "0123456789abcdef",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "0123456789",
)
# Every lead with every alphabet: lengths, character classes and randomness are told apart by numbers.
EDGES = [
    (before, alphabet, after)
    for before, after in (
        ('password = "', '"'),
        ("token: ", ""),
        ("API_KEY=", "\n"),
        ('login("kim", "', '")'),
        ("Authorization: Bearer ", "\n"),
        ("https://kim:", "@db.acme.dev/x"),
        ("the password is ", "."),
        ("--secret ", " --quiet"),
        ('{"id": "', '", "key": 1}'),
        ("# ", " secret"),
    )
    for alphabet in (_HEX, _LOWER, _MIXED, _DIGITS, _MIXED + "+/", _LOWER + "-", _MIXED + "!@#%^*_-+.", "aab", "X")
]

FILES = (
    Golden(HERE / "cases.jsonl", case, drawn_cases, secrets=True),
    Golden(HERE / "ladders.jsonl", ladder, drawn_ladders, secrets=True),
    Golden(HERE / "numbers.jsonl", number, numbers),
    Golden(HERE / "judgements.jsonl", judged, strings, secrets=True),
    Golden(HERE / "around.jsonl", around, drawn_around, secrets=True),
)

if __name__ == "__main__":
    sys.exit(main(FILES))
