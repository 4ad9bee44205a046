from grok_ls.edits import Definition, NoChange, Refusal, Resolved, resolve
from grok_ls.text import Span

TEXT = '''import os


class A:
    @cached
    def f(self, x):
        a = 1
        b = 2
        c = 3
        d = 4
        return a + b + c + d

    def g(self):
        return """
not indented
"""

    # about h
    def h(self):
        return 1


class B:
    def g(self):
        return 2
'''


def code(text: str, language: str = "python") -> str:
    return f"Like so:\n\n```{language}\n{text}\n```\n"


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


def test_an_elision_keeps_what_it_stands_for() -> None:
    answer = code("def f(self, x):\n    a = x\n    # ... existing code ...\n    return a * d")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("a = 1", "a = x").replace("a + b + c + d", "a * d")


def test_an_elision_that_may_stand_for_several_things_is_refused() -> None:
    text = "def f():\n    a()\n    x = 1\n    a()\n    y = 2\n"
    result = resolve(text, code("def f():\n    # ...\n    a()\n    # ..."))
    assert isinstance(result, Refusal), result


def test_decorators_that_are_not_quoted_stay() -> None:
    new = text_of(resolve(TEXT, code("def f(self, x):\n    return x")))
    assert "    @cached\n    def f(self, x):\n        return x\n\n    def g" in new


def test_comments_between_definitions_stay() -> None:
    new = text_of(resolve(TEXT, code("def h(self):\n    return 5")))
    assert "    # about h\n    def h(self):\n        return 5\n" in new


def test_a_name_defined_twice_is_refused_without_a_region() -> None:
    result = resolve(TEXT, code("def g(self):\n    return 3"))
    assert isinstance(result, Refusal)
    assert result.code == "ambiguous_edit"


def test_the_region_says_which_of_two_definitions_is_meant() -> None:
    at = TEXT.index("return 2")
    new = text_of(resolve(TEXT, code("def g(self):\n    return 3"), region=Span(at, at + 4)))
    assert new == TEXT.replace("return 2", "return 3")


def test_spans_from_a_parser_are_preferred() -> None:
    start, end = TEXT.index("    def g"), TEXT.index("    # about")
    answer = code("def g(self):\n    return 3")
    new = text_of(resolve(TEXT, answer, definitions=[Definition("g", Span(start, end))]))
    assert "not indented" not in new
    assert "return 2" in new


def test_a_string_that_is_not_indented_belongs_to_its_function() -> None:
    at = TEXT.index("def g")
    new = text_of(resolve(TEXT, code("def g(self):\n    return 3"), region=Span(at, at)))
    assert "not indented" not in new
    assert '"""' not in new


def test_braces_say_where_a_function_ends() -> None:
    text = "int f(int x)\n{\n    if (x) {\n        goto out;\n    }\nout:\n    return 1; // }\n}\n\nint g() {\n    return 2;\n}\n"
    new = text_of(resolve(text, code("int f(int x)\n{\n    return 3;\n}", "c")))
    assert new == "int f(int x)\n{\n    return 3;\n}\n\nint g() {\n    return 2;\n}\n"


def test_a_whole_file_may_be_rewritten() -> None:
    assert text_of(resolve("a = 1\nb = 2\nc = 3\n", code("a = 1\nb = 5\nc = 3"))) == "a = 1\nb = 5\nc = 3\n"


def test_code_that_names_nothing_is_refused() -> None:
    result = resolve(TEXT, code("unknown = 3"))
    assert isinstance(result, Refusal)
    assert result.code == "unmatched_edit"


def test_code_that_names_nothing_replaces_the_selection() -> None:
    start = TEXT.index("        b = 2")
    region = Span(start, TEXT.index("        d = 4"))
    assert text_of(resolve(TEXT, code("b = 5"), region=region)) == TEXT.replace(
        "        b = 2\n        c = 3\n", "        b = 5\n"
    )


def test_a_definition_alone_needs_no_fence() -> None:
    assert text_of(resolve(TEXT, "    def h(self):\n        return 5\n")) == TEXT.replace(
        "return 1\n\n\nclass B", "return 5\n\n\nclass B"
    )


def test_words_that_begin_like_code_are_no_code() -> None:
    answer = "class A:\n    has a method f\n\nwhich is fine as it is."
    assert isinstance(resolve(TEXT, answer), NoChange)


SMALL = "import os\nimport re\n\n\n@cached\ndef one(x):\n    return x\n\n\ndef two(x):\n    return x\n\n\ndef three(x):\n    return x\n"


def test_a_rewritten_file_replaces_the_file_and_doubles_nothing() -> None:
    new = SMALL.replace("def two(x):\n    return x", "def two(x):\n    return 2")
    assert text_of(resolve(SMALL, code(new.rstrip("\n")))) == new
    new = new.replace("    ", "  ").replace("import re\n", "import re\nimport sys\n")
    assert text_of(resolve(SMALL, code(new.rstrip("\n")))) == new


def test_several_rewritten_functions_each_replace_their_own() -> None:
    answer = code("def one(x):\n    return 1\n\ndef three(x):\n    return 3")
    expected = SMALL.replace("def one(x):\n    return x", "def one(x):\n    return 1").replace(
        "def three(x):\n    return x", "def three(x):\n    return 3"
    )
    assert text_of(resolve(SMALL, answer)) == expected


