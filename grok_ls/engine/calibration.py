"""How many input tokens a model bills for a prompt: the estimate of ``context/tokens.py``, corrected by what the model
billed so far.

A model differs from the tokenizer that the estimate was fitted to by a factor, and by what its endpoint adds to every
request (templates, hidden instructions). Both are learned from the last requests that told their usage, in the same
storage as the usage records; like them they never leave the machine (or the team's store). What is kept are counts, no
text.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grok_ls.context.tokens import Weight
from grok_ls.prompts.prompt import HIDDEN_TOKENS
from grok_ls.provider import catalogue
from grok_ls.storage.base import Store

# So many requests are remembered, so many are enough to go by.
_REMEMBERED, _ENOUGH = 96, 8
_DAYS_S = 90 * 86_400
# Beyond these a count is a fault of the endpoint (or it counts something else), not of the estimate.
_LEAST, _MOST = 0.4, 2.5
# Billed for every request beside the text: more than twice what was ever recorded (xAI, ``HIDDEN_TOKENS``).
_MOST_HIDDEN = 1_500
_FIRST_HIDDEN = 100
# Rounds of the fit, the relative error below which all requests count alike, and how strong a fit is pulled to the simplest one.
_ROUNDS, _NEAR, _PULL = 6, 0.02, 1.0
# Added to the reservation where the model is known: what its next prompt may differ by from all before.
_MARGIN, _MARGIN_TOKENS = 0.06, 64


@dataclass(frozen=True, slots=True)
class Expected:
    """Input tokens of one request: for people ``likely``, for the reservation ``most``."""

    likely: int
    most: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What one request was estimated (all, and its digits) and what it was billed."""

    likely: float
    digits: float
    billed: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """``billed = factor * (likely - digits) + digit_factor * digits + hidden``; ``spread`` is the relative error that all but
    one in twenty requests stay within.
    """

    factor: float = 1.0
    digit_factor: float = 1.0
    hidden: float = HIDDEN_TOKENS
    spread: float = 0.0
    known: bool = False

    def expected(self, prompt: Weight) -> Expected:
        if not self.known:
            most = round(prompt.most) + HIDDEN_TOKENS
            return Expected(most, most)
        likely = self._text(prompt.likely, prompt.digits)
        # The bound holds whatever the prompt is made of: one full of numbers after a hundred of plain code.
        worst = max(likely * (1 + max(_MARGIN, 2 * self.spread)), max(self.factor, 1.0) * prompt.most)
        return Expected(round(likely + self.hidden), round(worst + self.hidden) + _MARGIN_TOKENS)

    def _text(self, likely: float, digits: float) -> float:
        return self.factor * (likely - digits) + self.digit_factor * digits

    def error(self, seen: Seen) -> float:
        """Relative, of a request whose bill is known."""
        return abs(self._text(seen.likely, seen.digits) + self.hidden - seen.billed) / seen.billed


def fitted(seen: Sequence[Seen]) -> Calibration:
    """The best relative fit, in which what lies far from it counts little."""
    pairs = [
        each for each in seen if each.likely > 0 and _LEAST <= each.billed / (each.likely + _FIRST_HIDDEN) <= _MOST
    ]
    if len(pairs) < _ENOUGH:
        return Calibration()
    first = statistics.median((each.billed - _FIRST_HIDDEN) / each.likely for each in pairs)
    found = Calibration(first, first, _FIRST_HIDDEN, 0.0, known=True)
    for _ in range(_ROUNDS):
        found = _closer(pairs, found, first)
    errors = sorted(map(found.error, pairs))
    return replace(found, spread=errors[min(len(errors) - 1, round(0.95 * len(errors)))])


def _closer(pairs: Sequence[Seen], found: Calibration, first: float) -> Calibration:
    """One round of least squares, weighted against what is far; with a pull towards one factor for all (few prompts have
    many digits) and few hidden tokens (prompts of one size do not tell them from the rest).
    """
    rows = [
        (_PULL, -_PULL, 0.0, 0.0),
        (0.1 * _PULL, 0.0, 0.0, 0.1 * _PULL * first),
        (0.0, 0.0, _PULL, _PULL * _FIRST_HIDDEN / 1000),
    ]
    for each in pairs:
        weight = (max(_NEAR, found.error(each)) ** -0.5) / each.billed
        rows.append((weight * (each.likely - each.digits), weight * each.digits, weight * 1000, weight * each.billed))
    factor, digit_factor, thousands = _solved(rows)
    return replace(
        found,
        factor=min(_MOST, max(_LEAST, factor)),
        digit_factor=min(_MOST, max(0.0, digit_factor)),
        hidden=min(_MOST_HIDDEN, max(0.0, 1000 * thousands)),
    )


def _solved(rows: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float]:
    """The least squares of ``row[0] x + row[1] y + row[2] z = row[3]``."""
    normal = [[sum(row[i] * row[j] for row in rows) for j in range(4)] for i in range(3)]

    def determinant(columns: tuple[int, int, int]) -> float:
        (a, b, c), (d, e, f), (g, h, i) = ([line[column] for column in columns] for line in normal)
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)

    whole = determinant((0, 1, 2))
    return determinant((3, 1, 2)) / whole, determinant((0, 3, 2)) / whole, determinant((0, 1, 3)) / whole


async def of_model(store: Store, model: str) -> Calibration:
    """What is known of the model that answers to this name."""
    served = await store.get(_served_key(model)) or _name(model)
    return fitted(_read(await store.get(_key(served))))


async def note(store: Store, model: str, served: str | None, prompt: Weight, billed: int) -> None:
    """Remember one count, for the model that answered."""
    name = _name(served or model)
    if name != _name(model):
        await store.put(_served_key(model), name, _DAYS_S)
    seen = [*_read(await store.get(_key(name))), Seen(round(prompt.likely, 1), round(prompt.digits, 1), billed)]
    kept = [[each.likely, each.digits, each.billed] for each in seen[-_REMEMBERED:]]
    await store.put(_key(name), json.dumps(kept), _DAYS_S)


def _read(kept: str | None) -> list[Seen]:
    """Raises nothing: what is not readable is forgotten."""
    try:
        return [Seen(float(likely), float(digits), int(billed)) for likely, digits, billed in json.loads(kept or "[]")]
    except (ValueError, TypeError):
        return []


def _name(model: str) -> str:
    known = catalogue.find(model)
    return known.slug if known is not None else model


def _key(model: str) -> str:
    return f"tokens:{model}"


def _served_key(model: str) -> str:
    return f"served:{model}"
