"""A damaged answer and its one right outcome, and the register of the damages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.edits.third.draft import Draft, drafted
from tests.benchmarks.edits.third.tasks import Dice, Task, closes, need


@dataclass(frozen=True, slots=True)
class Case:
    """``want`` is the whole new text, or None if the one right outcome is that nothing changes."""

    kind: str
    path: str
    language: str
    text: str
    answer: str
    want: str | None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What a damage gives; ``text`` and ``want`` only where they are not those of the task."""

    answer: str
    want: str | None
    text: str | None = None
    complete: bool = True


Damage = Callable[[Task, Dice], Made]
DAMAGES: dict[str, Damage] = {}


def damage(kind: str) -> Callable[[Damage], Damage]:
    def register(make: Damage) -> Damage:
        assert kind not in DAMAGES, kind
        DAMAGES[kind] = make
        return make

    return register


def diff_damage(
    kind: str, context: int = 3
) -> Callable[[Callable[[Draft, Dice], None]], Callable[[Draft, Dice], None]]:
    """A damage that changes a draft in place, and not what is right."""

    def register(change: Callable[[Draft, Dice], None]) -> Callable[[Draft, Dice], None]:
        def make(task: Task, dice: Dice) -> Made:
            draft = drafted(task, dice, context)
            change(draft, dice)
            return Made(draft.answer(), task.want())

        damage(kind)(make)
        return change

    return register


def made_case(kind: str, task: Task, dice: Dice) -> Case:
    made = DAMAGES[kind](task, dice)
    text = task.text() if made.text is None else made.text
    need(made.want is None or closes(task.language, text, made.want))
    return Case(kind, task.path, task.language, text, made.answer, made.want, made.complete)
