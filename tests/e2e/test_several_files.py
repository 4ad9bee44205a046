"""Edits of several files: only where the user's words may have asked for it, asked about first, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as t

from tests.e2e.conftest import MAIN, Start, workspace
from tests.e2e.editor import IMPATIENT, Editor, path_of
from tests.fake_xai import FakeXai, answer

USER = "from main import area\n\nKEY = 'sk-proj-Zk3vT9qLm2XwR8bNc5Yd7HfJ'\nprint(area(1, 2))\n"
BOTH = """```diff
--- a/main.py
+++ b/main.py
@@ @@
-def area(width, height):
+def surface(width, height):
--- a/user.py
+++ b/user.py
@@ @@
-from main import area
+from main import surface
@@ @@
-print(area(1, 2))
+print(surface(1, 2))
```
"""
NEW = """```diff
--- /dev/null
+++ b/tests/test_area.py
@@ -0,0 +1,4 @@
+from main import area
+
+
+assert area(1, 2) == 2
```
"""
RENAMED = MAIN.replace("def area(", "def surface(")
USED = USER.replace("area", "surface")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = workspace(tmp_path)
    (folder / "main.py").write_text(MAIN)
    (folder / "user.py").write_text(USER)
    return folder


async def asked(editor: Editor, uri: str, fake_xai: FakeXai, edit: str, **more: str) -> dict[str, object]:
    fake_xai.script(answer(edit))
    result = await editor.run("refactor", uri, "width + height", **({"instruction": "rename it everywhere"} | more))
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize("opened", [True, False])
async def test_the_user_is_asked_and_then_all_files_change(
    start: Start, root: Path, fake_xai: FakeXai, opened: bool
) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    other = (root / "user.py").as_uri()
    if opened:
        # Not what is on the disk: what the editor has counts.
        editor.open(root / "user.py", "# not saved\n" + USER)
    editor.answers = ["Apply"]
    result = await asked(editor, uri, fake_xai, BOTH)
    assert (result["status"], result["edit"]) == ("applied", {"files": 2, "hunks": 3, "added": 3, "removed": 3})
    assert "user.py (+2 −2 lines)" in editor.questions[0].message
    assert editor.buffers[uri].text == RENAMED
    assert editor.buffers[other].text == ("# not saved\n" if opened else "") + USED
    # One step for the editor, one undo.
    assert len(editor.applied) == 1
    assert "sk-proj" not in fake_xai.requests[0].raw.decode()


@pytest.mark.parametrize("choice", ["Discard", None])
async def test_without_a_yes_no_file_changes(start: Start, root: Path, fake_xai: FakeXai, choice: str | None) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    editor.answers = [choice]
    result = await asked(editor, uri, fake_xai, BOTH)
    assert result["status"] == "unchanged"
    assert not editor.applied
    assert editor.buffers[uri].text == MAIN


async def test_a_change_of_another_file_that_nobody_asked_for_is_refused(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    fake_xai.default = answer(BOTH)
    result = await editor.run("refactor", uri, "width + height")
    assert (result["status"], result["code"]) == ("refused", "unmatched_edit")
    assert not editor.questions
    assert not editor.applied


async def test_a_new_file_is_made(start: Start, root: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    (root / "tests").mkdir()
    editor.answers = ["Apply"]
    result = await asked(editor, uri, fake_xai, NEW, instruction="write tests in tests/test_area.py")
    assert result["status"] == "applied"
    made = (root / "tests" / "test_area.py").as_uri()
    assert editor.buffers[made].text == "from main import area\n\n\nassert area(1, 2) == 2\n"
    assert editor.buffers[uri].text == MAIN
    assert "makes tests/test_area.py (+4 −0 lines)" in editor.questions[0].message


@pytest.mark.parametrize("path", ["../outside.py", "/etc/cron.d/x", ".vscode/tasks.json", ".env"])
async def test_nothing_is_written_where_no_edit_may_go(start: Start, root: Path, fake_xai: FakeXai, path: str) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    editor.answers = ["Apply"]
    result = await asked(editor, uri, fake_xai, NEW.replace("b/tests/test_area.py", path))
    assert result["status"] in ("refused", "failed")
    assert result["code"] == "excluded_file"
    assert not editor.questions
    assert not editor.applied


async def test_a_part_that_has_no_place_stops_the_whole_edit(start: Start, root: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    fake_xai.default = answer(BOTH.replace("-print(area(1, 2))", "-print(volume(1, 2))"))
    result = await editor.run("refactor", uri, "width + height", instruction="rename it everywhere")
    assert (result["status"], result["code"]) == ("refused", "unmatched_edit")
    assert "user.py" in str(result["message"])
    assert not editor.applied
    # The model was told, twice.
    assert len(fake_xai.requests) == 3


async def test_what_is_typed_in_both_files_meanwhile_stays(start: Start, root: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    uri, other = editor.open(root / "main.py", MAIN), editor.open(root / "user.py", USER)

    def decide(params: t.ShowMessageRequestParams) -> t.MessageActionItem:
        editor.type(uri, 0, 0, "# typed\n")
        editor.type(other, len(USER), len(USER), "# also typed\n")
        return t.MessageActionItem("Apply")

    editor.client.protocol.fm._features[t.WINDOW_SHOW_MESSAGE_REQUEST] = decide
    assert (await asked(editor, uri, fake_xai, BOTH))["status"] == "applied"
    assert editor.buffers[uri].text == "# typed\n" + RENAMED
    assert editor.buffers[other].text == USED + "# also typed\n"


async def test_an_editor_that_makes_only_a_part_gets_that_part_back(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start(program=IMPATIENT)
    uri, other = editor.open(root / "main.py", MAIN), editor.open(root / "user.py", USER)
    editor.answers = ["Apply"]

    def half(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        editor.on_apply = None
        changes = [c for c in params.edit.document_changes or () if getattr(c, "text_document", None)]
        assert len(changes) == 2
        editor.take(t.ApplyWorkspaceEditParams(edit=t.WorkspaceEdit(document_changes=changes[:1])))
        return t.ApplyWorkspaceEditResult(applied=False, failed_change=1)

    editor.on_apply = half
    result = await asked(editor, uri, fake_xai, BOTH)
    assert (result["status"], result["code"]) == ("failed", "edit_rejected")
    assert "taken back" in str(result["message"])
    assert editor.buffers[uri].text == MAIN
    assert editor.buffers[other].text == USER


def only(change: t.TextDocumentEdit, *, edits: int = 99, characters: int = 99) -> t.TextDocumentEdit:
    kept = [each for each in change.edits[:edits] if not isinstance(each, t.SnippetTextEdit)]
    return t.TextDocumentEdit(
        change.text_document, [t.TextEdit(each.range, each.new_text[:characters]) for each in kept]
    )


@pytest.mark.parametrize("says", [True, False])
@pytest.mark.parametrize(("files", "edits", "characters"), [(2, 1, 99), (1, 1, 99), (2, 2, 4), (1, 2, 4)])
async def test_a_file_that_was_changed_in_part_is_restored_with_the_others(
    start: Start, root: Path, fake_xai: FakeXai, says: bool, files: int, edits: int, characters: int
) -> None:
    editor = await start(program=IMPATIENT)
    uri, other = editor.open(root / "main.py", MAIN), editor.open(root / "user.py", USER)
    editor.answers = ["Apply"]

    def half(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        editor.on_apply = None
        first, second = (c for c in params.edit.document_changes or () if isinstance(c, t.TextDocumentEdit))
        made = [first, only(second, edits=edits, characters=characters)][-files:]
        editor.take(t.ApplyWorkspaceEditParams(edit=t.WorkspaceEdit(document_changes=made)))
        # What is typed afterwards is not in the way.
        editor.type(other, 0, 0, "# typed\n")
        return t.ApplyWorkspaceEditResult(applied=says)

    editor.on_apply = half
    result = await asked(editor, uri, fake_xai, BOTH)
    assert (result["status"], result["code"]) == ("failed", "edit_rejected")
    assert "it was taken back, and what else changed meanwhile is kept" in str(result["message"])
    assert editor.buffers[uri].text == MAIN
    assert editor.buffers[other].text == "# typed\n" + USER


async def test_a_file_that_was_not_open_and_has_only_a_part_is_restored(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start(program=IMPATIENT)
    uri, other = editor.open(root / "main.py", MAIN), (root / "user.py").as_uri()
    editor.answers = ["Apply"]

    def half(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        editor.on_apply = None
        first, second = (c for c in params.edit.document_changes or () if isinstance(c, t.TextDocumentEdit))
        made = [first, only(second, edits=1)]
        return editor.take(t.ApplyWorkspaceEditParams(edit=t.WorkspaceEdit(document_changes=made)))

    editor.on_apply = half
    result = await asked(editor, uri, fake_xai, BOTH)
    assert result["code"] == "edit_rejected"
    assert "every file is as it was" in str(result["message"])
    assert editor.buffers[uri].text == MAIN
    assert editor.buffers[other].text == USER


async def test_a_part_that_the_editor_does_not_give_back_is_named(start: Start, root: Path, fake_xai: FakeXai) -> None:
    editor = await start(program=IMPATIENT)
    uri, other = editor.open(root / "main.py", MAIN), editor.open(root / "user.py", USER)
    editor.answers = ["Apply"]

    def half(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        changes = [c for c in params.edit.document_changes or () if isinstance(c, t.TextDocumentEdit)]
        if len(editor.applied) == 1:
            made = [changes[0], only(changes[1], edits=1)]
        elif changes[0].text_document.uri == other:
            return t.ApplyWorkspaceEditResult(applied=False, failure_reason="read-only")
        else:
            made = changes
        return editor.take(t.ApplyWorkspaceEditParams(edit=t.WorkspaceEdit(document_changes=list(made))))

    editor.on_apply = half
    result = await asked(editor, uri, fake_xai, BOTH)
    assert result["code"] == "edit_rejected"
    assert "look at user.py and undo it there" in str(result["message"])
    assert editor.buffers[uri].text == MAIN


@pytest.mark.parametrize("text", ["", "from main im"])
async def test_a_new_file_that_stayed_empty_or_was_only_begun_goes_again(
    start: Start, root: Path, fake_xai: FakeXai, text: str
) -> None:
    editor = await start(program=IMPATIENT)
    uri, made = editor.open(root / "main.py", MAIN), root / "tests" / "test_area.py"
    made.parent.mkdir()
    editor.answers = ["Apply"]

    def begun(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        editor.on_apply = None
        made.write_text(text)
        editor.open(made, text)
        return t.ApplyWorkspaceEditResult(applied=True)

    editor.on_apply = begun
    result = await asked(editor, uri, fake_xai, NEW, instruction="write tests in tests/test_area.py")
    assert result["code"] == "edit_rejected"
    assert "every file is as it was" in str(result["message"])
    assert not made.exists()


async def test_a_file_that_somebody_else_made_at_the_last_moment_stays(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start(program=IMPATIENT)
    uri, made = editor.open(root / "main.py", MAIN), root / "tests" / "test_area.py"
    made.parent.mkdir()
    editor.answers = ["Apply"]

    def refused(params: t.ApplyWorkspaceEditParams) -> t.ApplyWorkspaceEditResult:
        made.write_text("mine\n")
        return t.ApplyWorkspaceEditResult(applied=False, failure_reason="it exists")

    editor.on_apply = refused
    result = await asked(editor, uri, fake_xai, NEW, instruction="write tests in tests/test_area.py")
    assert result["code"] == "edit_rejected"
    assert "only a part" not in str(result["message"])
    assert made.read_text() == "mine\n"


async def test_a_file_that_changed_in_the_same_lines_stops_the_whole_edit(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)

    def decide(params: t.ShowMessageRequestParams) -> t.MessageActionItem:
        path_of((root / "user.py").as_uri()).write_text(USER.replace("import area", "import area as a"))
        return t.MessageActionItem("Apply")

    editor.client.protocol.fm._features[t.WINDOW_SHOW_MESSAGE_REQUEST] = decide
    result = await asked(editor, uri, fake_xai, BOTH)
    assert (result["status"], result["code"]) == ("refused", "document_changed")
    assert "The edit is kept" in str(result["message"])
    assert editor.buffers[uri].text == MAIN
    assert not editor.applied


async def lenses(editor: Editor, uri: str) -> list[tuple[int, str]]:
    params = t.CodeLensParams(t.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_code_lens_async(params) or ()
    return [(lens.range.start.line, lens.command.title) for lens in found if lens.command]


async def test_an_edit_that_met_typing_in_one_of_its_files_is_kept_whole(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    uri, other = editor.open(root / "main.py", MAIN), editor.open(root / "user.py", USER)
    mine = USER.replace("import area", "import area as a")

    def decide(params: t.ShowMessageRequestParams) -> t.MessageActionItem:
        editor.type(other, 0, len(USER), mine)
        return t.MessageActionItem("Apply")

    editor.client.protocol.fm._features[t.WINDOW_SHOW_MESSAGE_REQUEST] = decide
    result = await asked(editor, uri, fake_xai, BOTH)
    assert (result["status"], result["code"]) == ("refused", "document_changed")
    job = {"jobId": result["jobId"], "hunk": None, "decision": "keep"}
    editor.type(uri, 0, 0, "# typed\n")
    at = MAIN[: MAIN.index("def area(")].count("\n") + 1
    assert await lenses(editor, uri) == [
        (at, "Grok: Make this change of 2 files"),
        (at, "Grok: Drop this change of 2 files"),
    ]
    # In the way still: neither file changes, and the edit goes on waiting.
    assert await editor.command("grok.review", job) == 1
    assert [editor.buffers[one].text for one in (uri, other)] == ["# typed\n" + MAIN, mine]
    assert not editor.applied
    editor.type(other, 0, len(mine), USER + "# more\n")
    assert await editor.command("grok.review", job) == 0
    assert editor.buffers[uri].text == "# typed\n" + RENAMED
    assert editor.buffers[other].text == USED + "# more\n"
    assert len(editor.applied) == 1
    assert await lenses(editor, uri) == []
    # Made once.
    assert await editor.command("grok.review", job) == 0
    assert len(editor.applied) == 1


async def test_a_kept_edit_of_other_files_alone_stands_where_the_user_was_and_can_be_dropped(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)

    def decide(params: t.ShowMessageRequestParams) -> t.MessageActionItem:
        path_of((root / "user.py").as_uri()).write_text("mine\n")
        return t.MessageActionItem("Apply")

    editor.client.protocol.fm._features[t.WINDOW_SHOW_MESSAGE_REQUEST] = decide
    result = await asked(editor, uri, fake_xai, "```diff\n" + BOTH[BOTH.index("--- a/user.py") :])
    assert result["code"] == "document_changed"
    at = MAIN[: MAIN.index("width + height")].count("\n")
    assert (at, "Grok: Drop this change of user.py") in await lenses(editor, uri)
    job = {"jobId": result["jobId"], "hunk": 0, "decision": "discard"}
    assert await editor.command("grok.review", job) == 0
    assert await lenses(editor, uri) == []
    assert (root / "user.py").read_text() == "mine\n"


async def test_an_editor_that_makes_no_files_is_told_what_to_ask_for(
    start: Start, root: Path, fake_xai: FakeXai
) -> None:
    # eglot has document changes but makes no files.
    editor = await start(profile="emacs-28-eglot")
    uri = editor.open(root / "main.py", MAIN)
    fake_xai.script(answer(NEW))
    await editor.run("refactor", uri, "width + height", instruction="write tests in tests/test_area.py")
    while not any("makes a new file" in message for message in editor.messages):
        await editor.command("grok.usage")
    assert not editor.applied
