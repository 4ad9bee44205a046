"""Each action from the menu to the document, as VS Code and as Neovim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsprotocol import types as t
from pygls.protocol import default_converter

from tests.e2e.conftest import FIX, FIXED, MAIN, Start, workspace
from tests.e2e.editor import KEY, Editor
from tests.fake_xai import FakeXai, Recorded, Reply, answer


async def test_a_fix_goes_from_the_menu_into_the_document(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    fake_xai.script(answer(FIX, served_model="grok-build-0.1"))
    problem = editor.diagnostic(opened, "width + height")
    action = (await editor.menu(opened, problem.range, diagnostics=[problem]))[0]
    assert action.command is not None
    result = await editor.command(action.command.command, *(action.command.arguments or ()))
    assert result["status"] == "applied"
    assert result["code"] is None
    assert result["edit"] == {"files": 1, "hunks": 1, "added": 1, "removed": 1}
    assert result["usage"]["servedModel"] == "grok-build-0.1"
    assert result["usage"]["costUsd"] == pytest.approx(fake_xai.requests[0].cost_usd)
    assert editor.buffers[opened].text == FIXED
    assert len(editor.applied) == 1
    assert (editor.applied[0].label or "").startswith("Grok: ")


async def test_a_selection_is_refactored_as_the_user_says(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    fake_xai.script(answer(FIX))
    result = await editor.run("refactor", opened, "    return width + height\n", instruction="multiply instead")
    assert result["status"] == "applied"
    assert editor.buffers[opened].text == FIXED
    assert "multiply instead" in fake_xai.requests[0].prompt


async def test_an_explanation_streams_and_is_made_harmless(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    words = "It adds.\n\n[run](command:evil) ![x](https://e.vil/x.png) <img src=x>\n"
    fake_xai.script(answer(words))
    result = await editor.run("explain", opened, "width + height")
    assert result["status"] == "explained"
    streamed = "".join(event.delta for event in editor.streamed if event.kind == "text")
    assert streamed == result["markdown"]
    assert streamed.startswith("It adds.")
    for harm in ("](command:", "![", "<img"):
        assert harm not in streamed
    assert [event.seq for event in editor.streamed] == list(range(len(editor.streamed)))
    assert editor.streamed[0].kind == "begin"
    assert editor.streamed[-1].kind == "end"
    assert editor.streamed[-1].result.status == "explained"
    assert editor.buffers[opened].text == MAIN


@pytest.mark.parametrize("profile", ["neovim-0.11"])
async def test_without_the_stream_an_explanation_is_a_read_only_file(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(stream=False)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("It adds."))
    result = await editor.run("explain", uri, "width + height")
    assert result["status"] == "explained"
    assert not editor.streamed
    while not editor.client.shown_documents:
        await editor.command("grok.usage")
    assert read_only_text(editor.client.shown_documents[0].uri) == "It adds."


@pytest.mark.parametrize("profile", ["neovim-0.11"])
async def test_the_file_of_an_explanation_holds_placeholders(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start(stream=False)
    secret = "ghp_" + "Zq8wYk3MnB5vR7tLx2Cd4Fg6Hj8Kl0Pq1sTu"
    uri = editor.open(workspace(tmp_path) / "main.py", f'{MAIN}TOKEN = "{secret}"\n')

    def reply(request: Recorded) -> Reply:
        return answer(f"It adds {next(word for word in re.findall(r'GROKLS_GITHUB_TOKEN_[0-9]+_..', request.prompt))}.")

    fake_xai.script(reply)
    result = await editor.run("explain", uri, "width + height")
    assert result["markdown"] == f"It adds {secret}."
    while not editor.client.shown_documents:
        await editor.command("grok.usage")
    written = read_only_text(editor.client.shown_documents[0].uri)
    assert secret not in written
    assert "(GitHub token)" in written.splitlines()[0]


@pytest.mark.parametrize("profile", ["vscode"])
async def test_a_client_that_offers_it_asks_for_the_text_of_an_explanation(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(stream=False)
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("It adds."))
    result = await editor.run("explain", uri, "width + height")
    assert (result["status"], result["markdown"]) == ("explained", "It adds.")
    while not editor.client.shown_documents:
        await editor.command("grok.usage")
    (shown,) = editor.client.shown_documents
    (registered,) = (each for each in editor.registered if each.method == t.WORKSPACE_TEXT_DOCUMENT_CONTENT)
    (scheme,) = registered.register_options["schemes"]
    assert shown.uri.startswith(f"{scheme}:/")
    assert shown.uri.endswith(".md")
    assert editor.contents == {shown.uri: "It adds."}
    # A tab that was left open outlives the server's memory.
    asked = t.TextDocumentContentParams(f"{scheme}:/job-of-yesterday/explanation.md")
    assert "no longer kept" in (await editor.client.workspace_text_document_content_async(asked)).text


@pytest.mark.parametrize("profile", ["vscode"])
async def test_a_client_that_offers_it_and_never_asks_gets_the_file(
    start: Start, tmp_path: Path, fake_xai: FakeXai
) -> None:
    editor = await start(stream=False)
    editor.asks_for_contents = False
    uri = editor.open(workspace(tmp_path) / "main.py", MAIN)
    fake_xai.script(answer("It adds."))
    await editor.run("explain", uri, "width + height")
    while len(editor.client.shown_documents) < 2:
        await editor.command("grok.usage")
    assert read_only_text(editor.client.shown_documents[1].uri) == "It adds."


@pytest.mark.parametrize("profile", ["vscode"])
async def test_a_client_that_takes_the_stream_is_offered_no_documents(
    editor: Editor, opened: str, fake_xai: FakeXai
) -> None:
    fake_xai.script(answer("It adds."))
    await editor.run("explain", opened, "width + height")
    while not editor.registered:
        await editor.command("grok.usage")
    assert t.WORKSPACE_TEXT_DOCUMENT_CONTENT not in {each.method for each in editor.registered}
    assert editor.client.shown_documents == []


def read_only_text(uri: str) -> str:
    from pygls.uris import to_fs_path

    path = Path(to_fs_path(uri) or "")
    assert path.stat().st_mode & 0o277 == 0
    return path.read_text()


async def test_a_model_that_sees_no_problem_changes_nothing(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    fake_xai.script(answer("NO_CHANGE\n"))
    result = await editor.run("fix", opened, "width + height")
    assert (result["status"], result["code"]) == ("unchanged", None)
    assert not editor.applied


async def test_a_planted_key_never_leaves_and_comes_back(start: Start, tmp_path: Path, fake_xai: FakeXai) -> None:
    editor = await start()
    secret = "xai-" + "Pl4nt" * 16
    text = MAIN.replace("return width", f'key = "{secret}"\n    return width')
    uri = editor.open(workspace(tmp_path) / "main.py", text)

    def reply(request: Recorded) -> Reply:
        line = next(line for line in request.prompt.splitlines() if "GROKLS_" in line and "key =" in line)
        return answer(
            f"```diff\n@@ @@\n-{line}\n-    return width + height\n+    return width * height\n+{line}\n```\n"
        )

    fake_xai.script(reply)
    result = await editor.run("refactor", uri, "width + height", instruction=f"keep {KEY} and {secret}")
    assert result["status"] == "applied", result
    assert f'return width * height\n    key = "{secret}"' in editor.buffers[uri].text
    assert "GROKLS_" not in editor.buffers[uri].text
    assert result["redactions"]["secrets"] >= 1
    for request in fake_xai.requests:
        assert secret.encode() not in request.raw
        assert KEY.encode() not in request.raw
        assert str(tmp_path).encode() not in request.raw


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("a = 1\r\nb = 2\r\n", "b = 2", "b = 3"),
        ("if x:\n\ty = '😀é'\n\tz = 1", "\tz = 1", "\tz = 2"),
        ("a = '\x0c\u2028😀'\nb = 2\n", "b = 2", "b = '😀'"),
    ],
)
async def test_line_ends_and_astral_characters_stay(
    editor: Editor, tmp_path: Path, fake_xai: FakeXai, text: str, old: str, new: str
) -> None:
    uri = editor.open(workspace(tmp_path) / "odd.py", text, version=0)
    fake_xai.script(answer(f"```diff\n@@ @@\n-{old}\n+{new}\n```\n"))
    result = await editor.run("refactor", uri, old)
    assert result["status"] == "applied", result
    assert editor.buffers[uri].text == text.replace(old, new)


async def test_a_document_of_twenty_thousand_lines(editor: Editor, tmp_path: Path, fake_xai: FakeXai) -> None:
    text = "".join(f"def f{n}(a):\n    return a + {n}\n\n\n" for n in range(5000))
    uri = editor.open(workspace(tmp_path) / "large.py", text)
    fake_xai.script(answer("```diff\n@@ @@\n def f4000(a):\n-    return a + 4000\n+    return a * 4000\n```\n"))
    result = await editor.run("refactor", uri, "return a + 4000")
    assert result["status"] == "applied", result
    assert editor.buffers[uri].text == text.replace("a + 4000\n", "a * 4000\n")


async def test_an_untitled_document_without_a_workspace(start: Start, fake_xai: FakeXai) -> None:
    editor = await start(None)
    uri = editor.open("untitled:Untitled-1", MAIN)
    fake_xai.script(answer(FIX))
    assert (await editor.run("refactor", uri, "width + height"))["status"] == "applied"
    assert editor.buffers[uri].text == FIXED


async def test_progress_begins_and_ends_on_the_clients_token(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    fake_xai.script(answer(FIX))
    editor.client.progress_reports["mine"] = []
    await editor.command("grok.run", editor.run_action("refactor", opened, "width + height"), token="mine")
    values = editor.client.progress_reports["mine"]
    assert isinstance(values[0], t.WorkDoneProgressBegin)
    assert values[0].cancellable is True
    assert isinstance(values[-1], t.WorkDoneProgressEnd)


async def test_a_preview_sends_nothing(editor: Editor, opened: str, fake_xai: FakeXai) -> None:
    shown = await editor.command("grok.preview", editor.run_action("explain", opened, "width + height"))
    assert "width + height" in shown["markdown"]
    assert shown["inputTokens"] > 0
    assert shown["maxCostUsd"] > 0
    assert not fake_xai.requests


async def test_paths_of_the_workspace_go_out_relative_whoever_wrote_them(
    editor: Editor, opened: str, tmp_path: Path, fake_xai: FakeXai
) -> None:
    fake_xai.default = answer("It adds.")
    other = workspace(tmp_path) / "lib" / "x.py"
    problem = editor.diagnostic(opened, "width + height", f"{other}:3: area() of {other.as_uri()} is wrong")
    problem.related_information = [
        t.DiagnosticRelatedInformation(t.Location("file:///elsewhere.py", problem.range), f"called in {other}")
    ]
    diagnostics = [default_converter().unstructure(problem)]
    trace = f'File "{other}", line 3, in area'
    await editor.run("fix", opened, "width + height", diagnostics=diagnostics, instruction=trace)
    prompt = fake_xai.requests[0].prompt
    assert "lib/x.py:3: area() of lib/x.py is wrong" in prompt
    assert 'File "lib/x.py", line 3' in prompt.replace('\\"', '"')
    assert "called in lib/x.py" in prompt
    assert str(tmp_path) not in prompt


async def test_a_key_in_a_block_that_the_model_moves_deeper_arrives_aligned(
    editor: Editor, tmp_path: Path, fake_xai: FakeXai
) -> None:
    body = (
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
        "MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu",
    )
    key = ["-----BEGIN " + "PRIVATE KEY-----", *body, "-----END " + "PRIVATE KEY-----"]
    block = "".join(f"    {line}\n" for line in key)
    uri = editor.open(workspace(tmp_path) / "deploy.yaml", f"tls:\n  key: |\n{block}  port: 443\n", "yaml")

    def written(request: Recorded) -> Reply:
        word = re.findall(r"GROKLS_PRIVATE_KEY_[0-9]+_..", request.prompt)[-1]
        old, new = ["  key: |", f"    {word}"], ["  server:", "    key: |", f"      {word}"]
        lines = "".join([*(f"-{line}\n" for line in old), *(f"+{line}\n" for line in new)])
        return answer(f"```diff\n--- a/deploy.yaml\n+++ b/deploy.yaml\n@@ @@\n{lines}```\n")

    fake_xai.script(written)
    assert (await editor.run("refactor", uri, "key: |"))["status"] == "applied"
    deeper = "".join(f"  {line}\n" for line in block.splitlines())
    assert editor.buffers[uri].text == f"tls:\n  server:\n    key: |\n{deeper}  port: 443\n"
    assert not any(line.encode() in request.raw for line in body for request in fake_xai.requests)
