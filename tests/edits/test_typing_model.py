"""Typing while the model thinks, as a model: what the user typed is marked, and every mark must survive exactly once."""

import random

from grok_ls.edits import rebase


def typed(rng: random.Random, lines: list[str], name: str) -> tuple[list[str], set[int]]:
    """``lines`` after some typing, and the numbers of the base's lines that it touched."""
    new: list[str] = []
    touched: set[int] = set()
    for number, line in enumerate(lines):
        action = rng.random()
        if action < 0.06:
            new.append(f"{line} {name}{number}")
            touched.add(number)
        elif action < 0.10:
            new += [line, f"{name}{number}"]
            touched.add(number)
        elif action < 0.13:
            touched.add(number)
        else:
            new.append(line)
    return new, touched


def play(seed: int) -> tuple[bool, bool]:
    """Whether the two sides touched different lines, and whether the merge went through."""
    rng = random.Random(seed)
    repeated = rng.random() < 0.3
    base = [rng.choice(["}", "", "x"]) if repeated else f"line {number}" for number in range(rng.randrange(1, 30))]
    theirs, user = typed(rng, base, "user")
    ours, model = typed(rng, base, "model")
    merged = rebase(*("".join(line + "\n" for line in side) for side in (base, theirs, ours)))
    apart = not user & model
    if merged is None:
        return apart, False
    words = merged.split()
    for side, name in ((theirs, "user"), (ours, "model")):
        marks = [word for line in side for word in line.split() if word.startswith(name)]
        assert sorted(marks) == sorted(word for word in words if word.startswith(name)), seed
    return apart, True


def test_no_typed_character_is_lost_and_no_edit_is_made_twice() -> None:
    played = [play(seed) for seed in range(1_500)]
    apart = [went for different, went in played if different]
    assert len(apart) > 200
    assert sum(apart) >= 0.95 * len(apart)
