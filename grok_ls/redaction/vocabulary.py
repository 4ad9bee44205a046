"""The secrets of one session and the words that stand for them; restoring them, whole or streamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from grok_ls.redaction.placeholder import PLACEHOLDER, TYPES, held_back, is_of_a_word, mangled, meant, number_of, word


@dataclass(frozen=True, slots=True)
class Restored:
    """``text`` with the originals back; ``unknown`` the placeholder-like words that were not issued (left as they stand)."""

    text: str
    unknown: tuple[str, ...]


class Vocabulary:
    """The secrets of one session and their placeholders: same value, same placeholder. In memory only; grows while redacting.

    ``seed``: the session's random bytes, from which the two letters that end every placeholder are derived.
    Threads may share one: redactions run in worker threads.
    """

    __slots__ = ("__weakref__", "_last", "_lock", "_seed", "_taken", "_values", "_words")

    def __init__(self, seed: bytes) -> None:
        if not seed:
            raise ValueError("A vocabulary needs random bytes as its seed; give it at least 16.")
        self._seed = seed
        self._lock = Lock()
        self._words: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._taken: set[int] = set()
        self._last = 0

    def learn(self, kind: str, value: str) -> str:
        """Make ``value`` known (e.g. the API key) and give its placeholder. The first ``kind`` of a value stays."""
        if kind not in TYPES:
            raise ValueError(f"{kind!r} is not a type of placeholder; the types are {', '.join(TYPES)}.")
        if not value:
            raise ValueError("An empty value cannot be replaced; do not learn it.")
        with self._lock:
            known = self._words.get(value)
            return known if known is not None else self._issue(kind, value, remember=True)

    def issue_again(self, value: str) -> str:
        """Another word for a known ``value``, for a text in which its own word already stands as plain text."""
        with self._lock:
            return self._issue(self._kind_of(value), value, remember=False)

    def avoid(self, words: Iterable[str]) -> None:
        """Never issue the numbers of these well-formed words: they stand in an input as plain text."""
        with self._lock:
            self._taken.update(number_of(found) for found in words if found not in self._values)

    @property
    def size(self) -> int:
        """How many values are known. Grows when a redaction found something new."""
        return len(self._words)

    def values(self) -> tuple[tuple[str, str], ...]:
        """All (value, kind), oldest first: for the search for known values. Never log this."""
        with self._lock:
            return tuple((value, known[len("GROKLS_") :].rsplit("_", 2)[0]) for value, known in self._words.items())

    def restored(self, text: str, allowed: frozenset[str] | None = None) -> Restored:
        """Originals back into ``text``; ``allowed`` limits that to the words of one request (None: all of the session)."""
        with self._lock:
            known = dict(self._values) if allowed is None else {a: v for a, v in self._values.items() if a in allowed}
        return restore(text, known)

    def __repr__(self) -> str:
        return f"<Vocabulary of {self.size} values>"

    def __reduce_ex__(self, protocol: object) -> str:
        raise TypeError("A vocabulary holds secrets and stays in memory; it cannot be copied or pickled.")

    def _kind_of(self, value: str) -> str:
        return self._words[value][len("GROKLS_") :].rsplit("_", 2)[0]

    def _issue(self, kind: str, value: str, *, remember: bool) -> str:
        self._last += 1
        while self._last in self._taken:
            self._last += 1
        issued = word(kind, self._last, self._seed)
        self._values[issued] = value
        if remember:
            self._words[value] = issued
        return issued


def restore(text: str, values: Mapping[str, str], literals: frozenset[str] = frozenset()) -> Restored:
    """One pass: each word in ``values`` becomes its value, everything else stays; what was put in is never looked at again.

    ``literals``: placeholder-like words that stood in the original and are therefore not reported as unknown.
    """
    unknown: dict[str, None] = {}

    def put_back(match: re.Match[str]) -> str:
        found = match.group()
        value = values.get(found)
        if value is None:
            unknown[found] = None
            return found
        return value

    unknown.update(dict.fromkeys(found for found in mangled(text) if _was_meant(found, values)))
    out = PLACEHOLDER.sub(put_back, text)
    return Restored(out, tuple(found for found in unknown if found not in literals))


def _was_meant(found: str, values: Mapping[str, str]) -> bool:
    """A word that lost its prefix counts only if it is the rest of one that was issued: the rest alone is an ordinary name."""
    return is_of_a_word(found) or meant(found) in values


class StreamRestorer:
    """Restores a text that arrives in pieces: holds back a tail that could begin a placeholder until it is decided."""

    __slots__ = ("_tail", "_unknown", "_values")

    def __init__(self, vocabulary: Vocabulary, allowed: frozenset[str] | None = None) -> None:
        self._values = vocabulary, allowed
        self._tail = ""
        self._unknown: dict[str, None] = {}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The placeholder-like words so far that were not issued."""
        return tuple(self._unknown)

    def feed(self, delta: str) -> str:
        """What can be shown after ``delta`` has arrived."""
        text = self._tail + delta
        held = held_back(text)
        self._tail = text[len(text) - held :]
        return self._restored(text[: len(text) - held])

    def finish(self) -> str:
        """The rest, when no more will come."""
        rest, self._tail = self._tail, ""
        return self._restored(rest)

    def _restored(self, text: str) -> str:
        vocabulary, allowed = self._values
        done = vocabulary.restored(text, allowed)
        self._unknown.update(dict.fromkeys(done.unknown))
        return done.text


def words_in(text: str) -> frozenset[str]:
    """The well-formed words that stand in ``text``."""
    return frozenset(PLACEHOLDER.findall(text)) if "GROKLS_" in text else frozenset()


def literals_in(text: str) -> frozenset[str]:
    """All words in ``text`` that ``restore`` would otherwise report, well-formed or not."""
    return words_in(text).union(mangled(text))
