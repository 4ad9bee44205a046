"""The menu: what is offered when, and that asking for it costs nothing."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types as t

from tests.e2e.conftest import MAIN, Start, workspace
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai


def kinds(actions: list[t.CodeAction]) -> list[str]:
    return [str(getattr(action.kind, "value", action.kind)) for action in actions]


async def test_a_selection_is_offered_refactor_and_explain(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    actions = await editor.menu(opened, editor.range(opened, "width + height"))
    assert kinds(actions) == ["refactor.rewrite.grok", "grok.explain"]
    assert [action.title.split()[1] for action in actions] == ["Refactor", "Explain"]
    for action in actions:
        assert action.edit is None
        assert action.is_preferred is None
        assert action.command is not None
        assert action.command.command == "grok.run"
    assert not fake_xai.requests
    assert not fake_xai.other


async def test_a_cursor_is_offered_the_definition_around_it(editor: Editor, opened: str) -> None:
    inside = editor.range(opened, "return width").start
    assert kinds(await editor.menu(opened, t.Range(inside, inside))) == ["refactor.rewrite.grok", "grok.explain"]
    outside = t.Position(1, 0)
    assert await editor.menu(opened, t.Range(outside, outside)) == []


async def test_each_diagnostic_has_a_fix_and_several_have_one_for_all(editor: Editor, opened: str) -> None:
    problems = [editor.diagnostic(opened, "width + height", f"problem {n}") for n in range(7)]
    problems.append(problems[0])
    actions = await editor.menu(opened, problems[0].range, diagnostics=problems, only=["quickfix"])
    assert len(actions) == 6
    assert all(action.title.startswith("Grok: Fix") for action in actions)
    assert [len(action.diagnostics or ()) for action in actions] == [1, 1, 1, 1, 1, 7]
    far = editor.diagnostic(opened, "depth\n", "elsewhere")
    assert await editor.menu(opened, problems[0].range, diagnostics=[far], only=["quickfix"]) == []


async def test_an_automatic_request_gets_fixes_only(editor: Editor, opened: str) -> None:
    problem = editor.diagnostic(opened, "width + height")
    actions = await editor.menu(
        opened, problem.range, diagnostics=[problem], trigger_kind=t.CodeActionTriggerKind.Automatic
    )
    assert kinds(actions) == ["quickfix.grok"]
    assert await editor.menu(opened, problem.range, trigger_kind=t.CodeActionTriggerKind.Automatic) == []


async def test_only_is_honoured_by_its_hierarchy(editor: Editor, opened: str) -> None:
    problem = editor.diagnostic(opened, "width + height")
    for only, expected in (
        (["quickfix"], ["quickfix.grok"]),
        (["quickfix.grok"], ["quickfix.grok"]),
        (["refactor"], ["refactor.rewrite.grok"]),
        (["refactor.rewrite"], ["refactor.rewrite.grok"]),
        (["refactor.extract"], []),
        (["grok"], ["grok.explain"]),
        (["source"], []),
        (["source.fixAll"], []),
        ([""], ["quickfix.grok", "refactor.rewrite.grok", "grok.explain"]),
    ):
        actions = await editor.menu(opened, problem.range, diagnostics=[problem], only=only)
        assert kinds(actions) == expected, only


async def test_actions_are_tagged_where_the_client_takes_tags(editor: Editor, opened: str) -> None:
    actions = await editor.menu(opened, editor.range(opened, "width + height"))
    expected = (t.CodeActionTag.LlmGenerated,) if editor.profile == "vscode" else ()
    assert all(tuple(action.tags or ()) == expected for action in actions)


async def test_a_file_that_may_not_be_sent_says_so(editor: Editor, tmp_path: Path, fake_xai: FakeXai) -> None:
    root = workspace(tmp_path)
    (root / ".gitignore").write_text("secret.py\n")
    path = root / "secret.py"
    path.write_text(MAIN)
    uri = editor.open(path, MAIN)
    actions = await editor.menu(uri, editor.range(uri, "width + height"))
    if editor.profile == "vscode":
        assert actions
        assert all(action.disabled is not None and ".gitignore" in action.disabled.reason for action in actions)
    else:
        assert actions == []
    result = await editor.run("explain", uri, "width + height")
    assert (result["status"], result["code"]) == ("refused", "excluded_file")
    shown = await editor.command("grok.preview", editor.run_action("explain", uri, "width + height"))
    assert "width" not in shown["markdown"]
    assert not fake_xai.requests


async def test_own_actions_stand_in_the_menu_and_run(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    root = workspace(tmp_path)
    folder = root / ".grok" / "actions"
    folder.mkdir(parents=True)
    (folder / "types.md").write_text(
        "---\ntitle: Add types\nkind: refactor.rewrite\nwhen: selection\nlanguages: [python]\nresult: explain\n---\nAdd type hints.\n"
    )
    (folder / "fix.md").write_text("---\ntitle: Mine\n---\nTakes a built-in name.\n")
    editor = await start()
    uri = editor.open(root / "main.py", MAIN)
    actions = await editor.menu(uri, editor.range(uri, "width + height"))
    assert [action.title for action in actions][-1] == "Add types (workspace)"
    from tests.fake_xai import answer

    fake_xai.script(answer("Types."))
    assert (await editor.run("types", uri, "width + height"))["status"] == "explained"
    assert "Add type hints." in fake_xai.requests[0].prompt
    assert any("built in" in message for message in editor.messages)


async def test_recipes_are_offered_to_who_asks_for_them_and_run_as_refactorings(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    recipes = "refactor.rewrite.grok.recipe"
    inside = editor.range(opened, "return area").start
    actions = await editor.menu(opened, t.Range(inside, inside), only=[recipes])
    assert kinds(actions) == [f"{recipes}.rename", f"{recipes}.add-types", f"{recipes}.document"]
    assert all(action.title.startswith("Grok: Refactor: ") for action in actions)
    assert kinds(await editor.menu(opened, t.Range(inside, inside), only=[f"{recipes}.document"])) == [
        f"{recipes}.document"
    ]
    from tests.fake_xai import answer

    fake_xai.script(answer("NO_CHANGE"))
    command = actions[-1].command
    assert command is not None
    argument = (command.arguments or [None])[0]
    assert (await editor.command(command.command, argument))["status"] == "unchanged"
    assert "Task: refactor" in fake_xai.requests[0].prompt
    assert "Write the documentation that is missing" in fake_xai.requests[0].prompt


async def test_a_function_in_a_component_is_offered_by_its_name(editor: Editor, tmp_path: Path) -> None:
    text = "<template>\n  <p/>\n</template>\n<script>\nfunction total(items) {\n  return items.length;\n}\n</script>\n"
    uri = editor.open(workspace(tmp_path) / "Total.vue", text, language="vue")
    inside = editor.range(uri, "return items").start
    actions = await editor.menu(uri, t.Range(inside, inside))
    assert [action.title for action in actions] == ["Grok: Refactor ‘total’", "Grok: Explain ‘total’"]


async def test_a_part_of_a_repository_has_the_ignore_files_above_it(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    root = workspace(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("private.py\n")
    (root / "private.py").write_text(MAIN)
    editor = await start(profile="vscode")
    uri = editor.open(root / "private.py", MAIN)
    menu = await editor.menu(uri, editor.range(uri, "width + height"))
    assert {action.disabled.reason if action.disabled else "" for action in menu} == {
        "private.py is never sent: ../.gitignore names it."
    }
    result = await editor.run("explain", uri, "width + height")
    assert (result["status"], result["code"]) == ("refused", "excluded_file")
    assert not fake_xai.requests


async def test_an_action_that_is_a_link_to_an_ignored_file_is_not_offered(start: Start, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / ".grokignore").write_text("notes/\n")
    for folder in (root / "notes", root / ".grok" / "actions"):
        folder.mkdir(parents=True)
        (folder / f"{folder.name}.md").write_text(f"---\ntitle: From {folder.name}\nwhen: always\n---\nTidy.\n")
    (root / ".grok" / "actions" / "link.md").symlink_to(root / "notes" / "notes.md")
    editor = await start(profile="vscode")
    uri = editor.open(root / "main.py", MAIN)
    titles = [action.title for action in await editor.menu(uri, editor.range(uri, "width + height"))]
    assert "From actions (workspace)" in titles
    assert not [title for title in titles if "notes" in title]


async def test_what_the_editor_holds_decides_whether_it_may_be_sent(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(profile="vscode")
    for number, (text, word) in enumerate((("x = 1\n\0", "binary"), ("x = 1\n" * 700_000, "larger than 4 MB"))):
        path = workspace(tmp_path) / f"{number}.py"
        path.write_text("x = 1\n")
        for place in (path, f"untitled:Untitled-{number}"):
            uri = editor.open(place, text)
            menu = await editor.menu(uri, editor.range(uri, "x = 1"))
            assert menu
            assert all(action.disabled and word in action.disabled.reason for action in menu)
            result = await editor.run("explain", uri, "x = 1")
            assert (result["code"], word in result["message"]) == ("excluded_file", True)
    assert not fake_xai.requests
