"""``python -m tests.benchmarks.edits.local_model``: what the format, the repair and the syntax gate are worth with a real, small model.

The seeded bugs of ``tests/benchmarks/local_model``, asked in each format by the program's own prompts, judged by its own
engine; an edit counts as a fix if every check of the case holds afterwards. Cases come in turn until ``--minutes`` are
over, so that every format has seen the same ones.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grok_ls import edits
from grok_ls.actions import FIX
from grok_ls.config import Settings
from grok_ls.context.syntax import first_new_error
from grok_ls.edits.parse import NO_CHANGE
from grok_ls.engine.ask import Asked, again, prepare
from grok_ls.engine.engine import REPAIR_ROUNDS
from grok_ls.engine.judge import Part, Unusable, judge
from grok_ls.engine.values import Proposal, Request
from grok_ls.local.serve import LocalServer, local_server
from grok_ls.prompts.build import repair
from grok_ls.redaction.redact import Vocabulary
from grok_ls.text import Finding, Source

sys.path.insert(0, str(Path(__file__).parents[1] / "local_model"))
FORMATS = ("rewrite", "search-replace", "diff")
SHOW = False
MODES = ("neither", "gate", "gate and repair")


@dataclass(frozen=True, slots=True)
class Subject:
    """One seeded bug: the request of the action that should fix it, and the check of the result."""

    name: str
    request: Request
    bench: Any
    case: Any

    def outcome(self, text: str | None, base: str) -> str:
        if text is None:
            return "refused"
        if text == base:
            return "unchanged"
        return "fixed" if self.bench.failing(text, self.case) is None else "wrong"


def subjects(edit_format: str, model: str) -> list[Subject]:
    import bench
    from cases import CASES

    made = []
    for case in CASES:
        text = bench.NEIGHBOURS.lstrip() + case.broken
        message, line = bench.failing(text, case)
        source = Source(text, "subject.py", "python")
        at = source.line_span((line or text[: len(bench.NEIGHBOURS.lstrip())].count("\n") + 1) - 1)
        request = Request(
            job_id=case.name,
            action=FIX,
            source=source,
            span=at,
            settings=replace(Settings(), edit_format=edit_format, model=model),  # type: ignore[arg-type]
            session="bench",
            vocabulary=Vocabulary(b"0123456789abcdef"),
            findings=(Finding(at, message, source="test"),),
        )
        made.append(Subject(case.name, request, bench, case))
    return made


async def measured(server: LocalServer, subject: Subject, tally: dict[str, Counter[str]]) -> None:
    """One case in one format: the first answer without and with the gate, then repaired."""
    request = subject.request
    asked = await prepare(request)
    base = request.source.text
    answer = await said(server, asked)
    plain = edits.resolve(
        base, answer, path="subject.py", region=asked.region, definitions=asked.definitions, shown=asked.shown
    )
    text = plain.text if isinstance(plain, edits.Resolved) else None
    if isinstance(plain, edits.NoChange) and NO_CHANGE in answer.split():
        text = base
    tally["neither"][subject.outcome(text, base)] += 1
    language = asked.clean.language
    assert language is not None
    if text is not None and first_new_error(base, text, language) is not None:
        tally["neither"]["broken syntax delivered"] += 1
    outcome = judge(request, asked, answer)
    for mode in ("gate", "gate and repair"):
        accepted: tuple[Part, ...] = ()
        now = asked
        for _ in range(REPAIR_ROUNDS if mode == "gate and repair" else 0):
            if not isinstance(outcome, Unusable) or outcome.hint is None:
                break
            accepted = outcome.hint.accepted
            draft = repair(asked.draft, outcome.hint.answer, outcome.hint.failures, kept=len(accepted))
            now = await again(request, asked, draft)
            tally[mode]["asked again"] += 1
            outcome = judge(request, now, await said(server, now), accepted)
        final = outcome.text if isinstance(outcome, Proposal) else None if isinstance(outcome, Unusable) else base
        if final is not None and first_new_error(base, final, language) is not None:
            tally[mode]["broken syntax delivered"] += 1
        tally[mode][subject.outcome(final, base)] += 1


async def said(server: LocalServer, asked: Asked) -> str:
    import bench

    messages = [{"role": message.role, "content": message.content.text} for message in asked.prompt.messages]
    text, _ = await asyncio.to_thread(bench.ask, server, messages)
    if SHOW:
        sys.stderr.write(f"----- {messages[-1]['content'][-400:]}\n----- answer\n{text}\n")
    return str(text)


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--show", action="store_true", help="print every answer")
    parser.add_argument("--threads", type=int, help="default: the idle cores")
    options = parser.parse_args()
    global SHOW
    SHOW = options.show
    formats = options.formats.split(",")
    tallies = {(form, mode): Counter[str]() for form in formats for mode in MODES}
    ends = time.monotonic() + 60 * options.minutes
    done = 0
    async with local_server(options.model, context_tokens=4096, threads=options.threads) as server:
        for row in zip(*(subjects(form, server.model) for form in formats), strict=True):
            if time.monotonic() > ends:
                break
            for form, subject in zip(formats, row, strict=True):
                await measured(server, subject, {mode: tallies[form, mode] for mode in MODES})
            done += 1
            sys.stderr.write(f"{done} {row[0].name}\n")
    sys.stdout.write(
        f"{server.model}, {done} cases\n\n| format | gate, repair | fixed | wrong | refused | unchanged |"
        " broken syntax delivered | asked again |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for (form, mode), tally in tallies.items():
        names = ("fixed", "wrong", "refused", "unchanged", "broken syntax delivered", "asked again")
        sys.stdout.write(f"| {form} | {mode} | {' | '.join(str(tally[name]) for name in names)} |\n")


if __name__ == "__main__":
    asyncio.run(main())
