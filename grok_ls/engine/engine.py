"""The order of events, and what is spent when."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

from grok_ls import cache
from grok_ls.budget import Ledger, Limits, Reservation
from grok_ls.cache import Answer, Cache
from grok_ls.config import Settings
from grok_ls.context.tokens import Weight
from grok_ls.engine import calibration, formats
from grok_ls.engine.ask import Asked, again, edit_format_of, policy_of, prepare
from grok_ls.engine.calibration import Expected
from grok_ls.engine.earlier import Earlier
from grok_ls.engine.judge import NOTHING, Kept, Unusable, judge
from grok_ls.engine.several import judge_several, texts_of, touches_others
from grok_ls.engine.values import Explanation, Preview, Proposal, Report, Request, Unchanged, Watcher
from grok_ls.errors import (
    AnswerUnusable,
    GrokError,
    Kind,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
    Truncated,
)
from grok_ls.prompts.build import render_preview, repair
from grok_ls.prompts.prompt import Prompt, estimate_tokens
from grok_ls.provider import catalogue
from grok_ls.provider.base import Call, Event, Finished, Provider, ReasoningDelta, Started, TextDelta, Timeouts, Waiting
from grok_ls.record import Record, RequestStatus
from grok_ls.redaction.placeholder import PERSONAL
from grok_ls.redaction.redact import Detector, redact
from grok_ls.redaction.vocabulary import StreamRestorer, words_in
from grok_ls.storage.base import Store
from grok_ls.text.markdown import MarkdownCleaner
from grok_ls.usage import Usage, added

log = logging.getLogger(__name__)

# Asked again at most so often, when the model's edit found no place or broke the syntax.
REPAIR_ROUNDS = 2
_GRACE_S = 5.0
# What the user sees of the endpoint's own word on what it keeps.
_RETENTION = {True: " (the endpoint keeps nothing)", False: " (the endpoint keeps an audit log)", None: ""}
# Between two counts of what a running request has used.
_COUNT_S = 0.1


class Endpoints(Provider, Protocol):
    """The provider as the composition root builds it: with a breaker whose state can be told, and prices."""

    @property
    def breaker(self) -> str: ...
    def known(self, slug: str, /) -> catalogue.Model | None: ...
    def worst_usd(self, slug: str, input_tokens: int, max_output_tokens: int, /) -> float | None: ...


@dataclass(slots=True)
class _Spent:
    """One request as it runs: what was received, and what the endpoint said of it."""

    estimated_input: int
    # The endpoint bills no more than what it was told to write at most, whatever a broken stream holds.
    most_output: int
    text: list[str] = field(default_factory=list)
    reasoning_characters: int = 0
    usage: Usage | None = None
    # What attempts cost that failed and were repeated.
    lost: Usage | None = None
    served_model: str | None = None
    request_id: str | None = None
    # Why another endpoint answers than the one that was asked first.
    because: str = ""
    sent: bool = False
    retries: int = 0
    rate_limited: int = 0
    first_event_ms: int | None = None
    first_token_ms: int | None = None

    def booked(self, model: catalogue.Model | None) -> Usage:
        """The endpoint's own count, else an estimate of what was sent and streamed, flagged as such, at the prices of
        ``model``; and what failed attempts cost.
        """
        last = self._last(model)
        if self.lost is None:
            return last
        return added(last.filled(self.estimated_input, self.most_output), self.lost) or last

    def _last(self, model: catalogue.Model | None) -> Usage:
        if self.usage is not None:
            return self.usage
        if not self.sent:
            return Usage(input_tokens=0, output_tokens=0, cost_usd=0.0, estimated=True)
        reasoning = -(-self.reasoning_characters // 3)
        output = min(estimate_tokens("".join(self.text)) + reasoning, self.most_output)
        usage = Usage(
            input_tokens=self.estimated_input, output_tokens=output, reasoning_tokens=reasoning or None, estimated=True
        )
        return usage if model is None else catalogue.priced(usage, model)


class Engine:
    """One for the whole process. Between jobs it remembers only what a provider's cache may still hold (``Earlier``)."""

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
        self._on_record = on_record
        self._on_turned_down = on_turned_down
        self._warm = warm
        self._caches: dict[float, Cache] = {}
        self._earlier = Earlier(monotonic)
        self._monotonic = monotonic

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
        expected = await self._expected(request, await asyncio.to_thread(asked.prompt.weighed))
        secrets, personal = counted(asked)
        return Preview(
            markdown=render_preview(asked.prompt, expected.likely, expected.most),
            model=request.model,
            input_tokens=expected.likely,
            max_cost_usd=self._worst_usd(request, expected.most),
            secrets=secrets,
            personal=personal,
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
        report.secrets, report.personal = counted(asked)
        report.prompt_version = asked.prompt.version
        watcher.progressed(report)
        if request.action.result == "explain":
            return await self._explained(request, asked, watcher, report)
        kept = NOTHING
        first = asked.draft
        for round_ in range(REPAIR_ROUNDS + 1):
            try:
                answer = await self._answered(request, asked, watcher, report)
            except Truncated as error:
                # A model that thinks may have spent the limit on that.
                if round_ == 0 and not (error.usage and error.usage.reasoning_tokens):
                    await self._note_format(request, error)
                raise
            outcome = await self._judged(request, asked, answer, kept)
            if round_ == 0 and report.cache != "hit":
                await self._note_format(request, outcome)
            if not isinstance(outcome, Unusable):
                await self._remember(request, asked, answer, report)
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
        model = self._provider_for(request.settings).known(request.model)
        # Longer prompts with a beginning that is sent again are worth it where that is cheaper, and not for small models.
        cheaper = model is not None and model.prices.cached < model.prices.input
        before = self._earlier.of(request) if cheaper and not catalogue.is_small(request.model) else None
        return await prepare(request, self._detectors, before)

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
        answer = await self._answered(request, asked, watcher, report)
        cleaner = MarkdownCleaner()
        restored = request.vocabulary.restored(answer, asked.allowed).text
        markdown = cleaner.feed(restored) + cleaner.finish()
        if not markdown.strip():
            raise AnswerUnusable("The model's explanation was empty; please try again.", code="unmatched_edit")
        await self._remember(request, asked, answer, report)
        return Explanation(markdown)

    # -- the model, or its answer to the same question before -----------------------------------------------------------------

    async def _answered(self, request: Request, asked: Asked, watcher: Watcher, report: Report) -> str:
        show = _Shown(request, asked, watcher)
        if request.settings.cache_enabled:
            cached = await self._cache(request).get(_question(request, asked.prompt))
            report.cache = "miss" if cached is None else "hit"
            if cached is not None:
                watcher.phase("answered from the cache")
                report.served_model = cached.served_model
                report.add(Usage(input_tokens=0, cached_tokens=0, output_tokens=0, reasoning_tokens=0, cost_usd=0.0))
                show.text(cached.text)
                show.finish()
                self._on_record(await self.ledger.note(request.session, _record(request, report, "answered")))
                return cached.text
        answer = await self._streamed(request, asked.prompt, show, watcher, report)
        self._earlier.sent(request, asked.context)
        show.finish()
        return answer

    async def _remember(self, request: Request, asked: Asked, answer: str, report: Report) -> None:
        """Only an answer that was of use is worth keeping, and only as the model wrote it: with placeholders.

        One in which the model wrote a secret of its own, or an address, is not kept: nothing of that kind is stored. Nor is a fallback's:
        the question names the model that was asked.
        """
        if (
            report.cache == "miss"
            and report.endpoint is None
            and await asyncio.to_thread(_is_clean, request, answer, self._detectors)
        ):
            kept = Answer(answer, report.served_model, report.usage.cost_usd if report.usage else None)
            await self._cache(request).put(_question(request, asked.prompt), kept)

    async def _expected(self, request: Request, weighed: Weight) -> Expected:
        """The input tokens of a prompt, by what this model billed so far."""
        return (await calibration.of_model(self._store, request.model)).expected(weighed)

    def _worst_usd(self, request: Request, tokens: int) -> float | None:
        settings = request.settings
        worst = self._provider_for(settings).worst_usd(request.model, tokens, settings.max_output_tokens)
        if worst is not None and settings.service_tier == catalogue.PRIORITY:
            worst *= catalogue.PRIORITY_FACTOR
        return worst

    def _cache(self, request: Request) -> Cache:
        ttl_s = request.settings.cache_ttl_hours * 3600
        return self._caches.setdefault(ttl_s, Cache(self._store, ttl_s=ttl_s))

    async def _streamed(self, request: Request, prompt: Prompt, show: _Shown, watcher: Watcher, report: Report) -> str:
        settings = request.settings
        provider = self._provider_for(settings)
        weighed = await asyncio.to_thread(prompt.weighed)
        expected = await self._expected(request, weighed)
        tokens = expected.most
        spent = _Spent(expected.likely, settings.max_output_tokens)
        watcher.phase("waiting for the model")
        reservations: list[Reservation] = []
        # Of the request before, if this one repairs its answer.
        report.endpoint = None

        async def reserve() -> Reservation:
            reservations.append(
                await self.ledger.reserve(
                    request.session,
                    limits_of(settings),
                    input_tokens=tokens,
                    max_output_tokens=settings.max_output_tokens,
                    worst_usd=self._worst_usd(request, tokens),
                    about=_record(request, report, "lost"),
                )
            )
            return reservations[-1]

        await reserve()
        started = self._monotonic()
        status: RequestStatus = "cancelled"
        code: str | None = None
        kind: Kind | None = None
        try:
            await self._consume(provider, prompt, reservations[0], reserve, request, spent, show, watcher, report)
            status = "answered"
        except GrokError as error:
            status, code = error.status, error.code
            if isinstance(error, ProviderError):
                kind = error.kind
                if kind == "rate_limited":
                    self._on_turned_down()
                spent.usage = error.usage or spent.usage
            raise
        finally:
            served = _at_tier(provider.known(spent.served_model or request.model), settings)
            usage = spent.booked(served)
            report.price = catalogue.price_in_words(served) if served else report.price
            report.retired = _retired(request.model)
            report.add(usage)
            report.requests += 1 + spent.retries
            report.served_model = spent.served_model or report.served_model
            total_ms = round((self._monotonic() - started) * 1000)
            record = _record(request, report, status, spent=spent, usage=usage, code=code, kind=kind, total_ms=total_ms)
            # The ledger goes on with a booking whose caller is cancelled.
            settled = await self.ledger.settle(reservations[0], record, *reservations[1:])
            if settled.booked:
                self._on_record(settled.record)
            report.warnings.extend(warning.message for warning in settled.warnings)
            own = spent.usage
            if own is not None and not own.estimated and own.input_tokens and report.endpoint is None:
                await calibration.note(self._store, request.model, spent.served_model, weighed, own.input_tokens)
            watcher.progressed(report)
        return "".join(spent.text)

    async def _consume(
        self,
        provider: Endpoints,
        prompt: Prompt,
        reservation: Reservation,
        more: Callable[[], Awaitable[Reservation]],
        request: Request,
        spent: _Spent,
        show: _Shown,
        watcher: Watcher,
        report: Report,
    ) -> None:
        settings, started = request.settings, self._monotonic()
        call = Call(
            model=request.model,
            reasoning_effort=request.reasoning_effort,
            service_tier=settings.service_tier,
            more=more,
            timeouts=Timeouts(
                settings.timeout_connect, settings.timeout_first_token, settings.timeout_idle, settings.timeout_total
            ),
        )
        finished = False
        counted_s = float("-inf")
        spent.sent = True
        try:
            async with aclosing(provider.stream(prompt, reservation, call)) as events:
                async for event in events:
                    now = self._monotonic()
                    if spent.first_event_ms is None and not isinstance(event, Waiting):
                        spent.first_event_ms = round((now - started) * 1000)
                    if isinstance(event, TextDelta) and not spent.text:
                        spent.first_token_ms = round((now - started) * 1000)
                        report.first_token_ms = report.first_token_ms or spent.first_token_ms
                    self._take(event, spent, show, watcher, report)
                    finished = finished or isinstance(event, Finished)
                    if now - counted_s >= _COUNT_S:
                        counted_s = now
                        report.running = spent.booked(provider.known(spent.served_model or request.model))
                        watcher.progressed(report)
        except ProviderError as error:
            # What an endpoint refused before it began was not billed.
            spent.sent = error.billed or bool(spent.text) or spent.served_model is not None
            raise
        if not finished:
            raise ProviderUnavailable(
                "The model's answer broke off before its end; nothing was changed, please try again."
            )

    def _take(self, event: Event, spent: _Spent, show: _Shown, watcher: Watcher, report: Report) -> None:
        """What an event of the stream says, noted and shown."""
        match event:
            case Started(served_model, keeps_nothing, request_id, endpoint, because):
                spent.served_model = served_model or spent.served_model
                spent.request_id = request_id
                spent.because = because
                report.endpoint = endpoint
                watcher.phase("the model is thinking" + _RETENTION[keeps_nothing])
            case Waiting(message, retry, rate_limited, lost):
                spent.retries += retry > 0
                spent.lost = added(spent.lost, lost)
                spent.served_model = None
                if rate_limited:
                    spent.rate_limited += 1
                    self._on_turned_down()
                watcher.phase(message)
            case ReasoningDelta(text):
                spent.reasoning_characters += len(text)
                watcher.reasoning(text)
            case TextDelta(text):
                if not spent.text:
                    watcher.phase("the model is writing")
                spent.text.append(text)
                show.text(text)
            case Finished(usage, served_model):
                if report.endpoint is not None:
                    by = f"{report.endpoint} ({served_model})" if served_model else report.endpoint
                    report.fallback = f"Answered by {by}, because: {spent.because}."
                spent.usage = usage
                spent.served_model = served_model or spent.served_model


def _record(
    request: Request,
    report: Report,
    status: RequestStatus,
    *,
    spent: _Spent | None = None,
    usage: Usage | None = None,
    code: str | None = None,
    kind: str | None = None,
    total_ms: int | None = None,
) -> Record:
    return Record(
        job=request.job_id,
        action=request.action.name,
        endpoint=report.endpoint or host_of(request.settings.base_url),
        model=request.model,
        status=status,
        retries=spent.retries if spent is not None else 0,
        rate_limited=spent.rate_limited if spent is not None else 0,
        served_model=report.served_model,
        usage=usage or report.usage or Usage(),
        first_event_ms=spent.first_event_ms if spent is not None else None,
        first_token_ms=spent.first_token_ms if spent is not None else None,
        total_ms=total_ms,
        code=code,
        kind=kind,
        request_id=spent.request_id if spent is not None else None,
        cache=report.cache,
        prompt_version=report.prompt_version,
    )


def _retired(slug: str) -> str:
    model = catalogue.find(slug) if catalogue.retired(slug) is not None else None
    if model is None:
        return ""
    price = catalogue.price_in_words(model)
    return f"{slug} is a retired name, and what {model.slug} costs is billed ({price}); set grok.model to choose a model yourself."


async def _checked(request: Request, outcome: Proposal | Unchanged, watcher: Watcher) -> Proposal | Unchanged:
    """With what the project's own checker finds new in it."""
    if request.checks is None or isinstance(outcome, Unchanged):
        return outcome
    watcher.phase("checking the edit")
    found = await request.checks.compare(request.source.path, outcome.base, outcome.text)
    return replace(outcome, remarks=(*outcome.remarks, *found))


def _at_tier(model: catalogue.Model | None, settings: Settings) -> catalogue.Model | None:
    """With the prices of the tier that was asked for."""
    dear = settings.service_tier == catalogue.PRIORITY
    return model.times(catalogue.PRIORITY_FACTOR) if model is not None and dear else model


def _is_clean(request: Request, answer: str, detectors: Sequence[Detector]) -> bool:
    """Whether a detector finds nothing in what the model wrote; if one fails, that is not known."""
    try:
        return not redact(answer, request.vocabulary, policy=policy_of(request), detectors=detectors).findings
    except Exception as error:
        log.warning("an answer is not kept, it could not be searched for secrets: %s", type(error).__name__)
        return False


def _question(request: Request, prompt: Prompt) -> str:
    """Everything that the answer depends on."""
    settings = request.settings
    return cache.key(
        host_of(settings.base_url),
        request.model,
        {"effort": request.reasoning_effort, "limit": settings.max_output_tokens},
        prompt.version,
        [(message.role, message.content.text) for message in prompt.messages],
    )


class _Shown:
    """The answer as it is shown while it streams: originals restored, an explanation's Markdown made harmless."""

    def __init__(self, request: Request, asked: Asked, watcher: Watcher) -> None:
        self._restorer = StreamRestorer(request.vocabulary, asked.allowed)
        self._cleaner = MarkdownCleaner() if request.action.result == "explain" else None
        self._watcher = watcher

    def text(self, delta: str) -> None:
        self._out(self._restorer.feed(delta))

    def finish(self) -> None:
        self._out(self._restorer.finish())
        if self._cleaner is not None:
            self._watcher.text(self._cleaner.finish())

    def _out(self, restored: str) -> None:
        if self._cleaner is None:
            self._watcher.diff(restored)
        else:
            self._watcher.text(self._cleaner.feed(restored))


def counted(asked: Asked) -> tuple[int, int]:
    """How many different secrets and personal data stand as placeholders in what is sent."""
    sent = frozenset().union(*(words_in(message.content.text) for message in asked.prompt.messages)) & asked.allowed
    personal = sum(1 for word in sent if word[len("GROKLS_") :].rsplit("_", 2)[0] in PERSONAL)
    return len(sent) - personal, personal


def limits_of(settings: Settings) -> Limits:
    return Limits(
        settings.budget_session_tokens, settings.budget_daily_usd, settings.budget_warn_at, settings.usage_keep_days
    )


def host_of(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]
