"""``grok-ls completion``: the script that lets a shell complete commands, options, actions and files."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "tcsh")


def completion(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Exit code of ``grok-ls completion SHELL``; the script goes to stdout."""
    import shtab

    from grok_ls.actions import ACTIONS

    for command in _commands(parser).values():
        for action in command._actions:
            if action.dest == "action":
                # A suggestion only: actions of one's own are allowed too, so the parser itself knows no choices.
                action.choices = [known.name for known in ACTIONS]
            if action.dest in ("place", "bundle"):
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(parser, arguments.shell))
    return 0


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}
