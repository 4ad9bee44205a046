"""A language client that adds as little as possible to what it measures: blocking pipes, no types, one request at a time."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import IO, Any

# What an editor such as VS Code declares, as far as start-up and menu look at it.
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"applyEdit": True, "configuration": True, "workspaceFolders": True},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}},
            "disabledSupport": True,
        }
    },
    "window": {"workDoneProgress": True},
}


class Client:
    """One server process. ``started_s`` is the time from spawning it to its answer to ``initialize``, ``started_cpu_s`` what the
    processor spent on it: other programs on the machine prolong only the former.
    """

    def __init__(self, command: list[str], root: Path, data: Path, log: IO[bytes] | int = subprocess.DEVNULL) -> None:
        environment = os.environ | {"GROK_LS_DATA_DIR": str(data), "XAI_API_KEY": "", "PYTHONDONTWRITEBYTECODE": ""}
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment
        )
        self._number = 0
        self.root = root
        answer = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "capabilities": CAPABILITIES,
            },
        )
        self.started_s = time.perf_counter() - began
        self.started_cpu_s = self.cpu_s()
        self.has_menu = bool(answer["capabilities"].get("codeActionProvider"))
        self.notify("initialized", {})

    def notify(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """The answer's result; what the server asks meanwhile is answered with the emptiest answer."""
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" in message:
                if "id" in message:
                    items = (message.get("params") or {}).get("items", ())
                    self._send({"jsonrpc": "2.0", "id": message["id"], "result": [None for _ in items] or None})
            elif message["id"] == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def cpu_s(self) -> float:
        """Processor time so far of the thread that answers, as the kernel's scheduler counts it (Linux)."""
        return int(Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[0]) / 1e9

    def resident_mb(self) -> float:
        """Resident memory of the server in megabytes, from the kernel (Linux)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the kernel tells no resident memory")

    def close(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stdout = self.process.stdout
        assert stdout is not None
        length = 0
        while (line := stdout.readline().strip()) or not length:
            if not line and stdout.closed | (self.process.poll() is not None):
                raise RuntimeError(f"the server ended with {self.process.returncode}")
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(stdout.read(length))
        return message
