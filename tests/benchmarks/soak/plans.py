"""What each job of a soak is: drawn from a seed, so that a run can be played again."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from tests.fake_xai import Cut, Reply, answer, failure
from tests.fake_xai.faults import BY_NAME, FAULTS

Way = Literal["request", "progress", "command", "close"]
WAYS: tuple[Way, ...] = ("request", "progress", "command", "close")

MAIN = '''\
"""Module {n} of a small project."""


def area(width, height):
    """Of a rectangle."""
    return width + height


def volume(width, height, depth):
    return area(width, height) * depth
'''
FIX = """```diff
@@ @@
 def area(width, height):
     \"\"\"Of a rectangle.\"\"\"
-    return width + height
+    return width * height
```
"""
EXPLANATION = "It adds **width** and height, but the area of a rectangle is their product. " * 6
# Would never end if nobody cancelled it.
ENDLESS = FIX + "More words about it. " * 400
# A 429 that asks for three seconds makes every other job wait too: one that asks for little does the same faster.
_SOON = failure(429, "resource-exhausted", "Too many requests", retry_after="0.1")
# What the breaker counts: kept rare enough that it does not stay open for the whole run.
_COUNTED = ("ProviderUnavailable", "ProviderTimeout")


@dataclass(frozen=True, slots=True)
class Cancel:
    """``at_events``: of the job's first request; -1 = at once, before anything is sent."""

    way: Way
    at_events: int


@dataclass(frozen=True, slots=True)
class Plan:
    """``replies``: of the job's requests in order, the last one for all that follow. ``twice``: a double click."""

    number: int
    action: str
    replies: tuple[Reply, ...]
    cancel: Cancel | None = None
    fault: str = ""
    twice: bool = False
    repeats: bool = False


def plans(count: int, seed: int) -> list[Plan]:
    """``count`` jobs: a quarter cancelled, a fifth with a fault, the rest answered in one of several ways."""
    chance = random.Random(seed)
    quiet = [fault for fault in FAULTS if fault.error not in _COUNTED and fault.name != "429 retry after"]
    loud = [fault for fault in FAULTS if fault.error in _COUNTED]
    drawn = []
    for number in range(count):
        plan = _answered(number, chance)
        dice = chance.random()
        if dice < 0.25:
            at = chance.choice((-1, -1, 0, *range(1, 60)))
            shape = answer(ENDLESS, hold_at=max(at, 0) + chance.choice((0, 1, 30)), usage=plan.replies[0].usage)
            plan = replace(plan, replies=(shape,), cancel=Cancel(chance.choice(WAYS), at), fault="", repeats=False)
        elif dice < 0.33:
            fault = chance.choice(loud)
            plan = replace(plan, replies=_faulty(fault.reply, plan, chance), fault=fault.name, repeats=False)
        elif dice < 0.46:
            name = chance.choice([*(fault.name for fault in quiet), "429 retry after"])
            reply = _SOON if name == "429 retry after" else BY_NAME[name].reply
            plan = replace(plan, replies=_faulty(reply, plan, chance), fault=name, repeats=False)
        drawn.append(plan)
    return drawn


def _answered(number: int, chance: random.Random) -> Plan:
    action = chance.choice(("refactor", "fix", "explain"))
    if action == "explain":
        replies = (answer(EXPLANATION, reasoning="The user wants to know." * chance.randrange(3)),)
    else:
        kind = chance.choice(("edit", "edit", "edit", "edit", "no change", "repaired", "never usable", "dripped"))
        replies = {
            "edit": (answer(FIX),),
            "no change": (answer("NO_CHANGE\n"),),
            "repaired": (answer("There is a bug."), answer(FIX)),
            "never usable": (answer("I would rather not."),),
            "dripped": (answer(FIX, split_bytes=3),),
        }[kind]
    if chance.random() < 0.2:
        replies = tuple(replace(reply, usage="missing") for reply in replies)
    dice = chance.random()
    # Not both: an answer from the cache may be there before the second click.
    return Plan(number, action, replies, twice=dice < 0.1, repeats=dice > 0.9)


def _faulty(reply: Reply, plan: Plan, chance: random.Random) -> tuple[Reply, ...]:
    """The fault once and then the answer, or the fault for ever; cut streams at a random event."""
    if reply.cut is not None and reply.cut.at > 0:
        reply = replace(reply, cut=Cut(chance.randrange(1, 25), reply.cut.manner))
    return (reply, *plan.replies) if chance.random() < 0.5 else (reply,)
