"""What is learned of a model's way of counting tokens, and that the reservation stays above the bill whatever comes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.context.tokens import Weight
from grok_ls.engine.calibration import Calibration, Seen, fitted, note, of_model
from grok_ls.prompts.prompt import HIDDEN_TOKENS
from grok_ls.storage.memory import MemoryStore


def billing(factor: float, hidden: int, count: int = 60, noise: float = 0.03) -> list[Seen]:
    rng = random.Random(1)
    sizes = [rng.uniform(400, 9_000) for _ in range(count)]
    return [
        Seen(size, size * 0.05, round(size * factor * rng.uniform(1 - noise, 1 + noise) + hidden)) for size in sizes
    ]


@pytest.mark.parametrize(("factor", "hidden"), [(1.0, 0), (0.8, 190), (1.3, 680), (1.9, 12)])
def test_factor_and_hidden_tokens_of_a_model_are_learned(factor: float, hidden: int) -> None:
    seen = billing(factor, hidden)
    found = fitted(seen)
    assert found.known
    assert found.factor == pytest.approx(factor, rel=0.05)
    errors = sorted(
        abs(found.expected(Weight(each.likely, each.digits, each.likely)).likely / each.billed - 1) for each in seen
    )
    assert errors[57] < 0.05


def test_before_anything_is_known_the_upper_bound_is_told() -> None:
    found = fitted(billing(1.0, 0, count=7)).expected(Weight(1000, 0, 1200))
    assert (found.likely, found.most) == (1200 + HIDDEN_TOKENS, 1200 + HIDDEN_TOKENS)


def test_single_wrong_counts_change_nothing() -> None:
    right = billing(1.0, 100)
    wrong = [Seen(5000, 0, 1), Seen(5000, 0, 10**9), Seen(10, 0, 5000), *(Seen(8000, 0, 4000) for _ in range(5))]
    assert fitted([*right, *wrong]).factor == pytest.approx(fitted(right).factor, rel=0.05)


def test_requests_of_one_size_are_enough_to_go_by() -> None:
    found = fitted([Seen(1000, 20, 1100) for _ in range(10)])
    assert found.expected(Weight(1000, 0, 1000)).likely == 1100


@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1), st.integers(0, 10**7)), max_size=100),
    st.floats(0, 1e5),
    st.floats(1, 3),
)
def test_the_reservation_is_never_below_what_is_likely(
    pairs: list[tuple[float, float, int]], likely: float, more: float
) -> None:
    found = fitted([Seen(size, size * share, billed) for size, share, billed in pairs]).expected(
        Weight(likely, likely / 9, likely * more)
    )
    assert 0 <= found.likely <= found.most


def test_the_reservation_follows_what_a_prompt_is_made_of() -> None:
    """Hundred prompts of plain code do not make one of numbers cheap."""
    found = fitted(billing(1.0, 0))
    assert found.expected(Weight(1000, 0, 3000)).most >= 2900


def test_digits_are_counted_as_the_model_counts_them() -> None:
    seen = [Seen(3000, share * 30, round(3000 - share * 30 + 0.3 * share * 30)) for share in range(40)]
    found = fitted(seen)
    assert found.expected(Weight(1000, 800, 2000)).likely == pytest.approx(200 + 240, rel=0.25)


async def test_what_was_learned_is_kept_by_the_model_that_answered() -> None:
    store = MemoryStore()
    for seen in billing(1.2, 50, count=200):
        await note(store, "grok-code-fast-1", "grok-4.3", Weight(seen.likely, seen.digits, seen.likely), seen.billed)
    assert (await of_model(store, "grok-code-fast-1")).factor == pytest.approx(1.2, rel=0.05)
    assert (await of_model(store, "grok-4.3")).known
    assert not (await of_model(store, "grok-build-0.1")).known
    kept = await store.get("tokens:grok-4.3")
    assert kept is not None
    assert len(kept) < 4_000, "the last requests only"


async def test_notes_that_cannot_be_read_are_forgotten() -> None:
    store = MemoryStore()
    for text in ("not json", "[1, 2]", '{"a": 1}', "[[1]]", "null"):
        await store.put("tokens:m", text)
        assert await of_model(store, "m") == Calibration()
    await note(store, "m", None, Weight(100, 3, 100), 120)
    assert await store.get("tokens:m") == "[[100, 3, 120]]"
