"""The page about the command line names every command and every option that the parser has."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from grok_ls.cli import _parser
from tests.docs.pages import ROOT

TEXT = (ROOT / "docs" / "command-line.md").read_text("utf-8")


def options(parser: argparse.ArgumentParser, command: str = "") -> Iterator[tuple[str, str]]:
    """(command, option or choice) of the parser and of its commands; ``--help`` apart."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                yield name, name
                yield from options(sub, name)
        elif "--help" not in action.option_strings:
            yield from ((command, option) for option in action.option_strings if option.startswith("--"))
            yield from ((command, str(choice)) for choice in action.choices or ())


def test_every_command_option_and_choice_is_on_the_page() -> None:
    found = list(options(_parser()))
    assert ("usage", "--purge") in found
    assert ("completion", "zsh") in found
    assert not [(command, word) for command, word in found if not re.search(rf"(?<![\w-]){word}(?![\w-])", TEXT)]


def test_every_option_of_the_page_exists() -> None:
    known = {word for _, word in options(_parser())} | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", TEXT)) <= known
