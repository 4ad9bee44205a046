"""Canaries in every channel, through the real server: `python -m tests.benchmarks.redaction.canaries --jobs 10000`.

Sessions of some hundred jobs: each with canaries of its own in the document, other files, file and folder names, diagnostics and what
they relate to, instructions, custom actions of the workspace, settings, stack traces, the model's answers (so also in repairs) and the
API key. The fake xAI answers with good edits, edits that miss, prose, cut streams and errors that quote canaries; identical jobs
meet the cache. Log level is debug, storage is SQLite. Afterwards all requests, the data folder (files, their names, SQLite as SQL),
the server's temporary files and its stderr are searched for every canary as it is, escaped, URL-encoded, in base64, in hex and reversed.
The API key may stand in the Authorization header only; the server must restore what it shows, so the client's side is not searched.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import collections
import contextlib
import io
import json
import random
import sqlite3
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks.redaction.fourth.drawing import some
from tests.benchmarks.redaction.fourth.tokens import SHAPED
from tests.e2e.editor import Editor
from tests.fake_xai import Cut, FakeXai, answer, failure
from tests.fake_xai.reply import Reply
from tests.fake_xai.server import Recorded

CHANNELS = (
    "document", "assignment", "other file", "file name", "folder name", "diagnostic", "related", "instruction", "workspace action",
    "settings action", "excluded pattern", "stack trace", "answer", "error text",
)  # fmt: skip
# What stands in quotes in a file name or a line of code: no signs of its own.
_PLAIN = [
    kind
    for kind in SHAPED
    if kind.name
    in "github gitlab stripe anthropic huggingface npm digitalocean slack_bot sendgrid databricks shopify linear groq newrelic rubygems".split()
]
MACHINE: dict[str, Any] = {
    "storage": "sqlite",
    "log": {"level": "debug"},
    "retries": 1,
    "requestsPerMinute": 100_000,
    "budget": {"sessionTokens": 0, "dailyUsd": 100_000.0},
}
"""Everything is written down, and nothing is held up."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
PER_SESSION = 250


def canaries(dice: random.Random) -> dict[str, str]:
    drawn = {channel: dice.choice(_PLAIN).draw(dice) for channel in CHANNELS}
    drawn["assignment"] = "q7" + some(dice, _LETTERS, 10) + "!" + some(dice, _LETTERS, 4)
    drawn["file name"] = (
        f"{some(dice, 'abcdefghkmnprstvwz', 7)}.{some(dice, 'abcdefghkmnprstvwz', 9)}@northwind-mail.com"
    )
    drawn["api key"] = "xai-" + some(dice, _LETTERS, 80)
    return drawn


def spellings(canary: str) -> list[str]:
    """As it is, escaped, URL-encoded, in base64 at each of the three places of a group, in hex, and each of these reversed."""
    raw = canary.encode()
    coded = []
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw).decode()
        # The characters at both ends also hold bits of the neighbours.
        coded.append(text[4 if shift else 0 : len(text) - 4])
    forms = [
        canary,
        json.dumps(canary)[1:-1],
        urllib.parse.quote(canary, safe=""),
        *coded,
        raw.hex(),
        raw.hex().upper(),
    ]
    return list(dict.fromkeys([*forms, *(form[::-1] for form in forms)]))


class Search:
    def __init__(self, drawn: dict[str, str]) -> None:
        self.forms = [(channel, form) for channel, canary in drawn.items() for form in spellings(canary)]

    def leaks(self, where: str, text: str) -> Iterator[str]:
        for channel, form in self.forms:
            if form in text:
                yield f"{channel} in {where}"

    def on_disk(self, folder: Path) -> Iterator[str]:
        for path in sorted(folder.rglob("*")):
            yield from self.leaks(f"the name of {path.suffix} file", path.name)
            if path.is_file():
                yield from self.leaks(f"a {path.suffix} file", path.read_bytes().decode("latin-1"))
        for path in folder.rglob("*.sqlite3"):
            with closing(sqlite3.connect(path)) as database:
                yield from self.leaks("SQLite", "\n".join(database.iterdump()))


def document(drawn: dict[str, str]) -> str:
    return f"""\
import near

TOKEN = "{drawn["document"]}"
password = "{drawn["assignment"]}"


def area(width, height):
    # ask {drawn["file name"]}
    return width + height + len(TOKEN)


def volume(width, height, depth):
    return area(width, height) * depth
"""


