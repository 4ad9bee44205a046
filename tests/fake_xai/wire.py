"""The bytes of both streams, in the event order that was recorded from xAI."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.fake_xai.account import tokens_of
from tests.fake_xai.reply import Reply


@dataclass(frozen=True, slots=True)
class Frame:
    """One SSE event. ``tokens``: output tokens that are generated with it (for billing of cut streams)."""

    data: bytes
    name: str
    tokens: int = 0

    @property
    def terminal(self) -> bool:
        return self.name in _TERMINAL


_TERMINAL = ("response.completed", "response.incomplete", "response.failed", "error", "sse_error", "finish")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is generated within the cap."""

    reasoning: list[str]
    text: list[str]
    end: str


def planned(reply: Reply, cap: int | None, *, cap_includes_reasoning: bool) -> Plan:
    """Responses' cap bounds reasoning + text, Chat's only the text."""
    reasoning, text = tokens_of(reply.reasoning, reply.token_chars), tokens_of(reply.text, reply.token_chars)
    if cap is None or reply.ignore_cap:
        return Plan(reasoning, text, reply.end)
    room = cap
    kept = reasoning
    if cap_includes_reasoning:
        kept = reasoning[:room]
        room -= len(kept)
    cut = len(kept) < len(reasoning) or len(text) > room
    return Plan(kept, text[:room], "incomplete" if cut and reply.end == "completed" else reply.end)


def sse(payload: dict[str, Any], *, event: bool) -> bytes:
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return (b"event: " + payload["type"].encode() + b"\n" if event else b"") + b"data: " + data + b"\n\n"


class _Events:
    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def add(self, kind: str, tokens: int = 0, /, **fields: Any) -> None:
        payload: dict[str, Any] = {"sequence_number": len(self.frames), "type": kind, **fields}
        self.frames.append(Frame(sse(payload, event=True), kind, tokens))


def responses_frames(
    reply: Reply, plan: Plan, *, identifier: str, model: str, usage: dict[str, Any] | None
) -> list[Frame]:
    """``/v1/responses``, section 3.1 of the fact sheet."""
    events = _Events()
    base = {"id": identifier, "object": "response", "created_at": 0, "model": model, "store": False}
    output: list[dict[str, Any]] = []
    events.add("response.created", response={**base, "status": "in_progress", "output": [], "usage": None})
    events.add("response.in_progress", response={**base, "status": "in_progress", "output": [], "usage": None})
    if plan.reasoning:
        output.append(_reasoning(events, plan, identifier))
    if plan.text or not plan.reasoning:
        output.append(_message(events, plan, identifier, len(output)))
    final = {**base, "output": output, "usage": usage, "service_tier": "default"}
    match plan.end:
        case "completed":
            events.add("response.completed", response={**final, "status": "completed"})
        case "incomplete" | "content_filter":
            reason = "content_filter" if plan.end == "content_filter" else "max_output_tokens"
            events.add(
                "response.incomplete",
                response={**final, "status": "incomplete", "incomplete_details": {"reason": reason}},
            )
        case "failed":
            error = reply.error or {"code": "server_error", "message": "The model failed to generate a response."}
            events.add("response.failed", response={**final, "status": "failed", "error": error})
        case "error":
            events.add(
                "error", **(reply.error or {"code": "server_error", "message": "Something broke.", "param": None})
            )
        case "sse_error":
            error = reply.error or {"code": "server_error", "message": "Something broke."}
            data = json.dumps({"error": error}).encode()
            events.frames.append(Frame(b"data: " + data + b"\n\n", "sse_error"))
    return _marked(events.frames, reply)


def _reasoning(events: _Events, plan: Plan, identifier: str) -> dict[str, Any]:
    item = {"id": f"rs_{identifier}", "type": "reasoning", "summary": [], "status": "in_progress"}
    where: dict[str, Any] = {"item_id": item["id"], "output_index": 0, "summary_index": 0}
    events.add("response.output_item.added", item=item, output_index=0)
    events.add("response.reasoning_summary_part.added", part={"type": "summary_text", "text": ""}, **where)
    for token in plan.reasoning:
        events.add("response.reasoning_summary_text.delta", 1, delta=token, **where)
    whole = "".join(plan.reasoning)
    events.add("response.reasoning_summary_text.done", text=whole, **where)
    events.add("response.reasoning_summary_part.done", part={"type": "summary_text", "text": whole}, **where)
    done = {
        **item,
        "status": "completed",
        "summary": [{"type": "summary_text", "text": whole}],
        "encrypted_content": "AAAA",
    }
    events.add("response.output_item.done", item=done, output_index=0)
    return done


