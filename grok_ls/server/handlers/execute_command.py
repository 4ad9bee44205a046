"""``workspace/executeCommand``: the six commands. Tokens are spent here and only here, by ``grok.run``."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from grok_ls.edits import rebase
from grok_ls.engine import Proposal, Report
from grok_ls.errors import DocumentChanged, GrokError
from grok_ls.observability.log import job as logged_job
from grok_ls.server import applying, several, wire
from grok_ls.server.documents import Document
from grok_ls.server.jobs import Job
from grok_ls.server.pending import PendingSeveral, Waiting
from grok_ls.server.progress import Progress
from grok_ls.server.review import Review
from grok_ls.server.running import offer_reset, request_of, resolve_action, run_job
from grok_ls.server.session import Session
from grok_ls.server.wire import JobResult, Malformed


async def execute(session: Session, params: types.ExecuteCommandParams) -> Any:
    """The command's answer. A malformed argument or an unknown command is ``InvalidParams``."""
    handler = _HANDLERS.get(params.command)
    if handler is None:
        raise JsonRpcInvalidParams(f"There is no command {params.command!r}.")
    try:
        return await handler(session, params)
    except Malformed as error:
        raise JsonRpcInvalidParams(f"{params.command}: {error}.") from None


async def _run(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    run = wire.parse_run_action(params.arguments)
    action = resolve_action(session, run)
    progresses = session.progresses

    async def work(job: Job) -> JobResult:
        try:
            with logged_job(job.id):
                return await run_job(session, run, action, job, progresses[job.id])
        finally:
            progresses.pop(job.id, None)

    job, is_new = session.jobs.start(run.key, run.uri, action.name, work)
    if is_new:
        progresses[job.id] = Progress(session.client, f"Grok: {action.name.capitalize()}")
    _show_progress(session, job, params.work_done_token)
    if session.client.can.freezes_in_commands:
        # Such clients wait with a frozen screen (eglot: 10 s), so they get the outcome as a message.
        if is_new:
            job.task.add_done_callback(lambda task: _tell(session, task))
        return JobResult(job.id, "started", "Grok is working; the result comes as a message.", Report()).to_json()
    if is_new and not session.wants_stream:
        # Clients show no command's answer: without a word the user would wait for an edit that never comes.
        job.task.add_done_callback(lambda task: _tell(session, task, ("failed", "refused", "unchanged")))
    try:
        return (await asyncio.shield(job.task)).to_json()
    except asyncio.CancelledError:
        session.jobs.cancel(job.id)
        raise


def _show_progress(session: Session, job: Job, token: str | int | None) -> None:
    progress = session.progresses.get(job.id)
    if progress is None:
        return
    if token is not None:
        session.jobs.follow(job, token)
        progress.begin(token)
    elif session.client.can.work_done_progress and not job.tokens:
        own = f"grok-ls/{job.id}"
        job.tokens.add(own)
        session.spawn(_own_progress(session, progress, own), f"progress {job.id}")


async def _own_progress(session: Session, progress: Progress, token: str) -> None:
    if await session.client.create_progress(token):
        progress.begin(token)


def _tell(session: Session, task: asyncio.Task[JobResult], statuses: Collection[str] = ()) -> None:
    """The outcome as a message, an explanation apart: it is shown as a document or is a message itself."""
    if task.cancelled():
        return
    result = task.result()
    kinds = {"failed": types.MessageType.Error, "refused": types.MessageType.Warning}
    if result.status in statuses or (not statuses and result.status != "explained"):
        session.client.show(kinds.get(result.status, types.MessageType.Info), result.message)


async def _cancel(session: Session, params: types.ExecuteCommandParams) -> int:
    job_id = wire.parse_cancel(params.arguments)
    return session.jobs.cancel_all() if job_id is None else session.jobs.cancel(job_id)


async def _usage(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    del params
    await session.settings_known()
    use = await session.engine.ledger.session(session.key)
    limit = session.settings.budget_session_tokens
    return {
        "session": {
            "tokens": use.tokens,
            "limit": limit,
            "remaining": max(0, limit - use.tokens - use.reserved) if limit else None,
            "costUsd": use.cost_usd,
        },
        "today": {
            "costUsd": await session.engine.ledger.today_usd(),
            "limit": session.engine.ledger.daily_limit(session.settings.budget_daily_usd),
        },
        "jobs": [{"jobId": job.id, "action": job.action, "uri": job.uri, "phase": job.phase} for job in session.jobs],
        "breaker": session.engine.breaker(session.settings),
    }


async def _preview(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    run = wire.parse_run_action(params.arguments)
    action = resolve_action(session, run)
    await session.settings_known()
    try:
        preview = await session.engine.preview(request_of(session, run, action, "preview"))
    except GrokError as error:
        return {
            "status": error.status,
            "code": error.code,
            "message": error.message,
            "markdown": error.message,
            "inputTokens": 0,
            "maxCostUsd": None,
            "redactions": {"secrets": 0, "personal": 0},
            "placeholders": [],
        }
    return {
        "markdown": preview.markdown,
        "inputTokens": preview.input_tokens,
        "maxCostUsd": preview.max_cost_usd,
        "redactions": {"secrets": preview.secrets, "personal": preview.personal},
        "placeholders": [
            {"word": each.word, "kind": each.kind, "places": each.places} for each in preview.placeholders
        ],
    }


async def _review(session: Session, params: types.ExecuteCommandParams) -> int:
    """Decide on one hunk or all of a review; the number of hunks that are still open."""
    decision = wire.parse_review(params.arguments)
    review = session.reviews.get(decision.job_id)
    if review is None:
        return 0
    numbers = review.numbers(decision.hunk)
    document = session.document(review.uri)
    if isinstance(review, Waiting) and (not decision.keep or document is None):
        review.decide(numbers)
    elif isinstance(review, Review) and (decision.keep or not numbers or document is None):
        review.keep(numbers)
    else:
        assert document is not None
        work = _decide(session, document, review, numbers)
        if session.client.can.freezes_in_commands:
            # Such clients say that a document changed only after the command that changed it was answered.
            session.spawn(work, f"review {review.job_id}")
            return len(review.open) - len(numbers)
        await work
        return len(review.open)
    await _decided(session, review)
    return len(review.open)


async def _decide(session: Session, document: Document, review: Review | Waiting, numbers: tuple[int, ...]) -> None:
    """A decision that changes the document; the user is told if it cannot."""
    try:
        if isinstance(review, Waiting):
            await _make(session, document, review, numbers)
        else:
            await _discard(session, document, review, numbers)
    except GrokError as error:
        session.client.show(types.MessageType.Warning, error.message)
    else:
        await _decided(session, review)


async def _decided(session: Session, review: Review | Waiting) -> None:
    session.reviews.close_if_done(review)
    await session.client.refresh_lenses()


async def _make(session: Session, document: Document, pending: Waiting, numbers: tuple[int, ...]) -> None:
    """Hunks of a proposal that typing was in the way of, over the document as it is now; of several files all of it."""
    if isinstance(pending, PendingSeveral):
        await _make_several(session, document, pending, numbers)
        return

    def still() -> tuple[int, ...]:
        return tuple(number for number in numbers if number in pending.open)

    def target(current: str) -> str:
        return applying.rebased(Proposal(pending.base, pending.including(still())), current)

    await applying.apply(session.client, document, target, label="Grok: Make", encoding=session.documents.encoding)
    pending.decide(still())


async def _make_several(
    session: Session, document: Document, pending: PendingSeveral, numbers: tuple[int, ...]
) -> None:
    # Decided before it is made, so that a second click makes no second edit.
    pending.decide(numbers)
    try:
        if numbers:
            await several.apply(session, document, pending.proposal, label="Grok: Make", leaves=lambda _: None)
    except BaseException:
        pending.open.update(numbers)
        raise


async def _discard(session: Session, document: Document, review: Review, numbers: tuple[int, ...]) -> None:
    def still() -> tuple[int, ...]:
        """Another decision may have been faster."""
        return tuple(number for number in numbers if number in review.open)

    def without(current: str) -> str:
        target = rebase(review.reference, current, review.without(still()))
        if target is None:
            raise DocumentChanged("You changed these lines since, so they were not discarded; edit them by hand.")
        return target

    await applying.apply(session.client, document, without, label="Grok: Discard", encoding=session.documents.encoding)
    review.discard(still())


async def _reset_budget(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    await session.settings_known()
    await offer_reset(session)
    return await _usage(session, params)


_HANDLERS: dict[str, Callable[[Session, types.ExecuteCommandParams], Awaitable[Any]]] = {
    wire.RUN: _run,
    wire.CANCEL: _cancel,
    wire.USAGE: _usage,
    wire.PREVIEW: _preview,
    wire.REVIEW: _review,
    wire.RESET_BUDGET: _reset_budget,
}