def plant(root: Path, drawn: dict[str, str]) -> Path:
    (root / "near.py").write_text(f'KEY = "{drawn["other file"]}"\n\n\ndef near():\n    return KEY\n')
    folder = root / f"for_{drawn['folder name']}"
    folder.mkdir(parents=True)
    (folder / "deep.py").write_text("def deep():\n    return 1\n")
    actions = root / ".grok" / "actions"
    actions.mkdir(parents=True)
    (actions / "tidy.md").write_text(
        f"---\ntitle: Tidy\nwhen: always\nresult: edit\n---\nTidy it as {drawn['workspace action']} says.\n"
    )
    path = folder / f"{drawn['file name']}.py"
    path.write_text(document(drawn))
    return path


GOOD = "```diff\n@@ @@\n-    return width + height + len(TOKEN)\n+    return width * height + len(TOKEN)\n```\n"


class Model:
    """What the fake answers: drawn anew for each request, with canaries of the session in answers and errors."""

    def __init__(self, dice: random.Random, drawn: dict[str, str], *, stormy: bool) -> None:
        self.dice, self.drawn, self.stormy = dice, drawn, stormy

    def __call__(self, request: Recorded) -> Reply:
        drawn, kinds = self.drawn, ("good", "prose", "misses", "adds", "torn", "cut", "end", "500", "429", "400")
        # The breaker leaves an endpoint alone that fails too often: every fourth session is a stormy one.
        weights = (24, 16, 16, 10, 6, 10, 6, 5, 3, 4) if self.stormy else (32, 26, 18, 11, 5, 2, 2, 1, 1, 2)
        match self.dice.choices(kinds, weights)[0]:
            case "good":
                return answer(GOOD)
            case "prose":
                return answer(f"It adds both numbers; the key is {drawn['answer']}, as {drawn['document']} says.")
            case "misses":
                return answer(
                    GOOD.replace("-    return width + height", f"-    return '{drawn['answer']}' like nothing")
                )
            case "adds":
                return answer(GOOD.replace("width * height", f"width * height + len('{drawn['answer']}')"))
            case "torn":
                return answer("```diff\n" + GOOD[8:60] + "no hunk " + drawn["answer"])
            case "cut":
                return answer(GOOD, cut=Cut(self.dice.randint(0, 9), self.dice.choice(["reset", "close", "clean"])))
            case "end":
                return answer(
                    GOOD, end=self.dice.choice(["incomplete", "failed", "error", "sse_error", "content_filter"])
                )
            case "500":
                return failure(500, "internal", f"cannot parse {drawn['document']} {drawn['error text']}")
            case "429":
                return failure(429, "rate-limit", f"slow down, {drawn['error text']}", retry_after="0")
            case _:
                words = f"bad input: {drawn['instruction']} {drawn['diagnostic']} {drawn['error text']}"
                return failure(400, "invalid-argument", words)


