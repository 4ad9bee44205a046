"""``grok-ls demo``."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys

from grok_ls.errors import GrokError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do not ask before downloading the local model")
    parser.add_argument("--model", metavar="NAME", help="use this local model, even if an xAI key is set")


def run_demo(arguments: argparse.Namespace) -> int:
    """Exit code: 0 the model's fix passes the tests, 1 it does not or something failed (said in one line), 130."""
    from grok_ls.demo.backend import choose
    from grok_ls.demo.driver import demo
    from grok_ls.demo.show import Show

    # After Ctrl-C the answer to a request that nobody waits for would be logged with a traceback.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    try:
        environment = dict(os.environ)
        choice = choose(environment, arguments.model, yes=arguments.yes)
        return 0 if asyncio.run(demo(environment, choice, Show())) else 1
    except GrokError as error:
        print(f"grok-ls: {error.message}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130
