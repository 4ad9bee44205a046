import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.context.across import tags_of
from grok_ls.context.collect import collect
from grok_ls.context.languages import LANGUAGES, Language, language_of
from grok_ls.context.positions import Positions
from grok_ls.context.syntax import Syntax, first_new_error, parses_no_worse
from grok_ls.text import Source, Span

PY = language_of("a.py")
JS = language_of("a.js")
assert PY
assert JS

TEXT = '''import os
from a import (b,
   c)
X = 1

# about f
@dec
def f(x):
    """Doc."""
    return g(x)

class C(Base):
    y: int = 3

    # about m
    def m(self):
        return 1
'''
F = TEXT[TEXT.index("# about f") : TEXT.index("\n\nclass C")]
M = TEXT[TEXT.index("    # about m") :].rstrip()


def enclosing(text: str, needle: str, language: Language = PY) -> str | None:
    start = text.index(needle)
    span = Syntax.parse(text, language).enclosing_definition(Span(start, start))
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("needle", "expected"),
    [
        ("return g", F),
        ("@dec", F),
        ("# about f", F),
        ("def f", F),
        ("    def m", M),
        ("return 1", M),
        ("# about m", M),
        ("X = 1", "X = 1"),
        ("import os", None),
    ],
)
def test_nearest_definition_has_its_decorators_and_comments(needle: str, expected: str | None) -> None:
    assert enclosing(TEXT, needle) == expected


def test_selection_over_two_members_means_their_class() -> None:
    span = Syntax.parse(TEXT, PY).enclosing_definition(Span(TEXT.index("y: int"), TEXT.index("return 1")))
    assert span
    assert TEXT[span.start : span.end].startswith("class C")


def test_definitions_and_imports_in_the_order_of_the_text() -> None:
    syntax = Syntax.parse(TEXT, PY)
    assert [name for name, _ in syntax.definitions()] == ["X", "f", "C", "m"]
    assert [TEXT[span.start : span.end] for span in syntax.imports()] == ["import os\n", "from a import (b,\n   c)\n"]


def test_missing_brace_does_not_swallow_the_rest_of_the_file() -> None:
    text = (
        "function a() {\n  if (x) {\n    y();\n}\n\nfunction b() {\n  return 1;\n}\n\nfunction c() {\n  return 2;\n}\n"
    )
    assert enclosing(text, "y()", JS) == "function a() {\n  if (x) {\n    y();\n}"
    assert enclosing(text, "return 1", JS) == "function b() {\n  return 1;\n}"


def test_definition_is_found_in_python_that_does_not_parse() -> None:
    text = (
        "class A:\n    def f(self):\n        return (1 +\n\n"
        "    def g(self):\n        x = [1, 2\n        return x\n\ndef h(:\n    pass\n"
    )
    assert enclosing(text, "return x") == "    def g(self):\n        x = [1, 2\n        return x"
    assert enclosing(text, "pass") == "def h(:\n    pass"


def test_new_error_is_named_by_line_and_text() -> None:
    fault = first_new_error("def f():\n    return g(1)\n", "def f():\n    return g(1\n", PY)
    assert fault
    assert (fault.line, fault.text) == (2, "    return g(1")


def test_text_that_was_broken_before_may_stay_as_broken() -> None:
    assert parses_no_worse("def f(:\n    pass\n\nx = 1\n", "def f(:\n    pass\n\nx = 2\n", PY)
    assert parses_no_worse("def f(:\n    pass\n", "def f():\n    pass\n", PY)
    assert not parses_no_worse("def f():\n    pass\n", "def f(:\n    pass\n", PY)


def test_importing_the_package_loads_no_grammar() -> None:
    code = (
        "import sys, grok_ls.context.collect, grok_ls.context.syntax, grok_ls.context.languages\n"
        "assert not [name for name in sys.modules if name.startswith('tree_sitter')]\n"
        "grok_ls.context.syntax.Syntax.parse('x', grok_ls.context.languages.language_of('a.py'))\n"
        "assert {n.split('.')[0] for n in sys.modules if n.startswith('tree_sitter_')} == {'tree_sitter_python'}\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


WILD = st.text(alphabet=st.sampled_from("ab (){}[]<>:;=\n\r\t'\"#/*\\$&|!-+.,é😀\u2028\0\ud800\f\ufeff"))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_no_text_is_too_odd(language: Language) -> None:
    @settings(max_examples=25, deadline=None)
    @given(text=WILD, start=st.integers(0, 100), end=st.integers(0, 100))
    def check(text: str, start: int, end: int) -> None:
        syntax = Syntax.parse(text, language)
        span = syntax.enclosing_definition(Span(min(start, end), max(start, end)))
        assert span is None or span.end <= len(text)
        assert all(each.end <= len(text) for _, each in syntax.definitions())
        assert all(each.end <= len(text) for each in syntax.imports())
        assert syntax.error_count() >= 0

    check()


@given(texts=st.lists(WILD | st.text(alphabet="é😀ü\U0001f600\U0001f601", max_size=6), min_size=2, max_size=5))
def test_parsing_what_changed_gives_what_parsing_anew_gives(texts: list[str]) -> None:
    syntax = Syntax.parse(TEXT, PY)
    for index, text in enumerate(texts):
        cut = TEXT.index("def m") + index
        new = TEXT[:cut] + text + TEXT[cut + 3 :]
        syntax = Syntax.parse(new, PY, syntax)
        fresh = Syntax.parse(new, PY)
        assert syntax.definitions() == fresh.definitions()
        assert syntax.imports() == fresh.imports()


def test_offsets_count_code_points() -> None:
    text = "# 😀é\ndef f():\n    return '😀'\n\ndef g(): pass\n"
    assert enclosing(text, "def g") == "def g(): pass"
    assert enclosing(text, "return") == "# 😀é\ndef f():\n    return '😀'"


def test_carriage_returns_alone_end_lines() -> None:
    text = "import os\rdef f():\r    return 1\r\rdef g():\r    return 2\r"
    assert enclosing(text, "return 2") == "def g():\r    return 2"
    assert Syntax.parse(text, PY).error_count() == 0


@given(st.text(alphabet=st.sampled_from("aé😀\n"), max_size=3000))
def test_bytes_and_offsets_are_each_others_inverse(text: str) -> None:
    positions = Positions.of(text)
    for offset in {0, len(text) // 2, len(text)}:
        byte = len(text[:offset].encode())
        assert positions.byte(offset) == byte
        assert positions.offset(byte) == offset


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("(" * 8_000, "a.py"),
        ("[" * 8_000, "a.json"),
        ("[" * 20_000 + "]" * 20_000, "a.json"),
        ("<div>" * 5_000, "a.html"),
        ("".join(" " * depth + "b:\n" for depth in range(1_000)), "a.yaml"),
        ("- " * 1_500 + "a", "a.yaml"),
        ("# x\n" * 20_000, "a.py"),
        ("def get():\n    return get()\n\n" * 2_000, "a.py"),
        ("function a(b){return b+1};" * 5_000, "a.js"),
        ("".join(" " * depth + "def f():\n" for depth in range(500)), "a.py"),
    ],
    ids=range(10),
)
def test_degenerate_text_ends(text: str, path: str) -> None:
    language = language_of(path)
    assert language
    source = Source(text, path)
    middle = Span(len(text) // 2, len(text) // 2)
    syntax = Syntax.parse(source, language)
    tags_of(syntax)
    assert collect(source, middle, tokens=500, language=language, syntax=syntax).tokens <= 500
