"""``python -P -m grok_ls.scanner RULES``: the scanner's own process. Says one JSON line when its rules are compiled (empty, or why there
are none), and one for each text: the places found, ``[[start, end], ...]`` in code points, or the name of what went wrong.

A text comes as its size in bytes on a line, then the bytes. Ends when its parent is gone, or lets it go.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from grok_ls.redaction.kingfisher import Kingfisher


def serve(kingfisher: Kingfisher, given: BinaryIO, out: BinaryIO) -> None:
    _say(out, kingfisher.warm())
    while head := given.readline():
        text = given.read(int(head)).decode("utf-8", "surrogatepass")
        try:
            _say(out, [[found.start, found.end] for found in kingfisher(text)])
        except Exception as error:
            # Its message may quote the text.
            _say(out, type(error).__name__)


def _say(out: BinaryIO, value: object) -> None:
    out.write(json.dumps(value).encode() + b"\n")
    out.flush()


def main() -> int:
    # A terminal's Ctrl-C goes to every process of its group; this one ends with its parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not get between the answers.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(Kingfisher(Path(sys.argv[1])), sys.stdin.buffer, out)
    except BrokenPipeError:
        os._exit(1)  # nobody listens any more
    return 0


if __name__ == "__main__":
    sys.exit(main())
