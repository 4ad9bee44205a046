"""The HTTP client under the SDK: what may leave as a header, how much may come in, which proxies and redirects are
used."""

from __future__ import annotations

import contextlib
import email.utils
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2

from grok_ls._version import __version__

# Headers that may leave; everything else, whoever set it, stays here.
_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-grok-conv-id",
    }
)
# The largest answer is 128k tokens, each an event of some 300 bytes, and the whole text three times at the end.
MOST_BYTES = 96 * 1024 * 1024
# No error needs more; what is longer is a page.
MOST_ERROR_BYTES = 1024 * 1024


def options(key: str, *, loopback: bool, most_bytes: int | None = None) -> dict[str, Any]:
    """Keyword arguments of ``httpx2.AsyncClient``.

    Redirects are not followed: the key would travel on. Proxies come from the environment, but not for loopback: a
    company's proxy cannot reach this machine, and the code is not its business.
    """
    most = MOST_BYTES if most_bytes is None else most_bytes

    async def guard(request: httpx2.Request) -> None:
        """The last word on headers: OPENAI_CUSTOM_HEADERS and its like cannot get past it."""
        for header in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[header]
        request.headers["authorization"] = f"Bearer {key}"
        request.headers["user-agent"] = f"grok-ls/{__version__}"

    async def bound(response: httpx2.Response) -> None:
        """Neither the SDK nor the client bounds a line, an event or a body."""
        kind = _Bounded if response.status_code == 200 else _Shortened
        response.stream = kind(response.stream, most if response.status_code == 200 else MOST_ERROR_BYTES)

    hooks = {"request": [guard], "response": [bound]}
    return {"follow_redirects": False, "trust_env": not loopback, "event_hooks": hooks}


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: Any, most: int) -> None:
        self._stream = stream
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for piece in self._stream:
            seen += len(piece)
            if seen > self._most:
                raise httpx2.ReadError(f"more than {self._most} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Shortened(_Bounded):
    """The body of an error: whatever came of it is enough, since the status speaks for itself."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with contextlib.suppress(httpx2.HTTPError):
            async for piece in super().__aiter__():
                yield piece


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """What ``retry-after-ms`` or ``retry-after`` (seconds or a date) asks for; ``None`` if nothing that makes sense."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            value = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        return value if 0 <= value < float("inf") else None
    try:
        until = email.utils.parsedate_to_datetime(headers.get("retry-after", ""))
        return max(0.0, until.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, OSError):
        return None
