"""The rehearsal builds what the first request needs, and reaches nobody."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("a rehearsal opened a connection")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from grok_ls.provider.rehearsal import rehearse
rehearse()
known = set(sys.modules)
rehearse()
assert set(sys.modules) == known
assert "httpx2" in known and "openai" in known
# Typed resources and the validators of their events would be 30 MB (docs/performance.md).
assert "openai.resources.responses" not in known
print("played")
"""


def test_a_rehearsal_plays_one_stream_without_a_network() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("played", 0), done.stderr
