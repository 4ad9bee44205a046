"""The ledger: no request is sent without a reservation of its worst case, and every reservation ends in what was really
used.

Two limits: tokens of a session, and money of a day (the local calendar day on which the request was reserved). Money is
counted in whole nano-dollars. Both limits are checked and held in one atomic step of the store, across all processes
that share it. A process that dies between the two leaves a reservation that expires: it is then booked as spent in full
(status ``lost``), because the endpoint may have billed it; so a limit is never passed, and no leak blocks for longer
than the session or the day that it belongs to.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
import uuid
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from grok_ls.errors import BudgetExceeded
from grok_ls.record import Record, from_json, to_json
from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, Store
from grok_ls.usage import Usage

__all__ = ["Ledger", "LimitNear", "Limits", "Record", "Reservation", "SessionUse", "Settlement", "Usage"]

T = TypeVar("T")

SESSION_SETTING = "grok.budget.sessionTokens"
DAILY_SETTING = "grok.budget.dailyUsd"

NANO = 1_000_000_000
_UNKNOWN_NANO = 1
# Longer than any job may take (grok.timeout.total is 600 s, with retries on top).
RESERVATION_TTL_S = 1800.0
KEEP_DAYS = 90.0
_DAY_S = 86_400.0
_TOLD_FOR_S = 40 * _DAY_S
_SEAL = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """``session_tokens``: input + output, 0 = unlimited. ``daily_usd``: ``None`` = unlimited, 0 = nothing that may
    cost. ``warn_at``: share of either at which the user is told once. ``keep_days``: what is older is forgotten by the
    way.
    """

    session_tokens: int = 200_000
    daily_usd: float | None = 10.0
    warn_at: float = 0.8
    keep_days: float = KEEP_DAYS


@dataclass(frozen=True, slots=True)
class Reservation:
    """Leave to spend: ``input_tokens`` (upper estimate) + ``max_output_tokens``. Only ``Ledger.reserve`` makes one
    (sealed).
    """

    id: str
    session: str
    input_tokens: int
    max_output_tokens: int
    hold: Hold = field(repr=False)
    limits: Limits = field(repr=False)
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("Only Ledger.reserve makes a Reservation")


@dataclass(frozen=True, slots=True)
class SessionUse:
    """Tokens spent and reserved, and the money of what is known to have cost some."""

    tokens: int
    reserved: int
    cost_usd: float


@dataclass(frozen=True, slots=True)
class LimitNear:
    """``warn_at`` of a limit is reached. ``message`` is one sentence for the user."""

    setting: str
    message: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """``booked`` is false if the reservation had been settled before. ``warnings``: at most one a limit, each told
    once.
    """

    booked: bool
    record: Record
    warnings: tuple[LimitNear, ...] = ()


class Ledger:
    """Over one store. ``now`` gives unix seconds; days are local to this machine. Cancelling a call never loses what it
    books. What is older than ``Limits.keep_days`` is forgotten at the first settlement of a day.
    """

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], float] = time.time,
        reservation_ttl_s: float = RESERVATION_TTL_S,
    ) -> None:
        self._store = store
        self._now = now
        self._pruned = ""
        self._allowed = ("", 0.0)
        self._ttl_s = reservation_ttl_s
        self._running: set[asyncio.Task[Any]] = set()

    async def reserve(
        self,
        session: str,
        limits: Limits,
        *,
        input_tokens: int,
        max_output_tokens: int,
        worst_usd: float | None,
        about: Record | None = None,
    ) -> Reservation:
        """Hold the worst case of one request, or raise ``BudgetExceeded``.

        ``worst_usd``: what it costs at most; ``None`` = price unknown: then tokens alone are held, and it is refused
        only where the day's limit is reached already. ``about``: what is known of the request so far, for the record
        should this process die.
        """
        if input_tokens < 0 or max_output_tokens < 0:
            raise ValueError(f"a reservation of {input_tokens} + {max_output_tokens} tokens")
        id_, now = uuid.uuid4().hex, self._now()
        tokens = input_tokens + max_output_tokens
        claims = (
            Claim(_session_tokens(session), tokens, limits.session_tokens or None),
            Claim(_daily_nano(now), _worst_nano(worst_usd), _ceiling_nano(self.daily_limit(limits.daily_usd))),
            Claim(_session_nano(session), _worst_nano(worst_usd)),
        )
        worst = Usage(input_tokens=input_tokens, output_tokens=max_output_tokens, cost_usd=worst_usd, estimated=True)
        about = about or Record(job="", action="", endpoint="", model="", status="lost")
        lost = replace(about, id=id_, session=session, at=now, status="lost", usage=worst)
        hold = Hold(id_, claims, now, now + self._ttl_s, Row(id_, now, to_json(lost)))
        outcome = await self._hold(hold)
        if isinstance(outcome, Denied):
            raise _exceeded(outcome, limits)
        return Reservation(id_, session, input_tokens, max_output_tokens, hold, limits, _SEAL)

    async def settle(self, reservation: Reservation, record: Record, *more: Reservation) -> Settlement:
        """Book what was really used, even if it is more than was reserved. A second call changes nothing. ``more`` are the reservations
        of repeated attempts, whose use is part of the record.

        A count that is ``None`` in ``record.usage`` is booked as it was reserved: what nobody reported may have been
        billed. Only a request that ``failed`` or was ``refused`` and has no count at all is booked as 0: endpoints do
        not bill those.
        """
        return await self._keep(self._settle(reservation, record, more))

    async def release(self, reservation: Reservation) -> None:
        """Give back a reservation for which nothing was sent."""
        await self._keep(self._store.settle(reservation.hold))

    async def note(self, session: str, record: Record) -> Record:
        """Keep the record of a request that cost nothing and needed no reservation, such as a cache hit."""
        kept = replace(record, id=uuid.uuid4().hex, session=session, at=record.at or self._now())
        await self._keep(self._store.append(Row(kept.id, kept.at, to_json(kept))))
        return kept

    async def session(self, session: str) -> SessionUse:
        tokens, nano = await self._store.levels((_session_tokens(session), _session_nano(session)))
        return SessionUse(tokens.spent, tokens.held, nano.spent / NANO)

    def daily_limit(self, usd: float | None) -> float | None:
        """Today's limit in dollars: ``usd``, and what the user allowed besides."""
        day, more_usd = self._allowed
        return usd if usd is None or day != day_of(self._now()) else usd + more_usd

    def allow_today(self, more_usd: float) -> None:
        """The user's answer to the question at the limit of the day. It ends at midnight, or with this process."""
        today = day_of(self._now())
        day, before_usd = self._allowed
        self._allowed = (today, more_usd + (before_usd if day == today else 0.0))

    async def today_usd(self) -> float:
        """Money spent on the local calendar day, reservations not included."""
        (level,) = await self._store.levels((_daily_nano(self._now()),))
        return level.spent / NANO

    async def reset(self, session: str) -> None:
        """Start a new count of the session. Money of the day stays, and so does what running jobs have reserved."""
        for counter in (_session_tokens(session), _session_nano(session)):
            await self._keep(self._store.reset(counter))
        await self._keep(self._store.put(_told(_session_tokens(session)), "", 0.0))

    async def records(self, since: float = 0.0, until: float = math.inf) -> tuple[Record, ...]:
        """Oldest first; rows that are no records (of another program, or damaged) are passed over."""
        rows = await self._store.rows(since, until)
        return tuple(record for record in (from_json(row.body) for row in rows) if record is not None)

    async def prune(self, keep_days: float) -> int:
        """Forget records older than that (a day at least), and counts of which nothing was heard for ninety days and as long; gives how
        many records went.
        """
        return await self._keep(self._store.prune(max(1.0, keep_days) * _DAY_S))

    async def purge(self) -> bool:
        """Delete all stored data: counts, records and cached answers. False if that could not be done now: the store
        has said why, and does it as soon as it can in this process.
        """
        return await self._keep(self._store.purge())

    async def aclose(self) -> None:
        """Wait for bookings whose callers were cancelled. The store is its owner's to close."""
        # Finished tasks stay in the set until a callback ran; since Python 3.12 waiting for them lets none run.
        while pending := [task for task in self._running if not task.done()]:
            await asyncio.wait(pending)

    async def _hold(self, hold: Hold) -> tuple[Level, ...] | Denied:
        """Reserve; if the caller is cancelled while the store works, what it then holds is given back: nobody will ever
        use it.
        """
        task = asyncio.ensure_future(self._keep(self._store.reserve(hold)))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._spawn(self._give_back(task, hold))
            raise

    async def _give_back(self, task: asyncio.Future[tuple[Level, ...] | Denied], hold: Hold) -> None:
        if not isinstance(await task, Denied):
            await self._store.settle(hold)

    async def _settle(self, reservation: Reservation, record: Record, more: Sequence[Reservation]) -> Settlement:
        hold = reservation.hold
        session_tokens, day, session_nano = hold.claims
        tokens, nano = _used(reservation, record)
        kept = replace(record, id=reservation.id, session=reservation.session, at=hold.made_at)
        settled = await self._store.settle(
            hold,
            (Charge(session_tokens.counter, tokens), Charge(day.counter, nano), Charge(session_nano.counter, nano)),
            Row(kept.id, kept.at, to_json(kept)),
        )
        # Only now: a limit may be held twice for a moment, and never be free before it is booked.
        for other in more:
            await self._store.settle(other.hold)
        if self._pruned != (today := day_of(self._now())):
            self._pruned = today
            self._spawn(self.prune(reservation.limits.keep_days))
        if not settled.booked:
            return Settlement(False, kept)
        return Settlement(True, kept, await self._warnings(settled.levels, hold.claims, reservation.limits))

    async def _warnings(
        self, levels: tuple[Level, ...], claims: tuple[Claim, ...], limits: Limits
    ) -> tuple[LimitNear, ...]:
        ceilings = {claim.counter: claim.ceiling for claim in claims if claim.ceiling}
        warnings = []
        for level in levels:
            ceiling = ceilings.get(level.counter)
            if ceiling is None or level.spent < ceiling * limits.warn_at:
                continue
            told = _told(level.counter)
            if await self._store.get(told) != str(ceiling):
                await self._store.put(told, str(ceiling), _TOLD_FOR_S)
                warnings.append(_near(level, ceiling))
        return tuple(warnings)

    async def _keep(self, work: Coroutine[Any, Any, T]) -> T:
        """``work`` in a task that outlives a cancelled caller; ``aclose`` waits for it."""
        return await asyncio.shield(self._spawn(work))

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


