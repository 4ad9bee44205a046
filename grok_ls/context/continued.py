"""One action after another in a document: the later prompt begins with what the earlier one showed, byte for byte.

A provider's cache has the longest beginning that two prompts share, at a quarter of the price or less, and only appending
keeps it (xAI "Prompt caching"). So what the earlier place needed stays in front and what the later one lacks is added
behind. Measured in docs/context.md, "Shared prefix".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from grok_ls.context.pieces import Context, Piece, unseen

# What earlier places needed is worth its tokens up to so many times what this one needs.
MOST = 4


def continued(before: Context | None, now: Context, tokens: int) -> Context:
    """``now``, beginning with as much of ``before`` as fits into ``tokens``; with none of it as it is.

    Nothing is shown twice, and nothing in two versions. Where a beginning of ``before`` has all of ``now``, it alone is
    shown, so that the same question gives the same bytes whatever was asked in between.
    """
    if before is None or any(piece.cut for piece in now.pieces):
        return now
    wanted = dict(_lines(now.pieces))
    seen: dict[tuple[str, int], str] = {}
    longer = now
    for link in _links(before):
        seen.update(_lines(link.pieces))
        if all(seen.get(key) == line for key, line in wanted.items()):
            return link
        if any(seen.get(key, line) != line for key, line in wanted.items()):
            break
        shown = set(seen)
        lacking = tuple(part for piece in now.pieces for part in unseen(piece, shown))
        candidate = replace(now, pieces=lacking, whole=link.whole or now.whole, before=link)
        if candidate.tokens > min(tokens, MOST * now.tokens):
            break
        longer = candidate
    return longer


def still_true(before: Context, same: Callable[[Piece], bool], line_count: int) -> Context | None:
    """So much of ``before`` as stands in the files word for word: ``same`` says it of a piece, ``line_count`` are the lines
    of the document now.
    """
    found = None
    for link in _links(before):
        if link.line_count != line_count or not all(same(piece) for piece in link.pieces):
            break
        found = link
    return found


def _links(context: Context) -> Sequence[Context]:
    """The oldest first."""
    links = [context]
    while (earlier := links[-1].before) is not None:
        links.append(earlier)
    return links[::-1]


def _lines(pieces: Sequence[Piece]) -> Iterator[tuple[tuple[str, int], str]]:
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n"), piece.first_line):
            yield (piece.path, number), line