def job(dice: random.Random, editor: Editor, uri: str, drawn: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """Action and what goes with it. A third has no chance in it, so that identical jobs meet the cache."""
    action = dice.choice(["explain", "explain", "fix", "fix", "refactor", "tidy", "own"])
    lines = {"start": {"line": 8, "character": 4}, "end": {"line": 8, "character": 10}}
    diagnostic = {
        "range": lines,
        "message": f"cannot use {drawn['diagnostic']} here",
        "source": "check",
        "code": "E1",
        "relatedInformation": [{"location": {"uri": uri, "range": lines}, "message": f"because of {drawn['related']}"}],
    }
    trace = f'Traceback (most recent call last):\n  File "/home/mwagner/{drawn["stack trace"]}/a.py", line 3, in f\nValueError: {drawn["stack trace"]}'
    instruction = dice.choice(
        [
            "",
            f"use {drawn['instruction']} for it",
            f"{trace}\nwhy? ({dice.random():.6f})",
            f"{drawn['instruction']} {dice.random():.6f}",
        ]
    )
    more: dict[str, Any] = {"diagnostics": [diagnostic]} if action == "fix" or dice.random() < 0.3 else {}
    return action, more | ({"instruction": instruction} if instruction else {})


def written_back(editor: Editor, uri: str, text: str) -> None:
    """The document as it was, whatever was applied to it."""
    if editor.buffers[uri].text != text:
        editor.type(uri, 0, len(editor.buffers[uri].text), text)


async def session(seed: int, jobs: int, statuses: collections.Counter[str]) -> tuple[int, set[str], dict[str, int]]:
    """(requests, leaks, what was searched) of one session with its own canaries, server and folders."""
    dice = random.Random(seed)
    drawn = canaries(dice)
    search, found = Search(drawn), set[str]()
    # The client passes the server's stderr on, as bytes.
    stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", write_through=True)
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stderr(stderr):
        base = Path(name)
        root = base / "workspace"
        (base / "tmp").mkdir()
        root.mkdir()
        path = plant(root, drawn)
        async with FakeXai(default=Model(dice, drawn, stormy=seed % 4 == 3)) as fake:
            editor = Editor("vscode")
            await editor.start(
                root,
                base_url=fake.url,
                stream=seed % 2 == 0,
                machine=MACHINE,
                settings={
                    "api": dice.choice(["responses", "chat", "auto"]),
                    "privacy": {"exclude": [f"never/{drawn['excluded pattern']}/**"]},
                    "actions": {
                        "own": {
                            "title": "Own",
                            "when": "always",
                            "result": "explain",
                            "instruction": f"Say it as {drawn['settings action']} does.",
                        }
                    },
                },
                environment={
                    "GROK_LS_LOG_LEVEL": "debug",
                    "GROK_LS_DATA_DIR": str(base / "data"),
                    "TMPDIR": str(base / "tmp"),
                    "XAI_API_KEY": drawn["api key"],
                },
            )
            text = document(drawn)
            uri = editor.open(path, text)
            for _ in range(jobs):
                action, more = job(dice, editor, uri, drawn)
                written_back(editor, uri, text)
                result = await editor.run(action, uri, "width + height", **more)
                statuses[f"{result['status']}" + (f" ({result['code']})" if result.get("code") else "")] += 1
                if dice.random() < 0.02:
                    written_back(editor, uri, text)
                    preview = await editor.command(
                        "grok.preview", editor.run_action(action, uri, "width + height", **more)
                    )
                    found |= set(search.leaks("a preview", json.dumps(preview)))
            await editor.shut_down()
            await editor.stop()
            for request in fake.requests:
                headers = {name: value for name, value in request.headers.items() if name != "authorization"}
                assert request.key == drawn["api key"]
                found |= set(search.leaks("a request", request.raw.decode("latin-1")))
                found |= set(search.leaks("a prompt", request.prompt))
                found |= set(search.leaks("headers", str(headers)))
            assert all("GROKLS_" in request.prompt for request in fake.requests), "no canary took part"
            count = len(fake.requests)
        found |= set(search.on_disk(base / "data"))
        found |= set(search.on_disk(base / "tmp"))
        stderr.flush()
        logged = stderr.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]
        found |= set(search.leaks("stderr", logged))
        sizes = {
            "data": sum(file.stat().st_size for file in (base / "data").rglob("*") if file.is_file()),
            "temporary": sum(file.stat().st_size for file in (base / "tmp").rglob("*") if file.is_file()),
            "stderr": len(logged),
        }
    return count, found, sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--per-session", type=int, default=PER_SESSION)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=25, help="start no further session after this time")
    options = parser.parse_args()
    statuses: collections.Counter[str] = collections.Counter()
    leaks: collections.Counter[str] = collections.Counter()
    sizes: collections.Counter[str] = collections.Counter()
    done = requests = number = 0
    begun = time.monotonic()
    while done < options.jobs and time.monotonic() - begun < options.minutes * 60:
        size = min(options.per_session, options.jobs - done)
        count, found, searched = asyncio.run(session(options.seed * 1_000 + number, size, statuses))
        number, done, requests = number + 1, done + size, requests + count
        leaks.update(found)
        sizes.update(searched)
        print(
            f"{done} jobs, {requests} requests, {time.monotonic() - begun:.0f} s, leaks: {sorted(found) or 'none'}",
            flush=True,
        )
    print(f"{done} jobs in {number} sessions, {requests} requests, {time.monotonic() - begun:.0f} s")
    print("outcomes:", dict(statuses.most_common()))
    print("searched beside the requests, in kB:", {name: size // 1000 for name, size in sizes.items()})
    print("leaks (sessions):", dict(leaks) or "none")
    sys.exit(bool(leaks))


if __name__ == "__main__":
    main()