def day_of(at: float) -> str:
    """The local calendar day of a unix time: ``2026-11-21``."""
    return time.strftime("%Y-%m-%d", time.localtime(at))


def _session_tokens(session: str) -> str:
    return f"tokens:session:{_key(session)}"


def _session_nano(session: str) -> str:
    return f"nano:session:{_key(session)}"


def _key(session: str) -> str:
    """Sessions are named by clients: by any text of any length."""
    return hashlib.sha256(session.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _daily_nano(at: float) -> str:
    return f"nano:day:{day_of(at)}"


def _told(counter: str) -> str:
    return f"told:{counter}"


def _or(count: int | None, otherwise: int) -> int:
    return otherwise if count is None else max(0, count)


def _used(reservation: Reservation, record: Record) -> tuple[int, int]:
    """Tokens and nano-dollars to book."""
    used, worst_nano = record.usage, reservation.hold.claims[1].amount
    cost = used.cost_usd if used.cost_usd is not None and math.isfinite(used.cost_usd) else None
    nano = None if cost is None else round(max(0.0, cost) * NANO)
    if record.status in ("failed", "refused") and used.input_tokens is None and used.output_tokens is None:
        return 0, nano or 0
    tokens = _or(used.input_tokens, reservation.input_tokens) + _or(used.output_tokens, reservation.max_output_tokens)
    if nano is None:
        nano = 0 if worst_nano == _UNKNOWN_NANO else worst_nano
    return tokens, nano


def _worst_nano(usd: float | None) -> int:
    """Rounded up. An unknown price holds the smallest sum there is, which fits unless the limit is reached."""
    return _UNKNOWN_NANO if usd is None else math.ceil(max(0.0, usd) * NANO)


def _ceiling_nano(usd: float | None) -> int | None:
    return None if usd is None else math.floor(max(0.0, usd) * NANO)


def _exceeded(denied: Denied, limits: Limits) -> BudgetExceeded:
    claim, level = denied.claim, denied.level
    of_session = claim.counter.startswith("tokens:")
    setting = SESSION_SETTING if of_session else DAILY_SETTING
    unit: Callable[[int], str] = _tokens if of_session else _money
    what = "the session limit" if of_session else "today's limit"
    ceiling = claim.ceiling or 0
    if claim.amount > ceiling:
        message = (
            f"This request may use up to {unit(claim.amount)}, more than {what} of {unit(ceiling)} ({setting}): "
            "raise that setting, or choose less code or a smaller grok.maxOutputTokens."
        )
        return BudgetExceeded(message, setting=setting, raise_by_usd=None if of_session else _more_usd(denied, limits))
    running = f", {unit(level.held)} are reserved by running jobs" if level.held else ""
    otherwise = "reset the session count (grok.resetBudget)" if of_session else "go on tomorrow"
    message = (
        f"Of {what} of {unit(ceiling)} ({setting}), {unit(level.spent)} are spent{running}, and this request may use "
        f"up to {unit(claim.amount)} more: raise that setting or {otherwise}."
    )
    return BudgetExceeded(
        message, setting=setting, reset_helps=of_session, raise_by_usd=None if of_session else _more_usd(denied, limits)
    )


def _more_usd(denied: Denied, limits: Limits) -> float | None:
    """Half of the limit, or what the request lacks if that is more, in whole cents; ``None`` where nothing may cost."""
    if not limits.daily_usd:
        return None
    short = denied.level.spent + denied.level.held + denied.claim.amount - (denied.claim.ceiling or 0)
    cent = NANO // 100
    return math.ceil(max(round(limits.daily_usd * NANO / 2), short) / cent) / 100


def _near(level: Level, ceiling: int) -> LimitNear:
    share = level.spent * 100 // ceiling
    if level.counter.startswith("tokens:"):
        message = (
            f"This session has used {share} % of its {_tokens(ceiling)}: raise {SESSION_SETTING} or reset the session "
            "count (grok.resetBudget) before it runs out."
        )
        return LimitNear(SESSION_SETTING, message)
    message = (
        f"Today's requests have cost {_money(level.spent)}, {share} % of the limit of {_money(ceiling)}: "
        f"raise {DAILY_SETTING} if you need more today."
    )
    return LimitNear(DAILY_SETTING, message)


def _tokens(count: int) -> str:
    return f"{count:,} token{'' if count == 1 else 's'}"


def _money(nano: int) -> str:
    """Dollars with as many digits as tell small sums apart."""
    usd = nano / NANO
    if nano == 0:
        return "$0"
    return f"${usd:,.2f}" if usd >= 0.1 else f"${usd:.2g}" if usd >= 0.0001 else f"${usd:.9f}".rstrip("0")
