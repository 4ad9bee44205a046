"""One bug, asked in one way: the first answer as it is, with the syntax gate, and repaired. The pipeline is the program's own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any
from unittest import mock

from grok_ls.actions import FIX
from grok_ls.context.syntax import first_new_error
from grok_ls.edits.parse import NO_CHANGE
from grok_ls.engine import judge as judging
from grok_ls.engine.ask import Asked, again, prepare
from grok_ls.engine.engine import REPAIR_ROUNDS
from grok_ls.engine.judge import NOTHING, Hint, Unusable
from grok_ls.engine.values import Proposal, Request
from grok_ls.index.neighbourhood import Neighbourhood
from grok_ls.local.serve import LocalServer
from grok_ls.prompts.build import Failure, repair
from grok_ls.redaction.redact import Vocabulary
from grok_ls.settings import Settings
from grok_ls.text import Finding, Source
from tests.benchmarks.local_model.model import Answers, Messages, Said
from tests.benchmarks.local_model.mutate import language_named
from tests.benchmarks.local_model.projects import CHECKS
from tests.benchmarks.local_model.runners import failing
from tests.benchmarks.local_model.suite import Bug
from tests.benchmarks.local_model.variants import Variant

# Gate and repair, each without and with. The last, also an edit that leaves every line as it is, is measured on request.
MODES = {
    "neither": (False, False, False),
    "gate": (True, False, False),
    "repair": (False, True, False),
    "both": (True, True, False),
}
UNCHANGED_TOO = {"unchanged too": (True, True, True)}
_UNCHANGED = "your edit leaves every line as it is, and the problem is still there"
_LARGE = "a-model-70b"


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one bug in one variant. ``outcomes``: by mode ``fixed``, ``wrong``, ``refused`` or ``unchanged``; ``asked``: by mode
    how often it was asked again; ``broken``: the modes that delivered a syntax error that was not there before.
    """

    model: str
    variant: str
    bug: str
    language: str
    needs: str
    outcomes: dict[str, str]
    asked: dict[str, int]
    broken: list[str]
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def request_of(bug: Bug, variant: Variant, model: str) -> Request:
    """What an editor would send for the diagnostic."""
    source = Source(bug.text, bug.project.main, bug.project.language)
    at = source.line_span(bug.line - 1)
    return Request(
        job_id=bug.name,
        action=FIX,
        source=source,
        span=at,
        settings=replace(Settings(), edit_format=variant.edit_format, model=model if variant.short else _LARGE),
        session="benchmark",
        vocabulary=Vocabulary(b"0123456789abcdef"),
        findings=(Finding(at, bug.message if variant.told else "a test of this function fails", source="test"),),
        neighbours=Neighbourhood(bug.project.folder, lambda path: not path.endswith(CHECKS), None),
    )


async def measured(
    server: LocalServer, answers: Answers, bug: Bug, variant: Variant, *, unchanged_too: bool = False
) -> Row:
    with variant.applied():
        request = request_of(bug, variant, server.model)
        asked = await prepare(request)
    first = await said(server, answers, asked)
    outcomes: dict[str, str] = {}
    rounds: dict[str, int] = {}
    broken: list[str] = []
    for mode, how in {**MODES, **(UNCHANGED_TOO if unchanged_too else {})}.items():
        text, rounds[mode] = await _edited(server, answers, request, asked, *how)
        outcomes[mode] = "refused" if text is None else _outcome(bug, text)
        if text is not None and first_new_error(bug.text, text, language_named(bug.project.language)) is not None:
            broken.append(mode)
    return Row(
        server.model,
        variant.name,
        bug.name,
        bug.project.language,
        bug.needs,
        outcomes,
        rounds,
        broken,
        first.input_tokens,
        first.cached_tokens,
        first.output_tokens,
        first.seconds,
    )


async def _edited(
    server: LocalServer,
    answers: Answers,
    request: Request,
    asked: Asked,
    gate: bool,
    mending: bool,
    unchanged_too: bool,
) -> tuple[str | None, int]:
    """The whole new text, ``None`` for a refusal, and how often it was asked again."""
    kept = NOTHING
    now, count = asked, 0
    while True:
        answer = await said(server, answers, now)
        if not answer.complete:
            return None, count
        with _gate(on=gate):
            outcome = judging.judge(request, now, answer.text, kept)
        if isinstance(outcome, Proposal):
            return outcome.text, count
        if isinstance(outcome, Unusable):
            hint, end = outcome.hint, None
        else:
            declined = NO_CHANGE in answer.text.split() or not unchanged_too
            hint, end = None if declined else Hint((Failure(_UNCHANGED),), answer.text), request.source.text
        if not mending or hint is None or count == REPAIR_ROUNDS:
            return end, count
        kept = hint.kept
        draft = repair(asked.draft, hint.answer, hint.failures, kept=len(kept.accepted))
        now, count = await again(request, asked, draft), count + 1


@contextlib.contextmanager
def _gate(*, on: bool) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        if not on:
            stack.enter_context(mock.patch.object(judging, "first_new_error", return_value=None))
        yield


async def said(server: LocalServer, answers: Answers, asked: Asked) -> Said:
    return await asyncio.to_thread(answers.ask, server, messages_of(asked))


def messages_of(asked: Asked) -> Messages:
    return [(message.role, message.content.text) for message in asked.prompt.messages]


def _outcome(bug: Bug, text: str) -> str:
    if text == bug.text:
        return "unchanged"
    return "fixed" if _holds(bug, text) else "wrong"


@cache
def _holds(bug: Bug, text: str) -> bool:
    return failing(bug.project, text) is None
