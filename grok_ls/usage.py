"""What one request to a model used. Ground floor: the provider reports it, the ledger books it, the server shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace


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

    def filled(self, input_tokens: int, output_tokens: int) -> Usage:
        """With these counts, the most that they can be, where nobody reported one: in a sum an unknown count would be nothing."""
        if self.input_tokens is not None and self.output_tokens is not None:
            return self
        return replace(
            self,
            input_tokens=input_tokens if self.input_tokens is None else self.input_tokens,
            output_tokens=output_tokens if self.output_tokens is None else self.output_tokens,
            estimated=True,
        )


def added(one: Usage | None, other: Usage | None) -> Usage | None:
    """The sum of two requests. Tokens that one of them does not know count as nothing; money that one does not know makes that of both
    unknown, because it may be any.
    """
    if one is None or other is None:
        return one or other
    return Usage(
        input_tokens=_sum(one.input_tokens, other.input_tokens),
        cached_tokens=_sum(one.cached_tokens, other.cached_tokens),
        output_tokens=_sum(one.output_tokens, other.output_tokens),
        reasoning_tokens=_sum(one.reasoning_tokens, other.reasoning_tokens),
        cost_usd=None if one.cost_usd is None or other.cost_usd is None else one.cost_usd + other.cost_usd,
        estimated=one.estimated or other.estimated,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
