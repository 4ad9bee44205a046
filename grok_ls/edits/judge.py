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
from grok_ls.edits.linediff import changed_blocks

Doubt = Literal["empty", "only_deletes", "reformat", "placeholder", "undefined"]

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_DEFINED = re.compile(
    r"^\s*(?:(?:export|default|public|private|protected|static|async|pub|final|abstract)\s+)*"
    r"(?:def|class|function\*?|func|fn|struct|enum|interface|trait|type|const|let|var|module|namespace)\s+([A-Za-z_$][\w$]*)|"
    r"^\s*(?:from\s+\S+\s+)?import\s+([A-Za-z_$][\w$]*)\s*$|^([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=[^=]"
)
# Of so many changed lines, so many in ten may differ in spacing alone before it is called a reformat.
_REFORMAT_LINES, _REFORMAT_SHARE = 20, 0.8


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
        return (Remark("empty", "The change changes nothing."),)
    olds, news = old.splitlines(), new.splitlines()
    blocks = changed_blocks(olds, news)
    removed = [line for block in blocks for line in olds[block.old_start : block.old_end]]
    added = [line for block in blocks for line in news[block.new_start : block.new_end]]
    found = [_only_deletes(removed, added), _reformat(removed, added), _placeholder(removed, added)]
    return (*(remark for remark in found if remark is not None), *_undefined(removed, new))


def _only_deletes(removed: Sequence[str], added: Sequence[str]) -> Remark | None:
    code = [line for line in removed if _WORD.search(line)]
    if not code or any(_WORD.search(line) and line.strip() != "pass" for line in added):
        return None
    return Remark("only_deletes", f"The change only deletes code ({len(code)} lines).")


def _reformat(removed: Sequence[str], added: Sequence[str]) -> Remark | None:
    before, after = Counter("".join(line.split()) for line in removed), Counter("".join(line.split()) for line in added)
    same = (before & after).total()
    if same < _REFORMAT_LINES or same < _REFORMAT_SHARE * max(before.total(), after.total()):
        return None
    return Remark("reformat", f"The change alters nothing but spacing in {same} lines.")


def _placeholder(removed: Sequence[str], added: Sequence[str]) -> Remark | None:
    for line in added:
        if is_placeholder(line) and line not in removed:
            return Remark("placeholder", f"The change writes a comment in the place of code: {line.strip()!r}.")
    return None


def _undefined(removed: Sequence[str], new: str) -> list[Remark]:
    """Names that a removed line defined, that nothing defines now, and that are still used."""
    gone = {name for line in removed for name in _names(line)}
    if not gone:
        return []
    lines = new.splitlines()
    gone -= {name for line in lines for name in _names(line)}
    used = set(_WORD.findall(new))
    return [
        Remark("undefined", f"The change removes the definition of {name}, which is still used.", name)
        for name in sorted(gone & used)
    ]


def _names(line: str) -> list[str]:
    match = _DEFINED.match(line)
    return [name for name in match.groups() if name] if match else []
