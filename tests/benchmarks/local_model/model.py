"""Asks the local server, and remembers every answer: an interrupted run goes on where it was, and equal prompts are asked once."""

from __future__ import annotations

import hashlib
import json
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from grok_ls.local.serve import LocalServer

# The longest function has 20 lines; who writes more than this repeats itself.
MOST_TOKENS = 400
Messages = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. ``complete``: it ended by itself. Tokens of the prompt, those of them that were cached, of the answer."""

    text: str
    complete: bool
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    seconds: float


class Answers:
    """A file of answers, one JSON object a line, by a hash of model and messages."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Said] = {}
        if path.exists():
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                key = row.pop("key")
                self._known[key] = Said(**row)

    def known(self, model: str, messages: Messages) -> Said | None:
        return self._known.get(_key(model, messages))

    def ask(self, server: LocalServer, messages: Messages) -> Said:
        """The model's answer, or the one that it gave to the same question before. Blocks."""
        key = _key(server.model, messages)
        if key not in self._known:
            self._known[key] = said = _asked(server, messages)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, **asdict(said)}) + "\n")
        return self._known[key]


def _key(model: str, messages: Messages) -> str:
    return hashlib.sha256(json.dumps([model, list(map(list, messages)), MOST_TOKENS]).encode()).hexdigest()[:24]


def _asked(server: LocalServer, messages: Messages) -> Said:
    """As the product asks: the server's own temperature, which is 0."""
    body = {
        "model": server.model,
        "messages": [{"role": role, "content": text} for role, text in messages],
        "max_tokens": MOST_TOKENS,
    }
    request = urllib.request.Request(
        f"{server.base_url}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    started = time.monotonic()
    with urllib.request.urlopen(request, timeout=900) as answer:
        said = json.load(answer)
    choice, usage = said["choices"][0], said["usage"]
    return Said(
        choice["message"]["content"],
        choice["finish_reason"] == "stop",
        usage["prompt_tokens"],
        (usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0),
        usage["completion_tokens"],
        round(time.monotonic() - started, 2),
    )
