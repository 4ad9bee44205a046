from itertools import count
from threading import Event, Thread

import pytest

from grok_ls.context import grammar
from grok_ls.context.languages import language_of
from grok_ls.context.trees import TreeCache
from grok_ls.loading import LOADING
from grok_ls.text import Source, Span

LONG = "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(12_000))


def at(text: str, needle: str) -> Span:
    start = text.index(needle)
    return Span(start, start)


def source(text: str, path: str = "a.py") -> Source:
    return Source(text, path)


def test_same_version_is_not_parsed_again() -> None:
    trees = TreeCache()
    first = trees.syntax("a", 1, source("x = 1\n"))
    assert trees.syntax("a", 1, source("x = 1\n")) is first
    assert trees.syntax("a", 2, source("x = 2\n")) is not first


def test_closed_document_is_forgotten() -> None:
    trees = TreeCache()
    trees.syntax("a", 1, source("x = 1\n"))
    trees.drop("a")
    trees.drop("never opened")
    assert len(trees) == 0


def test_document_that_takes_too_long_gives_its_definition_without_a_tree() -> None:
    ticks = count()
    trees = TreeCache(lambda: float(next(ticks)))
    place = at(LONG, "return x + 9999")
    by_lines = trees.definition_at("a", 1, source(LONG), place)
    assert trees.definition_name("a", 1, source(LONG), place) == "f9999"
    assert len(trees) == 0
    assert trees.behind("a", 1)
    trees.syntax("a", 1, source(LONG))
    assert not trees.behind("a", 1)
    assert trees.definition_at("a", 1, source(LONG), place) == by_lines
    assert trees.definition_name("a", 1, source(LONG), place) == "f9999"
    assert by_lines
    assert LONG[by_lines.start : by_lines.end] == "def f9999(x):\n    return x + 9999"


class Clock:
    """Seconds that go by with each look at it."""

    def __init__(self, step_s: float = 1.0) -> None:
        self.now, self.step_s, self.looks = 0.0, step_s, 0

    def __call__(self) -> float:
        self.looks += 1
        self.now += self.step_s
        return self.now


def test_a_text_that_took_too_long_is_not_tried_again_at_each_key() -> None:
    """What is broken in it is parsed anew at each key, in the menu and in the thread that comes after."""
    clock = Clock()
    trees = TreeCache(clock)
    trees.syntax("a", 0, source(LONG))
    for version in range(1, 6):
        text = source("(" * version + LONG)
        before = clock.looks
        assert trees.definition_name("a", version, text, at(text.text, "return x + 99\n")) == "f99"
        assert (clock.looks > before) is (version == 1)
        assert trees.behind("a", version)
        syntax = trees.syntax("a", version, text)
        assert not trees.behind("a", version)
        assert trees.syntax("a", version, text) is syntax


def test_a_text_that_is_parsed_quickly_again_is_tried_again() -> None:
    clock = Clock()
    trees = TreeCache(clock)

    def behind(version: int, typed: str) -> bool:
        trees.definition_name("a", version, source(typed + LONG), Span(0, 0))
        return trees.behind("a", version)

    trees.syntax("a", 0, source(LONG))
    assert behind(1, "(")
    trees.syntax("a", 1, source("(" + LONG))
    clock.step_s = 0.0
    assert behind(2, "#"), "tried although the last parse took long"
    trees.syntax("a", 2, source("#" + LONG))
    assert not behind(3, "##")


def test_without_a_clock_the_steps_of_the_parser_are_counted() -> None:
    trees = TreeCache()
    place = at(LONG, "return x + 9999")
    assert trees.definition_name("a", 1, source(LONG), place) == "f9999"
    assert trees.behind("a", 1)
    trees.drop("a")
    assert trees.definition_name("a", 1, source(LONG[:2000]), Span(0, 0)) == "f0"
    assert not trees.behind("a", 1)


def test_a_very_long_document_goes_by_its_lines_and_needs_no_tree() -> None:
    trees = TreeCache()
    place = at(LONG, "return x + 9999")
    found = trees.definition_at("a", 1, source(LONG * 4), place)
    assert trees.definition_name("a", 1, source(LONG * 4), place) == "f9999"
    assert found
    assert LONG[found.start : found.end] == "def f9999(x):\n    return x + 9999"
    assert len(trees) == 0
    assert not trees.behind("a", 1)


def test_typing_keeps_the_definition_current() -> None:
    trees = TreeCache()
    text = "def f():\n    return 1\n\ndef g():\n    return 2\n"
    for version, typed in enumerate(("", "x", "xy", "xy + (")):
        now = text.replace("return 2", f"return {typed}2")
        span = trees.definition_at("a", version, source(now), at(now, "return " + typed + "2"))
        assert span
        assert now[span.start : span.end] == f"def g():\n    return {typed}2"
    assert len(trees) == 1


def test_another_language_starts_anew() -> None:
    trees = TreeCache()
    trees.syntax("a", 1, source("x = 1"))
    lua = trees.syntax("a", 1, source("x = 1", "a.lua"))
    assert lua
    assert lua.language == language_of("a.lua")


def test_document_without_a_grammar_works_by_lines() -> None:
    text = "sub greet {\n    print 1;\n}\n"
    trees = TreeCache()
    assert trees.syntax("a", 1, source(text, "a.pl")) is None
    assert trees.definition_at("a", 1, source(text, "a.pl"), at(text, "print")) == Span(0, len(text) - 1)
    assert trees.definition_name("a", 1, source(text, "a.pl"), at(text, "print")) == "greet"


def test_cursor_outside_any_definition_has_no_name() -> None:
    assert TreeCache().definition_name("a", 1, source("import os\n\nprint(1)\n"), Span(0, 0)) is None


def test_changes_far_apart_are_parsed_anew() -> None:
    trees = TreeCache()
    trees.syntax("a", 1, source(LONG))
    changed = LONG.replace("def f1(", "def first(").replace("def f11999(", "def last(")
    syntax = trees.syntax("a", 2, source(changed))
    assert syntax
    assert {"first", "last", "f10000"} <= {name for name, _ in syntax.definitions()}


def test_the_menu_waits_for_no_thread_that_loads_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "_known", {})
    held, done = Event(), Event()

    def load() -> None:
        with LOADING:
            held.set()
            done.wait()

    loading = Thread(target=load)
    loading.start()
    held.wait()
    try:
        trees, text = TreeCache(), "def f(x):\n    return x\n"
        assert trees.definition_name("a", 1, source(text), at(text, "return")) == "f"
        assert trees.behind("a", 1)
        assert not len(trees)
    finally:
        done.set()
        loading.join()
    assert trees.syntax("a", 1, source(text)) is not None
    assert not trees.behind("a", 1)
    assert trees.definition_name("a", 1, source(text), at(text, "return")) == "f"
