"""A store for a team: one Redis (tested with 7.0) that several machines share. ``redis`` is imported at the first use.

Each step on counters is one Lua script, so it happens wholly or not at all. All keys share one hash tag and so live on
one node.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from grok_ls.loading import LOADING
from grok_ls.storage import redis_lua as lua
from grok_ls.storage.age import COUNTERS_S, GAP_S
from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, Settled, StoreFailed

if TYPE_CHECKING:
    from redis.asyncio import Redis

ANSWER_S = 2.0
# Counters nobody touched for that long are forgotten by the server itself.
COUNTER_TTL_S = int(COUNTERS_S)
# Rows in one step: the server serves nobody else meanwhile.
PAGE = 1000


class RedisStore:
    """``url`` as in ``grok.storage``; its user and password appear in no message. What has expired is decided by the
    server's clock, which is the same for all machines; ``now`` (unix seconds) is one in its place, for tests.
    """

    def __init__(self, url: str, *, now: Callable[[], float] | None = None, answer_s: float = ANSWER_S) -> None:
        self._url = url
        self._now = now
        self._answer_s = answer_s
        self._client: Redis | None = None

    async def get(self, key: str) -> str | None:
        found = await self._ask(lambda client: client.get(lua.text_key(key)))
        if found is None:
            return None
        expires_at, _, value = found.partition("\n")
        return value if self._now is None or float(expires_at) > self._now() else None

    async def put(self, key: str, value: str, ttl_s: float | None = None) -> None:
        await self._script(lua.PUT, key, value, "" if ttl_s is None else repr(ttl_s))

    async def trim(self, prefix: str, max_bytes: int) -> int:
        return int(await self._script(lua.TRIM, prefix, max_bytes))

    async def reserve(self, hold: Hold, *also: Hold) -> tuple[Level, ...] | Denied:
        arguments: list[str | float] = []
        for one in (hold, *also):
            lost = ("", "") if one.lost is None else (repr(one.lost.at), one.lost.body)
            arguments += [one.id, repr(one.expires_at - one.made_at), *lost, len(one.claims)]
            arguments += [part for claim in one.claims for part in (claim.counter, claim.amount, _ceiling(claim))]
        denied, *levels = await self._script(lua.RESERVE, *arguments)
        claims = [claim for one in (hold, *also) for claim in one.claims]
        if denied:
            claim = claims[denied - 1]
            return Denied(claim, _level(claim.counter, levels))
        return _levels([claim.counter for claim in claims], levels)

    async def settle(self, hold: Hold, charges: Sequence[Charge] = (), row: Row | None = None) -> Settled:
        back = [part for claim in hold.claims for part in (claim.counter, claim.amount)]
        booked = [part for charge in charges for part in (charge.counter, charge.amount)]
        body = ("", "") if row is None else (repr(row.at), row.body)
        done, *levels = await self._script(lua.SETTLE, hold.id, *body, len(hold.claims), *back, len(charges), *booked)
        counters = list(
            dict.fromkeys([claim.counter for claim in hold.claims] + [charge.counter for charge in charges])
        )
        return Settled(bool(done), _levels(counters, levels))

    async def levels(self, counters: Sequence[str]) -> tuple[Level, ...]:
        return _levels(list(counters), await self._script(lua.LEVELS, *counters))

    async def reset(self, counter: str) -> None:
        await self._ask(lambda client: client.delete(lua.spent_key(counter)))

    async def append(self, row: Row) -> None:
        await self._script(lua.APPEND, row.id, repr(row.at), row.body)

    async def rows(self, since: float, until: float = inf) -> tuple[Row, ...]:
        found: list[Row] = []
        while True:
            page = await self._script(
                lua.ROWS, repr(since), f"({until!r}" if until != inf else "+inf", len(found), PAGE
            )
            found += [Row(page[i], float(page[i + 1]), page[i + 2]) for i in range(0, len(page), 3)]
            if len(page) < 3 * PAGE:
                return tuple(found)

    async def prune(self, keep_s: float) -> int:
        return int(await self._script(lua.PRUNE, repr(keep_s), repr(max(keep_s, COUNTERS_S)), repr(GAP_S)))

    async def purge(self) -> bool:
        await self._script(lua.PURGE)
        return True

    async def aclose(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                async with asyncio.timeout(self._answer_s):
                    await client.aclose()
            except Exception as error:
                raise self._failure(error) from error

    async def _script(self, script: str, *arguments: str | float) -> Any:
        now = "" if self._now is None else repr(self._now())
        return await self._ask(
            lambda client: lua.run(client, script, [lua.PREFIX, str(COUNTER_TTL_S), now, *map(str, arguments)])
        )

    async def _ask(self, question: Callable[[Redis], Awaitable[Any]]) -> Any:
        """The answer of the server; ``StoreFailed`` for every failure, and when there is none in ``answer_s``."""
        try:
            client = self._client or await self._connected()
            async with asyncio.timeout(2 * self._answer_s):
                return await question(client)
        except Exception as error:
            raise self._failure(error) from error

    async def _connected(self) -> Redis:
        """A client. The import takes long enough to be felt, so it happens beside the event loop; nothing is connected
        yet.
        """
        made = await asyncio.to_thread(_client, self._url, self._answer_s)
        if self._client is None:
            self._client = made
        return self._client

    def _failure(self, error: Exception) -> StoreFailed:
        where, detail = _shown(self._url), type(error).__name__
        if not isinstance(error, ValueError):  # which quotes parts of the address
            detail += f": {error}"
        if isinstance(error, ImportError):
            return StoreFailed("grok.storage needs `pip install grok-ls[redis]`", kind="missing", detail=detail)
        from redis.exceptions import AuthenticationError, ConnectionError, ResponseError, TimeoutError

        if isinstance(error, AuthenticationError):
            return StoreFailed(
                f"Redis at {where} does not take the password in grok.storage", kind="auth", detail=detail
            )
        if isinstance(error, ConnectionError | TimeoutError | OSError | asyncio.TimeoutError):
            return StoreFailed(f"Redis at {where} does not answer", kind="unreachable", detail=detail)
        if isinstance(error, ResponseError):
            return StoreFailed(f"Redis at {where} refuses to store", kind="refused", detail=detail)
        if isinstance(error, ValueError):
            return StoreFailed("grok.storage is no address of a Redis server", kind="address", detail=detail)
        return StoreFailed(f"Redis at {where} cannot be used", kind="broken", detail=detail)


def _client(url: str, answer_s: float) -> Redis:
    with LOADING:
        from redis.asyncio import BlockingConnectionPool, Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=8,
        timeout=answer_s,
        decode_responses=True,
        socket_timeout=answer_s,
        socket_connect_timeout=answer_s,
        # No retry of its own: a script whose answer got lost may have run.
        retry=Retry(NoBackoff(), 0),
    )
    return Redis.from_pool(pool)


def _shown(url: str) -> str:
    """Host and port alone: the rest of the address may be a password."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port or 6379}" if parts.hostname else parts.path
    except ValueError:
        return "the address in grok.storage"


def _ceiling(claim: Claim) -> int:
    return -1 if claim.ceiling is None else claim.ceiling


def _levels(counters: Sequence[str], numbers: Sequence[Any]) -> tuple[Level, ...]:
    return tuple(_level(counter, numbers[2 * i : 2 * i + 2]) for i, counter in enumerate(counters))


def _level(counter: str, numbers: Sequence[Any]) -> Level:
    return Level(counter, int(numbers[0]), int(numbers[1]))
