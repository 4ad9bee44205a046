from itertools import count

from grok_ls.context.languages import language_of
from grok_ls.context.trees import TreeCache
from grok_ls.text import Source, Span

PY = language_of("a.py")
assert PY
LONG = "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(20_000))


def at(text: str, needle: str) -> Span:
    start = text.index(needle)
    return Span(start, start)


def test_unchanged_document_is_not_parsed_again() -> None:
    trees = TreeCache(lambda: 0.0)
    first = trees.syntax("a", Source("x = 1\n"), PY)
    assert trees.syntax("a", Source("x = 1\n"), PY) is first
    assert trees.syntax("a", Source("x = 2\n"), PY) is not first


def test_closed_document_is_forgotten() -> None:
    trees = TreeCache(lambda: 0.0)
    trees.syntax("a", Source("x = 1\n"), PY)
    trees.drop("a")
    trees.drop("never opened")
    assert len(trees) == 0


def test_document_that_takes_too_long_gives_its_definition_without_a_tree() -> None:
    ticks = count()
    trees = TreeCache(lambda: float(next(ticks)))
    source = Source(LONG)
    by_lines = trees.definition_at("a", source, PY, at(LONG, "return x + 9999"))
    assert len(trees) == 0
    assert trees.behind("a")
    trees.syntax("a", source, PY)
    assert not trees.behind("a")
    assert trees.definition_at("a", source, PY, at(LONG, "return x + 9999")) == by_lines
    assert by_lines
    assert LONG[by_lines.start : by_lines.end] == "def f9999(x):\n    return x + 9999"


def test_typing_keeps_the_definition_current() -> None:
    trees = TreeCache(lambda: 0.0)
    text = "def f():\n    return 1\n\ndef g():\n    return 2\n"
    for typed in ("", "x", "xy", "xy + ("):
        now = text.replace("return 2", f"return {typed}2")
        span = trees.definition_at("a", Source(now), PY, at(now, "return " + typed + "2"))
        assert span
        assert now[span.start : span.end] == f"def g():\n    return {typed}2"
    assert len(trees) == 1


def test_another_language_starts_anew() -> None:
    trees = TreeCache(lambda: 0.0)
    trees.syntax("a", Source("x = 1"), PY)
    lua = language_of("a.lua")
    assert lua
    assert trees.syntax("a", Source("x = 1"), lua).language == lua


def test_document_without_a_grammar_works_by_lines() -> None:
    text = "sub greet {\n    print 1;\n}\n"
    span = TreeCache(lambda: 0.0).definition_at("a", Source(text), None, at(text, "print"))
    assert span == Span(0, len(text) - 1)


def test_changes_far_apart_are_parsed_anew() -> None:
    trees = TreeCache(lambda: 0.0)
    trees.syntax("a", Source(LONG), PY)
    changed = LONG.replace("def f1(", "def first(").replace("def f19999(", "def last(")
    names = {name for name, _ in trees.syntax("a", Source(changed), PY).definitions()}
    assert {"first", "last", "f10000"} <= names
