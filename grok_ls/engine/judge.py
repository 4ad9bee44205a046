"""From the model's words to a proposal: parse, locate, judge, restore. Pure. We refuse rather than guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from grok_ls import edits
from grok_ls.context.languages import Language
from grok_ls.context.syntax import Fault, first_new_error
from grok_ls.edits.parse import NO_CHANGE, says_no_change
from grok_ls.edits.written import written
from grok_ls.engine.ask import Asked
from grok_ls.engine.values import Proposal, Request, Unchanged
from grok_ls.errors import AnswerUnusable
from grok_ls.prompts.build import Failure
from grok_ls.redaction.quoting import first_misread

# Problems whose fix is a deletion.
_SURPLUS = re.compile(
    r"\b(?:unused|never (?:used|read|accessed|called|reached)|not (?:used|accessed|needed|read)|unreachable|redundant|"
    r"unnecessary|duplicate[ds]?|redefin\w+|redeclar\w+|dead code|useless|superfluous|obsolete|deprecated|remove[ds]?|"
    r"unneeded|extra(?:neous)?|trailing|F401|F811|F841)\b",
    re.IGNORECASE,
)
_MOST_REMARKS = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of earlier answers: the parts that have a place, and those that were asked for again."""

    accepted: tuple[edits.Part, ...] = ()
    failed: tuple[edits.Part, ...] = ()

    def left_out(self, answered: Sequence[edits.Part]) -> tuple[edits.Part, ...]:
        """The parts asked for again of which ``answered`` has nothing: without them the rest would be half of an edit.

        One of ``answered`` that has no line in common with any part may be one of them in other words.
        """
        if not self.accepted:
            # All of it was asked for again, in whatever parts.
            return ()
        missing = [part for part in self.failed if not any(map(partial(_alike, part), answered))]
        other = [part for part in answered if not any(map(partial(_alike, part), (*self.failed, *self.accepted)))]
        return tuple(missing) if len(missing) > len(other) else ()


NOTHING = Kept()


@dataclass(frozen=True, slots=True)
class Hint:
    """What the model is told when it is asked again (clean text only): what failed and why, with the true lines at that
    place.

    ``kept``: the parts of its answers that do have a place are kept, and not asked for again. ``answer`` is what is left
    of its answer without them.
    """

    failures: tuple[Failure, ...]
    answer: str
    kept: Kept = NOTHING


@dataclass(frozen=True, slots=True)
class Unusable:
    """No edit came of it. ``hint`` is for the model, ``None`` if asking again cannot help."""

    error: AnswerUnusable
    hint: Hint | None


def judge(request: Request, asked: Asked, answer: str, kept: Kept = NOTHING) -> Proposal | Unchanged | Unusable:
    """What the answer means for the document that was sent, with what was ``kept`` of earlier answers."""
    parts = edits.read(asked.clean.source.text, answer)
    if isinstance(parts, edits.NoChange):
        return no_edit(request, answer, parts, kept)
    outcome = resolved(asked, parts, kept.accepted)
    if isinstance(outcome, edits.Refusal):
        return _refused(outcome, answer, kept)
    answered: list[edits.Part] = [*parts.hunks, *parts.rewrites] if isinstance(parts, edits.Parsed) else []
    if missing := kept.left_out(answered):
        return half_told(missing, outcome.parts)
    whole = "\n".join([written(kept.accepted), answer]) if kept.accepted else answer
    return judged(request, asked, whole, outcome)


def resolved(
    asked: Asked, parts: edits.Parsed | edits.Unparsed, accepted: tuple[edits.Part, ...]
) -> edits.Resolved | edits.Refusal:
    """What the parts make of the clean document."""
    source = asked.clean.source
    return edits.resolve_parsed(
        source.text,
        parts,
        path=source.path,
        region=asked.region,
        definitions=asked.definitions,
        shown=asked.shown,
        accepted=accepted,
    )


def judged(request: Request, asked: Asked, whole: str, outcome: edits.Resolved) -> Proposal | Unchanged | Unusable:
    """What is to be said of an edit that has its places. ``whole``: all words of the model that it is made of."""
    if outcome.text == asked.clean.source.text:
        return Unchanged("the edit that the model gave leaves every line as it is.")
    return _restored(request, asked, whole, outcome)


def no_edit(request: Request, answer: str, outcome: edits.NoChange, kept: Kept) -> Unchanged | Unusable:
    if outcome.said and not kept.accepted:
        words = "\n".join(line for line in outcome.prose.split("\n") if not says_no_change(line))
        return Unchanged(words.replace(NO_CHANGE, "").strip())
    # Half of an edit is none: the rest of it was asked for and did not come.
    message = (
        f"The model answered in words and gave no edit of {_named(request)}; nothing was changed, please try again."
    )
    failure = Failure("there was no edit in your answer")
    return Unusable(AnswerUnusable(message), Hint((failure,), answer, kept))


