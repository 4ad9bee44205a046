"""Every example of the pages: command lines are accepted, code parses, settings exist."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from grok_ls.cli import EXAMPLES, _parser
from grok_ls.config import Layers, flatten, parse
from grok_ls.settings import SETTINGS
from tests.docs.pages import ROOT, Code, Page, pages

ALL = [code for one in pages() for code in one.code()]
BLOCKS = [code for code in ALL if code.language is not None]
COMMANDS = set(EXAMPLES) - {""}


def of(*languages: str) -> Any:
    found = [code for code in BLOCKS if code.language in languages]
    assert found, languages
    return pytest.mark.parametrize("code", found, ids=lambda code: code.where)


def test_every_block_names_a_language_that_is_looked_at_here() -> None:
    looked_at = {
        "json",
        "toml",
        "yaml",
        "lua",
        "python",
        "diff",
        "sh",
        "lisp",
        "markdown",
        "text",
        "kak",
        "rust",
        "vim",
        "",
    }
    assert {code.language for code in BLOCKS} <= looked_at


@of("json")
def test_json_parses_and_its_settings_exist(code: Code) -> None:
    assert not unknown_settings(json.loads(code.text))


@of("toml")
def test_toml_parses_and_its_settings_exist(code: Code) -> None:
    assert not unknown_settings(tomllib.loads(code.text))


@of("yaml")
def test_yaml_parses(code: Code) -> None:
    assert yaml.safe_load(code.text)


@of("python")
def test_python_parses(code: Code) -> None:
    ast.parse(code.text)


@pytest.mark.parametrize(
    "code", [code for code in BLOCKS if code.page == "docs/python-api.md"], ids=lambda code: code.where
)
def test_an_example_of_the_python_api_does_what_it_says(code: Code) -> None:
    exec(compile(code.text, code.where, "exec"), {})


@of("sh")
def test_shell_parses(code: Code) -> None:
    done = subprocess.run(["bash", "-n"], input=code.text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_lua_parses(tmp_path: Path) -> None:
    blocks = [code for code in BLOCKS if code.language == "lua"]
    assert blocks
    checker = tmp_path / "check.lua"
    checker.write_text(
        "for _, file in ipairs(arg) do\n"
        "  local text = io.open(file):read('*a')\n"
        "  local whole, why = loadstring(text)\n"
        "  if not whole and not loadstring('return ' .. text) then print(file, why); os.exit(1) end\n"
        "end\n"
    )
    files = []
    for number, code in enumerate(blocks):
        files.append(tmp_path / f"{number}.lua")
        files[-1].write_text(f"-- {code.where}\n{code.text}" if not code.text.startswith("{") else code.text)
    nvim = Path(sys.executable).parent / "nvim"
    done = subprocess.run([nvim, "-l", checker, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@of("lisp")
def test_lisp_parses(code: Code) -> None:
    read = "(let ((standard-input t)) (check-parens) (while (ignore-error end-of-file (read (current-buffer)))))"
    command = ["emacs", "-Q", "--batch", "--eval", f"(with-temp-buffer (insert {lisp_text(code.text)}) {read})"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def lisp_text(text: str) -> str:
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


# -- command lines ----------------------------------------------------------------------------------------------------------------


def command_lines(code: Code) -> Iterator[list[str]]:
    """Arguments of each ``grok-ls`` in a command's place; a pipe, a redirection or the end of a quoted script ends them."""
    if code.language not in (None, "sh", "text"):
        return
    if code.language is None and not re.match(r"(uvx |[A-Z_]+=\S+ )*grok-ls( |$)", code.text):
        return
    for match in re.finditer(r"(?:^|&& |; |\| |uvx |[A-Z]=\S+ )[ ]*grok-ls(?!\S)([^\n]*)", code.text, re.MULTILINE):
        words = re.split(r"\s(?:>|\||&&|;|2>)", match[1])[0]
        if words.count("'") % 2:
            words = words.rpartition("'")[0]
        yield shlex.split(words, comments=True)


LINES = [(code.where, words) for code in ALL for words in command_lines(code)]


