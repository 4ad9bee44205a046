"""The demo, step by step: a failing test, its diagnostic, the menu, the model, the edit, the test again."""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types

from grok_ls.demo.backend import Backend, LocalChoice, backend
from grok_ls.demo.bundled import MODULE, Failure, SuiteRun, copy_project, run_tests
from grok_ls.demo.editor import Editor
from grok_ls.demo.show import Show, budget, money, used
from grok_ls.errors import ContextError

_STANDS_IN = re.compile(r"GROKLS_\w+")


async def demo(environment: Mapping[str, str], choice: LocalChoice | None, show: Show) -> bool:
    """Whether the model's fix made the failing test pass and broke no other. Raises ``GrokError``."""
    with tempfile.TemporaryDirectory(prefix="grok-ls-demo-") as temporary:
        folder, key = _copied(Path(temporary))
        show.step(f"A small project with a bug: {folder / MODULE}")
        before = run_tests(folder)
        if before.passed or before.failure is None:
            raise ContextError(f"The bundled tests should fail before the fix, but said: {before.verdict}")
        show.bad(f"   python -m unittest: {before.verdict}")
        show.line(f"   {before.failure.test}")
        show.line(f"   {MODULE}:{before.failure.line + 1}: {before.failure.message}")
        async with backend(environment, f"{temporary}/data", choice) as chosen:
            return await _with_server(folder, key, before.failure, chosen, show)


def _copied(temporary: Path) -> tuple[Path, str]:
    # An editor knows files by their real paths (macOS: /var is a link).
    folder = temporary.resolve() / "shop"
    folder.mkdir()
    return folder, copy_project(folder)


async def _with_server(folder: Path, key: str, failure: Failure, chosen: Backend, show: Show) -> bool:
    show.step(f"The language server, and {chosen.title}")
    editor = Editor(
        folder, streamed=lambda params: _streamed(params, key, show), said=lambda text: show.line(f"   {text}")
    )
    try:
        answer = await editor.start(chosen.environment)
        info = answer.server_info
        show.line(f"   python -m grok_ls --stdio answered as {info.name} {info.version}" if info else "   started")
        editor.open(folder / MODULE)
        action = await _choose(editor, failure, show)
        await _show_preview(editor, action, key, show, free=chosen.free)
        original = editor.text
        show.step("grok.run: the model writes")
        result = await editor.command("grok.run", action.arguments)
        _show_result(result, (original, editor.text), key, show, free=chosen.free)
        show.line(f"   {budget(await editor.command('grok.usage'))}")
        if result["status"] != "applied":
            show.bad(f"\nNo fix: {result['message']}")
            return False
        return _judge(run_tests(folder), original, folder / MODULE, key, show)
    finally:
        await editor.stop()


async def _choose(editor: Editor, failure: Failure, show: Show) -> types.Command:
    """What a user does: the light bulb on the line, then the entry that fixes it."""
    diagnostic = types.Diagnostic(
        range=editor.line_range(failure.line),
        message=f"{failure.message} ({failure.test})",
        severity=types.DiagnosticSeverity.Error,
        source="unittest",
    )
    show.step("The code actions on the line with the error")
    offered = await editor.code_actions(diagnostic)
    for entry in offered:
        show.line(f"   {_kind(entry)}: {entry.title}")
    fixes = [entry for entry in offered if _kind(entry).startswith("quickfix")]
    if not fixes or fixes[0].command is None:
        raise ContextError("The server offered no fix for the diagnostic.")
    return fixes[0].command


def _kind(action: types.CodeAction) -> str:
    # A kind of our own comes as a plain text, a standard one as a member of the enumeration.
    return str(getattr(action.kind, "value", action.kind))


async def _show_preview(editor: Editor, action: types.Command, key: str, show: Show, *, free: bool) -> None:
    show.step("grok.preview: what would leave this process")
    preview = await editor.command("grok.preview", action.arguments)
    markdown = str(preview["markdown"])
    redactions = preview["redactions"]
    show.line(
        f"   at most {preview['inputTokens']} tokens in, {money(preview['maxCostUsd'], free=free)};"
        f" {redactions['secrets']} secrets and {redactions['personal']} personal data replaced"
    )
    if key in markdown:
        raise ContextError("The planted key is in the request, so the demo stops here; this is a bug of grok-ls.")
    show.line(f"   in the file:    Bearer {key[:8]}... (a key made up for this run)")
    for line in markdown.splitlines():
        if _STANDS_IN.search(line):
            show.line(f"   in the request: {line.strip()}")


def _streamed(params: Any, key: str, show: Show) -> None:
    """``grok/stream``: the model's edit as it is written, originals back in their places."""
    if params.kind in ("diff", "text"):
        show.piece(_masked(params.delta or "", key))


def _masked(text: str, key: str) -> str:
    """What the demo prints may end up in a log or a picture, where even a made-up key looks like a leak."""
    return text.replace(key, f"{key[:8]}...")


def _show_result(result: Mapping[str, Any], texts: tuple[str, str], key: str, show: Show, *, free: bool) -> None:
    before, after = texts
    show.line(f"   {result['status']}: {result['message']}")
    if result.get("usage"):
        show.line(f"   {used(result['usage'], free=free)}")
    if before != after:
        show.step("workspace/applyEdit: what changed in the file")
        show.diff(_masked(before, key), _masked(after, key), MODULE)


def _judge(after: SuiteRun, original: str, path: Path, key: str, show: Show) -> bool:
    show.step("The tests again")
    text = path.read_text(encoding="utf-8")
    if key not in text:
        show.bad("   The planted key did not come back into the file; this is a bug of grok-ls.")
        return False
    changed = sum(line[:2] in ("+ ", "- ") for line in difflib.ndiff(original.splitlines(), text.splitlines()))
    if after.passed:
        show.good(f"   python -m unittest: {after.verdict}; the fix touched {changed} lines, the key is where it was.")
        return True
    show.bad(f"   python -m unittest: {after.verdict}; the model's fix does not fix it.")
    if after.failure is not None:
        show.line(f"   {MODULE}:{after.failure.line + 1}: {after.failure.message} ({after.failure.test})")
    return False
