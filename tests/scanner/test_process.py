"""The scanner's process, with children that are scripts: what it finds, and that a text nobody looked at never passes."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grok_ls.redaction.redact import Vocabulary, redact
from grok_ls.scanner.process import ScannerFailed, ScannerProcess
from tests.editors.neovim import compiled_rules

CHILD = """
import json, sys, time
def say(value):
    sys.stdout.write(json.dumps(value) + chr(10)); sys.stdout.flush()
say({ready!r})
while head := sys.stdin.buffer.readline():
    text = sys.stdin.buffer.read(int(head)).decode("utf-8", "surrogatepass")
    if "CRASH" in text: sys.exit(3)
    if "HANG" in text: time.sleep(600)
    if "NONSENSE" in text: print("no json", flush=True); continue
    if "RAISES" in text: say("ValueError"); continue
    if "OUTSIDE" in text: say([[0, 10**6]]); continue
    at = text.find("SECRET")
    say([[at, at + 6]] if at >= 0 else [])
"""
TOKEN = "dop_v1_" + "f86b34f8806909a0" * 4
Make = Callable[..., ScannerProcess]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[ScannerProcess] = []

    def one(ready: str = "", *, warm: bool = True, **limits: float) -> ScannerProcess:
        scanner = ScannerProcess(tmp_path, command=(sys.executable, "-c", CHILD.format(ready=ready)), **limits)
        made.append(scanner)
        if warm:
            assert scanner.warm() == ready
        return scanner

    yield one
    for scanner in made:
        scanner.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "grok-ls scanner"]


def gone(pid: int) -> bool:
    """Ended and cleared away (a child that ended and was not waited for still answers)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_cold_scanner_finds_nothing_and_starts_nothing(make: Make) -> None:
    scanner = make(warm=False)
    assert scanner("SECRET") == []
    assert scanner.pid is None


@pytest.mark.parametrize("before", ["", "é ", "😀\n", "\ud83d ", pytest.param("x" * 300_000, id="long")])
def test_places_are_code_points_of_any_text(make: Make, before: str) -> None:
    text = f"{before}SECRET after"
    redacted = redact(text, Vocabulary(b"seed"), detectors=(make(),))
    assert "SECRET" not in redacted.text
    assert redacted.restore(redacted.text) == text


def test_a_scanner_without_its_library_says_so_once_and_finds_nothing(make: Make) -> None:
    scanner = make("The library is missing.")
    assert scanner("SECRET") == []
    assert scanner.pid is None


@pytest.mark.parametrize("text", ["CRASH", "NONSENSE", "RAISES", "OUTSIDE"])
def test_a_text_that_was_not_looked_at_does_not_pass_and_the_next_one_does(make: Make, text: str) -> None:
    scanner = make()
    with pytest.raises((ScannerFailed, ValueError)):
        redact(f"SECRET {text}", Vocabulary(b"seed"), detectors=(scanner,))
    assert [found.start for found in scanner("a SECRET")] == [2]


def test_a_child_that_hangs_is_ended_and_the_next_text_gets_another(make: Make) -> None:
    scanner = make(scan_s=0.3)
    hung = scanner.pid
    assert hung is not None
    with pytest.raises(ScannerFailed, match="ended before it had answered"):
        scanner("SECRET HANG")
    scanner._scan_s = 10.0
    assert [found.start for found in scanner("a SECRET")] == [2]
    assert scanner.pid != hung
    assert gone(hung)


def test_an_idle_child_is_let_go_and_comes_back_for_the_next_text(make: Make) -> None:
    scanner = make()
    (keeper,), first = scanner._keepers, scanner.pid
    assert first is not None
    scanner._idle_s = 0.1
    scanner("the last text")
    keeper.join(30)
    assert not keeper.is_alive()
    assert gone(first)
    assert scanner.pid is None
    scanner._idle_s = 300.0
    assert [found.start for found in scanner("a SECRET")] == [2]
    assert scanner.pid != first


def test_a_child_that_somebody_else_ended_is_replaced_before_the_text_is_asked(make: Make) -> None:
    scanner = make()
    child = scanner._child
    assert child is not None
    child.kill()
    child.wait()
    assert [found.start for found in scanner("a SECRET")] == [2]


def test_a_scanner_that_cannot_come_back_lets_nothing_pass(make: Make) -> None:
    scanner = make()
    child = scanner._child
    assert child is not None
    scanner._end(child)
    scanner._command = (sys.executable, "-c", CHILD.format(ready="The library was removed."))
    with pytest.raises(ScannerFailed, match="removed"):
        scanner("harmless")
    scanner._command = (sys.executable + " is no program",)
    with pytest.raises(OSError):
        scanner("harmless")


def test_a_closed_scanner_lets_nothing_pass(make: Make) -> None:
    scanner = make()
    scanner.close()
    with pytest.raises(ScannerFailed, match="closed"):
        scanner("harmless")


def test_no_code_of_the_workspace_runs_in_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cloned repository may have a ``json.py`` of its own, and editors start the server in its folder."""
    for name in ("json.py", "signal.py", "grok_ls.py", "kingfisher_sdk.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    scanner = ScannerProcess(compiled_rules() / "rules")
    try:
        assert scanner.warm() == ""
        assert [found.kind for found in scanner(f"see {TOKEN} there")] == ["TOKEN"]
    finally:
        scanner.close()
    assert not (tmp_path / "ran").exists()


def test_threads_share_one_child(make: Make) -> None:
    scanner = make()
    starts: dict[int, list[int]] = {}

    def ask(number: int) -> None:
        starts[number] = [scanner("x" * number + "SECRET")[0].start for _ in range(20)]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert starts == {number: [number] * 20 for number in range(8)}


def test_closing_ends_a_child_at_work(make: Make) -> None:
    scanner = make()
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            scanner("HANG")
        except ScannerFailed as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while not scanner._turn.locked():
        pass
    pid = scanner.pid
    scanner.close()
    thread.join(30)
    assert len(raised) == 1
    assert pid is not None
    assert gone(pid)


def test_a_server_that_ends_while_the_rules_are_compiled_has_nothing_to_say(tmp_path: Path) -> None:
    scanner = ScannerProcess(tmp_path, command=(sys.executable, "-c", "import time; time.sleep(600)"))
    said: list[str] = []
    warming = threading.Thread(target=lambda: said.append(scanner.warm()))
    warming.start()
    while scanner.pid is None:
        warming.join(0.01)
    scanner.close()
    warming.join()
    assert said == [""]
    assert scanner.warm() == ""
