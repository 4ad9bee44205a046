"""Values of several lines that come back at another indentation than they were taken from."""

from __future__ import annotations

import base64
import random
import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grok_ls.redaction.indentation import put, taken
from grok_ls.redaction.redact import Redacted, Vocabulary, redact
from grok_ls.redaction.vocabulary import StreamRestorer

SEED = b"0123456789abcdef"
_BODY = base64.b64encode(random.Random(4).randbytes(210)).decode()
_NAME = "RSA PRIVATE KEY"
LINES = [f"-----BEGIN {_NAME}-----", *textwrap.wrap(_BODY, 64), f"-----END {_NAME}-----"]


def key(margin: str, end: str = "\n") -> str:
    return end.join(margin + line for line in LINES)


def one(text: str, path: str = "deploy.yaml") -> tuple[Redacted, str]:
    redacted = redact(text, Vocabulary(SEED), path=path)
    (word,) = redacted.placeholders
    assert "\n" not in word
    assert redacted.restore(redacted.text) == text
    return redacted, word


@given(st.text(alphabet="ab \t\r\n#*\"'+-", max_size=60), st.text(alphabet=" \t#*/k=\"'-+>", max_size=8))
@example("a\n\n  b", "  ")
@example("a\n  \n    b\n", "    ")
@example("a\r\n    \r\n    b", "    ")
@example("a\n#\n# b\n", "# ")
def test_a_value_comes_back_exactly_where_it_was_found(value: str, lead: str) -> None:
    assert put(taken(value, lead), lead) == value


