"""What one request of the model used, as far as is known while it runs and afterwards, and the ledger's record of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from grok_ls.engine.values import Report, Request
from grok_ls.prompts.prompt import estimate_tokens
from grok_ls.provider import catalogue
from grok_ls.record import Record, RequestStatus
from grok_ls.usage import Usage, added


@dataclass(slots=True)
class Spent:
    """One request as it runs: what was received, and what the endpoint said of it."""

    estimated_input: int
    # The endpoint bills no more than what it was told to write at most, whatever a broken stream holds.
    most_output: int
    text: list[str] = field(default_factory=list)
    reasoning_characters: int = 0
    usage: Usage | None = None
    # What attempts cost that failed and were repeated.
    lost: Usage | None = None
    served_model: str | None = None
    request_id: str | None = None
    # Why another endpoint answers than the one that was asked first.
    because: str = ""
    sent: bool = False
    retries: int = 0
    rate_limited: int = 0
    first_event_ms: int | None = None
    first_token_ms: int | None = None

    def booked(self, model: catalogue.Model | None) -> Usage:
        """The endpoint's own count, else an estimate of what was sent and streamed, flagged as such, at the prices of
        ``model``; and what failed attempts cost.
        """
        last = self._last(model)
        if self.lost is None:
            return last
        return added(last.filled(self.estimated_input, self.most_output), self.lost) or last

    def _last(self, model: catalogue.Model | None) -> Usage:
        if self.usage is not None:
            return self.usage
        if not self.sent:
            return Usage(input_tokens=0, output_tokens=0, cost_usd=0.0, estimated=True)
        reasoning = -(-self.reasoning_characters // 3)
        output = min(estimate_tokens("".join(self.text)) + reasoning, self.most_output)
        usage = Usage(
            input_tokens=self.estimated_input, output_tokens=output, reasoning_tokens=reasoning or None, estimated=True
        )
        return usage if model is None else catalogue.priced(usage, model)


def record_of(
    request: Request,
    report: Report,
    status: RequestStatus,
    *,
    spent: Spent | None = None,
    usage: Usage | None = None,
    code: str | None = None,
    kind: str | None = None,
    total_ms: int | None = None,
) -> Record:
    return Record(
        job=request.job_id,
        action=request.action.name,
        endpoint=report.endpoint or host_of(request.settings.base_url),
        model=request.model,
        status=status,
        retries=spent.retries if spent is not None else 0,
        rate_limited=spent.rate_limited if spent is not None else 0,
        served_model=report.served_model,
        usage=usage or report.usage or Usage(),
        first_event_ms=spent.first_event_ms if spent is not None else None,
        first_token_ms=spent.first_token_ms if spent is not None else None,
        total_ms=total_ms,
        code=code,
        kind=kind,
        request_id=spent.request_id if spent is not None else None,
        cache=report.cache,
        prompt_version=report.prompt_version,
    )


def host_of(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]
