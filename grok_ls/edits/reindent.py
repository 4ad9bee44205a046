"""Indentation for lines that the model wrote without any: taken from the lines they replace, or from brackets, and
checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from grok_ls.edits.buffer import Buffer, indent_of, normal
from grok_ls.edits.indent import step

_OPENERS = ("{", "[", "(", ":", "=>", "=")
_CLOSERS = ("}", "]", ")")


def reindented(buffer: Buffer, start: int, end: int, added: Sequence[str]) -> list[str] | None:
    """``added`` (bare of indentation) as it would stand in the place of lines ``start:end``; None where that is not
    certain.

    A line that stands for one that was there takes its indentation. Others follow from the line above, and only count
    if what follows from them for the line below is what that line has.
    """
    unit = _unit(buffer, start)
    olds = buffer.lines[start:end]
    paired = _paired([normal(line) for line in olds], [normal(line) for line in added])
    above = next((line for line in reversed(buffer.lines[:start]) if line.strip()), "")
    result: list[str] = []
    guessed = False
    for index, line in enumerate(added):
        if not line.strip():
            result.append("")
            continue
        if index in paired:
            indent: str | None = indent_of(olds[paired[index]])
            if guessed and _follows(above, line, unit) != indent:
                return None
            guessed = False
        else:
            indent, guessed = _follows(above, line, unit), True
        if indent is None:
            return None
        above = indent + line.lstrip()
        result.append(above)
    below = next((line for line in buffer.lines[end:] if line.strip()), None)
    if guessed and below is not None and _follows(above, below, unit) != indent_of(below):
        return None
    return result


def _paired(olds: Sequence[str], news: Sequence[str]) -> dict[int, int]:
    """New line -> old line for lines that stayed, and for changed lines that stand for each other one by one."""
    pairs: dict[int, int] = {}
    for tag, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and j - i == m - k):
            pairs.update(zip(range(k, m), range(i, j), strict=True))
    return pairs


def _unit(buffer: Buffer, near: int) -> str:
    tabs = any(line.startswith("\t") for line in buffer.lines[max(0, near - 200) : near + 200])
    return "\t" if tabs else " " * step(buffer.lines)


def _follows(above: str, line: str, unit: str) -> str | None:
    """The indentation of ``line`` below ``above``; None if it would lie left of the margin."""
    indent = indent_of(above)
    if above.rstrip().endswith(_OPENERS):
        indent += unit
    if line.lstrip().startswith(_CLOSERS):
        if not indent.endswith(unit):
            return None
        indent = indent[: len(indent) - len(unit)]
    return indent
