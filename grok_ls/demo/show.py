"""What the demo prints: steps, the model's words as they come, a diff in colour, money."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO


class Show:
    """Colours only on a terminal and without ``NO_COLOR``."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._colour = self._stream.isatty() and not os.environ.get("NO_COLOR")
        self._step = 0
        self._fresh = True

    def step(self, title: str) -> None:
        self._step += 1
        self.line(f"\n{self._paint('1', f'{self._step}. {title}')}")

    def line(self, text: str = "") -> None:
        """A whole line, on a line of its own."""
        self._write(("" if self._fresh else "\n") + text + "\n")

    def piece(self, text: str) -> None:
        """More of a stream, indented as it comes."""
        for part in text.splitlines(keepends=True):
            self._write(("   | " if self._fresh else "") + part)

    def good(self, text: str) -> None:
        self.line(self._paint("32", text))

    def bad(self, text: str) -> None:
        self.line(self._paint("31", text))

    def diff(self, before: str, after: str, name: str) -> None:
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
        for line in lines:
            colour = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "")
            self.line("   " + (self._paint(colour, line) if colour else line))

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
        self._fresh = text.endswith("\n")

    def _paint(self, code: str, text: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._colour else text


def money(usd: float | None, *, free: bool) -> str:
    """``None``: nobody gave a price. ``free``: there is nobody to pay."""
    return "$0 (your own machine)" if free else "no price known" if usd is None else f"${usd:.4f}"


def used(usage: Mapping[str, Any], *, free: bool) -> str:
    """One line of what a job used; what the endpoint did not report is left out."""
    total_s = (usage.get("totalMs") or 0) / 1000
    first_s = (usage.get("firstTokenMs") or 0) / 1000
    rate = ""
    if usage.get("outputTokens") and total_s > first_s:
        rate = f", {usage['outputTokens'] / (total_s - first_s):.0f} tokens/s"
    requests = usage.get("requests") or 1
    return (
        f"{usage.get('servedModel') or usage.get('model')}: {usage.get('inputTokens')} tokens in"
        f" ({usage.get('cachedTokens') or 0} cached), {usage.get('outputTokens')} out, {money(usage.get('costUsd'), free=free)},"
        f" {requests} request{'' if requests == 1 else 's'}, first token after {first_s:.1f} s, {total_s:.1f} s{rate}"
    )


def budget(answer: Mapping[str, Any]) -> str:
    """One line of ``grok.usage``."""
    session, today = answer["session"], answer["today"]
    limit = session.get("limit")
    share = f"of {limit:,} tokens, {session.get('remaining') or 0:,} remain" if limit else "tokens, unlimited"
    daily = f" of ${today['limit']:.2f}" if today.get("limit") else ""
    return f"session {session['tokens']:,} {share}; today ${today['costUsd'] or 0:.4f}{daily}"
