"""What a setting may be: each function gives the value as it is used, or raises ``ValueError``, ``KeyError``, ``TypeError``,
``AttributeError`` or ``OverflowError`` for one that cannot be used. Pure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Fallback:
    """Another endpoint, tried in order when the first one is down."""

    base_url: str
    model: str
    api_key_env: str = ""


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def model(value: Any) -> str:
    said = text(value)
    # It goes into messages, logs and the keys of counters.
    if len(said) > 200 or any(character.isspace() or not character.isprintable() for character in said):
        raise ValueError
    return said


def optional_text(value: Any) -> str | None:
    return None if value is None or value == "" else text(value)


def one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in allowed:
            raise ValueError
        return str(value)

    return check


def whole(low: int, high: int | None = None) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        found = number(low, high)(value)
        if found != int(found):
            raise ValueError
        return int(found)

    return check


def number(low: float, high: float | None = None) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError
        # A JSON number may be too large for a float (1e999), and a variable may say Infinity.
        if not math.isfinite(value) or value < low or (high is not None and value > high):
            raise ValueError
        return float(value)

    return check


def optional(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError
    return tuple(value)


def url(value: Any) -> str:
    said = text(value).rstrip("/")
    # ``hostname`` and ``port`` raise ``ValueError`` for brackets that do not close and ports that do not exist.
    parts = urlsplit(said)
    if not re.match(r"https?://[^\s/?#]+", said) or not parts.hostname or parts.port == 0:
        raise ValueError
    return said


def variable_name(value: Any) -> str:
    said = text(value)
    # A key that is put here by mistake has hyphens; it must not become the name in a message.
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", said):
        raise ValueError
    return said


def storage(value: Any) -> str:
    said = text(value)
    if said not in ("sqlite", "memory") and not re.match(r"rediss?://", said):
        raise ValueError
    return said


def fallbacks(value: Any) -> tuple[Fallback, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return tuple(
        Fallback(
            url(item["baseUrl"]),
            model(item["model"]),
            variable_name(item["apiKeyEnv"]) if item.get("apiKeyEnv") else "",
        )
        for item in value
    )


def actions(value: Any) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, Mapping) or not all(isinstance(item, Mapping) for item in value.values()):
        raise ValueError
    return {str(name): dict(item) for name, item in value.items()}


def checks(value: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise ValueError
    commands = {str(language): texts(command) for language, command in value.items()}
    if not all(command and command[0].strip() for command in commands.values()):
        raise ValueError
    return commands
