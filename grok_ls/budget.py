"""INTERFACE SKETCH, to be written by the owner of storage, budget and cache."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reservation:
    """Leave to spend: ``input_tokens`` (upper estimate) + ``max_output_tokens``. Only ``Ledger.reserve`` makes one (sealed)."""

    id: str
    session: str
    input_tokens: int
    max_output_tokens: int
