"""``grok-ls preview`` on a terminal, in a pipe and for programs: which words stand for something else is seen, and the text stays exact."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fake_xai import FakeXaiThread

SECRET = "ghp_" + "Q7w8E9r0T1y2U3i4O5p6A7s8D9f0G1h2J3k4"
LINE = f'TOKEN = "{SECRET}"  # of jane.doe@shop-of-jane.org\x1b[1A\n'
WORD = re.compile(r"GROKLS_[A-Z_]+_[0-9]+_[a-z0-9]{2}")
MARKED = re.compile(r"\x1b\[1;7m(GROKLS_[A-Z_]+_[0-9]+_[a-z0-9]{2})\x1b\[0m")
COMMAND = [sys.executable, "-m", "grok_ls", "preview", "explain", "app.py"]


@pytest.fixture
def variables(repository: Path, environment: Callable[[], dict[str, str]]) -> dict[str, str]:
    (repository / "app.py").write_text(LINE, encoding="utf-8")
    return {**environment(), "TERM": "xterm-256color"}


def on_a_terminal(variables: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=variables) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # how a terminal on Linux says that nobody writes any more
                break
            if not more:
                break
            said += more
        assert process.wait(60) == 0, said
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


def in_a_pipe(variables: dict[str, str], *more: str) -> str:
    done = subprocess.run([*COMMAND, *more], capture_output=True, env=variables, check=True, timeout=60)
    return done.stdout.decode()


def test_on_a_terminal_each_placeholder_stands_out(variables: dict[str, str], fake_xai_thread: FakeXaiThread) -> None:
    said = on_a_terminal(variables)
    words = WORD.findall(said)
    assert len(set(words)) == 2
    assert MARKED.findall(said) == words
    assert "\x1b" not in MARKED.sub(r"\1", said), "what the file has of control characters is only shown"
    assert "\u241b[1A" in said
    assert "1 secrets and 1 personal data replaced" in said
    assert fake_xai_thread.requests == []


def test_a_pipe_gets_the_exact_text(variables: dict[str, str]) -> None:
    said = in_a_pipe(variables)
    clean = WORD.sub("@", said)
    assert LINE.replace(SECRET, "@").replace("jane.doe@shop-of-jane.org", "@") in clean
    assert MARKED.search(said) is None


def test_colour_can_be_forced_and_forbidden(variables: dict[str, str]) -> None:
    assert MARKED.search(in_a_pipe({**variables, "FORCE_COLOR": "1"})) is not None
    assert "\x1b[1;7m" not in on_a_terminal({**variables, "NO_COLOR": "1"})


def test_programs_get_the_words_with_their_kinds(variables: dict[str, str]) -> None:
    shown = json.loads(in_a_pipe(variables, "--json"))
    assert [(each["kind"], each["places"] > 0) for each in shown["placeholders"]] == [
        ("GitHub token", True),
        ("e-mail address", True),
    ]
    for each in shown["placeholders"]:
        assert shown["markdown"].count(each["word"]) == each["places"] + 1, "once more in the list above the request"
    assert f"- GitHub token (1): `{shown['placeholders'][0]['word']}`" in shown["markdown"]