def test_a_new_function_beside_a_rewritten_one_stands_beside_it() -> None:
    after = code("def one(x):\n    return new(x)\n\n\ndef new(x):\n    return 1")
    expected = SMALL.replace(
        "def one(x):\n    return x\n", "def one(x):\n    return new(x)\n\n\ndef new(x):\n    return 1\n"
    )
    assert text_of(resolve(SMALL, after)) == expected
    before = code("def new(x):\n    return 1\n\n\ndef one(x):\n    return new(x)")
    expected = SMALL.replace("@cached\n", "def new(x):\n    return 1\n\n\n@cached\n").replace(
        "def one(x):\n    return x\n", "def one(x):\n    return new(x)\n"
    )
    assert text_of(resolve(SMALL, before)) == expected


def test_a_new_method_is_indented_as_its_neighbour() -> None:
    new = text_of(resolve(TEXT, code("def h(self):\n    return new(1)\n\ndef new(self):\n    pass")))
    assert "    def h(self):\n        return new(1)\n\n    def new(self):\n        pass\n" in new


def test_quoted_imports_are_not_doubled_and_new_ones_join_the_others() -> None:
    answer = code("import os\nimport math\n\n\ndef two(x):\n    return math.pi")
    expected = SMALL.replace("import re\n", "import re\nimport math\n").replace(
        "def two(x):\n    return x", "def two(x):\n    return math.pi"
    )
    assert text_of(resolve(SMALL, answer)) == expected


def test_an_example_of_use_behind_a_rewritten_function_is_not_written() -> None:
    result = resolve(SMALL, code("def two(x):\n    return 2\n\nprint(two(3))"))
    assert isinstance(result, Refusal)
    assert "print(two(3))" in result.message


def test_a_class_written_in_part_does_not_lose_its_other_members() -> None:
    result = resolve(TEXT, code("class A:\n    def h(self):\n        return 5"))
    assert isinstance(result, Refusal)
    assert "leaves out f, g" in result.message
    elided = "class A:\n    # ... existing code ...\n\n    # about h\n    def h(self):\n        return 5"
    assert text_of(resolve(TEXT, code(elided))) == TEXT.replace("return 1\n\n\nclass B", "return 5\n\n\nclass B")


def test_a_member_may_be_renamed() -> None:
    answer = code("class B:\n    def gg(self):\n        return 2")
    assert text_of(resolve(TEXT, answer)) == TEXT.replace("class B:\n    def g(", "class B:\n    def gg(")


def test_elisions_between_several_functions_stand_for_what_is_there() -> None:
    for gap in ("# ... existing code ...", "# ⋮ 4 lines not shown"):
        answer = code(f"def one(x):\n    return 1\n\n{gap}\n\ndef three(x):\n    return 3")
        assert "def two(x):\n    return x\n" in text_of(resolve(SMALL, answer))


def test_an_elision_at_the_end_of_one_of_several_functions_keeps_its_rest() -> None:
    text = SMALL.replace("def one(x):\n    return x\n", "def one(x):\n    a = 1\n    b = 2\n    return x\n")
    for gap in ("    # ...", "# ... rest of the function ..."):
        answer = code(f"def one(x):\n    a = 10\n{gap}\n\ndef three(x):\n    return 3")
        result = resolve(text, answer)
        assert isinstance(result, Refusal) or "    b = 2\n    return x\n" in result.text  # type: ignore[union-attr]


def test_a_new_function_does_not_land_in_a_decorator_of_several_lines() -> None:
    text = "import os\n\n\n# about one\n@cached(\n    size=1,\n)\ndef one(x):\n    return x\n"
    answer = code("def new(x):\n    return 1\n\n\ndef one(x):\n    return new(x)")
    expected = text.replace("# about one\n", "def new(x):\n    return 1\n\n\n# about one\n").replace(
        "return x\n", "return new(x)\n"
    )
    assert text_of(resolve(text, answer)) == expected


HEADER = (
    "/* Licensed to you\n   under a licence. */\n#ifndef A_H\n#define A_H\n\n#include <string>\n\nclass A\n{\npublic:\n\tint f();\n};\n\n"
    "std::string name(const char* in);\n\n#endif // A_H\n"
)


def test_a_rewritten_file_with_one_class_is_not_put_in_the_place_of_the_class() -> None:
    new = HEADER.replace("int f();", "long f();")
    assert text_of(resolve(HEADER, code(new.rstrip("\n"), "cpp"))) == new


def test_code_that_repeats_what_stands_around_its_target_is_refused() -> None:
    part = HEADER[HEADER.index("#ifndef") : HEADER.index("\nstd::")].replace("int f();", "long f();")
    result = resolve(HEADER, code(part.rstrip("\n"), "cpp"))
    assert isinstance(result, Refusal) or result.text == HEADER.replace("int f();", "long f();")  # type: ignore[union-attr]


def test_a_rewritten_file_keeps_its_byte_order_mark_once_and_its_last_blank_lines() -> None:
    text = "\ufeffimport os\n\n\ndef f():\n    return 1\n\n\n"
    new = text.replace("return 1", "return 2")
    assert text_of(resolve(text, code(new.rstrip("\n")))) == new


def test_blanks_in_blank_lines_stay() -> None:
    text = "class A:\n    def f(self):\n        a = 1\n        \n        return a\n"
    assert text_of(resolve(text, code("def f(self):\n    a = 2\n\n    return a"))) == text.replace("a = 1", "a = 2")
