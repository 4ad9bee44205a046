"""What one request to a model used. Ground floor: the provider reports it, the ledger books it, the server shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money of one request, the same for every endpoint. A count that nobody reported is ``None``, never 0.

    ``input_tokens`` includes ``cached_tokens``; ``output_tokens`` includes ``reasoning_tokens`` (both are billed as output).
    ``cost_usd`` is the endpoint's own figure where it gives one, else computed from the catalogue, else ``None`` (unknown price).
    ``estimated`` says that the stream was cut before the endpoint reported, so the counts are ours.
    """

    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost_usd: float | None = None
    estimated: bool = False

    @property
    def billed_tokens(self) -> int:
        """What counts against a token budget: input + output, unknown parts as 0."""
        return (self.input_tokens or 0) + (self.output_tokens or 0)
