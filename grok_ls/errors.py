"""Everything that can go wrong, grouped by what the user can do next.

::

    GrokError
    ├── ConfigError            a setting or the key is missing or wrong: change it
    ├── ContextError           the document may not or cannot be sent
    │   ├── ExcludedFile       an ignore file or the built-in list names it
    │   └── RedactionFailed    the redactor did not finish: nothing was sent
    ├── BudgetExceeded         raise or reset the limit that the message names
    ├── ProviderError          the endpoint said no, or nothing
    │   ├── AuthFailed         check the key
    │   ├── CreditsExhausted   top up the account
    │   ├── RateLimited        wait
    │   ├── ProviderTimeout    try again, or raise the timeout
    │   ├── ProviderUnavailable try again later
    │   ├── BadRequest         the endpoint did not take the request: settings or content
    │   │   └── NotFound       it does not know the model or the API: choose another
    │   ├── Refused            the model or its safety check declined
    │   └── Truncated          the answer was cut: raise the output limit
    ├── AnswerUnusable         the answer is not an edit of this document
    ├── DocumentChanged        the user typed where the edit goes
    └── EditRejected           the editor did not apply the edit

``str(error)`` is one sentence for the user: what happened, to what, what to do next. Cancellation is no error and not in this tree.
Expected outcomes of pure functions are values, not exceptions.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from grok_ls.usage import Usage

Status = Literal["refused", "failed"]
# Of an endpoint's failure, in records, metrics and docs/reliability.md: finer than the contract's code.
Kind = Literal[
    "auth",
    "credits",
    "rate_limited",
    "safety",
    "bad_request",
    "not_found",
    "timeout",
    "unavailable",
    "truncated",
]
Code = Literal[
    "budget_exceeded",
    "document_changed",
    "ambiguous_edit",
    "unmatched_edit",
    "truncated_answer",
    "syntax_broken",
    "edit_rejected",
    "excluded_file",
    "redaction_failed",
    "auth",
    "credits",
    "rate_limited",
    "timeout",
    "unavailable",
    "bad_request",
    "config",
    "internal",
]


class GrokError(Exception):
    """Root. ``code`` and ``status`` are those of the contract's results; ``detail`` goes to the log only (redacted there)."""

    code: Code = "internal"
    status: Status = "failed"

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class ConfigError(GrokError):
    code = "config"


class ContextError(GrokError):
    status = "refused"


class ExcludedFile(ContextError):
    code = "excluded_file"


class RedactionFailed(ContextError):
    code = "redaction_failed"


class BudgetExceeded(GrokError):
    """``setting`` is the limit to raise: grok.budget.sessionTokens or grok.budget.dailyUsd. ``reset_helps``: a new count of the session
    would let the request through. ``raise_by_usd``: so would so much more money today, which the user may be asked for.
    """

    code = "budget_exceeded"
    status = "refused"

    def __init__(
        self,
        message: str,
        *,
        detail: str = "",
        setting: str = "",
        reset_helps: bool = False,
        raise_by_usd: float | None = None,
    ) -> None:
        super().__init__(message, detail=detail)
        self.setting = setting
        self.reset_helps = reset_helps
        self.raise_by_usd = raise_by_usd


class ProviderError(GrokError):
    """``retryable``: the same request may succeed later; ``retry_after_s``: what the endpoint asked for, if it did; ``usage``: what was
    billed although the request failed, if the endpoint said so; ``billed``: the request had reached the model, so without ``usage`` the
    prompt has to be counted as spent."""

    code: Code = "unavailable"
    kind: ClassVar[Kind] = "unavailable"
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        detail: str = "",
        retry_after_s: float | None = None,
        usage: Usage | None = None,
        billed: bool = False,
    ) -> None:
        super().__init__(message, detail=detail)
        self.billed = billed
        self.retry_after_s = retry_after_s
        self.usage = usage


class AuthFailed(ProviderError):
    code = "auth"
    kind = "auth"


class CreditsExhausted(ProviderError):
    code = "credits"
    kind = "credits"


class RateLimited(ProviderError):
    code = "rate_limited"
    kind = "rate_limited"
    retryable = True


class ProviderTimeout(ProviderError):
    code = "timeout"
    kind = "timeout"
    retryable = True


class ProviderUnavailable(ProviderError):
    code = "unavailable"
    retryable = True


class BadRequest(ProviderError):
    code = "bad_request"
    kind: ClassVar[Kind] = "bad_request"


class NotFound(BadRequest):
    kind = "not_found"


class Refused(ProviderError):
    code = "bad_request"
    kind = "safety"
    status = "refused"


class Truncated(ProviderError):
    code = "truncated_answer"
    kind = "truncated"
    status = "refused"


class AnswerUnusable(GrokError):
    """``code`` says how: unmatched_edit, ambiguous_edit, truncated_answer or syntax_broken."""

    status = "refused"

    def __init__(self, message: str, *, code: Code = "unmatched_edit", detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.code = code


class DocumentChanged(GrokError):
    code = "document_changed"
    status = "refused"


class EditRejected(GrokError):
    code = "edit_rejected"
