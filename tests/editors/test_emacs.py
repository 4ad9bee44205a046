"""Emacs with eglot, the plainest of clients: no progress, no showDocument, ten seconds for a command, utf-16."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editors.conftest import MAIN
from tests.editors.neovim import TEST_KEY, environment, find_emacs, processes_of, server_command, until
from tests.editors.test_neovim_review import BEFORE, DIFF, with_hunks
from tests.fake_xai import Gate, answer
from tests.fake_xai.threaded import FakeXaiThread

pytestmark = pytest.mark.editor

FIXED = MAIN.replace("a - b", "a + b")
FIX = """\
```diff
--- a/main.py
+++ b/main.py
@@ -1,2 +1,2 @@
 def add(a, b):
-    return a - b
+    return a + b
```
"""


def run_emacs(
    body: str, home: Path, file: Path, fake: FakeXaiThread, meanwhile: Callable[[], object] = lambda: None, **more: str
) -> dict[str, object]:
    """What the buffer has at the end, and what the user was told. ``(go)`` waits until ``meanwhile`` has returned."""
    home.mkdir(exist_ok=True)
    forms = home / "forms.el"
    forms.write_text(body, encoding="utf-8")
    extra = {
        "XAI_API_KEY": TEST_KEY,
        "GROK_LS_BASE_URL": fake.url,
        "FILE": str(file),
        "SERVER": json.dumps(server_command()),
        "FORMS": str(forms),
        "GO": str(home / "go"),
        **more,
    }
    emacs = subprocess.Popen(
        [find_emacs(), "-q", "--batch", "-l", str(Path(__file__).with_name("eglot.el"))],
        env=environment(home, extra),
        cwd=file.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        meanwhile()
        (home / "go").touch()
        out, err = emacs.communicate(timeout=60)
    finally:
        emacs.kill()
        emacs.communicate()
    lines = [line for line in out.splitlines() if line.startswith("REPORT")]
    assert lines, out + err
    report: dict[str, object] = json.loads(lines[-1].removeprefix("REPORT"))
    assert "problem" not in report, f"{report}\n{err}"
    until(lambda: processes_of(str(home)) == [], f"processes of {home} were left behind", 20)
    return report


def told(report: dict[str, object]) -> str:
    return "\n".join(str(message) for message in report["told"])  # type: ignore[attr-defined]


def test_a_diagnostic_is_fixed(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX))
    body = """
    (publish 1 "add subtracts")
    (forward-line 1)
    (until (lambda () (flymake-diagnostics (line-beginning-position) (line-end-position))) 5)
    (run-action "Grok: Fix")
    (until (lambda () (string-match-p "a \\\\+ b" (buffer-string))) 15)
    (until (lambda () (seq-find (lambda (each) (string-match-p "Applied" each)) told)) 10)
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake)
    assert report["text"] == FIXED
    assert "Applied 1 change" in told(report)
    assert "add subtracts" in fake.requests[0].prompt


