"""``/v1/responses``: the request as a dict, and its events, dicts too, reduced by ``type``."""

from __future__ import annotations

from typing import Any

from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, Event, ReasoningDelta, Started, TextDelta
from grok_ls.provider.catalogue import effort_for
from grok_ls.provider.endpoint import Dialect
from grok_ls.provider.reducing import End, Ended, get, messages, several, text_of


def request(prompt: Prompt, call: Call, cap: int, dialect: Dialect) -> dict[str, Any]:
    """The body. The cap bounds reasoning and text together."""
    body: dict[str, Any] = {
        "model": call.model,
        "input": messages(prompt),
        "max_output_tokens": cap,
        "stream": True,
    }
    if dialect.store:
        body["store"] = False
    if call.service_tier and dialect.tiers:
        body["service_tier"] = call.service_tier
    if prompt.cache_key and dialect.cache_key:
        body["prompt_cache_key"] = prompt.cache_key
    effort = effort_for(call.model, call.reasoning_effort)
    if effort is not None:
        body["reasoning"] = {"effort": effort}
    return body


class ResponsesReducer:
    """Events of one stream -> ours. ``ended`` is set by the one terminal event; without it there is no answer."""

    def __init__(self) -> None:
        self.ended: Ended | None = None
        self.served: str | None = None
        self.tier = ""
        self._started = False
        self._spoke = False

    def feed(self, event: Any) -> list[Event]:
        kind = text_of(get(event, "type"))
        match kind:
            case "response.output_text.delta":
                delta = text_of(get(event, "delta"))
                self._spoke = self._spoke or bool(delta)
                return [TextDelta(delta)] if delta else []
            case "response.reasoning_summary_text.delta" | "response.reasoning_text.delta":
                delta = text_of(get(event, "delta"))
                return [ReasoningDelta(delta)] if delta else []
            case "response.refusal.delta":
                return []
            case "response.created" | "response.in_progress" | "response.queued":
                return self._start(get(event, "response"))
            case "response.completed" | "response.done":
                return self._end(kind, get(event, "response"))
            case "response.incomplete" | "response.failed" | "response.cancelled":
                return self._end(kind, get(event, "response"))
            case "error":
                self.ended = Ended(End.FAILED, said=_plain(event))
        return []

    def _start(self, response: Any) -> list[Event]:
        self.served = text_of(get(response, "model")) or self.served
        if self._started:
            return []
        self._started = True
        return [Started(self.served)]

    def _end(self, kind: str, response: Any) -> list[Event]:
        self.served = text_of(get(response, "model")) or self.served
        self.tier = text_of(get(response, "service_tier"))
        usage = get(response, "usage")
        status = text_of(get(response, "status")) or kind.rpartition(".")[2]
        if kind == "response.incomplete" or status == "incomplete":
            reason = text_of(get(get(response, "incomplete_details"), "reason"))
            self.ended = Ended(End.FILTERED if "filter" in reason else End.CUT, usage, reason)
        elif kind in ("response.failed", "response.cancelled") or status in ("failed", "cancelled"):
            self.ended = Ended(End.FAILED, usage, said=_plain(get(response, "error")))
        elif refusal := _parts(response, "refusal", "refusal"):
            self.ended = Ended(End.FILTERED, usage, refusal)
        else:
            self.ended = Ended(End.DONE, usage)
            # Endpoints that convert from Chat may send the whole text at the end only.
            whole = "" if self._spoke else _parts(response, "output_text", "text")
            return [TextDelta(whole)] if whole else []
        return []


def _plain(value: Any) -> dict[str, Any]:
    return {"code": text_of(get(value, "code")), "message": text_of(get(value, "message"))}


def _parts(response: Any, kind: str, name: str) -> str:
    parts = (
        part
        for item in several(get(response, "output"))
        if get(item, "type") == "message"
        for part in several(get(item, "content"))
        if get(part, "type") == kind
    )
    return "".join(text_of(get(part, name)) for part in parts)
