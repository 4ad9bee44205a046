from grok_ls.edits import NoChange, Refusal, Resolved, resolve

TEXT = """import os


def a(x):
    y = x
    return y


def b(x):
    y = x
    return y
"""


def fenced(diff: str) -> str:
    return f"Here is the change:\n\n```diff\n{diff}\n```\n\nIt works now.\n"


def text_of(result: object) -> str:
    assert isinstance(result, Resolved), result
    return result.text


def code_of(result: object) -> str:
    assert isinstance(result, Refusal), result
    return result.code


def test_line_numbers_decide_between_equal_places() -> None:
    hunk = "@@ -10,2 +10,2 @@\n-    y = x\n+    y = x + 1\n     return y"
    assert text_of(resolve(TEXT, fenced(hunk))) == TEXT[:-23] + "    y = x + 1\n    return y\n"


def test_equal_places_without_a_hint_are_refused() -> None:
    assert code_of(resolve(TEXT, fenced("@@ ... @@\n-    y = x\n+    y = x + 1\n     return y"))) == "ambiguous_edit"


def test_a_heading_decides_between_equal_places() -> None:
    assert "def b(x):\n    y = 2\n" in text_of(resolve(TEXT, fenced("@@ def b(x): @@\n-    y = x\n+    y = 2")))


def test_lost_indentation_comes_back_from_the_file() -> None:
    assert "def b(x):\n    y = 2\n" in text_of(resolve(TEXT, fenced("@@ def b(x): @@\n-y = x\n+y = 2\nreturn y")))


def test_a_removed_line_that_does_not_exist_is_refused() -> None:
    assert code_of(resolve(TEXT, fenced("@@\n def a(x):\n-    y = z\n+    y = 2"))) == "unmatched_edit"


def test_an_unclosed_fence_is_a_cut_answer() -> None:
    assert code_of(resolve(TEXT, "```diff\n@@\n-import os\n+import sys\n")) == "truncated_answer"


def test_a_cut_stream_is_refused_whatever_it_looks_like() -> None:
    assert code_of(resolve(TEXT, fenced("-import os\n+import sys"), complete=False)) == "truncated_answer"


def test_a_hunk_for_another_file_is_refused() -> None:
    diff = "--- a/other.py\n+++ b/other.py\n@@ -1 +1 @@\n-import os\n+import sys"
    assert code_of(resolve(TEXT, fenced(diff), path="src/x.py")) == "unmatched_edit"


def test_prose_alone_changes_nothing() -> None:
    assert resolve(TEXT, "This is fine as it is.") == NoChange("This is fine as it is.")


def test_a_search_replace_block_is_applied() -> None:
    answer = "x.py\n<<<<<<< SEARCH\ndef a(x):\n    y = x\n=======\ndef a(x):\n    y = 2\n>>>>>>> REPLACE\n"
    assert "def a(x):\n    y = 2\n" in text_of(resolve(TEXT, answer, path="x.py"))


def test_a_rewritten_function_replaces_the_old_one() -> None:
    assert text_of(resolve(TEXT, "```python\ndef a(x):\n    return 1\n```")).count("return y") == 1


def test_line_ends_and_missing_final_newline_are_the_files() -> None:
    text = TEXT.replace("\n", "\r\n").removesuffix("\r\n")
    new = text_of(resolve(text, fenced("@@\n def b(x):\n     y = x\n-    return y\n+    return 1\n+    # end")))
    assert new.endswith("    return 1\r\n    # end")
    assert "\n" not in new.replace("\r\n", "")


VALUES = (
    "\tJPValue(int x)\n\t: m(x)\n\t{\n\t\tv.l = x;\n\t}\n\n\t~JPValue()\n\t{\n\t}\n\n"
    "\tJPClass* getClass() const\n\t{\n\t\treturn m;\n\t}\n\n"
    "\tjvalue& getValue()\n\t{\n\t\treturn v;\n\t}\n\n\tconst jvalue& getValue() const\n\t{\n\t\treturn v;\n\t}\n\n\tjobject get() const;\n"
)


def test_two_changes_that_ran_together_are_not_pulled_to_where_only_one_of_them_stands() -> None:
    answer = fenced(
        "@@ @@\n \t}\n \n \t~JPValue()\n+\t// note\n \t{\n \t}\n \n \tconst jvalue& getValue() const\n \t{\n"
        " \t\treturn v;\n-\t}\n+\t} // q\n \n \tjobject get() const;"
    )
    expected = VALUES.replace("~JPValue()\n", "~JPValue()\n\t// note\n").replace(
        "}\n\n\tjobject", "} // q\n\n\tjobject"
    )
    assert text_of(resolve(VALUES, answer)) == expected


LOADERS = "".join(
    f"# Backend argument preserved for API compatibility, but ignored.\ndef load_{name}(\n    data: bytes, backend: Any = None\n"
    f") -> {kind}:\n    return rust_x509.load_{name}(data)\n\n\n"
    for name, kind in (("pem_csr", "Request"), ("der_csr", "Request"), ("pem_crl", "List"), ("der_crl", "List"))
)


def test_lines_whose_place_is_known_but_for_blank_lines_are_not_put_elsewhere() -> None:
    answer = fenced(
        "@@ -9,6 +9,7 @@\n ) -> Request:\n     return rust_x509.load_der_csr(data)\n+x = 10\n"
        " # Backend argument preserved for API compatibility, but ignored.\n def load_pem_crl(\n"
        "     data: bytes, backend: Any = None\n ) -> List:"
    )
    result = resolve(LOADERS, answer)
    assert isinstance(result, Refusal), result
    assert "not certain" in result.message


def test_one_line_that_stands_elsewhere_does_not_outweigh_those_where_the_number_says() -> None:
    text = "{\n    f(() => {\n            throttled?.unsubscribe();\n        more();\n" + "filler();\n" * 30
    text += "        }));\n    });\n}\n//# end\n"
    answer = fenced(
        "@@ -35,4 +35,5 @@\n         }));\n     });\n }\n+            added();\n             throttled?.unsubscribe();"
    )
    result = resolve(text, answer)
    assert isinstance(result, Refusal), result


def test_a_comment_that_lost_its_blank_gets_it_back() -> None:
    text = "/**\n * Does a thing.\n *\n * @return it\n */\nf();\n"
    answer = fenced("@@ @@\n* Does a thing.\n*\n+* @see g\n+*\n* @return it")
    assert text_of(resolve(text, answer)) == text.replace(" * @return", " * @see g\n *\n * @return")
    kept = fenced("@@ @@\n * Does a thing.\n *\n+ * @see g\n * @return it")
    assert text_of(resolve(text, kept)) == text.replace(" * @return", " * @see g\n * @return")
