"""Colour only where somebody looks: on a terminal, unless ``NO_COLOR`` is set (https://no-color.org) or the terminal has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

RED, GREEN, YELLOW, CYAN = 31, 32, 33, 36


def wanted(stream: TextIO, environment: Mapping[str, str]) -> bool:
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def painted(text: str, colour: int) -> str:
    return f"\033[{colour}m{text}\033[0m"


def painted_diff(diff: str) -> str:
    """A unified diff, its lines coloured as git does."""
    return "".join(_painted_line(line) for line in diff.splitlines(keepends=True))


def _painted_line(line: str) -> str:
    colour = {"+": GREEN, "-": RED, "@": CYAN}.get(line[:1])
    if colour is None or line.startswith(("+++ ", "--- ")):
        return line
    words = line.rstrip("\r\n")
    return painted(words, colour) + line[len(words) :]
