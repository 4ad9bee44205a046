"""What the fourth corpus found (``tests/benchmarks/edits/fourth``), one test each."""

from __future__ import annotations

import pytest

from grok_ls.edits import Definition, NoChange, Refusal, Resolved, resolve
from grok_ls.text import Span

LOADER = """package a;

public class Loader extends Base {
  private int x;

  public Loader(int x) {
    super();
    this.x = x;
    check(x);
  }

  int get() {
    return x;
  }
}
"""


def code(text: str, language: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


def test_a_class_and_its_constructor_are_told_apart_by_how_they_are_defined() -> None:
    whole = LOADER[LOADER.index("public class") :].replace("Base", "Other").replace("check(x)", "check(x + 1)")
    assert (
        text_of(resolve(LOADER, code(whole, "java"), path="Loader.java"))
        == LOADER[: LOADER.index("public class")] + whole
    )
    constructor = "  public Loader(int x) {\n    this.x = x;\n  }\n"
    want = LOADER.replace("    super();\n", "").replace("    check(x);\n", "")
    assert text_of(resolve(LOADER, code(constructor, "java"), path="Loader.java")) == want


@pytest.mark.parametrize("note", ["// TODO: implement the rest here", "// your code here\n    // and here"])
def test_a_comment_in_the_place_of_a_whole_body_is_refused(note: str) -> None:
    assert isinstance(resolve(LOADER, code(f"  int get() {{\n    {note}\n  }}", "java")), Refusal)


def test_a_stub_in_ruby_is_one_too() -> None:
    text = "class A\n  def run!\n    a = 1\n    go(a)\n  end\nend\n"
    assert isinstance(resolve(text, code("  def run!\n    # TODO: the rest\n  end", "ruby")), Refusal)


def test_a_body_may_be_emptied_on_purpose() -> None:
    assert "int get() {\n  }" in text_of(resolve(LOADER, code("  int get() {\n  }", "java")))


def test_a_diff_copied_from_a_terminal_is_read_without_its_colours() -> None:
    lines = ["\x1b[36m@@ -7,3 +7,3 @@\x1b[m", "     super();", "\x1b[31m-    this.x = x;\x1b[m"]
    answer = "\n".join([*lines, "\x1b[32m+    this.x = -x;\x1b[m", "     check(x);", ""])
    assert text_of(resolve(LOADER, answer)) == LOADER.replace("= x;", "= -x;")


def test_a_folder_that_the_model_made_up_is_forgiven_where_the_name_is_telling() -> None:
    for folder in ("a/src/", "/home/dev/"):
        head = f"--- {folder}Loader.java\n+++ {folder}Loader.java\n"
        answer = f"{head}@@ @@\n     super();\n-    this.x = x;\n+    this.x = -x;\n     check(x);\n"
        assert text_of(resolve(LOADER, answer, path="app/Loader.java")) == LOADER.replace("= x;", "= -x;")
        assert isinstance(resolve(LOADER, answer, path="app/Other.java"), Refusal)
        assert isinstance(resolve(LOADER, answer.replace("Loader", "index"), path="app/index.java"), Refusal)


def test_a_decorator_of_several_lines_stays_whole_above_a_rewritten_definition() -> None:
    text = "import a\n\n\n@command(\n    'one',\n    [('', 'full', False)],\n)\ndef f(x):\n    y = x\n    return y\n"
    for definitions in ((), (Definition("f", Span(text.index("@command"), len(text))),)):
        found = resolve(text, code("def f(x):\n    return x", "python"), definitions=definitions)
        assert text_of(found) == text.replace("    y = x\n    return y\n", "    return x\n")
    java = '@Plugin(\n    name = "a"\n)\npublic class A {\n  int x;\n  int y;\n}\n'
    whole = Definition("A", Span(0, len(java)))
    found = resolve(java, code("public class A {\n  int x;\n  int z;\n}", "java"), definitions=(whole,))
    assert text_of(found) == java.replace("int y", "int z")


def test_indentation_tells_apart_what_the_words_beside_an_elision_do_not() -> None:
    text = "def f():\n    a()\n    b()\n    with c:\n        a()\n        b()\n    return 1\n"
    answer = code(
        "def f():\n    # ... existing code ...\n        a()\n        b()\n        d()\n    return 1", "python"
    )
    assert text_of(resolve(text, answer)) == text.replace("    return", "        d()\n    return")


def test_data_that_goes_on_behind_its_last_lines_is_the_whole_file() -> None:
    text = '[package]\nname = "a"\nversion = "1"\n\n[dependencies]\none = "1"\ntwo = "2"\nthree = "3"\n'
    answer = code(f"{text}\n[lints]\nworkspace = true", "toml")
    assert text_of(resolve(text, answer, path="Cargo.toml")) == f"{text}\n[lints]\nworkspace = true\n"
    assert isinstance(resolve(text, code(text[: text.index("two")], "toml"), path="Cargo.toml"), Refusal)


def test_a_comment_that_is_quoted_behind_a_definition_is_not_doubled() -> None:
    text = "export function f(a) {\n  go(a);\n}\n\n// the end\n\nexport function g(a) {\n  return a;\n}\n"
    answer = code("export function f(a) {\n  go(1);\n}\n\n// the end", "javascript")
    assert text_of(resolve(text, answer)) == text.replace("go(a)", "go(1)")


@pytest.mark.parametrize("gone", ["  int get() {\n    return x;\n  }\n}\n", "public class Loader extends Base {\n"])
def test_code_whose_braces_do_not_pair_lacks_lines(gone: str) -> None:
    body = LOADER[LOADER.index("public class") :].replace("check(x)", "check(0)").replace(gone, "")
    assert isinstance(resolve(LOADER, code(body, "java"), path="Loader.java"), Refusal)


def test_lines_that_contradict_the_order_speak_against_the_pieces_of_a_block() -> None:
    text = "if (a)\n{\n  one();\n  return;\n}\n\nlast = 0;\nif (b)\n{\n  return;\n}\n\nend();\n"
    answer = "<<<<<<< SEARCH\n{\n  return;\n}\n\nlast = 0;\n=======\n{\n  return;\n  two();\n}\n\nlast = 0;\n>>>>>>> REPLACE\n"
    assert isinstance(resolve(text, answer), Refusal)


def test_lines_added_beside_two_that_changed_places_have_no_certain_place() -> None:
    text = "def f():\n    first(1)\n    second(2)\n    third(3)\n    return 4\n\n\ndef g():\n    return 5\n"
    answer = "```diff\n@@ @@\n def f():\n     first(1)\n     third(3)\n     second(2)\n+    more(0)\n```\n"
    assert isinstance(resolve(text, answer), Refusal)


SMALL = "import os\n\n\ndef f(a):\n    size = len(a)\n    return size\n\n\ndef g(b):\n    x = 1\n    return x\n"


@pytest.mark.parametrize(
    "body",
    [
        "# Before\n    size = len(a)\n# After\n    size = 0",
        "    size = len(a)\n    log(size)\n    return size",
        "    size = len(a)\n    assert size",
    ],
)
def test_a_call_is_no_definition_of_what_it_calls(body: str) -> None:
    assert isinstance(resolve(SMALL, code(body, "python"), path="x.py"), Refusal)


def test_a_head_of_several_lines_without_keyword_is_still_a_definition() -> None:
    text = "int add(int one,\n        int two)\n{\n  return one;\n}\n\nint main()\n{\n  return 0;\n}\n"
    answer = code("int add(int one,\n        int two)\n{\n  return one + two;\n}", "c")
    assert text_of(resolve(text, answer, path="a.c")) == text.replace("return one", "return one + two")


def test_a_string_that_holds_code_defines_nothing() -> None:
    answer = code('{"note": "@@\\n def f(a):\\n-    size = len(a)\\n+    size = 0\\n"}', "json")
    assert isinstance(resolve(SMALL, answer, path="x.py"), Refusal)


@pytest.mark.parametrize("line", ["cat > x.py <<'EOF'", "cat <<EOF > x.py", 'tee x.py <<-"EOF"', "$ cat >x.py <<EOF"])
def test_a_command_that_writes_a_file_is_the_file(line: str) -> None:
    new = SMALL.replace("len(a)", "0")
    answer = code(f"{line}\n{new}EOF", "bash")
    assert text_of(resolve(SMALL, answer, path="x.py")) == new
    assert isinstance(resolve(SMALL, answer, path="other.py"), Refusal)


def test_commands_are_no_code_of_a_program() -> None:
    answer = code("cat >> x.py <<'EOF'\ndef f(a):\n    return 1\nEOF", "bash")
    assert isinstance(resolve(SMALL, answer, path="x.py"), Refusal)
    script = "echo one\necho two\necho three\n"
    assert text_of(resolve(script, code("echo one\necho 2\necho three", "bash"), path="x.sh")) == script.replace(
        "two", "2"
    )


@pytest.mark.parametrize(
    ("search", "replace"), [("<<<<<<< SEARCH", ">>>>>>> REPLACE"), ("------- SEARCH", "+++++++ REPLACE")]
)
def test_a_block_that_lacks_its_last_line_does_not_swallow_the_next_one(search: str, replace: str) -> None:
    one = f"{search}\n    size = len(a)\n=======\n    size = 0\n"
    two = f"{search}\n    x = 1\n=======\n    x = 2\n{replace}\n"
    for answer in (one + two, f"```python\n{one}```\n\n```python\n{two}```\n"):
        result = resolve(SMALL, answer)
        assert isinstance(result, Refusal)
        assert result.code == "truncated_answer"
    assert text_of(resolve(SMALL, f"{one}{replace}\n{two}")) == SMALL.replace("len(a)", "0").replace("x = 1", "x = 2")


@pytest.mark.parametrize(
    "mark", [">>>>>>> REPLACE", "*** End Patch", "@@ -1,2 +1,2 @@", "</new_str>", "------- SEARCH"]
)
def test_what_belongs_to_the_form_of_an_edit_is_not_written(mark: str) -> None:
    answer = f"```diff\n@@ @@\n def f(a):\n-    size = len(a)\n+    size = 0\n+{mark}\n     return size\n```\n"
    assert isinstance(resolve(SMALL, answer), Refusal)


def test_one_line_of_a_block_that_is_off_by_a_blank_shifts_no_other() -> None:
    old = "def f(a):\n   size = len(a)\n    return size\n"
    new = "def f(a):\n    size = 0\n    if a:\n        size = 1\n    return size\n"
    answer = f"<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n"
    assert text_of(resolve(SMALL, answer)) == SMALL.replace(old.replace("   size", "    size", 1), new)


@pytest.mark.parametrize("body", ["def f(a, b=None):", "def f(a):\n    size = len(a)\n    if size:"])
def test_code_that_ends_with_the_head_of_a_block_is_refused(body: str) -> None:
    assert isinstance(resolve(SMALL, code(body, "python"), path="x.py"), Refusal)


def test_a_diff_that_only_quotes_lines_changes_nothing() -> None:
    assert isinstance(resolve(SMALL, "```diff\n def f(a):\n     size = len(a)\n```\n"), NoChange)
    whole = "```diff\ndef f(a):\n    return 1\n```\n"
    assert text_of(resolve(SMALL, whole)) == SMALL.replace("    size = len(a)\n    return size\n", "    return 1\n")


def test_a_comment_behind_all_definitions_is_not_dropped_in_silence() -> None:
    text = "function f() {\n  return 1;\n}\nfunction g() {\n  return 2;\n}\n// the end\n"
    answer = code(text.replace("return 2", "return 3").replace("the end", "another end"), "javascript")
    result = resolve(text, answer, path="a.js")
    assert isinstance(result, Refusal)
