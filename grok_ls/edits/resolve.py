"""From an answer to a new text: is it read in full, is it about this document, and what does it make of it?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from grok_ls.edits.answer import Hunk, NoChange, Parsed, Part, Rewrite, Unparsed
from grok_ls.edits.bare import read_bare
from grok_ls.edits.buffer import Buffer, normal
from grok_ls.edits.combine import Resolved, Surroundings, combined
from grok_ls.edits.elision import is_elision
from grok_ls.edits.locate import Refusal
from grok_ls.edits.parse import SHELL, parse_answer
from grok_ls.edits.rewrite import Definition, defines
from grok_ls.edits.typography import cleaned
from grok_ls.text import Span

__all__ = ["Resolved", "about", "read", "resolve", "resolve_parsed", "same_file"]

_GENERIC = {
    "original",
    "modified",
    "old",
    "new",
    "a",
    "b",
    "before",
    "after",
    "file",
    "code",
    "input",
    "output",
    "current",
    "updated",
}

# What diffs put before the two names of a file.
_SIDES = {"a", "b", "old", "new"}
# Files of one name in many folders, of which a model may mean another one.
_EVERYWHERE = {
    "__init__", "__main__", "index", "mod", "main", "lib", "conftest", "package", "types", "utils", "util", "helpers", "constants",
    "config", "readme", "changelog", "makefile", "cmakelists", "dockerfile", "cargo", "pyproject", "setup", "test", "tests", "models",
    "views", "urls", "admin", "routes", "app", "build",
}  # fmt: skip

# Files that are certainly no scripts for a shell.
_PROGRAM = re.compile(
    r"\.(?:py|pyi|[cm]?[jt]sx?|vue|svelte|c|h|cc|cpp|cxx|hpp|cs|go|rs|java|kt|kts|swift|rb|php|scala|lua|dart|html?|s?css|less|json|toml|sql|xml)$"
)


def resolve(
    text: str,
    answer: str,
    *,
    complete: bool = True,
    path: str = "",
    region: Span | None = None,
    definitions: Sequence[Definition] = (),
    shown: Sequence[Span] | None = None,
    accepted: Sequence[Part] = (),
) -> Resolved | Refusal | NoChange:
    """What the model's ``answer`` makes of ``text``, or why nothing may be done with it.

    ``region`` is what the user acted on: it decides between equal places and is the target of code that names no
    definition. ``shown``: what of the text the model has seen, ``None`` = all; rewritten code deletes no other line.
    ``accepted``: what of an earlier answer had a place (see ``Refusal``) and is made together with this one; where the
    two change the same line, this answer wins.
    """
    parsed = read(text, answer, complete=complete)
    if isinstance(parsed, NoChange):
        return parsed
    return resolve_parsed(
        text, parsed, path=path, region=region, definitions=definitions, shown=shown, accepted=accepted
    )


def read(text: str, answer: str, *, complete: bool = True) -> Parsed | NoChange | Unparsed:
    """What ``answer`` holds. As ``parse_answer``, but ``text`` knows an edit without any form from words."""
    parsed = parse_answer(answer, complete=complete)
    if not isinstance(parsed, NoChange):
        return parsed
    return parsed if parsed.said else read_bare(text, answer) or parsed


def resolve_parsed(
    text: str,
    parsed: Parsed | Unparsed,
    *,
    path: str = "",
    region: Span | None = None,
    definitions: Sequence[Definition] = (),
    shown: Sequence[Span] | None = None,
    accepted: Sequence[Part] = (),
) -> Resolved | Refusal:
    """``resolve`` for an answer that has been read already."""
    if isinstance(parsed, Unparsed):
        return Refusal(parsed.code, parsed.message, accepted=tuple(accepted))
    names = {*(hunk.path for hunk in parsed.hunks), *(code.path for code in parsed.rewrites)}
    for named in sorted(names):
        if not about(named, path, names) and not (len(names) == 1 and _elsewhere(named, path)):
            message = f"The answer changes {named}, but the document is {path}; nothing was applied."
            return Refusal("unmatched_edit", message, accepted=tuple(accepted))
    if parsed.rewrites and all(code.language in SHELL for code in parsed.rewrites) and _PROGRAM.search(path.lower()):
        message = f"The answer holds commands for a shell and no edit of {path}; nothing was applied."
        return Refusal("unmatched_edit", message, accepted=tuple(accepted))
    if parsed.hunks and (cut := _cut(text, parsed)) is not None:
        return replace(cut, accepted=tuple(accepted))
    buffer = Buffer(text)
    read_as = [_read_as(buffer, hunk) for hunk in parsed.hunks]
    if (unclear := next((one for one in read_as if one.readings), None)) is not None:
        message = f"Hunk {unclear.number} was not applied: it has several dividers, and before none of them are lines of the file."
        return Refusal("unmatched_edit", message, unclear.number, unclear, accepted=tuple(accepted))
    parsed = replace(parsed, hunks=tuple(read_as))
    beside = parsed.rewrites if parsed.hunks else ()
    parts: list[Part] = [*cleaned(buffer, parsed.hunks, path), *(() if beside else parsed.rewrites)]
    made = combined(buffer, parts, accepted, Surroundings(region, definitions, shown))
    if isinstance(made, Refusal):
        return made
    if text.strip() and not made.text.strip():
        return Refusal(
            "unmatched_edit",
            "The answer leaves nothing of the document, which is never done for it.",
            accepted=tuple(accepted),
        )
    if (left := _left_out(buffer, made.text, beside)) is not None:
        message = f"The answer has edits and, at its line {left.line}, code besides that is not among them; nothing was applied."
        return Refusal("unmatched_edit", message, accepted=tuple(accepted))
    return made


def _read_as(buffer: Buffer, hunk: Hunk) -> Hunk:
    """A block with several dividers (of its own, or of a heading or a merge conflict in the file) as the document says: it has all that
    stands before the right one. As it is where no reading fits.
    """
    fitting = [
        replace(one, number=hunk.number, readings=())
        for one in (hunk, *hunk.readings)
        if hunk.readings and one.old and buffer.contiguous([normal(line.text) for line in one.old])
    ]
    return max(fitting, key=lambda one: len(one.old), default=hunk)


def _left_out(old: Buffer, text: str, beside: Sequence[Rewrite]) -> Rewrite | None:
    """Code beside the edits that defines what the result does not have. Code that it has was shown again, and so was what stood together in
    the document before; code that defines nothing says how to use it.
    """
    for code in beside:
        lines = [line for line in code.lines if line.strip() and not is_elision(line)]
        if not any(map(defines, lines)) or old.contiguous([normal(line) for line in code.lines]):
            continue
        there = Buffer(text).where
        if any(normal(line) not in there for line in lines):
            return code
    return None


def about(named: str, path: str, names: Collection[str]) -> bool:
    """Whether what an answer says of ``named`` is about the document ``path``. ``names`` are all that it says: a name that says nothing
    (``old.py``) is another file where one of the others is the document's own.
    """
    if not same_file(named, path):
        return False
    others = [one for one in names if one not in ("", named) and not _is_generic(one, path) and same_file(one, path)]
    if named and _is_generic(named, path):
        return not others
    # Of two folders only one can be the document's.
    return not named or _parts(named) == _parts(path) or all(same_file(one, named) for one in others)


def same_file(named: str, path: str) -> bool:
    """True unless ``named`` clearly is another file than ``path``: spelling, a prefix or missing folders are
    forgiven.
    """
    if not named or not path:
        return True
    one, two = _parts(named.casefold()), _parts(path.casefold())
    if not one or not two:
        return True
    if _is_generic(named, path):
        return True
    shorter = min(len(one), len(two))
    if one[-shorter:] == two[-shorter:]:
        return True
    return one[0] in _SIDES and same_file("/".join(one[1:]), path) and len(one) > 1


def _is_generic(named: str, path: str) -> bool:
    """True for a name that tools and models write where they have none, and that is not the file's own."""
    one, two = _parts(named.casefold()), _parts(path.casefold())
    one = one[1:] if len(one) == 2 and one[0] in _SIDES else one
    return len(one) == 1 and one[0].split(".")[0] in _GENERIC and bool(two) and one[0] != two[-1]


