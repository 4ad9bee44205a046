"""Parts of an answer written down again, so that they read as an answer of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from grok_ls.edits.answer import Hunk, Part


def written(parts: Iterable[Part]) -> str:
    """``parts`` in their formats, as the model wrote them, each with the file that it names."""
    pieces: list[str] = []
    for (path, is_diff), run in groupby(parts, key=lambda part: (part.path, _is_diff(part))):
        if is_diff:
            header = [f"--- {path}", f"+++ {path}"] if path else []
            pieces.append(_fenced("\n".join([*header, *map(_hunk, run)]), "diff"))
        else:
            pieces += [f"{path}\n{_code(part)}" if path else _code(part) for part in run]
    return "\n".join(pieces)


def _is_diff(part: Part) -> bool:
    return isinstance(part, Hunk) and part.form == "diff"


def _hunk(part: Part) -> str:
    assert isinstance(part, Hunk)
    return "\n".join(["@@ @@", *(line.raw for line in part.lines)])


def _code(part: Part) -> str:
    if not isinstance(part, Hunk):
        return _fenced("\n".join(part.lines), part.language)
    old = [line.text for line in part.lines if line.kind != "addition"]
    new = [line.text for line in part.lines if line.kind != "removal"]
    return "\n".join(["<<<<<<< SEARCH", *old, "=======", *new, ">>>>>>> REPLACE"])


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