def _message(events: _Events, plan: Plan, identifier: str, index: int) -> dict[str, Any]:
    item = {"id": f"msg_{identifier}", "type": "message", "role": "assistant", "content": [], "status": "in_progress"}
    where: dict[str, Any] = {"item_id": item["id"], "output_index": index, "content_index": 0}
    part: dict[str, Any] = {"type": "output_text", "text": "", "logprobs": [], "annotations": []}
    events.add("response.output_item.added", item=item, output_index=index)
    events.add("response.content_part.added", part=part, **where)
    for token in plan.text:
        events.add("response.output_text.delta", 1, delta=token, logprobs=[], **where)
    whole = "".join(plan.text)
    events.add("response.output_text.done", text=whole, logprobs=[], **where)
    events.add("response.content_part.done", part={**part, "text": whole}, **where)
    done = {**item, "status": "completed", "content": [{**part, "text": whole}]}
    events.add("response.output_item.done", item=done, output_index=index)
    return done


_FINISH = {"completed": "stop", "incomplete": "length", "content_filter": "content_filter"}


def chat_frames(
    reply: Reply, plan: Plan, *, identifier: str, model: str, usage: dict[str, Any] | None, include_usage: bool
) -> list[Frame]:
    """``/v1/chat/completions``, section 3.2."""
    base = {"id": identifier, "object": "chat.completion.chunk", "created": 0, "model": model}
    frames: list[Frame] = []

    def add(kind: str, tokens: int = 0, **fields: Any) -> None:
        frames.append(Frame(sse({**base, **fields}, event=False), kind, tokens))

    role = {"role": "assistant"}
    for kind, key, tokens in (("reasoning", "reasoning_content", plan.reasoning), ("delta", "content", plan.text)):
        for token in tokens:
            add(kind, 1, choices=[{"index": 0, "delta": {key: token, **role}}])
            role = {}
    if plan.end in _FINISH:
        add("finish", choices=[{"index": 0, "delta": {**role}, "finish_reason": _FINISH[plan.end]}])
        if include_usage and usage is not None:
            add("usage", choices=[], usage=usage)
    elif plan.end != "none":
        error = reply.error or {"code": "server_error", "message": "Something broke."}
        frames.append(Frame(b"data: " + json.dumps({"error": error}).encode() + b"\n\n", "sse_error"))
    return _marked(frames, reply)


def _marked(frames: list[Frame], reply: Reply) -> list[Frame]:
    if reply.done_marker and reply.end != "none":
        frames.append(Frame(b"data: [DONE]\n\n", "[DONE]"))
    if reply.mutate is not None:
        changed = reply.mutate([frame.data for frame in frames])
        frames = [
            Frame(data, frames[i].name if i < len(frames) else "extra", frames[i].tokens if i < len(frames) else 0)
            for i, data in enumerate(changed)
        ]
    return frames


def responses_usage(input_tokens: int, cached: int, output: int, reasoning: int, cost: int | None) -> dict[str, Any]:
    """``output_tokens`` includes reasoning here."""
    usage: dict[str, Any] = {
        "input_tokens": input_tokens,
        "input_tokens_details": {"cached_tokens": cached},
        "output_tokens": output,
        "output_tokens_details": {"reasoning_tokens": reasoning},
        "total_tokens": input_tokens + output,
        "num_sources_used": 0,
    }
    return usage if cost is None else {**usage, "cost_in_usd_ticks": cost}


def chat_usage(input_tokens: int, cached: int, output: int, reasoning: int, cost: int | None) -> dict[str, Any]:
    """``completion_tokens`` excludes reasoning here."""
    usage: dict[str, Any] = {
        "prompt_tokens": input_tokens,
        "completion_tokens": output - reasoning,
        "total_tokens": input_tokens + output,
        "prompt_tokens_details": {"text_tokens": input_tokens, "cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
        "num_sources_used": 0,
    }
    return usage if cost is None else {**usage, "cost_in_usd_ticks": cost}
