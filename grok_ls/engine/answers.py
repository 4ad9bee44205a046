"""One question to the model: from the cache, or reserved, streamed, counted while it runs, settled and recorded."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Protocol

from grok_ls import cache
from grok_ls.budget import Ledger, Limits, Reservation
from grok_ls.cache import Answer, Cache
from grok_ls.context.collect import Context
from grok_ls.context.tokens import Weight
from grok_ls.engine import calibration
from grok_ls.engine.ask import Asked, policy_of
from grok_ls.engine.calibration import Expected
from grok_ls.engine.earlier import Earlier
from grok_ls.engine.named import as_name
from grok_ls.engine.spent import Spent, host_of, record_of
from grok_ls.engine.values import Report, Request, Watcher
from grok_ls.errors import GrokError, Kind, ProviderError, ProviderUnavailable
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import catalogue
from grok_ls.provider.base import Call, Event, Finished, Provider, ReasoningDelta, Started, TextDelta, Timeouts, Waiting
from grok_ls.record import Record, RequestStatus
from grok_ls.redaction.redact import Detector, redact
from grok_ls.redaction.vocabulary import StreamRestorer
from grok_ls.settings import Settings
from grok_ls.storage.base import Store
from grok_ls.text.markdown import MarkdownCleaner
from grok_ls.usage import Usage, added

log = logging.getLogger(__name__)

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


class Answers:
    """The model's answers: from the cache to a question that was answered before, else from the endpoint."""

    def __init__(
        self,
        *,
        provider_for: Callable[[Settings], Endpoints],
        ledger: Ledger,
        store: Store,
        detectors: Sequence[Detector],
        on_record: Callable[[Record], None],
        on_turned_down: Callable[[], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._provider_for = provider_for
        self._ledger = ledger
        self._store = store
        self._detectors = detectors
        self._on_record = on_record
        self._on_turned_down = on_turned_down
        self._monotonic = monotonic
        self._caches: dict[float, Cache] = {}
        self._earlier = Earlier(monotonic)

    def earlier(self, request: Request) -> Context | None:
        """What the request before in this document has shown, where it is worth going on from it."""
        model = self._provider_for(request.settings).known(request.model)
        # Longer prompts with a beginning that is sent again are worth it where that is cheaper, and not for small models.
        cheaper = model is not None and model.prices.cached < model.prices.input
        return self._earlier.of(request) if cheaper and not catalogue.is_small(request.model) else None

    async def answered(self, request: Request, asked: Asked, watcher: Watcher, report: Report) -> str:
        show = _Shown(request, asked, watcher)
        if request.settings.cache_enabled:
            cached = await self._cache(request).get(_question(request, asked.prompt))
            report.cache = "miss" if cached is None else "hit"
            if cached is not None:
                watcher.phase("answered from the cache")
                report.served_model = as_name(cached.served_model, request.vocabulary)
                report.add(Usage(input_tokens=0, cached_tokens=0, output_tokens=0, reasoning_tokens=0, cost_usd=0.0))
                show.text(cached.text)
                show.finish()
                self._on_record(await self._ledger.note(request.session, record_of(request, report, "answered")))
                return cached.text
        answer = await self._streamed(request, asked.prompt, show, watcher, report)
        self._earlier.sent(request, asked.context)
        show.finish()
        return answer

    async def remember(self, request: Request, asked: Asked, answer: str, report: Report) -> None:
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

    async def expected(self, request: Request, weighed: Weight) -> Expected:
        """The input tokens of a prompt, by what this model billed so far."""
        return (await calibration.of_model(self._store, request.model)).expected(weighed)

    def worst_usd(self, request: Request, tokens: int) -> float | None:
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
        expected = await self.expected(request, weighed)
        tokens = expected.most
        spent = Spent(expected.likely, settings.max_output_tokens)
        watcher.phase("waiting for the model")
        reservations: list[Reservation] = []
        # Of the request before, if this one repairs its answer.
        report.endpoint = None

        async def reserve() -> Reservation:
            reservations.append(
                await self._ledger.reserve(
                    request.session,
                    limits_of(settings),
                    input_tokens=tokens,
                    max_output_tokens=settings.max_output_tokens,
                    worst_usd=self.worst_usd(request, tokens),
                    about=record_of(request, report, "lost"),
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
            record = record_of(
                request, report, status, spent=spent, usage=usage, code=code, kind=kind, total_ms=total_ms
            )
            # The ledger goes on with a booking whose caller is cancelled.
            settled = await self._ledger.settle(reservations[0], record, *reservations[1:])
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
        spent: Spent,
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
                    self._take(event, request, spent, show, watcher, report)
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

    def _take(
        self, event: Event, request: Request, spent: Spent, show: _Shown, watcher: Watcher, report: Report
    ) -> None:
        """What an event of the stream says, noted and shown."""
        match event:
            case Started(served_model, keeps_nothing, request_id, endpoint, because):
                spent.served_model = as_name(served_model, request.vocabulary) or spent.served_model
                spent.request_id = as_name(request_id, request.vocabulary)
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
            case Finished(usage, said):
                served_model = as_name(said, request.vocabulary)
                if report.endpoint is not None:
                    by = f"{report.endpoint} ({served_model})" if served_model else report.endpoint
                    report.fallback = f"Answered by {by}, because: {spent.because}."
                spent.usage = usage
                spent.served_model = served_model or spent.served_model


def _retired(slug: str) -> str:
    model = catalogue.find(slug) if catalogue.retired(slug) is not None else None
    if model is None:
        return ""
    price = catalogue.price_in_words(model)
    return f"{slug} is a retired name, and what {model.slug} costs is billed ({price}); set grok.model to choose a model yourself."


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


def limits_of(settings: Settings) -> Limits:
    return Limits(
        settings.budget_session_tokens, settings.budget_daily_usd, settings.budget_warn_at, settings.usage_keep_days
    )
