"""The port: texts that expire, counters with ceilings, and rows that are only ever appended. Knows no tokens, money or
days.

A counter has what is ``spent`` and what is ``held``. ``reserve`` holds amounts on several counters in one atomic step,
or none of them; ``settle`` replaces the hold by what was really used, in one atomic step with its row. A hold that is
neither settled nor released by ``expires_at`` (its process died) is *lost*: whoever looks next books the held amounts
as spent and appends the hold's ``lost`` row. A settlement that comes after that takes the booking back and books the
truth. So a counter can be too high for a while but never too low, and clocks that disagree cost nothing: who expires a
living hold early is corrected by its settlement. A hold without ``lost`` (a place in a queue, say) is let go instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from grok_ls.errors import GrokError


@dataclass(frozen=True, slots=True)
class Claim:
    """Wish to hold ``amount`` (>= 0) on a counter whose spent + held must not pass ``ceiling`` by it (``None`` = no
    ceiling).
    """

    counter: str
    amount: int
    ceiling: int | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """``amount`` (>= 0) that was really used. Booked even where it passes a ceiling: it is the truth."""

    counter: str
    amount: int


@dataclass(frozen=True, slots=True)
class Row:
    """One usage record: unique ``id``, unix time in seconds, and its JSON, which no store looks into."""

    id: str
    at: float
    body: str


@dataclass(frozen=True, slots=True)
class Hold:
    """``made_at`` and ``expires_at`` in unix seconds; ``lost`` (same id) is the row to book if nobody settles the hold
    in time.
    """

    id: str
    claims: tuple[Claim, ...]
    made_at: float
    expires_at: float
    lost: Row | None = None


@dataclass(frozen=True, slots=True)
class Level:
    counter: str
    spent: int
    held: int


@dataclass(frozen=True, slots=True)
class Denied:
    """The first claim that does not fit, and where its counter stands. Nothing was held."""

    claim: Claim
    level: Level


@dataclass(frozen=True, slots=True)
class Settled:
    """``booked`` is false if this hold had been settled before: then nothing was changed. ``levels``: of its counters,
    after it.
    """

    booked: bool
    levels: tuple[Level, ...]


class StoreFailed(GrokError):
    """A backend cannot do its work. Stays inside ``storage``: ``open_store`` answers it by going on in memory.

    ``kind`` names the trouble (``locked``, ``full``, ``unreachable``, ...) so that each is told once.
    """

    def __init__(self, message: str, *, kind: str, detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.kind = kind


class Store(Protocol):
    """What ``open_store`` gives never raises and never waits more than some seconds; a bare adapter raises
    ``StoreFailed``.

    Cancelling a caller does not undo or lose what it asked for.
    """

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str, ttl_s: float | None = None) -> None:
        """Keep ``value`` for ``ttl_s`` seconds (``None`` = until ``purge``)."""

    async def trim(self, prefix: str, max_bytes: int) -> int:
        """Drop the oldest texts under ``prefix`` until at most ``max_bytes`` (UTF-8) of values stay; gives how many
        went.
        """

    async def reserve(self, hold: Hold, *also: Hold) -> tuple[Level, ...] | Denied:
        """Make all of these holds in one step, or none. No counter twice. The levels are those of all claims, in order. A
        store for several machines goes by its own clock: of the holds' times it takes the difference.
        """

    async def settle(self, hold: Hold, charges: Sequence[Charge] = (), row: Row | None = None) -> Settled:
        """End ``hold`` and book ``charges`` with ``row``; without both it is a release. A hold that the store does not
        know (it was made elsewhere, or purged) is booked all the same. ``row.id`` must be ``hold.id``: it is what makes
        a second call harmless.
        """

    async def levels(self, counters: Sequence[str]) -> tuple[Level, ...]: ...

    async def reset(self, counter: str) -> None:
        """Spent to 0. What running jobs hold stays held."""

    async def append(self, row: Row) -> None:
        """Keep ``row``, unless its id is there already."""

    async def rows(self, since: float, until: float = inf) -> tuple[Row, ...]:
        """Rows with ``since <= at < until``, oldest first."""

    async def prune(self, keep_s: float) -> int:
        """Delete rows that are older than that, and counters that nothing was spent on for as long (``age.COUNTERS_S`` at
        least) and nobody holds; gives how many rows went. A clock that has just jumped is not believed (``age``).
        """

    async def purge(self) -> bool:
        """Delete everything, so that nothing of it can be read from the disk either. False: what is there could not be
        deleted now.
        """

    async def aclose(self) -> None: ...
