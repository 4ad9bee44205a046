"""``grok-ls run``, ``preview``, ``usage`` and ``doctor`` as a user sees them: output, exit code, and one line for each failure."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grok_ls.budget import Ledger
from grok_ls.cli import main
from grok_ls.record import Record
from grok_ls.redaction.span import Found
from grok_ls.scanner.process import ScannerProcess
from grok_ls.storage.sqlite import FILE_NAME, SqliteStore
from tests.fake_xai import FakeXaiThread, Gate, answer, failure

MAIN = "def area(width, height):\n    return width + height\n"
FIX = "```diff\n--- a/main.py\n+++ b/main.py\n@@ @@\n-    return width + height\n+    return width * height\n```\n"
FIXED = MAIN.replace("+", "*")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with the bug, in the working folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "main.py").write_bytes(MAIN.encode())
    return folder / "main.py"


@pytest.fixture
def run(
    file: Path,
    tmp_path: Path,
    fake_xai_thread: FakeXaiThread,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Exit code, stdout and stderr of ``grok-ls`` with these arguments, in this process."""
    monkeypatch.setenv("GROK_LS_BASE_URL", fake_xai_thread.url)
    monkeypatch.setenv("GROK_LS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GROK_LS_RETRIES", "0")
    monkeypatch.setenv("XAI_API_KEY", "xai-" + "Test0" * 16)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert "\033" not in out + err
        return code, out, err

    return call


def test_run_prints_the_diff_and_changes_nothing(run: Run, file: Path, fake_xai_thread: FakeXaiThread) -> None:
    fake_xai_thread.script(answer(FIX))
    code, out, _ = run("run", "refactor", "main.py:2")
    assert code == 0
    assert out.startswith("--- a/main.py\n+++ b/main.py\n@@")
    assert "-    return width + height\n+    return width * height\n" in out
    assert file.read_text() == MAIN


def test_write_changes_the_file_in_one_step_and_keeps_its_mode(
    run: Run, file: Path, fake_xai_thread: FakeXaiThread
) -> None:
    file.chmod(0o750)
    fake_xai_thread.script(answer(FIX))
    code, _, err = run("run", "refactor", "main.py:1-2", "--write")
    assert code == 0
    assert file.read_text() == FIXED
    assert file.stat().st_mode & 0o7777 == 0o750
    assert [path.name for path in file.parent.iterdir()] == ["main.py"]
    assert "Applied: +1 -1 lines in main.py." in err


def test_json_is_one_object_with_the_contracts_keys(run: Run, fake_xai_thread: FakeXaiThread) -> None:
    fake_xai_thread.script(answer(FIX))
    code, out, _ = run("run", "refactor", "main.py", "--json")
    result = json.loads(out)
    assert (code, result["status"], result["code"]) == (0, "review", None)
    assert result["edit"] == {"files": 1, "hunks": 1, "added": 1, "removed": 1}
    assert result["usage"]["inputTokens"] > 0
    assert result["redactions"] == {"secrets": 0, "personal": 0}


def test_an_explanation_streams_to_stdout(run: Run, fake_xai_thread: FakeXaiThread) -> None:
    fake_xai_thread.script(answer("It adds. [x](command:y) <b>"))
    code, out, _ = run("run", "explain", "main.py:1")
    assert (code, out) == (0, "It adds. [x] (link removed) &lt;b>\n")