@pytest.mark.parametrize(
    ("where", "words"), LINES, ids=lambda value: value if isinstance(value, str) else " ".join(value)
)
def test_every_command_line_is_accepted(where: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if len(words) == 1 and words[0] in COMMANDS:
        return  # the name of the command, in prose
    if words[1:] == ["…"]:
        words = [words[0], "fix", "app.py"]
    assert accepted(words), f"{where}: {capsys.readouterr().err}"


def accepted(words: list[str]) -> bool:
    try:
        _parser().parse_args(words)
    except SystemExit as stop:
        return stop.code == 0
    return True


def test_the_command_lines_are_found_and_a_wrong_one_is_not_accepted() -> None:
    text = "export A=1 && grok-ls doctor --json | jq .\n  grok-ls usage --by day > out\nA=1 grok-ls --version\n"
    assert list(command_lines(Code("", 1, "sh", text))) == [
        ["doctor", "--json"],
        ["usage", "--by", "day"],
        ["--version"],
    ]
    assert len(LINES) > 20
    assert not accepted(["usage", "--by", "weekday"])


# -- settings ---------------------------------------------------------------------------------------------------------------------

NAMES = {f"grok.{setting.name}" for setting in SETTINGS}
GROUPS = {name.rpartition(".")[0] for name in NAMES} - {"grok"}
# Commands and kinds of the protocol, and what other programs read.
COMMANDS_OF_THE_SERVER = {
    f"grok.{name}" for name in ("run", "cancel", "usage", "preview", "review", "resetBudget", "explain")
}
VARIABLES = {setting.variable for setting in SETTINGS} | {
    f"GROK_LS_{name}" for name in ("DATA_DIR", "MODELS_DIR", "SENTRY_DSN", "WRITE_DOCS")
}


def unknown_settings(value: Any) -> list[str]:
    """Settings that an example sets and that do not exist, wherever the section ``grok`` stands in it."""
    found: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("grok", ":grok") and isinstance(inner, dict):
                layers = [inner.get(name, {}) for name in ("machine", "settings")]
                own = {
                    name: one
                    for name, one in inner.items()
                    if name not in ("machine", "settings", "stream", "sessionId")
                }
                found += [name for layer in (*layers, own) for name in _unknown(layer)]
            elif key.startswith("grok.") and f"{key}" not in NAMES | vscode_settings():
                found.append(key)
            else:
                found += unknown_settings(inner)
    elif isinstance(value, list):
        found += [name for inner in value for name in unknown_settings(inner)]
    return found


def _unknown(layer: dict[str, Any]) -> list[str]:
    return [problem.name for problem in parse(Layers(machine=layer))[1]]


def vscode_settings() -> set[str]:
    package = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))
    listed = package["contributes"]["configuration"]
    names = {name for part in (listed if isinstance(listed, list) else [listed]) for name in part["properties"]}
    return names | {colour["id"] for colour in package["contributes"]["colors"]}


@pytest.mark.parametrize("one", pages(), ids=lambda one: one.name)
def test_every_setting_and_variable_that_is_named_exists(one: Page) -> None:
    named = set(re.findall(r"(?<![\w./-])grok(?:\.[a-z][A-Za-z]*)+", one.text))
    known = NAMES | GROUPS | COMMANDS_OF_THE_SERVER | vscode_settings()
    # grok.actions.NAME.model: the name is the user's. Kinds of actions likewise. The rest are files.
    own = {
        name
        for name in named
        if name.startswith(("grok.actions.", "grok.explain.")) or name.endswith((".lua", ".txt", ".patch"))
    }
    assert not named - known - own
    assert not set(re.findall(r"GROK_LS_[A-Z_]*[A-Z]", one.text)) - VARIABLES


def test_an_unknown_setting_in_an_example_is_found() -> None:
    assert unknown_settings({"a": [{"grok": {"machine": {"budget": {"weeklyUsd": 1}}}}]}) == ["budget.weeklyUsd"]
    assert unknown_settings({"grok.modell": "x", "grok": {"model": "grok-4.3"}}) == ["grok.modell"]
    assert flatten({"budget": {"dailyUsd": 1}}) == {"budget.dailyUsd": 1}
