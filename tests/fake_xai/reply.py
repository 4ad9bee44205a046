"""What the fake server is told to do with one request: values, made by ``answer``, ``plain`` and ``failure``."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.fake_xai.server import Recorded

Manner = Literal["clean", "close", "reset", "hang"]
End = Literal["completed", "incomplete", "failed", "error", "sse_error", "content_filter", "none"]


class Gate:
    """Holds a stream until ``open`` is called, from any thread and before or after the stream got there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []

    def open(self) -> None:
        with self._lock:
            self._opened = True
            waiting, self._waiting = self._waiting, []
        for loop, future in waiting:
            loop.call_soon_threadsafe(_resolve, future)

    async def wait(self) -> None:
        with self._lock:
            if self._opened:
                return
            loop = asyncio.get_running_loop()
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.append((loop, future))
        await future


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@dataclass(frozen=True, slots=True)
class Hold:
    """Stop before event number ``at`` (or before the ``"terminal"`` one) until ``gate`` opens (for ever without
    one). -1 = before the headers, 0 =
    after them."""

    at: int | Literal["terminal"]
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """After ``at`` events the stream ends: ``clean`` = proper end of body without a terminal event, ``close`` = FIN
    inside the body,
    ``reset`` = RST, ``hang`` = silence. -1 = before the headers."""

    at: int
    manner: Manner = "close"


@dataclass(frozen=True, slots=True)
class Fee:
    """Counts against the account although the request failed."""

    usd: float


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted reaction. ``status`` other than 200, or ``body``, makes it a plain answer; everything else shapes
    the stream."""

    text: str = ""
    reasoning: str = ""
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    served_model: str | None = None
    end: End = "completed"
    error: dict[str, Any] | None = None
    usage: dict[str, Any] | Literal["counted", "missing"] = "counted"
    holds: tuple[Hold, ...] = ()
    cut: Cut | None = None
    delay_s: float = 0.0
    split_bytes: int | None = None
    done_marker: bool = True
    token_chars: int = 4
    mutate: Callable[[list[bytes]], list[bytes]] | None = None
    ignore_cap: bool = False
    chunked: bool = True
    fee: Fee | None = None


Responder = Callable[["Recorded"], Reply]


def answer(text: str, **shape: Any) -> Reply:
    """A whole answer. ``shape``: any field of ``Reply``; ``hold_at=n, gate=g`` is short for ``holds=(Hold(n, g),)``."""
    gate = shape.pop("gate", None)
    if (at := shape.pop("hold_at", None)) is not None:
        shape["holds"] = (*shape.get("holds", ()), Hold(at, gate))
    return Reply(text=text, **shape)


def plain(status: int, body: bytes | str, *, content_type: str = "application/json", **headers: str) -> Reply:
    """An answer that is no stream. ``headers``: ``retry_after="2"`` becomes ``retry-after: 2``."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, body=data, headers={"content-type": content_type, **named})


def failure(status: int, code: str, error: str, **headers: str) -> Reply:
    """xAI's own error shape: ``{"code": ..., "error": ...}``."""
    return plain(status, json.dumps({"code": code, "error": error}), **headers)
