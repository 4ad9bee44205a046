"""How often a local model fixes one function, by format of the answer and by wording of the prompt.

    python tests/benchmarks/local_model/bench.py --model 0.5b --variants rewrite-short,diff [--limit 10] [--show]

Prompts, parsing and placing are the program's own; only the HTTP request is made here. An answer counts as a fix if the
edit can be placed and every check of the case holds afterwards, in a process of its own with a time limit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path

from cases import CASES, Case
from variants import VARIANTS, Asked

from grok_ls.edits import Definition, NoChange, Refusal, resolve
from grok_ls.local.serve import LocalServer, local_server
from grok_ls.text import Span

NEIGHBOURS = '''
def read_lines(path):
    """The lines of a text file without their ends."""
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


'''
_RUNNER = """
import json, sys, traceback
job = json.loads(sys.stdin.read())
space = {}
exec(compile(job["code"], "subject.py", "exec"), space)
for expression, wanted in job["checks"]:
    try:
        found = eval(expression, space)
    except Exception as error:
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == "subject.py"]
        print(json.dumps([f"{type(error).__name__}: {error} (in {expression})", lines[-1] if lines else 0]))
        break
    if found != eval(wanted):
        print(json.dumps([f"{expression} returned {found!r}, expected {wanted}", 0]))
        break
else:
    print("null")
"""


def failing(code: str, case: Case) -> tuple[str, int] | None:
    """The first failing check in words, and the line (from 1, 0 = none) where something was raised."""
    job = {"code": code, "checks": [(expression, repr(wanted)) for expression, wanted in case.checks]}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _RUNNER], input=json.dumps(job), capture_output=True, text=True, timeout=5
        )
    except subprocess.TimeoutExpired:
        return f"{case.checks[0][0]} does not end", 0
    if done.returncode:
        return done.stderr.strip().splitlines()[-1], 0
    said = json.loads(done.stdout.strip().splitlines()[-1])
    return None if said is None else (said[0], said[1])


def ask(server: LocalServer, messages: list[dict[str, str]]) -> tuple[str, dict[str, object]]:
    body = {"model": server.model, "messages": messages, "max_tokens": 400, "temperature": 0}
    request = urllib.request.Request(
        f"{server.base_url}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=600) as answer:
        said = json.load(answer)
    return said["choices"][0]["message"]["content"], said["usage"]


def judge(case: Case, text: str, region: Span, answer: str) -> str:
    """``fixed``, ``wrong`` (applied, still failing), ``no change``, or why nothing could be applied."""
    found = resolve(text, answer, path="subject.py", region=region, definitions=[Definition(case.name, region)])
    if isinstance(found, NoChange):
        return "no change"
    if isinstance(found, Refusal):
        return "not applied"
    if found.text == text:
        return "unchanged"
    return "fixed" if failing(found.text, case) is None else "wrong"


def run(server: LocalServer, name: str, cases: tuple[Case, ...], show: bool) -> None:
    outcomes: Counter[str] = Counter()
    tokens = 0
    started = time.monotonic()
    for case in cases:
        text = NEIGHBOURS.lstrip() + case.broken
        start = len(NEIGHBOURS.lstrip())
        region = Span(start, len(text))
        problem = failing(text, case)
        assert problem is not None, case.name
        assert failing(NEIGHBOURS + case.clean, case) is None, case.name
        message, line = problem
        first = line or text[:start].count("\n") + 1
        messages = VARIANTS[name](Asked(text, case.broken, message, first))
        answer, usage = ask(server, messages)
        tokens += int(str(usage["completion_tokens"]))
        outcome = judge(case, text, region, answer)
        outcomes[outcome] += 1
        if show:
            said = "" if outcome == "fixed" else f"\n{message}\n{answer}\n"
            print(f"--- {server.model} {name} {case.name}: {outcome}{said}", flush=True)
    seconds = time.monotonic() - started
    fixed = outcomes.pop("fixed", 0)
    rest = ", ".join(f"{count} {what}" for what, count in outcomes.most_common())
    print(
        f"{server.model:28} {name:24} {fixed:2}/{len(cases)} fixed  ({rest})"
        f"  {tokens / len(cases):.0f} tokens out, {seconds / len(cases):.1f} s each",
        flush=True,
    )


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--limit", type=int, default=len(CASES))
    parser.add_argument("--threads", type=int, help="default: the idle cores")
    parser.add_argument("--show", action="store_true", help="print each outcome, and the answers that fix nothing")
    arguments = parser.parse_args()
    async with local_server(arguments.model, context_tokens=4096, threads=arguments.threads) as server:
        for name in arguments.variants.split(","):
            await asyncio.to_thread(run, server, name, CASES[: arguments.limit], arguments.show)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    asyncio.run(main())
