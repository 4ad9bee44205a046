"""A progress bar on stderr: one line that redraws itself on a terminal, a line every tenth in a log."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDTH = 28
_REDRAW_S = 0.1


class Bar:
    """Counts bytes of one file. ``say`` puts a sentence above the bar."""

    def __init__(self, title: str, total: int, *, stream: TextIO | None = None) -> None:
        self._title = title
        self._total = total
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._done = 0
        self._first = 0
        self._started = time.monotonic()
        self._drawn = 0.0
        self._tenth = -1

    def at(self, done: int) -> None:
        """The bytes that are there before the next ones come (a resumed file): they do not count as speed."""
        self._done = self._first = done
        self._started = time.monotonic()
        self._draw()

    def add(self, count: int) -> None:
        self._done += count
        self._draw()

    def say(self, sentence: str) -> None:
        print(f"{self._clear()}{sentence}", file=self._stream, flush=True)
        self._drawn = 0.0

    def close(self) -> None:
        if self._live:
            print(self._clear(), end="", file=self._stream, flush=True)

    def _draw(self) -> None:
        now = time.monotonic()
        if self._live:
            if now - self._drawn >= _REDRAW_S:
                self._drawn = now
                print(f"{self._clear()}{self._line(now)}", end="", file=self._stream, flush=True)
            return
        tenth = 10 * self._done // self._total
        if tenth > self._tenth:
            self._tenth = tenth
            print(self._line(now), file=self._stream, flush=True)

    def _line(self, now: float) -> str:
        share = min(1.0, self._done / self._total)
        filled = int(_WIDTH * share)
        speed = (self._done - self._first) / max(now - self._started, 1e-3)
        return (
            f"{self._title} [{'#' * filled}{'.' * (_WIDTH - filled)}] {share:4.0%}"
            f" {self._done / 1e6:.0f}/{self._total / 1e6:.0f} MB, {speed / 1e6:.1f} MB/s"
        )

    def _clear(self) -> str:
        return "\r\033[K" if self._live else ""
