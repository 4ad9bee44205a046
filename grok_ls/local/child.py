"""The server process: loads the model, says where it listens, ends when its parent does. Imports nothing of grok_ls.

Started as a script with one JSON argument (``path``, ``alias``, ``port``, ``context_tokens``, ``threads``). It writes
one JSON line to stdout, ``{"url": ...}`` or ``{"error": ...}``, and lives until its standard input ends: that pipe's
other end is the parent, so not even a killed parent leaves a gigabyte of model behind.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

# With temperature 0: requests that set neither get the likeliest answer, not a drawn one.
_SEED = 1


def main(wanted: dict[str, Any]) -> int:
    """Exit code. The parent decides when a terminal's Ctrl-C ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The native code may print; only our one line belongs to the pipe.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        server = start(wanted)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), file=answer, flush=True)
        return 1
    print(json.dumps({"url": server.listening_address}), file=answer, flush=True)
    while os.read(0, 4096):
        pass
    # Threads of the native server may still be generating: nobody waits for their answer.
    os._exit(0)


def start(wanted: dict[str, Any]) -> Any:
    """A listening server with the model loaded. Raises what xllamacpp raises."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = wanted["path"]
    params.model_alias = {wanted["alias"]}
    params.hostnames = ["127.0.0.1"]
    params.port = wanted["port"]
    params.n_ctx = wanted["context_tokens"]
    params.cpuparams.n_threads = wanted["threads"]
    params.cpuparams_batch.n_threads = wanted["threads"]
    # One slot: on a few cores two answers at once only make both late.
    params.n_parallel = 1
    # Kept prompts of ended chats; the default would be 8 GiB.
    params.cache_ram_mib = 128
    params.sampling.temp = 0.0
    params.sampling.seed = _SEED
    params.ui = False
    params.endpoint_slots = False
    # The default lets any web page talk to the port.
    params.cors_origins = "http://127.0.0.1"
    params.cors_origins_explicit = True
    return xllamacpp.Server(params)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
