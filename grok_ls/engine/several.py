"""An answer that changes other files than the document: only where the user's own words may have asked for that, all of it or nothing.

Other files pass the same steps as the document: redacted whole, edits placed on the clean text, syntax looked at, originals put back. What
has a place in any of the files is kept while the rest of the answer is asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grok_ls import edits
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import first_new_error
from grok_ls.edits.files import DOCUMENT, by_file, grouped, new_text
from grok_ls.edits.written import written
from grok_ls.engine.ask import Asked, policy_of
from grok_ls.engine.judge import NOTHING, Hint, Kept, Unusable, half_told, judged, misplaced, no_edit, resolved
from grok_ls.engine.values import FileChange, Proposal, Request, Unchanged
from grok_ls.errors import AnswerUnusable, Code, ExcludedFile
from grok_ls.prompts.build import Failure
from grok_ls.redaction.redact import Detector, redact

MOST_FILES = 10
Parts = tuple[edits.Part, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """What the parts about one file make of it; ``None``: it stays as it is."""

    parts: Parts
    change: FileChange | Proposal | None


@dataclass(frozen=True, slots=True)
class _Failed:
    """What is wrong with the parts about one file: ``failed`` are to be asked for again, ``accepted`` have a place."""

    error: AnswerUnusable
    failures: tuple[Failure, ...]
    failed: Parts
    accepted: Parts = ()


def touches_others(request: Request, answer: str, kept: Kept) -> bool:
    """Whether the answer, or what was kept of earlier ones, is about other files than the document."""
    return request.may_change_others and bool(_others(request, answer, kept))


def _others(request: Request, answer: str, kept: Kept) -> list[str]:
    parsed = edits.parse_answer(answer)
    said: list[edits.Part] = [*parsed.hunks, *parsed.rewrites] if isinstance(parsed, edits.Parsed) else []
    return [name for name in grouped([*said, *kept.accepted], request.source.path, kept.failed) if name != DOCUMENT]


async def texts_of(request: Request, answer: str, kept: Kept) -> dict[str, str | None] | Unusable:
    """The texts of the other files that ``answer`` is about, or what was kept of earlier ones; ``None`` for one that is not there."""
    assert request.files is not None
    texts: dict[str, str | None] = {}
    names = _others(request, answer, kept)
    if len(names) > MOST_FILES:
        message = f"The answer changes {len(names) + 1} files; {MOST_FILES} is the most, so nothing was changed."
        return Unusable(AnswerUnusable(message), None)
    for path in names:
        try:
            texts[path] = await request.files.read(path)
        except ExcludedFile as error:
            return Unusable(AnswerUnusable(error.message, code="excluded_file"), None)
    return texts


def judge_several(
    request: Request,
    asked: Asked,
    answer: str,
    texts: dict[str, str | None],
    kept: Kept = NOTHING,
    detectors: Sequence[Detector] = (),
) -> Proposal | Unchanged | Unusable:
    """The proposal for the document and all other files, or what is wrong with the parts that are not usable."""
    parsed = edits.read(asked.clean.source.text, answer)
    if isinstance(parsed, edits.NoChange):
        return no_edit(request, answer, parsed, kept)
    if isinstance(parsed, edits.Unparsed):
        error = AnswerUnusable(parsed.message, code=parsed.code)
        return Unusable(error, Hint((Failure(parsed.message),), answer, kept))
    before = (*kept.accepted, *kept.failed)
    new = by_file(parsed, request.source.path, before)
    earlier = grouped(kept.accepted, request.source.path, (*parsed.hunks, *parsed.rewrites, *kept.failed))
    nothing = replace(parsed, hunks=(), rewrites=())
    outcomes = []
    for path in dict.fromkeys((*new, *earlier)):
        parts, accepted = new.get(path, nothing), earlier.get(path, ())
        if path == DOCUMENT:
            outcomes.append(_document(request, asked, parts, accepted))
        else:
            outcomes.append(_other(request, asked, path, texts[path], parts, accepted, detectors))
    failed = [one for one in outcomes if isinstance(one, _Failed)]
    made = [one for one in outcomes if isinstance(one, _Made)]
    if failed:
        return _unusable(failed, made)
    if missing := kept.left_out((*parsed.hunks, *parsed.rewrites)):
        return half_told(missing, tuple(part for one in made for part in one.parts))
    return _proposal(request, made)


def _unusable(failed: Sequence[_Failed], made: Sequence[_Made]) -> Unusable:
    """What failed is asked for again, and nothing of what is made."""
    again = tuple(part for one in failed for part in one.failed)
    placed = [*(one.parts for one in made), *(one.accepted for one in failed)]
    accepted = tuple(part for parts in placed for part in parts)
    failures = tuple(failure for one in failed for failure in one.failures)
    return Unusable(failed[0].error, Hint(failures, written(again), Kept(accepted, again)))


def _proposal(request: Request, made: Sequence[_Made]) -> Proposal | Unchanged:
    base = request.source.text
    own = next((one.change for one in made if isinstance(one.change, Proposal)), Proposal(base, base))
    others = tuple(one.change for one in made if isinstance(one.change, FileChange))
    if not others and own.text == base:
        return Unchanged("the edit that the model gave leaves every line as it is.")
    return replace(own, others=others)


def _document(request: Request, asked: Asked, parts: edits.Parsed, accepted: Parts) -> _Made | _Failed:
    outcome = resolved(asked, parts, accepted)
    if isinstance(outcome, edits.Refusal):
        return _refused(request.source.path, outcome, parts)
    change = judged(request, asked, written(outcome.parts), outcome)
    if isinstance(change, Unusable):
        return _Failed(change.error, change.hint.failures if change.hint else (), outcome.parts)
    return _Made(outcome.parts, change if isinstance(change, Proposal) else None)


def _other(
    request: Request,
    asked: Asked,
    path: str,
    text: str | None,
    parts: edits.Parsed,
    accepted: Parts,
    detectors: Sequence[Detector],
) -> _Made | _Failed:
    clean = redact(text or "", request.vocabulary, path=path, policy=policy_of(request), detectors=detectors)
    said: Parts = (*parts.hunks, *parts.rewrites) or accepted
    if text is None:
        new = new_text(said)
    else:
        outcome = edits.resolve_parsed(clean.text, parts, path=path, accepted=accepted)
        if isinstance(outcome, edits.Refusal):
            return _refused(path, outcome, parts)
        new, said = outcome.text, outcome.parts
    if new is None:
        return _failed(f"There is no file {path}, so no lines of it can be changed; nothing was changed.", said)
    if text is not None and not new.strip():
        return _failed(f"The answer deletes all of {path}, which is never done; nothing was changed.", said)
    language = language_of(path, first_line=new.partition("\n")[0])
    fault = first_new_error(clean.text, new, language) if language is not None else None
    if fault is not None:
        message = f"The model's edit would break the syntax of {path} (line {fault.line}); nothing was changed."
        return _failed(message, said, code="syntax_broken")
    restored = request.vocabulary.restored(new, asked.allowed | clean.placeholders)
    if [word for word in restored.unknown if word not in clean.literals]:
        message = f"The model altered a placeholder of a secret in {path}; nothing was changed, please try again."
        return _failed(message, said)
    line = misplaced(request, clean.text, new, (text or "", restored.text), language, path)
    if line is not None:
        message = (
            f"The value of a secret does not fit where the model put it in {path} (line {line}); nothing was changed."
        )
        return _failed(message, said, code="syntax_broken")
    return _Made(said, None if restored.text == text else FileChange(path, text, restored.text))


def _refused(path: str, refusal: edits.Refusal, parts: edits.Parsed) -> _Failed:
    every = (refusal, *refusal.others)
    failed = tuple(each.part for each in every if each.part is not None) or (*parts.hunks, *parts.rewrites)
    error = AnswerUnusable(f"{path}: {refusal.message}", code=refusal.code)
    failures = tuple(Failure(f"{path}: {each.message}", each.nearest) for each in every)
    return _Failed(error, failures, failed, refusal.accepted)


def _failed(message: str, parts: Parts, *, code: Code = "unmatched_edit") -> _Failed:
    return _Failed(AnswerUnusable(message, code=code), (Failure(message),), parts)
