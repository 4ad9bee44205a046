"""Golden files: inputs and what became of them, a JSON object a line, compared line by line and shown as a diff."""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
# An escape of JSON, which stays; what tells a key from other text; a piece of a long word.
_TELLING = re.compile(r"\\u[0-9a-f]{4}|\\.|BEGIN|[A-Za-z0-9_-]{16}")


@dataclass(frozen=True, slots=True)
class Golden:
    """``fill`` gives an entry with its outcome anew, from its input alone; ``draw`` makes the inputs (seldom: it needs the generators).

    ``secrets``: no made-up one may stand in the file as such, because code hosts refuse a push that seems to hold one.
    """

    path: Path
    fill: Callable[[Entry], Entry]
    draw: Callable[[], Iterable[Entry]]
    secrets: bool = False

    def entries(self) -> list[Entry]:
        return [json.loads(line) for line in self.path.read_text("utf-8").split("\n") if line]

    def changed(self) -> list[str]:
        """A unified diff from the file to what the code does now; empty if they agree."""
        old = [self._line(entry) for entry in self.entries()]
        new = [self._line(self.fill(entry)) for entry in self.entries()]
        return list(difflib.unified_diff(old, new, self.path.name, "now", lineterm="", n=0)) if old != new else []

    def write(self, entries: Sequence[Entry]) -> None:
        self.path.write_text("".join(self._line(self.fill(entry)) + "\n" for entry in entries), "utf-8")

    def _line(self, entry: Entry) -> str:
        plain = json.dumps(entry, ensure_ascii=True, separators=(", ", ": "))
        return _TELLING.sub(_hidden, plain) if self.secrets else plain


def _hidden(match: re.Match[str]) -> str:
    word = match[0]
    return word if word.startswith("\\") else f"{word[:-1]}\\u{ord(word[-1]):04x}"


def main(files: Sequence[Golden]) -> int:
    parser = argparse.ArgumentParser(description="Show as a diff what the code does otherwise than the golden files.")
    parser.add_argument("--write", action="store_true", help="take it over, after you have read the diff")
    parser.add_argument("--draw", action="store_true", help="draw the inputs anew from the benchmarks' generators")
    options = parser.parse_args()
    differ = False
    for golden in files:
        if options.draw:
            golden.write(list(golden.draw()))
            continue
        lines = golden.changed()
        differ = differ or bool(lines)
        sys.stdout.writelines(line + "\n" for line in lines)
        if lines and options.write:
            golden.write(golden.entries())
    return 1 if differ and not options.write else 0
