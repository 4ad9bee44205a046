"""Markdown from a model, whole and in pieces: what was shown at any moment is safe, and in the end it is the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grok_ls.text.markdown import MarkdownCleaner, safe_markdown

# What the words of an attack are made of.
PARTS = st.sampled_from(
    ["`", "``", "```", "```py\n", "~~~\n", "\n", "\n\n", "- ", "   ", "    ", "> ", "\\", "&", "#58;", "&colon;", "<", ">", "/", "b",
     "<img src=x>", "<!--", "-->", "![", "[", "]", "](", ")", "](command:x)", "](http://a.b)", "![x](http://a.b/c.png)", "[a]: ", "]:",
     "command:workbench", "javascript:", "file:///etc", "//host/x", "text", " ", "\t", '"', "data:x", "<script>", "é", "\u2028", "\r"]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=14).map("".join)


def in_pieces(text: str, cuts: list[int]) -> list[str]:
    """What is shown after each piece, and at the end."""
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    cleaner, shown = MarkdownCleaner(), [""]
    for start, end in pairwise(places):
        shown.append(shown[-1] + cleaner.feed(text[start:end]))
    return [*shown, shown[-1] + cleaner.finish()]


def without_code(text: str) -> str:
    """The text without what a renderer shows as it is; what is no surely closed code counts as text."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = re.match(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})", line)
        if mark and not fence:
            fence = mark[1]
        elif fence and mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        elif not fence:
            lines.append(re.sub(r"(?<![`\\])(`+)(?!`)(?:.*?[^`])\1(?!`)", "", line))
    return "\n".join(lines)


def assert_safe(text: str) -> None:
    plain = re.sub(r"\\[!-/:-@\[-`{-~]", "", without_code(text))
    assert not re.search(r"<[A-Za-z/!?]", plain), text
    assert "![" not in plain, text
    assert not re.search(r"\]\(\s*<?(?:command|javascript|file|data|//)", plain, re.I), text
    assert not re.search(r"\]:\s*<?(?:command|javascript|file|data|//)", plain, re.I), text


@given(TEXTS, st.lists(st.integers(0, 200), max_size=6))
@example("a `b\n` ![x](http://a.b)", [3])
@example("```\n<b>\n```\n<b>", [5])
def test_every_cut_shows_the_same_in_the_end(text: str, cuts: list[int]) -> None:
    shown = in_pieces(text, cuts)
    assert shown[-1] == safe_markdown(text)


@given(TEXTS)
def test_one_character_at_a_time_shows_only_beginnings_of_the_end(text: str) -> None:
    shown = in_pieces(text, list(range(len(text))))
    assert all(shown[-1].startswith(part) for part in shown)
    assert shown[-1] == safe_markdown(text)


@given(TEXTS)
@example("`a\n`[x](command:y)")
def test_what_is_left_runs_nothing_and_loads_nothing(text: str) -> None:
    assert_safe(safe_markdown(text))


@given(TEXTS, st.lists(st.integers(0, 200), max_size=4))
def test_what_was_shown_so_far_runs_nothing_and_loads_nothing(text: str, cuts: list[int]) -> None:
    for shown in in_pieces(text, cuts):
        assert_safe(shown)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("[run](command:workbench.action)", "[run] (link removed)"),
        ("[run](CoMmAnD:x)", "[run] (link removed)"),
        ("[run](<command:x y>)", "[run] (link removed)"),
        ("[a](javascript:alert)", "[a] (link removed)"),
        ("[a](file:///etc/passwd)", "[a] (link removed)"),
        ("![a](http://evil.test/?q=1)", "[a](http://evil.test/?q=1)"),
        ("<img src=http://evil.test>", "&lt;img src=http://evil.test>"),
        ("[a]: command:x", "[a]: (link removed) "),
        ("[a]: <img src=x> word", "[a]: &lt;img src=x> word"),
        ("[a]: ![x](http://a.b) word", "[a]: (link removed)  word"),
        ("[a](http://x <img src=x>)", "[a](http://x &lt;img src=x>)"),
        ("[a](`) ` <b> `", "[a](`) ` &lt;b> `"),
        ("[a](`)\n` <b> `", "[a](`)\n` &lt;b> `"),
        ("[a](<http://x>) and [b]: http://y", "[a](<http://x>) and [b]: http://y"),
        ("a < b and c > d", "a < b and c > d"),
        ("[docs](https://docs.python.org/3/)", "[docs](https://docs.python.org/3/)"),
        ("[here](src/app.py)", "[here](src/app.py)"),
        ("`<b>` and `![x](y)`", "`<b>` and `![x](y)`"),
        ("```html\n<b>\n```\n<b>", "```html\n<b>\n```\n&lt;b>"),
        ("a && b", "a && b"),
    ],
)
def test_known_tricks_and_ordinary_words(text: str, safe: str) -> None:
    assert safe_markdown(text) == safe
