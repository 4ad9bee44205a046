"""``/v1/chat/completions``: the request as a dict, and its chunks reduced."""

from __future__ import annotations

from typing import Any

from grok_ls.prompts.prompt import Prompt
from grok_ls.provider.base import Call, Event, ReasoningDelta, Started, TextDelta
from grok_ls.provider.catalogue import effort_for
from grok_ls.provider.endpoint import Dialect
from grok_ls.provider.reducing import End, Ended, get, messages, several, text_of

_ENDS = {
    "stop": End.DONE,
    "end_turn": End.DONE,
    "eos": End.DONE,
    "length": End.CUT,
    "max_tokens": End.CUT,
    "content_filter": End.FILTERED,
    "refusal": End.FILTERED,
}


def request(prompt: Prompt, call: Call, cap: int, dialect: Dialect) -> dict[str, Any]:
    """The body. At xAI the cap bounds the visible text alone: the adapter counts the rest."""
    body: dict[str, Any] = {
        "model": call.model,
        "messages": messages(prompt),
        "stream": True,
        **dict.fromkeys(dialect.cap, cap),
    }
    if dialect.usage_option:
        body["stream_options"] = {"include_usage": True}
    if call.service_tier and dialect.tiers:
        body["service_tier"] = call.service_tier
    effort = effort_for(call.model, call.reasoning_effort)
    if effort is not None:
        body["reasoning_effort"] = effort
    return body


def headers(prompt: Prompt, dialect: Dialect) -> dict[str, str]:
    """What goes with the body: xAI's Chat finds its prompt cache by a header."""
    return {"x-grok-conv-id": prompt.cache_key} if prompt.cache_key and dialect.cache_key else {}


class ChatReducer:
    """Chunks of one stream -> ours. ``ended`` is set by the finish reason; the usage may come after it."""

    def __init__(self) -> None:
        self.ended: Ended | None = None
        self.served: str | None = None
        self.tier = ""
        self._usage: Any = None
        self._started = False

    def feed(self, chunk: Any) -> list[Event]:
        events: list[Event] = []
        self.served = text_of(get(chunk, "model")) or self.served
        self.tier = text_of(get(chunk, "service_tier")) or self.tier
        if not self._started and (self.served or get(chunk, "choices")):
            self._started = True
            events.append(Started(self.served))
        usage = get(chunk, "usage")
        if usage is not None:
            # Cumulative where several chunks carry it: the last one counts, never a sum.
            self._usage = usage
        for choice in several(get(chunk, "choices")):
            events.extend(_deltas(get(choice, "delta")))
            reason = text_of(get(choice, "finish_reason"))
            if reason:
                # An unknown reason is a failure: an answer that may not be whole is no answer.
                said = {"message": f"finish_reason {reason}"}
                self.ended = Ended(_ENDS.get(reason, End.FAILED), reason=reason, said=said)
        if self.ended is not None and self.ended.usage is not self._usage:
            self.ended = Ended(self.ended.end, self._usage, self.ended.reason, self.ended.said)
        return events


def _deltas(delta: Any) -> list[Event]:
    thought = text_of(get(delta, "reasoning_content")) or text_of(get(delta, "reasoning"))
    said = text_of(get(delta, "content"))
    return [*([ReasoningDelta(thought)] if thought else []), *([TextDelta(said)] if said else [])]
