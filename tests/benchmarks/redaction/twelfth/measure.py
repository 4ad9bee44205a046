"""Survivors of the twelfth corpus: written from the list of kinds alone, before any rule or any other corpus was read.

    python -m tests.benchmarks.redaction.twelfth.measure [--seed N] [--totals] [--show GROUP|KIND|all] [--peers N]

A third are tokens of providers, a third structure and passwords, a sixth personal data, a sixth values that stand elsewhere in another
form. Odd seeds are held out. Its false alarms: ``twelfth.negatives``.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.benchmarks.redaction.survey import Sample, report
from tests.benchmarks.redaction.twelfth import passwords, personal, places, repeated, structures, tokens
from tests.benchmarks.redaction.twelfth.drawing import password, plain
from tests.benchmarks.redaction.twelfth.surroundings import around

EACH = {"tokens": 7, "structure": 7, "password": 9, "personal": 22, "repeated": 18}
HOOKS = ("slack-hook", "discord-hook")
AWKWARD_IN_URLS = (*HOOKS, "fly", "aws-session", "telegram")


def _token(kind: str, rng: random.Random) -> tuple[str, str]:
    name, draw = tokens.TOKENS[kind]
    value = draw(rng)
    piece = value.rsplit("/", 1)[1] if kind in HOOKS else value
    chance = rng.random()
    if kind in tokens.CUTTABLE and chance < 0.15:
        begin = len(value) - len(piece)
        keep = begin + max(16, int(len(piece) * rng.uniform(0.5, 0.95)))
        text = places.put(rng.choice(list(places.CUT.values())), name, value[:keep])
        return around(text, rng, cut=True), value[begin:keep]
    if kind not in tokens.NAMELESS and chance < 0.5:
        free = [
            place
            for key, place in places.FREE.items()
            if kind not in AWKWARD_IN_URLS or key not in ("url-query", "clone", "bearer")
        ]
        return around(places.put(rng.choice(free), name, value), rng), piece
    return around(places.put(rng.choice(list(places.NAMED.values())), name, value), rng), piece


def _password(kind: str, rng: random.Random) -> tuple[str, str]:
    place = rng.choice(passwords.PASSWORDS[kind])
    bare = not any(f"{quote}<<S>>{quote}" in place for quote in "'\"`") or any(
        part in place for part in passwords.HARMLESS_IN_PLACE
    )
    value = plain(rng) if bare else password(rng)
    return around(place.replace("<<S>>", value), rng), value


def samples(seed: int) -> Iterator[Sample]:
    """The same for the same seed."""
    for group, kinds in (
        ("tokens", tokens.TOKENS),
        ("structure", structures.STRUCTURES),
        ("password", passwords.PASSWORDS),
        ("personal", dict.fromkeys([*personal.FIELDS, "home-path"])),
        ("repeated", repeated.FORMS),
    ):
        for kind in kinds:
            for number in range(EACH[group]):
                rng = random.Random(f"twelfth {seed} {group} {kind} {number}")
                yield group, kind, *_made(group, kind, rng)


def _made(group: str, kind: str, rng: random.Random) -> tuple[str, tuple[str, ...]]:
    if group == "structure":
        text, pieces = structures.STRUCTURES[kind](rng)
        # Of the last line of a key there may be one letter, which stands in other words, too.
        return (text if kind == "pem-cut" else around(text, rng)), tuple(piece for piece in pieces if len(piece) > 4)
    if group == "repeated":
        return repeated.made(kind, rng)
    text, value = (
        _token(kind, rng)
        if group == "tokens"
        else _password(kind, rng)
        if group == "password"
        else personal.made(kind, rng)
    )
    return text, (value,)


if __name__ == "__main__":
    report(__doc__, samples)
