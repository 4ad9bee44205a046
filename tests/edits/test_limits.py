"""Where what happens to an answer becomes another thing: on either side of each limit, as the user sees it."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.edits import (
    Edit,
    NoChange,
    Refusal,
    Resolved,
    Rewrite,
    Unparsed,
    apply,
    linediff,
    parse_answer,
    resolve,
)
from grok_ls.edits.apply import _inside, _joined
from grok_ls.edits.linediff import changed_blocks
from grok_ls.text import Span
from tests.edits.answers import FUNCTION, fenced, made, refused

# -- how an answer is read ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("behind", ["", "\nReviewed-by: A <a@example.org>", "\n\n= end ="])
def test_the_signature_of_a_mailed_patch_and_what_follows_it_are_words(behind: str) -> None:
    answer = f"--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n x = 1\n-y = 2\n+y = 3\n--\n2.43.0{behind}"
    assert made("x = 1\ny = 2\n", answer) == "x = 1\ny = 3\n"
    parsed = parse_answer(answer)
    assert not isinstance(parsed, NoChange | Unparsed)
    assert len(parsed.roles) == len(answer.split("\n"))
    assert set(parsed.roles[6:]) == {"prose"}


@pytest.mark.parametrize("words", ["", "So.\n", "So.\nAnd then.\n"])
def test_an_edit_among_the_words_beside_hunks_is_named_by_its_line(words: str) -> None:
    answer = f"{words}```diff\n@@ @@\n-x = 1\n+x = 2\n```\nAnd this:\n-y = f(2)\n+y = f(3)\n"
    number = answer.split("\n").index("-y = f(2)") + 1
    assert f"line {number} " in refused("x = 1\ny = f(2)\n", answer).message


@pytest.mark.parametrize("words", ["", "So.\n", "So.\nAnd then.\n"])
def test_a_file_is_never_deleted_whatever_stands_above(words: str) -> None:
    answer = f"{words}```diff\n--- a/a.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x = 1\n```\n"
    assert "deletes the whole file" in refused("x = 1\ny = 2\n", answer).message


def test_code_that_speaks_of_a_deletion_deletes_nothing() -> None:
    line = "deleted file mode 100644"
    text = f'HELP = """\n{line}\n"""\nx = 1\n'
    answer = f'<<<<<<< SEARCH\n{line}\n"""\nx = 1\n=======\n{line}\n"""\nx = 2\n>>>>>>> REPLACE\n'
    assert made(text, answer) == text.replace("x = 1", "x = 2")


@pytest.mark.parametrize("words", ["", "So.\n", "So.\nAnd then.\n"])
def test_a_pair_whose_second_half_has_no_end_is_cut_where_that_begins(words: str) -> None:
    answer = f"{words}<old_str>\nx = 1\n</old_str>\n<new_str>\nx = 2\n"
    parsed = parse_answer(answer)
    assert isinstance(parsed, Unparsed)
    assert (parsed.code, parsed.line) == ("truncated_answer", answer.split("\n").index("<new_str>") + 1)


@pytest.mark.parametrize("words", ["", "So.\n", "So.\nAnd then.\n"])
def test_half_of_a_pair_beside_a_whole_one_is_named_by_its_line(words: str) -> None:
    answer = f"{words}<old_str>\nx = 1\n</old_str>\n<new_str>\nx = 2\n</new_str>\n\n<new_str>\ny = 3\n</new_str>\n"
    parsed = parse_answer(answer)
    assert isinstance(parsed, Unparsed)
    assert (parsed.code, parsed.line) == ("unmatched_edit", answer.count("\n") - 2)


@pytest.mark.parametrize(("end", "code"), [("", "truncated_answer"), ("}", None), ("}}", None)])
def test_json_is_cut_where_more_opens_than_closes(end: str, code: str | None) -> None:
    parsed = parse_answer('{"old_string": "x = 1", "new_string": "x = 2"' + end)
    assert (parsed.code if isinstance(parsed, Unparsed) else None) == code


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        (["@@ @@", "-x = 1", "+x = 2"], "diff"),
        (["@@ f", "-x = 1", "+x = 2"], "diff"),
        (["--- a.py", "+++ a.py", "-x = 1", "+x = 2"], "diff"),
        (["-x = 1", "+x = 2"], "diff"),
        ([" y = 1", "+x = 2"], "diff"),
        (["+x = 1", "+x = 2"], "rewrite"),
        ([" x = 1", " x = 2"], "rewrite"),
        (["-x", "-y"], "rewrite"),
        (["x = 1", "-y", "+y"], "rewrite"),
        (["x = 1", "@@ @@", "-y", "+y"], "rewrite"),
    ],
)
def test_a_fence_without_a_name_holds_a_diff_if_all_its_lines_are_of_one(lines: list[str], form: str) -> None:
    parsed = parse_answer(fenced("\n".join(lines), ""))
    assert not isinstance(parsed, NoChange | Unparsed)
    assert parsed.format == form


LABELLED = "Replace:\n\n```\n{}\n```\n\nwith:\n\n```\n{}\n```\n\n"


def test_two_pairs_under_labels_are_two_edits() -> None:
    answer = LABELLED.format("x = 1", "x = 2") + LABELLED.format("y = 1", "y = 2")
    assert made("x = 1\ny = 1\n", answer) == "x = 2\ny = 2\n"


def test_code_beside_a_pair_under_labels_is_not_left_out_in_silence() -> None:
    parsed = parse_answer(LABELLED.format("x = 1", "x = 2") + fenced("y = 2"))
    assert isinstance(parsed, Unparsed)
    assert parsed.code == "unmatched_edit"


@pytest.mark.parametrize("info", ["python src/a.py", "src/a.py", 'py title="src/a.py"', "python:src/a.py"])
def test_the_file_that_a_fence_names_is_known(info: str) -> None:
    parsed = parse_answer(fenced(FUNCTION, info))
    assert not isinstance(parsed, NoChange | Unparsed)
    assert [code.path for code in parsed.rewrites] == ["src/a.py"]


@pytest.mark.parametrize("info", ["diff", "diff README.md", "diff title=README.md"])
def test_a_fence_within_a_patch_of_a_readme_does_not_end_it(info: str) -> None:
    answer = f"```{info}\n ```\n-pip install one\n+pip install two\n ```\n```\n"
    assert made("```\npip install one\n```\n", answer, "README.md") == "```\npip install two\n```\n"


@pytest.mark.parametrize(("last", "is_file"), [("EOF", True), ("echo done", False), ("END", False)])
def test_a_command_that_writes_a_file_ends_at_its_word(last: str, is_file: bool) -> None:
    parsed = parse_answer(fenced(f"cat > a.py <<'EOF'\nx = 2\n{last}", "bash"))
    assert not isinstance(parsed, NoChange | Unparsed)
    (code,) = parsed.rewrites
    assert code == (Rewrite(("x = 2",), "", "a.py", 3) if is_file else Rewrite(code.lines, "bash", "", 2))


@pytest.mark.parametrize(
    ("end", "cut"), [("", True), ("ute", False), ("ute(", False), ("ute(x,", False), ("ute(x, 2)", False)]
)
def test_a_line_that_stops_within_a_word_of_the_one_it_replaces_is_cut(end: str, cut: bool) -> None:
    answer = f"--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-value = compute(x)\n+value = comp{end}"
    result = resolve("value = compute(x)\n", answer)
    assert isinstance(result, Refusal) is cut, result
    assert cut is (isinstance(result, Refusal) and result.code == "truncated_answer")


# -- where a hunk goes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", range(2, 9))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_line_number_beats_spacing(at: int, count: int) -> None:
    """The lines stand at the top as they are quoted, and with other spacing where the header says."""
    old = ["x = 1", "y = 2", "z = 3"][:count]
    gap = [f"between_{number}()" for number in range(at)]
    lines = [*old, *gap, *(line.replace(" = ", "  = ") for line in old), "end()"]
    start = count + at + 1
    diff = "\n".join([f"@@ -{start},{count} +{start},1 @@", *(f"-{line}" for line in old), "+w = 4"])
    want = [*old, *gap, "w = 4", "end()"]
    assert made("\n".join(lines) + "\n", fenced(diff, "diff")).split("\n")[:-1] == want


@pytest.mark.parametrize("which", [0, 1, 23, 24, 30, 39])
def test_of_many_places_the_one_with_most_of_its_lines_is_found(which: int) -> None:
    lines = [
        line
        for number in range(40)
        for line in (f"first({number})", f"second({number})", "same()", f"third({number})", "}")
    ]
    diff = f"@@ @@\n first({which})\n second({which})\n-same()\n+other()\n third({which})\n nobody_knows_this()"
    at = 5 * which + 2
    want = [*lines[:at], "other()", *lines[at + 1 :]]
    assert made("\n".join(lines) + "\n", fenced(diff, "diff")) == "\n".join(want) + "\n"


@pytest.mark.parametrize("end", ["below", "above"])
def test_of_many_places_one_at_the_end_of_the_file_is_found(end: str) -> None:
    """The answer quotes more lines than the file has there."""

    def word(number: int) -> str:
        return "".join(random.Random(number).choices(string.ascii_lowercase, k=12))

    lines = [line for at in range(40) for line in ("{", f"{word(at)}()", "same()", f"{word(-at)}[1]", "}")]
    lines = lines[:-2] if end == "below" else lines[2:]
    at = len(lines) - 1 if end == "below" else 0
    number = 39 if end == "below" else 0
    diff = f"@@ @@\n {{\n {word(number)}()\n-same()\n+other()\n {word(-number)}[1]\n }}"
    want = [*lines[:at], "other()", *lines[at + 1 :]]
    assert made("\n".join(lines) + "\n", fenced(diff, "diff")) == "\n".join(want) + "\n"


@pytest.mark.parametrize("above", [0, 1, 2])
@pytest.mark.parametrize("blanks", [0, 1, 2])
def test_blank_lines_that_the_answer_leaves_out_between_two_removed_ones_stay(above: int, blanks: int) -> None:
    context = [f"above_{number}()" for number in range(above)]
    text = "\n".join([*context, "first()", *[""] * blanks, "second()", "end()"]) + "\n"
    diff = "\n".join([*(f" {line}" for line in context), "-first()", "+other()", "-second()", " end()"])
    want = "\n".join([*context, "other()", *[""] * blanks, "end()"]) + "\n"
    assert made(text, fenced(diff, "diff")) == want


TWO = "def a():\n    x = 1\n\n\ndef b():\n    y = 2\n"


@pytest.mark.parametrize(
    ("added", "want"),
    [
        (["    z = 3"], "    x = 1\n    z = 3\n\n\ndef b"),
        (["    if x:", "    z = 3"], "    x = 1\n    if x:\n    z = 3\n\n\ndef b"),
        (["@cached"], "\n\n@cached\ndef b"),
        (["# of b"], "\n\n# of b\ndef b"),
        (["", "z = 3"], "    x = 1\n\nz = 3\n\n\ndef b"),
        (["z = 3", ""], "\n\n\nz = 3\n\ndef b"),
    ],
)
def test_added_lines_beside_blank_ones_that_the_answer_leaves_out_go_to_their_like(added: list[str], want: str) -> None:
    diff = "\n".join([" def a():", "     x = 1", *(f"+{line}" for line in added), " def b():", "     y = 2"])
    assert want in made(TWO, fenced(diff, "diff"))


@pytest.mark.parametrize("added", [["    if x:", "        z = 3"], ["z = 3"], ["  # of whom"]])
def test_added_lines_that_may_stand_on_either_side_of_blank_ones_are_refused(added: list[str]) -> None:
    diff = "\n".join([" def a():", "     x = 1", *(f"+{line}" for line in added), " def b():", "     y = 2"])
    refused(TWO, fenced(diff, "diff"))


def test_a_line_that_was_shown_in_part_says_nothing_of_the_place() -> None:
    text = "VALUES = 'one two three four five six seven eight nine'\nx = 1\n"
    assert made(text, fenced("@@ @@\n VALU⋮\n-x = 1\n+x = 2", "diff")) == text.replace("x = 1", "x = 2")


def test_words_behind_an_open_diff_are_no_part_of_it_unless_the_file_has_them() -> None:
    text = "x = 1\ny = 2\n\nThat is all there is.\nz = 3\n"
    diff = "--- a/a.py\n+++ b/a.py\n@@ @@\n-x = 1\n+x = 2\n y = 2\n"
    want = text.replace("x = 1", "x = 2")
    for words in ("\nThis makes it work again.\n", "\nThat is all there is.\n", ""):
        assert made(text, diff + words) == want
    # Its header counts the line, so it is one.
    counted = diff.replace("@@ @@", "@@ -1,4 +1,4 @@")
    assert made(text, f"{counted}\nThat is all there is.\n") == want


@pytest.mark.parametrize(("first", "second"), [(20, 40), (20, 60), (40, 60)])
def test_parts_of_a_hunk_that_skips_lines_keep_their_order(first: int, second: int) -> None:
    """Only what stands around it says which of the equal lines is meant: it comes below the one, or above the other."""
    text = repeated(20, 40, 60)
    lines = text.split("\n")
    above, below = lines[first], lines[second - 2]
    diff = fenced(f"@@ @@\n-{above}\n+done()\n ...\n-same(line)\n+other(line)\n ...\n {below}", "diff")
    result = resolve(text, diff)
    between = [place for place in (20, 40, 60) if first + 1 < place < second - 1]
    if len(between) == 1:
        assert isinstance(result, Resolved)
        assert result.text == changed(text, between[0]).replace(above, "done()", 1)
    else:
        assert isinstance(result, Refusal)


# -- how it is indented -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrote", "has"),
    [(8, 2), (8, 3), (4, 2), (3, 2), (4, 3), (3, 4), (2, 3), (2, 4), (3, 8), (2, 8)],
)
def test_another_width_of_indentation_is_the_files(wrote: int, has: int) -> None:
    def code(width: int) -> list[str]:
        return ["def f():", " " * width + "if x:", 2 * width * " " + "go()", " " * width + "end()"]

    def deeper(width: int) -> list[str]:
        return [2 * width * " " + "if y:", 3 * width * " " + "stop()"]

    old, true = code(wrote), code(has)
    diff = [f" {old[0]}", f" {old[1]}", f"-{old[2]}", *(f"+{line}" for line in deeper(wrote)), f" {old[3]}"]
    want = [*true[:2], *deeper(has), true[3]]
    assert made("\n".join(true) + "\n", fenced("\n".join(diff), "diff")) == "\n".join(want) + "\n"


@pytest.mark.parametrize("width", [2, 3, 4, 8])
@pytest.mark.parametrize("tabs", [True, False])
def test_tabs_for_blanks_and_blanks_for_tabs_are_the_files(width: int, tabs: bool) -> None:
    def code(unit: str, deeper: bool) -> list[str]:
        body = [unit + "if x:", 2 * unit + "go()"]
        return [*body, 2 * unit + "if y:", 3 * unit + "stop()"] if deeper else body

    wrote, has = (" " * width, "\t") if tabs else ("\t", " " * width)
    old = code(wrote, False)
    diff = [
        "@@ @@",
        " def f():",
        *(f"-{line}" for line in old),
        *(f"+{line}" for line in code(wrote, True)),
        f" {wrote}end()",
    ]
    text = "\n".join(["def f():", *code(has, False), has + "end()", ""])
    want = "\n".join(["def f():", *code(has, True), has + "end()", ""])
    assert made(text, fenced("\n".join(diff), "diff")) == want


def test_a_form_feed_says_nothing_of_the_indentation() -> None:
    text = "\fclass A:\n    def f(self):\n        go()\n    x = 1\n"
    diff = " class A:\n   def f(self):\n-    go()\n+    stop()\n   x = 1"
    assert made(text, fenced(diff, "diff")) == text.replace("go()", "stop()")


# -- code that leaves lines out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blanks", [0, 1, 2])
@pytest.mark.parametrize("above", [0, 1])
def test_blank_lines_beside_an_elision_are_not_put_in(blanks: int, above: int) -> None:
    lines = [
        "def f(x):",
        *[""] * above,
        "    # ... existing code ...",
        *[""] * blanks,
        "    b = two(a)",
        "",
        "    return b + 1",
    ]
    assert made(FUNCTION, fenced("\n".join(lines))) == FUNCTION.replace("return b", "return b + 1")


def test_dots_above_code_of_their_depth_stand_for_lines_below_a_changed_head() -> None:
    code = "def f(x, y):\n    ...\n    return b"
    assert made(FUNCTION, fenced(code)) == FUNCTION.replace("def f(x)", "def f(x, y)")


def test_dots_that_are_the_whole_of_a_new_body_are_code() -> None:
    text = "class A:\n    x = 1\n\n    def f(self):\n        return 1\n"
    code = "class A:\n    x = 1\n\n    def f(self):\n        return 1\n\n    def g(self):\n        ..."
    assert made(text, fenced(code)) == text + "\n    def g(self):\n        ...\n"


# -- several edits ------------------------------------------------------------------------------------------------------------------


def test_every_hunk_of_a_later_answer_wins_over_what_was_accepted() -> None:
    text = "a = 1\nb = 2\nc = 3\n"
    first = parse_answer(fenced("@@ @@\n-c = 3\n+c = 30", "diff"))
    assert not isinstance(first, NoChange | Unparsed)
    later = fenced("@@ @@\n-a = 1\n+a = 10", "diff") + "\n" + fenced("@@ @@\n-c = 3\n+c = 31", "diff")
    result = resolve(text, later, accepted=first.hunks)
    assert isinstance(result, Resolved)
    assert result.text == "a = 10\nb = 2\nc = 31\n"


@given(st.text(st.sampled_from("ab\u0301\u200d\r\n"), max_size=14), st.data())
def test_no_edit_ends_within_what_a_reader_takes_for_one_character(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6, unique=len(text) > 6)))
    edits = [
        Edit(Span(start, end), data.draw(st.sampled_from(["", "x", "y\u0301", "\n"])))
        for start, end in zip(places[::2], places[1::2], strict=True)
        if start < end
    ]
    joined = _joined(text, edits)
    assert apply(text, joined) == apply(text, edits)
    assert not any(at and _inside(text, at) for edit in joined for at in (edit.span.start, edit.span.end))


@pytest.mark.parametrize(("most", "blocks"), [(11, 1), (12, 2), (40, 2)])
def test_a_block_is_compared_line_by_line_up_to_its_limit(
    most: int, blocks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linediff, "_PAIRS", most)
    monkeypatch.setattr(linediff, "_anchors", lambda *_: [])
    head, foot = ["h"] * 7, ["f"] * 3
    found = changed_blocks([*head, "a", "x", "b", *foot], [*head, "c", "x", "d", "e", *foot])
    assert len(found) == blocks


# -- equal places -------------------------------------------------------------------------------------------------------------------


def repeated(*at: int) -> str:
    """A hundred lines; those at ``at`` (from 1) are equal."""
    return "\n".join("same(line)" if number in at else f"line_{number}()" for number in range(1, 101)) + "\n"


def changed(text: str, line: int) -> str:
    lines = text.split("\n")
    lines[line - 1] = "other(line)"
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("places", "number", "meant"),
    [
        ((10, 50), 10, 10),
        ((10, 50), 50, 50),
        # A few lines off, and the other one far away.
        ((10, 50), 5, 10),
        ((10, 50), 14, 10),
        ((10, 55), 15, 10),
        ((10, 90), 85, 90),
        ((10, 50), 4, None),
        ((10, 50), 16, None),
        # Near, but so is the other.
        ((10, 50), 30, None),
        ((10, 28), 9, None),
        ((10, 29), 9, 10),
        ((10, 50), 15, None),
        ((10, 30), 11, None),
        ((10, 31), 11, 10),
        ((10, 22), 12, None),
        ((10, 45), 14, None),
        ((10, 46), 14, 10),
        ((10, 14), 12, None),
    ],
)
def test_a_line_number_decides_if_it_is_near_one_place_and_far_from_the_other(
    places: tuple[int, int], number: int, meant: int | None
) -> None:
    text = repeated(*places)
    diff = fenced(f"@@ -{number},1 +{number},1 @@\n-same(line)\n+other(line)", "diff")
    if meant is None:
        assert refused(text, diff).code == "ambiguous_edit"
    else:
        assert made(text, diff) == changed(text, meant)


@pytest.mark.parametrize(
    ("before", "after", "meant"),
    [
        (5, 25, 20),
        (25, 45, 40),
        (45, 65, 60),
        (5, 45, None),
        (5, None, None),
        (None, 25, 20),
        (45, None, 60),
        (None, None, None),
    ],
)
def test_a_hunk_between_two_others_goes_between_their_places(
    before: int | None, after: int | None, meant: int | None
) -> None:
    text = repeated(20, 40, 60)
    sure = {number: f"@@ @@\n-line_{number}()\n+done_{number}()" for number in (before, after) if number}
    hunks = [sure[before]] if before else []
    hunks += ["@@ @@\n-same(line)\n+other(line)", *([sure[after]] if after else [])]
    answer = fenced("\n".join(hunks), "diff")
    if meant is None:
        assert refused(text, answer).code == "ambiguous_edit"
    else:
        want = changed(text, meant)
        for number in sure:
            want = want.replace(f"line_{number}()", f"done_{number}()")
        assert made(text, answer) == want


@pytest.mark.parametrize("offset", [0, 3, -2])
def test_a_selection_decides_between_equal_places(offset: int) -> None:
    text = repeated(20, 40)
    for place in (20, 40):
        start = len("".join(text.splitlines(keepends=True)[: place - 1]))
        region = Span(start + min(offset, 0), start + (len("same(line)") if offset == 0 else 1))
        result = resolve(text, fenced("@@ @@\n-same(line)\n+other(line)", "diff"), region=region)
        if offset < 0:
            # It ends in the line and begins above it.
            assert isinstance(result, Resolved)
        assert isinstance(result, Resolved)
        assert result.text == changed(text, place)


@pytest.mark.parametrize(
    ("start", "end", "meant"),
    [(0, 10, None), (19, 20, 20), (18, 19, None), (20, 21, None), (18, 22, 20), (10, 50, None)],
)
def test_only_a_selection_that_has_a_line_of_one_place_decides(start: int, end: int, meant: int | None) -> None:
    """Lines ``start:end`` (from 0) are selected."""
    text = repeated(20, 40)
    lines = text.splitlines(keepends=True)
    region = Span(len("".join(lines[:start])), len("".join(lines[:end])))
    result = resolve(text, fenced("@@ @@\n-same(line)\n+other(line)", "diff"), region=region)
    assert (result.text if isinstance(result, Resolved) else None) == (changed(text, meant) if meant else None)


HEADED = "\n".join(
    f"class {name}:\n    def run(self):\n        same(line)\n        go()\n" for name in ("One", "Two", "Three")
)


@pytest.mark.parametrize("name", ["One", "Two", "Three"])
@pytest.mark.parametrize("headings", [["class {}:"], ["class {}:", "def run(self):"], ["class {}:\n@@ def run(self):"]])
def test_headings_say_which_of_equal_places_is_meant(name: str, headings: list[str]) -> None:
    heads = "\n".join(f"@@ {heading.format(name)}" for heading in headings)
    diff = fenced(f"{heads}\n-        same(line)\n+        other(line)", "diff")
    at = HEADED.index("same", HEADED.index(f"class {name}:"))
    assert made(HEADED, diff) == HEADED[:at] + "other" + HEADED[at + 4 :]


# -- edits without any form, and parts of lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "is_edit"), [("a = b(1)", True), ("a = b(", False), ("abcdefgh", True), ("abcdefg", False)]
)
def test_a_bare_change_must_quote_something_that_tells(line: str, is_edit: bool) -> None:
    result = resolve(f"{line}\nx\n", f"Change it:\n\n-{line}\n+other\n\nDone.\n")
    assert isinstance(result, Resolved) is is_edit


@pytest.mark.parametrize(("around", "is_edit"), [(0, False), (1, False), (2, True), (3, True)])
@pytest.mark.parametrize("sign", ["-", "+"])
def test_what_is_only_added_or_taken_away_without_form_needs_two_lines_beside_it(
    around: int, is_edit: bool, sign: str
) -> None:
    lines = ["first_line()", "second_line()", "third_line()", "fourth_line()"]
    said = [*(f" {line}" for line in lines[:around]), f"{sign}{lines[around] if sign == '-' else 'new_line()'}"]
    result = resolve("\n".join(lines) + "\n", "\n".join(["Do this:", "", *said, "", "Done."]))
    assert isinstance(result, Resolved) is is_edit


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        ("two", "2", "value = one(2, three)\n"),
        ("value", "result", "result = one(two, three)\n"),
        ("three)", "3)", "value = one(two, 3)\n"),
        ("wo,", "2", None),
        ("one(", "1(", "value = 1(two, three)\n"),
        ("e)", "2", None),
        (" = ", " == ", None),
        ("= one", "== one", "value == one(two, three)\n"),
    ],
)
def test_a_search_within_a_line_is_whole_words_and_long_enough(old: str, new: str, want: str | None) -> None:
    result = resolve("value = one(two, three)\n", f"<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE\n")
    assert (result.text if isinstance(result, Resolved) else None) == want
