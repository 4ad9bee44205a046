from __future__ import annotations

import pytest

from grok_ls.cache import Answer, Cache, key
from grok_ls.storage.memory import MemoryStore


class Clock:
    at = 1_790_000_000.0

    def __call__(self) -> float:
        return self.at


ASKED = (
    "https://api.x.ai/v1",
    "grok-4.3",
    {"effort": None, "max_output_tokens": 4096},
    "fix-3",
    [("system", "s"), ("user", "u")],
)


async def test_same_question_is_answered_until_its_time_is_over() -> None:
    clock = Clock()
    cache = Cache(MemoryStore(clock), ttl_s=60)
    name = key(*ASKED)
    assert await cache.get(name) is None
    answer = Answer("réponse ⟦EMAIL_1_qz⟧ \ud800", "grok-4.3", 0.25)
    await cache.put(name, answer)
    assert await cache.get(key(*ASKED)) == answer
    clock.at += 60
    assert await cache.get(name) is None


@pytest.mark.parametrize(
    ("position", "other"),
    [
        (0, "http://127.0.0.1:1"),
        (1, "grok-4.7"),
        (2, {"effort": "low", "max_output_tokens": 4096}),
        (3, "fix-4"),
        (4, [("system", "s"), ("user", "v")]),
        (4, [("system", "s"), ("assistant", "u")]),
        (4, [("system", "su"), ("user", "")]),
    ],
)
def test_any_difference_is_another_question(position: int, other: object) -> None:
    asked = list(ASKED)
    asked[position] = other
    assert key(*asked) != key(*ASKED)


def test_order_of_parameters_makes_no_difference() -> None:
    turned = dict(reversed(list(ASKED[2].items())))
    assert key(ASKED[0], ASKED[1], turned, ASKED[3], ASKED[4]) == key(*ASKED)


async def test_question_is_stored_as_a_hash_only() -> None:
    assert "grok-4.3" not in key(*ASKED)
    assert len(key(*ASKED)) == len("answer:") + 64


async def test_size_is_bounded_and_the_oldest_go_first() -> None:
    store = MemoryStore()
    cache = Cache(store, ttl_s=60, max_bytes=1000)
    for number in range(200):
        await cache.put(f"answer:{number}", Answer("x" * 80, "m"))
    kept = [number for number in range(200) if await cache.get(f"answer:{number}") is not None]
    assert len(kept) <= 10 + 32
    assert kept == list(range(kept[0], 200))


async def test_oversized_and_empty_answers_and_a_switched_off_cache_keep_nothing() -> None:
    store = MemoryStore()
    await Cache(store, ttl_s=60, max_answer_bytes=50).put("answer:a", Answer("x" * 60, "m"))
    await Cache(store, ttl_s=60).put("answer:b", Answer("", "m"))
    await Cache(store, ttl_s=0).put("answer:c", Answer("x", "m"))
    assert [await store.get(f"answer:{name}") for name in "abc"] == [None, None, None]


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", "[1,2,3]", '["a"]', '["",null,null]', '{"a":1,"b":2,"c":3}', "null", '["a",1,null]']
)
async def test_damaged_entry_is_a_miss(damaged: str) -> None:
    store = MemoryStore()
    await store.put("answer:a", damaged)
    assert await Cache(store, ttl_s=60).get("answer:a") is None
