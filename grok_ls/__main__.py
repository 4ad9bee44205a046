"""``python -m grok_ls`` and the ``grok-ls`` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; gives the exit code."""
    from grok_ls.observability import last_resort

    last_resort.install()
    from grok_ls.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
