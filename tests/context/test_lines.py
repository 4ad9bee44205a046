import pytest

from grok_ls.context.lines import enclosing_by_lines, indentation, looks_like_head
from grok_ls.text import Source, Span


def found(text: str, needle: str) -> str | None:
    start = text.index(needle)
    span = enclosing_by_lines(Source(text), Span(start, start))
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    "line",
    [
        "def f(x):",
        "    async def f(self):",
        "class A(B):",
        "export default class A {",
        "function f(a, b) {",
        "const f = async (x) => {",
        "const f = function () {",
        "  handle(event) {",
        "public static void main(String[] args) {",
        "int main(int argc, char **argv)",
        "static inline const char *name(struct x *y) {",
        "func (s *Server) Handle(w http.ResponseWriter) error {",
        "pub(crate) async fn go<T>(x: T) -> Result<T> {",
        "impl<T> Shape for Box<T> {",
        "sub greet {",
        "defmodule App.Thing do",
        "  defp helper(x), do: x",
        "fun <T> area(x: T): Int {",
        "template<> void Box<int>::go() {",
    ],
)
def test_first_lines_of_definitions_are_recognised(line: str) -> None:
    assert looks_like_head(line)


@pytest.mark.parametrize(
    "line",
    [
        "    if (x) {",
        "for (int i = 0; i < n; i++) {",
        "    while (true) {",
        "    return f(x)",
        "  } else if (a) {",
        "    x = f(y)",
        "    call(a, b)",
        "    with open(x) as f:",
        "switch (x) {",
        "import { a } from 'b';",
        "",
        "    # def",
        "classify = 1",
        "x" * 100_000,
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert not looks_like_head(line)


def test_definition_ends_before_the_next_line_indented_as_little() -> None:
    text = "def a():\n    x = 1\n\n    y = 2\n\n\nz = 3\n"
    assert found(text, "y = 2") == "def a():\n    x = 1\n\n    y = 2"
    assert found(text, "z = 3") is None


def test_brace_below_the_head_and_closing_brace_belong_to_it() -> None:
    text = "int area(int x)\n{\n    return x;\n}\n\nint y;\n"
    assert found(text, "return x") == "int area(int x)\n{\n    return x;\n}"


def test_head_over_several_lines() -> None:
    text = "def f(\n    a,\n    b,\n):\n    return a\n\nx = 1\n"
    assert found(text, "return a") == "def f(\n    a,\n    b,\n):\n    return a"


def test_ruby_ends_with_end() -> None:
    text = "class A\n  def f\n    1\n  end\n\n  def g\n    2\n  end\nend\n"
    assert found(text, "2") == "  def g\n    2\n  end"


def test_line_between_definitions_is_in_the_outer_one() -> None:
    text = "class A:\n    def f(self):\n        return 1\n\n    limit = 3\n"
    assert found(text, "limit") == text.rstrip()


def test_tabs_count_to_the_next_stop() -> None:
    assert indentation("\tx") == 4
    assert indentation("  \tx") == 4
    assert indentation(" \t") is None
    assert (
        found("func f() {\n\tif x {\n\t\treturn 1\n\t}\n}\n", "return 1")
        == "func f() {\n\tif x {\n\t\treturn 1\n\t}\n}"
    )


def test_carriage_returns_alone_end_lines() -> None:
    assert found("def f():\r    return 1\rx = 2\r", "return") == "def f():\r    return 1"


def test_empty_text_has_no_definition() -> None:
    assert enclosing_by_lines(Source(""), Span(0, 0)) is None
