"""The code that a diagnostic's ``relatedInformation`` points to goes along, redacted, and only what may be sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pygls.protocol import default_converter

from tests.e2e.conftest import MAIN, Start, workspace
from tests.fake_xai import FakeXai, answer

SECRET = "xai-" + "Q7w9Zk2LmN4pR8sT" * 5
SHAPES = f'''"""Shapes."""


def declared(width, height):
    key = "{SECRET}"
    return width, height, key
'''


def related(path: Path, line: int, message: str) -> dict[str, Any]:
    place = {"line": line, "character": 4}
    return {"message": message, "location": {"uri": path.as_uri(), "range": {"start": place, "end": place}}}


async def test_code_that_a_diagnostic_points_to_goes_along(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    root = workspace(tmp_path)
    (root / "shapes.py").write_text(SHAPES)
    (root / "private.py").write_text("def private_helper():\n    return 1\n")
    (root / ".grokignore").write_text("private.py\n")
    (tmp_path / "outside.py").write_text("def outside_helper():\n    return 1\n")
    (root / "main.py").write_text(MAIN)
    editor = await start(root)
    fake_xai.default = answer("NO_CHANGE")
    uri = editor.open(root / "main.py", MAIN)
    diagnostic = default_converter().unstructure(editor.diagnostic(uri, "width + height"))
    diagnostic["relatedInformation"] = [
        related(root / "shapes.py", 4, "declared differently"),
        related(root / "main.py", 8, "used here"),
        related(root / "private.py", 0, "see the helper"),
        related(tmp_path / "outside.py", 0, "see outside"),
    ]
    result = await editor.run("fix", uri, "width + height", diagnostics=[diagnostic])
    assert result["status"] == "unchanged", result
    prompt = fake_xai.requests[-1].prompt
    assert "File: shapes.py" in prompt
    assert "def declared(width, height):" in prompt
    assert "related: declared differently (shapes.py, line 5)" in prompt
    assert "related: used here (line 9)" in prompt
    assert "see outside" in prompt
    for unsent in (SECRET, "private_helper", "outside_helper", "outside.py", str(tmp_path)):
        assert unsent not in prompt


async def test_an_edit_is_asked_for_in_the_project_s_conventions(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = workspace(tmp_path)
    (root / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.11"\n[tool.ruff]\nline-length = 100\n')
    editor = await start(root)
    fake_xai.default = answer("NO_CHANGE")
    uri = editor.open(root / "main.py", MAIN)
    assert (await editor.run("refactor", uri, "width + height"))["status"] == "unchanged"
    assert "Project: Python >=3.11; line length 100; linter ruff" in fake_xai.requests[-1].prompt
    await editor.run("explain", uri, "width + height")
    assert "Project:" not in fake_xai.requests[-1].prompt


async def test_callers_and_tests_go_along_with_a_refactoring_and_not_with_a_fix(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = workspace(tmp_path)
    (root / "rooms.py").write_text(
        f"from main import area\n\n\ndef floor(room):\n    key = '{SECRET}'\n    return area(room, key)\n"
    )
    (root / "test_main.py").write_text("from main import area\n\n\ndef test_area():\n    assert area(2, 3) == 6\n")
    (root / "private.py").write_text("from main import area\n\nhidden = area(1, 1)\n")
    (root / ".grokignore").write_text("private.py\n")
    editor = await start(root)
    fake_xai.default = answer("NO_CHANGE")
    uri = editor.open(root / "main.py", MAIN)
    # The fix first: the prompt that follows it would begin with what it showed.
    await editor.run("fix", uri, "width + height")
    assert "rooms.py" not in fake_xai.requests[-1].prompt
    assert (await editor.run("refactor", uri, "width + height"))["status"] == "unchanged"
    prompt = fake_xai.requests[-1].prompt
    assert "File: rooms.py" in prompt
    assert "def floor(room):" in prompt
    assert "return area(room, key)" in prompt
    assert "def test_area():\n    assert area(2, 3) == 6" in prompt
    assert "hidden" not in prompt
    assert SECRET not in prompt


async def test_the_estimate_of_a_preview_comes_to_match_the_bill(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = workspace(tmp_path)
    editor = await start(root)
    fake_xai.default = answer("It adds.")
    for number in range(10):
        text = MAIN + "".join(f"\n\ndef side_{n}(width):\n    return width * {n}\n" for n in range(8 * number))
        uri = editor.open(root / f"main_{number}.py", text)
        argument = editor.run_action("explain", uri, "width + height")
        shown = await editor.command("grok.preview", argument)
        result = await editor.command("grok.run", argument)
        assert shown["inputTokens"] >= 0.95 * result["usage"]["inputTokens"]
    assert shown["inputTokens"] <= 1.1 * result["usage"]["inputTokens"]
