"""Stands in for the native library in the server's child process: listens at once, answers ``/health``, knows no model.

``FAKE_NATIVE`` makes it fail: ``raise`` as the library does, ``die`` as a crash does.
"""

from __future__ import annotations

import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any


def CommonParams() -> Any:
    return SimpleNamespace(
        model=SimpleNamespace(),
        cpuparams=SimpleNamespace(),
        cpuparams_batch=SimpleNamespace(),
        sampling=SimpleNamespace(),
    )


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


class Server:
    def __init__(self, params: Any) -> None:
        print("native code prints to stdout, too", flush=True)
        match os.environ.get("FAKE_NATIVE"):
            case "raise":
                raise RuntimeError("Failed to init server, please check the input params.")
            case "die":
                os.kill(os.getpid(), signal.SIGABRT)
        assert params.hostnames == ["127.0.0.1"]
        self._server = ThreadingHTTPServer(("127.0.0.1", params.port), Handler)
        self.listening_address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
