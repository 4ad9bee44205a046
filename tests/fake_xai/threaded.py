"""The server in a thread of its own, for tests that are not asyncio."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from tests.fake_xai.reply import Reply, Responder
from tests.fake_xai.server import FakeXai, Recorded

T = TypeVar("T")


class FakeXaiThread:
    """``with FakeXaiThread() as fake``: the same names as ``FakeXai``, blocking. ``fake.inner`` is the server
    itself."""

    def __init__(self, **options: Any) -> None:
        self.inner = FakeXai(**options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake-xai", daemon=True)

    def __enter__(self) -> FakeXaiThread:
        self._thread.start()
        self._call(self.inner.start())
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self.inner.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work: Coroutine[Any, Any, T], timeout_s: float = 30.0) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s)

    @property
    def url(self) -> str:
        return self.inner.url

    @property
    def requests(self) -> list[Recorded]:
        return self.inner.requests

    @property
    def tokens_spent(self) -> int:
        return self.inner.tokens_spent

    def script(self, *replies: Reply | Responder) -> None:
        self._loop.call_soon_threadsafe(self.inner.script, *replies)

    def wait_for_request(self, n: int = 1) -> Recorded:
        return self._call(self.inner.wait_for_request(n))

    def wait_for_events(self, count: int, n: int = 1) -> Recorded:
        return self._call(self.inner.wait_for_events(count, n))

    def wait_for_end(self, n: int = 1) -> Recorded:
        return self._call(self.inner.wait_for_end(n))

    def wait_for_disconnect(self, n: int = 1) -> Recorded:
        return self._call(self.inner.wait_for_disconnect(n))
