"""Delimiters around text from the user's files that this text cannot close.

The tags are plain names, so that the beginning of a prompt is the same bytes from one action to the next (prefix
caches). Only where some data holds a tag of ours, or something that a model could read as one, all tags get a number
that occurs nowhere in the data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count

TAGS = ("context", "selection", "definition", "diagnostics", "instruction", "lines")
_TAG = re.compile(
    rf"[<\[{{(]\s{{0,20}}[/\\]?\s{{0,20}}(?:{'|'.join(TAGS)})\s{{0,20}}(?:-\s{{0,20}}(\d+))?", re.IGNORECASE
)


def mark_for(texts: Iterable[str]) -> str:
    """``""``, or ``-N`` with the first number that no tag in ``texts`` has."""
    taken = {found for text in texts for found in _numbers(text)}
    if not taken:
        return ""
    return next(f"-{number}" for number in count(1) if number not in taken)


def _numbers(text: str) -> set[int]:
    flat = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    found = (match[1] for match in _TAG.finditer(flat))
    return {int(number[:9]) if number else 0 for number in found}


def tagged(tag: str, mark: str, text: str, **attributes: str | int) -> str:
    """``text`` between ``<tag>`` lines."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{mark}{said}>\n{text}\n</{tag}{mark}>"


def fenced(text: str, language: str = "") -> str:
    """``text`` in a Markdown code fence that is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
