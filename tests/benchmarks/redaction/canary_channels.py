"""Canaries where `canaries.py` has none: `python -m tests.benchmarks.redaction.canary_channels --jobs 1000`.

Names that other files define and call, keys of several lines, base64 in YAML, JSON in JSON, connection strings, cells and outputs of
notebooks, the user's own and broken action files, dumps of the environment and stack traces in instructions, explanations kept in files; the
command line (`run`, `preview`, `usage --json`, `doctor --bundle`); exceptions at every stage of a job, each with the texts in its message; and
servers killed in mid-stream by SIGKILL and SIGSEGV. Searched for as there, in what is left of temporary files and in the bundle too.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import collections
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.redaction.canaries import _LETTERS, _PLAIN, MACHINE, Model, Search, canaries
from tests.benchmarks.redaction.fourth.drawing import some
from tests.e2e.editor import SERVER, Editor, server_environment
from tests.fake_xai import FakeXai, Gate, answer

TOKENS = (
    "caller name", "defined name", "class name", "yaml token", "json in json", "notebook cell", "other cell", "notebook output",
    "user action", "broken action", "action title", "environment dump", "java trace", "node trace", "comment", "toml",
)  # fmt: skip
PASSWORDS = ("kubernetes", "connection string", "compose", "properties", "shell")
# Each raises with all documents in its message.
STAGES = (
    "ask.redact", "ask.collect", "ask.build", "ask.seal", "engine.prepare", "engine.again", "engine.judge", "engine.repair",
    "engine.counted", "engine.render_preview", "answers.limits_of", "answers._question", "answers._is_clean", "judge._restored",
    "judge._refused", "judge._remarks",
)  # fmt: skip
_START = """
import importlib
def raises(*arguments, **named):
    raise RuntimeError(f"{WORDS} {arguments} {named}")
