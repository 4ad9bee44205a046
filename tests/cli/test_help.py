"""Help that teaches: each example in it works as written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grok_ls.cli import EXAMPLES, main
from tests.cli.conftest import APP, FIX
from tests.fake_xai import FakeXaiThread, answer

# These serve until they are stopped, or fetch a model; tests/e2e, tests/local and tests/demo start them.
ELSEWHERE = {"grok-ls", "grok-ls local --pull", "grok-ls local --port 8080", "grok-ls demo", "grok-ls demo --yes"}


def examples() -> list[str]:
    lines = [line for text in EXAMPLES.values() for line in text.splitlines() if line.startswith("  grok-ls")]
    # A comment stands after two spaces, output goes to a file after ">".
    return [re.split(r" {2,}| > ", line.strip())[0] for line in lines]


def test_every_command_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in filter(None, EXAMPLES):
        assert main([command, "--help"]) == 0
        assert f"grok-ls {command}" in capsys.readouterr().out.partition("examples:")[2]
    assert main(["--help"]) == 0
    listed = re.findall(r"^ {4}(\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert set(listed) == set(filter(None, EXAMPLES))


@pytest.mark.parametrize("example", sorted(set(examples()) - ELSEWHERE))
def test_an_example_of_the_help_works(
    example: str,
    repository: Path,
    environment: Callable[[], dict[str, str]],
    fake_xai_thread: FakeXaiThread,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (repository / "src").mkdir()
    (repository / "src" / "app.py").write_text("\n" * 40 + APP)
    fake_xai_thread.script(answer("It adds." if "explain" in example else FIX))
    assert main(shlex.split(example)[1:]) == 0, capsys.readouterr().err
    assert capsys.readouterr().out


def test_bash_takes_the_completion_script_and_completes(environment: Callable[[], dict[str, str]]) -> None:
    ask = 'source <(grok-ls completion bash); COMP_WORDS=(grok-ls run ex); COMP_CWORD=2; _shtab_grok_ls; echo "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", ask], env=environment(), capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["explain"], done.stderr


def test_the_menu_of_commands_imports_nothing_for_completion() -> None:
    code = "import sys; from grok_ls.cli import main; main(['--version']); assert 'shtab' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
