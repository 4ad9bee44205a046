from __future__ import annotations

import pytest

from grok_ls import Applied, Refused, apply_answer
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import parses_no_worse

C = language_of("a.c")
assert C is not None
PLAIN = "int main(void) {\n    int a = 1;\n    return a;\n}\n"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.c", 'LOG("skip", a)'),
        ("a.cpp", '#if __has_include("a.g.cpp")\n#include "a.g.cpp"\n#endif'),
        ("a.cc", "int chdir_np(const char* dir) API_AVAILABLE(macosx(10.12));"),
        ("view.h", "REACT_STRUCT(Props)\nstruct Props : PropsT<Props> {\n  REACT_FIELD(r)\n  int r;\n};"),
        ("view.h", "namespace a::b {\nclass Tree final : public Base<Tree> {};\n}"),
        ("view.h", "@class RNSVGNode;"),
    ],
)
def test_code_that_only_its_macros_or_its_other_language_explain_is_applied(path: str, line: str) -> None:
    answer = f"```diff\n@@\n+{line.replace(chr(10), chr(10) + '+')}\n int main(void) {{\n     int a = 1;\n```\n"
    assert apply_answer(PLAIN, answer, path=path) == Applied(f"{line}\n{PLAIN}", 1)


@pytest.mark.parametrize(
    "line", ["int a = 1", "int a = ;", "int a = (1;", "LOG(a;", "int = 1;", "if (a) {", "#if X\nif (a) {\n#endif"]
)
@pytest.mark.parametrize("path", ["a.c", "a.h", "a.cpp"])
def test_plain_mistakes_and_open_brackets_in_c_are_refused(path: str, line: str) -> None:
    answer = f"```diff\n@@\n int main(void) {{\n-    int a = 1;\n+    {line.replace(chr(10), chr(10) + '+')}\n     return a;\n```\n"
    done = apply_answer(PLAIN, answer, path=path)
    assert isinstance(done, Refused)
    assert done.code == "syntax_broken"


def test_faults_that_a_file_had_are_not_counted_against_the_edit() -> None:
    foreign = "@interface A : B\n- (void)run;\n@end\n@interface C : D\n- (void)run;\n@end\n"
    assert parses_no_worse(foreign, foreign.replace("- (void)run;", "- (void)run:(int)fast;", 1), C)


def test_types_of_flow_that_no_grammar_reads_are_no_fault() -> None:
    javascript = language_of(language_id="javascript")
    assert javascript is not None
    old = "/**\n * @flow strict\n */\n\nexport interface Spec {\n  +get: () => string;\n}\n"
    new = old.replace("export", "export type A = {|\n  +a: ?string,\n|};\n\nexport")
    assert parses_no_worse(old, new, javascript)
    assert not parses_no_worse(old, new.replace("|};\n", ""), javascript)
    assert not parses_no_worse("let a;\n", "let a;\ntype A = {|\n  +a: ?string,\n|};\n", javascript)


def test_a_file_that_the_grammar_cannot_read_is_judged_by_its_brackets() -> None:
    csharp = language_of(language_id="csharp")
    assert csharp is not None
    line = "    int %% a;\n"
    old = "class A {\n" + line * 4 + "    int f() { return 1; }\n}\n"
    assert parses_no_worse(old, old.replace("return 1", "return %% 2"), csharp)
    assert not parses_no_worse(old, old.replace("return 1; }", "return 2;"), csharp)
