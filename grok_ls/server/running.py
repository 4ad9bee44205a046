"""One job from its ``RunAction`` to its ``JobResult``: the border where errors and cancellation become answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from lsprotocol import types

from grok_ls.actions import Action
from grok_ls.engine import Explanation, Proposal, Report, Request, Unchanged
from grok_ls.engine.report import counted_edit
from grok_ls.errors import BadRequest, BudgetExceeded, DocumentChanged, EditRejected, ExcludedFile, GrokError
from grok_ls.server import applying, explaining, several
from grok_ls.server.client import NotShown
from grok_ls.server.convert import finding_of, span_of
from grok_ls.server.documents import Document
from grok_ls.server.jobs import Job
from grok_ls.server.pending import waiting
from grok_ls.server.progress import Progress, Stream
from grok_ls.server.review import Review
from grok_ls.server.session import Session
from grok_ls.server.wire import JobResult, JobStatus, Malformed, RunAction
from grok_ls.text import Finding, Source

log = logging.getLogger(__name__)

_KEPT = "The edit is kept: above its lines you can still make it or drop it."


class Watch:
    """The engine's watcher: phases become progress, words become ``grok/stream``."""

    def __init__(self, job: Job, progress: Progress, stream: Stream) -> None:
        self._job, self._progress, self._stream = job, progress, stream
        self._phase = ""
        self._cost = ""

    def phase(self, words: str) -> None:
        self._phase = self._job.phase = words
        self._stream.add("status", words)
        self._show()

    def reasoning(self, delta: str) -> None:
        self._stream.add("reasoning", delta)

    def text(self, delta: str) -> None:
        self._stream.add("text", delta)

    def diff(self, delta: str) -> None:
        self._stream.add("diff", delta)

    def progressed(self, report: Report) -> None:
        usage = report.so_far
        if usage is not None:
            price = "" if usage.cost_usd is None else f", ${usage.cost_usd:.4f}"
            self._cost = f" ({usage.billed_tokens} tokens{price})"
        self._show()

    async def asks(self) -> None:
        """Said before the question is: an editor may show nothing else while it asks."""
        self.phase("waiting for your decision")
        await self._progress.shown()

    def _show(self) -> None:
        self._progress.report(f"{self._phase}{self._cost}")


def resolve_action(session: Session, run: RunAction) -> Action:
    """Raises ``Malformed`` for an action that does not exist."""
    for action in session.actions():
        if action.name == run.action:
            return action
    raise Malformed(f"there is no action {run.action!r}")


def request_of(session: Session, run: RunAction, action: Action, job_id: str) -> Request:
    """The engine's request for this moment's document. Raises ``GrokError`` if the document may not be sent or has moved on."""
    document = open_document(session, run)
    location = session.locate(run.uri)
    if location.refusal is not None:
        raise ExcludedFile(location.refusal)
    if run.version is not None and run.version != document.version:
        raise DocumentChanged(
            f"{location.relative or 'The document'} changed since the menu was opened; open the menu again."
        )
    encoding = session.documents.encoding
    source = Source(document.source.text, location.relative, document.language_id)
    return Request(
        job_id=job_id,
        action=action,
        source=source,
        span=span_of(source, run.range, encoding),
        settings=session.settings,
        session=session.key,
        vocabulary=session.vocabulary,
        findings=tuple(
            _shortened(
                finding_of(source, diagnostic, encoding, uri=run.uri, beside=partial(session.beside, run.uri)),
                session.workspace.shortened,
            )
            for diagnostic in run.diagnostics
        ),
        instruction=session.workspace.shortened(run.instruction),
        neighbours=session.neighbours(run.uri),
        checks=session.checks(run.uri, document.language_id),
        files=session.files(run.uri),
    )


def _shortened(finding: Finding, shortened: Callable[[str], str]) -> Finding:
    """With the paths of the workspace as everything else names them: linters and compilers write them whole."""
    return replace(
        finding,
        message=shortened(finding.message),
        related=tuple(map(shortened, finding.related)),
        places=tuple(replace(place, message=shortened(place.message)) for place in finding.places),
    )


def open_document(session: Session, run: RunAction) -> Document:
    document = session.document(run.uri)
    if document is None:
        raise BadRequest(f"{run.uri.rpartition('/')[2]} is not open in the editor; open it and run the action again.")
    return document