def test_columns_after_astral_characters_are_right(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    path = workspace / "face.py"
    old, new = "    s = '😀é'; return 1  # 😀\n", "    s = '😀é'; return 2  # 😀\n"
    path.write_text("def f():\n" + old, encoding="utf-8")
    fake.script(answer(f"```diff\n--- a/face.py\n+++ b/face.py\n@@ -1,2 +1,2 @@\n def f():\n-{old}+{new}```\n"))
    body = """
    (run-action "Grok: Refactor")
    (until (lambda () (string-match-p "return 2" (buffer-string))) 15)
    """
    report = run_emacs(body, tmp_path / "home", path, fake)
    assert report["text"] == "def f():\n" + new


def test_an_explanation_comes_as_a_document_or_a_message(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    fake.script(answer("It adds, wrongly.\n"))
    body = """
    (run-action "Grok: Explain")
    (until (lambda () (or (shown) (seq-find (lambda (each) (string-match-p "It adds, wrongly" each)) told))) 15)
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake)
    # Emacs 30 shows documents, 28 does not.
    assert "It adds, wrongly." in f"{report['shown']}{told(report)}"
    assert report["text"] == MAIN


def test_a_failure_comes_as_a_message(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    body = """
    (run-action "Grok: Refactor")
    (until (lambda () (seq-find (lambda (each) (string-match-p "budget" each)) told)) 15)
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake, GROK_LS_BUDGET_SESSION_TOKENS="50")
    assert "budget" in told(report)
    assert report["text"] == MAIN
    assert fake.requests == []


def test_cancel_closes_the_stream(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    fake.script(answer(FIX, hold_at=20, gate=Gate()))
    body = """
    (run-action "Grok: Refactor")
    (go)
    (eglot-execute-command (eglot--current-server-or-lose) 'grok.cancel [])
    (until (lambda () (or (seq-find (lambda (each) (string-match-p "ancelled" each)) told)
                          ;; This jsonrpc.el leaves what came in one piece with an answer until more comes.
                          (ignore (eglot-execute-command (eglot--current-server-or-lose) 'grok.usage []))))
           10)
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake, lambda: fake.wait_for_events(20))
    assert "ancelled" in told(report)
    assert report["text"] == MAIN
    assert fake.wait_for_disconnect().outcome == "disconnected"


def test_typing_while_the_model_writes_is_kept(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    gate = Gate()
    fake.script(answer(FIX, hold_at=20, gate=gate))
    body = """
    (run-action "Grok: Refactor")
    (go)
    (goto-char (point-max))
    (insert "# typed 😀\\n")
    (run-hooks 'post-command-hook)
    (eglot--signal-textDocument/didChange)
    (write-region "" nil (getenv "TYPED"))
    (until (lambda () (string-match-p "a \\\\+ b" (buffer-string))) 15)
    """
    typed = tmp_path / "typed"

    def release_when_typed() -> None:
        until(typed.exists, "Emacs did not get that far")
        gate.open()

    def meanwhile() -> None:
        fake.wait_for_events(20)
        threading.Thread(target=release_when_typed, daemon=True).start()

    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake, meanwhile, TYPED=str(typed))
    assert report["text"] == FIXED + "# typed 😀\n"


def test_one_undo_takes_the_edit_back_and_leaves_what_was_typed(
    tmp_path: Path, workspace: Path, fake: FakeXaiThread
) -> None:
    fake.script(answer(FIX))
    body = """
    (goto-char (point-max))
    (insert "# typed\\n")
    (undo-boundary)
    (goto-char (point-min))
    (run-action "Grok: Refactor")
    (until (lambda () (string-match-p "a \\\\+ b" (buffer-string))) 15)
    (until (lambda () (told "Applied")) 10)
    (undo-boundary) ; as before every command that a person gives
    (undo)
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake)
    assert "Applied 1 change" in told(report)
    assert report["text"] == MAIN + "# typed\n"


def test_hunks_are_kept_and_discarded_by_code_actions(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    (workspace / "main.py").write_text(BEFORE, encoding="utf-8")
    fake.script(answer(DIFF))
    body = """
    (run-action "Grok: Refactor" (point-min) (point-max))
    (until (lambda () (told "Keep or discard each change")) 15)
    (goto-char (point-min))
    (search-forward "return 2")
    (run-action "Grok: Discard this change")
    (until (lambda () (string-match-p "note = " (buffer-string))) 10)
    (goto-char (point-min))
    (forward-line 1)
    (defun offered (words) (seq-find (lambda (each) (string-match-p words (plist-get each :title))) (actions)))
    (until (lambda () (offered "Keep all 2 changes")) 10)
    (run-action "Grok: Keep all 2 changes")
    (message "left: %S" (offered "Keep"))
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake, GROK_LS_REVIEW="lens")
    assert report["text"] == with_hunks((True, False, True))
    assert "left: nil" in told(report)
    assert "did not apply" not in told(report)


def test_a_missing_key_is_told_with_what_to_do(tmp_path: Path, workspace: Path, fake: FakeXaiThread) -> None:
    body = """
    (run-action "Grok: Refactor")
    (until (lambda () (told "XAI_API_KEY")) 15)
    """
    without = {"XAI_API_KEY": "", "GROK_LS_BASE_URL": "https://api.x.ai/v1"}
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake, **without)
    assert "There is no xAI key" in told(report)
    assert "XAI_API_KEY" in told(report)
    assert report["text"] == MAIN


def test_a_server_killed_in_mid_job_changes_nothing_and_starts_again(
    tmp_path: Path, workspace: Path, fake: FakeXaiThread
) -> None:
    fake.script(answer(FIX, hold_at=20, gate=Gate()), answer(FIX))
    body = """
    (defvar killed (eglot--current-server-or-lose))
    (run-action "Grok: Refactor")
    (go)
    (signal-process (jsonrpc--process killed) 9)
    (until (lambda () (not (jsonrpc-running-p killed))) 10)
    (message "after: %s" (buffer-string))
    (until (lambda () (told "exited with status\\|unexpected server exit")) 10)
    (unless (eglot-current-server) (call-interactively #'eglot))
    (until #'eglot-current-server 15)
    (run-action "Grok: Refactor")
    (until (lambda () (string-match-p "a \\\\+ b" (buffer-string))) 15)
    """
    report = run_emacs(body, tmp_path / "home", workspace / "main.py", fake, lambda: fake.wait_for_events(20))
    assert f"after: {MAIN}" in told(report)
    assert "exit" in told(report)
    assert report["text"] == FIXED
