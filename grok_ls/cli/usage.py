"""``grok-ls usage``: the ledger as a table or JSON, and the way to delete it."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import datetime

from grok_ls.app import Composition
from grok_ls.budget import Ledger
from grok_ls.cli.run import settings_of
from grok_ls.usage_report import as_json, as_table, report


def usage(arguments: argparse.Namespace) -> int:
    """Exit code of ``grok-ls usage``."""
    since = 0.0
    if arguments.since:
        try:
            since = datetime.strptime(arguments.since, "%Y-%m-%d").timestamp()
        except ValueError:
            print(f"grok-ls: {arguments.since!r} is not a day; write it as 2026-11-21.", file=sys.stderr)
            return 2
    return asyncio.run(_usage(Composition.from_process(), arguments, since))


async def _usage(composition: Composition, arguments: argparse.Namespace, since: float) -> int:
    ledger = Ledger(composition.store(settings_of(composition)))
    try:
        if arguments.purge:
            await ledger.purge()
            message = "All stored data is deleted: ledger, counts and cached answers."
            print(json.dumps({"purged": True, "message": message}) if arguments.json else message)
            return 0
        found = report(await ledger.records(since), arguments.by)
        print(json.dumps(as_json(found)) if arguments.json else as_table(found))
    finally:
        await ledger.aclose()
        await composition.aclose()
    for problem in composition.take_problems():
        print(f"grok-ls: {problem}", file=sys.stderr)
    return 0
