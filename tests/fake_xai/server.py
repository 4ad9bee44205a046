"""The server: scripts in, records out. Everything runs in the loop that called ``start``."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fake_xai import account, control, wire
from tests.fake_xai.http import Head, chunk, read_request, reset, response_head
from tests.fake_xai.reply import Reply, Responder, failure, plain

Outcome = Literal["running", "sent", "disconnected", "cut"]
Endpoint = Literal["responses", "chat"]


@dataclass(slots=True)
class Recorded:
    """One request to a model endpoint and what became of it. Times are ``time.monotonic()`` seconds."""

    endpoint: Endpoint
    headers: dict[str, str]
    raw_headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: dict[str, Any]
    started_s: float
    outcome: Outcome = "running"
    ended_s: float | None = None
    first_event_s: float | None = None
    sent: list[str] = field(default_factory=list)
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    fee_usd: float = 0.0
    status: int = 0

    @property
    def cost_usd(self) -> float:
        model = account.served(self.model)
        cost = account.ticks(model, self.input_tokens, self.cached_tokens, self.output_tokens)
        return self.fee_usd + (cost or 0) / account.TICKS_PER_USD

    @property
    def key(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def cap(self) -> int | None:
        """The output limit that the request asks for."""
        names = ("max_output_tokens",) if self.endpoint == "responses" else ("max_completion_tokens", "max_tokens")
        return next((int(self.body[name]) for name in names if self.body.get(name) is not None), None)

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Role and text of every message, the same for both endpoints."""
        given = self.body.get("input" if self.endpoint == "responses" else "messages") or []
        items = [{"role": "user", "content": given}] if isinstance(given, str) else given
        lead = [("system", str(self.body["instructions"]))] if self.body.get("instructions") else []
        return lead + [(str(item.get("role")), _words(item.get("content"))) for item in items]

    @property
    def prompt(self) -> str:
        """All text of the request, in order."""
        return "\n".join(text for _, text in self.messages)

    @property
    def events_sent(self) -> int:
        return len(self.sent)

    @property
    def disconnected(self) -> bool:
        return self.outcome == "disconnected"


def _words(content: Any) -> str:
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content)
    return str(content)


