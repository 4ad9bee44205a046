"""INTERFACE FIXED, BODY TO BE WRITTEN by the owner of this package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Found(NamedTuple):
    """One secret in the input: ``start``, ``end`` in code points of the input, end exclusive, and the placeholder's TYPE."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What to look for. ``terms`` are the user's own words to hide."""

    secrets: bool = True
    personal: bool = True
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """``text`` with the originals back; ``unknown`` the placeholder-like words that were not issued (left as they stand)."""

    text: str
    unknown: tuple[str, ...]


class Vocabulary:
    """The secrets of one session and their placeholders: same value, same placeholder. In memory only; grows while redacting.

    ``seed``: the session's random bytes, from which the two letters that end every placeholder are derived.
    """

    def __init__(self, seed: bytes) -> None:
        raise NotImplementedError

    def learn(self, kind: str, value: str) -> str:
        """Make ``value`` known (e.g. the API key) and give its placeholder."""
        raise NotImplementedError

    @property
    def size(self) -> int:
        """How many values are known. Grows when a redaction found something new."""
        raise NotImplementedError


class Redacted:
    """Text from which every secret is out. Only ``redact`` makes one; the provider takes nothing else (sealed constructor).

    ``text``; ``findings``; ``original`` is not kept public. Positions are code points.
    """

    text: str
    findings: tuple[Found, ...]

    def restore(self, other: str) -> str:
        """Originals back into any text derived from ``text``; unknown placeholder-like words stay."""
        raise NotImplementedError

    def restored(self, other: str) -> Restored:
        raise NotImplementedError

    def to_clean(self, offset: int) -> int:
        """Offset in the input -> offset in ``text``; inside a secret: the placeholder's start."""
        raise NotImplementedError

    def to_original(self, offset: int) -> int:
        """Offset in ``text`` -> offset in the input; inside a placeholder: the secret's start."""
        raise NotImplementedError


def redact(text: str, vocabulary: Vocabulary, *, path: str = "", policy: Policy = Policy(),  # noqa: B008
           cancelled: Callable[[], bool] | None = None) -> Redacted:
    raise NotImplementedError
