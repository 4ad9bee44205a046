"""Secrets planted wherever a user could have them, jobs that fail in every way, and a search for them wherever they could turn up."""

from __future__ import annotations

import base64
import sqlite3
import urllib.parse
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.conftest import Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import Cut, FakeXai, answer, failure

# In shapes that the redactor knows; made up, and never whole in this file.
CANARIES = {
    "document": "ghp_" + "Ca1naryDoc" * 3 + "uMeNt9",
    "other file": "AKIA" + "CANARYFILE2NEAR7",
    "file name": "canary.person" + "@example-corp.com",
    "instruction": "glpat-" + "Ca1naryInstr" + "uct9",
    "diagnostic": "sk_live_" + "Ca1naryDiagNostic" * 2,
    "own action": "xoxb-" + "123456789012-1234567890123-" + "Ca1naryActionOwn4567890Ab",
    "answer": "hf_" + "CaNaryAnswerModel" * 2,
    "assignment": "q7Zr" + "!canary-Pass9word",
}
TEXT = f"""\
import near

TOKEN = "{CANARIES["document"]}"
password = "{CANARIES["assignment"]}"


def area(width, height):
    # ask {CANARIES["file name"]}
    return width + height + len(TOKEN)
"""
FIX = "```diff\n@@ @@\n-    return width + height + len(TOKEN)\n+    return width * height\n```\n"
MISSES = FIX.replace("-    return width + height", "-    return nothing like it")


def spellings(canary: str) -> list[str]:
    """The canary as it is, URL-encoded, and in base64 at each of the three places of a group."""
    raw = canary.encode()
    coded = []
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw).decode()
        # The characters at both ends also hold bits of the neighbours.
        coded.append(text[4 if shift else 0 : len(text) - 4])
    return [canary, urllib.parse.quote(canary, safe=""), *coded, raw.hex()]


def leaks(where: str, text: str) -> list[str]:
    return [
        f"{name} in {where}"
        for name, canary in CANARIES.items()
        if any(spelling in text for spelling in spellings(canary))
    ]


def leaks_on_disk(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*")):
        found += leaks(f"the name {path.name}", path.name)
        if path.is_file():
            found += leaks(path.name, path.read_bytes().decode("latin-1"))
    for path in folder.rglob("*.sqlite3"):
        with closing(sqlite3.connect(path)) as database:
            found += leaks(f"{path.name} as SQL", "\n".join(database.iterdump()))
    return found


def plant(root: Path) -> Path:
    (root / "near.py").write_text(f'KEY = "{CANARIES["other file"]}"\n\n\ndef near():\n    return KEY\n')
    actions = root / ".grok" / "actions"
    actions.mkdir(parents=True)
    (actions / "tidy.md").write_text(
        f"---\ntitle: Tidy\nwhen: always\nresult: edit\n---\nTidy it as {CANARIES['own action']} says.\n"
    )
    path = root / f"{CANARIES['file name']}.py"
    path.write_text(TEXT)
    return path


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    for canary in CANARIES.values():
        for shift in range(3):
            coded = base64.b64encode(b"x" * shift + canary.encode() + b"tail").decode()
            assert leaks("it", f"before{coded}after")
        assert leaks("it", urllib.parse.quote(f"a={canary}&b", safe=""))
    (tmp_path / "a.log").write_text(CANARIES["document"])
    assert leaks_on_disk(tmp_path) == ["document in a.log"]


async def all_actions(editor: Editor, uri: str, fake: FakeXai) -> list[str]:
    """Every action once for each way to fail and to succeed; the statuses."""
    diagnostic = {
        "range": {"start": {"line": 8, "character": 4}, "end": {"line": 8, "character": 10}},
        "message": f"cannot use {CANARIES['diagnostic']} here",
        "source": "check",
        "relatedInformation": [
            {"location": {"uri": uri, "range": {}}, "message": f"because of {CANARIES['diagnostic']}"}
        ],
    }
    repeat = answer("The prompt was: " + TEXT[:40])
    statuses = []
    for action in ("explain", "fix", "refactor", "tidy"):
        for replies in (
            (answer(FIX),),
            # An answer is kept in the cache, but not one with a secret of the model's own.
            (answer(f"The token is {CANARIES['document']}, or {CANARIES['answer']}."),) * 3,
            (failure(500, "internal", f"cannot parse {CANARIES['document']}"), repeat),
            (failure(400, "invalid-argument", f"bad input: {CANARIES['instruction']} {CANARIES['diagnostic']}"),),
            (answer(FIX, cut=Cut(8, "reset")),),
            (answer(FIX, end="incomplete"),),
            (answer(MISSES), answer(MISSES), answer(MISSES)),
            (repeat, repeat, repeat),
        ):
            fake.script(*replies)
            # A question of its own each time: none is answered from the cache.
            instruction = f"use {CANARIES['instruction']} for it, in way {len(statuses)}"
            result = await editor.run(action, uri, "width + height", instruction=instruction, diagnostics=[diagnostic])
            statuses.append(result["status"])
            fake._script.clear()
            if editor.buffers[uri].text != TEXT:
                editor.type(uri, 0, len(editor.buffers[uri].text), TEXT)
    return statuses


@pytest.mark.parametrize("profile", ["vscode"])
async def test_no_canary_leaves_the_machine_or_stays_behind(
    start: Start, tmp_path: Path, fake_xai: FakeXai, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace(tmp_path)
    path = plant(root)
    errors: list[str] = []
    editor = await start(
        machine={"storage": "sqlite", "log": {"level": "debug"}, "retries": 1},
        environment={"GROK_LS_LOG_LEVEL": "debug"},
    )
    uri = editor.open(path, TEXT)
    statuses = await all_actions(editor, uri, fake_xai)
    assert {"explained", "failed", "applied"} <= set(statuses)
    assert len(fake_xai.requests) > 30
    preview = await editor.command("grok.preview", editor.run_action("fix", uri, "width + height"))
    errors += leaks("the preview", str(preview))
    assert editor.client._server is not None
    await editor.shut_down()
    for number, request in enumerate(fake_xai.requests):
        sent = request.raw.decode("latin-1") + request.prompt + str(request.headers)
        errors += leaks(f"request {number}", sent)
    errors += leaks_on_disk(tmp_path / "data")
    # The client passes the server's stderr on.
    stderr = capsys.readouterr().err
    errors += leaks("stderr", stderr)
    assert not errors, sorted(set(errors))
    # There was something to search, and they did take part: their placeholders stand in the requests.
    assert all("GROKLS_" in request.prompt for request in fake_xai.requests)
    assert {path.suffix for path in (tmp_path / "data").rglob("*") if path.is_file()} >= {".sqlite3", ".jsonl"}
    assert "ERROR" in stderr or "WARNING" in stderr
