"""The editor's side of a soak: workers that run planned jobs on documents of their own and check each outcome."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from tests.benchmarks.soak.plans import FIX, MAIN, Plan
from tests.e2e.editor import Editor
from tests.fake_xai import FakeXai, Reply, answer
from tests.fake_xai.server import Recorded

_MARK = re.compile(r"soak job (\d+)\b")
_LONGEST_S = 60.0
_TICK_S = 0.25
_STALL_S = 1.0
_CANCELLED = -32800


@dataclass
class Model:
    """Answers each request by the plan of the job that its prompt names."""

    plans: list[Plan]
    seen: dict[int, list[Recorded]] = field(default_factory=dict)

    def __call__(self, request: Recorded) -> Reply:
        found = _MARK.search(request.prompt)
        if found is None:
            return answer(FIX)
        number = int(found[1])
        asked = self.seen.setdefault(number, [])
        asked.append(request)
        replies = self.plans[number].replies
        return replies[min(len(asked), len(replies)) - 1]


@dataclass
class Outcomes:
    """Counts of what happened, and every outcome that should not have been."""

    statuses: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    hits: int = 0
    stalled: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Lag:
    """How late this process got its turn: when, and by how many seconds. ``watch`` runs beside everything else."""

    late: list[tuple[float, float]] = field(default_factory=list)

    async def watch(self) -> None:
        while True:
            due = time.monotonic() + _TICK_S
            await asyncio.sleep(_TICK_S)
            now = time.monotonic()
            if now - due > _TICK_S:
                self.late.append((now, now - due))

    def since(self, began_s: float) -> float:
        return sum(by for at, by in self.late if at >= began_s)


@dataclass
class Worker:
    """One document, one job at a time."""

    editor: Editor
    fake: FakeXai
    model: Model
    outcomes: Outcomes
    root: Path
    number: int
    lag: Lag
    uri: str = ""
    question: str = ""
    began_s: float = 0.0

    @property
    def text(self) -> str:
        return MAIN.format(n=self.number)

    def open(self, version: int = 1) -> None:
        path = self.root / f"module{self.number}.py"
        path.write_text(self.text)
        self.uri = self.editor.open(path, self.text, version=version)

    async def run(self, plan: Plan) -> None:
        self.began_s = time.monotonic()
        # A job that had no answer in time may have been applied since.
        self._restore()
        instruction = f"soak job {plan.number}"
        if plan.repeats and self.question:
            instruction = self.question
        before = self.editor.buffers[self.uri].text
        run = self.editor.run_action(plan.action, self.uri, "width + height", instruction=instruction)
        if plan.action == "fix":
            diagnostic = self.editor.diagnostic(self.uri, "width + height", "this is no area")
            run["diagnostics"] = [self.editor.client.protocol._converter.unstructure(diagnostic)]
        try:
            async with asyncio.timeout(_LONGEST_S):
                result = await self._asked(plan, run)
        except TimeoutError:
            self.outcomes.wrong.append(f"job {plan.number} ({plan.fault or plan.cancel}): no answer")
            return
        self._judge(plan, result, before)
        if result.get("status") == "explained":
            self.question = instruction
        self._restore()

    async def _asked(self, plan: Plan, run: dict[str, Any]) -> dict[str, Any]:
        ids = [f"run-{plan.number}-{click}" for click in range(2 if plan.twice else 1)]
        token = f"token-{plan.number}"
        self.editor.client.progress_reports[token] = []
        answers = []
        for position, id_ in enumerate(ids):
            params = t.ExecuteCommandParams("grok.run", [run], work_done_token=None if position else token)
            answers.append(
                asyncio.wrap_future(
                    self.editor.client.protocol.send_request(t.WORKSPACE_EXECUTE_COMMAND, params, msg_id=id_)
                )
            )
        if plan.cancel is not None:
            await self._cancelled(plan, ids, token)
        results = await asyncio.gather(*(_result(given) for given in answers))
        if plan.twice and results[0] != results[1] and plan.cancel is None:
            self.outcomes.wrong.append(f"job {plan.number}: a double click got two answers")
        return results[0]

    async def _cancelled(self, plan: Plan, ids: list[str], token: str) -> None:
        assert plan.cancel is not None
        if plan.cancel.at_events >= 0:
            await self.fake.wait_until(lambda: self._got_to(plan))
        match plan.cancel.way:
            case "request":
                for id_ in ids:
                    self.editor.client.cancel_request(t.CancelParams(id=id_))
            case "progress":
                self.editor.client.window_work_done_progress_cancel(t.WorkDoneProgressCancelParams(token=token))
            case "command":
                usage = await self.editor.command("grok.usage")
                for job in usage["jobs"]:
                    if job["uri"] == self.uri:
                        await self.editor.command("grok.cancel", {"jobId": job["jobId"]})
            case "close":
                version = self.editor.buffers[self.uri].version
                self.editor.client.text_document_did_close(
                    t.DidCloseTextDocumentParams(t.TextDocumentIdentifier(self.uri))
                )
                self.open(version + 1)

    def _got_to(self, plan: Plan) -> bool:
        asked = self.model.seen.get(plan.number)
        assert plan.cancel is not None
        return bool(asked) and (asked[0].events_sent >= plan.cancel.at_events or asked[0].outcome != "running")

    def _judge(self, plan: Plan, result: dict[str, Any], before: str) -> None:
        status, code = str(result["status"]), result.get("code")
        self.outcomes.statuses[status] += 1
        if code:
            self.outcomes.codes[str(code)] += 1
        usage = result.get("usage") or {}
        self.outcomes.hits += usage.get("cache") == "hit"
        now = self.editor.buffers[self.uri].text
        about = f"job {plan.number} ({plan.fault or plan.cancel or plan.action}): {status} {code}"
        if code == "timeout" and not plan.fault.startswith("hang") and self.lag.since(self.began_s) > _STALL_S:
            # Nobody ran here for a while, the endpoint included: its silence is the machine's.
            self.outcomes.stalled += 1
            return
        if code == "internal" or "Traceback" in str(result.get("message")):
            self.outcomes.wrong.append(f"{about}: {result.get('message')}")
        # Closed before the job began: there is no document to work on any more, or another one.
        closed = plan.cancel is not None and plan.cancel.way == "close" and not usage
        if plan.cancel is not None and status != "cancelled" and not closed:
            self.outcomes.wrong.append(f"{about}: was cancelled")
        if plan.cancel is None and not plan.fault and status not in ("applied", "explained", "unchanged", "refused"):
            self.outcomes.wrong.append(f"{about}: {result.get('message')}")
        if (status == "applied") != (now != before):
            self.outcomes.wrong.append(f"{about}: the document is not what the answer says")

    def _restore(self) -> None:
        buffer = self.editor.buffers[self.uri]
        if buffer.text != self.text:
            self.editor.type(self.uri, 0, len(buffer.text), self.text)


async def _result(given: asyncio.Future[Any]) -> dict[str, Any]:
    try:
        # The client fails at an answer to a request that it has given up.
        return dict(await asyncio.shield(given))
    except JsonRpcException as error:
        status = "cancelled" if error.code == _CANCELLED else f"error {error.code}"
        return {"status": status, "message": str(error)}


async def run_all(workers: list[Worker], plans: list[Plan]) -> None:
    """Each worker takes the next plan until none is left."""
    left = iter(plans)  # shared: each plan is run once

    async def work(worker: Worker) -> None:
        for plan in left:
            await worker.run(plan)

    await asyncio.gather(*(work(worker) for worker in workers))


def endless(editor: Editor) -> list[str]:
    """Tokens of progress that began and never ended: a spinner for ever."""
    reports = editor.client.progress_reports.items()
    return [str(token) for token, values in reports if values and not isinstance(values[-1], t.WorkDoneProgressEnd)]


async def quiet(editor: Editor, fake: FakeXai) -> None:
    """Until the server runs no job and the endpoint no request."""
    async with asyncio.timeout(_LONGEST_S):
        while (await editor.command("grok.usage"))["jobs"]:
            pass
        with suppress(asyncio.CancelledError):
            await fake.wait_until(lambda: fake.running == 0)