def test_preview_sends_nothing_and_names_the_price(run: Run, fake_xai_thread: FakeXaiThread) -> None:
    code, out, _ = run("preview", "refactor", "main.py:2")
    assert code == 0
    assert "return width + height" in out
    assert "tokens in, at most $" in out
    assert "Nothing was sent." in out
    assert json.loads(run("preview", "refactor", "main.py:2", "--json")[1]).keys() >= {"markdown", "inputTokens"}
    assert fake_xai_thread.requests == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("run", "fix", "missing.py"), "missing.py is not a file"),
        (("run", "fix", "."), ". is not a file"),
        (("run", "fix", "main.py:99"), "no line 99"),
        (("run", "fix", "main.py:0"), "from 1"),
        (("run", "fix", "main.py:3-2"), "main.py:3-2"),
        (("preview", "dance", "main.py"), "'dance'"),
        (("usage", "--since", "yesterday"), "'yesterday' is not a day"),
        (("run",), "ACTION"),
        (("dance",), "dance"),
        (("usage", "--by", "colour"), "colour"),
        (("--tcp", "0.0.0.0:0"), "0.0.0.0 is not a loopback address"),
        (("--tcp", "example.org:7658"), "example.org"),
        (("--tcp", "127.0.0.1:port"), "HOST:PORT"),
        (("--tcp", "127.0.0.1:70000"), "HOST:PORT"),
        (("--tcp", "127.0.0.1"), "HOST:PORT"),
        (("--stdio", "--tcp", "127.0.0.1:0"), "not allowed"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run: Run, arguments: tuple[str, ...], named: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert named in err


def assert_refused(result: tuple[int, str, str], named: str) -> None:
    code, out, err = result
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.startswith("grok-ls: ")
    assert named in err


def test_a_binary_file_is_refused(run: Run, file: Path, fake_xai_thread: FakeXaiThread) -> None:
    file.with_name("logo.bin").write_bytes(b"\x89PNG\xff\xfe\x00")
    assert_refused(run("run", "explain", "logo.bin"), "not UTF-8")
    assert fake_xai_thread.requests == []


def test_a_file_that_cannot_be_read_is_refused(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, fake_xai_thread: FakeXaiThread
) -> None:
    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert_refused(run("run", "explain", "main.py"), "main.py could not be read: Permission denied")


def test_a_file_that_vanishes_while_the_model_thinks_is_not_written(
    run: Run, file: Path, fake_xai_thread: FakeXaiThread
) -> None:
    def gone(_: object) -> object:
        file.unlink()
        return answer(FIX)

    fake_xai_thread.script(gone)  # type: ignore[arg-type]
    assert_refused(run("run", "refactor", "main.py", "--write"), "main.py")
    assert not file.exists()


def test_a_file_that_changed_while_the_model_thought_is_not_written(
    run: Run, file: Path, fake_xai_thread: FakeXaiThread
) -> None:
    def typed(_: object) -> object:
        file.write_text("mine")
        return answer(FIX)

    fake_xai_thread.script(typed)  # type: ignore[arg-type]
    assert_refused(run("run", "refactor", "main.py", "--write"), "changed while the model was thinking")
    assert file.read_text() == "mine"


def test_a_file_that_may_not_be_sent_is_refused(run: Run, file: Path, fake_xai_thread: FakeXaiThread) -> None:
    file.with_name(".env").write_text("A=1\n")
    assert_refused(run("run", "explain", ".env"), ".env")
    assert_refused(run("preview", "explain", ".env"), ".env")
    assert fake_xai_thread.requests == []


def test_without_a_key_xai_is_not_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_LS_BASE_URL", "https://api.x.ai/v1")
    monkeypatch.delenv("XAI_API_KEY")
    assert_refused(run("run", "explain", "main.py"), "XAI_API_KEY")


def test_a_fault_of_the_endpoint_is_one_line(run: Run, file: Path, fake_xai_thread: FakeXaiThread) -> None:
    fake_xai_thread.script(failure(401, "unauthenticated", "Invalid or expired credentials"))
    assert_refused(run("run", "refactor", "main.py", "--write"), "key")
    fake_xai_thread.script(failure(500, "internal", "oops"))
    code, out, err = run("run", "refactor", "main.py", "--json")
    assert (code, json.loads(out)["code"], err.count("\n")) == (1, "unavailable", 1)
    assert file.read_text() == MAIN


def test_a_wrong_variable_is_told_and_replaced(
    run: Run, monkeypatch: pytest.MonkeyPatch, fake_xai_thread: FakeXaiThread
) -> None:
    monkeypatch.setenv("GROK_LS_CONCURRENCY", "many")
    fake_xai_thread.script(answer("It adds."))
    code, out, err = run("run", "explain", "main.py")
    assert (code, out) == (0, "It adds.\n")
    assert "grok.concurrency must be a whole number" in err


def test_usage_counts_what_was_run_and_purge_deletes_it(
    run: Run, tmp_path: Path, fake_xai_thread: FakeXaiThread
) -> None:
    fake_xai_thread.script(answer("It adds."))
    run("run", "explain", "main.py")
    code, out, _ = run("usage", "--by", "action", "--json")
    assert code == 0
    assert "explain" in out
    json.loads(out)
    assert "explain" in run("usage", "--by", "action")[1]
    code, out, _ = run("usage", "--purge")
    assert (code, "deleted" in out) == (0, True)
    assert "explain" not in run("usage", "--by", "action", "--json")[1]


def test_records_are_kept_as_long_as_the_machine_says(
    run: Run, tmp_path: Path, fake_xai_thread: FakeXaiThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> int:
        return len(json.loads(run("usage", "--json")[1])["rows"])

    async def fill() -> None:
        store = SqliteStore(tmp_path / "data" / FILE_NAME)
        for days in range(0, 100, 10):
            at = time.time() - days * 86_400 - 60
            record = Record("j", "fix", "api.x.ai", "grok-4.3", "answered", at=at)
            await Ledger(store).note("s", record)
        await store.aclose()

    asyncio.run(fill())
    assert kept() == 9
    monkeypatch.setenv("GROK_LS_USAGE_KEEP_DAYS", "45")
    # By a report, and by a job.
    assert kept() == 5
    monkeypatch.setenv("GROK_LS_USAGE_KEEP_DAYS", "25")
    fake_xai_thread.script(answer("It adds."))
    run("run", "explain", "main.py")
    monkeypatch.setenv("GROK_LS_USAGE_KEEP_DAYS", "90")
    assert kept() == 3


def test_the_version_is_one_line(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("grok-ls ")
    assert out.count("\n") == 1


def test_doctor_never_prints_the_key(run: Run, fake_xai_thread: FakeXaiThread) -> None:
    code, out, err = run("doctor", "--json")
    json.loads(out)
    assert code in (0, 1)
    assert "Test0Test0" not in out + err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_an_interrupt_closes_the_stream_books_it_and_changes_nothing(
    run: Run, file: Path, fake_xai_thread: FakeXaiThread, number: int
) -> None:
    fake_xai_thread.script(answer(FIX, hold_at=8, gate=Gate()))
    command = [sys.executable, "-m", "grok_ls", "run", "refactor", "main.py", "--write"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        fake_xai_thread.wait_for_events(8)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert fake_xai_thread.wait_for_disconnect().outcome == "disconnected"
    assert file.read_text() == MAIN
    assert [path.name for path in file.parent.iterdir()] == ["main.py"]
    total = json.loads(run("usage", "--json")[1])["total"]
    assert (total["cancelled"], total["estimated"]) == (1, 1)
    assert total["inputTokens"] > 0


def test_serving_loads_no_command() -> None:
    names = ["grok_ls.cli.run", "grok_ls.cli.doctor", "grok_ls.engine", "openai"]
    program = f"import grok_ls.cli.serve, sys; print([n for n in {names} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_link_that_leads_out_of_the_project_is_not_sent(run: Run, file: Path, fake_xai_thread: FakeXaiThread) -> None:
    (file.parent.parent / "notes.py").write_text("PRIVATE = 1\n")
    (file.parent / "link.py").symlink_to(file.parent.parent / "notes.py")
    (file.parent / "folder").symlink_to(file.parent.parent)
    for name in ("link.py", "folder/notes.py"):
        code, _, err = run("run", "explain", name)
        assert code == 1
        assert "outside of the workspace folders" in err
    assert not fake_xai_thread.requests


@pytest.mark.parametrize("command", ["run", "preview"])
def test_the_optional_scanner_has_looked_at_all_of_it(
    run: Run, fake_xai_thread: FakeXaiThread, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    looked: list[bool] = []
    scan = ScannerProcess.__call__

    def watched(self: ScannerProcess, text: str) -> list[Found]:
        looked.append(self._was_ready)
        return scan(self, text)

    monkeypatch.setattr(ScannerProcess, "__call__", watched)
    fake_xai_thread.script(answer(FIX))
    assert run(command, "refactor", "main.py:2")[0] == 0
    assert looked
    assert all(looked)
