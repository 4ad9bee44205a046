"""What both APIs share: the messages, how a stream can end, and reading values of which nothing is certain."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

from grok_ls.prompts.prompt import Prompt


class End(enum.Enum):
    """``CUT``: at the output limit; ``FILTERED``: declined by the model or its guard; ``FAILED``: the endpoint says
    that it broke.
    """

    DONE = "done"
    CUT = "cut"
    FILTERED = "filtered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ended:
    """The terminal event. ``usage`` is the endpoint's object as it came, ``said`` its error."""

    end: End
    usage: Any = None
    reason: str = ""
    said: dict[str, Any] = field(default_factory=dict)


def messages(prompt: Prompt) -> list[dict[str, str]]:
    """The same in both APIs. Half a surrogate pair, which some editors send, is no UTF-8: it becomes a question
    mark."""
    return [
        {"role": message.role, "content": message.content.text.encode("utf-8", "replace").decode()}
        for message in prompt.messages
    ]


def get(value: Any, name: str) -> Any:
    """A field; ``None`` if there is none, or nothing that could have one."""
    return value.get(name) if isinstance(value, dict) else None


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def several(value: Any) -> list[Any]:
    """A list of an event; empty where something else, or nothing, stands in its place."""
    return value if isinstance(value, list) else []
