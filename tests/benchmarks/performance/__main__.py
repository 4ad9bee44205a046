"""``python -m tests.benchmarks.performance`` (``poe bench``): everything that a user waits for or pays with memory, as one table.

Each row is measured in turn with its peers, in the same run; they are fetched into ``--peers`` at first. Sections: ``start``, ``menu``,
``redaction``, ``edits``, ``index``, ``jobs``, ``memory``; ``--only`` takes some of them. ``--quick`` shows in two minutes that all of it
runs. Prints; asserts nothing. Linux: memory and processor time are read from ``/proc``.
"""

from __future__ import annotations

import argparse
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.performance import editor, jobs, peers, work
from tests.benchmarks.performance.table import HEAD, Row

PEERS = Path(__file__).parents[3] / "build" / "peers"


def sections(folder: Path, kept: Path, *, quick: bool) -> dict[str, Callable[[], Iterator[Row]]]:
    """``folder`` for what is written and thrown away, ``kept`` for the peers."""
    library = Path(sysconfig.get_path("purelib"))
    return {
        "start": lambda: editor.start_rows(peers.servers(kept), folder, 2 if quick else 8),
        "menu": lambda: editor.menu_rows(peers.servers(kept), folder, 20 if quick else 150),
        "redaction": lambda: work.redaction_rows(peers.packages(kept), 1 if quick else 5),
        "edits": lambda: work.edit_rows(peers.packages(kept), 2 if quick else 20),
        "index": lambda: work.index_rows(library, 200 if quick else 4_000),
        "jobs": lambda: jobs.job_rows(5 if quick else 60, 20 if quick else 300),
        "memory": lambda: jobs.memory_rows(100 if quick else 4_000),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.performance")
    parser.add_argument("--only", nargs="+", default=[], metavar="SECTION")
    parser.add_argument("--quick", action="store_true", help="few rounds")
    parser.add_argument("--peers", type=Path, default=PEERS, help="keep the peers here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        every = sections(Path(folder), options.peers.resolve(), quick=options.quick)
        if unknown := set(options.only) - set(every):
            parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(every)}")
        sys.stdout.write(f"{HEAD}\n")
        for name, rows in every.items():
            if not options.only or name in options.only:
                for row in rows():
                    sys.stdout.write(f"{row}\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
