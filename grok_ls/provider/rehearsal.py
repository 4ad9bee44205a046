"""The SDK's first request, played without a network: its imports and what it builds for its first stream take half a second, in which
nothing else could happen on the message loop. Played in a thread, while the code is read, they hold up nobody.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from grok_ls.loading import LOADING

_RESPONSE: dict[str, Any] = {
    "id": "r",
    "object": "response",
    "model": "m",
    "status": "completed",
    "output": [],
    "usage": None,
}
_EVENTS: tuple[dict[str, Any], ...] = (
    {"type": "response.created", "response": _RESPONSE},
    {"type": "response.reasoning_summary_text.delta", "delta": "x", "item_id": "i"},
    {"type": "response.output_text.delta", "delta": "x", "item_id": "i"},
    {
        "type": "response.completed",
        "response": _RESPONSE | {"usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}},
    },
)
_done = False


def rehearse() -> None:
    """Once a process; whoever comes meanwhile waits."""
    global _done
    with LOADING:
        if not _done:
            asyncio.run(_play())
            _done = True


async def _play() -> None:
    import httpx2
    import openai

    from grok_ls.provider import transport

    def answer(request: httpx2.Request) -> httpx2.Response:
        lines = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in _EVENTS)
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=lines.encode())

    options = transport.options("none", loopback=True) | {"transport": httpx2.MockTransport(answer)}
    http = openai.DefaultAsyncHttpx2Client(**options)
    async with openai.AsyncOpenAI(
        api_key="none", base_url="http://127.0.0.1/v1", max_retries=0, http_client=http
    ) as client:
        stream = await client.post(
            "/responses", cast_to=object, body={}, stream=True, stream_cls=openai.AsyncStream[object]
        )
        async for _ in stream:
            pass
