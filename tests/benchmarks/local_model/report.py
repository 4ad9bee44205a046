"""Tables of what was measured."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from math import comb, sqrt
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def report(results: Path) -> str:
    """Markdown: each model's formats by mode, and its variants against the program's own way, on the bugs that all of them have seen."""
    rows = {
        (row["model"], row["variant"], row["bug"]): row
        for row in map(json.loads, results.read_text("utf-8").splitlines())
    }
    parts = []
    for model in sorted({key[0] for key in rows}):
        by_variant: dict[str, dict[str, Row]] = {}
        for (own, variant, bug), row in rows.items():
            if own == model:
                by_variant.setdefault(variant, {})[bug] = row
        parts.append(f"## {model}\n\n{_modes(by_variant)}\n{_variants(by_variant)}")
    return "\n".join(parts)


def _modes(by_variant: dict[str, dict[str, Row]]) -> str:
    lines = [
        "| variant | gate, repair | bugs | fixed | wrong | refused | no change | broken syntax delivered | asked again |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for variant, rows in by_variant.items():
        for mode in ("neither", "gate", "repair", "both", "unchanged too"):
            outcomes = Counter(row["outcomes"][mode] for row in rows.values() if mode in row["outcomes"])
            if not outcomes:
                continue
            counts = " | ".join(str(outcomes[each]) for each in ("fixed", "wrong", "refused", "unchanged"))
            broken = sum(mode in row["broken"] for row in rows.values())
            asked = sum(row["asked"].get(mode, 0) for row in rows.values())
            lines.append(f"| {variant} | {mode} | {outcomes.total()} | {counts} | {broken} | {asked} |")
    return "\n".join(lines) + "\n"


def _variants(by_variant: dict[str, dict[str, Row]]) -> str:
    """Paired with the first variant: on the bugs of both, how many only one of the two fixed, and how likely chance does that."""
    base = by_variant.get("rewrite", {})
    lines = [
        "| variant | bugs | fixed | of function | of file | of other file | tokens in | out | only it | only the default | p |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for variant, rows in by_variant.items():
        fixed = {bug for bug, row in rows.items() if row["outcomes"]["both"] == "fixed"}
        common = rows.keys() & base.keys()
        default = {bug for bug in common if base[bug]["outcomes"]["both"] == "fixed"}
        gained, lost = len(fixed & common - default), len(default - fixed)
        by_needs = " | ".join(_share(rows.values(), fixed, needs) for needs in ("function", "file", "other file"))
        tokens = [sum(row[name] for row in rows.values()) / len(rows) for name in ("input_tokens", "output_tokens")]
        lines.append(
            f"| {variant} | {len(rows)} | {100 * len(fixed) / len(rows):.0f} % ± {_error(len(fixed), len(rows)):.0f} |"
            f" {by_needs} | {tokens[0]:.0f} | {tokens[1]:.0f} | {gained} | {lost} | {_chance(gained, lost):.2f} |"
        )
    return "\n".join(lines) + "\n"


def _share(rows: Iterable[Row], fixed: set[str], needs: str) -> str:
    names = {row["bug"] for row in rows if row["needs"] == needs}
    return f"{len(names & fixed)}/{len(names)}"


def _error(count: int, of: int) -> float:
    """Standard error in percent."""
    share = count / of
    return 100 * sqrt(share * (1 - share) / of)


def _chance(gained: int, lost: int) -> float:
    """McNemar's exact test, two sides."""
    total, most = gained + lost, max(gained, lost)
    return min(1.0, 2 * sum(comb(total, each) for each in range(most, total + 1)) / 2**total) if total else 1.0
