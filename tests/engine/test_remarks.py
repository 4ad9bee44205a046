"""What is odd about an edit is said with it, and not refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grok_ls.engine import Proposal, Unchanged
from grok_ls.text import Finding, Span

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

TEXT = "import os\n\n\ndef f(x):\n    y = x / 0\n    return os.sep + y\n"
DELETES = "```diff\n def f(x):\n-    y = x / 0\n-    return os.sep + y\n+    pass\n```\n"


def remarks_of(outcome: object) -> tuple[str, ...]:
    assert isinstance(outcome, Proposal), outcome
    return outcome.remarks


async def test_a_fix_that_only_deletes_the_failing_code_says_so(bench: Bench) -> None:
    assert remarks_of(await bench.ask(TEXT, DELETES, at="x / 0")) == ("It only deletes code (2 lines).",)


async def test_a_deletion_that_was_asked_for_is_not_remarked_on(bench: Bench) -> None:
    unused = (Finding(Span(0, 9), "local variable 'y' is assigned to but never used"),)
    assert remarks_of(await bench.ask(TEXT, DELETES, at="x / 0", findings=unused)) == ()
    assert remarks_of(await bench.ask(TEXT, DELETES, at="x / 0", action="refactor", instruction="drop it")) == ()


async def test_an_import_that_is_gone_and_still_needed_is_named(bench: Bench) -> None:
    edit = "```diff\n-import os\n \n \n def f(x):\n-    y = x / 0\n+    y = x\n```\n"
    assert remarks_of(await bench.ask(TEXT, edit, at="x / 0")) == (
        "It removes the definition of os, which is still used.",
    )


async def test_an_edit_that_changes_nothing_is_unchanged_and_says_so(bench: Bench) -> None:
    edit = "```diff\n def f(x):\n-    y = x / 0\n+    y = x / 0\n     return os.sep + y\n```\n"
    outcome = await bench.ask(TEXT, edit, at="x / 0")
    assert isinstance(outcome, Unchanged)
    assert "leaves every line as it is" in outcome.prose


async def test_a_whole_file_reformat_is_named(bench: Bench) -> None:
    text = "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(30))
    answer = f"```python\n{text.replace('    ', '  ').replace('x + 3', 'x + 4', 1)}```\n"
    (remark,) = remarks_of(await bench.ask(text, answer, at="x + 3"))
    assert "the form of 2" in remark or "the form of 3" in remark


class Checker:
    """Finds every call of ``g``."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    async def compare(self, path: str, before: str, after: str) -> tuple[str, ...]:
        self.asked.append((path, before, after))
        return ("lint finds something new in line 5: g is not defined",)


async def test_what_the_projects_checker_finds_new_is_said_with_the_edit(bench: Bench) -> None:
    checker = Checker()
    outcome = await bench.ask(TEXT, "```diff\n-    y = x / 0\n+    y = g(x)\n```\n", at="x / 0", checks=checker)
    assert remarks_of(outcome) == ("lint finds something new in line 5: g is not defined",)
    assert checker.asked == [("main.py", TEXT, TEXT.replace("x / 0", "g(x)"))]
    assert isinstance(await bench.ask(TEXT, "NO_CHANGE", at="x / 0", checks=checker), Unchanged)
    assert len(checker.asked) == 1
