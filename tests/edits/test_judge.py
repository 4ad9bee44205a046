from grok_ls.edits.judge import judge

CODE = "def f(x):\n    y = g(x)\n    return y\n\n\ndef g(x):\n    return x\n"


def doubts(old: str, new: str) -> list[str]:
    return [remark.doubt for remark in judge(old, new)]


def test_an_honest_fix_raises_no_doubt() -> None:
    assert doubts(CODE, CODE.replace("return y", "return y + 1")) == []


def test_a_change_of_nothing_is_named() -> None:
    assert doubts(CODE, CODE) == ["empty"]


def test_deleting_the_failing_code_is_named() -> None:
    assert doubts(CODE, CODE.replace("    y = g(x)\n    return y\n", "    pass\n")) == ["only_deletes"]


def test_a_removed_definition_that_is_still_used_is_named() -> None:
    remarks = judge(CODE, CODE.replace("\n\ndef g(x):\n    return x\n", "\nz = 1\n"))
    assert [(remark.doubt, remark.name) for remark in remarks] == [("undefined", "g")]


def test_a_whole_file_in_another_indentation_is_named() -> None:
    code = "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(30))
    assert doubts(code, code.replace("    ", "  ")) == ["reformat"]


def test_a_comment_in_the_place_of_code_is_named() -> None:
    assert "placeholder" in doubts(CODE, CODE.replace("    y = g(x)\n", "    # ... existing code ...\n"))
