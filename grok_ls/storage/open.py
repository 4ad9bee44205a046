"""From the setting ``grok.storage`` to a store that never fails. Opens nothing and imports no adapter but memory: that
is for the first use.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from grok_ls.storage.base import Store
from grok_ls.storage.degrading import DegradingStore
from grok_ls.storage.memory import MemoryStore

_SQLITE_MEANWHILE = (
    "usage is counted in memory for now and written down as soon as it works again; limits still hold in this session."
)
_SQLITE_AGAIN = (
    "The ledger can be written again: what was counted in memory meanwhile is in it, and limits hold for all sessions."
)
_REDIS_MEANWHILE = "limits are counted on this machine alone until it is back; check grok.storage if it stays away."
_REDIS_AGAIN = (
    "Redis is back: what was counted on this machine meanwhile is written down, and limits are the team's again."
)


def open_store(
    spec: str,
    data_dir: Path,
    on_problem: Callable[[str], None],
    *,
    on_return: Callable[[str], None] = lambda _: None,
    now: Callable[[], float] | None = None,
) -> Store:
    """``spec`` is ``sqlite`` (in ``data_dir``), ``memory`` or ``redis://…`` (``rediss://``, ``unix://``).

    ``on_problem`` gets one sentence for the user for each kind of trouble, ``on_return`` one when it is over, both on the
    event loop. ``now`` (unix seconds) takes the place of this machine's clock, and of the Redis server's.
    """
    here = now or time.time
    if spec == "memory":
        return MemoryStore(here)
    if spec.startswith(("redis://", "rediss://", "unix://")):
        from grok_ls.storage.redis import RedisStore

        return DegradingStore(
            RedisStore(spec, now=now),
            on_problem,
            meanwhile=_REDIS_MEANWHILE,
            again=_REDIS_AGAIN,
            on_return=on_return,
            now=here,
        )
    from grok_ls.storage.sqlite import FILE_NAME, SqliteStore

    if spec != "sqlite":
        on_problem("grok.storage is none of sqlite, memory and redis://…, so sqlite is used; correct the setting.")
    return DegradingStore(
        SqliteStore(data_dir / FILE_NAME, now=here),
        on_problem,
        meanwhile=_SQLITE_MEANWHILE,
        again=_SQLITE_AGAIN,
        on_return=on_return,
        now=here,
    )
