"""A language server that does nothing but write down how its client introduces itself: ``python recorder.py FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def read_message() -> dict[str, Any] | None:
    """The next message from stdin; nothing at its end."""
    length = 0
    while line := sys.stdin.buffer.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(sys.stdin.buffer.read(length)) if length else None


def write_message(message: dict[str, Any]) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    sys.stdout.buffer.flush()


def main(file: Path) -> None:
    while (message := read_message()) is not None and message.get("method") != "exit":
        if message.get("method") == "initialize":
            params = message["params"]
            kept = {key: params.get(key) for key in ("clientInfo", "capabilities", "initializationOptions")}
            # What differs from run to run is no part of the profile.
            (kept["clientInfo"] or {}).pop("version", None)
            ((kept["initializationOptions"] or {}).get("grok") or {}).pop("sessionId", None)
            file.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        if "id" in message and "method" in message:
            result: Any = {"capabilities": {}} if message["method"] == "initialize" else None
            write_message({"id": message["id"], "result": result})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
