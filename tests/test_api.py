"""The Python API: what a prompt holds of a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from grok_ls import Applied, Refused, apply_answer, collect_context

CODE = "def area(width):\n    return width\n"


def test_a_context_holds_no_absolute_path(tmp_path: Path) -> None:
    file = tmp_path / "src" / "area.py"
    assert str(tmp_path) not in collect_context(CODE, 0, 5, path=str(file)).text
    inside = collect_context(CODE, 0, 5, path=str(file), root=str(tmp_path))
    assert [piece.path for piece in inside.pieces] == ["src/area.py"]
    assert [piece.path for piece in collect_context(CODE, 0, 5, path="src/area.py").pieces] == ["src/area.py"]


def test_pieces_of_a_context_are_tuples_with_names() -> None:
    context = collect_context(CODE, 0, 5, path="area.py", tokens=2000)
    ((path, first, last, text),) = context.pieces
    (piece,) = context.pieces
    assert (path, first, last, text) == (piece.path, piece.first_line, piece.last_line, piece.text)
    assert (path, first) == ("area.py", 1)
    assert text in context.text
    assert 0 < context.tokens <= 2000


PARTS = [f"def f{n}(x):\n    y = {n}\n    return y\n" for n in range(2_000)]
LONG = "\n\n".join(PARTS)


def _hunks(*places: tuple[int, str]) -> str:
    hunks = [f"@@ @@\n def f{n}(x):\n-    y = {n}\n+    y = {new}\n     return y" for n, new in places]
    return "\n".join(["```diff", *hunks, "```", ""])


def test_places_that_are_far_from_each_other_in_a_long_file_are_changed_together() -> None:
    done = apply_answer(LONG, _hunks((3, "a"), (4, "b"), (900, "c"), (1_990, "d")), path="long.py")
    assert isinstance(done, Applied)
    new = {3: "a", 4: "b", 900: "c", 1_990: "d"}
    assert done.text == "\n\n".join(
        part.replace(f"y = {n}\n", f"y = {new.get(n, n)}\n") for n, part in enumerate(PARTS)
    )


@pytest.mark.parametrize("broken", [3, 900, 1_990])
def test_one_place_that_breaks_a_long_file_stops_the_whole_edit(broken: int) -> None:
    places = [(n, "(1" if n == broken else "2") for n in (3, 900, 1_990)]
    done = apply_answer(LONG, _hunks(*places), path="long.py")
    assert isinstance(done, Refused)
    assert done.code == "syntax_broken"


def test_two_places_that_only_fit_together_are_changed_together() -> None:
    text = LONG.replace("def f900(x):", "TEXT = '''\n\nx = 1\n\ny = (\n\n'''\n\n\ndef f900(x):")
    answer = "```diff\n@@ @@\n-TEXT = '''\n+TEXT = \\\"\\\"\\\"\n@@ @@\n-'''\n+\\\"\\\"\\\"\n```\n".replace("\\", "")
    done = apply_answer(text, answer, path="long.py")
    assert isinstance(done, Applied)
    assert done.text == text.replace("'''", '"""')
