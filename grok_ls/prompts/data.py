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

from grok_ls.prompts.words import Words, language_word, trusted

TAGS = (
    "context",
    "file-name",
    "conventions",
    "selection",
    "definition",
    "diagnostics",
    "instruction",
    "refusal",
    "lines",
)
_TAG = re.compile(
    rf"[<\[{{(]\s{{0,20}}[/\\]?\s{{0,20}}(?:{'|'.join(TAGS)})\s{{0,20}}(?:-\s{{0,20}}(\d+))?", re.IGNORECASE
)


# What nobody sees between the letters of a tag.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)


def mark_for(texts: Iterable[str]) -> Words:
    """Empty, or ``-N`` with the first number that no tag in ``texts`` has."""
    taken = {found for text in texts for found in _numbers(text)}
    if not taken:
        return trusted("")
    return trusted(next(f"-{number}" for number in count(1) if number not in taken))


def _numbers(text: str) -> set[int]:
    flat = text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    found = (match[1] for match in _TAG.finditer(flat))
    return {int(number[:9]) if number else 0 for number in found}


def tagged(tag: str, mark: Words, text: str, lines: tuple[int, int] | None = None) -> Words:
    """``text`` between ``<tag>`` lines, for a ``mark`` that was made for it. ``lines``: first and last, from 1."""
    said = "" if lines is None else f' lines="{lines[0]:d}-{lines[1]:d}"'
    return trusted(f"<{tag}{mark}{said}>\n{text}\n</{tag}{mark}>")


def fenced(text: str, language: str = "") -> Words:
    """``text`` in a Markdown code fence that is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return trusted(f"{fence}{language_word(language) if language else ''}\n{text}\n{fence}")


def quoted(text: str) -> Words:
    """``text`` as a Markdown quote: each of its lines begins with ``>``, whatever ends a line."""
    return trusted("\n".join(f"> {line}".rstrip() for line in text.splitlines()))
