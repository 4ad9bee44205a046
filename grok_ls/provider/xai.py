"""The adapter for xAI and everything that speaks like it. The only importer of the openai SDK, which loads on the
first request.

The SDK is used for the transport and for its events, not for its policies: no retries of its own (a timed-out request
may have been billed), no redirects (the key must not travel on), none of its environment variables (they would send
foreign headers or keys to xAI). Success is a terminal event and nothing else.

Requests go by the SDK's ``client.post`` and events stay plain dicts: its typed ``responses.create`` builds a validator of every event there
is, 30 MB and half a second for classes that the reducers do not look at (docs/performance.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from grok_ls.budget import Reservation
from grok_ls.errors import BadRequest, ProviderError, ProviderTimeout, ProviderUnavailable
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import accounting, catalogue, chat, failures, keys, listing, responses
from grok_ls.provider.base import Call, Event, Finished, ReasoningDelta, Started, TextDelta, Waiting
from grok_ls.provider.bounds import Clock, Meter
from grok_ls.provider.catalogue import Model
from grok_ls.provider.chat import ChatReducer
from grok_ls.provider.endpoint import Dialect, Endpoint
from grok_ls.provider.failures import Place
from grok_ls.provider.reducing import End
from grok_ls.provider.responses import ResponsesReducer
from grok_ls.usage import Usage

if TYPE_CHECKING:
    import openai

log = logging.getLogger(__name__)

ApiName = Literal["responses", "chat"]
_BODY_BYTES = 64 * 1024
# The list of models: how long it may take, and how long it (or that there is none) is taken to hold.
_LIST_S = 10.0
_LIST_AGAIN_S = 6 * 3600.0


@dataclass
class Found:
    """What requests have shown of an endpoint: what it takes, and which API it has, for all models or for one."""

    dialect: Dialect
    api: ApiName | None = None
    api_of_model: dict[str, ApiName] = field(default_factory=dict)


class XaiProvider:
    """One endpoint. What it takes and which API it has is found by the first requests."""

    def __init__(self, endpoint: Endpoint, *, list_models: bool = False, found: Found | None = None) -> None:
        """``list_models``: ask the endpoint for its own prices, once it has answered a request. ``found``: kept by the caller, for
        the next one of the same endpoint.
        """
        self.endpoint = endpoint
        self._lists = list_models and endpoint.dialect.lists_models
        self._listed: dict[str, Model] = {}
        self._listing: asyncio.Task[None] | None = None
        self._list_again_at = float("-inf")
        self._client: openai.AsyncOpenAI | None = None
        self._found = found or Found(endpoint.dialect)
        self._warned = False
        self._secret = ""

    def __repr__(self) -> str:
        return f"XaiProvider({self.endpoint!r})"

    def model(self, slug: str) -> Model | None:
        """What is known of a model here: by the endpoint's own list, else by the catalogue. ``None``: nothing."""
        if listed := self._listed.get(slug.strip()):
            return listed
        known, factor = catalogue.find(slug), self.endpoint.dialect.price_factor
        return known if known is None or factor == 1.0 else known.times(factor)

    async def aclose(self) -> None:
        if self._listing is not None:
            self._listing.cancel()
            await asyncio.gather(self._listing, return_exceptions=True)
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def stream(self, prompt: Prompt, reservation: Reservation, call: Call) -> AsyncGenerator[Event, None]:
        key = keys.check(self.endpoint)
        self._secret = key.value if key.value != keys.DUMMY else ""
        if key.warnings and not self._warned:
            self._warned = True
            for warning in key.warnings:
                yield Waiting(warning)
        deadline = asyncio.get_running_loop().time() + call.timeouts.total_s
        missing: _NoSuchApi | None = None
        for name in self._apis(call.model):
            clock = Clock(deadline, call.timeouts.first_token_s, call.timeouts.idle_s)
            try:
                raw = await self._open(name, key.value, prompt, call, reservation.max_output_tokens, clock)
            except _NoSuchApi as error:
                missing = missing or error
                continue
            self._remember(call.model, name, missing)
            self._list_soon(key)
            async with contextlib.aclosing(self._events(name, raw, reservation, call, clock)) as events:
                async for event in events:
                    yield event
            return
        if missing is not None:
            raise missing.error from missing.__cause__

    def _apis(self, model: str) -> tuple[ApiName, ...]:
        if self.endpoint.api != "auto":
            return (self.endpoint.api,)
        known = self._found.api_of_model.get(model) or self._found.api
        if known is not None:
            return (known,)
        first = self.endpoint.dialect.first
        return (first, "chat" if first == "responses" else "responses")

    def _remember(self, model: str, name: ApiName, missing: _NoSuchApi | None) -> None:
        """Which API answered. Where the other one only lacks this model, it stays the first choice for others."""
        self._found.api_of_model[model] = name
        if missing is None or not missing.model_only:
            self._found.api = name

    def _list_soon(self, key: keys.Key) -> None:
        """Ask for the endpoint's models beside this request: nothing waits for it, and nothing fails with it."""
        now = asyncio.get_running_loop().time()
        if not self._lists or key.value == keys.DUMMY or now < self._list_again_at:
            return
        self._list_again_at = now + _LIST_AGAIN_S
        self._listing = asyncio.create_task(self._list(key.value), name="list models")

    async def _list(self, key: str) -> None:
        try:
            async with asyncio.timeout(_LIST_S):
                said = await self._connected(key).get("/language-models", cast_to=object)
            self._listed = listing.read(said) or self._listed
        except Exception as error:
            # Many endpoints have no such list; the catalogue's prices stand.
            log.debug("%s: no list of models (%s)", self.endpoint.name, type(error).__name__)

    def _place(self, model: str) -> Place:
        return Place(self.endpoint.name, model, self.endpoint.key_env, self._secret)

    async def _events(
        self, name: ApiName, raw: openai.AsyncStream[Any], reservation: Reservation, call: Call, clock: Clock
    ) -> AsyncGenerator[Event, None]:
        place, cap = self._place(call.model), reservation.max_output_tokens
        reducer = ResponsesReducer() if name == "responses" else ChatReducer()
        meter = Meter(cap, counts_reasoning=name == "chat")
        try:
            events = aiter(raw)
            while (event := await self._next(events, clock, place)) is not None:
                for ours in reducer.feed(event):
                    if isinstance(ours, TextDelta | ReasoningDelta):
                        clock.spoke = True
                        if meter.passed(ours):
                            raise failures.truncated(place, cap, detail=f"cut after {meter.characters} characters")
                    elif isinstance(ours, Started):
                        ours = replace(ours, keeps_nothing=_keeps_nothing(raw), request_id=_request_id(raw))
                    yield ours
                clock.ended = reducer.ended
        finally:
            await raw.close()
        yield self._finished(reducer, place, call, cap)

    async def _open(
        self, name: ApiName, key: str, prompt: Prompt, call: Call, cap: int, clock: Clock
    ) -> openai.AsyncStream[Any]:
        """Send the request and wait for the headers."""
        import httpx2
        import openai

        place = self._place(call.model)
        try:
            async with asyncio.timeout(clock.wait_s()):
                while True:
                    try:
                        raw = await self._asked(name, key, prompt, call, cap)
                        break
                    except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                        if not self._learned(error):
                            raise
        except TimeoutError as error:
            raise self._silent(clock, place) from error
        except openai.APIStatusError as error:
            raise self._status(name, error, place) from error
        except openai.APITimeoutError as error:
            raise ProviderTimeout(
                f"{place.endpoint} could not be reached within {call.timeouts.connect_s:g} s: check the network, or"
                " raise grok.timeout.connect."
            ) from error
        except openai.APIConnectionError as error:
            raise _unreachable(error, place) from error
        except (openai.OpenAIError, httpx2.InvalidURL, ValueError, TypeError, ExceptionGroup) as error:
            raise BadRequest(
                f"The request to {place.endpoint} could not be written: check grok.baseUrl and grok.model; the log has"
                " the reason.",
                detail=failures.scrubbed(repr(error), place.secret),
            ) from error
        await self._not_a_stream(raw, clock, place, name)
        return raw

    async def _asked(self, name: ApiName, key: str, prompt: Prompt, call: Call, cap: int) -> openai.AsyncStream[Any]:
        import openai

        dialect = self._found.dialect
        if name == "responses":
            path, body, headers = "/responses", responses.request(prompt, call, cap, dialect), {}
        else:
            path, body = "/chat/completions", chat.request(prompt, call, cap, dialect)
            headers = chat.headers(prompt, dialect)
        return await self._connected(key).post(
            path,
            cast_to=object,
            body=body,
            options={"headers": headers, "timeout": openai.Timeout(None, connect=call.timeouts.connect_s)},
            stream=True,
            stream_cls=openai.AsyncStream[object],
        )

    async def _next(self, events: AsyncIterator[Any], clock: Clock, place: Place) -> Any | None:
        """The next event, ``None`` at the end of the stream."""
        import openai

        try:
            async with asyncio.timeout(clock.wait_s()):
                return await anext(events, None)
        except TimeoutError as error:
            if clock.ended is not None:
                return None
            raise self._silent(clock, place) from error
        except openai.APIConnectionError as error:
            if clock.ended is not None:
                return None
            raise failures.broken(place, "broke off", repr(error.__cause__)) from error
        except openai.APIError as error:
            said = failures.said_in(error.body if error.body is not None else error.message)
            raise failures.classify(said, place, billed=True) from error
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise failures.broken(place, "could not be read", repr(error)) from error

    def _finished(self, reducer: ResponsesReducer | ChatReducer, place: Place, call: Call, cap: int) -> Finished:
        """The last event, or the error that the terminal event stands for."""
        ended, served = reducer.ended, reducer.served
        if ended is None:
            raise failures.broken(place, "ended before it was complete")
        usage = self._usage(ended.usage, served or call.model, reducer.tier)
        if ended.end is End.DONE and usage is not None and (usage.output_tokens or 0) >= cap:
            # llama.cpp's Responses API calls an answer completed that stopped at the limit (measured with its build of 2026-10).
            raise failures.truncated(place, cap, usage, "completed, with the limit used up")
        match ended.end:
            case End.CUT:
                raise failures.truncated(place, cap, usage, ended.reason)
            case End.FILTERED:
                raise failures.classify(
                    failures.Said(200, "content_filter", ended.reason), place, usage=usage, billed=True
                )
            case End.FAILED:
                raise failures.classify(failures.said_in(ended.said), place, usage=usage, billed=True)
        return Finished(usage, served)

    def _usage(self, given: Any, slug: str, tier: str) -> Usage | None:
        model = self.model(slug)
        if model is not None and tier == catalogue.PRIORITY:
            model = model.times(catalogue.PRIORITY_FACTOR)
        return accounting.read(given, model)

    def _silent(self, clock: Clock, place: Place) -> ProviderTimeout:
        if asyncio.get_running_loop().time() >= clock.deadline:
            message = (
                f"{place.model} took longer than grok.timeout.total allows and was stopped: try again or raise it."
            )
        elif clock.spoke:
            message = (
                f"{place.model} fell silent for {clock.idle_s:g} s in the middle of its answer, so nothing was changed:"
                " try again, or raise grok.timeout.idle."
            )
        else:
            message = (
                f"{place.endpoint} said nothing for {clock.first_token_s:g} s: try again, or raise"
                " grok.timeout.firstToken."
            )
        return failures.Silent(message, billed=True)

    def _learned(self, error: openai.APIStatusError) -> bool:
        """Whether an endpoint that is not xAI refused a field that it can do without: from now on it gets none."""
        less = None if self.endpoint.is_xai else self._found.dialect.without(_body(error))
        if less is None:
            return False
        log.info("%s: asked again with less, it does not take all fields", self.endpoint.name)
        self._found.dialect = less
        return True

    def _status(self, name: ApiName, error: openai.APIStatusError, place: Place) -> Exception:
        from grok_ls.provider.transport import retry_after_s

        response = error.response
        said = failures.said_by(response.status_code, _body(error), response.headers.get("content-type", ""))
        ours = failures.classify(said, place, retry_after_s=retry_after_s(response.headers), usage=_fee(name, said))
        return self._without_api(said, ours)

    def _without_api(self, said: failures.Said, error: ProviderError) -> Exception:
        """In ``auto``, a status that may mean "not on this API" lets the other one be tried."""
        words = f"{said.code} {said.text}".lower()
        about_model = "model" in words
        missing = said.status in (404, 405, 501) and not said.html
        barred = said.status == 403 and "endpoint" in words
        if self.endpoint.api == "auto" and (missing or barred):
            return _NoSuchApi(error, model_only=about_model)
        return error

    async def _not_a_stream(self, raw: Any, clock: Clock, place: Place, name: ApiName) -> None:
        """200 with a JSON or HTML body is an error; the SDK would yield no event and no exception."""
        import httpx2

        kind = raw.response.headers.get("content-type", "").lower()
        if "json" not in kind and "html" not in kind:
            return
        body = b""
        try:
            async with asyncio.timeout(clock.wait_s()):
                async for piece in raw.response.aiter_bytes():
                    body += piece
                    if len(body) > _BODY_BYTES:
                        break
        except (TimeoutError, httpx2.HTTPError):
            pass  # what came so far is all there is to say
        finally:
            await raw.close()
        said = failures.said_by(200, body.decode("utf-8", "replace"), kind)
        raise failures.classify(said, place, usage=_fee(name, said))

    def _connected(self, key: str) -> openai.AsyncOpenAI:
        if self._client is None:
            import logging

            import openai

            from grok_ls.provider import transport

            # OPENAI_LOG=debug would write requests to stderr.
            logging.getLogger("openai").setLevel(logging.WARNING)

            http = openai.DefaultAsyncHttpx2Client(**transport.options(key, loopback=self.endpoint.is_loopback))
            self._client = openai.AsyncOpenAI(
                api_key=key,
                base_url=self.endpoint.base_url,
                max_retries=0,
                http_client=http,
                organization="",
                project="",
            )
        return self._client


