"""From the model's words to a proposal: parse, locate, judge, restore. Pure. We refuse rather than guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grok_ls import edits
from grok_ls.context.syntax import Fault, first_new_error
from grok_ls.edits.parse import NO_CHANGE, says_no_change
from grok_ls.engine.ask import Asked
from grok_ls.engine.values import Proposal, Request, Unchanged
from grok_ls.errors import AnswerUnusable
from grok_ls.prompts.build import Failure

# Problems whose fix is a deletion.
_SURPLUS = re.compile(
    r"\b(?:unused|never (?:used|read|accessed|called|reached)|not (?:used|accessed|needed|read)|unreachable|redundant|"
    r"unnecessary|duplicate[ds]?|redefin\w+|redeclar\w+|dead code|useless|superfluous|obsolete|deprecated|remove[ds]?|"
    r"unneeded|extra(?:neous)?|trailing|F401|F811|F841)\b",
    re.IGNORECASE,
)
_MOST_REMARKS = 3
Part = edits.Hunk | edits.Rewrite


@dataclass(frozen=True, slots=True)
class Hint:
    """What the model is told when it is asked again (clean text only): what failed and why, with the true lines at that
    place.

    ``accepted`` are the parts of its answers that do have a place: they are kept, and not asked for again. ``answer``
    is what is left of its answer without them.
    """

    failures: tuple[Failure, ...]
    answer: str
    accepted: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """No edit came of it. ``hint`` is for the model, ``None`` if asking again cannot help."""

    error: AnswerUnusable
    hint: Hint | None


def judge(
    request: Request, asked: Asked, answer: str, accepted: tuple[Part, ...] = ()
) -> Proposal | Unchanged | Unusable:
    """What the answer means for the document that was sent, with what was ``accepted`` of earlier answers."""
    parts = edits.read(asked.clean.source.text, answer)
    if isinstance(parts, edits.NoChange):
        return _no_edit(request, answer, parts, accepted)
    outcome = _resolved(asked, parts, accepted)
    if isinstance(outcome, edits.Refusal):
        return Unusable(AnswerUnusable(outcome.message, code=outcome.code), _hint(answer, outcome))
    return _judged(request, asked, _whole(answer, accepted), outcome)


def judge_parts(
    request: Request, asked: Asked, answer: str, parts: edits.Parsed, accepted: tuple[Part, ...]
) -> Proposal | Unchanged | Unusable:
    """``judge`` for the part of an answer that is about the document."""
    outcome = _resolved(asked, parts, accepted)
    if isinstance(outcome, edits.Refusal):
        # The whole is asked for again: half of it would not fit together.
        failures = tuple(Failure(each.message, each.nearest) for each in (outcome, *outcome.others))
        return Unusable(AnswerUnusable(outcome.message, code=outcome.code), Hint(failures, answer))
    return _judged(request, asked, _whole(answer, accepted), outcome)


def _resolved(
    asked: Asked, parts: edits.Parsed | edits.Unparsed, accepted: tuple[Part, ...]
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


def _judged(request: Request, asked: Asked, whole: str, outcome: edits.Resolved) -> Proposal | Unchanged | Unusable:
    """``whole``: all words of the model that the edit is made of."""
    if outcome.text == asked.clean.source.text:
        return Unchanged("the edit that the model gave leaves every line as it is.")
    return _restored(request, asked, whole, outcome)


def _no_edit(
    request: Request, answer: str, outcome: edits.NoChange, accepted: tuple[Part, ...]
) -> Unchanged | Unusable:
    if outcome.said and not accepted:
        words = "\n".join(line for line in outcome.prose.split("\n") if not says_no_change(line))
        return Unchanged(words.replace(NO_CHANGE, "").strip())
    # Half of an edit is none: the rest of it was asked for and did not come.
    message = (
        f"The model answered in words and gave no edit of {_named(request)}; nothing was changed, please try again."
    )
    failure = Failure("there was no edit in your answer")
    return Unusable(AnswerUnusable(message), Hint((failure,), answer, accepted))


def _whole(answer: str, accepted: tuple[Part, ...]) -> str:
    """All that the edit is made of, where it is the whole that has to be written again."""
    parts = [part.as_written if isinstance(part, edits.Hunk) else "\n".join(part.lines) for part in accepted]
    return "\n".join([*parts, answer])


def _hint(answer: str, refusal: edits.Refusal) -> Hint:
    every = (refusal, *refusal.others)
    failures = tuple(Failure(each.message, each.nearest) for each in every)
    left = "\n".join(each.as_written for each in every if each.as_written)
    return Hint(failures, left if refusal.accepted and left else answer, refusal.accepted)


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
    return Proposal(request.source.text, restored.text, remarks=_remarks(request, restored.text))


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
