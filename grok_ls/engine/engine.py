"""The order of events: ask, judge, repair."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from grok_ls.budget import Ledger
from grok_ls.engine import formats
from grok_ls.engine.answers import Answers, Endpoints
from grok_ls.engine.ask import Asked, again, edit_format_of, prepare
from grok_ls.engine.judge import NOTHING, Kept, Unusable, judge
from grok_ls.engine.several import judge_several, texts_of, touches_others
from grok_ls.engine.values import Explanation, Preview, Proposal, Report, Request, Unchanged, Watcher
from grok_ls.errors import (
    AnswerUnusable,
    ProviderTimeout,
    Truncated,
)
from grok_ls.prompts.build import repair
from grok_ls.prompts.preview import Placeholder, placeholders_in, render_preview
from grok_ls.record import Record
from grok_ls.redaction.redact import Detector
from grok_ls.settings import Settings
from grok_ls.storage.base import Store
from grok_ls.text.markdown import MarkdownCleaner

log = logging.getLogger(__name__)

# Asked again at most so often, when the model's edit found no place or broke the syntax.
REPAIR_ROUNDS = 2
_GRACE_S = 5.0


class Engine:
    """One for the whole process. Between jobs it remembers only what a provider's cache may still hold (``earlier.py``)."""

    def __init__(
        self,
        *,
        provider_for: Callable[[Settings], Endpoints],
        ledger: Ledger,
        store: Store,
        detectors: Sequence[Detector] = (),
        on_record: Callable[[Record], None] = lambda _: None,
        on_turned_down: Callable[[], None] = lambda: None,
        warm: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``detectors`` look for secrets besides the own layers. ``on_record`` sees each record that the ledger keeps,
        ``on_turned_down`` each 429 when it comes.
        ``warm`` imports what a request needs; it is called in a thread while the code is read.
        """
        self._provider_for = provider_for
        self.ledger = ledger
        self._store = store
        self._detectors = tuple(detectors)
        self._warm = warm
        self._monotonic = monotonic
        self._answers = Answers(
            provider_for=provider_for,
            ledger=ledger,
            store=store,
            detectors=self._detectors,
            on_record=on_record,
            on_turned_down=on_turned_down,
            monotonic=monotonic,
        )

    async def run(self, request: Request, watcher: Watcher, report: Report) -> Proposal | Explanation | Unchanged:
        """Do it. Raises ``GrokError``; a cancellation closes the stream and settles what was spent."""
        started = self._monotonic()
        report.model = request.model
        try:
            # The provider stops first and says what was spent by then; this bounds everything around it.
            async with asyncio.timeout(request.settings.timeout_total + _GRACE_S):
                return await self._run(request, watcher, report)
        except TimeoutError:
            raise ProviderTimeout(
                f"The job was stopped after {request.settings.timeout_total:g} s; try again, or raise grok.timeout.total."
            ) from None
        finally:
            report.total_ms = round((self._monotonic() - started) * 1000)

    def breaker(self, settings: Settings) -> str:
        """Of the endpoint of these settings: closed, open or half-open."""
        return self._provider_for(settings).breaker

    async def preview(self, request: Request) -> Preview:
        """The request as it would be sent. Spends nothing, sends nothing."""
        request = await self._with_format(request)
        asked = await self._prepared(request)
        expected = await self._answers.expected(request, await asyncio.to_thread(asked.prompt.weighed))
        placeholders = placeholders_of(request, asked)
        secrets, personal = counted(placeholders)
        return Preview(
            markdown=render_preview(asked.prompt, expected.likely, expected.most, placeholders),
            model=request.model,
            input_tokens=expected.likely,
            max_cost_usd=self._answers.worst_usd(request, expected.most),
            secrets=secrets,
            personal=personal,
            placeholders=placeholders,
        )

    async def _run(self, request: Request, watcher: Watcher, report: Report) -> Proposal | Explanation | Unchanged:
        watcher.phase("reading the code")
        request = await self._with_format(request)
        warming = asyncio.create_task(asyncio.to_thread(self._warm))
        try:
            asked = await self._prepared(request)
        finally:
            # Nothing of it is lost if this job ends here: the next one finds it imported.
            await asyncio.wait({warming})
            if not warming.cancelled() and (error := warming.exception()) is not None:
                log.warning("warming up failed: %s", type(error).__name__, exc_info=error)
        report.secrets, report.personal = counted(placeholders_of(request, asked))
        report.prompt_version = asked.prompt.version
        watcher.progressed(report)
        if request.action.result == "explain":
            return await self._explained(request, asked, watcher, report)
        kept = NOTHING
        first = asked.draft
        for round_ in range(REPAIR_ROUNDS + 1):
            try:
                answer = await self._answers.answered(request, asked, watcher, report)
            except Truncated as error:
                # A model that thinks may have spent the limit on that.
                if round_ == 0 and not (error.usage and error.usage.reasoning_tokens):
                    await self._note_format(request, error)
                raise
            outcome = await self._judged(request, asked, answer, kept)
            if round_ == 0 and report.cache != "hit":
                await self._note_format(request, outcome)
            if not isinstance(outcome, Unusable):
                await self._answers.remember(request, asked, answer, report)
                return await _checked(request, outcome, watcher)
            if round_ == REPAIR_ROUNDS or outcome.hint is None:
                raise outcome.error
            log.info("%s: asking again (%s)", request.job_id, outcome.error.code)
            stronger = request.settings.escalate_to
            if round_ == REPAIR_ROUNDS - 1 and stronger and stronger != request.model:
                request = replace(request, escalated=True)
                report.model = request.model
                watcher.phase(f"the edit did not fit, asking {stronger}")
            else:
                watcher.phase("the edit did not fit, asking again")
            hint = outcome.hint
            kept = hint.kept
            draft = repair(first, hint.answer, hint.failures, kept=len(kept.accepted))
            asked = await again(request, asked, draft, self._detectors)
        raise AssertionError("unreachable")

    async def _prepared(self, request: Request) -> Asked:
        return await prepare(request, self._detectors, self._answers.earlier(request))

    async def _judged(self, request: Request, asked: Asked, answer: str, kept: Kept) -> Proposal | Unchanged | Unusable:
        if not await asyncio.to_thread(touches_others, request, answer, kept):
            return await asyncio.to_thread(judge, request, asked, answer, kept)
        texts = await texts_of(request, answer, kept)
        if isinstance(texts, Unusable):
            return texts
        return await asyncio.to_thread(judge_several, request, asked, answer, texts, kept, self._detectors)

    async def _with_format(self, request: Request) -> Request:
        """``auto`` decided, by the catalogue and by what this model did so far."""
        if request.settings.edit_format != "auto" or request.action.result != "edit":
            return request
        seen = await formats.seen_of(self._store, request.model)
        chosen = formats.choose(edit_format_of(request), seen)
        return replace(request, settings=replace(request.settings, edit_format=chosen))

    async def _note_format(self, request: Request, outcome: Proposal | Unchanged | Unusable | Truncated) -> None:
        """That nothing is to be changed says something of a format only where there was a problem to mend."""
        said: formats.Outcome = "worked" if isinstance(outcome, Proposal) else "failed"
        if isinstance(outcome, Unchanged):
            if request.action.when != "diagnostics":
                return
            said = "declined"
        await formats.note(self._store, request.model, edit_format_of(request), said)

    async def _explained(self, request: Request, asked: Asked, watcher: Watcher, report: Report) -> Explanation:
        answer = await self._answers.answered(request, asked, watcher, report)
        markdown = _harmless(request.vocabulary.restored(answer, asked.allowed).text)
        if not markdown.strip():
            raise AnswerUnusable("The model's explanation was empty; please try again.", code="unmatched_edit")
        await self._answers.remember(request, asked, answer, report)
        return Explanation(markdown, _harmless(answer))


def _harmless(markdown: str) -> str:
    cleaner = MarkdownCleaner()
    return cleaner.feed(markdown) + cleaner.finish()


async def _checked(request: Request, outcome: Proposal | Unchanged, watcher: Watcher) -> Proposal | Unchanged:
    """With what the project's own checker finds new in it."""
    if request.checks is None or isinstance(outcome, Unchanged):
        return outcome
    watcher.phase("checking the edit")
    found = await request.checks.compare(request.source.path, outcome.base, outcome.text)
    return replace(outcome, remarks=(*outcome.remarks, *found))


def placeholders_of(request: Request, asked: Asked) -> tuple[Placeholder, ...]:
    """What stands as a placeholder in what is sent, from whichever file it comes."""
    own, issued = asked.clean.redacted.literals, request.vocabulary.issued
    return placeholders_in(asked.prompt, lambda word: word not in own and issued(word))


def counted(placeholders: tuple[Placeholder, ...]) -> tuple[int, int]:
    """How many different secrets and personal data they stand for."""
    personal = sum(each.personal for each in placeholders)
    return len(placeholders) - personal, personal
