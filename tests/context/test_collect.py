import ast

from hypothesis import given
from hypothesis import strategies as st

from grok_ls.context.collect import ELISION, Piece, collect, is_elision
from grok_ls.context.languages import language_of
from grok_ls.context.tokens import tokens_of, weighed
from grok_ls.text import Finding, Place, Source, Span

PYTHON = language_of("a.py")


def module(functions: int = 60) -> str:
    """A module that is too long to be shown whole: each function calls the one after the next."""
    parts = ['"""A module."""', "import os", "import re", "", "LIMIT = 10", ""]
    for number in range(functions):
        parts += [
            f"def step_{number}(value):",
            f'    """Do step {number}."""',
            *(f"    value = value + {line}  # padding that costs tokens in step {number}" for line in range(12)),
            f"    return step_{number + 2}(value)"
            if number + 2 < functions
            else "    return re.sub('a', 'b', value) + LIMIT",
            "",
        ]
    return "\n".join(parts)


def at(text: str, needle: str) -> Span:
    start = text.index(needle)
    return Span(start, start)


def test_small_document_is_shown_whole() -> None:
    context = collect(Source("x = 1\ny = 2\n", "a.py"), Span(0, 0), tokens=1000, language=PYTHON)
    assert context.whole
    assert context.pieces == (Piece("a.py", 1, 3, "x = 1\ny = 2\n"),)


def test_enclosing_definition_is_whole_and_what_it_calls_is_there() -> None:
    text = module()
    context = collect(Source(text, "a.py"), at(text, "return step_32"), tokens=2000, language=PYTHON)
    shown = context.text
    assert not context.whole
    body = text[text.index("def step_30") : text.index("def step_31")].rstrip()
    assert body in shown
    assert 'def step_32(value):\n    """Do step 32."""' in shown
    assert "return step_30(value)" in shown, "the caller"
    assert "padding that costs tokens in step 50" not in shown


def test_only_imports_that_are_used_come_before_other_help() -> None:
    text = module()
    context = collect(Source(text, "a.py"), at(text, "re.sub"), tokens=700, language=PYTHON)
    assert "import re" in context.text
    assert "LIMIT = 10" in context.text


def test_left_out_lines_are_marked_with_their_number() -> None:
    text = module()
    context = collect(Source(text, "a.py"), at(text, "return step_32"), tokens=2000, language=PYTHON)
    lines = context.text.split("\n")
    shown = sum(piece.last_line - piece.first_line + 1 for piece in context.pieces)
    hidden = sum(int(line.split()[1]) for line in lines if is_elision(line))
    assert shown + hidden == Source(text).line_count


def test_definition_larger_than_the_allowance_leaves_the_lines_around_the_place() -> None:
    text = "def big():\n" + "".join(f"    call_{n}()\n" for n in range(5000))
    context = collect(Source(text, "a.py"), at(text, "call_2500()"), tokens=300, language=PYTHON)
    assert "call_2500()" in context.text
    assert "call_2499()" in context.text
    assert "call_2501()" in context.text
    assert "def big():" in context.text
    assert context.tokens <= 300


def test_line_longer_than_the_allowance_is_cut_around_the_place() -> None:
    text = "a" * 50_000 + "HERE" + "b" * 50_000
    context = collect(Source(text, "a.min.js"), at(text, "HERE"), tokens=200, language=language_of("a.js"))
    assert "HERE" in context.text
    assert context.tokens <= 200
    assert context.pieces[0].cut
    assert ELISION in context.text


def test_finding_elsewhere_in_the_file_is_shown() -> None:
    text = module()
    finding = Finding(at(text, "def step_5("), "bad")
    context = collect(
        Source(text, "a.py"), at(text, "return step_32"), findings=[finding], tokens=2000, language=PYTHON
    )
    assert "def step_5(" in context.text


def test_pieces_of_other_files_come_last_and_say_where_they_are_from() -> None:
    text = module()
    other = Piece("lib/other.py", 10, 11, "def helper():\n    ...")
    context = collect(Source(text, "a.py"), at(text, "return step_32"), tokens=2000, language=PYTHON, others=[other])
    assert context.text.startswith("File: a.py\n")
    assert context.text.endswith(
        f" lines not shown\n\nFile: lib/other.py\n{ELISION} 9 lines not shown\ndef helper():\n    ..."
    )


def test_unknown_language_is_shown_by_lines() -> None:
    text = "".join(f"line {n}\n" for n in range(5000))
    context = collect(Source(text, "a.unknown"), at(text, "line 2500\n"), tokens=500, language=None)
    assert "line 2500" in context.text
    assert 300 < weighed(context.text).likely <= 500


@given(
    text=st.text(alphabet=st.sampled_from("a (){}:=\n\r\tdef clas'\"#é😀\u2028\0\ud800\f"), max_size=400),
    start=st.integers(0, 400),
    length=st.integers(0, 400),
    tokens=st.integers(0, 200),
)
def test_never_more_tokens_than_allowed_and_every_piece_is_of_the_file(
    text: str, start: int, length: int, tokens: int
) -> None:
    source = Source(text, "a.py")
    context = collect(source, Span(start, start + length), tokens=tokens, language=PYTHON)
    assert context.tokens == tokens_of(context.text) <= tokens
    for piece in context.pieces:
        if piece.cut:
            assert piece.text in source.line_text(piece.first_line - 1)
        else:
            lines = [source.line_text(line) for line in range(piece.first_line - 1, piece.last_line)]
            assert piece.text == "\n".join(lines)


def test_python_in_a_skeleton_is_cut_at_whole_lines() -> None:
    text = module()
    context = collect(Source(text, "a.py"), at(text, "return step_32"), tokens=12000, language=PYTHON)
    whole = next(piece for piece in context.pieces if "def step_30" in piece.text)
    ast.parse(whole.text)


def test_blank_lines_are_no_reason_for_a_mark() -> None:
    text = module()
    context = collect(Source(text, "a.py"), at(text, "return step_32"), tokens=2000, language=PYTHON)
    assert f"{ELISION} 1 line not shown" not in context.text


def test_the_code_that_a_diagnostic_points_to_is_shown() -> None:
    text = module()
    far = at(text, "def step_50")
    finding = Finding(
        at(text, "return step_2(value)"), "defined twice", places=(Place("first here", "a.py", 1, 1, far),)
    )
    shown = collect(Source(text, "a.py"), finding.span, findings=(finding,), tokens=2000, language=PYTHON).text
    assert text[far.start : text.index("def step_51")].rstrip() in shown
    by_lines = collect(Source(text, "a.x"), finding.span, findings=(finding,), tokens=2000, language=None).text
    assert "def step_50" in by_lines


def test_numbers_take_more_of_the_allowance_than_words() -> None:
    text = "".join(f"    {number * 7919 % 99991}, {number * 104729 % 999983},\n" for number in range(4000))
    context = collect(Source(text, "a.csv"), at(text, "    7919,"), tokens=2000, language=None)
    assert 500 < weighed(context.text).likely <= 2000
