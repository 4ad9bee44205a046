"""What is suspicious about a change that could be applied, as far as the text alone tells. Parsing is the context
package's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grok_ls.edits.elision import is_placeholder
from grok_ls.edits.linediff import Block, changed_blocks
from grok_ls.edits.names import defined_in, function_around, imported, is_bound, is_used, local_in

Doubt = Literal["empty", "only_deletes", "reformat", "placeholder", "undefined"]

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
# Stands where nothing is done.
_NOTHING = re.compile(r"^\s*(?:pass|\.\.\.|;|return(?:\s+(?:None|null|nil|undefined))?;?|[{}()\[\];]*)\s*$")
_COMMENT = re.compile(r"^\s*(?:#|//|--|/\*|;|%)(.*?)(?:\*/)?\s*$")
# So many lines that differ in form alone, and such a share of all that changed, are a reformat ...
_REFORMAT_LINES, _REFORMAT_SHARE = 20, 0.8
# ... if they are so much of the file, or at so many places: one block that moved inwards is not.
_REFORMAT_FILE, _REFORMAT_PLACES = 0.5, 5
_FORM = str.maketrans("", "", " \t\r\n\f'\"`;,()")


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt about a change, in one sentence. ``name`` is the identifier that is missing, if it is about one."""

    doubt: Doubt
    message: str
    name: str = ""


def judge(old: str, new: str) -> tuple[Remark, ...]:
    """The doubts about ``old`` having become ``new``; empty if there are none.

    They are no proof: a fix may well be a deletion. Whoever asked for the change decides what each of them means.
    """
    if old == new:
        return (Remark("empty", "The edit changes nothing."),)
    olds, news = old.splitlines(), new.splitlines()
    blocks = changed_blocks(olds, news)
    removed = [line for block in blocks for line in olds[block.old_start : block.old_end]]
    added = [line for block in blocks for line in news[block.new_start : block.new_end]]
    found = [_only_deletes(removed, added), _reformat(olds, news, blocks), _placeholder(removed, added)]
    undefined = {
        remark.name: remark for remark in (*_undefined(old, new, removed), *_undefined_here(olds, news, blocks))
    }
    return (*(remark for remark in found if remark is not None), *undefined.values())


def _only_deletes(removed: Sequence[str], added: Sequence[str]) -> Remark | None:
    code = [line for line in removed if _WORD.search(line)]
    left = Counter(map(str.strip, code)) - Counter(map(str.strip, added))
    gone = set(map(str.strip, removed))
    kept = (line for line in added if not _NOTHING.match(line) and not _commented_out(line, gone))
    new = Counter(map(str.strip, kept)) - Counter(map(str.strip, removed))
    if not left or new:
        return None
    count = left.total()
    return Remark("only_deletes", f"It only deletes code ({count} {'line' if count == 1 else 'lines'}).")


def _commented_out(line: str, removed: set[str]) -> bool:
    """Whether the line is one of the removed ones, made a comment."""
    comment = _COMMENT.match(line)
    return comment is not None and comment[1].strip() in removed


def _reformat(olds: Sequence[str], news: Sequence[str], blocks: Sequence[Block]) -> Remark | None:
    same = places = changed = 0
    for block in blocks:
        before, after = olds[block.old_start : block.old_end], news[block.new_start : block.new_end]
        count = max(len(before), len(after))
        alike = count if _form("".join(before)) == _form("".join(after)) else _alike(before, after)
        same, places, changed = same + alike, places + (alike > 0), changed + count
    if same < _REFORMAT_LINES or same < _REFORMAT_SHARE * changed:
        return None
    if same < _REFORMAT_FILE * sum(map(bool, map(str.strip, olds))) and places < _REFORMAT_PLACES:
        return None
    return Remark("reformat", f"It changes nothing but the form of {same} of the {changed} lines that it touches.")


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    return (Counter(map(_form, before)) & Counter(map(_form, after))).total()


def _form(line: str) -> str:
    """What is left of code when its spacing, quotes and optional punctuation do not count."""
    return line.translate(_FORM)


def _placeholder(removed: Sequence[str], added: Sequence[str]) -> Remark | None:
    for line in added:
        if is_placeholder(line) and line not in removed:
            return Remark("placeholder", f"It writes a comment in the place of code: {line.strip()!r}.")
    return None


def _undefined(old: str, new: str, removed: Sequence[str]) -> list[Remark]:
    """Names that the change removes the definition of, that nothing defines now, and that are still used."""
    gone = {name for line in removed for name in defined_in(line)}
    gone |= imported(old) - imported(new)
    return [_missing(name) for name in sorted(gone) if is_used(new, name) and not is_bound(new, name)]


def _undefined_here(olds: Sequence[str], news: Sequence[str], blocks: Sequence[Block]) -> list[Remark]:
    """The same of names that a function gave a value, within this function."""
    found = []
    for block in blocks:
        names = {name for line in olds[block.old_start : block.old_end] for name in local_in(line)}
        around = function_around(news, max(0, block.new_start - 1)) if names else ""
        outside = "\n".join(line for line in news if line[:1].strip())
        found += [
            _missing(name)
            for name in sorted(names)
            if is_used(around, name) and not is_bound(around, name) and not is_bound(outside, name)
        ]
    return found


def _missing(name: str) -> Remark:
    return Remark("undefined", f"It removes the definition of {name}, which is still used.", name)
