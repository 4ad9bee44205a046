"""An answer that changes other files than the document: only where the user's own words may have asked for that, all of it or nothing.

Other files pass the same steps as the document: redacted whole, edits placed on the clean text, syntax looked at, originals put back.
"""

from __future__ import annotations

from collections.abc import Sequence

from grok_ls import edits
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import first_new_error
from grok_ls.edits.answer import Parsed
from grok_ls.edits.files import by_file, new_text
from grok_ls.engine.ask import Asked, policy_of
from grok_ls.engine.judge import Hint, Part, Unusable, judge_parts
from grok_ls.engine.values import FileChange, Proposal, Request, Unchanged
from grok_ls.errors import AnswerUnusable, Code, ExcludedFile
from grok_ls.prompts.build import Failure
from grok_ls.redaction.redact import Detector, Redacted, redact

MOST_FILES = 10


def names_others(request: Request, answer: str) -> bool:
    return request.may_change_others and bool(by_file(answer, request.source.path)[1])


async def texts_of(request: Request, answer: str) -> dict[str, str | None] | Unusable:
    """The texts of the other files that ``answer`` names; ``None`` for one that is not there."""
    assert request.files is not None
    texts: dict[str, str | None] = {}
    names = by_file(answer, request.source.path)[1]
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
    accepted: tuple[Part, ...] = (),
    detectors: Sequence[Detector] = (),
) -> Proposal | Unchanged | Unusable:
    """The proposal for the document and all other files, or what is wrong with the first part that is not usable."""
    own, others = by_file(answer, request.source.path)
    changes = []
    for path, parts in others.items():
        change = _change(request, asked, path, texts[path], parts, answer, detectors)
        if isinstance(change, Unusable):
            return change
        if change is not None:
            changes.append(change)
    base = request.source.text
    if own is None and accepted:
        return _failed(f"The part of the answer about {request.source.path} is missing.", answer)
    outcome = judge_parts(request, asked, answer, own, accepted) if own is not None else Proposal(base, base)
    if isinstance(outcome, Unchanged) and changes:
        outcome = Proposal(base, base)
    if not isinstance(outcome, Proposal):
        return outcome
    if not changes and outcome.text == base:
        return Unchanged("the edit that the model gave leaves every line as it is.")
    return Proposal(base, outcome.text, outcome.prose, outcome.remarks, tuple(changes))


def _change(
    request: Request,
    asked: Asked,
    path: str,
    text: str | None,
    parts: Parsed,
    answer: str,
    detectors: Sequence[Detector],
) -> FileChange | Unusable | None:
    clean = redact(text or "", request.vocabulary, path=path, policy=policy_of(request), detectors=detectors)
    new = new_text(parts) if text is None else _edited(clean, path, parts)
    if new is None:
        return _failed(f"There is no file {path}, so no lines of it can be changed; nothing was changed.", answer)
    if isinstance(new, edits.Refusal):
        return _failed(f"{path}: {new.message}", answer, code=new.code, lines=new.nearest)
    if text is not None and not new.strip():
        return _failed(f"The answer deletes all of {path}, which is never done; nothing was changed.", answer)
    language = language_of(path, first_line=new.partition("\n")[0])
    fault = first_new_error(clean.text, new, language) if language is not None else None
    if fault is not None:
        message = f"The model's edit would break the syntax of {path} (line {fault.line}); nothing was changed."
        return _failed(message, answer, code="syntax_broken")
    restored = request.vocabulary.restored(new, asked.allowed | clean.placeholders)
    if [word for word in restored.unknown if word not in clean.literals]:
        message = f"The model altered a placeholder of a secret in {path}; nothing was changed, please try again."
        return _failed(message, answer)
    return None if restored.text == text else FileChange(path, text, restored.text)


def _edited(clean: Redacted, path: str, parts: Parsed) -> str | edits.Refusal:
    outcome = edits.resolve_parsed(clean.text, parts, path=path)
    return outcome if isinstance(outcome, edits.Refusal) else outcome.text


def _failed(message: str, answer: str, *, code: Code = "unmatched_edit", lines: str = "") -> Unusable:
    """The whole is asked for again: half of it would not fit together."""
    return Unusable(AnswerUnusable(message, code=code), Hint((Failure(message, lines),), answer))
