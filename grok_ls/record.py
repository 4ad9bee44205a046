"""One request to a model as the ledger keeps it: counts, times and names; never a word of the user's files. Unknown is
``None``, not 0.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import Any, Literal, get_args

from grok_ls.usage import Usage

# answered: the stream ended well. lost: the process died between reserve and settle, and the worst case is booked.
RequestStatus = Literal["answered", "cancelled", "failed", "refused", "lost"]
CacheState = Literal["hit", "miss", "off"]
_NOTHING_KNOWN = Usage()
_YEAR_9999 = 253_370_764_800.0


@dataclass(frozen=True, slots=True)
class Record:
    """``at``: unix seconds when it was reserved; ``endpoint``: host name alone; ``code``: of ``errors.Code``;
    ``kind`` the same in finer words (``errors.Kind``) where an endpoint failed; ``retries``: requests that were repeated before this one
    ended; ``request_id``: the endpoint's own name of it, for its support. ``id`` and ``session`` are the ledger's to fill in.
    """

    job: str
    action: str
    endpoint: str
    model: str
    status: RequestStatus
    served_model: str | None = None
    usage: Usage = _NOTHING_KNOWN
    first_event_ms: int | None = None
    first_token_ms: int | None = None
    total_ms: int | None = None
    code: str | None = None
    kind: str | None = None
    request_id: str | None = None
    retries: int = 0
    rate_limited: int = 0
    cache: CacheState = "off"
    prompt_version: str = ""
    at: float = 0.0
    session: str = ""
    id: str = ""


def to_json(record: Record) -> str:
    """One line; the fields of ``usage`` stand beside the others."""
    flat = asdict(record)
    flat |= flat.pop("usage")
    return json.dumps(flat, ensure_ascii=True, separators=(",", ":"))


def from_json(body: str) -> Record | None:
    """The record, or ``None`` if this is none. Fields of a later version are passed over."""
    try:
        flat = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(flat, dict):
        return None
    try:
        usage = Usage(**{name: _checked(flat[name], kind) for name, kind in _USAGE.items() if name in flat})
        own: dict[str, Any] = {name: _checked(flat[name], kind) for name, kind in _OWN.items() if name in flat}
        record = Record(**own, usage=usage)
    except TypeError:
        return None
    known = record.status in get_args(RequestStatus) and record.cache in get_args(CacheState)
    return record if known and 0 <= record.at < _YEAR_9999 else None


_INT, _FLOAT, _TEXT = (int, type(None)), (int, float, type(None)), (str, type(None))
_USAGE: dict[str, tuple[type, ...]] = {
    "input_tokens": _INT,
    "cached_tokens": _INT,
    "output_tokens": _INT,
    "reasoning_tokens": _INT,
    "cost_usd": _FLOAT,
    "estimated": (bool,),
}
_OWN: dict[str, tuple[type, ...]] = {
    **{field.name: (str,) for field in fields(Record) if field.name != "usage"},
    "served_model": _TEXT,
    "code": _TEXT,
    "kind": _TEXT,
    "request_id": _TEXT,
    "first_event_ms": _INT,
    "first_token_ms": _INT,
    "total_ms": _INT,
    "retries": (int,),
    "rate_limited": (int,),
    "at": (int, float),
}


def _checked(value: object, kinds: tuple[type, ...]) -> Any:
    odd = isinstance(value, float) and not isfinite(value)
    if odd or not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TypeError(f"{value!r} is none of {kinds}")
    return value
