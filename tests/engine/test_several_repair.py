"""Edits of several files that fit in part: what has a place is kept, in whichever file, and only the rest is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grok_ls.engine import Proposal, Unchanged
from grok_ls.errors import AnswerUnusable

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

MAIN = "def area(w, h):\n    return w * h\n\n\nprint(area(1, 2))\n"
USER = "from main import area\n\n\ndef f():\n    return area(1, 2)\n\n\ndef g():\n    return area(3, 4)\n"
THIRD = "import main\n\nprint(main.area(5, 6))\n"
OWN = "--- a/main.py\n+++ b/main.py\n@@ @@\n-def area(w, h):\n+def surface(w, h):\n@@ @@\n-print(area(1, 2))\n+print(surface(1, 2))"
IMPORT = "@@ @@\n-from main import area\n+from main import surface"
CALL = "@@ @@\n def f():\n-    return area(1, 2)\n+    return surface(1, 2)"
BAD_CALL = CALL.replace("-    return area(1, 2)", "-    return area(width=1, 2)")
OTHER_CALL = "@@ @@\n def g():\n-    return area(3, 4)\n+    return surface(3, 4)"
IN_USER = "--- a/user.py\n+++ b/user.py"
IN_THIRD = "--- a/third.py\n+++ b/third.py\n@@ @@\n-print(main.area(5, 6))\n+print(main.surface(5, 6))"
BAD_THIRD = IN_THIRD.replace("-print(main.area(5, 6))", "-print(main.area(5, 7))")


class Folder:
    """The other files; ``read`` counts how often each was looked at."""

    def __init__(self, **texts: str) -> None:
        self.texts = {f"{name}.py": text for name, text in texts.items()}

    async def read(self, path: str) -> str | None:
        return self.texts.get(path)


def diff(*parts: str) -> str:
    return "\n".join(["```diff", *parts, "```", ""])


async def ask(bench: Bench, *answers: str, text: str = MAIN) -> dict[str, str]:
    """The files that the edit changes, with their new texts."""
    outcome = await bench.ask(
        text,
        *answers,
        action="refactor",
        at="w * h",
        findings=(),
        instruction="rename area to surface everywhere",
        files=Folder(user=USER, third=THIRD),
    )
    assert isinstance(outcome, Proposal), outcome
    changed = {change.path: change.text for change in outcome.others}
    return changed if outcome.text == text else {"main.py": outcome.text, **changed}


def again(bench: Bench, round_: int = 1) -> tuple[str, str]:
    """What the model is shown of its answer, and what it is asked for, when it is asked again."""
    (_, said), (_, asked) = bench.asked(round_)[-2:]
    return said, asked


RENAMED = {"main.py": MAIN.replace("area", "surface")}
IN_F = USER.replace("import area", "import surface").replace("area(1, 2)", "surface(1, 2)")


async def test_only_the_hunk_that_failed_is_asked_for_again(bench: Bench) -> None:
    changed = await ask(bench, diff(OWN, IN_USER, IMPORT, BAD_CALL, OTHER_CALL), diff(IN_USER, CALL))
    assert changed == RENAMED | {"user.py": USER.replace("area", "surface")}
    said, asked = again(bench)
    assert said == diff("--- b/user.py", "+++ b/user.py", BAD_CALL).rstrip("\n")
    assert "user.py: Hunk 4 was not applied" in asked
    # The true lines there, and nothing of what fitted: neither of the document nor of the file itself.
    assert "def f():\n    return area(1, 2)" in asked
    assert "(4) is kept" in asked
    assert not any(word in said + asked for word in ("def surface", "import surface", "surface(3, 4)"))


async def test_what_failed_in_the_document_alone_is_asked_for_alone(bench: Bench) -> None:
    bad = OWN.replace("-print(area(1, 2))", "-print(area(1, 2.0))")
    mended = "@@ @@\n-print(area(1, 2))\n+print(surface(1, 2))"
    changed = await ask(bench, diff(bad, IN_USER, IMPORT, CALL), diff(mended))
    assert changed == RENAMED | {"user.py": IN_F}
    assert "user.py" not in "".join(again(bench))


async def test_what_failed_in_several_files_is_asked_for_at_once(bench: Bench) -> None:
    changed = await ask(bench, diff(OWN, IN_USER, IMPORT, BAD_CALL, BAD_THIRD), diff(IN_USER, CALL, IN_THIRD))
    assert changed == RENAMED | {"user.py": IN_F, "third.py": THIRD.replace("area", "surface")}
    _, asked = again(bench)
    assert "user.py: Hunk 4 was not applied" in asked
    assert "third.py: Hunk 5 was not applied" in asked
    assert len(bench.provider.prompts) == 2


async def test_what_a_first_repair_mended_is_not_asked_for_by_the_second(bench: Bench) -> None:
    changed = await ask(
        bench, diff(OWN, IN_USER, IMPORT, BAD_CALL, BAD_THIRD), diff(IN_USER, CALL, BAD_THIRD), diff(IN_THIRD)
    )
    assert changed == RENAMED | {"user.py": IN_F, "third.py": THIRD.replace("area", "surface")}
    assert "user.py" not in "".join(again(bench, 2))


async def test_a_file_that_would_no_longer_parse_is_asked_for_and_no_other(bench: Bench) -> None:
    broken = IN_THIRD.replace("+print(main.surface(5, 6))", "+print(main.surface(5, 6)")
    changed = await ask(bench, diff(OWN, IN_USER, IMPORT, CALL, broken), diff(IN_THIRD))
    assert changed == RENAMED | {"user.py": IN_F, "third.py": THIRD.replace("area", "surface")}
    said, asked = again(bench)
    assert "break the syntax of third.py" in asked
    assert "user.py" not in said + asked


async def test_a_document_that_would_no_longer_parse_is_asked_for_and_no_other(bench: Bench) -> None:
    broken = OWN.replace("+def surface(w, h):", "+def surface(w, h:")
    changed = await ask(bench, diff(broken, IN_USER, IMPORT, CALL), diff(OWN))
    assert changed == RENAMED | {"user.py": IN_F}
    assert "user.py" not in "".join(again(bench))


async def test_a_file_with_a_mistaken_name_is_named_again_in_the_repair(bench: Bench) -> None:
    changed = await ask(bench, diff(OWN, IN_THIRD.replace("third", "thrid")), diff(IN_THIRD))
    assert changed == RENAMED | {"third.py": THIRD.replace("area", "surface")}
    assert "There is no file thrid.py" in again(bench)[1]


async def test_a_repair_that_leaves_out_a_file_changes_nothing(bench: Bench) -> None:
    with pytest.raises(AnswerUnusable, match="left out 1 of the changes"):
        await ask(bench, diff(OWN, IN_USER, BAD_CALL, BAD_THIRD), diff(IN_USER, CALL), diff(IN_USER, CALL))
    assert "third.py" in again(bench, 2)[0]
    assert "user.py" not in again(bench, 2)[0]


@pytest.mark.parametrize("words", ["NO_CHANGE", "The rest is right.", "```diff\n--- a/user.py\n"])
async def test_no_half_of_an_edit_is_made(bench: Bench, words: str) -> None:
    with pytest.raises(AnswerUnusable):
        await ask(bench, diff(OWN, IN_USER, BAD_CALL), words, words)
    assert len(bench.provider.prompts) == 3


async def test_a_new_file_is_kept_while_another_part_is_mended(bench: Bench) -> None:
    new = "--- /dev/null\n+++ b/tests/test_area.py\n@@ -0,0 +1 @@\n+import main"
    changed = await ask(bench, diff(new, IN_USER, BAD_CALL), diff(IN_USER, CALL))
    assert changed == {"tests/test_area.py": "import main\n", "user.py": USER.replace("area(1, 2)", "surface(1, 2)")}
    assert "test_area" not in "".join(again(bench))


async def test_blocks_are_asked_for_with_the_name_of_their_file(bench: Bench) -> None:
    def block(old: str, new: str) -> str:
        return f"<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE"

    good = f"third.py\n{block('import main', 'import main as m')}\n"
    bad = f"user.py\n{block('    return area(1, 2.0)', '    return surface(1, 2)')}"
    changed = await ask(bench, good + bad, f"user.py\n{block('    return area(1, 2)', '    return surface(1, 2)')}")
    assert set(changed) == {"third.py", "user.py"}
    assert again(bench)[0] == bad


async def test_a_file_with_a_name_that_says_nothing_stays_that_file_in_a_repair(bench: Bench) -> None:
    bad = "--- a/input.py\n+++ b/input.py\n@@ @@\n-print(area(1, 2.0))\n+print(surface(1, 2))"
    outcome = await bench.ask(
        MAIN,
        diff(OWN, bad),
        diff(bad.replace("2.0", "2")),
        action="refactor",
        at="w * h",
        findings=(),
        instruction="rename",
        files=Folder(input="from main import area\nprint(area(1, 2))\n"),
    )
    assert isinstance(outcome, Proposal)
    assert [(change.path, change.text) for change in outcome.others] == [
        ("input.py", "from main import area\nprint(surface(1, 2))\n")
    ]


async def test_an_edit_that_changes_no_file_says_so(bench: Bench) -> None:
    outcome = await bench.ask(
        MAIN,
        diff(IN_USER, "@@ @@\n-from main import area\n+from main import area"),
        action="refactor",
        at="w * h",
        findings=(),
        instruction="rename",
        files=Folder(user=USER),
    )
    assert isinstance(outcome, Unchanged)
