"""``python -m tests.benchmarks.soak [--jobs 2000] [--in-process]``: many jobs with random faults and cancels through the real server.

The server is a child process on stdio (or, with ``--in-process``, on a socket in this process, where asyncio's tasks can be counted); the
endpoint is the fake xAI. Prints what the server holds after each tenth of the jobs; exit code 1 if anything leaked or any job ended as it
should not.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.soak.run import Soak, faults_of, report, soaked


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--in-process", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), arguments.jobs, arguments.workers, arguments.seed, in_process=arguments.in_process)
        result = asyncio.run(soaked(soak))
    print(report(result))
    wrong = faults_of(result)
    for line in wrong:
        print(f"WRONG: {line}")
    return 1 if wrong else 0


sys.exit(main())