def half_told(missing: tuple[edits.Part, ...], accepted: tuple[edits.Part, ...]) -> Unusable:
    """The model was asked again for more parts than it answered."""
    message = f"The model left out {len(missing)} of the changes that it was asked to correct; nothing was changed."
    failures = (Failure("it was to be corrected, and your answer does not have it"),)
    return Unusable(AnswerUnusable(message), Hint(failures, written(missing), Kept(accepted, missing)))


def _refused(refusal: edits.Refusal, answer: str, kept: Kept) -> Unusable:
    every = (refusal, *refusal.others)
    failures = tuple(Failure(each.message, each.nearest) for each in every)
    failed = tuple(each.part for each in every if each.part is not None)
    error = AnswerUnusable(refusal.message, code=refusal.code)
    if not refusal.accepted:
        return Unusable(error, Hint(failures, answer))
    left = written(failed) if failed else answer
    return Unusable(error, Hint(failures, left, Kept(refusal.accepted, failed or kept.failed)))


def _alike(one: edits.Part, other: edits.Part) -> bool:
    """Whether two parts have a changed line in common."""
    return not _changed(one).isdisjoint(_changed(other))


def _changed(part: edits.Part) -> set[str]:
    lines = (
        line if isinstance(line, str) else line.text
        for line in part.lines
        if isinstance(line, str) or line.kind != "context"
    )
    return {"".join(line.split()) for line in lines if any(map(str.isalnum, line))}


def _restored(request: Request, asked: Asked, answer: str, outcome: edits.Resolved) -> Proposal | Unusable:
    old = asked.clean.source.text
    language = asked.clean.language
    fault = first_new_error(old, outcome.text, language, asked.clean.syntax) if language is not None else None
    if fault is not None:
        message = (
            f"The model's edit would break the syntax of {_named(request)} (line {fault.line}); nothing was changed."
        )
        return Unusable(AnswerUnusable(message, code="syntax_broken"), Hint((Failure(_fault(fault)),), answer))
    restored = request.vocabulary.restored(outcome.text, asked.allowed)
    # Words that only look like placeholders and were in the file before are the file's own.
    invented = [word for word in restored.unknown if word not in asked.clean.redacted.literals]
    if invented:
        message = (
            f"The model altered a placeholder of a secret in {_named(request)}; nothing was changed, please try again."
        )
        why = f"these words are not placeholders of the file, copy placeholders exactly: {', '.join(invented)}"
        return Unusable(AnswerUnusable(message, code="unmatched_edit"), Hint((Failure(why),), answer))
    line = misplaced(request, old, outcome.text, (request.source.text, restored.text), language, request.source.path)
    if line is not None:
        where = f"{_named(request)} (line {line})"
        message = f"The value of a secret does not fit where the model put it in {where}; nothing was changed."
        why = (
            "a placeholder stands for a value that does not fit there: keep its quotes and its indentation as they were"
        )
        return Unusable(AnswerUnusable(message, code="syntax_broken"), Hint((Failure(why),), answer))
    return Proposal(request.source.text, restored.text, remarks=_remarks(request, restored.text))


def misplaced(
    request: Request, old: str, new: str, originals: tuple[str, str], language: Language | None, path: str
) -> int | None:
    """The line (from 1) in which a value does not fit where the model put its placeholder: it breaks the syntax of what it is put back
    into, between other quotes or at another indentation, or says something else there.

    ``old`` and ``new`` are clean, ``originals`` are both with the values.
    """
    if originals[1] == new:
        return None
    fault = first_new_error(*originals, language) if language is not None else None
    if fault is not None:
        return fault.line
    return first_misread(old, new, path, lambda word: request.vocabulary.restored(word).text)


def _remarks(request: Request, new: str) -> tuple[str, ...]:
    """What is odd about the edit, unless the user asked for just that. It is named and not refused: a fix may well be a
    deletion.
    """
    told = edits.judge(request.source.text, new)
    wanted = (
        {"reformat", "only_deletes"} if request.instruction.strip() or request.action.instruction.strip() else set()
    )
    if any(_SURPLUS.search(f"{finding.message} {finding.code}") for finding in request.findings):
        wanted.add("only_deletes")
    return tuple(remark.message for remark in told if remark.doubt not in wanted)[:_MOST_REMARKS]


def _fault(fault: Fault) -> str:
    missing = f", {fault.missing} is missing" if fault.missing else ""
    return f"after this edit the file no longer parses at line {fault.line}{missing}: {fault.text.strip()}"


def _named(request: Request) -> str:
    return request.source.path or "the document"