async def run_job(session: Session, run: RunAction, action: Action, job: Job, progress: Progress) -> JobResult:
    """The whole job. Always gives a result: every failure is one sentence here and a traceback in the log."""
    stream = Stream(session.client, job, wanted=session.wants_stream)
    report = Report(model=action.model or session.settings.model_for(action.name))
    stream.begin()
    try:
        await session.settings_known()
        result = await _outcome(session, run, action, job, Watch(job, progress, stream), report)
    except asyncio.CancelledError:
        unsure = "the editor has the edit and did not answer, so look at the document before you go on."
        result = finished(job, report, "cancelled", f"Cancelled; {unsure if job.applying else 'nothing was changed.'}")
    except GrokError as error:
        log.warning("%s %s", error.code, session.vocabulary_safe(error.detail))
        result = finished(job, report, error.status, error.message, code=error.code)
        if isinstance(error, BudgetExceeded) and error.reset_helps:
            session.spawn(offer_reset(session, at_limit=True), "reset the budget")
        elif isinstance(error, BudgetExceeded) and error.raise_by_usd:
            session.spawn(offer_more_today(session, error.raise_by_usd), "raise the limit of today")
    except Exception as error:
        log.exception("the job failed")
        session.host.crashed(error)
        message = "Something in grok-ls broke; nothing was changed, see the log and please report it."
        result = finished(job, report, "failed", message, code="internal")
    for warning in report.warnings:
        session.client.show(types.MessageType.Warning, warning)
    tell_served_model(session, report)
    stream.end(result)
    progress.end(result.message)
    return result


async def _outcome(
    session: Session, run: RunAction, action: Action, job: Job, watch: Watch, report: Report
) -> JobResult:
    request = request_of(session, run, action, job.id)
    if (declined := request.declined_model) is not None:
        session.tell_once(
            f"model of {action.name}",
            f"The workspace asks for {declined} in {action.name}, which is not known to cost about as much as your own model;"
            f" {request.model} is used: choose another in your own settings (grok.model, grok.actions.{action.name}.model).",
        )
    if action.result == "edit":
        # Looked at before anything is spent.
        applying.require_edits(session.client)
    answer = await session.engine.run(request, watch, report)
    match answer:
        case Explanation(markdown, kept):
            # The client may take its time to show it; a cancel no longer changes anything.
            if not session.wants_stream:
                written = partial(explaining.for_file, kept, session.vocabulary)
                shown = explaining.show(session.client, session.served, session.explanations, job.id, markdown, written)
                session.spawn(shown, f"show {job.id}")
            return finished(job, report, "explained", "Explained.", markdown=markdown)
        case Unchanged(prose):
            why = " ".join(prose.split())
            return finished(
                job, report, "unchanged", f"Nothing needs to change: {why}" if why else "Nothing needs to change."
            )
        case Proposal():
            try:
                return await _applied(session, run, action, job, answer, report, watch)
            except DocumentChanged as error:
                session.reviews.add(waiting(job.id, run.uri, answer, request.span.start))
                await session.client.refresh_lenses()
                raise DocumentChanged(f"{error.message} {_KEPT}") from error


async def _applied(
    session: Session, run: RunAction, action: Action, job: Job, proposal: Proposal, report: Report, watch: Watch
) -> JobResult:
    document = open_document(session, run)
    label = f"Grok: {action.name.capitalize()}"
    review = session.settings.review
    if proposal.others:
        return await _applied_to_several(session, run, job, proposal, report, watch, label)
    if review == "preview" and not session.client.can.change_annotations:
        await watch.asks()
        current = document.source.text
        target = await asyncio.to_thread(applying.rebased, proposal, current)
        counted = await asyncio.to_thread(counted_edit, current, target)
        question = (
            f"{label}: apply {counted['hunks']} change(s), +{counted['added']} −{counted['removed']} lines, to this file?"
            f"{remarked(proposal)}"
        )
        try:
            choice = await session.client.choose(question, "Apply", "Discard")
        except NotShown as error:
            raise EditRejected(
                "The editor could not ask whether to apply the edit, so it was not applied; set grok.review to apply or lens."
            ) from error
        if choice != "Apply":
            return finished(job, report, "unchanged", "Discarded; the document is as it was.")
    if review == "preview" and session.client.can.change_annotations:
        await watch.asks()
    else:
        watch.phase("applying")
    applied = await applying.apply(
        session.client,
        document,
        partial(applying.rebased, proposal),
        label=label,
        encoding=session.documents.encoding,
        confirm=review == "preview",
        leaves=partial(_left, job),
    )
    if applied == "nothing":
        return finished(job, report, "unchanged", "None of the changes was taken; the document is as it was.")
    if review == "lens":
        session.reviews.add(Review.begin(job.id, run.uri, applied.before, applied.after))
        await session.client.refresh_lenses()
        message = f"{summary(applied.count)} Keep or discard each change above its lines.{remarked(proposal)}"
        return finished(job, report, "review", message, edit=applied.count)
    taken = "You took a part of the edit: " if applied.partly else ""
    return finished(job, report, "applied", f"{taken}{summary(applied.count)}{remarked(proposal)}", edit=applied.count)