def _body(error: openai.APIStatusError) -> str:
    try:
        return error.response.text
    except Exception:  # the SDK may have left the body unread; the status alone decides then
        return ""


def _keeps_nothing(raw: openai.AsyncStream[Any]) -> bool | None:
    said = raw.response.headers.get("x-zero-data-retention", "").strip().lower()
    return {"true": True, "false": False}.get(said)


def _request_id(raw: openai.AsyncStream[Any]) -> str | None:
    """It is kept in the ledger, so whatever else stands there is left out."""
    said = raw.response.headers.get("x-request-id", "")
    return said if re.fullmatch(r"[\w.:-]{1,100}", said, re.ASCII) else None


class _NoSuchApi(Exception):
    """The endpoint has no such API, or not for this model. Never leaves this module."""

    def __init__(self, error: ProviderError, *, model_only: bool) -> None:
        super().__init__(str(error))
        self.error = error
        self.model_only = model_only


def _fee(name: ApiName, said: failures.Said) -> Usage | None:
    if name == "responses" and said.text.lower().startswith("content violates usage guidelines"):
        return Usage(input_tokens=0, output_tokens=0, cost_usd=failures.SAFETY_FEE_USD, estimated=True)
    return None


def _unreachable(error: Exception, place: Place) -> ProviderUnavailable:
    detail = failures.scrubbed(repr(error.__cause__ or error), place.secret)
    if "certificate" in detail.lower():
        return failures.Blocked(
            f"The certificate of {place.endpoint} is not trusted: if a company proxy is in between, name its"
            " certificate in SSL_CERT_FILE.",
            detail=detail,
        )
    return ProviderUnavailable(
        f"{place.endpoint} could not be reached: check network, proxy and grok.baseUrl.", detail=detail
    )
