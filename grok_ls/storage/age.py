"""How far a clock is believed before something is deleted by it. A machine whose clock was wrong for a day must not lose its counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

DAY_S: Final = 86_400.0
# Nobody works for that long without a request, or the clock is wrong: then it has to say the same on a third day of use.
GAP_S: Final = 30 * DAY_S
# Counters hold limits, and no text: they stay at least this long, however soon rows are forgotten.
COUNTERS_S: Final = 90 * DAY_S


def believed(now: float, newest_before: Callable[[float], float | None]) -> float:
    """``now``, or the time of the last row before the gap, if there is one of more than ``GAP_S`` before today's or the last day's rows.

    ``newest_before`` gives the time of the newest row before a time (unix seconds), ``None`` if there is none. Lua has its own copy
    (``redis_lua``).
    """
    at = now
    for _ in range(2):
        earlier = newest_before(at - at % DAY_S)
        if earlier is None:
            break
        if at - earlier > GAP_S:
            return earlier
        at = earlier
    return now
