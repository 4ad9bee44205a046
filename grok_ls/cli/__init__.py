"""The command line: reads arguments, imports what the command needs and nothing else, turns outcomes into exit codes.

0 done, 1 the action failed or was refused (one-line reason on stderr), 2 usage error, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from grok_ls._version import __version__

_ACTION_HELP = "fix, refactor, explain, or the name of one of your own actions"
_PLACE_HELP = "the file, with the line or lines to work on after a colon: src/app.py:12 or src/app.py:12-30"


def main(argv: Sequence[str]) -> int:
    """Exit code of ``grok-ls`` with these arguments. Ctrl-C is 130, without a traceback."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has left (grok-ls usage | head).
        sys.stderr.close()
        return 0


def _dispatch(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "run":
            from grok_ls.cli.run import run

            return run(arguments)
        case "preview":
            from grok_ls.cli.run import preview

            return preview(arguments)
        case "usage":
            from grok_ls.cli.usage import usage

            return usage(arguments)
        case "doctor":
            from grok_ls.cli.doctor import doctor

            return doctor(arguments)
        case "local":
            from grok_ls.local.command import run_local

            return run_local(arguments)
        case "demo":
            from grok_ls.demo.command import run_demo

            return run_demo(arguments)
        case _:
            from grok_ls.cli.serve import serve

            return serve(arguments)


def _parser() -> argparse.ArgumentParser:
    from grok_ls.demo import command as demo_command
    from grok_ls.local import command as local_command

    parser = argparse.ArgumentParser(
        prog="grok-ls",
        description="Language server whose fix, refactor and explain code actions are written by a Grok model.",
        epilog="Without a command it serves LSP on stdin and stdout. Documentation: docs/ in the project.",
    )
    parser.add_argument("--version", action="version", version=f"grok-ls {__version__}")
    _serving(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _run(commands.add_parser("run", help="one action without an editor: prints the diff, or the explanation"))
    _place(commands.add_parser("preview", help="the exact request that would be sent; sends nothing"))
    _usage(commands.add_parser("usage", help="what was used: requests, tokens, money, errors"))
    doctor = commands.add_parser("doctor", help="checks key, endpoint, model, grammars, redaction, storage, editors")
    doctor.add_argument("--json", action="store_true", help="one JSON object on stdout")
    local_command.add_arguments(
        commands.add_parser("local", help="fetches and serves the embedded local model on loopback")
    )
    demo_command.add_arguments(commands.add_parser("demo", help="the product on a small bundled project with a bug"))
    return parser


def _serving(parser: argparse.ArgumentParser) -> None:
    serving = parser.add_mutually_exclusive_group()
    serving.add_argument("--stdio", action="store_true", help="serve LSP on stdin and stdout (the default)")
    serving.add_argument("--tcp", metavar="HOST:PORT", help="serve LSP on a TCP socket")
    parser.add_argument(
        "--allow-remote", action="store_true", help="let --tcp listen on an address that is not loopback"
    )


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="ACTION", help=_ACTION_HELP)
    parser.add_argument("place", metavar="FILE[:LINE[-LINE]]", help=_PLACE_HELP)
    parser.add_argument("--instruction", metavar="TEXT", default="", help="what you want, in your own words")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout instead of text")


def _run(parser: argparse.ArgumentParser) -> None:
    _place(parser)
    parser.add_argument("--write", action="store_true", help="apply the edit to the file, atomically")


def _usage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", metavar="DAY", help="only from this day on (2026-11-21)")
    parser.add_argument("--by", choices=("day", "model", "action", "session"), default="day", help="one row for each")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument(
        "--purge", action="store_true", help="delete all stored data: ledger, counts and cached answers"
    )