place, _, name = STAGE.rpartition(".")
setattr(importlib.import_module(f"grok_ls.engine.{place}"), name, raises)
from grok_ls.__main__ import main
raise SystemExit(main())
"""


def drawn_for(dice: random.Random) -> dict[str, str]:
    drawn = canaries(dice)
    drawn |= {name: dice.choice(_PLAIN).draw(dice) for name in TOKENS}
    # Names in code: letters, digits and underscores.
    drawn |= {name: f"ghp_{some(dice, _LETTERS, 36)}" for name in ("caller name", "defined name", "class name")}
    drawn |= {name: f"q7{some(dice, _LETTERS, 10)}!{some(dice, _LETTERS, 4)}" for name in PASSWORDS}
    body = base64.b64encode(dice.randbytes(336)).decode()
    return drawn | {f"key, line {at // 64}": body[at : at + 64] for at in range(0, len(body), 64)}


def pem(drawn: dict[str, str], between: str) -> str:
    lines = [value for name, value in drawn.items() if name.startswith("key, line")]
    return between.join(["-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----"])


def files(drawn: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """By name: language, text, and what is worked on."""
    coded = base64.b64encode(drawn["kubernetes"].encode()).decode()
    inner = json.dumps({"password": drawn["connection string"], "token": drawn["json in json"]})
    url = f"postgres://svc:{drawn['connection string']}@db.internal:5432/shop"
    return {
        "main.py": (
            "python",
            f"from near import {drawn['defined name']}\n\n\ndef area(width, height):\n    # see {drawn['comment']}\n"
            f"    return width + height + {drawn['defined name']}()\n",
            "width + height",
        ),
        "near.py": (
            "python",
            f"def {drawn['defined name']}():\n    return 1\n\n\nclass K_{drawn['class name']}:\n    pass\n",
            "return 1",
        ),
        "rooms.py": (
            "python",
            f"from main import area\n\n\ndef {drawn['caller name']}(room):\n    return area(room, room)\n",
            "return area",
        ),
        "keys.py": ("python", f'KEY = """{pem(drawn, chr(10))}"""\n\n\ndef use(x):\n    return x + 1\n', "x + 1"),
        "line.js": (
            "javascript",
            f'const key = "{pem(drawn, chr(92) + "n")}";\nfunction use(x) {{ return x + 1; }}\n',
            "x + 1",
        ),
        "deploy.yaml": (
            "yaml",
            f"apiVersion: v1\nkind: Secret\ndata:\n  password: {coded}\nstringData:\n  token: |\n    {drawn['yaml token']}\n"
            f"  key: |\n    {pem(drawn, chr(10) + '    ')}\nreplicas: 2\n",
            "replicas: 2",
        ),
        "compose.yaml": (
            "yaml",
            f"services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD={drawn['compose']}\n      - DATABASE_URL={url}\n    ports: []\n",
            "ports: []",
        ),
        "app.json": ("json", json.dumps({"config": inner, "url": url, "size": 3}, indent=2) + "\n", '"size": 3'),
        "app.toml": ("toml", f'[auth]\ntoken = "{drawn["toml"]}"\n\n[size]\nwidth = 3\n', "width = 3"),
        "app.properties": ("properties", f"db.password={drawn['properties']}\nwidth=3\n", "width=3"),
        "run.sh": ("shellscript", f"export DB_PASSWORD='{drawn['shell']}'\necho $((1 + 2))\n", "1 + 2"),
    }


def notebook(drawn: dict[str, str]) -> tuple[list[str], str]:
    cells = [
        f'TOKEN = "{drawn["notebook cell"]}"\nwidth = 1\n',
        f"# the key is {drawn['other cell']}\n",
        "print(width + len(TOKEN))\n",
    ]
    output = {"output_type": "stream", "name": "stdout", "text": [drawn["notebook output"]]}
    saved = [{"cell_type": "code", "source": text, "outputs": [output], "metadata": {}} for text in cells]
    return cells, json.dumps({"cells": saved, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def plant(base: Path, drawn: dict[str, str]) -> Path:
    root = base / "workspace"
    (root / ".grok" / "actions").mkdir(parents=True)
    (root / ".git").mkdir()
    for name, (_, text, _) in files(drawn).items():
        (root / name).write_text(text)
    (root / "study.ipynb").write_text(notebook(drawn)[1])
    own = base / "config" / "grok-ls" / "actions"
    own.mkdir(parents=True)
    head = f"---\ntitle: Tidy {drawn['action title']}\nwhen: always\nresult: explain\n---\n"
    (own / "tidy.md").write_text(f"{head}Say it as {drawn['user action']} does.\n")
    (root / ".grok" / "actions" / "broken.md").write_text(
        f"---\ntitle: x\nwhen: {drawn['broken action']}\nresult: {drawn['broken action']}\n---\n"
    )
    return root


def instruction(dice: random.Random, drawn: dict[str, str]) -> str:
    return dice.choice(
        [
            "",
            f"PATH=/usr/bin\nAPI_TOKEN={drawn['environment dump']}\nHOME=/home/x\nwhy does it fail? {dice.random():.5f}",
            f"java.lang.IllegalStateException: token {drawn['java trace']}\n\tat com.shop.Main.run(Main.java:3)\n{dice.random():.5f}",
            f"Error: bad {drawn['node trace']}\n    at use (/home/mwagner/app/line.js:2:9) {{ token: '{drawn['node trace']}' }}\n{dice.random():.5f}",
        ]
    )


def environment(base: Path, drawn: dict[str, str], url: str = "") -> dict[str, str]:
    (base / "tmp").mkdir(exist_ok=True)
    return {
        "GROK_LS_LOG_LEVEL": "debug",
        "GROK_LS_DATA_DIR": str(base / "data"),
        "XDG_CONFIG_HOME": str(base / "config"),
        "TMPDIR": str(base / "tmp"),
        "XAI_API_KEY": drawn["api key"],
        "WORDS": "\n".join(text for _, text, _ in files(drawn).values()),
    } | ({"GROK_LS_BASE_URL": url, "GROK_LS_RETRIES": "0"} if url else {})


async def begin(base: Path, drawn: dict[str, str], url: str, profile: str, stage: str = "") -> Editor:
    editor = Editor(profile)
    faulty = ("-c", f"import os\nSTAGE, WORDS = {stage!r}, os.environ['WORDS']\n{_START}")
    await editor.start(
        base / "workspace",
        base_url=url,
        # Without it explanations are files.
        stream=profile != "neovim-0.11",
        machine=MACHINE,
        environment=environment(base, drawn),
        program=faulty if stage else SERVER,
    )
    return editor


Counts = collections.Counter[str]


async def work(
    editor: Editor, base: Path, drawn: dict[str, str], dice: random.Random, jobs: int, done: Counts
) -> list[str]:
    """So many jobs over all documents; what previews showed."""
    root, shown, places = base / "workspace", [], []
    for name, (language, text, needle) in files(drawn).items():
        places.append((editor.open(root / name, text, language), text, needle))
    cells = notebook(drawn)[0]
    uris = editor.open_notebook(root / "study.ipynb", cells)
    places += [(uris[0], cells[0], "width = 1"), (uris[2], cells[2], "len(TOKEN)")]
    for _ in range(jobs):
        uri, text, needle = dice.choice(places)
        action = dice.choice(["explain", "explain", "refactor", "fix", "tidy"])
        said = {"instruction": instruction(dice, drawn)}
        if dice.random() < 0.05:
            run = editor.run_action(action, uri, needle, **said)
            # A stage of the preview that breaks is an error of the protocol.
            with contextlib.suppress(Exception):
                shown.append(json.dumps(await editor.command("grok.preview", run)))
        result = await editor.run(action, uri, needle, **said)
        done[f"{result['status']} {result['code'] or ''}".strip()] += 1
        if editor.buffers[uri].text != text:
            editor.type(uri, 0, len(editor.buffers[uri].text), text)
    return shown


async def crashed(editor: Editor, base: Path, drawn: dict[str, str], fake: FakeXai, number: int, done: Counts) -> None:
    """The server killed while an answer streams."""
    default = fake.default
    fake.default = answer("It adds both. " * 40, hold_at=10, gate=Gate())
    name, (language, text, needle) = next(iter(files(drawn).items()))
    uri = editor.open(base / "workspace" / name, text, language)
    before = len(fake.requests)
    job = asyncio.create_task(editor.run("explain", uri, needle, instruction=f"once more {number}"))
    asked = asyncio.create_task(fake.wait_for_request(before + 1))
    await asyncio.wait({job, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    assert editor.client._server is not None
    editor.has_shut_down = True
    os.kill(editor.client._server.pid, signal.SIGSEGV if number % 2 else signal.SIGKILL)
    with contextlib.suppress(BaseException):
        await asyncio.wait_for(job, 5)
    fake.default = default
    done["killed"] += 1


async def command_line(base: Path, drawn: dict[str, str], url: str, done: Counts) -> Iterator[tuple[str, str]]:
    """What the commands said, but for what `run` shows the user of their own file."""
    said = []
    bundle = base / "bundle.zip"
    for arguments in (
        ("run", "explain", "main.py:5"),
        ("run", "refactor", "app.json:4", "--json"),
        ("run", "tidy", "deploy.yaml", "--instruction", f"why {drawn['instruction']}"),
        ("run", "explain", f"{drawn['file name']}.py"),
        ("preview", "explain", "keys.py:9"),
        ("preview", "refactor", "deploy.yaml", "--json", "--instruction", drawn["environment dump"]),
        ("preview", "dance", "main.py"),
        ("usage", "--json", "--by", "action"),
        ("usage",),
        ("doctor", "--bundle", str(bundle)),
        ("doctor", "--json"),
    ):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "grok_ls", *arguments, cwd=base / "workspace", env=server_environment(environment(base, drawn, url)),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await process.communicate()
        name = " ".join(arguments[:2]) if arguments[0] != "doctor" else "doctor"
        # What the user typed themselves may be said back, and what the model has written.
        said.append((f"stderr of {name}", err.decode().replace(drawn["file name"], "").replace(drawn["answer"], "")))
        if arguments[0] != "run":
            said.append((f"stdout of {name}", out.decode()))
        done["commands"] += 1
    with zipfile.ZipFile(bundle) as archive:
        said += [(f"the bundle's {name}", archive.read(name).decode("latin-1")) for name in archive.namelist()]
    return iter(said)


async def session(
    seed: int, jobs: int, done: Counts, *, stages: int = 3, commands: bool = True
) -> tuple[int, set[str]]:
    """Requests and leaks of one session, with canaries, servers and folders of its own."""
    dice = random.Random(seed)
    drawn = drawn_for(dice)
    search, found = Search(drawn), set[str]()
    said = io.BytesIO()
    stderr = io.TextIOWrapper(said, encoding="utf-8", errors="replace", write_through=True)
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stderr(stderr):
        base = Path(name)
        plant(base, drawn)
        async with FakeXai(default=Model(dice, drawn, stormy=False)) as fake:
            editor = await begin(base, drawn, fake.url, ("vscode", "neovim-0.11")[seed % 2])
            for shown in await work(editor, base, drawn, dice, jobs, done):
                found |= set(search.leaks("a preview", shown))
            if seed % 2:
                await crashed(editor, base, drawn, fake, seed, done)
                await editor.client.stop()
                editor = await begin(base, drawn, fake.url, "vscode")
            found |= set(search.on_disk(base / "tmp"))
            await editor.shut_down()
            await editor.stop()
            for stage in dice.sample(STAGES, stages):
                editor = await begin(base, drawn, fake.url, "vscode", stage)
                await work(editor, base, drawn, dice, 6, done)
                await crashed(editor, base, drawn, fake, seed, done)
                await editor.client.stop()
            for where, text in await command_line(base, drawn, fake.url, done) if commands else ():
                found |= set(search.leaks(where, text))
            for request in fake.requests:
                headers = {name: value for name, value in request.headers.items() if name != "authorization"}
                sent = request.raw.decode("latin-1") + request.prompt + str(headers)
                found |= set(search.leaks("a request", sent))
            count = len(fake.requests)
        for folder in ("data", "tmp"):
            found |= set(search.on_disk(base / folder))
        stderr.flush()
        found |= set(search.leaks("stderr", said.getvalue().decode("utf-8", "replace")))
    return count, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1_000)
    parser.add_argument("--per-session", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    done: Counts = collections.Counter()
    leaks: Counts = collections.Counter()
    requests, begun = 0, time.monotonic()
    for number in range(-(-options.jobs // options.per_session)):
        count, found = asyncio.run(session(options.seed * 1_000 + number, options.per_session, done))
        requests += count
        leaks.update(found)
        print(
            f"{sum(done.values())} jobs and commands, {requests} requests, {time.monotonic() - begun:.0f} s, leaks: {sorted(found) or 'none'}",
            flush=True,
        )
    print("outcomes:", dict(done.most_common()))
    print("leaks (sessions):", dict(leaks) or "none")
    sys.exit(bool(leaks))


if __name__ == "__main__":
    main()
