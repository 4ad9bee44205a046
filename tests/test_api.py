"""The Python API: what a prompt holds of a path."""

from __future__ import annotations

from pathlib import Path

from grok_ls import collect_context

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
