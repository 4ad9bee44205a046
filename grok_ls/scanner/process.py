"""The server's side of the scanner: a ``Detector`` that asks a child process, which is let go when nobody asked for a while.

Fails closed: once the scanner has been ready, a text that it did not look at raises, and nothing is sent.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import Final

from grok_ls.redaction.span import Found

IDLE_S: Final = 300.0
"""A child without a text for that long is let go; the next one has its compiled rules after half a second."""
SCAN_S: Final = 10.0
START_S: Final = 120.0
"""Compiling the rules for the first time takes 5 s on a quiet machine."""


class ScannerFailed(Exception):
    """The scanner ended, hung or answered nonsense: the text was not looked at."""


class ScannerProcess:
    """``cache_dir``: a private folder of the user for the compiled rules. Threads may share one; their texts go one after the other."""

    def __init__(
        self,
        cache_dir: Path,
        *,
        idle_s: float = IDLE_S,
        scan_s: float = SCAN_S,
        command: Sequence[str] = (),
    ) -> None:
        """``command``: another child than ours. ``-P``, because ``-m`` alone would import from the folder that an editor opened."""
        self._command = tuple(command) or (sys.executable, "-P", "-m", "grok_ls.scanner", str(cache_dir))
        self._idle_s, self._scan_s = idle_s, scan_s
        # Held for a text and its answer.
        self._turn = Lock()
        # Guards the child and the time at which it is ended: as hung while it works, as idle while it does not.
        self._changed = Condition()
        self._child: subprocess.Popen[bytes] | None = None
        self._due_s = 0.0
        self._keepers: list[Thread] = []
        self._was_ready = self._closed = False

    @property
    def pid(self) -> int | None:
        """Of the child, while there is one."""
        child = self._child
        return None if child is None else child.pid

    def warm(self) -> str:
        """Start the child and compile the rules; call it in a background thread. Empty, or one sentence for the log why the layer is
        missing.
        """
        with self._turn:
            child = self._running()
            try:
                return "" if child is not None else self._started()[1]
            except ScannerFailed:
                if self._closed:
                    # The server was let go while the rules were compiled: nobody misses them.
                    return ""
                raise

    def __call__(self, text: str) -> list[Found]:
        """Nothing until ``warm`` has run. Raises ``ScannerFailed``, ``OSError``."""
        if not self._was_ready:
            return []
        data = text.encode("utf-8", "surrogatepass")
        with self._turn:
            child, missing = self._running(), ""
            if child is None:
                child, missing = self._started()
            if missing:
                raise ScannerFailed(missing)
            answer = self._answer(child, b"%d\n" % len(data) + data, self._scan_s)
        if not isinstance(answer, list):
            raise ScannerFailed(f"the scanner failed: {answer}")
        return [Found(start, end, "TOKEN") for start, end in answer]

    def close(self) -> None:
        """End the child, at once and for good: a text after it raises."""
        with self._changed:
            self._closed = True
            child, keepers = self._child, self._keepers
        if child is not None:
            self._end(child)
        for keeper in keepers:
            keeper.join()

    # -- the child ---------------------------------------------------------------------------------------------------------------

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The child, if there is one; it is not let go now."""
        with self._changed:
            if self._child is not None and self._child.poll() is not None:
                self._child = None
            self._due_s = time.monotonic() + self._idle_s
            return self._child

    def _started(self) -> tuple[subprocess.Popen[bytes], str]:
        """A new child with its rules compiled, and why it has none."""
        with self._changed:
            if self._closed:
                raise ScannerFailed("the scanner was closed")
            child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._child, self._due_s = child, time.monotonic() + START_S
            keeper = Thread(target=self._keep, args=(child,), name="grok-ls scanner", daemon=True)
            # The one of a child that was just ended may still clear up behind it.
            self._keepers = [*filter(Thread.is_alive, self._keepers), keeper]
            keeper.start()
        missing = str(self._answer(child, b"", START_S))
        if missing:
            self._end(child)
        else:
            self._was_ready = True
        return child, missing

    def _answer(self, child: subprocess.Popen[bytes], question: bytes, within_s: float) -> object:
        """What the child says to ``question``; its keeper ends a child that says nothing in time."""
        assert child.stdin is not None
        assert child.stdout is not None
        with self._changed:
            self._due_s = time.monotonic() + within_s
            self._changed.notify_all()
        try:
            child.stdin.write(question)
            child.stdin.flush()
            line = child.stdout.readline()
            if not line.endswith(b"\n"):
                raise ScannerFailed("it ended before it had answered")
            answer: object = json.loads(line)
        except (OSError, ValueError, ScannerFailed) as error:
            self._end(child)
            raise ScannerFailed(f"the scanner could not be asked ({error})") from error
        with self._changed:
            self._due_s = time.monotonic() + self._idle_s
            self._changed.notify_all()
        return answer

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        with self._changed:
            if self._child is child:
                self._child = None
            child.kill()
            self._changed.notify_all()

    def _keep(self, child: subprocess.Popen[bytes]) -> None:
        """A thread for each child: ends it when its time has come, and clears up behind it."""
        with self._changed:
            while self._child is child and child.poll() is None and (left := self._due_s - time.monotonic()) > 0:
                self._changed.wait(left)
        self._end(child)
        child.wait()
        # Whoever waits for an answer reads the end of the pipe first.
        with self._turn:
            for pipe in (child.stdin, child.stdout):
                assert pipe is not None
                with suppress(OSError):
                    pipe.close()
