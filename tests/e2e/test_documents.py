"""The user types while the model thinks, and editors that do not do what they say."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from lsprotocol import types as t

from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.e2e.editor import IMPATIENT, Editor
from tests.fake_xai import FakeXai, Gate, answer


async def test_typing_elsewhere_is_kept_and_the_edit_goes_in(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    gate = Gate()
    fake_xai.script(answer(FIX, hold_at=4, gate=gate))
    task = asyncio.ensure_future(editor.run("refactor", opened, "width + height"))
    await fake_xai.wait_for_events(4)
    editor.type(opened, len(MAIN), len(MAIN), "\n# typed 😀\n")
    editor.type(opened, 0, 0, "# first\n")
    gate.open()
    assert (await task)["status"] == "applied"
    assert editor.buffers[opened].text == "# first\n" + FIXED + "\n# typed 😀\n"


async def test_typing_in_the_same_lines_wins(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    gate = Gate()
    fake_xai.script(answer(FIX, hold_at=4, gate=gate))
    task = asyncio.ensure_future(editor.run("refactor", opened, "width + height"))
    await fake_xai.wait_for_events(4)
    at = MAIN.index("width + height")
    editor.type(opened, at, at + 5, "mine")
    # An answer says that the typing before it has arrived: else the edit may be asked for first, and the editor refuses it.
    await editor.menu(opened, editor.range(opened, "mine"))
    gate.open()
    result = await task
    assert (result["status"], result["code"]) == ("refused", "document_changed")
    assert editor.buffers[opened].text == MAIN.replace("width + height", "mine + height")
    assert not editor.applied


async def test_a_proposal_that_typing_was_in_the_way_of_can_still_be_made(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    uri = editor.open(workspace(tmp_path) / "three.py", THREE)
    gate = Gate()
    fake_xai.script(answer(THREE_DIFF, hold_at=4, gate=gate))
    task = asyncio.ensure_future(editor.run("refactor", uri, "def f0"))
    await fake_xai.wait_for_events(4)
    changed = next(one for one, other in zip(THREE.splitlines(), three({0}).splitlines(), strict=False) if one != other)
    at = THREE.index(changed)
    editor.type(uri, at, at + len(changed), changed + "  # mine")
    gate.open()
    result = await task
    assert (result["status"], result["code"]) == ("refused", "document_changed")
    typed = THREE.replace(changed, changed + "  # mine", 1)
    assert editor.buffers[uri].text == typed

    params = t.CodeLensParams(t.TextDocumentIdentifier(uri))
    titles = [
        lens.command.title for lens in await editor.client.text_document_code_lens_async(params) or () if lens.command
    ]
    assert titles.count("Grok: Make this change") == 3
    job = {"jobId": result["jobId"]}
    # In the way still: refused again, and the user's own words stay.
    assert await editor.command("grok.review", {**job, "hunk": 0, "decision": "keep"}) == 3
    assert editor.buffers[uri].text == typed
    assert await editor.command("grok.review", {**job, "hunk": 2, "decision": "keep"}) == 2
    assert editor.buffers[uri].text == three({2}).replace(changed, changed + "  # mine", 1)
    assert await editor.command("grok.review", {**job, "hunk": 1, "decision": "discard"}) == 1
    # The user takes their own change back.
    editor.type(uri, at, at + len(changed + "  # mine"), changed)
    assert await editor.command("grok.review", {**job, "hunk": None, "decision": "keep"}) == 0
    assert editor.buffers[uri].text == three({0, 2})


async def test_a_menu_of_an_older_document_is_refused(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    action = editor.run_action("refactor", opened, "width + height")
    editor.type(opened, 0, 0, "# new\n")
    result = await editor.command("grok.run", action)
    assert (result["status"], result["code"]) == ("refused", "document_changed")
    assert not fake_xai.requests


@pytest.mark.parametrize("says", [True, False])
async def test_an_edit_that_the_editor_drops_is_not_believed(
    start: Start, tmp_path: Path, fake_xai: FakeXai, says: bool
) -> None:
    editor = await start(program=IMPATIENT)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX))
    editor.on_apply = lambda params: t.ApplyWorkspaceEditResult(applied=says)
    result = await editor.run("refactor", uri, "width + height")
    assert (result["status"], result["code"]) == ("failed", "edit_rejected")
    assert editor.buffers[uri].text == MAIN


async def test_characters_typed_right_after_the_edit_do_not_hide_it(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    fake_xai.script(answer(FIX))

    def apply_and_type(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        buffer = editor.buffers[opened]
        buffer.text = FIXED + "# typed\n"
        buffer.version += 1
        # One change for both, as Neovim's debounce makes it.
        editor.client.text_document_did_change(
            t.DidChangeTextDocumentParams(
                t.VersionedTextDocumentIdentifier(buffer.version, opened),
                [t.TextDocumentContentChangeWholeDocument(buffer.text)],
            )
        )
        return t.ApplyWorkspaceEditResult(applied=True)

    editor.on_apply = apply_and_type
    assert (await editor.run("refactor", opened, "width + height"))["status"] == "applied"


async def test_two_workspace_folders_and_two_documents_at_once(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    other = tmp_path / "other"
    other.mkdir()
    editor.client.workspace_did_change_workspace_folders(
        t.DidChangeWorkspaceFoldersParams(
            t.WorkspaceFoldersChangeEvent(added=[t.WorkspaceFolder(other.as_uri(), "other")], removed=[])
        )
    )
    first = editor.open(workspace(tmp_path) / "main.py", MAIN)
    second = editor.open(other / "main.py", MAIN)
    fake_xai.default = answer(FIX)
    results = await asyncio.gather(*(editor.run("refactor", uri, "width + height") for uri in (first, second)))
    assert [result["status"] for result in results] == ["applied", "applied"]
    assert [buffer.text for buffer in editor.buffers.values()] == [FIXED, FIXED]
    outside = editor.open(tmp_path / "outside.py", MAIN)
    assert (await editor.run("refactor", outside, "width + height"))["code"] == "excluded_file"


THREE = "".join(f"def f{n}():\n    return {n}\n\n\n" for n in range(3))
THREE_DIFF = (
    "```diff\n" + "".join(f"@@ @@\n def f{n}():\n-    return {n}\n+    return {n}{n}\n" for n in range(3)) + "```\n"
)


def three(taken: set[int]) -> str:
    return "".join(f"def f{n}():\n    return {n}{n if n in taken else ''}\n\n\n" for n in range(3))


@pytest.mark.parametrize("taken", [set(), {0}, {1, 2}, {0, 1, 2}])
async def test_a_preview_reports_what_really_went_in(
    start: Start, tmp_path: Path, fake_xai: FakeXai, profile: str, taken: set[int]
) -> None:
    editor = await start(settings={"review": "preview"})
    uri = editor.open(workspace(tmp_path) / "three.py", THREE)
    fake_xai.script(answer(THREE_DIFF))
    if profile == "vscode":
        editor.ticked = lambda annotation: int(annotation.rpartition(".")[2]) in taken
    else:
        editor.answers = ["Apply" if taken else "Discard"]
        taken = {0, 1, 2} if taken else set()
    result = await editor.run("refactor", uri, "def f0")
    assert editor.buffers[uri].text == three(taken)
    if taken:
        assert (result["status"], result["edit"]["hunks"]) == ("applied", len(taken))
    else:
        assert result["status"] == "unchanged"


async def test_lenses_keep_and_discard_each_hunk(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings={"review": "lens"})
    uri = editor.open(workspace(tmp_path) / "three.py", THREE)
    fake_xai.script(answer(THREE_DIFF))
    result = await editor.run("refactor", uri, "def f0")
    assert result["status"] == "review"
    assert editor.buffers[uri].text == three({0, 1, 2})

    async def lenses() -> list[t.CodeLens]:
        params = t.CodeLensParams(t.TextDocumentIdentifier(uri))
        return list(await editor.client.text_document_code_lens_async(params) or ())

    assert len(await lenses()) == 8
    editor.type(uri, 0, 0, "# typed\n")
    assert [lens.range.start.line for lens in await lenses()][-1] == 10
    job = {"jobId": result["jobId"]}
    assert await editor.command("grok.review", {**job, "hunk": 1, "decision": "discard"}) == 2
    assert editor.buffers[uri].text == "# typed\n" + three({0, 2})
    assert await editor.command("grok.review", {**job, "hunk": 0, "decision": "keep"}) == 1
    assert await editor.command("grok.review", {**job, "hunk": None, "decision": "discard"}) == 0
    assert editor.buffers[uri].text == "# typed\n" + three({0})
    assert await lenses() == []


async def test_a_client_without_lenses_decides_by_code_actions(
    start: Start, tmp_path: Path, fake_xai: FakeXai, profile: str
) -> None:
    editor = await start(profile="emacs-28-eglot", stream=False, settings={"review": "lens"})
    uri = editor.open(workspace(tmp_path) / "three.py", THREE)
    fake_xai.script(answer(THREE_DIFF))
    await editor.run("refactor", uri, "def f0")
    while not any("Keep or discard" in message for message in editor.messages):
        await editor.command("grok.usage")
    assert editor.buffers[uri].text == three({0, 1, 2})
    line = next(n for n, text in enumerate(three({0, 1, 2}).splitlines()) if text not in THREE.splitlines())
    here = t.Range(t.Position(line, 0), t.Position(line, 0))
    actions = {action.title: action for action in await editor.menu(uri, here)}
    assert {"Grok: Keep all 3 changes", "Grok: Discard all 3 changes", "Grok: Keep this change"} < actions.keys()
    assert "Grok: Keep this change" not in {action.title for action in await editor.menu(uri, here, only=["quickfix"])}
    command = actions["Grok: Discard this change"].command
    assert command is not None
    editor.changed.clear()
    # Answered before the edit is made: such a client says nothing of a document while a command runs.
    assert await editor.command(command.command, *(command.arguments or ())) == 2
    await editor.changed.wait()
    assert editor.buffers[uri].text == three({1, 2})


async def test_decisions_that_come_at_once_are_all_carried_out(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(settings={"review": "lens"})
    uri = editor.open(workspace(tmp_path) / "three.py", THREE)
    fake_xai.script(answer(THREE_DIFF))
    job = {"jobId": (await editor.run("refactor", uri, "def f0"))["jobId"], "decision": "discard"}
    await asyncio.gather(*(editor.command("grok.review", {**job, "hunk": hunk}) for hunk in (0, 1, 1, 2)))
    assert editor.buffers[uri].text == THREE


async def test_the_users_own_linter_has_a_word_after_the_edit(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    lint = "import sys; [print(f'{sys.argv[1]}:{n}:1: undefined') for n, line in enumerate(sys.stdin, 1) if 'depth' in line]"
    command = [sys.executable, "-c", lint, "{path}"]
    editor = await start(machine={"checks": {"python": command}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX.replace("+    return width * height", "+    return width * depth")))
    result = await editor.run("fix", uri, "width + height")
    assert result["status"] == "applied"
    assert "finds something new in line 6: undefined" in result["message"]
    # A repository cannot name a program.
    editor = await start(settings={"checks": {"python": command}})
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer(FIX.replace("+    return width * height", "+    return width * depth")))
    assert "finds" not in (await editor.run("fix", uri, "width + height"))["message"]