def _elsewhere(named: str, path: str) -> bool:
    """True if ``named`` is called as the file is, in a folder that the model made up: what it quotes must be in the file all the same.
    Not for names that many folders have.
    """
    one, two = _parts(named.casefold()), _parts(path.casefold())
    return one[-1] == two[-1] and one[-1].split(".")[0] not in _EVERYWHERE


def _parts(path: str) -> list[str]:
    return [part for part in path.replace("\\", "/").split("/") if part not in {"", "."}]


def _cut(text: str, parsed: Parsed) -> Refusal | None:
    """A diff without a fence that stops in the middle of its last line, or early by its own header."""
    hunk = parsed.hunks[-1]
    last = hunk.lines[-1]
    if not hunk.open_ended or last.number != len(parsed.roles):
        return None
    buffer = Buffer(text)
    form = normal(last.text)
    new = sum(line.kind != "removal" for line in hunk.lines)
    early = hunk.counts is not None and (hunk.counts[0] > len(hunk.old) or hunk.counts[1] > new)
    if last.kind == "removal" and early and not any(line.kind == "addition" for line in hunk.lines):
        # Its header promised what takes the place of the line.
        cut = hunk.counts is not None and hunk.counts[1] > new
    elif not parsed.ends_in_line:
        return None
    elif last.kind != "context":
        # Without counts nothing says that the line is whole.
        cut = (
            early
            or hunk.counts is None
            or any(_begins(last.text.strip(), line.text.strip()) for line in hunk.lines if line.kind == "removal")
        )
    elif last.raw and not form:
        cut = early
    else:
        cut = form not in buffer.where and any(line.startswith(form) for line in buffer.where)
    if not cut:
        return None
    message = f"The answer is cut: it stops in line {last.number}, within hunk {hunk.number}."
    return Refusal("truncated_answer", message, hunk.number, hunk)


def _begins(part: str, whole: str) -> bool:
    """Whether one line is the other's beginning, up to the middle of a word."""
    rest = whole.removeprefix(part)
    return bool(part) and rest != whole and re.match(r"\w\w", part[-1] + rest[:1]) is not None
