"""Consecutive actions in one document: the provider's cache finds the beginning of the one before, and nothing stale is sent for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grok_ls.engine.earlier import KEPT_S
from tests.engine.test_others import TAX, Tax

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

LONG = "import os\nfrom tax import rate\n\n" + "".join(
    f"\ndef g_{number}(x):\n    y = x * {number}\n    return os.sep * rate(y)\n\n" for number in range(900)
)
FIRST, SECOND = "y = x * 300\n", "y = x * 600\n"
TOLD = "That is \N{RIGHTWARDS ARROW} a product."


async def explained(bench: Bench, at: str, text: str = LONG, **more: object) -> str:
    """The context of the request."""
    await bench.ask(text, TOLD, action="explain", at=at, findings=(), **more)
    said = bench.asked(0)[1][1]
    return said[: said.index("\n</context>")]


async def test_the_next_function_begins_with_what_was_sent_for_the_one_before(bench: Bench) -> None:
    first, second = await explained(bench, FIRST), await explained(bench, SECOND)
    assert second.startswith(first + "\n\nMore of File: main.py\n")
    assert SECOND in second


async def test_a_preview_shows_what_would_then_be_sent(bench: Bench) -> None:
    await explained(bench, FIRST)
    await explained(bench, SECOND)
    assert bench.last is not None
    preview = await bench.engine.preview(bench.last)
    assert bench.asked(0)[1][1] in preview.markdown


async def test_what_was_typed_over_since_is_not_sent_again(bench: Bench) -> None:
    first = await explained(bench, FIRST)
    second = await explained(bench, SECOND, LONG.replace(FIRST, "y = x * 301\n"))
    assert not second.startswith(first)
    assert FIRST not in second


async def test_lines_that_moved_are_not_sent_at_their_old_place(bench: Bench) -> None:
    await explained(bench, FIRST)
    second = await explained(bench, SECOND, "\n" + LONG)
    assert "More of" not in second


async def test_another_file_is_sent_again_only_as_it_now_stands(bench: Bench) -> None:
    first = await explained(bench, FIRST, neighbours=Tax(TAX, (4, 5)))
    second = await explained(bench, SECOND, neighbours=Tax(TAX, (4, 5)))
    assert second.startswith(first)
    assert second.count("def rate(x):") == 1
    third = await explained(bench, "y = x * 700\n", neighbours=Tax(TAX.replace("return 2", "return 3"), (4, 5)))
    assert "return 2" not in third
    assert "return 3" in third


async def test_another_file_that_may_no_longer_be_sent_is_not_sent_again(bench: Bench) -> None:
    await explained(bench, FIRST, neighbours=Tax(TAX, (4, 5)))
    assert "def rate" not in await explained(bench, SECOND)


async def test_another_file_that_became_shorter_is_not_sent_again(bench: Bench) -> None:
    await explained(bench, FIRST, neighbours=Tax(TAX, (4, 5)))
    assert "def rate" not in await explained(bench, SECOND, neighbours=Tax("A = 1\n"))


async def test_a_word_that_is_known_as_a_secret_by_now_is_not_sent_again(bench: Bench) -> None:
    text = LONG.replace("x * 300", "len('kestrel-wort-42')")
    assert "kestrel-wort-42" in await explained(bench, "kestrel-wort-42", text)
    assert "kestrel-wort-42" not in await explained(bench, SECOND, text, instruction="password = 'kestrel-wort-42'")


async def test_after_a_while_a_short_prompt_is_worth_more_than_an_old_beginning(bench: Bench) -> None:
    await explained(bench, FIRST)
    bench.later_s = KEPT_S + 1
    assert "More of" not in await explained(bench, SECOND)


async def test_a_model_whose_cached_tokens_cost_the_same_gets_the_short_prompt(bench: Bench) -> None:
    bench.settings = replace(bench.settings, model="some-model-of-no-known-price")
    await explained(bench, FIRST)
    assert "More of" not in await explained(bench, SECOND)
