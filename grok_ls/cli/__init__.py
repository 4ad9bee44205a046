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

# Shown under the help of each command; every one is run by tests/cli/test_help.py.
EXAMPLES = {
    "": """\
examples:
  grok-ls                                  serve LSP on stdin and stdout: what an editor starts
  grok-ls doctor                           is everything in place?
  grok-ls run explain src/app.py:42        one action without an editor

grok-ls COMMAND --help shows examples of each command. Documentation: docs/ in the project.""",
    "run": """\
examples:
  grok-ls run explain app.py:5             explain the definition around line 5
  grok-ls run fix app.py:5-6 --write       fix these lines, in the file
  grok-ls run fix app.py > fix.patch       keep the diff; git apply fix.patch
  grok-ls run refactor app.py:5 --instruction "use pathlib"

exit code: 0 done, 1 failed or refused (the reason on stderr), 2 wrong arguments, 130 interrupted""",
    "preview": """\
examples:
  grok-ls preview fix app.py:5             what would be sent, redacted, and its highest price
  grok-ls preview fix app.py --json        the same for a script""",
    "usage": """\
examples:
  grok-ls usage                            a row for each day
  grok-ls usage --since 2026-11-01 --by model
  grok-ls usage --json                     for a script
  grok-ls usage --purge                    delete ledger, counts, cached answers, logs""",
    "doctor": """\
examples:
  grok-ls doctor                           each check with its next step; exit code 1 if one is an error
  grok-ls doctor --json                    for a script
  grok-ls doctor --bundle support.zip      an archive to send to whoever helps, redacted""",
    "local": """\
examples:
  grok-ls local --pull                     only fetch the model
  grok-ls local --port 8080                fetch it and serve it; prints the variables to set""",
    "demo": """\
examples:
  grok-ls demo                             asks before it downloads anything
  grok-ls demo --yes                       does not ask""",
    "completion": """\
examples:
  grok-ls completion bash > ~/.local/share/bash-completion/completions/grok-ls
  grok-ls completion zsh > ~/.zfunc/_grok-ls      with fpath+=~/.zfunc before compinit in ~/.zshrc""",
}


def main(argv: Sequence[str]) -> int:
    """Exit code of ``grok-ls`` with these arguments. Ctrl-C is 130, without a traceback."""
    try:
        parser = _parser()
        arguments = parser.parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    try:
        return _dispatch(arguments, parser)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has left (grok-ls usage | head).
        sys.stderr.close()
        return 0
    except Exception as error:
        return _broken(error, as_json=getattr(arguments, "json", False))


def _broken(error: Exception, *, as_json: bool) -> int:
    """What a command did not expect itself: one sentence, without a traceback."""
    import json

    from grok_ls.errors import GrokError
    from grok_ls.observability import last_resort

    if isinstance(error, GrokError):
        status, code, message = error.status, error.code, error.message
    else:
        status, code, message = "failed", "internal", last_resort.sentence(error)
    if as_json:
        print(json.dumps({"status": status, "code": code, "message": message}))
    print(f"grok-ls: {message}", file=sys.stderr)
    return 1


def _dispatch(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
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
        case "completion":
            from grok_ls.cli.completion import completion

            return completion(arguments, parser)
        case _:
            from grok_ls.cli.serve import serve

            return serve(arguments)


def _parser() -> argparse.ArgumentParser:
    from grok_ls.demo import command as demo_command
    from grok_ls.local import command as local_command

    parser = argparse.ArgumentParser(
        prog="grok-ls",
        description="Language server whose fix, refactor and explain code actions are written by a Grok model.",
        epilog=EXAMPLES[""],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"grok-ls {__version__}")
    _serving(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}.",
            epilog=EXAMPLES[name],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    _run(command("run", "one action without an editor: prints the diff, or the explanation"))
    _place(command("preview", "the exact request that would be sent; sends nothing"))
    _usage(command("usage", "what was used: requests, tokens, money, errors"))
    _doctor(command("doctor", "checks key, endpoint, model, grammars, redaction, storage, editors"))
    local_command.add_arguments(command("local", "fetches and serves the embedded local model on loopback"))
    demo_command.add_arguments(command("demo", "the product on a small bundled project with a bug"))
    shells = command("completion", "prints the completion script of a shell")
    shells.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell that will read the script")
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


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument(
        "--bundle", metavar="FILE", help="also write a redacted support archive (zip): versions, settings, last logs"
    )
