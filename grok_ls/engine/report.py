"""A job's outcome as the JSON object of the contract, for every front end."""

from __future__ import annotations

from typing import Any

from grok_ls.engine.values import Report
from grok_ls.text.hunks import line_hunks


def counted_edit(before: str, after: str) -> dict[str, int]:
    """``files``, ``hunks``, ``added`` and ``removed`` lines, as a unified diff without context would show them."""
    hunks = line_hunks(before, after)
    return {
        "files": 1,
        "hunks": len(hunks),
        "added": sum(hunk.added for hunk in hunks),
        "removed": sum(hunk.removed for hunk in hunks),
    }


def result_json(
    job_id: str,
    status: str,
    message: str,
    report: Report,
    *,
    code: str | None = None,
    edit: dict[str, int] | None = None,
    markdown: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The answer of ``grok.run``. ``usage`` is ``None`` for a job that asked nobody."""
    return {
        "jobId": job_id,
        "status": status,
        "message": message,
        "code": code,
        "edit": edit,
        "markdown": markdown,
        "usage": _usage_json(report),
        "redactions": {"secrets": report.secrets, "personal": report.personal},
        **more,
    }


def _usage_json(report: Report) -> dict[str, Any] | None:
    usage = report.usage
    if usage is None:
        return None
    return {
        "model": report.model,
        "servedModel": report.served_model,
        "inputTokens": usage.input_tokens,
        "cachedTokens": usage.cached_tokens,
        "outputTokens": usage.output_tokens,
        "reasoningTokens": usage.reasoning_tokens,
        "costUsd": usage.cost_usd,
        "estimated": usage.estimated,
        "firstTokenMs": report.first_token_ms,
        "totalMs": report.total_ms,
        "requests": report.requests,
        "cache": report.cache,
    }
