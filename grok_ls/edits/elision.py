"""``# ... existing code ...``: telling such lines from code, and putting back what they leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from difflib import SequenceMatcher

from grok_ls.edits.buffer import indent_of, normal
from grok_ls.edits.marks import is_mark

_COMMENT = r"(?:#|//|--|;|%|<!--|/\*|\{/\*)"
_UNCHANGED = (
    r"(?:existing|unchanged|rest of|remaining|same as before|as before|remains? the same|stays? the same|no changes?|"
    r"omitted|keep|previous|other (?:code|methods|functions|imports|lines))"
)
_ELISION = re.compile(
    rf"^\s*(?:{_COMMENT}\s*)?[(\[<]?(?:\.{{3}}|…)[)\]>]?\s*(?:\*/\}}?|-->)?\s*$|"
    rf"^\s*(?:{_COMMENT}\s*)?(?:\.{{3}}|…)\s*[(\[]?.*\b{_UNCHANGED}\b.*$|"
    rf"^\s*{_COMMENT}\s*[(\[<]?.*\b{_UNCHANGED}\b.*(?:\.{{3}}|…).*$|"
    rf"^\s*{_COMMENT}\s*[(\[<]?(?:the )?(?:rest of|existing|remaining|unchanged|same as before)\b[^.]*$",
    re.IGNORECASE,
)
# A comment of nothing but such words stands for code too, if one of the former is among them.
_SAYS = frozenset(
    "brevity elided else existing omitted previous remain remaining remains rest same skipped snip truncated unchanged".split()
)
_MAY_SAY = _SAYS | frozenset(
    "a above all and are as before below body change changes class classes code content contents definitions etc "
    "everything file files for from function functions goes here implementation imports in intact is it keep kept left "
    "lines logic method methods more no not of original other part parts section shown stay stays test tests that the "
    "there this unmodified untouched was with your".split()
)
_REMARK = re.compile(rf"^\s*{_COMMENT}(.*?)(?:\*/\}}?|-->)?\s*$")
_PLACEHOLDER = re.compile(
    rf"^\s*{_COMMENT}\s*(?:\.{{3}}|…)\s*\(?.*\b{_UNCHANGED}\b.*$|"
    rf"^\s*{_COMMENT}\s*\(?(?:the )?(?:rest of|existing|remaining) (?:the |your |original )?"
    r"(?:code|function|method|class|file|implementation|body|logic)\b[^.]*(?:\.{3}|…)?\s*\)?\s*(?:\*/\}?|-->)?\s*$",
    re.IGNORECASE,
)
# A changed line next to an elision replaces its neighbour in the document if they are at least so similar.
_SIMILAR = 0.6


def is_elision(line: str) -> bool:
    """True if the line looks like one that stands for others. A document may hold such a line itself: ask it first."""
    telling = "..." in line or "…" in line or line.lstrip()[:1] in "#/-;%<{"
    return (telling and (bool(_ELISION.match(line)) or _only_says(line))) or is_mark(line)


def _only_says(line: str) -> bool:
    match = _REMARK.match(line)
    if match is None or len(match[1]) > 80:
        return False
    words = re.findall(r"[a-z']+", match[1].lower())
    return len(words) > 1 and not _SAYS.isdisjoint(words) and _MAY_SAY.issuperset(words)


def is_placeholder(line: str) -> bool:
    """True if the line, written into a file, would be a comment that says that it stands for other code."""
    return bool(_PLACEHOLDER.match(line))


def elisions(known: Collection[str], lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that stand for others. ``known``: the normal forms of the document's lines; those that look
    so stand for themselves, as does the body of a new stub (Python's ``...``).
    """
    return [
        index
        for index, line in enumerate(lines)
        if is_elision(line) and normal(line) not in known and not _is_stub(known, lines, index)
    ]


def _is_stub(known: Collection[str], lines: Sequence[str], index: int) -> bool:
    if lines[index].strip() != "..." or index == 0:
        return False
    head, depth = lines[index - 1], len(indent_of(lines[index]))
    below = next((line for line in lines[index + 1 :] if line.strip()), "")
    return head.rstrip().endswith(":") and normal(head) not in known and len(indent_of(below)) < depth


def filled(old: Sequence[str], new: Sequence[str]) -> list[str] | None:
    """``new`` with every elision replaced by the lines of ``old`` that it stands for; None if that is not certain.

    What is next to an elision must be found in ``old`` at exactly one place, or be a changed form of the line that is
    there. The indentation decides only where the words alone do not.
    """
    return _filled(old, new, normal) or _filled(old, new, str.rstrip)


def _filled(old: Sequence[str], new: Sequence[str], form: Callable[[str], str]) -> list[str] | None:
    forms = [form(line) for line in old]
    marks = elisions({normal(line) for line in old}, new)
    result: list[str] = []
    done = start = 0
    for number, mark in enumerate([*marks, len(new)]):
        piece = _trimmed(new[start:mark], number > 0, number < len(marks))
        start = mark + 1
        if not piece:
            if 0 < number < len(marks):
                return None
            begin, end = (len(old), len(old)) if number else (0, 0)
        else:
            span = _span(forms, [form(line) for line in piece], done, number > 0, number < len(marks))
            if span is None:
                return None
            begin, end = span
        result += [*old[done:begin], *piece]
        done = end
    return result


def _trimmed(piece: Sequence[str], above: bool, below: bool) -> list[str]:
    lines = list(piece)
    while above and lines and not lines[0].strip():
        lines.pop(0)
    while below and lines and not lines[-1].strip():
        lines.pop()
    return lines


def _span(old: Sequence[str], piece: Sequence[str], done: int, above: bool, below: bool) -> tuple[int, int] | None:
    """The lines of ``old`` from ``done`` on that ``piece`` replaces; an elision stands ``above`` and ``below`` it or
    not.
    """
    begin, end = done, len(old)
    if above:
        found = _anchor(old[done:], piece)
        if found is None:
            # Nothing of it stands in the document as it is; at the very end its lines may be those that stand there,
            # changed.
            if below or not _alike(piece[::-1], old[done:][::-1]):
                return None
            found = len(old) - len(piece) - done
        begin = done + found
    if below:
        found = _anchor(old[begin:][::-1], piece[::-1])
        if found is None:
            # Without an elision above it is the first, and nothing is taken yet.
            if above or not _alike(piece, old):
                return None
            found = len(old) - len(piece)
        end = len(old) - found
    return (begin, end) if begin <= end else None


def _alike(piece: Sequence[str], old: Sequence[str]) -> bool:
    """True if every line of the piece is a changed form of the line of ``old`` at its place."""
    return len(piece) <= len(old) and all(_similar(one, other) for one, other in zip(piece, old, strict=False))


def _similar(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SIMILAR


def _anchor(old: Sequence[str], piece: Sequence[str]) -> int | None:
    """Where in ``old`` the piece begins, by its first lines that are in ``old``."""
    for skipped, line in enumerate(piece):
        if not line or line not in old:
            continue
        places = [index for index, other in enumerate(old) if other == line]
        lengths = {place: _run(old[place:], piece[skipped:]) for place in places}
        longest = max(lengths.values())
        best = [place for place in places if lengths[place] == longest]
        if len(best) > 1:
            return None
        begin = best[0]
        for changed in reversed(piece[:skipped]):
            if begin and _similar(changed, old[begin - 1]):
                begin -= 1
            else:
                break
        return begin
    return None


def _run(old: Sequence[str], piece: Sequence[str]) -> int:
    length = 0
    for one, other in zip(old, piece, strict=False):
        if one != other:
            break
        length += 1
    return length
