"""The one table: what was measured, what is wanted, ours, and the peers of the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OURS = "grok-ls"
HEAD = f"| | wanted | {OURS} | beside it, in the same run |\n| --- | ---: | ---: | --- |"


@dataclass(frozen=True)
class Row:
    """``values``: name of the program to its measurement with the unit; ``OURS`` is among them."""

    what: str
    values: dict[str, str]
    wanted: str = ""

    def __str__(self) -> str:
        others = [f"{name} {value}" for name, value in self.values.items() if name != OURS]
        return f"| {self.what} | {self.wanted} | {self.values[OURS]} | {', '.join(others) or '–'} |"


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
