"""From the model's words to a proposal: parse, locate, judge, restore. Pure. We refuse rather than guess."""

from __future__ import annotations

from dataclasses import dataclass

from grok_ls import edits
from grok_ls.context.syntax import Fault, first_new_error
from grok_ls.edits.parse import NO_CHANGE
from grok_ls.engine.ask import Asked
from grok_ls.engine.values import Proposal, Request, Unchanged
from grok_ls.errors import AnswerUnusable


@dataclass(frozen=True, slots=True)
class Hint:
    """What the model is told when it is asked again (clean text only): why, and the true lines at that place."""

    refusal: str
    true_lines: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """No edit came of it. ``hint`` is for the model, ``None`` if asking again cannot help."""

    error: AnswerUnusable
    hint: Hint | None


def judge(request: Request, asked: Asked, answer: str) -> Proposal | Unchanged | Unusable:
    """What the answer means for the document that was sent."""
    clean = asked.clean
    outcome = edits.resolve(
        clean.source.text, answer, path=clean.source.path, region=asked.region, definitions=asked.definitions
    )
    if isinstance(outcome, edits.NoChange):
        if NO_CHANGE in answer.split():
            return Unchanged(outcome.prose.replace(NO_CHANGE, ""))
        message = (
            f"The model answered in words and gave no edit of {_named(request)}; nothing was changed, please try again."
        )
        return Unusable(AnswerUnusable(message), Hint("there was no edit in your answer", ""))
    if isinstance(outcome, edits.Refusal):
        return Unusable(AnswerUnusable(outcome.message, code=outcome.code), Hint(outcome.message, outcome.nearest))
    if outcome.text == clean.source.text:
        return Unchanged()
    return _restored(request, asked, outcome)


def _restored(request: Request, asked: Asked, outcome: edits.Resolved) -> Proposal | Unusable:
    old = asked.clean.source.text
    language = asked.clean.language
    fault = first_new_error(old, outcome.text, language) if language is not None else None
    if fault is not None:
        message = (
            f"The model's edit would break the syntax of {_named(request)} (line {fault.line}); nothing was changed."
        )
        return Unusable(AnswerUnusable(message, code="syntax_broken"), Hint(_fault(fault), ""))
    restored = request.vocabulary.restored(outcome.text, asked.allowed)
    # Words that only look like placeholders and were in the file before are the file's own.
    invented = [word for word in restored.unknown if word not in asked.clean.redacted.literals]
    if invented:
        message = (
            f"The model altered a placeholder of a secret in {_named(request)}; nothing was changed, please try again."
        )
        why = f"these words are not placeholders of the file, copy placeholders exactly: {', '.join(invented)}"
        return Unusable(AnswerUnusable(message, code="unmatched_edit"), Hint(why, ""))
    return Proposal(request.source.text, restored.text)


def _fault(fault: Fault) -> str:
    missing = f", {fault.missing} is missing" if fault.missing else ""
    return f"after this edit the file no longer parses at line {fault.line}{missing}: {fault.text.strip()}"


def _named(request: Request) -> str:
    return request.source.path or "the document"