class FakeXai:
    """``async with FakeXai() as fake``; ``fake.url`` is the base URL. ``apis``: endpoints that exist; ``key``: the
    only one that is taken
    (``None`` takes any that is there); ``strict``: refuse what xAI refuses (unknown models, efforts); ``flavour``:
    error bodies."""

    def __init__(
        self,
        *,
        apis: tuple[Endpoint, ...] = ("responses", "chat"),
        key: str | None = None,
        strict: bool = True,
        default: Reply | Responder | None = None,
    ) -> None:
        self.apis = apis
        self.key = key
        self.strict = strict
        self.default = default
        self.requests: list[Recorded] = []
        self.other: list[Head] = []
        self.connections = 0
        self.errors: list[BaseException] = []
        self._script: deque[Reply | Responder] = deque()
        self._prompts: dict[str, list[str]] = {}
        self._open: set[asyncio.Task[None]] = set()
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self._server: asyncio.Server | None = None
        self.url = ""
        self.port = 0

    # -- life --------------------------------------------------------------------------------------------------------

    async def start(self, port: int = 0) -> FakeXai:
        self._server = await asyncio.start_server(self._connection, "127.0.0.1", port, limit=16 * 1024 * 1024)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        return self

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None
        if self.errors:
            raise AssertionError("a scripted responder failed") from self.errors[0]

    async def __aenter__(self) -> FakeXai:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # -- script ------------------------------------------------------------------------------------------------------

    def script(self, *replies: Reply | Responder) -> None:
        """Append to the queue: one entry is used up per model request; when it is empty ``default`` answers."""
        self._script.extend(replies)

    @property
    def unplayed(self) -> int:
        return len(self._script)

    # -- what happened -----------------------------------------------------------------------------------------------

    @property
    def running(self) -> int:
        return sum(request.outcome == "running" for request in self.requests)

    @property
    def open_connections(self) -> int:
        """TCP connections that are open now, idle ones included."""
        return len(self._open)

    @property
    def tokens_spent(self) -> int:
        """Input + output tokens of all requests by the fake's own count, cut and abandoned ones included."""
        return sum(request.input_tokens + request.output_tokens for request in self.requests)

    @property
    def usd_spent(self) -> float:
        return sum(request.cost_usd for request in self.requests)

    async def wait_until(self, ready: Callable[[], bool]) -> None:
        """Until ``ready`` holds; looked at whenever something happens here. Bounded by the test's own timeout."""
        if ready():
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((ready, future))
        await future

    async def wait_for_request(self, n: int = 1) -> Recorded:
        """The ``n``-th model request (from 1), once it has arrived."""
        await self.wait_until(lambda: len(self.requests) >= n)
        return self.requests[n - 1]

    async def wait_for_events(self, count: int, n: int = 1) -> Recorded:
        """The ``n``-th request, once ``count`` events of its stream were sent."""
        await self.wait_until(lambda: len(self.requests) >= n and self.requests[n - 1].events_sent >= count)
        return self.requests[n - 1]

    async def wait_for_end(self, n: int = 1) -> Recorded:
        """The ``n``-th request, once it is over in whatever way."""
        await self.wait_until(lambda: len(self.requests) >= n and self.requests[n - 1].outcome != "running")
        return self.requests[n - 1]

    async def wait_for_disconnect(self, n: int = 1) -> Recorded:
        """The ``n``-th request, once its client closed the connection early. Fails if it ended in another way."""
        request = await self.wait_for_end(n)
        assert request.disconnected, f"request {n} ended as {request.outcome}, not by the client"
        return request

    def _changed(self) -> None:
        for entry in list(self._waiting):
            ready, future = entry
            if future.done() or ready():
                self._waiting.remove(entry)
                if not future.done():
                    future.set_result(None)

    # -- connections -------------------------------------------------------------------------------------------------

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client left, or the server stops: both are recorded where they matter
        finally:
            self._open.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = b""
        while (request := await read_request(reader, first)) is not None:
            head, body = request
            endpoint = self._endpoint(head)
            if endpoint is None:
                self.other.append(head)
                await _send_plain(writer, control.answer_other(self, head, body))
                first = b""
                continue
            recorded = self._record(endpoint, head, body)
            player = asyncio.ensure_future(self._play(recorded, writer))
            watcher = asyncio.ensure_future(reader.read(1))
            try:
                await asyncio.wait({player, watcher}, return_when=asyncio.FIRST_COMPLETED)
                keep, first = await self._settle(recorded, player, watcher)
            finally:
                for child in (player, watcher):
                    child.cancel()
                await asyncio.gather(player, watcher, return_exceptions=True)
            if not keep:
                return

    async def _settle(
        self, recorded: Recorded, player: asyncio.Future[bool], watcher: asyncio.Future[bytes]
    ) -> tuple[bool, bytes]:
        """Whether the connection stays open, and what was read ahead of it."""
        gone = watcher.done() and (watcher.exception() is not None or not watcher.result())
        if not player.done() and not gone:  # the client talks before it has our answer: let the answer end first
            await asyncio.wait({player})
        if not player.done() or isinstance(player.exception(), ConnectionError):
            self._end(recorded, "disconnected")
            return False, b""
        if (broken := player.exception()) is not None:
            self.errors.append(broken)
            self._end(recorded, "cut")
            return False, b""
        keep = player.result()
        self._end(recorded, "sent" if keep or recorded.outcome == "sent" else "cut")
        if gone:
            return False, b""
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)
        ahead = b"" if watcher.cancelled() or watcher.exception() is not None else watcher.result()
        return keep and not (watcher.done() and not watcher.cancelled() and ahead == b""), ahead

    def _endpoint(self, head: Head) -> Endpoint | None:
        if head.method != "POST":
            return None
        name: Endpoint | None = {"/v1/responses": "responses", "/v1/chat/completions": "chat"}.get(head.path)  # type: ignore[assignment]
        return name if name in self.apis else None

    def _record(self, endpoint: Endpoint, head: Head, raw: bytes) -> Recorded:
        try:
            body = json.loads(raw)
        except ValueError:
            body = {}
        recorded = Recorded(endpoint, head.headers, head.raw_headers, raw, body, time.monotonic())
        self.requests.append(recorded)
        self._changed()
        return recorded

    def _end(self, recorded: Recorded, outcome: Outcome) -> None:
        recorded.ended_s = time.monotonic()
        recorded.outcome = outcome
        self._changed()

    # -- answers -----------------------------------------------------------------------------------------------------

    async def _play(self, recorded: Recorded, writer: asyncio.StreamWriter) -> bool:
        """Play one reply; whether the connection may be used again."""
        reply = self._refusal(recorded) or self._next(recorded)
        if reply.fee is not None:
            recorded.fee_usd += reply.fee.usd
        streams = reply.body is None and reply.status == 200
        if streams:
            self._prefill(recorded)
        if await self._stopped(reply, -1, recorded, writer):
            return False
        recorded.status = reply.status
        if not streams:
            await _send_plain(writer, reply)
            return True
        return await self._stream(recorded, reply, writer)

    def _refusal(self, recorded: Recorded) -> Reply | None:
        """What xAI refuses whatever is scripted."""
        if not recorded.key and self.key is not None:
            return failure(401, "unauthenticated:no-credentials", "No credentials presented.")
        if self.key is not None and recorded.key != self.key:
            return failure(
                400,
                "Client specified an invalid argument",
                "Incorrect API key provided: xa***hi. You can obtain an API key from https://console.x.ai.",
            )
        if not self.strict:
            return None
        model = account.served(recorded.model)
        if model is None:
            return failure(
                404,
                "not-found",
                f"The model {recorded.model} does not exist or your team {TEAM} does not have access to it.",
            )
        given = recorded.body.get("reasoning") or {}
        effort = given.get("effort") if recorded.endpoint == "responses" else recorded.body.get("reasoning_effort")
        if effort is not None and effort not in model.efforts:
            return failure(400, "invalid-argument", f"Model {model.slug} does not support parameter reasoningEffort.")
        return None

    def _next(self, recorded: Recorded) -> Reply:
        entry = self._script.popleft() if self._script else self.default
        if entry is None:
            return failure(400, "invalid-argument", "fake_xai: nothing is scripted for this request.")
        return entry if isinstance(entry, Reply) else entry(recorded)

    async def _stopped(
        self, reply: Reply, at: int, recorded: Recorded, writer: asyncio.StreamWriter, *, terminal: bool = False
    ) -> bool:
        """Hold or cut before event ``at``; whether the stream was cut."""
        for hold in reply.holds:
            if hold.at == at or (terminal and hold.at == "terminal"):
                await (hold.gate.wait() if hold.gate is not None else asyncio.Event().wait())
        if reply.cut is None or reply.cut.at != at:
            return False
        match reply.cut.manner:
            case "hang":
                await asyncio.Event().wait()
            case "reset":
                reset(writer)
            case "clean" if at >= 0:
                writer.write(b"0\r\n\r\n" if reply.chunked else b"")
                await writer.drain()
        return True

    async def _stream(self, recorded: Recorded, reply: Reply, writer: asyncio.StreamWriter) -> bool:
        model = account.served(recorded.model)
        served = reply.served_model or (model.slug if model else recorded.model)
        frames = self._frames(recorded, reply, served)
        framing = {"transfer-encoding": "chunked"} if reply.chunked else {}
        if reply.cut is not None or not reply.chunked:
            # A cut connection is closed: a client that was not told might send its next request into the close.
            framing["connection"] = "close"
        headers = {"content-type": "text/event-stream", "x-request-id": str(uuid.uuid4()), **framing, **reply.headers}
        writer.write(response_head(200, headers))
        await writer.drain()
        terminal = next((at for at, frame in enumerate(frames) if frame.terminal), len(frames))
        for at, frame in enumerate(frames):
            if await self._stopped(reply, at, recorded, writer, terminal=at == terminal):
                return False
            if reply.delay_s:
                await asyncio.sleep(reply.delay_s)
            await self._write(writer, frame.data, reply)
            await asyncio.sleep(0)  # a client in the same loop gets its turn between events, as over a network
            recorded.output_tokens += frame.tokens
            recorded.first_event_s = recorded.first_event_s or time.monotonic()
            recorded.sent.append(frame.name)
            self._changed()
        if await self._stopped(reply, len(frames), recorded, writer):
            return False
        if reply.chunked:
            writer.write(b"0\r\n\r\n")
        await writer.drain()
        recorded.outcome = "sent"
        return reply.chunked

    def _prefill(self, recorded: Recorded) -> None:
        """Count the prompt, as it is billed from the start, whatever becomes of the answer."""
        prompt, key = (
            recorded.prompt,
            str(recorded.body.get("prompt_cache_key") or recorded.headers.get("x-grok-conv-id") or ""),
        )
        earlier = self._prompts.setdefault(key, []) if key else []
        recorded.input_tokens = account.count_input(prompt)
        recorded.cached_tokens = account.cached_tokens(earlier, prompt)
        earlier.append(prompt)

    def _frames(self, recorded: Recorded, reply: Reply, served: str) -> list[wire.Frame]:
        responses = recorded.endpoint == "responses"
        plan = wire.planned(reply, recorded.cap, cap_includes_reasoning=responses)
        usage = self._usage(recorded, reply, plan)
        identifier = str(uuid.uuid4())
        if responses:
            return wire.responses_frames(reply, plan, identifier=identifier, model=served, usage=usage)
        include = bool((recorded.body.get("stream_options") or {}).get("include_usage"))
        return wire.chat_frames(reply, plan, identifier=identifier, model=served, usage=usage, include_usage=include)

    def _usage(self, recorded: Recorded, reply: Reply, plan: wire.Plan) -> dict[str, Any] | None:
        if reply.usage == "missing":
            return None
        if isinstance(reply.usage, dict):
            return reply.usage
        thought, said = len(plan.reasoning), len(plan.text)
        cost = account.ticks(
            account.served(recorded.model), recorded.input_tokens, recorded.cached_tokens, thought + said
        )
        make = wire.responses_usage if recorded.endpoint == "responses" else wire.chat_usage
        return make(recorded.input_tokens, recorded.cached_tokens, thought + said, thought, cost)

    async def _write(self, writer: asyncio.StreamWriter, data: bytes, reply: Reply) -> None:
        step = reply.split_bytes or len(data)
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            writer.write(chunk(piece) if reply.chunked else piece)
            await writer.drain()
            if reply.split_bytes:
                await asyncio.sleep(0)


TEAM = "3f2c1d7e-9a4b-4c6d-8e5f-0a1b2c3d4e5f"


async def _send_plain(writer: asyncio.StreamWriter, reply: Reply) -> None:
    body = reply.body or b""
    writer.write(response_head(reply.status, {"content-length": str(len(body)), **reply.headers}) + body)
    await writer.drain()


__all__ = ["TEAM", "FakeXai", "Recorded", "plain"]
