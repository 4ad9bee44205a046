"""Which format a model is asked to write its edits in: the catalogue's word at first, and what it did with it after that.

What is counted: whether the first answer of a job had a place and parsed, did not, or said that nothing is to be changed. It is counted for
each model and format, in the same storage as the usage records, and like them never leaves the machine (or the team's store).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from grok_ls.prompts.build import EditFormat
from grok_ls.storage.base import Charge, Hold, Store

# In the order in which they are tried.
FORMATS: tuple[EditFormat, ...] = ("diff", "search-replace", "rewrite")
# What is expected of a format before anything was seen, and how many answers that expectation counts as.
_OWN, _OTHER, _WEIGHT = 0.9, 0.8, 10
# A model that the catalogue lets rewrite only is a small one: of 18 seeded bugs it fixed 14 so, 4 by diffs and none by blocks
# (docs/edits.md).
_OTHER_OF_SMALL = 0.3
# No switch before so many answers, and none for less than this.
_ENOUGH, _BETTER = 8, 0.05


# ``declined``: asked to mend a problem, the model said that there is nothing to change.
Outcome = Literal["worked", "failed", "declined"]
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class Tally:
    """First answers of one model in one format."""

    worked: int = 0
    failed: int = 0
    declined: int = 0

    @property
    def tried(self) -> int:
        """The answers that say something of the format. To decline is often right; a model that declines more often than not cannot
        write the format: asked for blocks, a small one said NO_CHANGE to 18 bugs of 18 and mended 14 of them by rewriting.
        """
        edits = self.worked + self.failed
        return edits + max(0, self.declined - edits)


def choose(catalogued: EditFormat, seen: Mapping[EditFormat, Tally]) -> EditFormat:
    """The format with the best expected success; the catalogue's until the evidence against it is clear."""
    own = seen.get(catalogued, Tally())
    if own.tried < _ENOUGH:
        return catalogued
    others = _OTHER_OF_SMALL if catalogued == "rewrite" else _OTHER

    def expected(form: EditFormat) -> float:
        tally = seen.get(form, Tally())
        prior = _OWN if form == catalogued else others
        return (tally.worked + prior * _WEIGHT) / (tally.tried + _WEIGHT)

    best = max(FORMATS, key=expected)
    return best if expected(best) >= expected(catalogued) + _BETTER else catalogued


async def seen_of(store: Store, model: str) -> dict[EditFormat, Tally]:
    """What this model did so far."""
    names = [_counter(model, form, outcome) for form in FORMATS for outcome in _OUTCOMES]
    counts = iter([level.spent for level in await store.levels(names)])
    return {form: Tally(*(next(counts) for _ in _OUTCOMES)) for form in FORMATS}


async def note(store: Store, model: str, form: EditFormat, outcome: Outcome) -> None:
    """Count one first answer."""
    hold = Hold(f"format-{uuid.uuid4().hex}", (), 0.0, 0.0)
    await store.settle(hold, (Charge(_counter(model, form, outcome), 1),))


def _counter(model: str, form: EditFormat, outcome: Outcome) -> str:
    return f"format:{model}:{form}:{outcome}"
