"""A team at work: every developer has a server with its own connection to one Redis, its own ledger, gate, pace and retries."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

from grok_ls.budget import Ledger, Limits
from grok_ls.errors import GrokError
from grok_ls.prompts.prompt import Message, Prompt
from grok_ls.provider import catalogue
from grok_ls.provider.base import Call, Finished, Provider, Started, TextDelta, Timeouts
from grok_ls.provider.breaker import Breaker, Breaking
from grok_ls.provider.limits import Limited, LocalPlaces, Pace, Places, SharedPlaces
from grok_ls.provider.retry import Retrying
from grok_ls.record import Record, RequestStatus
from grok_ls.redaction.redact import Vocabulary, redact
from grok_ls.storage.base import Store
from grok_ls.storage.gate import Gate
from grok_ls.storage.memory import MemoryStore
from grok_ls.usage import Usage
from tests.benchmarks.teams.endpoint import MODEL, Endpoint, Key
from tests.benchmarks.teams.virtual import CountedRedis, VirtualLoop, info, run

_PROMPT_CHARACTERS = (4_000, 12_000, 30_000)


@dataclass(frozen=True, slots=True)
class Plan:
    """``every_s``: a developer's mean time between two wishes; ``rush_s``: when all ask within ten seconds, ``None`` = never.

    ``redis``: its address; ``None`` = each developer by itself, as with ``grok.storage`` = ``sqlite``.
    """

    developers: int
    minutes: float
    every_s: float
    key: tuple[int, int, int]
    concurrency: int
    per_minute: int
    daily_usd: float
    redis: str | None
    rush_s: float | None = None
    cancelled_share: float = 0.08
    seed: int = 7


@dataclass
class Developer:
    """What happened to one of them. Waits are from the wish to the accepted request."""

    wished: int = 0
    answered: int = 0
    waits_s: list[float] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    plan: Plan
    developers: tuple[Developer, ...]
    key: Key
    booked_usd: float
    most_booked_usd: float
    records: int
    redis_questions: int
    redis_peak_per_s: float
    redis_bytes: float
    redis_cpu_s: float

    @property
    def wished(self) -> int:
        return sum(one.wished for one in self.developers)

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.developers)

    def failures(self, code: str) -> int:
        return sum(one.failed.get(code, 0) for one in self.developers)

    @property
    def share_429(self) -> float:
        asked = self.key.accepted + self.key.turned_down
        return self.key.turned_down / asked if asked else 0.0

    def wait_s(self, share: float) -> float:
        """Over all requests that began."""
        return _quantile([wait for one in self.developers for wait in one.waits_s], share)

    def p95_of(self, share: float) -> float:
        """The p95 wait of the developer at that place when all are ordered by it: 0.5 the middle one, 1 the unluckiest."""
        return _quantile([_quantile(one.waits_s, 0.95) for one in self.developers if one.waits_s], share)

    @property
    def jain(self) -> float:
        """Jain's index of the share of wishes that began: 1 = all alike, 1/n = one got everything."""
        shares = [len(one.waits_s) / one.wished for one in self.developers if one.wished]
        squares = sum(share * share for share in shares)
        return sum(shares) ** 2 / (len(shares) * squares) if squares else 0.0


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def prompts() -> tuple[Prompt, ...]:
    vocabulary = Vocabulary(b"0" * 16)
    return tuple(
        Prompt("teams", (Message("user", redact("x = 1\n" * (size // 6), vocabulary)),)) for size in _PROMPT_CHARACTERS
    )


class Desk:
    """One developer's editor and server."""

    def __init__(
        self, number: int, plan: Plan, key: Key, store: Store, loop: VirtualLoop, asked: tuple[Prompt, ...]
    ) -> None:
        self.dice = random.Random(f"{plan.seed}/{number}")
        self.seen = Developer()
        self._number, self._plan, self._loop, self._asked = number, plan, loop, asked
        self._limits = Limits(session_tokens=0, daily_usd=plan.daily_usd)
        self.ledger = Ledger(store, now=loop.wall)
        places: Places = LocalPlaces("api.x.ai", now=loop.time)
        if plan.redis:
            places = SharedPlaces(Gate(store, "api.x.ai", now=loop.wall), places, at_once=plan.concurrency)
        pace = Pace(plan.concurrency, now=loop.time)
        limited = Limited(Endpoint(key, self.dice), places, pace, per_minute=plan.per_minute)
        breaking = Breaking(limited, Breaker(now=loop.time), "api.x.ai")
        self._provider: Provider = Retrying(breaking)

    async def work(self) -> None:
        """Wishes come at random; who waits for an answer does not wish for another."""
        end, rush = self._plan.minutes * 60, self._plan.rush_s
        next_s = self.dice.expovariate(1 / self._plan.every_s)
        while next_s < end:
            if rush is not None and self._loop.time() <= rush < next_s:
                next_s, rush = rush + self.dice.uniform(0, 10), None
            await asyncio.sleep(max(0.0, next_s - self._loop.time()))
            self.seen.wished += 1
            try:
                await self._ask()
            except GrokError as error:
                self.seen.failed[error.code] = self.seen.failed.get(error.code, 0) + 1
            next_s = self._loop.time() + self.dice.expovariate(1 / self._plan.every_s)

    async def _ask(self) -> None:
        """As the engine does: reserve the worst case, stream, settle what is known."""
        prompt = self.dice.choice(self._asked)
        tokens = prompt.estimated_tokens()
        reservation = await self.ledger.reserve(
            f"developer {self._number}",
            self._limits,
            input_tokens=tokens,
            max_output_tokens=4096,
            worst_usd=catalogue.worst_cost_usd(MODEL, tokens, 4096),
        )
        wished_s = self._loop.time()
        gives_up = self.dice.random() < self._plan.cancelled_share
        status: RequestStatus = "cancelled"
        usage, began, written = Usage(input_tokens=0, output_tokens=0, cost_usd=0.0), False, 0
        try:
            call = Call(MODEL, timeouts=Timeouts())
            async with contextlib.aclosing(self._provider.stream(prompt, reservation, call)) as events:
                async for event in events:
                    if isinstance(event, Started):
                        began = True
                        self.seen.waits_s.append(self._loop.time() - wished_s)
                    elif isinstance(event, TextDelta):
                        written += len(event.text)
                        if gives_up:
                            break
                    elif isinstance(event, Finished) and event.usage is not None:
                        status, usage = "answered", event.usage
            self.seen.answered += status == "answered"
        except GrokError:
            status = "failed"
            raise
        finally:
            if status == "cancelled" and began:
                estimate = Usage(input_tokens=tokens, cached_tokens=0, output_tokens=-(-written // 3), estimated=True)
                usage = catalogue.priced(estimate, MODEL)
            await self.ledger.settle(reservation, Record("job", "fix", "api.x.ai", MODEL, status, usage=usage))


async def _simulate(plan: Plan, loop: VirtualLoop) -> Outcome:
    key, asked = Key(*plan.key), prompts()
    stores: list[Store] = [
        CountedRedis(plan.redis, loop) if plan.redis else MemoryStore(loop.wall) for _ in range(plan.developers)
    ]
    watcher = stores[0]
    if plan.redis:
        await watcher.purge()
    desks = [Desk(number, plan, key, store, loop, asked) for number, store in enumerate(stores)]
    used_before = await _redis_use(plan, loop)
    await asyncio.gather(*(desk.work() for desk in desks))
    booked = [await desk.ledger.today_usd() for desk in (desks[:1] if plan.redis else desks)]
    records = sum([len(await desk.ledger.records()) for desk in (desks[:1] if plan.redis else desks)])
    used = await _redis_use(plan, loop)
    for desk, store in zip(desks, stores, strict=True):
        await desk.ledger.aclose()
        await store.aclose()
    return Outcome(
        plan,
        tuple(desk.seen for desk in desks),
        key,
        sum(booked),
        max(booked),
        records,
        loop.questions.total(),
        max(loop.questions.values(), default=0) / 60,
        used[0],
        used[1] - used_before[1],
    )


async def _redis_use(plan: Plan, loop: VirtualLoop) -> tuple[float, float]:
    if plan.redis is None:
        return 0.0, 0.0
    from redis.asyncio import Redis

    client = Redis.from_url(plan.redis)
    loop.asked += 1
    try:
        return info(await client.info())
    finally:
        await client.aclose()
        loop.asked -= 1


def simulate(plan: Plan) -> Outcome:
    # The pauses of retries are drawn from it.
    random.seed(plan.seed)
    return run(lambda loop: _simulate(plan, loop))
