"""From an answer to a new text: parse, place, and prove that nothing outside of the placed hunks has moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grok_ls.edits.answer import Hunk, NoChange, Parsed, Rewrite, Role, Unparsed
from grok_ls.edits.apply import Edit, smallest
from grok_ls.edits.blocks import block_end
from grok_ls.edits.buffer import Buffer, normal
from grok_ls.edits.elision import is_placeholder
from grok_ls.edits.locate import Refusal, locate, nearest
from grok_ls.edits.parse import parse_answer
from grok_ls.edits.place import Change, Place
from grok_ls.edits.render import conflict, rendered
from grok_ls.edits.rewrite import Definition, defines, rewritten
from grok_ls.edits.typography import cleaned
from grok_ls.text import Span

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


@dataclass(frozen=True, slots=True)
class Resolved:
    """``text`` is the whole new text and ``edits`` the smallest ones that lead to it; ``hunks`` counts distinct
    hunks.
    """

    text: str
    edits: tuple[Edit, ...]
    hunks: int
    files: tuple[str, ...] = ()


def resolve(
    text: str,
    answer: str,
    *,
    complete: bool = True,
    path: str = "",
    region: Span | None = None,
    definitions: Sequence[Definition] = (),
) -> Resolved | Refusal | NoChange:
    """What the model's ``answer`` makes of ``text``, or why nothing may be done with it.

    ``region`` is what the user acted on: it decides between equal places and is the target of code that names no
    definition.
    """
    parsed = parse_answer(answer, complete=complete)
    if isinstance(parsed, NoChange):
        bare = _bare_code(text, parsed.prose)
        if bare is None:
            return parsed
        parsed = bare
    if isinstance(parsed, Unparsed):
        return Refusal(parsed.code, parsed.message)
    return resolve_parsed(text, parsed, path=path, region=region, definitions=definitions)


def _bare_code(text: str, prose: str) -> Parsed | None:
    """An answer that begins with a definition of the document, word for word, is that definition rewritten, without a fence."""
    lines = tuple(prose.split("\n"))
    if (
        len(lines) < 2
        or not defines(lines[0])
        or normal(lines[0]) not in Buffer(text).where
        or block_end(lines, 0) != len(lines)
    ):
        return None
    role: Role = "code"
    return Parsed("rewrite", (), (Rewrite(lines),), "", (role,) * len(lines))


def resolve_parsed(
    text: str, parsed: Parsed, *, path: str = "", region: Span | None = None, definitions: Sequence[Definition] = ()
) -> Resolved | Refusal:
    """``resolve`` for an answer that has been read already."""
    for named in [*(hunk.path for hunk in parsed.hunks), *(code.path for code in parsed.rewrites)]:
        if not same_file(named, path):
            return Refusal(
                "unmatched_edit", f"The answer changes {named}, but the document is {path}; nothing was applied."
            )
    if parsed.hunks and parsed.ends_in_line and (cut := _cut(text, parsed)) is not None:
        return cut
    files = tuple(dict.fromkeys(hunk.path for hunk in parsed.hunks if hunk.path))
    if parsed.rewrites:
        return rewritten_text(text, parsed, region, definitions)
    return _placed(text, cleaned(Buffer(text), parsed.hunks, path), region, files)


def rewritten_text(
    text: str, parsed: Parsed, region: Span | None, definitions: Sequence[Definition]
) -> Resolved | Refusal:
    buffer = Buffer(text)
    changes: list[Change] = []
    for code in parsed.rewrites:
        found = rewritten(buffer, code, region, definitions)
        if isinstance(found, str):
            return Refusal(
                "ambiguous_edit" if "equally" in found else "unmatched_edit", found, 1, "\n".join(code.lines)
            )
        changes.extend(found)
    return _finished(buffer, changes, len(parsed.rewrites), ())


def same_file(named: str, path: str) -> bool:
    """True unless ``named`` clearly is another file than ``path``: spelling, a prefix or missing folders are
    forgiven.
    """
    if not named or not path:
        return True
    one, two = _parts(named.casefold()), _parts(path.casefold())
    if not one or not two:
        return True
    if len(one) == 1 and one[0].split(".")[0].lower() in _GENERIC and one[0] != two[-1]:
        return True
    shorter = min(len(one), len(two))
    if one[-shorter:] == two[-shorter:]:
        return True
    return one[0] in {"a", "b", "old", "new"} and same_file("/".join(one[1:]), path) and len(one) > 1


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
    if last.kind == "addition" or (last.raw and not form):
        cut = early
    else:
        cut = form not in buffer.where and any(line.startswith(form) for line in buffer.where)
    if not cut:
        return None
    message = f"The answer is cut: it stops in line {last.number}, within hunk {hunk.number}."
    return Refusal("truncated_answer", message, hunk.number, hunk.as_written)


def _placeholder(buffer: Buffer, hunks: Sequence[Hunk]) -> Refusal | None:
    """Lines left out of what a hunk adds are lost for good: such a hunk cannot be used."""
    for hunk in hunks:
        for line in hunk.lines:
            if line.kind == "addition" and is_placeholder(line.text) and normal(line.text) not in buffer.where:
                message = f"Hunk {hunk.number} was not applied: line {line.number} of the answer stands for other code."
                return Refusal("unmatched_edit", message, hunk.number, hunk.as_written, nearest(buffer, hunk))
    return None


def _placed(text: str, hunks: Sequence[Hunk], region: Span | None, files: tuple[str, ...]) -> Resolved | Refusal:
    buffer = Buffer(text)
    unusable = _placeholder(buffer, hunks)
    if unusable is not None:
        return unusable
    chosen, refused = locate(buffer, hunks, region)
    if refused and not chosen:
        return refused[min(refused)]
    done = _finished(buffer, _changes(chosen), len(hunks), files)
    if isinstance(done, Refusal):
        # Perhaps only because a hunk that quotes the lines of an earlier one was placed without them.
        chosen = {index: found for index, found in chosen.items() if all(place.clean for place in found)}
        again = _finished(buffer, _changes(chosen), len(hunks), files)
        if isinstance(again, Refusal) or len(chosen) + len(refused) == len(hunks):
            return done
        done = again
    left = [hunk for index, hunk in enumerate(hunks) if index not in chosen]
    return _left(text, done, left, refused) if left else done


def _left(text: str, done: Resolved, hunks: Sequence[Hunk], refused: dict[int, Refusal]) -> Resolved | Refusal:
    """The hunks that had no place before the others were made: some models quote lines that only an earlier hunk
    adds.
    """
    buffer = Buffer(done.text)
    chosen, still = locate(buffer, hunks, None)
    if still:
        return refused[min(refused)] if refused else still[min(still)]
    last = _finished(buffer, _changes(chosen), done.hunks, done.files)
    if isinstance(last, Refusal):
        return last
    return Resolved(last.text, smallest(text, last.text), done.hunks, done.files)


def _changes(chosen: dict[int, list[Place]]) -> list[Change]:
    return [change for found in chosen.values() for place in found for change in place.changes]


def _finished(buffer: Buffer, changes: Iterable[Change], hunks: int, files: tuple[str, ...]) -> Resolved | Refusal:
    ordered = sorted(set(changes), key=lambda change: (change.start, change.end))
    line = conflict(ordered)
    if line is not None:
        return Refusal("ambiguous_edit", f"Two hunks change line {line + 1} differently; nothing was applied.")
    text, edits = rendered(buffer, ordered)
    return Resolved(text, edits, hunks, files)
