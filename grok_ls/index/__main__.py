"""``python -m grok_ls.index DATABASE ROOT``: the index's own process, so that building never holds up an editor.

Reads the files' paths (relative, NUL between them) from stdin, writes ``DONE TOTAL`` lines to stdout. Gives way to
everything else on the machine, and ends when its parent is gone.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from grok_ls.index.build import Progress, build
from grok_ls.index.tables import Tables


def report(progress: Progress) -> None:
    print(progress.done, progress.total, flush=True)


def main() -> int:
    database, root = sys.argv[1:]
    with suppress(AttributeError, OSError):
        os.nice(10)
    paths = [os.fsdecode(name) for name in sys.stdin.buffer.read().split(b"\0") if name]
    tables = Tables(Path(database))
    try:
        build(tables, Path(root), paths, report)
    except BrokenPipeError:
        os._exit(1)  # Nobody listens any more; what was committed stays.
    finally:
        tables.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
