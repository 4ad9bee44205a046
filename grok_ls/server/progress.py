"""What the user sees while a job runs: work-done progress and the ``grok/stream`` notification, each at most ten times a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from lsprotocol import types

from grok_ls.server.client import Client
from grok_ls.server.jobs import Job
from grok_ls.server.wire import STREAM, JobResult, StreamKind

_INTERVAL_S = 0.1


class Paced:
    """Calls ``flush`` at once, then at most once an interval, and never forgets the last call. Where ``flush`` gives false, it
    is called again.
    """

    def __init__(self, flush: Callable[[], bool]) -> None:
        self._flush = flush
        self._last_s = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        if self._timer is not None:
            return
        wait_s = self._last_s + _INTERVAL_S - time.monotonic()
        if wait_s <= 0:
            self._fire()
        else:
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._fire)

    def now(self) -> None:
        """Without waiting for the interval."""
        if self._timer is not None:
            self._timer.cancel()
        self._fire()

    def _fire(self) -> None:
        self._timer = None
        self._last_s = time.monotonic()
        if not self._flush():
            self._timer = asyncio.get_running_loop().call_later(_INTERVAL_S, self._fire)

    async def caught_up(self) -> None:
        """Until what is left was flushed, an interval at most: nobody waits for a client that lags."""
        if self._timer is not None:
            await asyncio.sleep(max(0.0, self._timer.when() - asyncio.get_running_loop().time()))
            if self.close():
                self._fire()

    def close(self) -> bool:
        """No more calls. True if one was still to come."""
        if self._timer is None:
            return False
        self._timer.cancel()
        self._timer = None
        return True


class Progress:
    """Work-done progress of one job on all tokens that ask for it (joined requests bring their own)."""

    def __init__(self, client: Client, title: str) -> None:
        self._client = client
        self._title = title
        self._message = ""
        self._tokens: list[str | int] = []
        self._ended = ""
        self._paced = Paced(self._report)

    def begin(self, token: str | int) -> None:
        value = types.WorkDoneProgressBegin(title=self._title, cancellable=True, message=self._message or None)
        self._client.progress(token, value)
        if self._ended:
            self._client.progress(token, types.WorkDoneProgressEnd(message=self._ended))
        else:
            self._tokens.append(token)

    def report(self, message: str) -> None:
        if message != self._message:
            self._message = message
            self._paced()

    async def shown(self) -> None:
        """Until the client was sent the last report."""
        await self._paced.caught_up()

    def _report(self) -> bool:
        if self._client.lags:
            return False
        for token in self._tokens:
            self._client.progress(token, types.WorkDoneProgressReport(message=self._message, cancellable=True))
        return True

    def end(self, message: str) -> None:
        if self._paced.close():
            self._report()
        self._ended = message
        for token in self._tokens:
            self._client.progress(token, types.WorkDoneProgressEnd(message=message))
        self._tokens.clear()


class Stream:
    """The ``grok/stream`` notifications of one job; silent for a client that did not ask for them."""

    def __init__(self, client: Client, job: Job, *, wanted: bool) -> None:
        self._client = client
        self._job = job
        self._wanted = wanted
        self._seq = 0
        self._pending: list[tuple[StreamKind, list[str]]] = []
        self._answers = False
        self._paced = Paced(self._flush)

    def begin(self) -> None:
        self._send("begin", "")

    def add(self, kind: StreamKind, delta: str) -> None:
        if not self._wanted or not delta:
            return
        if self._pending and self._pending[-1][0] == kind:
            # A status replaces the one before it, the other kinds go on where they stopped.
            if kind == "status":
                self._pending[-1][1].clear()
            self._pending[-1][1].append(delta)
        else:
            self._pending.append((kind, [delta]))
        if kind in ("text", "diff") and not self._answers:
            # The first word is what the user waits for; a status a moment before does not hold it up.
            self._answers = True
            self._paced.now()
        else:
            self._paced()

    def _flush(self) -> bool:
        """To a client that does not read, only later: what is added meanwhile becomes one message."""
        if self._client.lags:
            return False
        self._send_pending()
        return True

    def _send_pending(self) -> None:
        pending, self._pending = self._pending, []
        for kind, deltas in pending:
            self._send(kind, "".join(deltas))

    def end(self, result: JobResult) -> None:
        self._paced.close()
        self._send_pending()
        self._send("end", "", result)

    def _send(self, kind: StreamKind, delta: str, result: JobResult | None = None) -> None:
        if not self._wanted:
            return
        params = {
            "jobId": self._job.id,
            "action": self._job.action,
            "uri": self._job.uri,
            "kind": kind,
            "delta": delta,
            "seq": self._seq,
        }
        self._seq += 1
        if result is not None:
            params["result"] = result.to_json()
        self._client.notify(STREAM, params)
