"""Everything beside the two model endpoints: xAI's small GETs, and ``/_fake/*`` by which editor tests script the
server from outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fake_xai import account, faults
from tests.fake_xai.http import Head
from tests.fake_xai.reply import Gate, Reply, answer, failure, plain

if TYPE_CHECKING:
    from tests.fake_xai.server import FakeXai, Recorded


def answer_other(fake: FakeXai, head: Head, body: bytes) -> Reply:
    """Plain answers; 404 in xAI's shape for what does not exist."""
    match head.method, head.path:
        case "GET", "/v1/models":
            return _json({"object": "list", "data": [_model(model) for model in account.MODELS.values()]})
        case "GET", "/v1/language-models":
            return _json({"models": [_model(model) for model in account.MODELS.values()]})
        case "GET", "/v1/api-key":
            return _json(
                {
                    "redacted_api_key": "xai-...",
                    "acls": ["api-key:endpoint:*", "api-key:model:*"],
                    "team_blocked": False,
                    "api_key_blocked": False,
                    "api_key_disabled": False,
                }
            )
        case "POST", "/_fake/script":
            fake.script(*script_from(json.loads(body), fake_gates(fake)))
            return _json({"unplayed": fake.unplayed})
        case "POST", "/_fake/release":
            for gate in fake_gates(fake).values():
                gate.open()
            fake_gates(fake).clear()
            return _json({})
        case "GET", "/_fake/requests":
            return _json([as_json(request) for request in fake.requests])
        case _:
            return failure(404, "not-found", "The requested resource was not found.")


_GATES: dict[int, dict[str, Gate]] = {}


def fake_gates(fake: FakeXai) -> dict[str, Gate]:
    """Gates made by scripts from outside, by name."""
    return _GATES.setdefault(id(fake), {})


def as_json(request: Recorded) -> dict[str, Any]:
    """A record for a test in another language."""
    return {
        "endpoint": request.endpoint,
        "headers": request.headers,
        "body": request.body,
        "outcome": request.outcome,
        "status": request.status,
        "sent": request.sent,
        "input_tokens": request.input_tokens,
        "output_tokens": request.output_tokens,
        "seconds": None if request.ended_s is None else request.ended_s - request.started_s,
    }


def script_from(entries: list[dict[str, Any]], gates: dict[str, Gate]) -> list[Reply]:
    """``{"answer": text, <fields of Reply>, "hold_at": n}`` or ``{"fault": name}`` -> replies. ``hold_at`` waits for
    ``/_fake/release``."""
    replies = []
    for entry in entries:
        shape = dict(entry)
        if "fault" in shape:
            replies.append(faults.BY_NAME[shape["fault"]].reply)
            continue
        text = shape.pop("answer")
        if "hold_at" in shape:
            gate = gates.setdefault(f"gate{len(gates)}", Gate())
            shape["gate"] = gate
        replies.append(answer(text, **shape))
    return replies


def _json(value: Any) -> Reply:
    return plain(200, json.dumps(value))


def _model(model: account.Model) -> dict[str, Any]:
    fresh, warm, out = (round(price * 10_000) for price in model.prices)
    return {
        "id": model.slug,
        "object": "model",
        "owned_by": "xai",
        "aliases": [alias for alias, slug in account.ALIASES.items() if slug == model.slug],
        "prompt_text_token_price": fresh,
        "cached_prompt_text_token_price": warm,
        "completion_text_token_price": out,
    }
