"""A crash of the program itself: one sentence on stderr, the rest redacted in the log, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.editor import server_environment

# Of no known form: the key of this process is known, whatever it looks like.
KEY = "Qx7v-9Lm2-plain-words-77"
TOKEN = "ghp_" + "Zq8wYk3MnB5vR7tLx2Cd4Fg6Hj8Kl0Pq1sTu"
MESSAGE = f"no {TOKEN} and no {KEY} of ann.miller@corp.io"
START = "import sys, asyncio, threading; from grok_ls.__main__ import main; "
BREAK = f"\ndef broken(*a, **k): raise ValueError({MESSAGE!r})\n"
RUN = "\nsys.exit(main())"


def crash(tmp_path: Path, code: str, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]]:
    file = tmp_path / "a.py"
    file.write_text("x = 1\n")
    done = subprocess.run(
        [sys.executable, "-c", START + BREAK + code + RUN, *[each.replace("FILE", str(file)) for each in arguments]],
        capture_output=True,
        text=True,
        input="",
        env=server_environment({"GROK_LS_DATA_DIR": str(tmp_path / "data"), "XAI_API_KEY": KEY}),
        timeout=120,
    )
    logs = sorted((tmp_path / "data" / "log").glob("*.jsonl"))
    lines = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    for part in (TOKEN, KEY, "ann.miller"):
        assert part not in done.stdout + done.stderr + json.dumps(lines)
    assert "Traceback" not in done.stdout + done.stderr
    return done, lines


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("import grok_ls.cli.serve as s; s._stdio = broken", ()),
        ("import grok_ls.server.transport as s; s.serve_stdio = broken", ()),
        ("import grok_ls.cli.run as s; s.read_target = broken", ("run", "explain", "FILE")),
        ("import grok_ls.cli.run as s; s.Engine = 0; s._root_of = broken", ("preview", "explain", "FILE")),
        ("import grok_ls.cli.usage as s; s.report = broken", ("usage",)),
        ("import grok_ls.cli.doctor as s; s._checks = broken", ("doctor",)),
        ("import grok_ls.local.models as s; import grok_ls.local.command as c; c.find_model = broken", ("local", "--pull")),
    ],
    ids=["serve", "transport", "run", "preview", "usage", "doctor", "local"],
)  # fmt: skip
def test_a_command_that_breaks_says_one_sentence(tmp_path: Path, code: str, arguments: tuple[str, ...]) -> None:
    done, lines = crash(tmp_path, code, *arguments)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "broke" in line]
    assert len(said) == 1, done.stderr
    assert said[0].startswith("grok-ls: Something in grok-ls broke (ValueError), so it stopped; ")
    if arguments != ("local", "--pull"):
        assert str(tmp_path / "data" / "log") in said[0]
        assert [line["error"] for line in lines if line["level"] == "critical"] == ["ValueError"]
        assert lines[-1]["trace"].startswith("ValueError\n")


def test_a_script_that_asks_for_json_gets_json(tmp_path: Path) -> None:
    done, _ = crash(tmp_path, "import grok_ls.cli.run as s; s.read_target = broken", "run", "explain", "FILE", "--json")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["code"]) == ("failed", "internal")


def test_before_anything_is_known_only_the_type_is_said(tmp_path: Path) -> None:
    done, lines = crash(tmp_path, "import grok_ls.cli as s; s._parser = broken", "--version")
    assert "(ValueError)" in done.stderr
    assert lines == []


def test_a_thread_that_breaks_is_told_like_a_command(tmp_path: Path) -> None:
    code = (
        "import grok_ls.cli.usage as s; real = s.report\n"
        "def report(*a):\n t = threading.Thread(target=broken); t.start(); t.join(); return real(*a)\n"
        "s.report = report"
    )
    done, lines = crash(tmp_path, code, "usage")
    assert done.returncode == 0
    assert done.stderr.count("Something in grok-ls broke (ValueError)") == 1
    assert [line["error"] for line in lines] == ["ValueError"]


@pytest.mark.parametrize(
    "inside",
    ["asyncio.get_running_loop().call_soon(broken)", "asyncio.create_task(later())", "Odd()", "log.exception('%s', x)"],
    ids=["callback", "forgotten task", "finalizer", "log"],
)
def test_what_nobody_waits_for_is_in_no_traceback_on_the_screen(tmp_path: Path, inside: str) -> None:
    code = (
        "import grok_ls.cli.usage as s, gc, logging; real = s._usage; log = logging.getLogger('grok_ls.x')\n"
        f"x = {MESSAGE!r}\n"
        "class Odd:\n def __del__(self): broken()\n"
        "async def later(): broken()\n"
        f"async def work(*a):\n {inside}; await asyncio.sleep(0); await asyncio.sleep(0); gc.collect(); return await real(*a)\n"
        "s._usage = work"
    )
    done, _ = crash(tmp_path, code, "usage")
    assert done.returncode == 0
