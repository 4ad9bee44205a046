"""``grok.preview``: which words of the request stand for something else, from whichever file they come."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import MAIN, Start, workspace
from tests.fake_xai import FakeXai, answer

SECRET = "ghp_" + "Q7w8E9r0T1y2U3i4O5p6A7s8D9f0G1h2J3k4"
OTHER = "glpat-" + "Zx81KqPw3nTr7LmVbY2c"


async def test_a_preview_tells_what_was_replaced_also_in_other_files(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = workspace(tmp_path)
    (root / "rooms.py").write_text(
        f"from main import area\n\n\ndef floor(room):\n    return area(room, token='{OTHER}')\n"
    )
    editor = await start(root)
    fake_xai.default = answer("NO_CHANGE")
    text = MAIN.replace("return width + height", f"return width + height  # {SECRET}, was GROKLS_JWT_77_zz")
    uri = editor.open(root / "main.py", text)
    argument = editor.run_action("refactor", uri, "width + height")
    shown = await editor.command("grok.preview", argument)
    assert [each["kind"] for each in shown["placeholders"]] == ["GitHub token", "secret"]
    assert shown["redactions"] == {"secrets": 2, "personal": 0}
    above, _, request = shown["markdown"].partition("## system")
    for each in shown["placeholders"]:
        assert each["word"] in above
        assert request.count(each["word"]) == each["places"]
    assert "GROKLS_JWT_77_zz" in request
    assert "GROKLS_JWT_77_zz" not in above
    assert not fake_xai.requests
    result = await editor.command("grok.run", argument)
    assert result["redactions"] == shown["redactions"]
    # What is shown is what is sent, message by message.
    assert len(fake_xai.requests[-1].messages) == 2
    for _, text in fake_xai.requests[-1].messages:
        assert text in shown["markdown"]