async def _applied_to_several(
    session: Session, run: RunAction, job: Job, proposal: Proposal, report: Report, watch: Watch, label: str
) -> JobResult:
    document = open_document(session, run)
    await watch.asks()
    if not await several.confirmed(session, proposal, label):
        return finished(job, report, "unchanged", "Discarded; every file is as it was.")
    watch.phase("applying")
    done = await several.apply(session, document, proposal, label=label, leaves=partial(_left, job))
    names = ", ".join(done.unseen)
    said = f" Look at {names}: it is not open, so the change there could not be seen." if names else ""
    message = f"{summary(done.count)}{said}{remarked(proposal)}"
    if session.settings.review == "lens" and done.before != done.after:
        session.reviews.add(Review.begin(job.id, run.uri, done.before, done.after))
        await session.client.refresh_lenses()
        return finished(job, report, "review", message, edit=done.count)
    return finished(job, report, "applied", message, edit=done.count)


def _left(job: Job, gone: bool) -> None:
    """What has left for the editor cannot be taken back: then a cancel comes too late, and the answer says what happened."""
    job.applying = gone
    if not gone and job.stop_asked:
        raise asyncio.CancelledError


def remarked(proposal: Proposal) -> str:
    """What the user should look at twice, to be said behind the summary."""
    return f" Look twice: {' '.join(proposal.remarks)}" if proposal.remarks else ""


async def offer_reset(session: Session, *, at_limit: bool = False) -> None:
    """Ask whether to start a new count of the session, or, ``at_limit``, to go on counting with as many tokens more."""
    use = await session.engine.ledger.session(session.key)
    limit = session.settings.budget_session_tokens
    of = f" of {limit:,}" if limit else ""
    more = f", or allow {limit:,} more" if at_limit and limit else ""
    question = f"This session has used {use.tokens:,}{of} tokens (grok.budget.sessionTokens). Start a new count{more}?"
    choice = await _decided(session, question, "Reset", *(["Raise"] if more else []), "Keep")
    if choice == "Reset":
        await session.engine.ledger.reset(session.key)
    elif choice == "Raise":
        session.raise_limit(limit)


async def offer_more_today(session: Session, more_usd: float) -> None:
    """Ask whether ``more_usd`` may be spent today besides ``grok.budget.dailyUsd``."""
    ledger = session.engine.ledger
    limit_usd = ledger.daily_limit(session.settings.budget_daily_usd)
    question = (
        f"Today's requests have cost ${await ledger.today_usd():,.2f} of ${limit_usd:,.2f} (grok.budget.dailyUsd)."
        f" Allow ${more_usd:,.2f} more until midnight, in this editor alone?"
    )
    if await _decided(session, question, "Raise for today", "Keep the limit") == "Raise for today":
        ledger.allow_today(more_usd)


async def _decided(session: Session, question: str, *choices: str) -> str | None:
    """What the user chose; ``None`` if nothing was, or such a question is open already."""
    if session.asks_for_budget:
        return None
    session.asks_for_budget = True
    try:
        return await session.client.choose(question, *choices)
    except NotShown:
        return None
    finally:
        session.asks_for_budget = False


def summary(count: dict[str, int]) -> str:
    changes = "1 change" if count["hunks"] == 1 else f"{count['hunks']} changes"
    if count["files"] > 1:
        changes += f" in {count['files']} files"
    return f"Applied {changes}, +{count['added']} −{count['removed']} lines; undo takes it back."


def finished(job: Job, report: Report, status: JobStatus, message: str, **more: Any) -> JobResult:
    return JobResult(job.id, status, message, report, **more)


def tell_served_model(session: Session, report: Report) -> None:
    """Once a session: the model that answered is not the one that was asked for, and is what is billed. The endpoint may not say so of a
    retired name."""
    served = report.served_model
    if report.fallback:
        session.tell_once(report.fallback, report.fallback)
    elif served and served != report.model and not served.startswith(f"{report.model}-"):
        price = f"its price applies ({report.price})" if report.price else "its price applies"
        session.tell_once(
            f"served {report.model} {served}",
            f"{report.model} was answered by {served}, {price}; set grok.model to choose a model yourself.",
        )
    elif report.retired:
        session.tell_once(f"retired {report.model}", report.retired)