@given(
    st.lists(st.text(alphabet="ab \t\"#'", max_size=6), min_size=1, max_size=6),
    st.lists(st.sampled_from([" ", "    ", "\t", "# ", "// ", '"', "x: "]), max_size=3).map("".join),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_way_there_and_back_is_exact_whatever_stands_around(lines: list[str], lead: str, end: str) -> None:
    text = end.join([f"first{end}{lead}{LINES[0]}", *(lead + line for line in [*LINES[1:-1], *lines, LINES[-1]]), "x"])
    redacted = redact(text, Vocabulary(SEED))
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("old", ["  ", "    ", "      ", "\t"])
@pytest.mark.parametrize("new", ["", "  ", "    ", "            ", "\t\t"])
def test_a_key_in_a_block_is_indented_as_its_word_is(old: str, new: str, end: str) -> None:
    redacted, word = one(f"data:{end}{old[1:]}key: |{end}{key(old, end)}{end}other: 1{end}")
    assert redacted.restore(f"moved: |{end}{new}{word}{end}") == f"moved: |{end}{key(new, end)}{end}"


def test_a_key_at_several_indentations_is_one_word() -> None:
    redacted, word = one(f"a:\n  key: |\n{key('    ')}\nb:\n  c:\n    key: |\n{key('      ')}\n")
    assert redacted.text.count(word) == 2
    later = redact(f'KEY = """{key("")}"""\n', Vocabulary(SEED))
    assert later.text == f'KEY = """{word}"""\n'


def test_lines_of_a_string_that_begin_at_the_margin_stay_there() -> None:
    redacted, word = one(f'class A:\n    KEY = """{key("")}"""\n', "a.py")
    assert redacted.restore(f'        KEY = """{word}"""') == f'        KEY = """{key("")}"""'


def test_blanks_within_a_template_string_are_part_of_the_value() -> None:
    text = f"const k = `{LINES[0]}\n" + "\n".join("   " + line for line in LINES[1:]) + "`;\n"
    redacted, _ = one(text, "a.js")
    assert redacted.restore("    " + redacted.text) == "    " + text


def test_a_key_of_a_string_goes_into_a_block_and_back() -> None:
    redacted, word = one(f'KEY = """{key("")}"""\n', "a.py")
    assert redacted.restore(f"key: |\n    {word}\n") == f"key: |\n{key('    ')}\n"
    redacted, word = one(f"key: |\n{key('    ')}\n")
    assert redacted.restore(f'KEY = """{word}"""\n') == f'KEY = """{key("")}"""\n'


@pytest.mark.parametrize(
    ("quote", "join", "lead"), [('"', "", "key = ("), ("'", " +", "const key = "), ('"', " .", "")]
)
def test_the_pieces_of_a_joined_string_move_together(quote: str, join: str, lead: str) -> None:
    pieces = f"\\n{quote}{join}\n    ".join(quote + line for line in LINES) + quote
    text = f"{lead}\n    {pieces}\n" if lead.endswith("(") else f"    {lead}{pieces};\n"
    redacted, _ = one(text, "a.js")
    assert redacted.restore(textwrap.indent(redacted.text, "  ")) == textwrap.indent(text, "  ")
    assert redacted.restore(textwrap.dedent(redacted.text)) == textwrap.dedent(text)


def test_a_comment_becomes_code_and_other_comments() -> None:
    redacted, word = one(f"x = 1\n    # {key('    # ')[6:]}\n", "a.py")
    assert redacted.restore(f"# {word}\n") == key("# ") + "\n"
    assert redacted.restore(f"  // {word}\n") == key("  // ") + "\n"
    assert redacted.restore(f"  key: |\n    {word}\n") == f"  key: |\n{key('    ')}\n"


@pytest.mark.parametrize("sign", ["# ", "    # ", "// ", "-- "])
def test_a_literal_that_is_commented_out_is_in_all_its_lines_and_back(sign: str) -> None:
    for text in (f'KEY = """{key("")}"""\n', "k = (\n    " + "\n    ".join(f'"{line}\\n"' for line in LINES) + "\n)\n"):
        redacted, _ = one(text, "a.py")
        out = "".join(sign + line for line in redacted.text.splitlines(keepends=True))
        commented = "".join(sign + line for line in text.splitlines(keepends=True))
        assert redacted.restore(out) == commented
        again, _ = one(commented, "a.py")
        assert again.restore("".join(line.removeprefix(sign) for line in again.text.splitlines(keepends=True))) == text


def test_what_stands_behind_the_value_in_its_last_line_stays_there() -> None:
    redacted, word = one(f'k = dedent("""\n    {key("    ")[4:]}""").strip()  # the key\n', "a.py")
    expected = f'k = dedent("""\n  {key("  ")[2:]}""")\n'
    assert redacted.restore(f'k = dedent("""\n  {word}""")\n') == expected


def test_a_block_with_an_indentation_indicator_keeps_its_own_blanks() -> None:
    # Two blanks of each line are text.
    redacted, word = one(f"key: |2\n{key('    ')}\n")
    assert redacted.restore(f"a:\n  key: |2\n      {word}\n") == f"a:\n  key: |2\n{key('      ')}\n"


def test_a_first_line_that_hangs_over_moves_with_the_rest() -> None:
    rest = "\n".join("    " + line for line in LINES[1:])
    redacted, word = one(f"key: |2\n      {LINES[0]}\n{rest}\n")
    deeper = "\n".join("      " + line for line in LINES[1:])
    assert redacted.restore(f"a:\n  key: |2\n        {word}\n") == f"a:\n  key: |2\n        {LINES[0]}\n{deeper}\n"
    assert redacted.restore(f"key: {word}\n").startswith(f"key: {LINES[0]}\n")


@pytest.mark.parametrize("cut", [slice(1, None), slice(1, -1)])
@pytest.mark.parametrize("sign", ["    ", '    "', "    # "])
def test_a_key_without_its_head_leaves_the_lines_around_as_they_are(cut: slice, sign: str) -> None:
    close = '"' if sign.endswith('"') else ""
    body = [f"{sign}{line}{close}" for line in LINES[cut] if len(line) == 64 or "END" in line]
    redacted, word = one("\n".join([*body, "rest: 1", ""]))
    assert redacted.text == f"{sign}{word}{close}\nrest: 1\n"
    moved = redacted.restore(redacted.text.replace("    ", "  "))
    assert moved == "\n".join([*(line[2:] for line in body), "rest: 1", ""])


def test_a_stream_indents_a_key_like_the_whole() -> None:
    vocabulary = Vocabulary(SEED)
    clean = redact(f"key: |\n{key('    ')}\n", vocabulary).text
    answer = f" a:\n+  {clean.splitlines()[1]}\n"
    for size in (1, 3, 7, 50):
        stream = StreamRestorer(vocabulary)
        shown = "".join(stream.feed(answer[at : at + size]) for at in range(0, len(answer), size)) + stream.finish()
        assert shown == vocabulary.restored(answer).text == f" a:\n{key('+      ')}\n"
