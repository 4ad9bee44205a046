"""``grok-ls usage``: the ledger as a table or JSON, and the way to delete it."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime

from grok_ls.app import Composition
from grok_ls.budget import Ledger
from grok_ls.cli.run import settings_of
from grok_ls.observability import last_resort
from grok_ls.usage_report import as_json, as_table, report

_PURGED = "All stored data is deleted: ledger, counts, cached answers, logs and the index of workspaces."
_NOT_PURGED = (
    "grok-ls: Not all stored data could be deleted; stop running servers, look at the message above and try again."
)


def usage(arguments: argparse.Namespace) -> int:
    """Exit code of ``grok-ls usage``."""
    since = 0.0
    if arguments.since:
        try:
            since = datetime.strptime(arguments.since, "%Y-%m-%d").timestamp()
        except ValueError:
            print(f"grok-ls: {arguments.since!r} is not a day; write it as 2026-11-21.", file=sys.stderr)
            return 2
    return last_resort.run(_usage(Composition.from_process(), arguments, since))


async def _usage(composition: Composition, arguments: argparse.Namespace, since: float) -> int:
    settings = settings_of(composition)
    ledger = Ledger(composition.store(settings))
    try:
        if arguments.purge:
            purged = await ledger.purge() and composition.remove_files()
            message = _PURGED if purged else _NOT_PURGED
            if arguments.json:
                print(json.dumps({"purged": purged, "message": message}))
            else:
                print(message, file=sys.stdout if purged else sys.stderr)
            return 0 if purged else 1
        await ledger.prune(settings.usage_keep_days)
        found = report(await ledger.records(since), arguments.by)
        print(json.dumps(as_json(found)) if arguments.json else as_table(found))
    finally:
        await ledger.aclose()
        await composition.aclose()
        for problem in composition.take_problems():
            print(f"grok-ls: {problem}", file=sys.stderr)
    return 0
